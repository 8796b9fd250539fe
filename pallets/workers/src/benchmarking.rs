//! Benchmarks of every call and of the draw, and workers for the benchmarks of callers.

use crate::*;
use alloc::vec;
use edgeproof_primitives::{Demands, Label, Ops, Region, MAX_LABEL_BYTES, MAX_REGIONS};
use frame::benchmarking::prelude::*;
use pallet_support::{DrawRequest, DriverFaults, FirstSeat, SeatEnd, Seed, StakeLedger, WorkerDraw};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// Workers in excess of the sample, so that the index is sampled and not looked at as a whole.
const CROWD: u32 = 2 * SAMPLE;

const SEED: Seed = [7; 32];

/// Operations of a job whose fee is the ask.
const GIGA: Ops = 1_000_000_000;

/// Score of a worker that nothing is known of, in parts per million.
const UNKNOWN_SCORE: u32 = 500_000;

const REGION: Region = Region(*b"DE");

/// The longest name.
fn label() -> Label {
    vec![b'x'; MAX_LABEL_BYTES as usize]
        .try_into()
        .unwrap_or_default()
}

fn capability() -> Capability {
    Capability {
        memory: u64::MAX,
        region: REGION,
        slots: u16::MAX,
        adapter: label(),
        driver: label(),
    }
}

/// A demand that takes longest to compare: as many regions as there may be, the right one last.
fn demands() -> Demands {
    let mut regions = vec![Region(*b"FR"); MAX_REGIONS.saturating_sub(1) as usize];
    regions.push(REGION);
    Demands {
        memory: 0,
        regions: regions.try_into().unwrap_or_default(),
        reputation: UNKNOWN_SCORE,
    }
}

fn bond<T: Config>(stash: &T::AccountId) {
    T::Stake::ensure_bonded(stash, T::MinStake::get().saturating_mul(1_000u32.into()));
}

fn worker<T: Config>(stash: &T::AccountId, operator: &T::AccountId, ask: u128) {
    bond::<T>(stash);
    // A worker that is there already stays.
    let _ = Pallet::<T>::do_register(
        stash.clone(),
        operator.clone(),
        capability(),
        ask.saturated_into(),
    );
}

/// Fills the index beyond the size of a sample, at an ask whose bond everybody has.
fn crowd<T: Config>() {
    for number in 0..CROWD {
        let (stash, operator) = (account("crowd", number, 0), account("crowd operator", number, 0));
        worker::<T>(&stash, &operator, MIN_ASK);
    }
}

/// A worker at the lowest ask, and seven dearer ones: a draw looks at eight and takes the named one.
pub(crate) fn ensure_worker<T: Config>(stash: &T::AccountId, operator: &T::AccountId) {
    worker::<T>(stash, operator, MIN_ASK);
    for number in 1..SAMPLE {
        let (stash, operator) = (account("extra", number, 0), account("extra operator", number, 0));
        worker::<T>(&stash, &operator, MIN_ASK.saturating_add(1));
    }
}

fn request<'a, T: Config>(
    requester: &'a T::AccountId,
    demands: &'a Demands,
    seats: u32,
) -> DrawRequest<'a, T::AccountId, FuelOf<T>> {
    let price_cap = u128::MAX.saturated_into();
    DrawRequest {
        requester,
        operations: GIGA,
        price_cap,
        demands,
        excluded: &[],
        seats,
        first: FirstSeat::Cheapest,
        least_workers: seats,
    }
}

