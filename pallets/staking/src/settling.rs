//! How what validators earned and lost reaches those who back them: when they are next touched.

use crate::{Config, Error, Event, GuardianOf, Guardians, LedgerOf, Ledgers, Left, Pallet, Pools, StakeOf};
use frame::prelude::*;
use polkadot_sdk::polkadot_sdk_frame as frame;

impl<T: Config> Pallet<T> {
    /// Adds up the rewards of every delegation, and burns what slashes took. The caller stores both.
    pub(crate) fn settle(
        who: &T::AccountId,
        ledger: &mut LedgerOf<T>,
        guardian: &mut GuardianOf<T>,
    ) -> StakeOf<T> {
        let before = guardian.principal();
        Self::settle_delegations(guardian);
        let liabilities = Self::settle_exits(guardian);
        for (validator, loss) in liabilities {
            Self::settle_liability(guardian, &validator, loss);
        }
        Self::drop_worthless(guardian);
        Self::drop_ended(guardian);

        ledger.delegated = guardian.principal();
        let lost = before.saturating_sub(ledger.delegated);
        if lost.is_zero() {
            return lost;
        }
        match Self::burn(who, lost) {
            Ok(value) => Self::deposit_event(Event::LossBurned {
                who: who.clone(),
                value,
            }),
            Err(_) => {
                defensive!("a ledger is not backed by its hold");
            }
        }
        lost
    }

    fn settle_delegations(guardian: &mut GuardianOf<T>) {
        let owed = &mut guardian.owed;
        for delegation in guardian.delegations.iter_mut() {
            let pool = Pools::<T>::get(&delegation.validator).unwrap_or_default();
            delegation.collect(&pool, owed);
            let worth = pool.fund.value_of(delegation.shares);
            delegation.principal = delegation.principal.min(worth);
        }
    }

    /// Gives up the shares of delegations of which nothing is left.
    pub(crate) fn drop_worthless(guardian: &mut GuardianOf<T>) {
        guardian.delegations.retain(|delegation| {
            let stays = !delegation.principal.is_zero();
            if !stays {
                let mut pool = Pools::<T>::get(&delegation.validator).unwrap_or_default();
                pool.fund.leave(delegation.shares);
                Self::store_pool(&delegation.validator, pool);
            }
            stays
        });
    }

    /// Forgets exits of which nothing is left, and the liability of stake that moved on, once it has ended.
    fn drop_ended(guardian: &mut GuardianOf<T>) {
        let now = Self::now();
        guardian.exits.retain(|exit| {
            let has_ended = exit.moved_to.is_some() && exit.release_at <= now;
            let stays = !has_ended && !exit.principal.is_zero();
            if !stays {
                Self::leave_left(exit);
            }
            stays
        });
    }

    /// Lowers what exits are worth, and returns what stake that has moved on owes for where it was.
    fn settle_exits(guardian: &mut GuardianOf<T>) -> alloc::vec::Vec<(T::AccountId, StakeOf<T>)> {
        let mut liabilities = alloc::vec::Vec::new();
        for exit in guardian.exits.iter_mut() {
            let fund = Left::<T>::get(&exit.validator, exit.era).unwrap_or_default();
            let worth = fund.value_of(exit.shares).min(exit.principal);
            let loss = exit.principal.saturating_sub(worth);
            exit.principal = worth;
            if let Some(validator) = exit.moved_to.as_ref().filter(|_| !loss.is_zero()) {
                liabilities.push((validator.clone(), loss));
            }
        }
        liabilities
    }

    /// Takes `loss` out of the delegation to `validator`, as far as it is there.
    fn settle_liability(guardian: &mut GuardianOf<T>, validator: &T::AccountId, loss: StakeOf<T>) {
        let Some(delegation) = guardian.delegation_mut(validator) else {
            return;
        };
        let mut pool = Pools::<T>::get(validator).unwrap_or_default();
        let shares = if loss >= delegation.principal {
            delegation.shares
        } else {
            pool.fund.shares_for(loss, delegation.shares)
        };
        let taken = pool.fund.leave(shares);
        delegation.shares = delegation.shares.saturating_sub(shares);
        delegation.principal = if delegation.shares.is_zero() {
            Zero::zero()
        } else {
            delegation.principal.saturating_sub(taken)
        };
        Self::store_pool(validator, pool);
    }

    /// What of the stake of `who` is lost and not burned yet, in planck.
    pub fn pending_loss(who: &T::AccountId) -> StakeOf<T> {
        let guardian = Guardians::<T>::get(who).unwrap_or_default();
        let backing = guardian.delegations.iter().map(|delegation| {
            let pool = Pools::<T>::get(&delegation.validator).unwrap_or_default();
            (delegation.principal, pool.fund.value_of(delegation.shares))
        });
        let left = guardian.exits.iter().map(|exit| {
            let fund = Left::<T>::get(&exit.validator, exit.era).unwrap_or_default();
            (exit.principal, fund.value_of(exit.shares))
        });
        backing
            .chain(left)
            .fold(Zero::zero(), |sum: StakeOf<T>, (principal, worth)| {
                sum.saturating_add(principal.saturating_sub(worth))
            })
    }

    pub(crate) fn do_settle(who: &T::AccountId) -> DispatchResult {
        let mut ledger = Ledgers::<T>::get(who).ok_or(Error::<T>::NothingToSettle)?;
        let mut guardian = Guardians::<T>::get(who).ok_or(Error::<T>::NothingToSettle)?;
        let lost = Self::settle(who, &mut ledger, &mut guardian);
        ensure!(!lost.is_zero(), Error::<T>::NothingToSettle);
        Self::close(who, ledger, guardian);
        Ok(())
    }
}
