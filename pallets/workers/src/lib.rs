//! The registry of workers and the draw.
//!
//! A worker is registered by its *stash*, which owns the stake and is paid, and names an *operator* key, which commits
//! and reveals and needs no balance. Active workers stand in a dense index; a draw looks at [`SAMPLE`] of them, at
//! positions that a seed decides, gives the first seat to the cheapest that fits and the others to any that fit, all seats
//! or none. Its cost does not depend on their number.
//!
//! ```text
//!   register ──▶ Active ⇄ Paused ──▶ deregister (no seat held)
//!               pause / resume; a draw pauses those whose stake fell below the minimum, or whose driver was listed
//! ```
//!
//! Governance keeps a list of drivers that compute wrong. A worker says which driver it has, and cannot change it while it
//! holds a seat: so the driver that a slash names is the one with which the worker was drawn. Workers with a listed driver
//! are not drawn, not registered and not resumed. The list is seen through [`pallet_support::DriverFaults`].
//!
//! Jobs see the registry as [`pallet_support::WorkerDraw`], those who ask what a job would cost, or why nobody is drawn, as
//! [`pallet_support::WorkerMarket`], and the stake is seen through
//! [`pallet_support::StakeLedger`].
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_possible_wrap,
        clippy::panic
    )
)]

extern crate alloc;

use edgeproof_primitives::{Capability, Label};
use frame::prelude::*;
use pallet_support::{StakeLedger, WorkerRules};
use polkadot_sdk::polkadot_sdk_frame as frame;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod draw;
mod faults;
mod index;
#[cfg(test)]
mod mock;
mod predicate;
pub mod price;
mod registry;
pub mod reputation;
mod seats;
mod survey;
mod tally;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
#[allow(clippy::cast_possible_truncation)] // derived encoders cast the numbers of variants
mod types;
pub mod weights;

pub use edgeproof_primitives::Clause;
pub use pallet::*;
pub use predicate::{assess, offer, Candidate, Offer, Terms};
pub use types::{
    Reputation, Worker, WorkerState, MAX_ASK, MAX_FAULTY_DRIVERS, MAX_SURVEYED, MIN_ASK, SAMPLE,
};
pub use weights::WeightInfo;

/// Amounts of THETA in planck.
pub type StakeOf<T> = <<T as Config>::Stake as StakeLedger<<T as frame_system::Config>::AccountId>>::Balance;
/// Amounts of TFUEL in planck.
pub type FuelOf<T> = <T as Config>::Fuel;
/// A worker as the registry knows it.
pub type WorkerOf<T> = Worker<<T as frame_system::Config>::AccountId, FuelOf<T>>;

// In what FRAME's macros generate: a pallet is expected to be part of its runtime, and an enum's index fits a byte.
#[allow(clippy::expect_used, clippy::cast_possible_truncation)]
#[frame::pallet]
pub mod pallet {
    use super::*;

    #[pallet::pallet]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config: polkadot_sdk::frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// The ledger of THETA.
        type Stake: StakeLedger<Self::AccountId, Balance: tokens::Balance>;

        /// Amounts of TFUEL.
        type Fuel: tokens::Balance;

        /// The governed values.
        type Rules: Get<WorkerRules>;

        /// Least stake of a worker, in planck of THETA.
        type MinStake: Get<StakeOf<Self>>;

        /// Who may list and delist drivers.
        type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

