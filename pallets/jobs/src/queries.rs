//! What runtime APIs read.

use crate::{Config, JobOf, Jobs, Pallet, Receipts, SeatsOf};
use alloc::vec::Vec;
use edgeproof_primitives::{JobId, Ops, TfuelBalance};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

/// Most seats that one answer lists.
pub const MAX_ASSIGNMENTS: usize = 256;
/// Most job numbers that one answer looks at.
pub const MAX_SCAN: u32 = 1_000;

impl<T: Config> Pallet<T> {
    /// The live jobs in which `operator` holds a seat, at most [`MAX_ASSIGNMENTS`], in no particular order.
    pub fn assignments_of(operator: &T::AccountId) -> Vec<(JobId, JobOf<T>)> {
        SeatsOf::<T>::iter_key_prefix(operator)
            .take(MAX_ASSIGNMENTS)
            .filter_map(|id| Jobs::<T>::get(id).map(|job| (id, job)))
            .collect()
    }

    /// Numbers of the jobs, live or ended and not yet pruned, that `requester` posted, among the `scan` (at most
    /// [`MAX_SCAN`]) numbers from `from` on.
    pub fn jobs_of(requester: &T::AccountId, from: JobId, scan: u32) -> Vec<JobId> {
        let end = from
            .saturating_add(scan.min(MAX_SCAN).into())
            .min(crate::NextJob::<T>::get());
        (from..end)
            .filter(|id| {
                let live = Jobs::<T>::get(id).map(|job| job.requester);
                live.or_else(|| Receipts::<T>::get(id).map(|receipt| receipt.requester))
                    .as_ref()
                    == Some(requester)
            })
            .collect()
    }

    /// The least price cap of a job with this many operations, in planck of TFUEL; `None` beyond every amount.
    pub fn least_price(operations: Ops) -> Option<TfuelBalance> {
        crate::terms::price_floor(operations, &T::Rules::get())
    }
}
