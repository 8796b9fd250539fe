//! THETA: the one ledger of stake.
//!
//! Staked THETA never leaves its owner's account: it is on hold there for [`HoldReason::Stake`], so it still counts for
//! votes. The ledger says what the hold consists of:
//!
//! ```text
//!              bond                  lock                       slash
//!   free ───────────────▶ active ───────────▶ at risk (of active) ─────▶ injured party, finder, the rest held
//!     ▲                    │  ▲                  │                                                       │
//!     │ withdraw    unbond │  │ rebond           │ unlock                          after the unbonding   │ return_slash
//!     └──── unbonding ◀────┘──┘                  ▼ active                          time: burned ◀────────┴──▶ active
//! ```
//!
//! What is at risk cannot be unbonded. What is bonded after a call is nothing or at least the minimum; only a slash, or the
//! return of one, leaves less, and then the account may add stake or unbond all that is not at risk.
//!
//! What nobody receives of a slash stays on hold for the unbonding time and belongs to nobody meanwhile: it is not bonded
//! and cannot be unbonded, rebonded or withdrawn. Governance may return up to [`MAX_RETURN`] of the slash of a worker whose
//! driver it has listed as faulty. What it leaves is burned when the time has come: by whatever the owner does next, by the
//! next slash, or by anybody ([`Pallet::burn_slashed`]).
//!
//! Other pallets see the ledger as [`pallet_support::StakeLedger`].
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

#[cfg(feature = "runtime-benchmarks")]
extern crate alloc;

use edgeproof_primitives::BlockNumber;
use frame::{deps::sp_runtime::Permill, prelude::*};
use pallet_support::{DriverFaults, OnBurned, StakeRules};
use polkadot_sdk::polkadot_sdk_frame as frame;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod bonding;
#[cfg(test)]
mod mock;
mod payments;
mod risk;
mod slashes;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
pub mod weights;

pub use pallet::*;
pub use types::{Chunk, HeldSlash, Ledger, SlashId, MAX_HELD, MAX_RETURN, MAX_UNBONDING};
pub use weights::WeightInfo;

/// Amounts of THETA in planck.
pub type StakeOf<T> =
    <<T as Config>::Stake as fungible::Inspect<<T as frame_system::Config>::AccountId>>::Balance;
/// The ledger of one account.
pub type LedgerOf<T> = Ledger<StakeOf<T>>;

// In what FRAME's macros generate: a pallet is expected to be part of its runtime, and an enum's index fits a byte.
#[allow(clippy::expect_used, clippy::cast_possible_truncation)]
#[frame::pallet]
pub mod pallet {
    use super::*;

    #[pallet::pallet]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config: polkadot_sdk::frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// THETA.
        type Stake: fungible::Mutate<Self::AccountId>
            + fungible::hold::Mutate<Self::AccountId, Reason: From<HoldReason>>;

        /// The governed values.
        type Rules: Get<StakeRules>;

        /// Counts burned THETA.
        type OnBurned: OnBurned<StakeOf<Self>>;

        /// Whose fault a slash may have been.
        type Faults: DriverFaults;

        /// Who may return slashes.
        type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

