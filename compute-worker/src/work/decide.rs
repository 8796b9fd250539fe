//! What a seat needs next, as a pure function of the chain's state and the journal.

use super::WorkConfig;
use crate::{
    chain::key_bytes,
    journal::{Answer, Entry, Key},
};
use edgeproof_client::{JobInfo, JobPhase, SeatInfo};
use edgeproof_primitives::BlockNumber;

/// What to do about a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// Nothing now.
    Wait,
    /// Compute the job.
    Execute,
    /// Send the commitment.
    Commit(Answer),
    /// Send the reveal.
    Reveal(Answer),
    /// A deadline cannot be met any more.
    TooLate,
    /// The chain holds a commitment that the journal cannot open.
    NotMine,
}

/// How far the chain is. What is sent after best block `best` counts in the next block at the earliest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Heights {
    pub best: BlockNumber,
    /// The last finalised block below it.
    pub finalized: BlockNumber,
}

impl Heights {
    /// Whether no fork can take a commitment of the job back. A result that is known on a fork could be committed to by
    /// somebody else on another.
    fn have_finalized(&self, job: &JobInfo) -> bool {
        let mut commitments = job.seats.iter().filter_map(|seat| seat.committed);
        commitments.all(|(_, at)| at <= self.finalized)
    }
}

