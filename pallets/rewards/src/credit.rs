//! What work counts in an election.

use crate::{Config, Pallet, Records};
use frame::{arithmetic::FixedPointNumber, prelude::*};
use pallet_support::ComputeCredit;
use polkadot_sdk::polkadot_sdk_frame as frame;

impl<T: Config> Pallet<T> {
    /// What jobs burned for `stash` in the last [`crate::CREDIT_ERAS`] eras that have ended, at the governed rate, rounded
    /// down. In planck of THETA.
    pub(crate) fn credit_of(stash: &T::AccountId) -> T::Theta {
        let record = Records::<T>::get(stash).map(Self::up_to_date).unwrap_or_default();
        T::Rate::get()
            .saturating_mul_int(record.burned_before())
            .saturated_into()
    }
}

impl<T: Config> ComputeCredit<T::AccountId> for Pallet<T> {
    type Balance = T::Theta;

    fn credit(stash: &T::AccountId) -> T::Theta {
        Self::credit_of(stash)
    }
}
