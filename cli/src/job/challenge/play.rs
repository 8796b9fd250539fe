//! A game about a job, from the claim to the job's end.

use super::own::{Answer, Own};
use crate::{
    failure::Failure,
    job::{
        blocks::{Blocks, MAX_ABSENT},
        describe, dispute,
    },
    progress::Progress,
    report,
};
use edgeproof_client::{
    keys::Signer, AccountId, ClaimInfo, ClientError, DisputeInfo, DisputePhase, JobPhase, JobState, Refusal,
    View,
};
use edgeproof_primitives::{BlockNumber, Hash, JobId, Move, Receipt};
use serde_json::json;
use std::time::Duration;

/// Time in which an answer gets into a block; then it is sent again.
const PATIENCE: Duration = Duration::from_secs(12);

/// How it ended for a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// The job has ended with the claim standing.
    Settled(Box<Receipt<AccountId>>),
    /// No result of the job is left: it is drawn again, or was given up.
    Redrawn,
    /// The claim does not stand any more.
    Lost,
}

/// A party at the table.
pub struct Party<'a> {
    pub blocks: Blocks,
    pub signer: &'a Signer,
    pub job: JobId,
    pub own: &'a mut Own,
    /// Each answer is an object on a line of standard output, too.
    pub json: bool,
}

/// What is to be done in one block.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Turn {
    Over(End),
    /// Answer this.
    Answer {
        asked: Move,
        /// What this party's side claims as the hash of the node that is asked for.
        claimed: Option<Hash>,
    },
    /// Nothing, because of this.
    Wait(String),
    /// The chain knows nothing of the claim.
    Absent,
}

/// What the chain says about the job at one block.
struct Seen {
    state: Option<JobState>,
    dispute: Option<DisputeInfo>,
    /// The claims that wait, where they matter: when that of this party is not in the game.
    waiting: Vec<ClaimInfo>,
    block: BlockNumber,
}

impl Seen {
    async fn at(view: &View, job: JobId, me: &AccountId) -> Result<Self, ClientError> {
        let dispute = view.dispute(job).await?;
        let waiting = match &dispute {
            Some(dispute) if dispute.claim_of(me).is_none() => view.waiting_claims(job).await?,
            _ => Vec::new(),
        };
        Ok(Self {
            state: view.job(job).await?,
            dispute,
            waiting,
            block: view.number(),
        })
    }

    fn turn(&self, me: &AccountId) -> Turn {
        match &self.state {
            None => return Turn::Absent,
            Some(JobState::Ended(receipt)) if receipt.output_root.is_some() => {
                return Turn::Over(End::Settled(receipt.clone()))
            }
            Some(JobState::Ended(_)) => return Turn::Over(End::Redrawn),
            Some(JobState::Live(job)) => match job.phase {
                JobPhase::Revealed { .. } | JobPhase::Disputed { .. } => {}
                _ => return Turn::Over(End::Redrawn),
            },
        }
        let Some(dispute) = &self.dispute else {
            return Turn::Absent;
        };
        let Some(claim) = dispute.claim_of(me) else {
            let waits = self.waiting.iter().any(|claim| claim.operator == *me);
            return if waits {
                Turn::Wait("the claim waits for the next game".into())
            } else {
                Turn::Absent
            };
        };
        match dispute.owed_by(me) {
            // What is sent now counts in the next block at the earliest, and is not free when it is late.
            Some(asked) if dispute.deadline().is_some_and(|deadline| self.block < deadline) => Turn::Answer {
                asked: asked.clone(),
                claimed: dispute.side_of(claim).map(|side| side.claimed),
            },
            Some(_) => Turn::Wait("too late: this answer was owed before".into()),
            None => Turn::Wait(self.wait(dispute)),
        }
    }

    fn wait(&self, dispute: &DisputeInfo) -> String {
        match (&dispute.phase, &self.state) {
            (DisputePhase::Decided, Some(state)) => describe::line(state),
            _ => format!("waits for the others: {}", dispute::line(dispute)),
        }
    }
}

