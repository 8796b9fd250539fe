//! What holds after every block.

use crate::{Config, HoldReason, LedgerOf, Ledgers, NextSlash, Pallet, MAX_RETURN};
use frame::{deps::sp_runtime::TryRuntimeError, prelude::*, token::fungible::hold::Inspect as _};
use polkadot_sdk::polkadot_sdk_frame as frame;

impl<T: Config> Pallet<T> {
    /// Each ledger is backed by exactly its hold, risks no more than is bonded, and remembers something.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        for (who, ledger) in Ledgers::<T>::iter() {
            ensure!(!ledger.is_empty(), "an empty ledger was kept");
            ensure!(ledger.at_risk <= ledger.active, "more is at risk than is bonded");
            ensure!(
                ledger.unbonding.iter().all(|chunk| !chunk.value.is_zero()),
                "an empty chunk was kept"
            );
            Self::check_slashes(&ledger)?;
            let held = T::Stake::balance_on_hold(&HoldReason::Stake.into(), &who);
            ensure!(held == ledger.total(), "the hold is not what the ledger says");
        }
        Ok(())
    }

    /// Each held slash waits for something and has a number of its own, and no more than the limit was returned.
    fn check_slashes(ledger: &LedgerOf<T>) -> Result<(), TryRuntimeError> {
        for (place, slash) in ledger.slashes.iter().enumerate() {
            ensure!(!slash.held.is_zero(), "an empty slash was kept");
            ensure!(
                slash.returned <= MAX_RETURN.mul_floor(slash.slashed),
                "more than the limit was returned"
            );
            ensure!(
                slash.id < NextSlash::<T>::get(),
                "a held slash has a number that was not given yet"
            );
            ensure!(
                ledger
                    .slashes
                    .iter()
                    .skip(place.saturating_add(1))
                    .all(|other| other.id != slash.id),
                "two held slashes have one number"
            );
        }
        Ok(())
    }
}
