//! From the last commitment to the result that stands.

use crate::{
    types::{Due, JobState},
    Config, Event, JobOf, Jobs, Pallet,
};
use alloc::vec::Vec;
use edgeproof_primitives::{BlobHash, BlockNumber, JobId};
use pallet_support::{Disputes, Standing};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

/// A standing result of this chain.
pub(crate) type StandingOf<T> = Standing<<T as frame_system::Config>::AccountId, crate::StakeOf<T>>;

impl<T: Config> Pallet<T> {
    /// Everybody who computes has committed: they may reveal. Stores the job.
    pub(crate) fn open_reveals(id: JobId, mut job: JobOf<T>) {
        let reveal_by = Self::now().saturating_add(T::Rules::get().reveal);
        job.state = JobState::Committed { reveal_by };
        Self::plan(id, &mut job, Due::Reveal, reveal_by.saturating_add(1));
        Jobs::<T>::insert(id, job);
    }

    /// No more results come: the only one stands for its window, different ones are disputed. Stores the job, and says
    /// whether there is a dispute.
    pub(crate) fn conclude(id: JobId, mut job: JobOf<T>) -> bool {
        let window_ends = Self::now().saturating_add(job.window);
        if let Some(output_root) = agreed_root(&job) {
            Self::stand(id, job, output_root, window_ends);
            return false;
        }
        let standing = standing_of::<T>(&job);
        job.state = JobState::Disputed { window_ends };
        Jobs::<T>::insert(id, job);
        Self::deposit_event(Event::ResultsDiffer { job: id, window_ends });
        T::Disputes::open(id, standing);
        true
    }

    /// One result stands and settles after its window. Stores the job.
    pub(crate) fn stand(id: JobId, mut job: JobOf<T>, output_root: BlobHash, window_ends: BlockNumber) {
        job.state = JobState::Revealed { window_ends };
        Self::plan(id, &mut job, Due::Settle, window_ends.saturating_add(1));
        Jobs::<T>::insert(id, job);
        Self::deposit_event(Event::ResultStands {
            job: id,
            output_root,
            window_ends,
        });
    }
}

/// The root that all results share.
pub(crate) fn agreed_root<A, S>(job: &crate::Job<A, S>) -> Option<BlobHash> {
    let mut roots = job
        .seats
        .iter()
        .filter_map(|seat| seat.revealed.as_ref().map(|revealed| revealed.output_root));
    let first = roots.next()?;
    roots.all(|root| root == first).then_some(first)
}

/// The results that workers have revealed.
pub(crate) fn standing_of<T: Config>(job: &JobOf<T>) -> Vec<StandingOf<T>> {
    let standing = job.seats.iter().filter_map(|seat| {
        let revealed = seat.revealed.as_ref()?;
        Some(Standing {
            operator: seat.worker.operator.clone(),
            stash: seat.worker.stash.clone(),
            bond: seat.worker.bond,
            output_root: revealed.output_root,
        })
    });
    standing.collect()
}
