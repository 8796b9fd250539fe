//! TFUEL issued for work.
//!
//! A worker could post jobs to itself to collect issuance, and operations are cheap to inflate. So the measure of work is
//! what settled jobs *burned* for it, and issuance returns a part of that only. For an era in which jobs burned `B`, of it
//! `b` for the work of one stash:
//!
//! ```text
//! budget = compute_issuance * blocks of the era
//! issued = min(budget, returned_share * B)
//! stash  = floor(b * issued / B)      so at most returned_share * b, and all stashes together at most the budget
//! ```
//!
//! `returned_share` is at most four fifths ([`pallet_support::MAX_RETURNED_SHARE`]): whoever pays himself burns more than he
//! gets back.
//!
//! ```text
//!  a seat is paid           the era ends                       claim, by anybody
//!  Records[stash] += b ───▶ EraRates[era] = (issued, B) ────▶ owed of the record is minted to the stash
//! ```
//!
//! Nothing here visits all stashes. A [`Record`] is brought up to date by the next burn for its stash or by a claim, with
//! the rate of the one era of which it has not been yet; rates are kept for [`Config::History`] eras. A stash for which
//! neither comes in that time forfeits the share of its last era, which is never minted.
//!
//! The same record says what was burned for a stash in the last [`CREDIT_ERAS`] eras that have ended, which is its
//! [`pallet_support::ComputeCredit`] in elections.
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

#[cfg(any(feature = "std", feature = "try-runtime"))]
extern crate alloc;

use edgeproof_primitives::TfuelBalance;
use frame::{deps::sp_runtime::FixedU128, prelude::*};
use pallet_support::{EraIndex, IssueTfuel, RewardRules};
use polkadot_sdk::polkadot_sdk_frame as frame;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod credit;
mod eras;
#[cfg(test)]
mod mock;
mod payments;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
pub mod weights;

pub use pallet::*;
pub use types::{Era, EraRate, Record, CREDIT_ERAS};
pub use weights::WeightInfo;

// In what FRAME's macros generate: a pallet is expected to be part of its runtime, and an enum's index fits a byte.
#[allow(clippy::expect_used, clippy::cast_possible_truncation)]
#[frame::pallet]
pub mod pallet {
    use super::*;

    #[pallet::pallet]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config: polkadot_sdk::frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// Makes what is claimed.
        type Issue: IssueTfuel<Self::AccountId>;

        /// The governed values.
        type Rules: Get<RewardRules>;

        /// THETA per TFUEL.
        type Rate: Get<FixedU128>;

        /// Amounts of THETA in planck.
        type Theta: tokens::Balance;

        /// Eras for which the rate of an era is kept after its end, and with it the share of a stash that has not been
        /// brought up to date. At least one.
        #[pallet::constant]
        type History: Get<EraIndex>;

        /// Measured weights.
        type WeightInfo: WeightInfo;
    }

    /// The era that runs.
    #[pallet::storage]
    pub type CurrentEra<T: Config> = StorageValue<_, Era, ValueQuery>;

    /// What stashes get for each of the last [`Config::History`] eras, unless jobs burned nothing in it.
    #[pallet::storage]
    pub type EraRates<T: Config> = StorageMap<_, Twox64Concat, EraIndex, EraRate, OptionQuery>;

    /// What jobs burned for each stash, and what it is owed.
    #[pallet::storage]
    pub type Records<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Record, OptionQuery>;

    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// An era has ended.
        EraEnded {
            /// Which.
            era: EraIndex,
            /// What jobs burned in it, in planck of TFUEL.
            burned: TfuelBalance,
            /// The most that stashes are issued for it together, in planck of TFUEL.
            issued: TfuelBalance,
        },
        /// A stash received what it was owed.
        Claimed {
            /// The stash.
            stash: T::AccountId,
            /// How much was minted, in planck of TFUEL.
            amount: TfuelBalance,
        },
        /// A record that said nothing any more was removed.
        Forgotten {
            /// Whose.
            stash: T::AccountId,
        },
    }

    #[pallet::error]
    pub enum Error<T> {
        /// Nothing is owed to the stash: no job has burned anything for it, or the era in which one did has not ended.
        NothingToClaim,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn integrity_test() {
            assert!(
                T::History::get() >= 1,
                "History must be at least one era, or nothing could be claimed"
            );
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), frame::deps::sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call(weight(<T as Config>::WeightInfo))]
    impl<T: Config> Pallet<T> {
        /// Mints what a stash is owed into its free balance, or removes a record that says nothing any more.
        ///
        /// - origin: signed by anybody, who pays nothing when it succeeds: that is at most once per era and stash, and was
        ///   paid for by the jobs that burned.
        /// - `stash`: who is paid.
        #[pallet::call_index(0)]
        pub fn claim(origin: OriginFor<T>, stash: T::AccountId) -> DispatchResultWithPostInfo {
            ensure_signed(origin)?;
            Self::do_claim(stash)?;
            Ok(Pays::No.into())
        }
    }

    #[pallet::view_functions]
    impl<T: Config> Pallet<T> {
        /// The era that runs.
        pub fn current_era() -> Era {
            CurrentEra::<T>::get()
        }

        /// What stashes get for `era`, which has ended.
        pub fn era_rate(era: EraIndex) -> Option<EraRate> {
            EraRates::<T>::get(era)
        }

        /// What jobs burned for `stash` and what it is owed, as of the era that runs.
        pub fn record(stash: T::AccountId) -> Option<Record> {
            Records::<T>::get(stash).map(Self::up_to_date)
        }

        /// What `stash` would get if it were claimed now, in planck of TFUEL.
        pub fn claimable(stash: T::AccountId) -> TfuelBalance {
            Self::record(stash).unwrap_or_default().owed
        }

        /// What the work of `stash` counts in an election before its bound, in planck of THETA.
        pub fn compute_credit(stash: T::AccountId) -> T::Theta {
            Self::credit_of(&stash)
        }
    }
}
