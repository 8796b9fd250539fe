//! What validators and guardians earn, and how they get it.

use crate::{Config, Error, Event, Guardians, Pallet, Points, Pools, WeightInfo};
use edgeproof_primitives::TfuelBalance;
use frame::prelude::*;
use pallet_support::IssueTfuel;
use polkadot_sdk::polkadot_sdk_frame as frame;

impl<T: Config> Pallet<T> {
    /// Credits a block to its author: the reward of a block goes to the pool of whoever made it.
    pub fn note_author(author: &T::AccountId) {
        frame_system::Pallet::<T>::register_extra_weight_unchecked(
            T::WeightInfo::note_author(),
            DispatchClass::Mandatory,
        );
        Points::<T>::mutate(author, |points| *points = points.saturating_add(1));
        Pools::<T>::mutate_extant(author, |pool| pool.accrue(T::BlockReward::get()));
    }

    pub(crate) fn do_claim(who: &T::AccountId) -> DispatchResult {
        let (ledger, mut guardian) = Self::open(who);
        let mut value = core::mem::take(&mut guardian.owed);
        if let Some(mut pool) = Pools::<T>::get(who) {
            value = value.saturating_add(core::mem::take(&mut pool.taken));
            Self::store_pool(who, pool);
        }
        ensure!(!value.is_zero(), Error::<T>::NothingToClaim);
        T::Fuel::issue(who, value)?;
        Self::close(who, ledger, guardian);
        Self::deposit_event(Event::Claimed {
            who: who.clone(),
            value,
        });
        Ok(())
    }

    /// What `who` could claim now, in planck of TFUEL.
    pub fn claimable(who: &T::AccountId) -> TfuelBalance {
        let mut guardian = Guardians::<T>::get(who).unwrap_or_default();
        for delegation in guardian.delegations.iter_mut() {
            let pool = Pools::<T>::get(&delegation.validator).unwrap_or_default();
            delegation.collect(&pool, &mut guardian.owed);
        }
        let taken = Pools::<T>::get(who).unwrap_or_default().taken;
        guardian.owed.saturating_add(taken)
    }
}
