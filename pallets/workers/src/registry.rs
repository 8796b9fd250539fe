//! How workers come, change and go.

use crate::{
    Config, Error, Event, FuelOf, Pallet, Reputation, StashOf, Worker, WorkerOf, WorkerState, Workers,
    MAX_ASK, MIN_ASK,
};
use edgeproof_primitives::Capability;
use frame::prelude::*;
use pallet_support::StakeLedger;
use polkadot_sdk::polkadot_sdk_frame as frame;

fn check_capability<T: Config>(capability: &Capability) -> Result<(), Error<T>> {
    ensure!(capability.region.is_valid(), Error::<T>::InvalidRegion);
    ensure!(capability.slots > 0, Error::<T>::ZeroSlots);
    Pallet::<T>::check_driver(&capability.driver)
}

fn check_ask<T: Config>(ask: FuelOf<T>) -> Result<(), Error<T>> {
    let ask = ask.saturated_into::<u128>();
    ensure!(ask >= MIN_ASK, Error::<T>::ZeroAsk);
    ensure!(ask <= MAX_ASK, Error::<T>::AbsurdAsk);
    Ok(())
}

impl<T: Config> Pallet<T> {
    fn check_stake(stash: &T::AccountId) -> Result<(), Error<T>> {
        ensure!(
            T::Stake::bonded(stash) >= T::MinStake::get(),
            Error::<T>::InsufficientStake
        );
        Ok(())
    }

    fn check_operator(stash: &T::AccountId, operator: &T::AccountId) -> Result<(), Error<T>> {
        ensure!(
            operator != stash && !Workers::<T>::contains_key(operator),
            Error::<T>::OperatorIsStash
        );
        ensure!(!StashOf::<T>::contains_key(operator), Error::<T>::OperatorTaken);
        Ok(())
    }

    /// Whether a registration would succeed.
    pub(crate) fn can_register(
        stash: &T::AccountId,
        operator: &T::AccountId,
        capability: &Capability,
        ask: FuelOf<T>,
    ) -> Result<(), Error<T>> {
        ensure!(!Workers::<T>::contains_key(stash), Error::<T>::AlreadyRegistered);
        Self::check_operator(stash, operator)?;
        check_capability(capability)?;
        check_ask(ask)?;
        Self::check_stake(stash)
    }

    /// The stash of a caller that is a stash or an operator. A stash speaks for its own worker, even if somebody named it
    /// as an operator too.
    fn stash_of_caller(who: T::AccountId) -> Result<T::AccountId, Error<T>> {
        if Workers::<T>::contains_key(&who) {
            return Ok(who);
        }
        StashOf::<T>::get(who).ok_or(Error::<T>::NotRegistered)
    }

    /// Ties an operator key to a stash and keeps it alive without a balance.
    fn bind_operator(stash: &T::AccountId, operator: &T::AccountId) {
        StashOf::<T>::insert(operator, stash);
        frame_system::Pallet::<T>::inc_providers(operator);
    }

    /// Undoes [`Self::bind_operator`].
    fn release_operator(operator: &T::AccountId) -> DispatchResult {
        frame_system::Pallet::<T>::dec_providers(operator).map_err(|_| Error::<T>::OperatorInUse)?;
        StashOf::<T>::remove(operator);
        Ok(())
    }

    pub(crate) fn do_register(
        stash: T::AccountId,
        operator: T::AccountId,
        capability: Capability,
        ask: FuelOf<T>,
    ) -> DispatchResult {
        Self::can_register(&stash, &operator, &capability, ask)?;
        Self::insert_active(&stash, &operator, capability.clone(), ask)?;
        Self::deposit_event(Event::Registered {
            stash,
            operator,
            capability,
            ask,
        });
        Ok(())
    }

