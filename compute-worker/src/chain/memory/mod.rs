//! A chain in memory that makes a block whenever a loop asks for one.

mod descent;
mod disputes;

use super::{key_bytes, Chain, Tick};
use crate::journal::crash::Fuse;
use disputes::Dispute;
use edgeproof_client::{
    AccountId, ClientError, DataAsked, DataQuestion, DisputeInfo, JobInfo, JobPhase, JobState, RevealInfo,
    SeatInfo,
};
use edgeproof_primitives::{
    commitment, Assurance, BlobHash, BlobRef, BlockNumber, ChunkProof, Commitment, Deadlines, Demands,
    ElementProof, JobId, JobSpec, Outcome, ProgramId, Reason, Receipt, RevealOpening, TraceOpening, Witness,
};
use edgeproof_proofs::NodeOpening;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

pub(crate) const FEE: u128 = 1_000;
/// Paid of [`FEE`].
pub(crate) const PAID: u128 = 750;
/// Blocks for a commitment.
pub(crate) const EXECUTION: BlockNumber = 300;
const REVEAL: BlockNumber = 300;
const WINDOW: BlockNumber = 3;
/// Blocks for an answer in a game.
pub(crate) const ANSWER: BlockNumber = 2_000;

/// The state after a block, and what waits for the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct World {
    pub block: BlockNumber,
    /// Blocks by which finality lags behind.
    pub lag: BlockNumber,
    /// Blocks of a window, where they are more than a few.
    pub window: Option<BlockNumber>,
    pub programs: BTreeMap<ProgramId, Vec<u8>>,
    pub jobs: BTreeMap<JobId, JobState>,
    pub disputes: BTreeMap<JobId, Dispute>,
    /// Open questions about data.
    pub questions: Vec<DataQuestion>,
    /// Who gets the next free seat: that of an auditor, or of a worker that missed its deadline.
    pub reserve: Vec<AccountId>,
    /// Who lost a bond, and about which job.
    pub slashed: Vec<(JobId, AccountId)>,
    pub pool: Vec<Sent>,
    /// Calls that took effect, in order.
    pub effective: Vec<Sent>,
    /// Calls that were refused, in order.
    pub refused: Vec<Sent>,
    /// Calls that nobody answers before the node is back.
    pub outage: u32,
    /// Calls that the pool takes and loses.
    pub losses: u32,
    /// Claims that never leave, because no node answers.
    pub stuck_claims: u32,
    /// Questions about single jobs that nobody answers before the node is back.
    pub silence: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sent {
    pub who: AccountId,
    pub job: JobId,
    pub call: Call,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Commit(Commitment),
    Reveal(RevealOpening),
    Claim(BlobHash, Box<TraceOpening>),
    OpenTrace(Box<TraceOpening>),
    OpenNode(NodeOpening),
    Referee(Box<Witness>),
    Prove(BlobHash, Box<ElementProof>),
    ServeChunk(Box<ChunkProof>),
    ReportUnavailable(u8),
    Judge(bool),
}

impl World {
    /// Assigns a job to `operator`.
    pub fn assign(
        &mut self,
        operator: &AccountId,
        program: &[u8],
        inputs: &[BlobRef],
        inline: Option<u32>,
    ) -> JobId {
        self.assign_all(&[*operator], program, inputs, inline, 0)
    }

    /// Assigns a job to several operators; with an audit rate it is audited when there is a reserve.
    pub fn assign_all(
        &mut self,
        operators: &[AccountId],
        program: &[u8],
        inputs: &[BlobRef],
        inline: Option<u32>,
        audit_rate: u32,
    ) -> JobId {
        let id = self.jobs.len() as JobId;
        let code = ProgramId(edgeproof_proofs::blob_root(program));
        self.programs.insert(code, program.to_vec());
        let spec = JobSpec {
            program: code,
            inputs: inputs.to_vec().try_into().unwrap(),
            params: Default::default(),
            assurance: Assurance {
                replicas: operators.len() as u8,
                audit_rate,
                window: None,
            },
            demands: Demands::default(),
            price_cap: FEE,
            deadlines: Deadlines {
                draw: 10,
                execution: EXECUTION,
            },
            inline_output: inline.is_some(),
        };
        let now = self.block;
        let job = JobInfo {
            id,
            requester: AccountId::from([7; 32]),
            spec,
            operations: 1_000,
            inline_bytes: inline,
            window: self.window.unwrap_or(WINDOW),
            watched: true,
            worker_share: 750_000,
            posted_at: now,
            round: 0,
            first_fee: FEE,
            phase: JobPhase::Assigned {
                commit_by: now + EXECUTION,
            },
            seats: operators.iter().map(|operator| seat(operator, now, 0)).collect(),
            standing: None,
        };
        self.jobs.insert(id, JobState::Live(Box::new(job)));
        id
    }

