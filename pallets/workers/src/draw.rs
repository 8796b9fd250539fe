//! Who gets a seat.

use crate::{
    assess, index::shuffled, offer, Candidate, Config, Event, FuelOf, IndexLen, Offer, Pallet, StakeOf,
    Terms, WeightInfo, WorkerOf, Workers,
};
use alloc::vec::Vec;
use edgeproof_primitives::{Clause, Hash};
use frame::{
    deps::{frame_support::storage::with_storage_layer, sp_io::hashing::blake2_256},
    prelude::*,
};
use pallet_support::{
    Assessment, DrawRequest, DrawnWorker, DriverFaults, FirstSeat, SeatEnd, Seed, SlashOutcome, StakeLedger,
    StashLookup, WorkerDraw,
};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// A request in this pallet's amounts.
pub(crate) type RequestOf<'a, T> = DrawRequest<'a, <T as frame_system::Config>::AccountId, FuelOf<T>>;
/// A seat in this pallet's amounts.
pub(crate) type DrawnOf<T> = DrawnWorker<<T as frame_system::Config>::AccountId, FuelOf<T>, StakeOf<T>>;
type OfferOf<T> = Offer<FuelOf<T>, StakeOf<T>>;
type CandidateOf<'a, T> = Candidate<'a, <T as frame_system::Config>::AccountId, FuelOf<T>, StakeOf<T>>;

/// Who of those that fit gets the seats, in the order of the seats; nobody when they are fewer than the seats. The first of
/// a sample in random order that is as cheap as any gets the first seat where the price decides it; all other seats go to
/// the first of a new random order.
fn choose<AccountId, Fuel: Copy + Ord, Stake>(
    seed: &Seed,
    mut fitting: Vec<(AccountId, Offer<Fuel, Stake>)>,
    seats: u32,
    first: FirstSeat,
) -> Vec<(AccountId, Offer<Fuel, Stake>)> {
    let seats = usize::try_from(seats).unwrap_or(usize::MAX);
    if fitting.len() < seats {
        return Vec::new();
    }
    let cheapest = (0..fitting.len())
        .filter(|_| first == FirstSeat::Cheapest)
        .min_by_key(|place| fitting.get(*place).map(|(_, offer)| offer.fee))
        .map(|place| fitting.remove(place));
    cheapest
        .into_iter()
        .chain(shuffled(seed, fitting))
        .take(seats)
        .collect()
}

impl<T: Config> Pallet<T> {
    pub(crate) fn terms() -> Terms<StakeOf<T>> {
        Terms {
            minimum: T::MinStake::get(),
            rules: T::Rules::get(),
        }
    }

    fn candidate<'a>(stash: &'a T::AccountId, worker: &'a WorkerOf<T>) -> CandidateOf<'a, T> {
        Candidate {
            stash,
            worker,
            bonded: T::Stake::bonded(stash),
            available: T::Stake::available(stash),
            faulty_driver: Self::is_listed(&worker.capability.driver),
        }
    }

    fn offer_of(
        stash: &T::AccountId,
        worker: &WorkerOf<T>,
        request: &RequestOf<T>,
        terms: &Terms<StakeOf<T>>,
    ) -> Result<OfferOf<T>, Clause> {
        offer(&Self::candidate(stash, worker), request, terms)
    }

    pub(crate) fn assessment_of(
        stash: &T::AccountId,
        worker: &WorkerOf<T>,
        request: &RequestOf<T>,
        terms: &Terms<StakeOf<T>>,
    ) -> Assessment {
        assess(&Self::candidate(stash, worker), request, terms)
    }

    pub(crate) fn do_draw(seed: &Seed, request: &RequestOf<T>) -> Vec<DrawnOf<T>> {
        if IndexLen::<T>::get() < request.least_workers {
            return Vec::new();
        }
        let chosen = choose(seed, Self::offers(seed, request), request.seats, request.first);
        // All or none: a ledger that refuses one bond takes the seats before it back.
        with_storage_layer(|| {
            chosen
                .into_iter()
                .map(|(stash, offer)| Self::take_seat(stash, offer))
                .collect::<Result<Vec<_>, DispatchError>>()
        })
        .unwrap_or_default()
    }

    /// The members of the sample that fit, in its order. Those without stake or with a faulty driver are paused, so that
    /// they cannot crowd out the others in every sample.
    fn offers(seed: &Seed, request: &RequestOf<T>) -> Vec<(T::AccountId, OfferOf<T>)> {
        let terms = Self::terms();
        let (mut fitting, mut useless) = (Vec::new(), Vec::new());
        for stash in Self::sample(seed) {
            let Some(worker) = Workers::<T>::get(&stash) else {
                continue;
            };
            match Self::offer_of(&stash, &worker, request, &terms) {
                Ok(offer) => fitting.push((stash, offer)),
                Err(Clause::StakeBelowMinimum) => useless.push(Event::PausedForStake { stash }),
                Err(Clause::FaultyDriver) => useless.push(Event::PausedForDriver { stash }),
                Err(_) => (),
            }
        }
        useless.into_iter().for_each(Self::pause_for);
        fitting
    }

    /// Takes the worker out of the index that the event says is paused.
    fn pause_for(event: Event<T>) {
        let (Event::PausedForStake { stash } | Event::PausedForDriver { stash }) = &event else {
            return;
        };
        let Some(mut worker) = Workers::<T>::get(stash) else {
            return;
        };
        Self::leave_index(&mut worker);
        Workers::<T>::insert(stash, worker);
        Self::deposit_event(event);
    }
}

impl<T: Config> WorkerDraw<T::AccountId> for Pallet<T> {
    type Fuel = FuelOf<T>;
    type Stake = StakeOf<T>;

    fn draw(seed: Seed, request: &RequestOf<T>) -> Vec<DrawnOf<T>> {
        Self::do_draw(&seed, request)
    }

    /// Each member of the sample takes a seat, is paused, or neither.
    fn draw_weight() -> Weight {
        T::WeightInfo::draw_seats().max(T::WeightInfo::draw_pauses())
    }

    fn end_seat(
        worker: &DrawnOf<T>,
        requester: &T::AccountId,
        finder: Option<&T::AccountId>,
        end: SeatEnd,
    ) -> SlashOutcome<StakeOf<T>> {
        Self::do_end_seat(worker, requester, finder, end)
    }

    fn charge(seat: &mut DrawnOf<T>, payees: &[T::AccountId]) -> StakeOf<T> {
        Self::do_charge(seat, payees)
    }

    /// The key itself where it has 32 bytes, otherwise its hash.
    fn key_bytes(operator: &T::AccountId) -> Hash {
        operator.using_encoded(|bytes| Hash::try_from(bytes).unwrap_or_else(|_| blake2_256(bytes)))
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn ensure_worker(stash: &T::AccountId, operator: &T::AccountId) {
        crate::benchmarking::ensure_worker::<T>(stash, operator);
    }
}

impl<T: Config> StashLookup<T::AccountId> for Pallet<T> {
    fn stash_of(operator: &T::AccountId) -> Option<T::AccountId> {
        crate::StashOf::<T>::get(operator)
    }
}