        /// Measured weights.
        type WeightInfo: WeightInfo;
    }

    /// Every worker, under its stash.
    #[pallet::storage]
    pub type Workers<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, WorkerOf<T>, OptionQuery>;

    /// The stash behind each operator key.
    #[pallet::storage]
    pub type StashOf<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, T::AccountId, OptionQuery>;

    /// The stashes of the active workers, at the positions 0 to [`IndexLen`] - 1.
    #[pallet::storage]
    pub type Index<T: Config> = StorageMap<_, Twox64Concat, u32, T::AccountId, OptionQuery>;

    /// Number of active workers.
    #[pallet::storage]
    pub type IndexLen<T: Config> = StorageValue<_, u32, ValueQuery>;

    /// The drivers that compute wrong; at most [`MAX_FAULTY_DRIVERS`].
    #[pallet::storage]
    pub type FaultyDrivers<T: Config> = CountedStorageMap<_, Blake2_128Concat, Label, (), OptionQuery>;

    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A worker was registered and is active.
        Registered {
            /// Its stash.
            stash: T::AccountId,
            /// Its operator key.
            operator: T::AccountId,
            /// What it offers.
            capability: Capability,
            /// Its price of a giga-operation, in planck of TFUEL.
            ask: FuelOf<T>,
        },
        /// A worker changed its price.
        AskChanged {
            /// Its stash.
            stash: T::AccountId,
            /// Its price of a giga-operation from the next draw on, in planck of TFUEL.
            ask: FuelOf<T>,
        },
        /// A worker changed what it offers.
        CapabilityChanged {
            /// Its stash.
            stash: T::AccountId,
            /// What it offers from the next draw on.
            capability: Capability,
        },
        /// A worker changed its operator key.
        OperatorReplaced {
            /// Its stash.
            stash: T::AccountId,
            /// The key that served until now.
            old: T::AccountId,
            /// The key that serves from now on.
            new: T::AccountId,
        },
        /// A worker left the index.
        Paused {
            /// Its stash.
            stash: T::AccountId,
        },
        /// A draw found too little stake and took the worker out of the index.
        PausedForStake {
            /// Its stash.
            stash: T::AccountId,
        },
        /// A draw found a driver that is on the fault list and took the worker out of the index.
        PausedForDriver {
            /// Its stash.
            stash: T::AccountId,
        },
        /// A worker entered the index again.
        Resumed {
            /// Its stash.
            stash: T::AccountId,
        },
        /// A worker was forgotten.
        Deregistered {
            /// Its stash.
            stash: T::AccountId,
            /// The operator key that is free again.
            operator: T::AccountId,
        },
        /// A worker was drawn.
        SeatTaken {
            /// Its stash.
            stash: T::AccountId,
            /// Its operator key.
            operator: T::AccountId,
            /// Its fee, in planck of TFUEL.
            fee: FuelOf<T>,
            /// What it risks, in planck of THETA.
            bond: StakeOf<T>,
        },
        /// The result of a worker stood.
        SeatSucceeded {
            /// Its stash.
            stash: T::AccountId,
        },
        /// A worker missed the commit deadline.
        CommitMissed {
            /// Its stash.
            stash: T::AccountId,
            /// THETA held until it is burned, in planck.
            held: StakeOf<T>,
        },
        /// A worker did not reveal its commitment.
        RevealMissed {
            /// Its stash.
            stash: T::AccountId,
            /// THETA that the requester received, in planck.
            compensated: StakeOf<T>,
            /// THETA held until it is burned, in planck.
            held: StakeOf<T>,
        },
        /// The result of a worker was shown to be wrong.
        ResultRefuted {
            /// Its stash.
            stash: T::AccountId,
            /// THETA that the requester received, in planck.
            compensated: StakeOf<T>,
            /// THETA that the finder received, in planck.
            rewarded: StakeOf<T>,
            /// THETA held until it is burned, in planck.
            held: StakeOf<T>,
        },
        /// A seat ended through no fault of the worker, and without its result.
        SeatReleased {
            /// Its stash.
            stash: T::AccountId,
        },
        /// A driver was found to compute wrong: its workers get no jobs.
        DriverListed {
            /// Driver and version.
            driver: Label,
        },
        /// A driver is no longer held to compute wrong.
        DriverDelisted {
            /// Driver and version.
            driver: Label,
        },
    }

    #[pallet::error]
    pub enum Error<T> {
        /// The stash has bonded less than the minimum. Bond THETA first.
        InsufficientStake,
        /// The stash has a worker already. Deregister it first.
        AlreadyRegistered,
        /// The operator key serves another worker. Use another key.
        OperatorTaken,
        /// The operator key is a stash. Use a key that does nothing else.
        OperatorIsStash,
        /// The region is not two upper-case ASCII letters.
        InvalidRegion,
        /// A worker has at least one slot.
        ZeroSlots,
        /// The ask is zero.
        ZeroAsk,
        /// The ask is above [`MAX_ASK`].
        AbsurdAsk,
        /// The account is neither the stash nor, where that is allowed, the operator of a worker.
        NotRegistered,
        /// The worker holds seats. Pause, wait until its jobs end, and try again.
        SeatsHeld,
        /// The worker holds more seats than the new capability has slots.
        SlotsInUse,
        /// The worker is paused already.
        AlreadyPaused,
        /// The worker is active already.
        AlreadyActive,
        /// The operator key lives only by its registration and has holds. Send it the existential deposit of TFUEL first.
        OperatorInUse,
        /// The driver is on the fault list: it computes wrong. Update it or use another adapter, and register that.
        FaultyDriver,
        /// The worker holds seats for which it was drawn with the old driver. Pause, wait until its jobs end, and try again.
        DriverInUse,
        /// A driver on the fault list has a name.
        UnnamedDriver,
        /// The driver is on the fault list already.
        AlreadyListed,
        /// The driver is not on the fault list.
        NotListed,
        /// The fault list is full. Delist a driver that nobody uses any more.
        TooManyFaultyDrivers,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn integrity_test() {
            assert!(
                FuelOf::<T>::try_from(MAX_ASK).is_ok(),
                "the type of TFUEL must hold every ask"
            );
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), frame::deps::sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call(weight(<T as Config>::WeightInfo))]
    impl<T: Config> Pallet<T> {
        /// Registers a worker and makes it active.
        ///
        /// - origin: signed by the stash, which has bonded at least the minimum and has no worker.
        /// - `operator`: the key that commits and reveals; nobody's operator and nobody's stash. It receives a provider
        ///   reference, so that it can send feeless calls without any balance.
        /// - `capability`: what the device offers; its driver is not on the fault list.
        /// - `ask`: price of a giga-operation, in planck of TFUEL.
        ///
        /// Free of fees when it is certain to succeed: a new operator owns no TFUEL.
        #[pallet::call_index(0)]
        #[pallet::feeless_if(
            |origin: &OriginFor<T>, operator: &T::AccountId, capability: &Capability, ask: &FuelOf<T>| -> bool {
                ensure_signed(origin.clone())
                    .is_ok_and(|stash| Pallet::<T>::can_register(&stash, operator, capability, *ask).is_ok())
            }
        )]
        pub fn register(
            origin: OriginFor<T>,
            operator: T::AccountId,
            capability: Capability,
            ask: FuelOf<T>,
        ) -> DispatchResult {
            let stash = ensure_signed(origin)?;
            Self::do_register(stash, operator, capability, ask)
        }

        /// Changes the price from the next draw on.
        ///
        /// - origin: signed by the stash.
        /// - `ask`: price of a giga-operation, in planck of TFUEL.
        #[pallet::call_index(1)]
        pub fn set_ask(origin: OriginFor<T>, ask: FuelOf<T>) -> DispatchResult {
            let stash = ensure_signed(origin)?;
            Self::do_set_ask(stash, ask)
        }

        /// Changes what the worker offers from the next draw on.
        ///
        /// - origin: signed by the stash.
        /// - `capability`: what the device offers, with at least as many slots as seats are held, and a driver that is not on the
        ///   fault list. Another driver only while no seat is held.
        #[pallet::call_index(2)]
        pub fn set_capability(origin: OriginFor<T>, capability: Capability) -> DispatchResult {
            let stash = ensure_signed(origin)?;
            Self::do_set_capability(stash, capability)
        }

        /// Takes the worker out of the draw. Seats that it holds go on.
        ///
        /// - origin: signed by the stash or the operator.
        #[pallet::call_index(3)]
        pub fn pause(origin: OriginFor<T>) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_pause(who)
        }

        /// Brings the worker back into the draw.
        ///
        /// - origin: signed by the stash or the operator; the stash has bonded at least the minimum, and the driver is
        ///   not on the fault list.
        #[pallet::call_index(4)]
        pub fn resume(origin: OriginFor<T>) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_resume(who)
        }

        /// Forgets the worker, its reputation included.
        ///
        /// - origin: signed by the stash of a worker that holds no seat.
        #[pallet::call_index(5)]
        pub fn deregister(origin: OriginFor<T>) -> DispatchResult {
            let stash = ensure_signed(origin)?;
            Self::do_deregister(stash)
        }

        /// Replaces the operator key, for instance when it was stolen.
        ///
        /// - origin: signed by the stash of a worker that holds no seat.
        /// - `operator`: the new key, as in [`Self::register`].
        #[pallet::call_index(6)]
        pub fn replace_operator(origin: OriginFor<T>, operator: T::AccountId) -> DispatchResult {
            let stash = ensure_signed(origin)?;
            Self::do_replace_operator(stash, operator)
        }

        /// Puts a driver on the fault list: workers that have it are not drawn, and what was held of their slashes can be
        /// returned.
        ///
        /// - origin: [`Config::AdminOrigin`].
        /// - `driver`: driver and version, exactly as workers and their attestations name it.
        #[pallet::call_index(7)]
        pub fn list_driver(origin: OriginFor<T>, driver: Label) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            Self::do_list_driver(driver)
        }

        /// Takes a driver off the fault list. Workers that were paused because of it resume by themselves.
        ///
        /// - origin: [`Config::AdminOrigin`].
        /// - `driver`: driver and version, as it was listed.
        #[pallet::call_index(8)]
        pub fn delist_driver(origin: OriginFor<T>, driver: Label) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            Self::do_delist_driver(driver)
        }
    }

    #[pallet::view_functions]
    impl<T: Config> Pallet<T> {
        /// The worker of a stash.
        pub fn worker(stash: T::AccountId) -> Option<WorkerOf<T>> {
            Workers::<T>::get(stash)
        }

        /// The reputation score of a stash's worker, in parts per million: what [`Demands::reputation`] is compared with.
        ///
        /// [`Demands::reputation`]: edgeproof_primitives::Demands::reputation
        pub fn reputation_score(stash: T::AccountId) -> Option<u32> {
            let worker = Workers::<T>::get(stash)?;
            Some(worker.reputation.evidence.score())
        }

        /// The stash and the worker that an operator key serves.
        pub fn worker_of_operator(operator: T::AccountId) -> Option<(T::AccountId, WorkerOf<T>)> {
            let stash = StashOf::<T>::get(operator)?;
            let worker = Workers::<T>::get(&stash)?;
            Some((stash, worker))
        }
    }
}
