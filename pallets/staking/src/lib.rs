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
//!
//! Bonded stake that is not at risk can back a validator: its owner is a guardian then. The stake behind a validator is a
//! [`Fund`] of shares; a slash lowers what shares are worth, rewards raise what they have earned, and both reach each owner
//! when it is next touched, so that every call costs the same however many guardians there are.
//!
//! ```text
//!             delegate, validate             undelegate                  withdraw
//!   active ───────────────────────▶ pool ─────────────────▶ left in era ────────────▶ free
//!                                    │ ▲                      (liable for what the validator did until then)
//!                                    └─┘ redelegate
//! ```
//!
//! Eras have one set of validators: the candidates with the highest scores ([`election`]). Offences cost a part of all stake
//! that backed the offender at the time, after a delay in which governance may cancel.
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

use alloc::vec::Vec;
use edgeproof_primitives::{BlockNumber, TfuelBalance};
use frame::{
    deps::sp_runtime::{Perbill, Permill},
    prelude::*,
    traits::ValidatorRegistration,
};
use pallet_support::{ComputeCredit, DriverFaults, EraIndex, IssueTfuel, OnBurned, OnEraEnded, StakeRules};
use polkadot_sdk::polkadot_sdk_frame as frame;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod bonding;
mod delegating;
mod earning;
pub mod election;
mod eras;
pub mod fund;
mod genesis;
#[cfg(test)]
mod mock;
mod offences;
mod payments;
mod pool;
mod risk;
mod settling;
mod slashes;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
mod validating;
pub mod weights;

pub use eras::{EraState, SessionIndex};
pub use fund::Fund;
pub use offences::Accusation;
pub use pallet::*;
pub use pool::{Candidate, Delegation, Exit, Guardian, Pool, Standing, PARTS};
pub use types::{
    ChillReason, Chunk, HeldSlash, Ledger, SlashId, MAX_ACCUSATIONS, MAX_CANDIDATES, MAX_DELEGATIONS,
    MAX_ERAS, MAX_EXITS, MAX_HELD, MAX_RETURN, MAX_UNBONDING, MAX_VALIDATORS,
};
pub use weights::WeightInfo;

/// Amounts of THETA in planck.
pub type StakeOf<T> =
    <<T as Config>::Stake as fungible::Inspect<<T as frame_system::Config>::AccountId>>::Balance;