/// Decides about a seat.
pub(super) fn decide(
    job: &JobInfo,
    seat: &SeatInfo,
    entry: Option<&Entry>,
    heights: Heights,
    config: &WorkConfig,
) -> Action {
    let (now, resend) = (heights.best, config.resend);
    let answer = entry.and_then(|entry| entry.answer.as_ref());
    let is_due = |sent: Option<BlockNumber>| sent.is_none_or(|sent| now < sent || now - sent >= resend);
    let key = Key {
        job: job.id,
        round: seat.round,
    };

    if seat.revealed.is_some() {
        return Action::Wait;
    }
    if let Some((commitment, _)) = &seat.committed {
        let mine = |answer: &&Answer| answer.commitment(key, &key_bytes(&seat.operator)) == *commitment;
        let Some(answer) = answer.filter(mine) else {
            return Action::NotMine;
        };
        let JobPhase::Committed { reveal_by } = job.phase else {
            return Action::Wait;
        };
        if now >= reveal_by {
            return Action::TooLate;
        }
        let is_alone = job.spec.assurance.seats() == 1;
        let is_open = is_alone || heights.have_finalized(job) || reveal_by - now <= config.last_call;
        return if is_open && is_due(entry.and_then(|entry| entry.reveal_sent)) {
            Action::Reveal(answer.clone())
        } else {
            Action::Wait
        };
    }
    let (JobPhase::Assigned { commit_by } | JobPhase::Auditing { commit_by }) = job.phase else {
        return Action::Wait;
    };
    match answer {
        _ if now >= commit_by => Action::TooLate,
        None => Action::Execute,
        Some(answer) if is_due(entry.and_then(|entry| entry.commit_sent)) => Action::Commit(answer.clone()),
        Some(_) => Action::Wait,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{chain::memory::World, journal::digest};
    use edgeproof_client::{AccountId, JobState};
    use edgeproof_primitives::{Attestation, BlobHash};

    const ME: [u8; 32] = [9; 32];
    const OTHER: [u8; 32] = [7; 32];
    const REVEAL_BY: BlockNumber = 90;

    fn answer() -> Answer {
        Answer {
            output_root: BlobHash([1; 32]),
            salt: [2; 32],
            attestation: Attestation::default(),
        }
    }

    /// A job with seats of these operators.
    fn job(operators: &[[u8; 32]], audit_rate: u32, phase: JobPhase) -> JobInfo {
        let operators: Vec<AccountId> = operators.iter().map(|key| AccountId::from(*key)).collect();
        let mut world = World::default();
        let id = world.assign_all(&operators, b"program", &[], None, audit_rate);
        let JobState::Live(mut job) = world.jobs[&id].clone() else {
            unreachable!()
        };
        job.phase = phase;
        *job
    }

    /// This worker's seat, drawn in round `round`, committed in block `at`.
    fn commit(job: &mut JobInfo, round: u8, at: BlockNumber) {
        let key = Key { job: job.id, round };
        let seat = job.seats.iter_mut().find(|seat| seat.operator.0 == ME).unwrap();
        seat.round = round;
        seat.committed = Some((answer().commitment(key, &ME), at));
    }

    fn others_commit(job: &mut JobInfo, at: BlockNumber) {
        for seat in job.seats.iter_mut().filter(|seat| seat.operator.0 != ME) {
            seat.committed = Some((edgeproof_primitives::Commitment([3; 32]), at));
        }
    }

    fn entry(job: &JobInfo) -> Entry {
        Entry {
            digest: digest(job),
            pay: None,
            answer: Some(answer()),
            commit_sent: None,
            reveal_sent: None,
            end: None,
        }
    }

    fn decided(job: &JobInfo, entry: Option<&Entry>, best: BlockNumber, finalized: BlockNumber) -> Action {
        let seat = job.seat_of(&AccountId::from(ME)).unwrap();
        let heights = Heights { best, finalized };
        decide(job, seat, entry, heights, &WorkConfig::default())
    }

    const OPEN: JobPhase = JobPhase::Committed { reveal_by: REVEAL_BY };

    #[test]
    fn a_lone_result_is_revealed_at_once() {
        let mut job = job(&[ME], 0, OPEN);
        commit(&mut job, 0, 50);
        let known = entry(&job);
        assert_eq!(decided(&job, Some(&known), 51, 0), Action::Reveal(answer()));
    }

    #[test]
    fn one_of_several_results_is_revealed_when_no_fork_can_take_a_commitment_back() {
        let mut job = job(&[ME, OTHER], 0, OPEN);
        commit(&mut job, 0, 50);
        others_commit(&mut job, 52);
        let known = entry(&job);
        assert_eq!(decided(&job, Some(&known), 53, 51), Action::Wait);
        assert_eq!(decided(&job, Some(&known), 55, 52), Action::Reveal(answer()));
    }

    #[test]
    fn a_lone_result_that_could_have_been_audited_waits_for_finality_too() {
        let mut job = job(&[ME], 10_000, OPEN);
        commit(&mut job, 0, 50);
        let known = entry(&job);
        assert_eq!(decided(&job, Some(&known), 53, 49), Action::Wait);
        assert_eq!(decided(&job, Some(&known), 53, 50), Action::Reveal(answer()));
    }

    #[test]
    fn without_finality_a_result_is_revealed_before_silence_costs_the_bond() {
        let mut job = job(&[ME, OTHER], 0, OPEN);
        commit(&mut job, 0, 50);
        others_commit(&mut job, 52);
        let known = entry(&job);
        let last_call = WorkConfig::default().last_call;
        let at = |best| decided(&job, Some(&known), best, 10);
        assert_eq!(at(REVEAL_BY - last_call - 1), Action::Wait);
        assert_eq!(at(REVEAL_BY - last_call), Action::Reveal(answer()));
        assert_eq!(at(REVEAL_BY), Action::TooLate);
    }

    #[test]
    fn nothing_is_revealed_while_an_audit_is_decided_or_an_auditor_computes() {
        let waits = [
            JobPhase::Assigned { commit_by: 80 },
            JobPhase::Open { draw_by: 80 },
            JobPhase::Deciding,
            JobPhase::Auditing { commit_by: 80 },
            JobPhase::Disputed { window_ends: 80 },
        ];
        for phase in waits {
            let mut job = job(&[ME, OTHER], 10_000, phase);
            commit(&mut job, 0, 50);
            let known = entry(&job);
            assert_eq!(decided(&job, Some(&known), 60, 60), Action::Wait, "{phase:?}");
        }
    }

    #[test]
    fn an_auditor_works_like_any_other() {
        let mut job = job(&[OTHER, ME], 10_000, JobPhase::Auditing { commit_by: 80 });
        others_commit(&mut job, 40);
        assert_eq!(decided(&job, None, 60, 60), Action::Execute);
        let known = entry(&job);
        assert_eq!(decided(&job, Some(&known), 60, 60), Action::Commit(answer()));
        assert_eq!(decided(&job, Some(&known), 80, 60), Action::TooLate);
    }

    #[test]
    fn a_commitment_is_opened_with_the_round_of_its_seat() {
        let mut job = job(&[ME, OTHER], 0, OPEN);
        commit(&mut job, 1, 50);
        others_commit(&mut job, 50);
        job.round = 2;
        let known = entry(&job);
        assert_eq!(decided(&job, Some(&known), 60, 60), Action::Reveal(answer()));
        job.seats[0].round = 2;
        assert_eq!(decided(&job, Some(&known), 60, 60), Action::NotMine);
    }
}
