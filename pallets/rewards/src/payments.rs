//! The one movement of TFUEL of this pallet: into existence.

use crate::{Config, Error, Event, Pallet, Records};
use frame::prelude::*;
use pallet_support::IssueTfuel;
use polkadot_sdk::polkadot_sdk_frame as frame;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_claim(stash: T::AccountId) -> DispatchResult {
        let record = Records::<T>::get(&stash).ok_or(Error::<T>::NothingToClaim)?;
        let mut record = Self::up_to_date(record);
        let amount = core::mem::take(&mut record.owed);
        ensure!(!amount.is_zero() || record.is_empty(), Error::<T>::NothingToClaim);
        if !amount.is_zero() {
            T::Issue::issue(&stash, amount)?;
        }
        let is_over = record.is_empty();
        Records::<T>::set(&stash, (!is_over).then_some(record));
        if !amount.is_zero() {
            Self::deposit_event(Event::Claimed {
                stash: stash.clone(),
                amount,
            });
        }
        if is_over {
            Self::deposit_event(Event::Forgotten { stash });
        }
        Ok(())
    }
}
