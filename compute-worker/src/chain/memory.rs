//! A chain in memory that makes a block whenever the loop asks for one.

use super::{key_bytes, Chain, Tick};
use crate::journal::crash::Fuse;
use edgeproof_client::{AccountId, ClientError, JobInfo, JobPhase, JobState, RevealInfo, SeatInfo};
use edgeproof_primitives::{
    commitment, Assurance, BlobHash, BlobRef, BlockNumber, Commitment, Deadlines, Demands, JobId, JobSpec,
    Outcome, ProgramId, Reason, Receipt, RevealOpening,
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

pub(crate) const FEE: u128 = 1_000;
/// Paid of [`FEE`].
pub(crate) const PAID: u128 = 750;
const REVEAL: BlockNumber = 40;
const WINDOW: BlockNumber = 3;

/// The state after a block, and what waits for the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct World {
    pub block: BlockNumber,
    pub programs: BTreeMap<ProgramId, Vec<u8>>,
    pub jobs: BTreeMap<JobId, JobState>,
    pub pool: Vec<(JobId, Call)>,
    /// Calls that took effect, in order.
    pub effective: Vec<(JobId, Call)>,
    /// Calls that were refused, in order.
    pub refused: Vec<(JobId, Call)>,
    /// Calls that nobody answers before the node is back.
    pub outage: u32,
    /// Calls that the pool takes and loses.
    pub losses: u32,
    /// Calls that the pool will take and forget.
    pub forgetful: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Commit(Commitment),
    Reveal(RevealOpening),
}

impl World {
    fn take_call(&mut self, job: JobId, call: Call) {
        match self.forgetful.checked_sub(1) {
            Some(left) => self.forgetful = left,
            None => self.pool.push((job, call)),
        }
    }

    /// Assigns a job to `operator`.
    pub fn assign(
        &mut self,
        operator: &AccountId,
        program: &[u8],
        inputs: &[BlobRef],
        inline: Option<u32>,
    ) -> JobId {
        let id = self.jobs.len() as JobId;
        let code = ProgramId(edgeproof_proofs::blob_root(program));
        self.programs.insert(code, program.to_vec());
        let spec = JobSpec {
            program: code,
            inputs: inputs.to_vec().try_into().unwrap(),
            params: Default::default(),
            assurance: Assurance::SINGLE,
            demands: Demands::default(),
            price_cap: FEE,
            deadlines: Deadlines {
                draw: 10,
                execution: 100,
            },
            inline_output: inline.is_some(),
        };
        let job = JobInfo {
            id,
            requester: AccountId::from([7; 32]),
            spec,
            operations: 1_000,
            inline_bytes: inline,
            watched: true,
            worker_share: 750_000,
            posted_at: self.block,
            round: 0,
            phase: JobPhase::Assigned {
                commit_by: self.block + 100,
            },
            seats: vec![seat(operator, self.block)],
        };
        self.jobs.insert(id, JobState::Live(Box::new(job)));
        id
    }

    fn advance(&mut self) {
        self.block += 1;
        for (id, call) in std::mem::take(&mut self.pool) {
            if self.losses > 0 {
                self.losses -= 1;
                continue;
            }
            let done = self.apply(id, &call).is_some();
            let log = if done {
                &mut self.effective
            } else {
                &mut self.refused
            };
            log.push((id, call));
        }
        let now = self.block;
        for state in self.jobs.values_mut() {
            let JobState::Live(job) = state else { continue };
            match job.phase {
                JobPhase::Assigned { commit_by } if now > commit_by => *state = lost(job, now),
                JobPhase::Committed { reveal_by } if now > reveal_by => *state = lost(job, now),
                JobPhase::Revealed { settles_at } if now >= settles_at => *state = settled(job, now),
                _ => {}
            }
        }
    }

    fn apply(&mut self, id: JobId, call: &Call) -> Option<()> {
        let now = self.block;
        let JobState::Live(job) = self.jobs.get_mut(&id)? else {
            return None;
        };
        let round = job.round;
        let seat = job.seats.first_mut()?;
        match (call, job.phase) {
            (Call::Commit(made), JobPhase::Assigned { commit_by }) if now <= commit_by => {
                seat.committed = Some((*made, now));
                job.phase = JobPhase::Committed {
                    reveal_by: now + REVEAL,
                };
            }
            (Call::Reveal(opening), JobPhase::Committed { reveal_by }) if now <= reveal_by => {
                let RevealOpening {
                    output_root,
                    salt,
                    attestation,
                    inline_output,
                } = opening;
                let opened = commitment(id, round, &key_bytes(&seat.operator), output_root, salt);
                let inline = inline_output.as_ref().map(|output| output.len() as u32);
                if seat.committed?.0 != opened || inline != job.inline_bytes {
                    return None;
                }
                seat.revealed = Some(RevealInfo {
                    output_root: *output_root,
                    attestation: attestation.clone(),
                    at: now,
                });
                job.phase = JobPhase::Revealed {
                    settles_at: now + WINDOW,
                };
            }
            _ => return None,
        }
        Some(())
    }

