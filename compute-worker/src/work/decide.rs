//! What a seat needs next, as a pure function of the chain's state and the journal.

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

/// Decides after best block `now`; what is sent now counts in the next block at the earliest.
pub(super) fn decide(
    job: &JobInfo,
    seat: &SeatInfo,
    entry: Option<&Entry>,
    now: BlockNumber,
    resend: BlockNumber,
) -> Action {
    let answer = entry.and_then(|entry| entry.answer.as_ref());
    let is_due = |sent: Option<BlockNumber>| sent.is_none_or(|sent| now < sent || now - sent >= resend);
    let key = Key {
        job: job.id,
        round: job.round,
    };

    if seat.revealed.is_some() {
        return Action::Wait;
    }
    if let Some((commitment, _)) = &seat.committed {
        let mine = |answer: &&Answer| answer.commitment(key, &key_bytes(&seat.operator)) == *commitment;
        let Some(answer) = answer.filter(mine) else {
            return Action::NotMine;
        };
        return match job.phase {
            JobPhase::Committed { reveal_by } if now >= reveal_by => Action::TooLate,
            JobPhase::Committed { .. } if is_due(entry.and_then(|entry| entry.reveal_sent)) => {
                Action::Reveal(answer.clone())
            }
            _ => Action::Wait,
        };
    }
    match (job.phase, answer) {
        (JobPhase::Assigned { commit_by }, _) if now >= commit_by => Action::TooLate,
        (JobPhase::Assigned { .. }, None) => Action::Execute,
        (JobPhase::Assigned { .. }, Some(answer)) if is_due(entry.and_then(|entry| entry.commit_sent)) => {
            Action::Commit(answer.clone())
        }
        _ => Action::Wait,
    }
}
