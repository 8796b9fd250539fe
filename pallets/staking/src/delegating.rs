//! How stake comes to back a validator, and how it leaves.

use crate::{
    fund::Fund, Candidates, Config, Delegation, Error, Event, Exit, GuardianOf, Guardians, LedgerOf, Ledgers,
    Left, Pallet, PoolOf, Pools, StakeOf,
};
use frame::prelude::*;
use pallet_support::EraIndex;
use polkadot_sdk::polkadot_sdk_frame as frame;

impl<T: Config> Pallet<T> {
    /// Least stake of an account behind `validator`, in planck: more is asked of a candidate's own.
    fn least_behind(who: &T::AccountId, validator: &T::AccountId) -> StakeOf<T> {
        let rules = T::Rules::get();
        if who == validator && Candidates::<T>::contains_key(who) {
            rules.min_validator_bond.saturated_into()
        } else {
            rules.min_delegation.saturated_into()
        }
    }

    /// The ledger and the delegations of `who` after everything that validators did has reached them.
    pub(crate) fn open(who: &T::AccountId) -> (LedgerOf<T>, GuardianOf<T>) {
        let mut ledger = Ledgers::<T>::get(who).unwrap_or_default();
        let mut guardian = Guardians::<T>::get(who).unwrap_or_default();
        Self::settle(who, &mut ledger, &mut guardian);
        (ledger, guardian)
    }

    /// Writes what [`Self::open`] read.
    pub(crate) fn close(who: &T::AccountId, mut ledger: LedgerOf<T>, guardian: GuardianOf<T>) {
        ledger.delegated = guardian.principal();
        Self::store(who, ledger);
        if guardian.is_empty() {
            Guardians::<T>::remove(who);
        } else {
            Guardians::<T>::insert(who, guardian);
        }
    }

    /// Buys shares of the pool of `validator` for `value`.
    fn join(
        who: &T::AccountId,
        guardian: &mut GuardianOf<T>,
        validator: &T::AccountId,
        value: StakeOf<T>,
    ) -> DispatchResult {
        let mut pool = Pools::<T>::get(validator).unwrap_or_default();
        let shares = pool.fund.join(value).ok_or(Error::<T>::PoolClosed)?;
        let principal = match guardian.delegation_mut(validator) {
            Some(delegation) => {
                delegation.shares = delegation.shares.saturating_add(shares);
                delegation.principal = delegation.principal.saturating_add(value);
                delegation.principal
            }
            None => {
                let delegation = Delegation {
                    validator: validator.clone(),
                    shares,
                    principal: value,
                    paid: pool.earned,
                };
                guardian
                    .delegations
                    .try_push(delegation)
                    .map_err(|_| Error::<T>::TooManyDelegations)?;
                value
            }
        };
        ensure!(
            principal >= Self::least_behind(who, validator),
            Error::<T>::DelegationTooSmall
        );
        Self::store_pool(validator, pool);
        Ok(())
    }

    /// Takes `value` out of the pool of `validator` and remembers what it is still liable for; returns how much it was.
    fn leave(
        who: &T::AccountId,
        guardian: &mut GuardianOf<T>,
        validator: &T::AccountId,
        value: StakeOf<T>,
        moved_to: Option<T::AccountId>,
    ) -> Result<StakeOf<T>, DispatchError> {
        ensure!(!value.is_zero(), Error::<T>::ZeroValue);
        let liable = guardian.liable(validator);
        let delegation = guardian
            .delegation_mut(validator)
            .ok_or(Error::<T>::NotDelegating)?;
        ensure!(value <= delegation.principal, Error::<T>::InsufficientDelegation);

        let mut pool = Pools::<T>::get(validator).unwrap_or_default();
        let shares = if value == delegation.principal {
            delegation.shares
        } else {
            pool.fund.shares_for(value, delegation.shares)
        };
        let left = pool.fund.leave(shares).min(delegation.principal);
        delegation.shares = delegation.shares.saturating_sub(shares);
        delegation.principal = delegation.principal.saturating_sub(left);
        let principal = delegation.principal;
        ensure!(
            principal.is_zero() || principal >= Self::least_behind(who, validator),
            Error::<T>::DelegationTooSmall
        );
        ensure!(principal >= liable, Error::<T>::StillLiable);
        ensure!(
            !(principal.is_zero() && who == validator && Candidates::<T>::contains_key(who)),
            Error::<T>::StillCandidate
        );
        Self::store_pool(validator, pool);
        Self::drop_worthless(guardian);
        Self::remember_exit(guardian, validator, left, moved_to)?;
        Ok(left)
    }

