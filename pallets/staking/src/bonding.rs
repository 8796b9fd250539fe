//! What owners do with their stake.

use crate::{Chunk, Config, Error, Event, LedgerOf, Ledgers, Pallet, StakeOf};
use edgeproof_primitives::BlockNumber;
use frame::prelude::*;
use polkadot_sdk::polkadot_sdk_frame as frame;

impl<T: Config> Pallet<T> {
    /// Least stake of an account that has any bonded, in planck. The rules count in `u128`; here they become the
    /// token's own type.
    pub fn minimum() -> StakeOf<T> {
        T::Rules::get().min_operator_stake.saturated_into()
    }

    pub(crate) fn now() -> BlockNumber {
        frame_system::Pallet::<T>::block_number().saturated_into()
    }

    /// Writes the ledger of `who`, or removes it when it is empty.
    pub(crate) fn store(who: &T::AccountId, ledger: LedgerOf<T>) {
        if ledger.is_empty() {
            Ledgers::<T>::remove(who);
        } else {
            Ledgers::<T>::insert(who, ledger);
        }
    }

    /// The ledger of `who` after a bond of `value`, when nothing speaks against it.
    fn ledger_with(who: &T::AccountId, value: StakeOf<T>) -> Result<LedgerOf<T>, Error<T>> {
        ensure!(!value.is_zero(), Error::<T>::ZeroValue);
        let mut ledger = Ledgers::<T>::get(who).unwrap_or_default();
        ledger.active = ledger.active.saturating_add(value);
        ensure!(ledger.active >= Self::minimum(), Error::<T>::BelowMinimum);
        ensure!(value <= Self::bondable(who), Error::<T>::InsufficientBalance);
        Ok(ledger)
    }

    /// True for a bond of an account without stake that is certain to succeed.
    pub(crate) fn is_first_bond(who: &T::AccountId, value: StakeOf<T>) -> bool {
        !Ledgers::<T>::contains_key(who)
            && Self::ledger_with(who, value).is_ok()
            && Self::can_start_hold(who, value)
    }

    pub(crate) fn do_bond(who: &T::AccountId, value: StakeOf<T>) -> DispatchResult {
        let mut ledger = Self::ledger_with(who, value)?;
        Self::burn_due(who, &mut ledger);
        Self::hold(who, value)?;
        let active = ledger.active;
        Self::store(who, ledger);
        Self::deposit_event(Event::Bonded {
            who: who.clone(),
            value,
            active,
        });
        Ok(())
    }

    /// Takes `value` of what is bonded and not at risk, leaving nothing or at least the minimum.
    pub(crate) fn take_available(ledger: &mut LedgerOf<T>, value: StakeOf<T>) -> DispatchResult {
        ensure!(value <= ledger.active, Error::<T>::InsufficientStake);
        ensure!(value <= ledger.available(), Error::<T>::StakeAtRisk);
        ledger.active = ledger.active.saturating_sub(value);
        ensure!(
            ledger.active.is_zero() || ledger.active >= Self::minimum(),
            Error::<T>::BelowMinimum
        );
        Ok(())
    }

    pub(crate) fn do_unbond(who: &T::AccountId, value: StakeOf<T>) -> DispatchResult {
        ensure!(!value.is_zero(), Error::<T>::ZeroValue);
        let mut ledger = Ledgers::<T>::get(who).ok_or(Error::<T>::NothingBonded)?;
        Self::take_available(&mut ledger, value)?;

        Self::burn_due(who, &mut ledger);
        let release_at = Self::now().saturating_add(T::Rules::get().unbonding);
        ledger
            .push_chunk(Chunk { value, release_at })
            .map_err(|_| Error::<T>::TooManyChunks)?;
        Self::store(who, ledger);
        Self::deposit_event(Event::Unbonded {
            who: who.clone(),
            value,
            release_at,
        });
        Ok(())
    }

    pub(crate) fn do_rebond(who: &T::AccountId, value: StakeOf<T>) -> DispatchResult {
        ensure!(!value.is_zero(), Error::<T>::ZeroValue);
        let mut ledger = Ledgers::<T>::get(who).ok_or(Error::<T>::NothingBonded)?;
        ensure!(
            ledger.take_youngest(value) == value,
            Error::<T>::InsufficientUnbonding
        );
        let active = ledger.active.saturating_add(value);
        ensure!(active >= Self::minimum(), Error::<T>::BelowMinimum);

        ledger.active = active;
        Self::burn_due(who, &mut ledger);
        Self::store(who, ledger);
        Self::deposit_event(Event::Rebonded {
            who: who.clone(),
            value,
            active,
        });
        Ok(())
    }

    pub(crate) fn do_withdraw(who: &T::AccountId) -> DispatchResult {
        ensure!(Ledgers::<T>::contains_key(who), Error::<T>::NothingBonded);
        let (mut ledger, mut guardian) = Self::open(who);
        let value = ledger
            .take_released(Self::now())
            .saturating_add(Self::take_exits(&mut guardian));
        ensure!(!value.is_zero(), Error::<T>::NothingToWithdraw);

        Self::release(who, value)?;
        Self::burn_due(who, &mut ledger);
        Self::close(who, ledger, guardian);
        Self::deposit_event(Event::Withdrawn {
            who: who.clone(),
            value,
        });
        Ok(())
    }
}
