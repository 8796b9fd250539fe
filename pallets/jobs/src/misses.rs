//! Deadlines that have passed, and what becomes of those who missed them.

use crate::{
    types::{JobState, MAX_DRAWS},
    Config, Event, JobOf, Pallet, SeatOf, SeatsOf, StakeOf,
};
use alloc::vec::Vec;
use edgeproof_primitives::{JobId, Reason};
use pallet_support::{SeatEnd, SlashOutcome, WorkerDraw};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

impl<T: Config> Pallet<T> {
    /// The agenda's step for a job whose commit deadline has passed. Those who have committed keep their seats, and the
    /// others are drawn again unless the draws are used up.
    pub(crate) fn commit_missed_due(id: JobId, mut job: JobOf<T>) {
        let audited = matches!(job.state, JobState::Auditing { .. });
        let committed = |seat: &SeatOf<T>| seat.committed.is_some();
        let lost = Self::lose_seats(id, &mut job, committed, SeatEnd::CommitMissed);
        if audited {
            return Self::audit_missed(id, job);
        }
        if Self::next_round(&mut job) {
            return Self::open_for_draw(id, job);
        }
        Self::end_seats(id, &mut job, SeatEnd::Released);
        let split = Self::refund(&job);
        Self::end_job(id, job, lost, Reason::CommitsMissed, split);
    }

    /// The agenda's step for a job whose reveal deadline has passed. It goes on with the results that it has; without any
    /// it is drawn again unless the draws are used up. True when the results differ.
    pub(crate) fn reveal_missed_due(id: JobId, mut job: JobOf<T>) -> bool {
        let revealed = |seat: &SeatOf<T>| seat.revealed.is_some();
        let lost = Self::lose_seats(id, &mut job, revealed, SeatEnd::RevealMissed);
        if !job.seats.is_empty() {
            return Self::conclude(id, job);
        }
        if Self::next_round(&mut job) {
            Self::open_for_draw(id, job);
            return false;
        }
        let split = Self::refund(&job);
        Self::end_job(id, job, lost, Reason::RevealMissed, split);
        false
    }

    /// Begins the next round. False when the draws are used up.
    pub(crate) fn next_round(job: &mut JobOf<T>) -> bool {
        job.round = job.round.saturating_add(1);
        u32::from(job.round) < u32::from(T::Rules::get().max_draws).min(MAX_DRAWS)
    }

    /// Takes the seats that `keep` refuses.
    fn lose_seats(
        id: JobId,
        job: &mut JobOf<T>,
        keep: impl Fn(&SeatOf<T>) -> bool,
        end: SeatEnd,
    ) -> Vec<SeatOf<T>> {
        let seats = core::mem::take(&mut job.seats);
        let (kept, lost): (Vec<_>, Vec<_>) = seats.into_iter().partition(keep);
        job.seats = BoundedVec::truncate_from(kept);
        for seat in &lost {
            let slash = Self::lose_seat(id, job, seat, None, end);
            let (operator, compensated, held) = (seat.worker.operator.clone(), slash.compensated, slash.held);
            Self::deposit_event(match end {
                SeatEnd::RevealMissed => Event::RevealMissed {
                    job: id,
                    operator,
                    compensated,
                    held,
                },
                _ => Event::CommitMissed {
                    job: id,
                    operator,
                    compensated,
                    held,
                },
            });
        }
        lost
    }

    /// Ends the seat of a worker that failed, which is not drawn for this job again.
    pub(crate) fn lose_seat(
        id: JobId,
        job: &mut JobOf<T>,
        seat: &SeatOf<T>,
        finder: Option<&T::AccountId>,
        end: SeatEnd,
    ) -> SlashOutcome<StakeOf<T>> {
        // The bound is that of all seats of all draws, so there is always room.
        let _ = job.excluded.try_push(seat.worker.operator.clone()).defensive();
        Self::end_seat(id, &job.requester, seat, finder, end)
    }

    /// Ends every seat that is left, in one way.
    pub(crate) fn end_seats(id: JobId, job: &mut JobOf<T>, end: SeatEnd) -> Vec<SeatOf<T>> {
        let seats = core::mem::take(&mut job.seats).into_inner();
        for seat in &seats {
            Self::end_seat(id, &job.requester, seat, None, end);
        }
        seats
    }

    pub(crate) fn end_seat(
        id: JobId,
        requester: &T::AccountId,
        seat: &SeatOf<T>,
        finder: Option<&T::AccountId>,
        end: SeatEnd,
    ) -> SlashOutcome<StakeOf<T>> {
        SeatsOf::<T>::remove(&seat.worker.operator, id);
        T::Workers::end_seat(&seat.worker, requester, finder, end)
    }
}