    fn advance(&mut self) {
        self.block += 1;
        for sent in std::mem::take(&mut self.pool) {
            if self.losses > 0 {
                self.losses -= 1;
                continue;
            }
            let done = self.apply(&sent).is_some();
            let log = if done {
                &mut self.effective
            } else {
                &mut self.refused
            };
            log.push(sent);
        }
        for id in self.jobs.keys().copied().collect::<Vec<_>>() {
            if let Some(JobState::Live(job)) = self.jobs.get(&id) {
                let state = self.moved_on((**job).clone());
                self.jobs.insert(id, state);
            }
        }
        self.time_out_games();
    }

    /// What has become of a job at the start of a block.
    fn moved_on(&mut self, mut job: JobInfo) -> JobState {
        let now = self.block;
        match job.phase {
            JobPhase::Assigned { commit_by } | JobPhase::Auditing { commit_by } if now > commit_by => {
                job.seats.retain(|seat| seat.committed.is_some());
                job.round += 1;
                match self.reserve.pop() {
                    Some(next) => {
                        job.seats.push(seat(&next, now, job.round));
                        job.phase = JobPhase::Assigned {
                            commit_by: now + EXECUTION,
                        };
                    }
                    None => return lost(&job, now),
                }
            }
            JobPhase::Deciding => match self.reserve.pop() {
                Some(next) => {
                    let auditor = SeatInfo {
                        auditor: true,
                        ..seat(&next, now, job.round)
                    };
                    job.seats.push(auditor);
                    job.phase = JobPhase::Auditing {
                        commit_by: now + EXECUTION,
                    };
                }
                None => job.phase = reveals(now),
            },
            JobPhase::Committed { reveal_by } if now > reveal_by => {
                job.seats.retain(|seat| seat.revealed.is_some());
                if job.seats.is_empty() {
                    return lost(&job, now);
                }
                self.conclude(&mut job);
            }
            JobPhase::Revealed { settles_at } if now >= settles_at => {
                self.disputes.remove(&job.id);
                return settled(&job, now);
            }
            _ => {}
        }
        JobState::Live(Box::new(job))
    }

    /// All results are known.
    fn conclude(&mut self, job: &mut JobInfo) {
        let window_ends = self.block + job.window - 1;
        job.phase = JobPhase::Revealed {
            settles_at: window_ends + 1,
        };
        if job.results().len() > 1 {
            job.phase = JobPhase::Disputed { window_ends };
            self.open_dispute(job);
        }
    }

    fn live(&self, id: JobId) -> Option<JobInfo> {
        match self.jobs.get(&id)? {
            JobState::Live(job) => Some((**job).clone()),
            JobState::Ended(_) => None,
        }
    }

    fn apply(&mut self, sent: &Sent) -> Option<()> {
        let Sent { who, job: id, call } = sent;
        let mut job = self.live(*id)?;
        match call {
            Call::Commit(made) => self.commit(&mut job, who, *made)?,
            Call::Reveal(opening) => self.reveal(&mut job, who, opening)?,
            Call::ServeChunk(_) => {
                return self.answer_question(*id, |asked| matches!(asked, DataAsked::Chunk { .. }))
            }
            Call::Judge(_) => {
                return self.answer_question(*id, |asked| matches!(asked, DataAsked::Judgement { .. }))
            }
            Call::ReportUnavailable(input) => return job.spec.inputs.get(usize::from(*input)).map(|_| ()),
            _ => return self.apply_to_dispute(job, who, call),
        }
        self.jobs.insert(*id, JobState::Live(Box::new(job)));
        Some(())
    }

