//! What the registry says to those who ask before they post, or why nothing happens: the predicate of the draw, for many
//! workers at once. Only reads.

use crate::{
    draw::RequestOf,
    tally::{spread, Tally},
    Config, Index, IndexLen, Pallet, StashOf, Workers, MAX_SURVEYED,
};
use alloc::vec::Vec;
use edgeproof_primitives::{Survey, TfuelBalance};
use pallet_support::{Assessment, WorkerMarket};

impl<T: Config> WorkerMarket<T::AccountId> for Pallet<T> {
    /// Looks at [`MAX_SURVEYED`] workers at most, at equal distances in the index.
    fn survey(request: &RequestOf<T>) -> (Survey, Vec<TfuelBalance>) {
        let (active, terms) = (IndexLen::<T>::get(), Self::terms());
        let mut tally = Tally::new();
        for stash in spread(active, MAX_SURVEYED).filter_map(Index::<T>::get) {
            if let Some(worker) = Workers::<T>::get(&stash) {
                tally.add(&Self::assessment_of(&stash, &worker, request, &terms));
            }
        }
        tally.close(active)
    }

    fn assess(operator: &T::AccountId, request: &RequestOf<T>) -> Option<Assessment> {
        let stash = StashOf::<T>::get(operator)?;
        let worker = Workers::<T>::get(&stash)?;
        Some(Self::assessment_of(&stash, &worker, request, &Self::terms()))
    }
}