        /// Measured weights.
        type WeightInfo: WeightInfo;
    }

    /// Why THETA is on hold.
    #[pallet::composite_enum]
    pub enum HoldReason {
        /// Staked: bonded, waiting for its release, or slashed and not burned yet.
        Stake,
    }

    /// The staked THETA of each account that has any.
    #[pallet::storage]
    pub type Ledgers<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, LedgerOf<T>, OptionQuery>;

    /// Slashes so far of which something was held; also the number of the next.
    #[pallet::storage]
    pub type NextSlash<T: Config> = StorageValue<_, SlashId, ValueQuery>;

    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// Free THETA was bonded.
        Bonded {
            /// The owner.
            who: T::AccountId,
            /// How much was added, in planck.
            value: StakeOf<T>,
            /// How much is bonded now, in planck.
            active: StakeOf<T>,
        },
        /// Bonded THETA began to wait for its release.
        Unbonded {
            /// The owner.
            who: T::AccountId,
            /// How much, in planck.
            value: StakeOf<T>,
            /// First block in which it can be withdrawn.
            release_at: BlockNumber,
        },
        /// Waiting THETA was bonded again.
        Rebonded {
            /// The owner.
            who: T::AccountId,
            /// How much, in planck.
            value: StakeOf<T>,
            /// How much is bonded now, in planck.
            active: StakeOf<T>,
        },
        /// THETA whose time had come is free again.
        Withdrawn {
            /// The owner.
            who: T::AccountId,
            /// How much, in planck.
            value: StakeOf<T>,
        },
        /// Bonded THETA was put at risk.
        Locked {
            /// The owner.
            who: T::AccountId,
            /// How much, in planck.
            value: StakeOf<T>,
        },
        /// Bonded THETA is no longer at risk.
        Unlocked {
            /// The owner.
            who: T::AccountId,
            /// How much, in planck.
            value: StakeOf<T>,
        },
        /// THETA at risk was taken.
        Slashed {
            /// The owner.
            who: T::AccountId,
            /// Who was compensated.
            injured: T::AccountId,
            /// How much moved to `injured`, in planck.
            compensated: StakeOf<T>,
            /// Who showed the fault.
            finder: Option<T::AccountId>,
            /// How much moved to `finder`, in planck.
            rewarded: StakeOf<T>,
            /// How much is held until it is burned, in planck.
            held: StakeOf<T>,
            /// Under which number it is held. `None` when nothing is.
            slash: Option<SlashId>,
        },
        /// What was held of slashes was burned.
        SlashBurned {
            /// The owner.
            who: T::AccountId,
            /// How much, in planck.
            value: StakeOf<T>,
        },
        /// A part of a slash was bonded again.
        SlashReturned {
            /// The owner.
            who: T::AccountId,
            /// The number under which it was held.
            slash: SlashId,
            /// How much, in planck.
            value: StakeOf<T>,
            /// How much is bonded now, in planck.
            active: StakeOf<T>,
        },
    }

    #[pallet::error]
    pub enum Error<T> {
        /// The account has no stake. Bond first.
        NothingBonded,
        /// What would be bonded is less than the minimum and not zero. Bond more, or unbond everything.
        BelowMinimum,
        /// The free balance, less the existential deposit, does not cover the amount.
        InsufficientBalance,
        /// Less is bonded than the amount.
        InsufficientStake,
        /// Enough is bonded, but jobs hold a part of it. Wait until they end.
        StakeAtRisk,
        /// Too many amounts wait for their release. Withdraw, or wait until one can be withdrawn.
        TooManyChunks,
        /// Nothing that waits can be withdrawn yet.
        NothingToWithdraw,
        /// Less waits for its release than the amount.
        InsufficientUnbonding,
        /// The amount is zero.
        ZeroValue,
        /// Nothing that was slashed can be burned yet. Wait until the block that the ledger names.
        NothingToBurn,
        /// The account has no held slash with this number: look into its ledger. It was burned or returned, or an older one
        /// holds it, too.
        NoSuchSlash,
        /// The slash has no driver that is on the fault list. List the driver first.
        DriverNotListed,
        /// This part of the slash has been returned already.
        NothingToReturn,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), frame::deps::sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call(weight(<T as Config>::WeightInfo))]
    impl<T: Config> Pallet<T> {
        /// Bonds free THETA of the caller, for the first time or in addition.
        ///
        /// - origin: signed.
        /// - `value`: how much, in planck; the existential deposit must stay free and at least the minimum must be bonded
        ///   afterwards.
        ///
        /// Free of fees for an account without stake when it is certain to succeed: a new operator owns no TFUEL.
        #[pallet::call_index(0)]
        #[pallet::feeless_if(|origin: &OriginFor<T>, value: &StakeOf<T>| -> bool {
            ensure_signed(origin.clone()).is_ok_and(|who| Pallet::<T>::is_first_bond(&who, *value))
        })]
        pub fn bond(origin: OriginFor<T>, value: StakeOf<T>) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_bond(&who, value)
        }

        /// Starts the release of bonded THETA of the caller.
        ///
        /// - origin: signed.
        /// - `value`: how much, in planck; not at risk, and leaving nothing or at least the minimum bonded.
        #[pallet::call_index(1)]
        pub fn unbond(origin: OriginFor<T>, value: StakeOf<T>) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_unbond(&who, value)
        }

        /// Bonds again what waits for its release, the youngest first.
        ///
        /// - origin: signed.
        /// - `value`: how much, in planck; at least the minimum must be bonded afterwards.
        #[pallet::call_index(2)]
        pub fn rebond(origin: OriginFor<T>, value: StakeOf<T>) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_rebond(&who, value)
        }

        /// Frees everything whose time has come.
        ///
        /// - origin: signed.
        #[pallet::call_index(3)]
        pub fn withdraw(origin: OriginFor<T>) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_withdraw(&who)
        }

        /// Burns what was held of the slashes of `who`, as far as its time has come.
        ///
        /// - origin: signed by anybody, who pays nothing when something was burned.
        /// - `who`: the owner.
        #[pallet::call_index(4)]
        pub fn burn_slashed(origin: OriginFor<T>, who: T::AccountId) -> DispatchResultWithPostInfo {
            ensure_signed(origin)?;
            Self::do_burn_slashed(&who)?;
            Ok(Pays::No.into())
        }

        /// Bonds a part of a slash again whose worker had a faulty driver.
        ///
        /// - origin: [`Config::AdminOrigin`].
        /// - `who`: the owner.
        /// - `slash`: the number under which it is held.
        /// - `part`: how much of the slash is to be returned in all, what was returned before included; at most
        ///   [`MAX_RETURN`], and never more than is held.
        #[pallet::call_index(5)]
        pub fn return_slash(
            origin: OriginFor<T>,
            who: T::AccountId,
            slash: SlashId,
            part: Permill,
        ) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            Self::do_return_slash(&who, slash, part)
        }
    }

    #[pallet::view_functions]
    impl<T: Config> Pallet<T> {
        /// The stake of `who`.
        pub fn ledger(who: T::AccountId) -> Option<LedgerOf<T>> {
            Ledgers::<T>::get(who)
        }
    }
}