impl Party<'_> {
    /// Plays until the claim is lost or the job has ended. Whoever stops earlier can go on later.
    ///
    /// # Errors
    /// When the device fails, the node stays away, or the chain refuses an answer that is still asked for.
    pub async fn play(mut self) -> Result<End, Failure> {
        let progress = Progress::start();
        let mut absent = 0;
        let mut said = String::new();
        loop {
            let (block, turn) = match self.next().await {
                Ok(seen) => seen,
                Err(error) => {
                    self.blocks.recover(error).await?;
                    continue;
                }
            };
            self.blocks.arrived();
            absent = if turn == Turn::Absent { absent + 1 } else { 0 };
            match turn {
                Turn::Over(end) => return Ok(end),
                Turn::Absent if absent > MAX_ABSENT => return Ok(End::Lost),
                Turn::Absent => {}
                Turn::Wait(why) => {
                    if why != said {
                        progress.done(format!("block {block:>6}  {why}"));
                        said = why;
                    }
                }
                Turn::Answer { asked, claimed } => {
                    progress.waiting(format!("job {}: {}", self.job, dispute::asked(&asked)));
                    match self.answer(&asked, claimed.as_ref()).await? {
                        Ok(block) => self.tell(&progress, block, &asked)?,
                        Err(error) if error.is_connection() => {}
                        Err(error) => progress.done(format!("block {block:>6}  {error}")),
                    }
                }
            }
            progress.waiting(format!("job {}: waiting for the next block", self.job));
        }
    }

    async fn next(&mut self) -> Result<(BlockNumber, Turn), ClientError> {
        let view = self.blocks.next().await?;
        let me = self.signer.account();
        let seen = Seen::at(&view, self.job, &me).await?;
        Ok((seen.block, seen.turn(&me)))
    }

    /// Answers, and returns the block of the answer, or why it was not taken now: it is asked for again as long as it is
    /// owed.
    async fn answer(
        &mut self,
        asked: &Move,
        claimed: Option<&Hash>,
    ) -> Result<Result<BlockNumber, ClientError>, Failure> {
        let answer = self.own.answer(asked, claimed)?;
        let (client, signer, job) = (self.blocks.client(), self.signer, self.job);
        let sent = match answer {
            Answer::Trace(trace) => client.open_trace(signer, job, &trace).await,
            Answer::Node(opening) => client.open_node(signer, job, &opening).await,
            Answer::Witness(witness) => client.referee(signer, job, &witness).await,
        };
        let included = match sent {
            // It is asked for again in the next block.
            Ok(pending) => tokio::time::timeout(PATIENCE, pending.included())
                .await
                .unwrap_or(Err(ClientError::NotIncluded { blocks: 4 })),
            Err(error) => Err(error),
        };
        match included {
            Ok(included) => Ok(Ok(included.block)),
            Err(ClientError::Refused(refusal)) if !has_moved_on(&refusal) => {
                Err(ClientError::Refused(refusal).into())
            }
            Err(error) => Ok(Err(error)),
        }
    }

    fn tell(&self, progress: &Progress, block: BlockNumber, asked: &Move) -> Result<(), Failure> {
        progress.done(format!("block {block:>6}  answered: {}", dispute::asked(asked)));
        if self.json {
            report::line(json!({ "job": self.job, "block": block, "answered": dispute::move_value(asked) }))?;
        }
        Ok(())
    }
}

