//! Seats: taken by a draw, ended once by the job.

use crate::{draw::DrawnOf, Config, Error, Event, FuelOf, Offer, Pallet, StakeOf, Worker, Workers};
use frame::prelude::*;
use pallet_support::{DrawnWorker, SeatEnd, SeatSlash, SlashShares, StakeLedger, WorkerDraw};
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
        SeatEnd::Refuted => &mut reputation.refuted,
        SeatEnd::Released => return true,
    };
    *count = count.saturating_add(1);
    true
}

impl<T: Config> Pallet<T> {
    /// Reserves a slot and puts the bond at risk.
    pub(crate) fn take_seat(
        stash: T::AccountId,
        Offer { fee, bond }: Offer<FuelOf<T>, StakeOf<T>>,
    ) -> Result<DrawnOf<T>, DispatchError> {
        let mut worker = Workers::<T>::get(&stash).ok_or(Error::<T>::NotRegistered)?;
        T::Stake::lock(&stash, bond)?;
        worker.seats_held = worker.seats_held.saturating_add(1);
        let operator = worker.operator.clone();
        Workers::<T>::insert(&stash, worker);
        Self::deposit_event(Event::SeatTaken {
            stash: stash.clone(),
            operator: operator.clone(),
            fee,
            bond,
        });
        Ok(DrawnWorker {
            operator,
            stash,
            fee,
            bond,
        })
    }

    pub(crate) fn do_end_seat(
        seat: &DrawnOf<T>,
        requester: &T::AccountId,
        finder: Option<&T::AccountId>,
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
            SeatEnd::Succeeded => Self::end_with_success(seat),
            SeatEnd::CommitMissed => Self::end_with_missed_commit(seat, requester),
            SeatEnd::RevealMissed => Self::end_with_missed_reveal(seat, requester),
            SeatEnd::Refuted => Self::end_with_refutation(seat, requester, finder),
            SeatEnd::Released => Self::end_without_result(seat),
        }
    }

    fn end_with_success(seat: &DrawnOf<T>) -> SeatSlash<StakeOf<T>> {
        T::Stake::unlock(&seat.stash, seat.bond);
        Self::deposit_event(Event::SeatSucceeded {
            stash: seat.stash.clone(),
        });
        SeatSlash::default()
    }

    fn end_without_result(seat: &DrawnOf<T>) -> SeatSlash<StakeOf<T>> {
        T::Stake::unlock(&seat.stash, seat.bond);
        Self::deposit_event(Event::SeatReleased {
            stash: seat.stash.clone(),
        });
        SeatSlash::default()
    }

    /// Takes a part of the bond, rounded up, and releases the rest.
    fn end_with_missed_commit(seat: &DrawnOf<T>, requester: &T::AccountId) -> SeatSlash<StakeOf<T>> {
        let part = T::Rules::get()
            .missed_commit_slash
            .mul_ceil(seat.bond)
            .min(seat.bond);
        let slash = Self::slash(seat, part, requester, Zero::zero(), None);
        T::Stake::unlock(&seat.stash, seat.bond.saturating_sub(part));
        Self::deposit_event(Event::CommitMissed {
            stash: seat.stash.clone(),
            held: slash.burned,
        });
        slash
    }

    /// Takes the whole bond and gives the requester the fee's value out of it.
    fn end_with_missed_reveal(seat: &DrawnOf<T>, requester: &T::AccountId) -> SeatSlash<StakeOf<T>> {
        let slash = Self::slash(seat, seat.bond, requester, Self::value_of(seat.fee), None);
        Self::deposit_event(Event::RevealMissed {
            stash: seat.stash.clone(),
            compensated: slash.compensated,
            held: slash.burned,
        });
        slash
    }

    /// Takes the whole bond, gives the requester the fee's value out of it, and the finder a share of the rest.
    fn end_with_refutation(
        seat: &DrawnOf<T>,
        requester: &T::AccountId,
        finder: Option<&T::AccountId>,
    ) -> SeatSlash<StakeOf<T>> {
        let slash = Self::slash(seat, seat.bond, requester, Self::value_of(seat.fee), finder);
        Self::deposit_event(Event::ResultRefuted {
            stash: seat.stash.clone(),
            compensated: slash.compensated,
            rewarded: slash.rewarded,
            held: slash.burned,
        });
        slash
    }

    fn slash(
        seat: &DrawnOf<T>,
        amount: StakeOf<T>,
        requester: &T::AccountId,
        compensation: StakeOf<T>,
        finder: Option<&T::AccountId>,
    ) -> SeatSlash<StakeOf<T>> {
        let driver = Workers::<T>::get(&seat.stash).map(|worker| worker.capability.driver);
        let shares = SlashShares {
            injured: requester,
            compensation,
            finder,
            finder_share: T::Rules::get().finder_share,
            driver: driver.as_ref(),
        };
        let outcome = T::Stake::slash(&seat.stash, amount, shares);
        SeatSlash {
            compensated: outcome.compensated,
            rewarded: outcome.rewarded,
            burned: outcome.held,
        }
    }
}