    /// Closes the question about a job that is answered.
    fn answer_question(&mut self, id: JobId, is: impl Fn(&DataAsked) -> bool) -> Option<()> {
        let answered = |question: &DataQuestion| question.job == id && is(&question.asked);
        let place = self.questions.iter().position(answered)?;
        self.questions.remove(place);
        Some(())
    }

    fn commit(&mut self, job: &mut JobInfo, who: &AccountId, made: Commitment) -> Option<()> {
        let now = self.block;
        let (JobPhase::Assigned { commit_by } | JobPhase::Auditing { commit_by }) = job.phase else {
            return None;
        };
        let seat = job.seats.iter_mut().find(|seat| seat.operator == *who)?;
        if now > commit_by || seat.committed.is_some() {
            return None;
        }
        seat.committed = Some((made, now));
        if job.seats.iter().all(|seat| seat.committed.is_some()) {
            let decides = job.spec.assurance.audit_rate > 0 && matches!(job.phase, JobPhase::Assigned { .. });
            job.phase = if decides { JobPhase::Deciding } else { reveals(now) };
        }
        Some(())
    }

    fn reveal(&mut self, job: &mut JobInfo, who: &AccountId, opening: &RevealOpening) -> Option<()> {
        let (now, id, inline_bytes) = (self.block, job.id, job.inline_bytes);
        let JobPhase::Committed { reveal_by } = job.phase else {
            return None;
        };
        let seat = job.seats.iter_mut().find(|seat| seat.operator == *who)?;
        let RevealOpening {
            output_root,
            salt,
            attestation,
            inline_output,
        } = opening;
        let opened = commitment(id, seat.round, &key_bytes(who), output_root, salt);
        let inline = inline_output.as_ref().map(|output| output.len() as u32);
        if now > reveal_by || seat.revealed.is_some() || seat.committed?.0 != opened || inline != inline_bytes
        {
            return None;
        }
        seat.revealed = Some(RevealInfo {
            output_root: *output_root,
            attestation: attestation.clone(),
            at: now,
        });
        if job.seats.iter().all(|seat| seat.revealed.is_some()) {
            self.conclude(job);
        }
        Some(())
    }

    /// Takes back every answer and every later job state, as a reorganisation does; heights go on.
    pub fn reorganise(&mut self, to: &World) {
        let World {
            jobs,
            effective,
            disputes,
            ..
        } = to.clone();
        (self.jobs, self.effective, self.disputes) = (jobs, effective, disputes);
    }

    pub fn count(&self, id: JobId, is: impl Fn(&Call) -> bool) -> usize {
        self.effective
            .iter()
            .filter(|sent| sent.job == id && is(&sent.call))
            .count()
    }

    pub fn receipt(&self, id: JobId) -> Option<&Receipt<AccountId>> {
        match self.jobs.get(&id)? {
            JobState::Ended(receipt) => Some(receipt),
            JobState::Live(_) => None,
        }
    }
}

fn reveals(now: BlockNumber) -> JobPhase {
    JobPhase::Committed {
        reveal_by: now + REVEAL,
    }
}

fn seat(operator: &AccountId, now: BlockNumber, round: u8) -> SeatInfo {
    let (operator, stash) = (*operator, AccountId::from([8; 32]));
    SeatInfo {
        operator,
        stash,
        fee: FEE,
        bond: 20 * FEE,
        round,
        auditor: false,
        drawn_at: now,
        committed: None,
        revealed: None,
    }
}

fn settled(job: &JobInfo, now: BlockNumber) -> JobState {
    let root = job.results().first().copied();
    let paid = PAID * job.seats.len().max(1) as u128;
    end(job, now, Outcome::Succeeded, Reason::WindowPassed, paid, root)
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
    let workers: Vec<_> = job.seats.iter().map(|seat| seat.operator).collect();
    JobState::Ended(Box::new(Receipt {
        job: job.id,
        requester: job.requester,
        program: job.spec.program,
        inputs: [0; 32],
        output_root,
        workers: workers.try_into().unwrap(),
        attestation: None,
        operations: job.operations,
        paid,
        burned: 0,
        refunded: 0,
        outcome,
        reason,
        watched: true,
        replicas: job.spec.assurance.replicas,
        audited: false,
        posted_at: job.posted_at,
        drawn_at: None,
        committed_at: None,
        revealed_at: None,
        ended_at: now,
    }))
}