/// True when the chain refused because somebody else was faster, or the time is over.
pub fn has_moved_on(refusal: &Refusal) -> bool {
    let moved = [
        "NotPlayed",
        "NotNext",
        "AlreadyOpened",
        "TooLate",
        "NotAParty",
        "NobodyClaims",
        "NothingToDispute",
    ];
    refusal.pallet == "Disputes" && moved.contains(&refusal.error.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use edgeproof_client::{JobInfo, SideInfo};
    use edgeproof_primitives::{
        Assurance, BlobHash, Deadlines, Demands, JobSpec, Outcome, ProgramId, Reason,
    };

    const ME: AccountId = AccountId([2; 32]);

    fn live(phase: JobPhase) -> JobState {
        let spec = JobSpec {
            program: ProgramId::default(),
            inputs: Default::default(),
            params: Default::default(),
            assurance: Assurance::SINGLE,
            demands: Demands::default(),
            price_cap: 1,
            deadlines: Deadlines {
                draw: 1,
                execution: 1,
            },
            inline_output: false,
        };
        JobState::Live(Box::new(JobInfo {
            id: 1,
            requester: ME,
            spec,
            operations: 1,
            inline_bytes: None,
            window: 9,
            watched: true,
            worker_share: 0,
            posted_at: 1,
            round: 0,
            first_fee: 1,
            phase,
            seats: Vec::new(),
            standing: None,
        }))
    }

    fn ended(output_root: Option<BlobHash>) -> JobState {
        JobState::Ended(Box::new(Receipt {
            job: 1,
            requester: ME,
            program: ProgramId::default(),
            inputs: [0; 32],
            output_root,
            workers: Default::default(),
            attestation: None,
            operations: 1,
            paid: 0,
            burned: 0,
            refunded: 0,
            outcome: Outcome::Succeeded,
            reason: Reason::WindowPassed,
            watched: true,
            replicas: 1,
            audited: false,
            posted_at: 1,
            drawn_at: None,
            committed_at: None,
            revealed_at: None,
            ended_at: 1,
        }))
    }

    fn claim(number: u8) -> ClaimInfo {
        ClaimInfo {
            operator: AccountId([number; 32]),
            stash: AccountId([number; 32]),
            bond: 1,
            seat: false,
            output_root: BlobHash([number; 32]),
            trace_root: Some(BlobHash([number; 32])),
        }
    }

    fn seen(state: Option<JobState>, phase: Option<DisputePhase>, claims: &[u8]) -> Seen {
        Seen {
            state,
            dispute: phase.map(|phase| DisputeInfo {
                job: 1,
                claims: claims.iter().copied().map(claim).collect(),
                phase,
            }),
            waiting: Vec::new(),
            block: 1,
        }
    }

    fn disputed() -> Option<JobState> {
        Some(live(JobPhase::Disputed { window_ends: 50 }))
    }

    fn playing(opened: &[u8]) -> DisputePhase {
        let side = |number: u8| SideInfo {
            trace_root: BlobHash([number; 32]),
            claimed: [number; 32],
        };
        DisputePhase::Playing {
            next: open_trace_node(),
            deadline: 40,
            sides: vec![side(1), side(2)],
            opened: opened.iter().map(|number| [*number; 32]).collect(),
        }
    }

    fn open_trace_node() -> Move {
        Move::OpenNode {
            tree: edgeproof_primitives::Tree::Trace,
            node: edgeproof_proofs::Node::root(64).unwrap(),
        }
    }

    #[test]
    fn what_is_asked_of_the_claim_is_answered_until_it_was() {
        let asked = seen(disputed(), Some(playing(&[1])), &[1, 2]);
        let answer = Turn::Answer {
            asked: open_trace_node(),
            claimed: Some([2; 32]),
        };
        assert_eq!(asked.turn(&ME), answer);
        let answered = seen(disputed(), Some(playing(&[2])), &[1, 2]);
        let Turn::Wait(why) = answered.turn(&ME) else {
            panic!("answered twice");
        };
        assert!(why.starts_with("waits for the others: each side opens"), "{why}");
    }

    #[test]
    fn a_decided_dispute_is_watched_until_the_job_settles() {
        let state = Some(live(JobPhase::Revealed { settles_at: 60 }));
        let decided = seen(state, Some(DisputePhase::Decided), &[2]);
        let Turn::Wait(why) = decided.turn(&ME) else {
            panic!("another claim may still come");
        };
        assert!(why.contains("60"), "{why}");
        let root = Some(BlobHash([2; 32]));
        let settled = seen(Some(ended(root)), None, &[]);
        assert!(matches!(settled.turn(&ME), Turn::Over(End::Settled(_))));
    }

    #[test]
    fn a_job_without_any_result_is_over_for_the_claim() {
        for state in [
            live(JobPhase::Open { draw_by: 9 }),
            live(JobPhase::Assigned { commit_by: 9 }),
            ended(None),
        ] {
            assert_eq!(seen(Some(state), None, &[]).turn(&ME), Turn::Over(End::Redrawn));
        }
    }

    #[test]
    fn a_claim_that_nobody_knows_may_wait_or_be_lost() {
        assert_eq!(seen(None, None, &[]).turn(&ME), Turn::Absent);
        assert_eq!(seen(disputed(), None, &[]).turn(&ME), Turn::Absent);
        let mut other = seen(disputed(), Some(playing(&[])), &[1]);
        assert_eq!(other.turn(&ME), Turn::Absent);
        other.waiting.push(claim(2));
        assert!(matches!(other.turn(&ME), Turn::Wait(_)));
    }

    #[test]
    fn only_what_was_too_late_is_tried_no_more() {
        let refusal = |pallet: &str, error: &str| Refusal {
            pallet: pallet.into(),
            error: error.into(),
            meaning: String::new(),
            next_step: "",
        };
        assert!(has_moved_on(&refusal("Disputes", "NotNext")));
        assert!(!has_moved_on(&refusal("Disputes", "OpeningInvalid")));
        assert!(!has_moved_on(&refusal("Jobs", "NotNext")));
    }
}
