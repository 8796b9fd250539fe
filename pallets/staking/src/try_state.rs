//! What holds after every block.

use crate::{
    Candidates, Config, GuardianOf, Guardians, History, HoldReason, LedgerOf, Ledgers, Left, NextSlash,
    Pallet, Pools, MAX_RETURN,
};
use alloc::collections::BTreeMap;
use frame::{deps::sp_runtime::TryRuntimeError, prelude::*, token::fungible::hold::Inspect as _};
use polkadot_sdk::polkadot_sdk_frame as frame;

impl<T: Config> Pallet<T> {
    /// Each ledger is backed by exactly its hold, risks no more than is bonded, and remembers something; all shares have
    /// owners.
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
        Self::check_shares()?;
        Self::check_eras()
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

    /// Every share belongs to somebody whose ledger counts it.
    fn check_shares() -> Result<(), TryRuntimeError> {
        let mut pools = BTreeMap::new();
        let mut left = BTreeMap::new();
        for (who, guardian) in Guardians::<T>::iter() {
            ensure!(!guardian.is_empty(), "an empty guardian was kept");
            Self::check_guardian(&who, &guardian)?;
            for delegation in &guardian.delegations {
                let shares: &mut u128 = pools.entry(delegation.validator.clone()).or_default();
                *shares = shares.saturating_add(delegation.shares);
            }
            for exit in &guardian.exits {
                let shares: &mut u128 = left.entry((exit.validator.clone(), exit.era)).or_default();
                *shares = shares.saturating_add(exit.shares);
            }
        }
        for (validator, pool) in Pools::<T>::iter() {
            let owned = pools.remove(&validator).unwrap_or_default();
            ensure!(
                owned == pool.fund.shares,
                "the shares of a pool are not those of its owners"
            );
        }
        for (validator, era, fund) in Left::<T>::iter() {
            let owned = left.remove(&(validator, era)).unwrap_or_default();
            ensure!(!fund.is_empty(), "an empty fund was kept");
            ensure!(
                owned == fund.shares,
                "the shares of what left are not those of its owners"
            );
        }
        ensure!(pools.is_empty() && left.is_empty(), "there are shares of nothing");
        Ok(())
    }

    fn check_guardian(who: &T::AccountId, guardian: &GuardianOf<T>) -> Result<(), TryRuntimeError> {
        let delegated = Ledgers::<T>::get(who).unwrap_or_default().delegated;
        ensure!(
            delegated == guardian.principal(),
            "the ledger does not count what is behind validators"
        );
        ensure!(
            guardian
                .delegations
                .iter()
                .all(|delegation| !delegation.principal.is_zero()),
            "an empty delegation was kept"
        );
        Ok(())
    }

    /// Eras are remembered in their order, and candidates have stake of their own.
    fn check_eras() -> Result<(), TryRuntimeError> {
        let history = History::<T>::get();
        ensure!(
            history
                .iter()
                .zip(history.iter().skip(1))
                .all(|(older, younger)| older.0 < younger.0 && older.1 < younger.1),
            "eras are remembered out of their order"
        );
        ensure!(
            Candidates::<T>::iter_keys().all(Pools::<T>::contains_key),
            "a candidate has no pool"
        );
        ensure!(
            u64::try_from(Candidates::<T>::iter_keys().count()) == Ok(u64::from(Candidates::<T>::count())),
            "candidates are miscounted"
        );
        Ok(())
    }
}
