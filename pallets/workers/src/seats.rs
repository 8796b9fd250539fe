//! Seats: taken by a draw, ended once by the job.

use crate::{
    draw::DrawnOf,
    price,
    reputation::{after_failure, after_success},
    Config, Error, Event, FuelOf, Offer, Pallet, Reputation, StakeOf, Worker, Workers,
};
use edgeproof_primitives::{Evidence, TfuelBalance};
use frame::prelude::*;
use pallet_support::{DrawnWorker, SeatEnd, SlashOutcome, SlashShares, StakeLedger};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// Counts how a seat with this fee (planck of TFUEL) ended. Silence is a failure like a wrong result; a seat that was
/// released says nothing.
fn record(reputation: &mut Reputation, end: SeatEnd, fee: TfuelBalance) {
    type After = fn(Evidence, TfuelBalance) -> Evidence;
    let (count, after): (_, After) = match end {
        SeatEnd::Succeeded => (&mut reputation.succeeded, after_success),
        SeatEnd::CommitMissed => (&mut reputation.commit_missed, after_failure),
        SeatEnd::RevealMissed => (&mut reputation.reveal_missed, after_failure),
        SeatEnd::Refuted => (&mut reputation.refuted, after_failure),
        SeatEnd::Released => return,
    };
    *count = count.saturating_add(1);
    reputation.evidence = after(reputation.evidence, fee);
}

/// Gives one seat back and records how it ended. False, and nothing done, when no seat is held.
fn give_back<AccountId, Fuel>(worker: &mut Worker<AccountId, Fuel>, end: SeatEnd, fee: TfuelBalance) -> bool {
    let Some(seats_held) = worker.seats_held.checked_sub(1) else {
        return false;
    };
    worker.seats_held = seats_held;
    record(&mut worker.reputation, end, fee);
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
            value: price::value(fee.saturated_into(), T::Rules::get().rate).saturated_into(),
            fee,
            bond,
        })
    }

    pub(crate) fn do_end_seat(
        seat: &DrawnOf<T>,
        requester: &T::AccountId,
        finder: Option<&T::AccountId>,
        end: SeatEnd,
    ) -> SlashOutcome<StakeOf<T>> {
        let held = Workers::<T>::mutate(&seat.stash, |worker| {
            worker
                .as_mut()
                .is_some_and(|worker| give_back(worker, end, seat.fee.saturated_into()))
        });
        if !held {
            defensive!("a seat ended that nobody holds");
            return SlashOutcome::default();
        }
        match end {
            SeatEnd::Succeeded => Self::end_with_success(seat),
            SeatEnd::CommitMissed => Self::end_with_missed_commit(seat, requester),
            SeatEnd::RevealMissed => Self::end_with_missed_reveal(seat, requester),
            SeatEnd::Refuted => Self::end_with_refutation(seat, requester, finder),
            SeatEnd::Released => Self::end_without_result(seat),
        }
    }

    fn end_with_success(seat: &DrawnOf<T>) -> SlashOutcome<StakeOf<T>> {
        T::Stake::unlock(&seat.stash, seat.bond);
        Self::deposit_event(Event::SeatSucceeded {
            stash: seat.stash.clone(),
        });
        SlashOutcome::default()
    }

    fn end_without_result(seat: &DrawnOf<T>) -> SlashOutcome<StakeOf<T>> {
        T::Stake::unlock(&seat.stash, seat.bond);
        Self::deposit_event(Event::SeatReleased {
            stash: seat.stash.clone(),
        });
        SlashOutcome::default()
    }

    /// What a missed commitment costs, rounded up.
    fn small_part(seat: &DrawnOf<T>) -> StakeOf<T> {
        let part = T::Rules::get().missed_commit_slash;
        part.mul_ceil(seat.bond).min(seat.bond)
    }

    pub(crate) fn do_charge(seat: &mut DrawnOf<T>, payees: &[T::AccountId]) -> StakeOf<T> {
        let part = Self::small_part(seat);
        let count: StakeOf<T> = payees.len().saturated_into();
        let Some(share) = part.checked_div(&count) else {
            return Zero::zero();
        };
        let mut charged: StakeOf<T> = Zero::zero();
        for payee in payees {
            let slash = Self::slash(seat, share, payee, share, None);
            charged = charged.saturating_add(slash.compensated);
            seat.bond = seat.bond.saturating_sub(share);
        }
        charged
    }

    /// Takes a part of the bond, rounded up, and releases the rest.
    fn end_with_missed_commit(seat: &DrawnOf<T>, requester: &T::AccountId) -> SlashOutcome<StakeOf<T>> {
        let part = Self::small_part(seat);
        let slash = Self::slash(seat, part, requester, Zero::zero(), None);
        T::Stake::unlock(&seat.stash, seat.bond.saturating_sub(part));
        Self::deposit_event(Event::CommitMissed {
            stash: seat.stash.clone(),
            held: slash.held,
        });
        slash
    }

    /// Takes the whole bond and gives the requester the fee's value out of it.
    fn end_with_missed_reveal(seat: &DrawnOf<T>, requester: &T::AccountId) -> SlashOutcome<StakeOf<T>> {
        let slash = Self::slash(seat, seat.bond, requester, seat.value, None);
        Self::deposit_event(Event::RevealMissed {
            stash: seat.stash.clone(),
            compensated: slash.compensated,
            held: slash.held,
        });
        slash
    }

    /// Takes the whole bond, gives the requester the fee's value out of it, and the finder a share of the rest.
    fn end_with_refutation(
        seat: &DrawnOf<T>,
        requester: &T::AccountId,
        finder: Option<&T::AccountId>,
    ) -> SlashOutcome<StakeOf<T>> {
        let slash = Self::slash(seat, seat.bond, requester, seat.value, finder);
        Self::deposit_event(Event::ResultRefuted {
            stash: seat.stash.clone(),
            compensated: slash.compensated,
            rewarded: slash.rewarded,
            held: slash.held,
        });
        slash
    }

    fn slash(
        seat: &DrawnOf<T>,
        amount: StakeOf<T>,
        requester: &T::AccountId,
        compensation: StakeOf<T>,
        finder: Option<&T::AccountId>,
    ) -> SlashOutcome<StakeOf<T>> {
        let driver = Workers::<T>::get(&seat.stash).map(|worker| worker.capability.driver);
        let shares = SlashShares {
            injured: requester,
            compensation,
            finder,
            finder_share: T::Rules::get().finder_share,
            driver: driver.as_ref(),
        };
        T::Stake::slash(&seat.stash, amount, shares)
    }
}