    /// Takes back every answer and every later job state, as a reorganisation does; heights go on.
    pub fn reorganise(&mut self, to: &World) {
        let World { jobs, effective, .. } = to.clone();
        (self.jobs, self.effective) = (jobs, effective);
    }

    pub fn count(&self, id: JobId, is: impl Fn(&Call) -> bool) -> usize {
        self.effective
            .iter()
            .filter(|(job, call)| *job == id && is(call))
            .count()
    }

    pub fn receipt(&self, id: JobId) -> Option<&Receipt<AccountId>> {
        match self.jobs.get(&id)? {
            JobState::Ended(receipt) => Some(receipt),
            JobState::Live(_) => None,
        }
    }
}

fn seat(operator: &AccountId, now: BlockNumber) -> SeatInfo {
    let (operator, stash) = (*operator, AccountId::from([8; 32]));
    SeatInfo {
        operator,
        stash,
        fee: FEE,
        bond: 20 * FEE,
        drawn_at: now,
        committed: None,
        revealed: None,
    }
}

fn settled(job: &JobInfo, now: BlockNumber) -> JobState {
    let root = job.seats[0]
        .revealed
        .as_ref()
        .map(|revealed| revealed.output_root);
    end(job, now, Outcome::Succeeded, Reason::WindowPassed, PAID, root)
}

fn lost(job: &JobInfo, now: BlockNumber) -> JobState {
    end(job, now, Outcome::NoWorker, Reason::CommitsMissed, 0, None)
}

fn end(
    job: &JobInfo,
    now: BlockNumber,
    outcome: Outcome,
    reason: Reason,
    paid: u128,
    output_root: Option<BlobHash>,
) -> JobState {
    JobState::Ended(Box::new(Receipt {
        job: job.id,
        requester: job.requester,
        program: job.spec.program,
        inputs: [0; 32],
        output_root,
        worker: job.seats.first().map(|seat| seat.operator),
        attestation: None,
        operations: job.operations,
        paid,
        burned: 0,
        refunded: 0,
        outcome,
        reason,
        watched: true,
        posted_at: job.posted_at,
        drawn_at: None,
        committed_at: None,
        revealed_at: None,
        ended_at: now,
    }))
}

/// A worker's view of a [`World`]. Each call is two steps of the fuse: before it arrives and after it did.
#[derive(Clone)]
pub(crate) struct MemoryChain {
    pub world: Arc<Mutex<World>>,
    pub operator: AccountId,
    pub fuse: Fuse,
}

impl MemoryChain {
    pub fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn answer<T>(&self, call: impl FnOnce(&mut World) -> T) -> Result<T, ClientError> {
        self.fuse.step();
        {
            let mut world = self.lock();
            if world.outage > 0 {
                world.outage -= 1;
                return Err(ClientError::ConnectionLost {
                    url: "memory".into(),
                    reason: "outage".into(),
                });
            }
        }
        let answer = call(&mut self.lock());
        self.fuse.step();
        Ok(answer)
    }
}

impl Chain for MemoryChain {
    fn operator(&self) -> AccountId {
        self.operator
    }

    async fn next(&mut self) -> Tick {
        tokio::time::sleep(Duration::from_millis(1)).await;
        let mut world = self.lock();
        world.advance();
        let seats = world.jobs.values().filter_map(|state| match state {
            JobState::Live(job) if job.seat_of(&self.operator).is_some() => Some((**job).clone()),
            _ => None,
        });
        Tick {
            block: world.block,
            seats: seats.collect(),
        }
    }

    async fn program(&self, id: ProgramId) -> Result<Vec<u8>, ClientError> {
        self.answer(|world| world.programs[&id].clone())
    }

    async fn job(&self, id: JobId) -> Result<Option<JobState>, ClientError> {
        self.answer(|world| world.jobs.get(&id).cloned())
    }

    async fn commit(&self, job: JobId, commitment: Commitment) -> Result<(), ClientError> {
        self.answer(|world| world.take_call(job, Call::Commit(commitment)))
    }

    async fn reveal(&self, job: JobId, opening: RevealOpening) -> Result<(), ClientError> {
        self.answer(|world| world.take_call(job, Call::Reveal(opening)))
    }
}
