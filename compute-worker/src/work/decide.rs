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
