//! What other pallets do with stake.

use crate::{Config, Error, Event, Ledgers, Pallet, StakeOf};
use frame::prelude::*;
use pallet_support::{SlashOutcome, SlashShares, StakeLedger};
use polkadot_sdk::polkadot_sdk_frame as frame;

impl<T: Config> StakeLedger<T::AccountId> for Pallet<T> {
    type Balance = StakeOf<T>;

    fn bonded(who: &T::AccountId) -> StakeOf<T> {
        Ledgers::<T>::get(who).unwrap_or_default().active
    }

    fn available(who: &T::AccountId) -> StakeOf<T> {
        Ledgers::<T>::get(who).unwrap_or_default().available()
    }

    fn lock(who: &T::AccountId, amount: StakeOf<T>) -> DispatchResult {
        if amount.is_zero() {
            return Ok(());
        }
        let mut ledger = Ledgers::<T>::get(who).ok_or(Error::<T>::NothingBonded)?;
        ensure!(amount <= ledger.active, Error::<T>::InsufficientStake);
        ensure!(amount <= ledger.available(), Error::<T>::StakeAtRisk);
        ledger.at_risk = ledger.at_risk.saturating_add(amount);
        Ledgers::<T>::insert(who, ledger);
        Self::deposit_event(Event::Locked {
            who: who.clone(),
            value: amount,
        });
        Ok(())
    }

    fn unlock(who: &T::AccountId, amount: StakeOf<T>) {
        let Some(mut ledger) = Ledgers::<T>::get(who) else {
            return;
        };
        let value = amount.min(ledger.at_risk);
        if value.is_zero() {
            return;
        }
        ledger.at_risk = ledger.at_risk.saturating_sub(value);
        Ledgers::<T>::insert(who, ledger);
        Self::deposit_event(Event::Unlocked {
            who: who.clone(),
            value,
        });
    }

    /// What waits for its release is not touched: stake at risk cannot start to wait.
    fn slash(
        who: &T::AccountId,
        amount: StakeOf<T>,
        shares: SlashShares<T::AccountId, StakeOf<T>>,
    ) -> SlashOutcome<StakeOf<T>> {
        let Some(mut ledger) = Ledgers::<T>::get(who) else {
            return SlashOutcome::default();
        };
        let amount = amount.min(ledger.at_risk);
        if amount.is_zero() {
            return SlashOutcome::default();
        }
        let outcome = Self::pay_parties(who, amount, &shares);
        ledger.at_risk = ledger.at_risk.saturating_sub(amount);
        ledger.active = ledger.active.saturating_sub(amount);
        Self::burn_due(who, &mut ledger);
        let slash = Self::hold_rest(&mut ledger, amount, outcome.held, shares.driver);
        Self::store(who, ledger);
        Self::deposit_event(Event::Slashed {
            who: who.clone(),
            injured: shares.injured.clone(),
            compensated: outcome.compensated,
            finder: shares.finder.cloned(),
            rewarded: outcome.rewarded,
            held: outcome.held,
            slash,
        });
        outcome
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn ensure_bonded(who: &T::AccountId, amount: StakeOf<T>) {
        Self::ensure_bonded(who, amount);
    }
}