/// The ledger of one account.
pub type LedgerOf<T> = Ledger<StakeOf<T>>;
/// What one account has behind validators.
pub type GuardianOf<T> = Guardian<<T as frame_system::Config>::AccountId, StakeOf<T>>;
/// The stake behind one validator.
pub type PoolOf<T> = Pool<StakeOf<T>>;
/// Where one validator stands.
pub type StandingOf<T> = Standing<<T as frame_system::Config>::AccountId, StakeOf<T>>;
/// A slash that waits.
pub type AccusationOf<T> = Accusation<<T as frame_system::Config>::AccountId>;
/// The validators of an era.
pub type ValidatorsOf<T> = BoundedVec<<T as frame_system::Config>::AccountId, ConstU32<MAX_VALIDATORS>>;

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

        /// Whose session keys are set.
        type SessionKeys: ValidatorRegistration<Self::AccountId>;

        /// What work counts in an election.
        type Credit: ComputeCredit<Self::AccountId, Balance = StakeOf<Self>>;

        /// Issues what validators and guardians earned.
        type Fuel: IssueTfuel<Self::AccountId>;

        /// What the stake behind the author of a block earns, in planck of TFUEL.
        type BlockReward: Get<TfuelBalance>;

        /// Told when an era ends.
        type OnEraEnded: OnEraEnded;

        /// Who may return slashes and cancel those that wait.
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

    /// Who wants to be elected.
    #[pallet::storage]
    pub type Candidates<T: Config> =
        CountedStorageMap<_, Blake2_128Concat, T::AccountId, Candidate, OptionQuery>;

    /// The stake behind each validator, candidate or not.
    #[pallet::storage]
    pub type Pools<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, PoolOf<T>, OptionQuery>;

    /// What each account has behind validators, its own stake as a validator included.
    #[pallet::storage]
    pub type Guardians<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, GuardianOf<T>, OptionQuery>;

    /// What left a validator, by the last era for which it is liable.
    #[pallet::storage]
    pub type Left<T: Config> = StorageDoubleMap<
        _,
        Blake2_128Concat,
        T::AccountId,
        Twox64Concat,
        EraIndex,
        Fund<StakeOf<T>>,
        OptionQuery,
    >;

    /// Where the chain is in its eras.
    #[pallet::storage]
    pub type Era<T: Config> = StorageValue<_, EraState, ValueQuery>;

    /// The last eras and their first sessions, the oldest first.
    #[pallet::storage]
    pub type History<T: Config> =
        StorageValue<_, BoundedVec<(EraIndex, SessionIndex), ConstU32<MAX_ERAS>>, ValueQuery>;

    /// The validators of the era that runs.
    #[pallet::storage]
    pub type Elected<T: Config> = StorageValue<_, ValidatorsOf<T>, ValueQuery>;

    /// The validators of the next era, once it is planned.
    #[pallet::storage]
    pub type Planned<T: Config> = StorageValue<_, ValidatorsOf<T>, ValueQuery>;

    /// The blocks that each validator has made in the era that runs.
    #[pallet::storage]
    pub type Points<T: Config> = StorageMap<_, Twox64Concat, T::AccountId, u32, ValueQuery>;

    /// Slashes that wait.
    #[pallet::storage]
    pub type Accusations<T: Config> =
        StorageValue<_, BoundedVec<AccusationOf<T>, ConstU32<MAX_ACCUSATIONS>>, ValueQuery>;

    /// The other half of a validator and an edge operator, as each of them says. Counts when both name each other.
    #[pallet::storage]
    pub type Links<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, T::AccountId, OptionQuery>;

    /// The first validators.
    #[pallet::genesis_config]
    #[derive(DefaultNoBound)]
    pub struct GenesisConfig<T: Config> {
        /// Each account that is a validator from the first block on, with its own stake in planck of THETA.
        pub validators: Vec<(T::AccountId, StakeOf<T>)>,
    }

    #[pallet::genesis_build]
    impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
        fn build(&self) {
            Pallet::<T>::build_genesis(&self.validators);
        }
    }

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
        /// Bonded THETA began to back a validator.
        Delegated {
            /// The owner.
            who: T::AccountId,
            /// Whom it backs.
            validator: T::AccountId,
            /// How much, in planck.
            value: StakeOf<T>,
        },
        /// THETA backs a validator no longer and waits for its release.
        Undelegated {
            /// The owner.
            who: T::AccountId,
            /// Whom it backed.
            validator: T::AccountId,
            /// How much, in planck.
            value: StakeOf<T>,
            /// First block in which it can be withdrawn.
            release_at: BlockNumber,
        },
        /// THETA backs another validator.
        Redelegated {
            /// The owner.
            who: T::AccountId,
            /// Whom it backed.
            from: T::AccountId,
            /// Whom it backs.
            to: T::AccountId,
            /// How much, in planck.
            value: StakeOf<T>,
        },
        /// What a slash took of an account's stake was burned.
        LossBurned {
            /// The owner.
            who: T::AccountId,
            /// How much, in planck.
            value: StakeOf<T>,
        },
        /// An account wants to be elected, or changed its terms.
        Validating {
            /// The candidate.
            who: T::AccountId,
            /// Its own stake, in planck.
            own: StakeOf<T>,
            /// The part of each reward that it takes first.
            commission: Permill,
        },
        /// An account is a candidate no longer.
        Chilled {
            /// Who it was.
            who: T::AccountId,
            /// Why.
            reason: ChillReason,
        },
        /// A validator or an edge operator named its other half.
        Linked {
            /// Who named it.
            who: T::AccountId,
            /// The other half; `None` takes the name back.
            other: Option<T::AccountId>,
        },
        /// Rewards were paid.
        Claimed {
            /// Who got them.
            who: T::AccountId,
            /// How much, in planck of TFUEL.
            value: TfuelBalance,
        },
        /// The validators of the next era are known.
        EraPlanned {
            /// The era.
            era: EraIndex,
            /// Its first session.
            session: SessionIndex,
            /// Its validators, the highest score first.
            validators: Vec<T::AccountId>,
        },
        /// An era began.
        EraStarted {
            /// The era.
            era: EraIndex,
        },
        /// A validator committed an offence; its slash waits.
        SlashDeferred {
            /// The validator.
            validator: T::AccountId,
            /// The era of the offence.
            era: EraIndex,
            /// The part that will be taken.
            part: Perbill,
            /// The era that begins with the slash.
            apply_at: EraIndex,
        },
        /// All stake behind a validator was slashed. Owners lose their parts when they are next touched.
        PoolSlashed {
            /// The validator.
            validator: T::AccountId,
            /// The era of the offence.
            era: EraIndex,
            /// How much, in planck.
            taken: StakeOf<T>,
        },
        /// A slash that waited was cancelled.
        SlashCancelled {
            /// The validator.
            validator: T::AccountId,
            /// The era of the offence.
            era: EraIndex,
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
        /// Nobody of this name is a candidate, or ever was. List the validators.
        UnknownValidator,
        /// The validator is no candidate at the moment. Choose another one, or wait until it validates again.
        ValidatorChilled,
        /// A validator backs itself with `validate`.
        DelegatingToOneself,
        /// The account has nothing behind this validator. Look at its delegations.
        NotDelegating,
        /// Less is behind this validator than the amount.
        InsufficientDelegation,
        /// What would be behind this validator is less than the minimum and not zero. Delegate more, or take everything back.
        DelegationTooSmall,
        /// The account backs as many validators as it can. Take one delegation back first, or enlarge one.
        TooManyDelegations,
        /// Too much has left validators and waits. Withdraw, or wait until something can be withdrawn.
        TooManyExits,
        /// Both validators are the same one.
        SameValidator,
        /// A part of this stake came from another validator and is still liable for it. Wait until that has ended.
        StillLiable,
        /// Slashes have left next to nothing in the pool. Choose another validator, or try again in the next era.
        PoolClosed,
        /// A slash of this validator waits. Choose another one, or wait until the slash is applied or cancelled.
        SlashPending,
        /// The account has no session keys. Call `author_rotateKeysWithOwner` on its node and submit them with
        /// `session.set_keys`.
        NoSessionKeys,
        /// Less of the candidate's own stake is in its pool than the minimum. Add stake.
        OwnStakeTooSmall,
        /// There are as many candidates as there can be. Wait until one leaves.
        TooManyCandidates,
        /// The account is no candidate.
        NotACandidate,
        /// A candidate keeps its own stake. Chill first.
        StillCandidate,
        /// Nothing was earned since the last time.
        NothingToClaim,
        /// No slash has reached this account since it was last touched.
        NothingToSettle,
        /// No slash of this validator for this era waits. It was applied or cancelled.
        NoSuchAccusation,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn integrity_test() {
            let election = <T as Config>::WeightInfo::plan_session(MAX_CANDIDATES);
            assert!(
                T::BlockWeights::get().max_block.all_gte(election),
                "a block must have room for the election of all candidates: {election:?}"
            );
        }

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

        /// Lets bonded THETA of the caller back a validator: the caller is its guardian, earns with it and is slashed with it.
        ///
        /// - origin: signed.
        /// - `validator`: a candidate that no slash waits for, and not the caller.
        /// - `value`: how much, in planck; not at risk. At least the minimum must back the validator afterwards, and nothing or
        ///   at least the minimum must stay bonded.
        #[pallet::call_index(6)]
        pub fn delegate(origin: OriginFor<T>, validator: T::AccountId, value: StakeOf<T>) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_delegate(&who, &validator, value)
        }

        /// Takes THETA back from a validator. It can be withdrawn after the unbonding time, and is liable until then for
        /// what the validator has done so far.
        ///
        /// - origin: signed.
        /// - `validator`: whom it backs; the caller itself for a validator's own stake.
        /// - `value`: how much, in planck; nothing or at least the minimum must stay.
        #[pallet::call_index(7)]
        pub fn undelegate(
            origin: OriginFor<T>,
            validator: T::AccountId,
            value: StakeOf<T>,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_undelegate(&who, &validator, value)
        }

        /// Moves THETA from one validator to another at once. It is liable for both during the unbonding time, and cannot
        /// leave the second one before.
        ///
        /// - origin: signed.
        /// - `from`: whom it backs.
        /// - `to`: whom it is to back: a candidate that no slash waits for.
        /// - `value`: how much, in planck; the minima are those of `undelegate` and `delegate`.
        #[pallet::call_index(8)]
        pub fn redelegate(
            origin: OriginFor<T>,
            from: T::AccountId,
            to: T::AccountId,
            value: StakeOf<T>,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_redelegate(&who, &from, &to, value)
        }

        /// Makes the caller a candidate, or changes its terms, or adds to its own stake.
        ///
        /// - origin: signed; its session keys must be set.
        /// - `value`: bonded THETA that is added to its own stake, in planck; may be zero.
        /// - `commission`: the part of each reward that it takes before its guardians, from the next election on.
        #[pallet::call_index(9)]
        pub fn validate(origin: OriginFor<T>, value: StakeOf<T>, commission: Permill) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_validate(&who, value, commission)
        }

        /// Ends the caller's candidacy with the next election.
        ///
        /// - origin: signed.
        #[pallet::call_index(10)]
        pub fn chill(origin: OriginFor<T>) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_chill(&who)
        }

        /// Pays the caller what it has earned as a validator and as a guardian.
        ///
        /// - origin: signed.
        #[pallet::call_index(11)]
        pub fn claim(origin: OriginFor<T>) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_claim(&who)
        }

        /// Burns what slashes of validators took of the stake of `who`, which otherwise happens when `who` is next touched.
        ///
        /// - origin: signed by anybody, who pays nothing when something was burned.
        /// - `who`: the owner.
        #[pallet::call_index(12)]
        pub fn settle_losses(origin: OriginFor<T>, who: T::AccountId) -> DispatchResultWithPostInfo {
            ensure_signed(origin)?;
            Self::do_settle(&who)?;
            Ok(Pays::No.into())
        }

        /// Names the other half of the caller: a validator names its edge operator and the operator names the validator.
        /// When both do, the operator's work counts in the validator's elections.
        ///
        /// - origin: signed.
        /// - `other`: the other half; `None` takes the name back.
        #[pallet::call_index(13)]
        pub fn link(origin: OriginFor<T>, other: Option<T::AccountId>) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_link(&who, other);
            Ok(())
        }

        /// Cancels a slash that waits.
        ///
        /// - origin: [`Config::AdminOrigin`].
        /// - `validator`: whose slash it is.
        /// - `era`: the era of the offence.
        #[pallet::call_index(14)]
        pub fn cancel_slash(origin: OriginFor<T>, validator: T::AccountId, era: EraIndex) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            Self::do_cancel_slash(&validator, era)
        }
    }

    #[pallet::view_functions]
    impl<T: Config> Pallet<T> {
        /// The stake of `who`.
        pub fn ledger(who: T::AccountId) -> Option<LedgerOf<T>> {
            Ledgers::<T>::get(who)
        }

        /// What `who` has behind validators, after everything that they earned and lost has reached it.
        pub fn guardian(who: T::AccountId) -> GuardianOf<T> {
            Self::open(&who).1
        }

        /// The stake behind `validator`.
        pub fn pool(validator: T::AccountId) -> Option<PoolOf<T>> {
            Pools::<T>::get(validator)
        }

        /// Everybody who is a candidate or in office.
        pub fn standings() -> Vec<StandingOf<T>> {
            Self::all_standings()
        }

        /// What `who` could claim now, in planck of TFUEL.
        pub fn claimable_of(who: T::AccountId) -> TfuelBalance {
            Self::claimable(&who)
        }

        /// What slashes took of the stake of `who` that is not burned yet, in planck.
        pub fn pending_loss_of(who: T::AccountId) -> StakeOf<T> {
            Self::pending_loss(&who)
        }

        /// Where the chain is in its eras.
        pub fn era() -> EraState {
            Era::<T>::get()
        }

        /// The validators of the era that runs.
        pub fn elected() -> ValidatorsOf<T> {
            Elected::<T>::get()
        }
    }
}