    /// Writes a new worker into all three maps.
    pub(crate) fn insert_active(
        stash: &T::AccountId,
        operator: &T::AccountId,
        capability: Capability,
        ask: FuelOf<T>,
    ) -> DispatchResult {
        let mut worker: WorkerOf<T> = Worker {
            operator: operator.clone(),
            capability,
            ask,
            seats_held: 0,
            state: WorkerState::Paused,
            reputation: Reputation::default(),
        };
        Self::enter_index(stash, &mut worker)?;
        Self::bind_operator(stash, operator);
        Workers::<T>::insert(stash, worker);
        Ok(())
    }

    pub(crate) fn do_set_ask(stash: T::AccountId, ask: FuelOf<T>) -> DispatchResult {
        let mut worker = Workers::<T>::get(&stash).ok_or(Error::<T>::NotRegistered)?;
        check_ask::<T>(ask)?;
        worker.ask = ask;
        Workers::<T>::insert(&stash, worker);
        Self::deposit_event(Event::AskChanged { stash, ask });
        Ok(())
    }

    pub(crate) fn do_set_capability(stash: T::AccountId, capability: Capability) -> DispatchResult {
        let mut worker = Workers::<T>::get(&stash).ok_or(Error::<T>::NotRegistered)?;
        check_capability::<T>(&capability)?;
        ensure!(worker.seats_held <= capability.slots, Error::<T>::SlotsInUse);
        // Else whoever expects a slash would name a driver for which it is returned.
        ensure!(
            worker.seats_held == 0 || worker.capability.driver == capability.driver,
            Error::<T>::DriverInUse
        );
        worker.capability = capability.clone();
        Workers::<T>::insert(&stash, worker);
        Self::deposit_event(Event::CapabilityChanged { stash, capability });
        Ok(())
    }

    pub(crate) fn do_pause(who: T::AccountId) -> DispatchResult {
        let stash = Self::stash_of_caller(who)?;
        let mut worker = Workers::<T>::get(&stash).ok_or(Error::<T>::NotRegistered)?;
        ensure!(worker.state != WorkerState::Paused, Error::<T>::AlreadyPaused);
        Self::leave_index(&mut worker);
        Workers::<T>::insert(&stash, worker);
        Self::deposit_event(Event::Paused { stash });
        Ok(())
    }

    pub(crate) fn do_resume(who: T::AccountId) -> DispatchResult {
        let stash = Self::stash_of_caller(who)?;
        let mut worker = Workers::<T>::get(&stash).ok_or(Error::<T>::NotRegistered)?;
        ensure!(worker.state == WorkerState::Paused, Error::<T>::AlreadyActive);
        Self::check_stake(&stash)?;
        Self::check_driver(&worker.capability.driver)?;
        Self::enter_index(&stash, &mut worker)?;
        Workers::<T>::insert(&stash, worker);
        Self::deposit_event(Event::Resumed { stash });
        Ok(())
    }

    pub(crate) fn do_deregister(stash: T::AccountId) -> DispatchResult {
        let mut worker = Workers::<T>::get(&stash).ok_or(Error::<T>::NotRegistered)?;
        ensure!(worker.seats_held == 0, Error::<T>::SeatsHeld);
        Self::release_operator(&worker.operator)?;
        Self::leave_index(&mut worker);
        Workers::<T>::remove(&stash);
        Self::deposit_event(Event::Deregistered {
            stash,
            operator: worker.operator,
        });
        Ok(())
    }

    pub(crate) fn do_replace_operator(stash: T::AccountId, new: T::AccountId) -> DispatchResult {
        let mut worker = Workers::<T>::get(&stash).ok_or(Error::<T>::NotRegistered)?;
        ensure!(worker.seats_held == 0, Error::<T>::SeatsHeld);
        Self::check_operator(&stash, &new)?;
        Self::release_operator(&worker.operator)?;
        Self::bind_operator(&stash, &new);
        let old = core::mem::replace(&mut worker.operator, new.clone());
        Workers::<T>::insert(&stash, worker);
        Self::deposit_event(Event::OperatorReplaced { stash, old, new });
        Ok(())
    }
}
