//! What a watched job needs next, as a pure function of the chain's state and of what was found out.

use super::{check::Verdict, WatchConfig};
use edgeproof_client::{AccountId, DisputeInfo, JobInfo};
use edgeproof_primitives::{BlobHash, BlockNumber};
use std::collections::HashMap;

/// What to do about a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// Nothing now.
    Wait,
    /// Find out whether this result is right.
    Check(BlobHash),
    /// Show in one call that this result is wrong.
    Prove(BlobHash),
    /// Stand for the right result.
    Claim,
}

/// What is known of a job.
pub(super) struct Facts<'a> {
    pub job: &'a JobInfo,
    pub dispute: Option<&'a DisputeInfo>,
    pub verdicts: &'a HashMap<BlobHash, Verdict>,
    /// Proofs in one call that were sent, by the result that they are against.
    pub proofs: &'a HashMap<BlobHash, Sent>,
    pub operator: &'a AccountId,
}

/// How often a call was sent, and after which best block last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sent {
    pub times: u8,
    pub last: BlockNumber,
}

/// Decides after best block `now`; what is sent now counts in the next block at the earliest.
pub(super) fn decide(facts: &Facts<'_>, now: BlockNumber, config: &WatchConfig) -> Action {
    let Some(window_ends) = facts.job.window_end() else {
        return Action::Wait;
    };
    // The worker that holds the seat defends it.
    if facts.job.seat_of(facts.operator).is_some() {
        return Action::Wait;
    }
    let results = facts.job.standing_results(facts.dispute);
    let rightly_claimed = results
        .iter()
        .any(|root| matches!(facts.verdicts.get(root), Some(Verdict::Right)));
    if !rightly_claimed {
        let unknown = results.iter().find(|root| !facts.verdicts.contains_key(root));
        if let Some(root) = unknown {
            return Action::Check(*root);
        }
    }
    let is_wrong = |root: &&BlobHash| match facts.verdicts.get(root) {
        Some(Verdict::Right) => false,
        Some(Verdict::Wrong { .. }) => true,
        // There is one right result.
        None => rightly_claimed,
    };
    let Some(_) = results.iter().find(is_wrong) else {
        return Action::Wait;
    };
    let left = window_ends.saturating_sub(now);
    // A claim takes an execution and some blocks: it cannot wait for a proof to be sent again.
    let is_pressed = left
        <= facts
            .job
            .spec
            .deadlines
            .execution
            .saturating_add(config.last_call);
    let provable = |root: &&BlobHash| {
        let may_prove = facts.proofs.get(root).is_none_or(|sent| {
            let is_recent = now.saturating_sub(sent.last) < config.resend;
            !is_pressed && (sent.times < config.attempts || is_recent)
        });
        may_prove
            && facts
                .verdicts
                .get(root)
                .is_some_and(|verdict| verdict.proof().is_some())
    };
    if let Some(root) = results.iter().find(provable) {
        return Action::Prove(*root);
    }
    let claims = facts
        .dispute
        .is_some_and(|dispute| dispute.claim_of(facts.operator).is_some());
    if claims || left == 0 || (rightly_claimed && left > config.last_call) {
        return Action::Wait;
    }
    Action::Claim
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::memory::{World, EXECUTION};
    use edgeproof_client::{ClaimInfo, DisputePhase, JobPhase, JobState};
    use edgeproof_primitives::{ElementProof, Witness};
    use edgeproof_proofs::Outboard;

    const ME: [u8; 32] = [9; 32];
    const WINDOW: BlockNumber = 900;
    const LAST_CALL: BlockNumber = 6;
    const WRONG: BlobHash = BlobHash([1; 32]);
    const RIGHT: BlobHash = BlobHash([2; 32]);
    const OTHER: BlobHash = BlobHash([3; 32]);

    fn job(phase: JobPhase) -> JobInfo {
        let mut world = World::default();
        let id = world.assign(&AccountId::from([7; 32]), b"program", &[], None);
        let JobState::Live(mut job) = world.jobs[&id].clone() else {
            unreachable!()
        };
        job.phase = phase;
        job.seats.clear();
        job.standing = Some(WRONG);
        *job
    }

    fn revealed() -> JobInfo {
        job(JobPhase::Revealed {
            settles_at: WINDOW + 1,
        })
    }

    fn dispute(claims: &[([u8; 32], BlobHash)]) -> DisputeInfo {
        let claims = claims.iter().map(|(operator, root)| ClaimInfo {
            operator: AccountId::from(*operator),
            stash: AccountId::from(*operator),
            bond: 20,
            seat: false,
            output_root: *root,
            trace_root: None,
        });
        DisputeInfo {
            job: 0,
            claims: claims.collect(),
            phase: DisputePhase::Waiting,
        }
    }

    fn proof() -> Verdict {
        let blob = [0; 8];
        let claimed = Outboard::new(&blob).unwrap().prove(&[0], &mut &blob[..]).unwrap();
        let proof = ElementProof {
            output: 0,
            invocation: 0,
            roots: Default::default(),
            claimed,
            witness: Witness {
                trace: None,
                inputs: Default::default(),
            },
        };
        Verdict::Wrong {
            proof: Some(Box::new(proof)),
        }
    }

    const NO_PROOF: Verdict = Verdict::Wrong { proof: None };

    fn decided(
        job: &JobInfo,
        dispute: Option<&DisputeInfo>,
        verdicts: &[(BlobHash, Verdict)],
        proofs: &[(BlobHash, Sent)],
        now: BlockNumber,
    ) -> Action {
        let facts = Facts {
            job,
            dispute,
            verdicts: &verdicts.iter().cloned().collect(),
            proofs: &proofs.iter().copied().collect(),
            operator: &AccountId::from(ME),
        };
        let config = WatchConfig {
            last_call: LAST_CALL,
            attempts: 3,
            resend: 6,
            ..WatchConfig::default()
        };
        decide(&facts, now, &config)
    }

    #[test]
    fn an_unknown_result_is_checked_and_a_right_one_left_alone() {
        let job = revealed();
        assert_eq!(decided(&job, None, &[], &[], 10), Action::Check(WRONG));
        assert_eq!(
            decided(&job, None, &[(WRONG, Verdict::Right)], &[], 10),
            Action::Wait
        );
    }

    #[test]
    fn a_wrong_result_is_proven_where_one_call_can_and_claimed_against_otherwise() {
        let job = revealed();
        assert_eq!(
            decided(&job, None, &[(WRONG, proof())], &[], 10),
            Action::Prove(WRONG)
        );
        assert_eq!(decided(&job, None, &[(WRONG, NO_PROOF)], &[], 10), Action::Claim);
    }

    #[test]
    fn a_proof_that_does_nothing_is_given_up_for_a_claim() {
        let job = revealed();
        let after = |times, last| {
            let sent = [(WRONG, Sent { times, last })];
            decided(&job, None, &[(WRONG, proof())], &sent, 10)
        };
        assert_eq!(after(2, 1), Action::Prove(WRONG));
        assert_eq!(after(3, 5), Action::Prove(WRONG), "it may be in the next block");
        assert_eq!(after(3, 4), Action::Claim);
    }

    #[test]
    fn a_window_that_leaves_no_more_than_a_claim_needs_is_not_spent_on_proofs() {
        let job = revealed();
        let pressed = WINDOW - EXECUTION - LAST_CALL;
        let at = |now, sent: &[(BlobHash, Sent)]| decided(&job, None, &[(WRONG, proof())], sent, now);
        let just_sent = |last| [(WRONG, Sent { times: 1, last })];
        assert_eq!(at(pressed, &[]), Action::Prove(WRONG), "it costs no time");
        assert_eq!(at(pressed - 1, &just_sent(pressed - 2)), Action::Prove(WRONG));
        assert_eq!(at(pressed, &just_sent(pressed - 1)), Action::Claim);
        assert_eq!(
            at(WINDOW, &just_sent(WINDOW - 1)),
            Action::Wait,
            "too late for either"
        );
    }

    #[test]
    fn nothing_is_claimed_after_the_window_and_before_a_result() {
        let job_in = |phase| decided(&job(phase), None, &[(WRONG, NO_PROOF)], &[], WINDOW);
        let settles_at = WINDOW + 1;
        assert_eq!(job_in(JobPhase::Revealed { settles_at }), Action::Wait);
        assert_eq!(job_in(JobPhase::Committed { reveal_by: 2_000 }), Action::Wait);
        assert_eq!(job_in(JobPhase::Deciding), Action::Wait);
        let settles_at = WINDOW + 2;
        assert_eq!(job_in(JobPhase::Revealed { settles_at }), Action::Claim);
    }

    #[test]
    fn nobody_claims_twice_or_against_an_own_seat() {
        let disputed = job(JobPhase::Disputed { window_ends: WINDOW });
        let known = [(WRONG, NO_PROOF), (RIGHT, Verdict::Right)];
        let mine = dispute(&[([7; 32], WRONG), (ME, RIGHT)]);
        for now in [10, WINDOW - 1] {
            assert_eq!(decided(&disputed, Some(&mine), &known, &[], now), Action::Wait);
        }
        let mut own = revealed();
        own.seats = {
            let mut world = World::default();
            let id = world.assign(&AccountId::from(ME), b"program", &[], None);
            let JobState::Live(job) = &world.jobs[&id] else {
                unreachable!()
            };
            job.seats.clone()
        };
        assert_eq!(decided(&own, None, &known, &[], 10), Action::Wait);
    }

    #[test]
    fn a_right_claim_of_others_is_backed_only_when_the_window_is_about_to_end() {
        let disputed = job(JobPhase::Disputed { window_ends: WINDOW });
        let theirs = dispute(&[([7; 32], WRONG), ([6; 32], RIGHT)]);
        let known = [(WRONG, NO_PROOF), (RIGHT, Verdict::Right)];
        let at = |now| decided(&disputed, Some(&theirs), &known, &[], now);
        assert_eq!(at(WINDOW - LAST_CALL - 1), Action::Wait);
        assert_eq!(at(WINDOW - LAST_CALL), Action::Claim);
        assert_eq!(at(WINDOW), Action::Wait);
    }

    #[test]
    fn one_right_result_makes_all_others_wrong() {
        let disputed = job(JobPhase::Disputed { window_ends: WINDOW });
        let claims = dispute(&[([7; 32], WRONG), ([6; 32], RIGHT), ([5; 32], OTHER)]);
        let known = [(RIGHT, Verdict::Right)];
        let at = |now| decided(&disputed, Some(&claims), &known, &[], now);
        assert_eq!((at(10), at(WINDOW - 1)), (Action::Wait, Action::Claim));
        let known = [(WRONG, NO_PROOF)];
        assert_eq!(
            decided(&disputed, Some(&claims), &known, &[], 10),
            Action::Check(RIGHT)
        );
    }
}
