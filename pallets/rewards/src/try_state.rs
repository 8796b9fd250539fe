//! What holds after every block.

use crate::{Config, CurrentEra, EraRates, Pallet, Records};
use alloc::collections::BTreeMap;
use edgeproof_primitives::TfuelBalance;
use frame::{deps::sp_runtime::TryRuntimeError, prelude::*};
use pallet_support::{EraIndex, MAX_RETURNED_SHARE};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// What jobs burned for stashes whose record is still of that era.
type Burns = BTreeMap<EraIndex, TfuelBalance>;

impl<T: Config> Pallet<T> {
    /// Records say of each era what the era says, and no era issues too much or is remembered too long.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let burns = Self::check_records()?;
        let current = CurrentEra::<T>::get();
        ensure!(
            burns.get(&current.index).copied().unwrap_or(0) == current.burned,
            "rewards: the burns of the stashes are not what was burned in the era"
        );
        for (era, rate) in EraRates::<T>::iter() {
            let age = current.index.saturating_sub(era);
            ensure!(
                (1..=T::History::get()).contains(&age),
                "rewards: a rate is kept too long, or of an era that has not ended"
            );
            ensure!(
                rate.issued <= MAX_RETURNED_SHARE.mul_floor(rate.burned),
                "rewards: an era issues more of what it burned than may be returned"
            );
            ensure!(
                burns.get(&era).copied().unwrap_or(0) <= rate.burned,
                "rewards: stashes wait for more of an era than it burned"
            );
        }
        Ok(())
    }

    fn check_records() -> Result<Burns, TryRuntimeError> {
        let mut burns = Burns::new();
        for record in Records::<T>::iter_values() {
            ensure!(!record.is_empty(), "rewards: an empty record was kept");
            ensure!(
                record.era <= CurrentEra::<T>::get().index,
                "rewards: a record is of an era that has not begun"
            );
            let [latest, ..] = record.burned;
            let sum = burns.entry(record.era).or_default();
            *sum = sum.saturating_add(latest);
        }
        Ok(burns)
    }
}
