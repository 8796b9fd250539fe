//! Who gets a seat.

use crate::{
    offer, Candidate, Clause, Config, Event, FuelOf, Offer, Pallet, StakeOf, Terms, WeightInfo, WorkerOf,
    Workers,
};
use alloc::vec::Vec;
use edgeproof_primitives::Hash;
use frame::{deps::sp_io::hashing::blake2_256, prelude::*};
use pallet_support::{DrawRequest, DrawnWorker, SeatEnd, SeatSlash, Seed, StakeLedger, WorkerDraw};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// A request in this pallet's amounts.
pub(crate) type RequestOf<'a, T> = DrawRequest<'a, <T as frame_system::Config>::AccountId, FuelOf<T>>;
/// A seat in this pallet's amounts.
pub(crate) type DrawnOf<T> = DrawnWorker<<T as frame_system::Config>::AccountId, FuelOf<T>, StakeOf<T>>;
type OfferOf<T> = Offer<FuelOf<T>, StakeOf<T>>;

impl<T: Config> Pallet<T> {
    fn terms() -> Terms<StakeOf<T>> {
        Terms {
            minimum: T::MinStake::get(),
            rules: T::Rules::get(),
        }
    }

    fn offer_of(
        stash: &T::AccountId,
        worker: &WorkerOf<T>,
        request: &RequestOf<T>,
        terms: &Terms<StakeOf<T>>,
    ) -> Result<OfferOf<T>, Clause> {
        let (bonded, available) = (T::Stake::bonded(stash), T::Stake::available(stash));
        offer(
            &Candidate {
                stash,
                worker,
                bonded,
                available,
            },
            request,
            terms,
        )
    }

    /// The first clause that keeps the worker of `stash` from the seat that `request` describes. `None` when it fits, or
    /// when there is no such worker.
    pub fn failing_clause(stash: &T::AccountId, request: &RequestOf<T>) -> Option<Clause> {
        let worker = Workers::<T>::get(stash)?;
        Self::offer_of(stash, &worker, request, &Self::terms()).err()
    }

    pub(crate) fn do_draw(seed: &Seed, request: &RequestOf<T>) -> Option<DrawnOf<T>> {
        let terms = Self::terms();
        let mut best: Option<(T::AccountId, OfferOf<T>)> = None;
        let mut understaked = Vec::new();
        for stash in Self::sample(seed) {
            let Some(worker) = Workers::<T>::get(&stash) else {
                continue;
            };
            match Self::offer_of(&stash, &worker, request, &terms) {
                Ok(offer) if best.as_ref().is_none_or(|(_, cheapest)| offer.fee < cheapest.fee) => {
                    best = Some((stash, offer));
                }
                Err(Clause::StakeBelowMinimum) => understaked.push(stash),
                _ => (),
            }
        }
        understaked.into_iter().for_each(Self::pause_for_stake);
        let (stash, offer) = best?;
        Self::take_seat(stash, offer)
    }

    /// Takes a worker without stake out of the index, so that such cannot crowd out the others in every sample.
    fn pause_for_stake(stash: T::AccountId) {
        let Some(mut worker) = Workers::<T>::get(&stash) else {
            return;
        };
        Self::leave_index(&mut worker);
        Workers::<T>::insert(&stash, worker);
        Self::deposit_event(Event::PausedForStake { stash });
    }
}

impl<T: Config> WorkerDraw<T::AccountId> for Pallet<T> {
    type Fuel = FuelOf<T>;
    type Stake = StakeOf<T>;

    fn draw(seed: Seed, request: &RequestOf<T>) -> Option<DrawnOf<T>> {
        Self::do_draw(&seed, request)
    }

    fn draw_weight() -> Weight {
        T::WeightInfo::draw()
    }

    fn end_seat(worker: &DrawnOf<T>, requester: &T::AccountId, end: SeatEnd) -> SeatSlash<StakeOf<T>> {
        Self::do_end_seat(worker, requester, end)
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