fn assert_last<T: Config>(event: Event<T>) {
    let event: <T as frame_system::Config>::RuntimeEvent = event.into();
    frame_system::Pallet::<T>::assert_last_event(event);
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn register() {
        let (stash, operator): (T::AccountId, T::AccountId) =
            (whitelisted_caller(), account("operator", 0, 0));
        crowd::<T>();
        bond::<T>(&stash);

        #[extrinsic_call]
        _(
            RawOrigin::Signed(stash.clone()),
            operator,
            capability(),
            MAX_ASK.saturated_into(),
        );

        assert!(Workers::<T>::contains_key(&stash));
    }

    #[benchmark]
    fn set_ask() {
        let (stash, operator): (T::AccountId, T::AccountId) =
            (whitelisted_caller(), account("operator", 0, 0));
        worker::<T>(&stash, &operator, MIN_ASK);
        let ask = MAX_ASK.saturated_into();

        #[extrinsic_call]
        _(RawOrigin::Signed(stash.clone()), ask);

        assert_last::<T>(Event::AskChanged { stash, ask });
    }

    #[benchmark]
    fn set_capability() {
        let (stash, operator): (T::AccountId, T::AccountId) =
            (whitelisted_caller(), account("operator", 0, 0));
        worker::<T>(&stash, &operator, MIN_ASK);
        let capability = Capability {
            driver: Label::default(),
            ..capability()
        };

        #[extrinsic_call]
        _(RawOrigin::Signed(stash.clone()), capability.clone());

        assert_last::<T>(Event::CapabilityChanged { stash, capability });
    }

    /// By the operator, of a worker that is not the last of the index.
    #[benchmark]
    fn pause() {
        let (operator, stash): (T::AccountId, T::AccountId) = (whitelisted_caller(), account("stash", 0, 0));
        worker::<T>(&stash, &operator, MIN_ASK);
        crowd::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(operator));

        assert_last::<T>(Event::Paused { stash });
    }

    /// By the operator.
    #[benchmark]
    fn resume() -> Result<(), BenchmarkError> {
        let (operator, stash): (T::AccountId, T::AccountId) = (whitelisted_caller(), account("stash", 0, 0));
        worker::<T>(&stash, &operator, MIN_ASK);
        crowd::<T>();
        Pallet::<T>::do_pause(stash.clone())?;

        #[extrinsic_call]
        _(RawOrigin::Signed(operator));

        assert_last::<T>(Event::Resumed { stash });
        Ok(())
    }

    /// Of a worker that is not the last of the index.
    #[benchmark]
    fn deregister() {
        let (stash, operator): (T::AccountId, T::AccountId) =
            (whitelisted_caller(), account("operator", 0, 0));
        worker::<T>(&stash, &operator, MIN_ASK);
        crowd::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(stash.clone()));

        assert_last::<T>(Event::Deregistered { stash, operator });
    }

    #[benchmark]
    fn replace_operator() {
        let (stash, old): (T::AccountId, T::AccountId) = (whitelisted_caller(), account("operator", 0, 0));
        let new: T::AccountId = account("operator", 1, 0);
        worker::<T>(&stash, &old, MIN_ASK);

        #[extrinsic_call]
        _(RawOrigin::Signed(stash.clone()), new.clone());

        assert_last::<T>(Event::OperatorReplaced { stash, old, new });
    }

    #[benchmark]
    fn list_driver() -> Result<(), BenchmarkError> {
        let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, label());

        assert_last::<T>(Event::DriverListed { driver: label() });
        Ok(())
    }

    #[benchmark]
    fn delist_driver() -> Result<(), BenchmarkError> {
        let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
        Pallet::<T>::ensure_listed(&label());

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, label());

        assert_last::<T>(Event::DriverDelisted { driver: label() });
        Ok(())
    }

    /// All of the sample fit, and each takes a seat.
    #[benchmark]
    fn draw_seats() {
        let (requester, demands): (T::AccountId, _) = (whitelisted_caller(), demands());
        crowd::<T>();
        let seats;

        #[block]
        {
            seats = Pallet::<T>::draw(SEED, &request::<T>(&requester, &demands, SAMPLE));
        }

        assert_eq!(seats.len(), SAMPLE as usize);
    }

    /// One of the sample fits, and the others have lost their stake, so that they are paused.
    #[benchmark]
    fn draw_pauses() -> Result<(), BenchmarkError> {
        let (requester, demands): (T::AccountId, _) = (whitelisted_caller(), demands());
        for number in 0..CROWD {
            let (stash, operator) = (account("crowd", number, 0), account("crowd operator", number, 0));
            Pallet::<T>::insert_active(&stash, &operator, capability(), MIN_ASK.saturated_into())?;
        }
        let sample = Pallet::<T>::sample(&SEED);
        bond::<T>(sample.last().ok_or("the index is empty")?);
        let seats;

        #[block]
        {
            seats = Pallet::<T>::draw(SEED, &request::<T>(&requester, &demands, 1));
        }

        assert_eq!(seats.len(), 1);
        assert_eq!(
            IndexLen::<T>::get(),
            CROWD.saturating_sub(SAMPLE).saturating_add(1)
        );
        Ok(())
    }

    /// A bond worth many existential deposits is slashed, the requester compensated and the finder rewarded.
    #[benchmark]
    fn end_seat() -> Result<(), BenchmarkError> {
        let (stash, operator): (T::AccountId, T::AccountId) =
            (whitelisted_caller(), account("operator", 0, 0));
        let (requester, finder, demands): (T::AccountId, T::AccountId, _) =
            (account("requester", 0, 0), account("finder", 0, 0), demands());
        worker::<T>(&stash, &operator, T::MinStake::get().saturated_into());
        let seats = Pallet::<T>::draw(SEED, &request::<T>(&requester, &demands, 1));
        let seat = seats.first().ok_or("no worker was drawn")?;

        #[block]
        {
            Pallet::<T>::end_seat(seat, &requester, Some(&finder), SeatEnd::Refuted);
        }

        let reputation = Workers::<T>::get(&stash).map(|worker| worker.reputation);
        assert_eq!(reputation.map(|reputation| reputation.refuted), Some(1));
        Ok(())
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::TestExt::new().build(), crate::mock::Test);
}
