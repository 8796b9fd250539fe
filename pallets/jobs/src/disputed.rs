//! Jobs, as disputes see and move them.

use crate::{
    results::{standing_of, StandingOf},
    types::{ClaimedResult, JobState},
    Config, Event, InlineOutputs, JobOf, Jobs, Pallet, ProgramCode, StakeOf,
};
use alloc::vec::Vec;
use edgeproof_primitives::{BlobHash, BlockNumber, JobId, ProgramId, Reason};
use pallet_support::{DisputedJobs, SeatEnd, Subject};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

impl<T: Config> Pallet<T> {
    /// A job in dispute, and the end of its window.
    fn disputed(id: JobId) -> Option<(JobOf<T>, BlockNumber)> {
        let job = Jobs::<T>::get(id)?;
        match job.state {
            JobState::Disputed { window_ends } => Some((job, window_ends)),
            _ => None,
        }
    }

    /// Removes the stored output unless it is that of `root`.
    fn keep_inline_output(id: JobId, job: &mut JobOf<T>, root: Option<BlobHash>) {
        if job.inline_root.is_some() && job.inline_root != root {
            job.inline_root = None;
            InlineOutputs::<T>::remove(id);
        }
    }
}

impl<T: Config> DisputedJobs<T::AccountId> for Pallet<T> {
    type Stake = StakeOf<T>;

    fn subject(id: JobId) -> Option<Subject<T::AccountId, StakeOf<T>>> {
        let job = Jobs::<T>::get(id)?;
        let window_ends = job.state.window_ends()?;
        Some(Subject {
            requester: job.requester,
            program: job.spec.program,
            inputs: job.spec.inputs.into_inner(),
            params: job.spec.params.into_inner(),
            execution: job.spec.deadlines.execution,
            window: job.window,
            window_ends,
            bond: job.first_bond,
            compensation: job.first_value,
        })
    }

    fn program_code(program: &ProgramId) -> Option<Vec<u8>> {
        ProgramCode::<T>::get(program).map(BoundedVec::into_inner)
    }

    fn standing(id: JobId) -> Vec<StandingOf<T>> {
        Jobs::<T>::get(id)
            .filter(|job| job.state.window_ends().is_some())
            .map(|job| standing_of::<T>(&job))
            .unwrap_or_default()
    }

    fn suspend(id: JobId) {
        let Some(mut job) = Jobs::<T>::get(id) else {
            return;
        };
        if let JobState::Revealed { window_ends } = job.state {
            job.state = JobState::Disputed { window_ends };
            Jobs::<T>::insert(id, job);
        }
    }

    fn extend(id: JobId, window_ends: BlockNumber) {
        if let Some((mut job, _)) = Self::disputed(id) {
            job.state = JobState::Disputed { window_ends };
            Jobs::<T>::insert(id, job);
        }
    }

    fn refute(id: JobId, operator: &T::AccountId, finder: Option<&T::AccountId>) {
        let Some((mut job, _)) = Self::disputed(id) else {
            return;
        };
        let found = |seat: &crate::SeatOf<T>| seat.worker.operator == *operator;
        let Some(index) = job.seats.iter().position(found) else {
            return;
        };
        let seat = job.seats.remove(index);
        let slash = Self::lose_seat(id, &mut job, &seat, finder, SeatEnd::Refuted);
        Jobs::<T>::insert(id, job);
        Self::deposit_event(Event::ResultRefuted {
            job: id,
            operator: seat.worker.operator,
            finder: finder.cloned(),
            compensated: slash.compensated,
            rewarded: slash.rewarded,
            held: slash.held,
        });
    }

    fn resume(id: JobId, output_root: BlobHash, first: (T::AccountId, T::AccountId)) {
        let Some((mut job, window_ends)) = Self::disputed(id) else {
            return;
        };
        // Seats with another result have been refuted. Were one left, it would neither be paid nor lose anything.
        let stands = |seat: &crate::SeatOf<T>| {
            let revealed = seat.revealed.as_ref();
            revealed.is_some_and(|revealed| revealed.output_root == output_root)
        };
        let seats = core::mem::take(&mut job.seats);
        let (kept, left): (Vec<_>, Vec<_>) = seats.into_iter().partition(stands);
        for seat in &left {
            Self::end_seat(id, &job.requester, seat, None, SeatEnd::Released);
        }
        job.seats = BoundedVec::truncate_from(kept);
        job.standing = job.seats.is_empty().then(|| {
            let (operator, stash) = first;
            ClaimedResult {
                output_root,
                operator,
                stash,
            }
        });
        Self::keep_inline_output(id, &mut job, Some(output_root));
        Self::stand(id, job, output_root, window_ends.max(Self::now()));
    }

    fn restart(id: JobId) {
        let Some((mut job, _)) = Self::disputed(id) else {
            return;
        };
        // All seats have been refuted. Were one left, it would not lose anything.
        Self::end_seats(id, &mut job, SeatEnd::Released);
        Self::keep_inline_output(id, &mut job, None);
        job.standing = None;
        if Self::next_round(&mut job) {
            return Self::open_for_draw(id, job);
        }
        let split = Self::refund(&job);
        Self::end_job(id, job, Vec::new(), Reason::ResultRefuted, split);
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn ensure_revealed(
        code: Vec<u8>,
        inputs: Vec<edgeproof_primitives::BlobRef>,
        params: Vec<u32>,
        output_root: BlobHash,
    ) -> JobId {
        crate::benchmarking::reveal_job::<T>(code, inputs, params, output_root)
    }
}
