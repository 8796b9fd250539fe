//! Jobs, as questions about their data see and move them.

use crate::{
    results::agreed_root,
    types::{Due, JobState, Split},
    Config, Event, JobOf, Jobs, Pallet, Programs, SeatOf,
};
use alloc::vec::Vec;
use edgeproof_primitives::{BlobHash, BlockNumber, Demands, JobId, Reason, TfuelBalance};
use pallet_support::{DataJobs, Disputes, Judges, Published, SeatEnd, WorkerDraw};
use polkadot_sdk::polkadot_sdk_frame::prelude::Weight;

/// The result that stands, whoever has it.
fn standing_root<A, S>(job: &crate::Job<A, S>) -> Option<BlobHash> {
    match &job.standing {
        Some(claimed) => Some(claimed.output_root),
        None => agreed_root(job),
    }
}

impl<T: Config> Pallet<T> {
    /// Pays `judges` out of the escrow and returns the rest.
    fn pay_judges(job: &JobOf<T>, judges: &[T::AccountId], fee: TfuelBalance) -> Split {
        let mut paid: TfuelBalance = 0;
        for stash in judges {
            let left = job.escrow().saturating_sub(paid);
            paid = paid.saturating_add(Self::transfer_escrow(&job.requester, stash, fee.min(left)));
        }
        Split {
            paid,
            burned: 0,
            refunded: Self::release_escrow(&job.requester, job.escrow().saturating_sub(paid)),
        }
    }
}

impl<T: Config> DataJobs<T::AccountId> for Pallet<T> {
    fn published(id: JobId) -> Option<Published<T::AccountId>> {
        let job = Jobs::<T>::get(id)?;
        let JobState::Revealed { window_ends } = job.state else {
            return None;
        };
        if Self::now() > window_ends || job.inline_root.is_some() {
            return None;
        }
        Some(Published {
            output_root: standing_root(&job)?,
            outputs: Programs::<T>::get(job.spec.program)?.outputs.into_inner(),
            requester: job.requester,
        })
    }

    fn needed(id: JobId, operator: &T::AccountId, input: u8) -> Option<BlobHash> {
        // As long as a commitment of this operator would be taken.
        let job = Self::check_commit(operator, id).ok()?;
        Some(job.spec.inputs.get(usize::from(input))?.hash)
    }

    fn judges(id: JobId) -> Option<Judges<T::AccountId>> {
        let job = Jobs::<T>::get(id)?;
        let seated = job.seats.iter().map(|seat| seat.worker.operator.clone());
        let claimed = job.standing.iter().map(|claimed| claimed.operator.clone());
        let excluded = job
            .excluded
            .iter()
            .cloned()
            .chain(seated)
            .chain(claimed)
            .collect();
        Some(Judges {
            excluded,
            demands: Demands {
                regions: job.spec.demands.regions,
                ..Default::default()
            },
            requester: job.requester,
        })
    }

    fn keep_open(id: JobId, until: BlockNumber) {
        let Some(mut job) = Jobs::<T>::get(id) else {
            return;
        };
        if let JobState::Revealed { window_ends } = job.state {
            let window_ends = window_ends.max(until);
            job.state = JobState::Revealed { window_ends };
            Self::plan(id, &mut job, Due::Settle, window_ends.saturating_add(1));
            Jobs::<T>::insert(id, job);
        }
    }

    fn allow_time(id: JobId, until: BlockNumber) {
        let Some(mut job) = Jobs::<T>::get(id) else {
            return;
        };
        let Some(commit_by) = job.state.commit_by() else {
            return;
        };
        let commit_by = until.saturating_add(job.spec.deadlines.execution).max(commit_by);
        job.state = match job.state {
            JobState::Auditing { .. } => JobState::Auditing { commit_by },
            _ => JobState::Assigned { commit_by },
        };
        Self::plan(id, &mut job, Due::Commit, commit_by.saturating_add(1));
        Jobs::<T>::insert(id, job);
    }

    fn withhold(id: JobId) {
        let Some(mut job) = Jobs::<T>::get(id).filter(|job| matches!(job.state, JobState::Revealed { .. }))
        else {
            return;
        };
        let seats = core::mem::take(&mut job.seats).into_inner();
        let mut lost: Vec<SeatOf<T>> = Vec::new();
        for mut seat in seats {
            // What cannot be had counts like what was never revealed.
            let slash = Self::lose_seat(id, &mut job, &seat, None, SeatEnd::RevealMissed);
            Self::deposit_event(Event::OutputWithheld {
                job: id,
                operator: seat.worker.operator.clone(),
                compensated: slash.compensated,
                held: slash.held,
            });
            seat.revealed = None;
            lost.push(seat);
        }
        job.standing = None;
        let split = Self::refund(&job);
        Self::end_job(id, job, lost, Reason::OutputWithheld, split);
        T::Disputes::close(id);
    }

    fn unavailable(id: JobId, judges: &[T::AccountId], fee: TfuelBalance) {
        let Some(mut job) = Jobs::<T>::get(id).filter(|job| job.state.commit_by().is_some()) else {
            return;
        };
        Self::end_seats(id, &mut job, SeatEnd::Released);
        let split = Self::pay_judges(&job, judges, fee);
        Self::end_job(id, job, Vec::new(), Reason::InputUnavailable, split);
    }

    fn charge(id: JobId, operator: &T::AccountId, judges: &[T::AccountId]) {
        let Some(mut job) = Jobs::<T>::get(id) else {
            return;
        };
        let Some(seat) = job.seat_of_mut(operator) else {
            return;
        };
        let charged = T::Workers::charge(&mut seat.worker, judges);
        Jobs::<T>::insert(id, job);
        Self::deposit_event(Event::ReporterCharged {
            job: id,
            operator: operator.clone(),
            charged,
        });
    }

    fn dispute_weight() -> Weight {
        T::Disputes::close_weight()
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn ensure_published(output: &[u8]) -> (JobId, T::AccountId) {
        crate::benchmarking::publish_job::<T>(output)
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn ensure_assigned() -> (JobId, T::AccountId) {
        crate::benchmarking::assign_job::<T>()
    }
}
