//! Drawing a worker, and what follows when it fails.

use crate::{
    types::{Due, JobState, Seat, MAX_DRAWS},
    AgendaEntry, Config, Event, JobOf, Jobs, Pallet, SeatsOf,
};
use alloc::vec::Vec;
use edgeproof_primitives::{BlockNumber, JobId, Outcome, Reason};
use pallet_support::{DrawRequest, JobRules, SeatEnd, Seed, SeedSource, SeedStatus, WorkerDraw};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

/// Domain of the seeds of draws.
pub const DRAW_DOMAIN: &[u8] = b"edgeproof/draw";

/// Subject of the seed of a draw: job and round, so that no two draws share one.
pub fn draw_subject(job: JobId, round: u8) -> Vec<u8> {
    let mut subject = job.to_le_bytes().to_vec();
    subject.push(round);
    subject
}

/// Blocks after an event at whose start its seed is known.
fn seed_delay(rules: &JobRules) -> BlockNumber {
    rules.draw_outputs.saturating_add(1)
}

impl<T: Config> Pallet<T> {
    /// The agenda's step for an open job.
    pub(crate) fn draw_due(id: JobId, mut job: JobOf<T>) {
        let JobState::Open {
            event,
            draw_by,
            attempted,
        } = job.state
        else {
            return;
        };
        let now = Self::now();
        if now > draw_by {
            return Self::end_undrawn(id, job, attempted);
        }
        let rules = T::Rules::get();
        let subject = draw_subject(id, job.round);
        let next = match T::Seeds::seed(DRAW_DOMAIN, &subject, event, rules.draw_outputs) {
            SeedStatus::Ready(seed) => {
                if Self::draw_worker(id, &mut job, seed) {
                    return;
                }
                // The event is chosen so that its seed becomes known only when it is used.
                let next = now.saturating_add(rules.redraw_interval.max(seed_delay(&rules)));
                let event = next.saturating_sub(seed_delay(&rules));
                job.state = JobState::Open {
                    event,
                    draw_by,
                    attempted: true,
                };
                next
            }
            SeedStatus::Pending => now.saturating_add(1),
            SeedStatus::Forgotten => {
                job.state = JobState::Open {
                    event: now,
                    draw_by,
                    attempted,
                };
                now.saturating_add(seed_delay(&rules))
            }
        };
        let entry = AgendaEntry {
            job: id,
            due: Due::Draw,
            round: job.round,
        };
        Self::schedule(next.min(draw_by.saturating_add(1)), entry);
        Jobs::<T>::insert(id, job);
    }

    /// Seats the worker that `seed` draws. False, and nothing has changed, when none fits.
    pub(crate) fn draw_worker(id: JobId, job: &mut JobOf<T>, seed: Seed) -> bool {
        let request = DrawRequest {
            requester: &job.requester,
            operations: job.operations,
            price_cap: job.spec.price_cap,
            demands: &job.spec.demands,
            excluded: &job.excluded,
        };
        let Some(worker) = T::Workers::draw(seed, &request) else {
            return false;
        };

        let now = Self::now();
        let commit_by = now.saturating_add(job.spec.deadlines.execution);
        let (operator, fee) = (worker.operator.clone(), worker.fee);
        let seat = Seat {
            worker,
            drawn_at: now,
            committed: None,
            revealed: None,
        };
        job.seats = BoundedVec::truncate_from(alloc::vec![seat]);
        job.drawn_at = Some(now);
        job.state = JobState::Assigned { commit_by };
        let entry = AgendaEntry {
            job: id,
            due: Due::Commit,
            round: job.round,
        };
        Self::schedule(commit_by.saturating_add(1), entry);
        SeatsOf::<T>::insert(&operator, id, ());
        Jobs::<T>::insert(id, &*job);
        Self::deposit_event(Event::JobAssigned {
            job: id,
            operator,
            fee,
            commit_by,
        });
        true
    }

    /// The draw deadline has passed.
    fn end_undrawn(id: JobId, job: JobOf<T>, attempted: bool) {
        let (outcome, reason) = if attempted || job.drawn_at.is_some() {
            (Outcome::NoWorker, Reason::NoWorkerFits)
        } else {
            (Outcome::Expired, Reason::DrawDeadlinePassed)
        };
        let split = Self::refund(&job);
        Self::end_job(id, job, None, outcome, reason, split);
    }

    /// The agenda's step for a job whose commit or reveal deadline has passed: the seat is lost, and the job is drawn
    /// again unless its draws are used up.
    pub(crate) fn miss_due(id: JobId, mut job: JobOf<T>, end: SeatEnd) {
        let rules = T::Rules::get();
        let mut last = None;
        for seat in core::mem::take(&mut job.seats) {
            Self::lose_seat(id, &mut job, &seat, end);
            last = Some(seat);
        }
        job.round = job.round.saturating_add(1);
        if u32::from(job.round) >= u32::from(rules.max_draws).min(MAX_DRAWS) {
            let (outcome, reason) = match end {
                SeatEnd::RevealMissed => (Outcome::WorkerFault, Reason::RevealMissed),
                _ => (Outcome::NoWorker, Reason::CommitsMissed),
            };
            let split = Self::refund(&job);
            return Self::end_job(id, job, last, outcome, reason, split);
        }
        let now = Self::now();
        job.state = JobState::Open {
            event: now,
            draw_by: now.saturating_add(job.spec.deadlines.draw),
            attempted: false,
        };
        let entry = AgendaEntry {
            job: id,
            due: Due::Draw,
            round: job.round,
        };
        Self::schedule(now.saturating_add(seed_delay(&rules)), entry);
        Jobs::<T>::insert(id, job);
    }

    fn lose_seat(id: JobId, job: &mut JobOf<T>, seat: &Seat<T::AccountId, crate::StakeOf<T>>, end: SeatEnd) {
        let slash = T::Workers::end_seat(&seat.worker, &job.requester, end);
        let operator = seat.worker.operator.clone();
        SeatsOf::<T>::remove(&operator, id);
        // The bound is that of the draws, so there is always room.
        let _ = job.excluded.try_push(operator.clone());
        let (compensated, burned) = (slash.compensated, slash.burned);
        Self::deposit_event(match end {
            SeatEnd::RevealMissed => Event::RevealMissed {
                job: id,
                operator,
                compensated,
                burned,
            },
            _ => Event::CommitMissed {
                job: id,
                operator,
                compensated,
                burned,
            },
        });
    }
}
