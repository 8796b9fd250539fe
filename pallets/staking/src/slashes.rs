//! What becomes of the part of a slash that nobody received.

use crate::{Config, Error, Event, HeldSlash, LedgerOf, Ledgers, NextSlash, Pallet, SlashId, StakeOf};
use edgeproof_primitives::Label;
use frame::{deps::sp_runtime::Permill, prelude::*};
use pallet_support::DriverFaults;
use polkadot_sdk::polkadot_sdk_frame as frame;

impl<T: Config> Pallet<T> {
    /// Holds `held` of a slash of `slashed` until it is burned, and returns the number under which it waits. The caller
    /// stores the ledger.
    pub(crate) fn hold_rest(
        ledger: &mut LedgerOf<T>,
        slashed: StakeOf<T>,
        held: StakeOf<T>,
        driver: Option<&Label>,
    ) -> Option<SlashId> {
        if held.is_zero() {
            return None;
        }
        let id = NextSlash::<T>::mutate(|next| {
            let id = *next;
            *next = next.saturating_add(1);
            id
        });
        Some(ledger.hold_slash(HeldSlash {
            id,
            slashed,
            held,
            returned: Zero::zero(),
            driver: driver.cloned(),
            burn_at: Self::now().saturating_add(T::Rules::get().unbonding),
        }))
    }

    /// Burns what slashes left and whose time has come, and returns how much. The caller stores the ledger.
    ///
    /// Not done by `lock` and `unlock`: a draw takes many bonds in one block and should not pay for this.
    pub(crate) fn burn_due(who: &T::AccountId, ledger: &mut LedgerOf<T>) -> StakeOf<T> {
        let (now, due) = (Self::now(), ledger.due(Self::now()));
        if due.is_zero() {
            return due;
        }
        let Ok(value) = Self::burn(who, due) else {
            defensive!("a ledger is not backed by its hold");
            return Zero::zero();
        };
        ledger.forget_due(now);
        Self::deposit_event(Event::SlashBurned {
            who: who.clone(),
            value,
        });
        value
    }

    pub(crate) fn do_burn_slashed(who: &T::AccountId) -> DispatchResult {
        let mut ledger = Ledgers::<T>::get(who).ok_or(Error::<T>::NothingToBurn)?;
        ensure!(
            !Self::burn_due(who, &mut ledger).is_zero(),
            Error::<T>::NothingToBurn
        );
        Self::store(who, ledger);
        Ok(())
    }

    pub(crate) fn do_return_slash(who: &T::AccountId, id: SlashId, part: Permill) -> DispatchResult {
        let mut ledger = Ledgers::<T>::get(who).ok_or(Error::<T>::NoSuchSlash)?;
        // What is due belongs to nobody any more, burned or not.
        Self::burn_due(who, &mut ledger);
        let slash = ledger.slashes.iter_mut().find(|slash| slash.id == id);
        let slash = slash.ok_or(Error::<T>::NoSuchSlash)?;
        ensure!(
            slash.driver.as_ref().is_some_and(T::Faults::is_listed),
            Error::<T>::DriverNotListed
        );
        let value = slash.returnable(part);
        ensure!(!value.is_zero(), Error::<T>::NothingToReturn);

        slash.held = slash.held.saturating_sub(value);
        slash.returned = slash.returned.saturating_add(value);
        ledger.slashes.retain(|slash| !slash.held.is_zero());
        let active = ledger.active.saturating_add(value);
        ledger.active = active;
        Self::store(who, ledger);
        Self::deposit_event(Event::SlashReturned {
            who: who.clone(),
            slash: id,
            value,
            active,
        });
        Ok(())
    }
}
