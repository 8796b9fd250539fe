//! Seats: taken by a draw, ended once by the job.

use crate::{draw::DrawnOf, price, Config, Event, FuelOf, Offer, Pallet, StakeOf, Worker, Workers};
use frame::prelude::*;
use pallet_support::{DrawnWorker, SeatEnd, SeatSlash, StakeLedger};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// Gives one seat back and counts how it ended. False, and nothing done, when no seat is held.
fn give_back<AccountId, Fuel>(worker: &mut Worker<AccountId, Fuel>, end: SeatEnd) -> bool {
    let Some(seats_held) = worker.seats_held.checked_sub(1) else {
        return false;
    };
    worker.seats_held = seats_held;
    let reputation = &mut worker.reputation;
    let count = match end {
        SeatEnd::Succeeded => &mut reputation.succeeded,
        SeatEnd::CommitMissed => &mut reputation.commit_missed,
        SeatEnd::RevealMissed => &mut reputation.reveal_missed,
    };
    *count = count.saturating_add(1);
    true
}

impl<T: Config> Pallet<T> {
    /// Reserves a slot and puts the bond at risk.
    pub(crate) fn take_seat(
        stash: T::AccountId,
        Offer { fee, bond }: Offer<FuelOf<T>, StakeOf<T>>,
    ) -> Option<DrawnOf<T>> {
        let mut worker = Workers::<T>::get(&stash)?;
        T::Stake::lock(&stash, bond).ok().defensive()?;
        worker.seats_held = worker.seats_held.saturating_add(1);
        let operator = worker.operator.clone();
        Workers::<T>::insert(&stash, worker);
        Self::deposit_event(Event::SeatTaken {
            stash: stash.clone(),
            operator: operator.clone(),
            fee,
            bond,
        });
        Some(DrawnWorker {
            operator,
            stash,
            fee,
            bond,
        })
    }

    pub(crate) fn do_end_seat(
        seat: &DrawnOf<T>,
        requester: &T::AccountId,
        end: SeatEnd,
    ) -> SeatSlash<StakeOf<T>> {
        let held = Workers::<T>::mutate(&seat.stash, |worker| {
            worker.as_mut().is_some_and(|worker| give_back(worker, end))
        });
        if !held {
            defensive!("a seat ended that nobody holds");
            return SeatSlash::default();
        }
        match end {
            SeatEnd::Succeeded => Self::settle_success(seat),
            SeatEnd::CommitMissed => Self::settle_missed_commit(seat, requester),
            SeatEnd::RevealMissed => Self::settle_missed_reveal(seat, requester),
        }
    }

    fn settle_success(seat: &DrawnOf<T>) -> SeatSlash<StakeOf<T>> {
        T::Stake::unlock(&seat.stash, seat.bond);
        Self::deposit_event(Event::SeatSucceeded {
            stash: seat.stash.clone(),
        });
        SeatSlash::default()
    }

    /// Burns a part of the bond, rounded up, and releases the rest.
    fn settle_missed_commit(seat: &DrawnOf<T>, requester: &T::AccountId) -> SeatSlash<StakeOf<T>> {
        let part = T::Rules::get()
            .missed_commit_slash
            .mul_ceil(seat.bond)
            .min(seat.bond);
        let slash = Self::slash(seat, part, requester, Zero::zero());
        T::Stake::unlock(&seat.stash, seat.bond.saturating_sub(part));
        Self::deposit_event(Event::CommitMissed {
            stash: seat.stash.clone(),
            burned: slash.burned,
        });
        slash
    }

    /// Takes the whole bond and gives the requester the fee's value out of it.
    fn settle_missed_reveal(seat: &DrawnOf<T>, requester: &T::AccountId) -> SeatSlash<StakeOf<T>> {
        let value = price::value(seat.fee.saturated_into::<u128>(), T::Rules::get().rate);
        let slash = Self::slash(seat, seat.bond, requester, value.saturated_into());
        Self::deposit_event(Event::RevealMissed {
            stash: seat.stash.clone(),
            compensated: slash.compensated,
            burned: slash.burned,
        });
        slash
    }

    fn slash(
        seat: &DrawnOf<T>,
        amount: StakeOf<T>,
        requester: &T::AccountId,
        compensation: StakeOf<T>,
    ) -> SeatSlash<StakeOf<T>> {
        let outcome = T::Stake::slash(&seat.stash, amount, requester, compensation);
        SeatSlash {
            compensated: outcome.compensated,
            burned: outcome.burned,
        }
    }
}