    /// Whoever left is liable for every era that was planned while it backed the validator.
    pub(crate) fn remember_exit(
        guardian: &mut GuardianOf<T>,
        validator: &T::AccountId,
        principal: StakeOf<T>,
        moved_to: Option<T::AccountId>,
    ) -> DispatchResult {
        let era = Self::planned_era();
        let mut fund = Left::<T>::get(validator, era).unwrap_or_default();
        let shares = fund.join(principal).ok_or(Error::<T>::PoolClosed)?;
        Self::store_left(validator, era, fund);
        let exit = Exit {
            validator: validator.clone(),
            era,
            shares,
            principal,
            release_at: Self::now().saturating_add(T::Rules::get().unbonding),
            moved_to,
        };
        guardian
            .exits
            .try_push(exit)
            .map_err(|_| Error::<T>::TooManyExits.into())
    }

    /// Refuses to back whoever cannot be elected.
    fn ensure_open(who: &T::AccountId, validator: &T::AccountId) -> DispatchResult {
        ensure!(who != validator, Error::<T>::DelegatingToOneself);
        if !Candidates::<T>::contains_key(validator) {
            let chilled = Pools::<T>::contains_key(validator);
            return Err(if chilled {
                Error::<T>::ValidatorChilled.into()
            } else {
                Error::<T>::UnknownValidator.into()
            });
        }
        Self::ensure_not_accused(validator)
    }

    pub(crate) fn do_delegate(
        who: &T::AccountId,
        validator: &T::AccountId,
        value: StakeOf<T>,
    ) -> DispatchResult {
        Self::ensure_open(who, validator)?;
        Self::back(who, validator, value)?;
        Self::deposit_event(Event::Delegated {
            who: who.clone(),
            validator: validator.clone(),
            value,
        });
        Ok(())
    }

    /// Lets bonded stake of `who` back `validator`.
    pub(crate) fn back(who: &T::AccountId, validator: &T::AccountId, value: StakeOf<T>) -> DispatchResult {
        ensure!(!value.is_zero(), Error::<T>::ZeroValue);
        let (mut ledger, mut guardian) = Self::open(who);
        Self::take_available(&mut ledger, value)?;
        Self::join(who, &mut guardian, validator, value)?;
        Self::close(who, ledger, guardian);
        Ok(())
    }

    pub(crate) fn do_undelegate(
        who: &T::AccountId,
        validator: &T::AccountId,
        value: StakeOf<T>,
    ) -> DispatchResult {
        let (ledger, mut guardian) = Self::open(who);
        let value = Self::leave(who, &mut guardian, validator, value, None)?;
        let release_at = Self::now().saturating_add(T::Rules::get().unbonding);
        Self::close(who, ledger, guardian);
        Self::deposit_event(Event::Undelegated {
            who: who.clone(),
            validator: validator.clone(),
            value,
            release_at,
        });
        Ok(())
    }

    pub(crate) fn do_redelegate(
        who: &T::AccountId,
        from: &T::AccountId,
        to: &T::AccountId,
        value: StakeOf<T>,
    ) -> DispatchResult {
        ensure!(from != to, Error::<T>::SameValidator);
        Self::ensure_open(who, to)?;
        let (ledger, mut guardian) = Self::open(who);
        let value = Self::leave(who, &mut guardian, from, value, Some(to.clone()))?;
        Self::join(who, &mut guardian, to, value)?;
        Self::close(who, ledger, guardian);
        Self::deposit_event(Event::Redelegated {
            who: who.clone(),
            from: from.clone(),
            to: to.clone(),
            value,
        });
        Ok(())
    }

    /// Takes the exits whose time has come out of `guardian`, which was settled, and returns what they are worth, in planck.
    pub(crate) fn take_exits(guardian: &mut GuardianOf<T>) -> StakeOf<T> {
        let now = Self::now();
        let mut value: StakeOf<T> = Zero::zero();
        guardian.exits.retain(|exit| {
            let stays = exit.release_at > now;
            if !stays {
                value = value.saturating_add(exit.principal);
                Self::leave_left(exit);
            }
            stays
        });
        value
    }

    pub(crate) fn leave_left(exit: &Exit<T::AccountId, StakeOf<T>>) {
        let mut fund = Left::<T>::get(&exit.validator, exit.era).unwrap_or_default();
        fund.leave(exit.shares);
        Self::store_left(&exit.validator, exit.era, fund);
    }

    pub(crate) fn store_pool(validator: &T::AccountId, pool: PoolOf<T>) {
        let needed =
            !pool.fund.is_empty() || !pool.taken.is_zero() || Candidates::<T>::contains_key(validator);
        if needed {
            Pools::<T>::insert(validator, pool);
        } else {
            Pools::<T>::remove(validator);
        }
    }

    fn store_left(validator: &T::AccountId, era: EraIndex, fund: Fund<StakeOf<T>>) {
        if fund.is_empty() {
            Left::<T>::remove(validator, era);
        } else {
            Left::<T>::insert(validator, era, fund);
        }
    }
}
