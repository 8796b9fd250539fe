//! What holds after every block.

use crate::{Config, HoldReason, Ledgers, Pallet};
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
            let held = T::Stake::balance_on_hold(&HoldReason::Stake.into(), &who);
            ensure!(held == ledger.total(), "the hold is not what the ledger says");
        }
        Ok(())
    }
}
