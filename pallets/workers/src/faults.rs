//! Drivers that compute wrong.

use crate::{Config, Error, Event, FaultyDrivers, Pallet, MAX_FAULTY_DRIVERS};
use edgeproof_primitives::Label;
use frame::prelude::*;
use pallet_support::DriverFaults;
use polkadot_sdk::polkadot_sdk_frame as frame;

impl<T: Config> Pallet<T> {
    pub(crate) fn check_driver(driver: &Label) -> Result<(), Error<T>> {
        ensure!(!Self::is_listed(driver), Error::<T>::FaultyDriver);
        Ok(())
    }

    pub(crate) fn do_list_driver(driver: Label) -> DispatchResult {
        // Workers that do not name their driver have none in common.
        ensure!(!driver.is_empty(), Error::<T>::UnnamedDriver);
        ensure!(!Self::is_listed(&driver), Error::<T>::AlreadyListed);
        ensure!(
            FaultyDrivers::<T>::count() < MAX_FAULTY_DRIVERS,
            Error::<T>::TooManyFaultyDrivers
        );
        FaultyDrivers::<T>::insert(&driver, ());
        Self::deposit_event(Event::DriverListed { driver });
        Ok(())
    }

    pub(crate) fn do_delist_driver(driver: Label) -> DispatchResult {
        FaultyDrivers::<T>::take(&driver).ok_or(Error::<T>::NotListed)?;
        Self::deposit_event(Event::DriverDelisted { driver });
        Ok(())
    }
}

impl<T: Config> DriverFaults for Pallet<T> {
    fn is_listed(driver: &Label) -> bool {
        FaultyDrivers::<T>::contains_key(driver)
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn ensure_listed(driver: &Label) {
        FaultyDrivers::<T>::insert(driver, ());
    }
}
