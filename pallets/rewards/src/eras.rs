//! What jobs burn, and what stashes get for it when the era has ended.

use crate::{Config, CurrentEra, Era, EraRate, EraRates, Event, Pallet, Record, Records};
use edgeproof_primitives::{BlockNumber, TfuelBalance};
use frame::prelude::*;
use pallet_support::{EraIndex, OnEraEnded, OnJobBurned};
use polkadot_sdk::polkadot_sdk_frame as frame;

impl<T: Config> Pallet<T> {
    /// `record` as of the era that runs.
    pub(crate) fn up_to_date(mut record: Record) -> Record {
        let era = CurrentEra::<T>::get().index;
        if record.era < era {
            record.roll(era, EraRates::<T>::get(record.era));
        }
        record
    }
}

impl<T: Config> OnJobBurned<T::AccountId> for Pallet<T> {
    fn on_job_burned(stash: &T::AccountId, amount: TfuelBalance) {
        if amount.is_zero() {
            return;
        }
        let mut record = Self::up_to_date(Records::<T>::get(stash).unwrap_or_default());
        record.burn(amount);
        Records::<T>::insert(stash, record);
        CurrentEra::<T>::mutate(|era| era.burned = era.burned.saturating_add(amount));
    }
}

impl<T: Config> OnEraEnded for Pallet<T> {
    /// Says what stashes get for the era, under the rules of its end, and forgets the rate that has been kept long enough.
    /// The end of any other era than the one that runs changes nothing, so that none is paid for twice or kept for ever.
    fn on_era_ended(era: EraIndex, blocks: BlockNumber) {
        let Era { index, burned } = CurrentEra::<T>::get();
        if era != index {
            return;
        }
        let rules = T::Rules::get();
        let budget = rules.compute_issuance.saturating_mul(blocks.into());
        let rate = EraRate::new(burned, budget, rules.returned_share);
        if !burned.is_zero() {
            EraRates::<T>::insert(era, rate);
        }
        if let Some(old) = era.checked_sub(T::History::get()) {
            EraRates::<T>::remove(old);
        }
        CurrentEra::<T>::put(Era {
            index: era.saturating_add(1),
            burned: 0,
        });
        Self::deposit_event(Event::EraEnded {
            era,
            burned,
            issued: rate.issued,
        });
    }
}
