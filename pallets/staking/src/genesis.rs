//! The first validators.

use crate::{Candidate, Candidates, Config, Elected, History, Pallet, StakeOf, MAX_VALIDATORS};
use alloc::vec::Vec;
use frame::{deps::sp_runtime::Permill, prelude::*};
use polkadot_sdk::polkadot_sdk_frame as frame;

impl<T: Config> Pallet<T> {
    /// Bonds the stake of the first validators, makes them candidates, and begins era 0 with them.
    ///
    /// Runs only while a chain specification is turned into a state, never in a block: it fails loudly rather than start a
    /// chain without its validators.
    pub(crate) fn build_genesis(validators: &[(T::AccountId, StakeOf<T>)]) {
        for (who, stake) in validators {
            let backed = Self::do_bond(who, *stake).and_then(|()| Self::back(who, who, *stake));
            assert!(backed.is_ok(), "staking.validators: {who:?}: {backed:?}");
            let commission = Permill::zero();
            Candidates::<T>::insert(who, Candidate { commission });
        }
        let accounts: Vec<_> = validators.iter().map(|(who, _)| who.clone()).collect();
        assert!(
            accounts.len() <= MAX_VALIDATORS as usize,
            "staking.validators: more than {MAX_VALIDATORS}"
        );
        Elected::<T>::put(BoundedVec::truncate_from(accounts));
        History::<T>::put(BoundedVec::truncate_from(alloc::vec![(0, 0)]));
    }
}
