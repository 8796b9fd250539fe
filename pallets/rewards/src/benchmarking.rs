//! Benchmarks of the call and of every function that other pallets call.

use crate::*;
use edgeproof_primitives::UNIT;
use frame::benchmarking::prelude::*;
use pallet_support::{OnEraEnded, OnJobBurned};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// What a job burns here, in planck of TFUEL.
const BURNED: TfuelBalance = 1_000 * UNIT;
const BLOCKS: u32 = 10_000;

fn end_era<T: Config>() {
    Pallet::<T>::on_era_ended(CurrentEra::<T>::get().index, BLOCKS);
}

/// A stash without an account for which a job has burned in the era before the one that runs.
fn stash<T: Config>() -> T::AccountId {
    let stash = account("stash", 0, 0);
    Pallet::<T>::on_job_burned(&stash, BURNED);
    end_era::<T>();
    stash
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn claim() {
        let (caller, stash): (T::AccountId, T::AccountId) = (whitelisted_caller(), stash::<T>());

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), stash.clone());

        assert!(Pallet::<T>::claimable(stash).is_zero());
    }

    /// For a stash that has a record of an era before.
    #[benchmark]
    fn on_job_burned() {
        let stash = stash::<T>();

        #[block]
        {
            Pallet::<T>::on_job_burned(&stash, BURNED);
        }

        assert!(!Pallet::<T>::claimable(stash).is_zero());
        assert_eq!(CurrentEra::<T>::get().burned, BURNED);
    }

    /// Of an era in which jobs burned, with a rate that has been kept long enough.
    #[benchmark]
    fn on_era_ended() {
        let era = T::History::get();
        stash::<T>();
        CurrentEra::<T>::put(Era {
            index: era,
            burned: BURNED,
        });

        #[block]
        {
            Pallet::<T>::on_era_ended(era, BLOCKS);
        }

        assert!(EraRates::<T>::get(0).is_none());
        assert!(EraRates::<T>::get(era).is_some());
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::TestExt::new().build(), crate::mock::Test);
}
