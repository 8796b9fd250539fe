//! What a person reads in the log.

use crate::journal::{End, Key};
use edgeproof_client::{amount, JobInfo, JobPhase, SeatInfo};
use edgeproof_primitives::{Hash, Ops, Outcome};
use std::fmt::Write;
use tracing::{info, warn};

/// Operations with a unit that fits.
pub(crate) fn operations(count: Ops) -> String {
    let units = [
        (1_000_000_000_000, "Top"),
        (1_000_000_000, "Gop"),
        (1_000_000, "Mop"),
        (1_000, "kop"),
    ];
    match units.iter().find(|(size, _)| count >= *size) {
        Some((size, unit)) => format!("{:.1} {unit}", count as f64 / *size as f64),
        None => format!("{count} op"),
    }
}

/// How far a seat is; a line is written when it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Milestone {
    Assigned,
    Committed,
    Revealed,
}

impl Milestone {
    pub fn of(seat: &SeatInfo) -> Self {
        match (&seat.committed, &seat.revealed) {
            (_, Some(_)) => Self::Revealed,
            (Some(_), None) => Self::Committed,
            (None, None) => Self::Assigned,
        }
    }
}

pub(super) fn milestone(key: Key, job: &JobInfo, seat: &SeatInfo) {
    let mut line = key.to_string();
    let _ = match (Milestone::of(seat), job.phase) {
        (Milestone::Assigned, phase) => {
            let (work, fee) = (operations(job.operations), amount::format(seat.fee));
            let _ = write!(line, " assigned: {work}, fee {fee} TFUEL");
            match phase {
                JobPhase::Assigned { commit_by } => write!(line, ", commit by block {commit_by}"),
                JobPhase::Auditing { commit_by } => write!(line, " as auditor, commit by block {commit_by}"),
                _ => Ok(()),
            }
        }
        (Milestone::Committed, JobPhase::Committed { reveal_by }) => {
            write!(line, " committed, reveal by block {reveal_by}")
        }
        (Milestone::Committed, _) => write!(line, " committed"),
        (Milestone::Revealed, JobPhase::Revealed { settles_at }) => {
            write!(line, " revealed, pays at block {settles_at}")
        }
        (Milestone::Revealed, _) => write!(line, " revealed"),
    };
    info!("{line}");
}

pub(super) fn end(key: Key, end: &End) {
    let End { outcome, paid, at } = end;
    match outcome {
        Some(Outcome::Succeeded) => info!("{key} paid {} TFUEL at block {at}", amount::format(*paid)),
        Some(outcome) => warn!(
            "{key} ended at block {at} as {outcome:?}, paid {} TFUEL",
            amount::format(*paid)
        ),
        None => warn!("{key} lost at block {at}: a deadline passed, or the result was refuted; the job goes on without this seat"),
    }
}

/// A short form of a hash for people.
pub(super) fn short(hash: &Hash) -> String {
    format!("{}..", hex::encode(&hash[..6]))
}