/// An operator's view of a [`World`]. Each call is two steps of the fuse: before it arrives and after it did.
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

    /// That nobody answers, as often as this number of the world says.
    fn is_out(&self, times: impl FnOnce(&mut World) -> &mut u32) -> Result<(), ClientError> {
        let mut world = self.lock();
        let times = times(&mut world);
        if *times == 0 {
            return Ok(());
        }
        *times -= 1;
        Err(ClientError::ConnectionLost {
            url: "memory".into(),
            reason: "outage".into(),
        })
    }

    fn answer<T>(&self, call: impl FnOnce(&mut World) -> T) -> Result<T, ClientError> {
        self.fuse.step();
        self.is_out(|world| &mut world.outage)?;
        let answer = call(&mut self.lock());
        self.fuse.step();
        Ok(answer)
    }

    fn send(&self, job: JobId, call: Call) -> Result<(), ClientError> {
        let who = self.operator;
        self.answer(|world| world.pool.push(Sent { who, job, call }))
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
            finalized: world.block.saturating_sub(world.lag),
            seats: seats.collect(),
        }
    }

    async fn program(&self, id: ProgramId) -> Result<Vec<u8>, ClientError> {
        self.answer(|world| world.programs[&id].clone())
    }

    async fn job(&self, id: JobId) -> Result<Option<JobState>, ClientError> {
        self.is_out(|world| &mut world.silence)?;
        self.answer(|world| world.jobs.get(&id).cloned())
    }

    async fn commit(&self, job: JobId, commitment: Commitment) -> Result<(), ClientError> {
        self.send(job, Call::Commit(commitment))
    }

    async fn reveal(&self, job: JobId, opening: RevealOpening) -> Result<(), ClientError> {
        self.send(job, Call::Reveal(opening))
    }

    async fn live_jobs(&self) -> Result<Vec<JobInfo>, ClientError> {
        self.answer(|world| {
            let ids: Vec<JobId> = world.jobs.keys().copied().collect();
            ids.into_iter().filter_map(|id| world.live(id)).collect()
        })
    }

    async fn inline_output(&self, _: JobId) -> Result<Option<Vec<u8>>, ClientError> {
        Ok(None)
    }

    async fn dispute(&self, job: JobId) -> Result<Option<DisputeInfo>, ClientError> {
        self.answer(|world| world.disputes.get(&job).map(|dispute| dispute.info(job)))
    }

    async fn has_waiting_claim(&self, job: JobId) -> Result<bool, ClientError> {
        self.answer(|world| {
            let dispute = world.disputes.get(&job);
            dispute.is_some_and(|dispute| dispute.waits(&self.operator))
        })
    }

    async fn claim(&self, job: JobId, output_root: BlobHash, trace: TraceOpening) -> Result<(), ClientError> {
        self.is_out(|world| &mut world.stuck_claims)?;
        self.send(job, Call::Claim(output_root, Box::new(trace)))
    }

    async fn open_trace(&self, job: JobId, trace: TraceOpening) -> Result<(), ClientError> {
        self.send(job, Call::OpenTrace(Box::new(trace)))
    }

    async fn open_node(&self, job: JobId, opening: NodeOpening) -> Result<(), ClientError> {
        self.send(job, Call::OpenNode(opening))
    }

    async fn referee(&self, job: JobId, witness: Witness) -> Result<(), ClientError> {
        self.send(job, Call::Referee(Box::new(witness)))
    }

    async fn prove_element(
        &self,
        job: JobId,
        output_root: BlobHash,
        proof: ElementProof,
    ) -> Result<(), ClientError> {
        self.send(job, Call::Prove(output_root, Box::new(proof)))
    }

    async fn data_questions(&self) -> Result<Vec<DataQuestion>, ClientError> {
        self.answer(|world| world.questions.clone())
    }

    async fn serve_chunk(&self, job: JobId, proof: ChunkProof) -> Result<(), ClientError> {
        self.send(job, Call::ServeChunk(Box::new(proof)))
    }

    async fn report_unavailable(&self, job: JobId, input: u8) -> Result<(), ClientError> {
        self.send(job, Call::ReportUnavailable(input))
    }

    async fn judge(&self, job: JobId, available: bool) -> Result<(), ClientError> {
        self.send(job, Call::Judge(available))
    }
}
