//! Values fixed at genesis and values that governance may set.
//!
//! Epoch length and slot time are written by genesis and by nothing else: BABE cannot survive a change of either. The
//! governed values come in groups ([`JobRules`], [`StakeRules`], [`WorkerRules`], [`DisputeRules`], [`RewardRules`],
//! [`GovernanceRules`]), each set as a whole, so that every relation inside a group is checked at once. Readers never look
//! at the storage: they use the getters in this crate, which clamp to the safe side ([`JobRulesOf`], [`StakeRulesOf`],
//! [`WorkerRulesOf`], [`DisputeRulesOf`], [`RewardRulesOf`], [`GovernanceRulesOf`], [`EpochLength`], [`SlotDuration`],
//! [`MinimumPeriod`]).
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

use polkadot_sdk::polkadot_sdk_frame as frame;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod checks;
mod clamps;
mod getters;
#[cfg(test)]
mod mock;
pub mod presets;
mod set_rules;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
pub mod weights;

pub use clamps::{
    longest_dispute, longest_liability, MAX_CREDIT, MAX_EXECUTION, MAX_FINDER_SHARE, MAX_ISSUANCE,
    MAX_PERIOD, MAX_REFERENDUM_DEPOSIT, MAX_REPORT_SESSIONS, MAX_VOTE_PERIOD, MAX_WINDOW,
    MIN_BYTES_PER_BLOCK, MIN_FEELESS_BYTES,
};
pub use getters::{
    DisputeRulesOf, EpochLength, GovernanceRulesOf, JobRulesOf, MinimumPeriod, RewardRulesOf, SlotDuration,
    StakeRulesOf, WorkerRulesOf,
};
pub use pallet::*;
pub use weights::WeightInfo;

// In what FRAME's macros generate: a pallet is expected to be part of its runtime, and an enum's index fits a byte.
#[allow(clippy::expect_used, clippy::cast_possible_truncation)]
#[frame::pallet]
pub mod pallet {
    use crate::{frame, presets, WeightInfo};
    use frame::prelude::*;
    use pallet_support::{DisputeRules, GovernanceRules, JobRules, RewardRules, StakeRules, WorkerRules};

    /// What this pallet needs from the runtime.
    #[pallet::config]
    pub trait Config: polkadot_sdk::frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// Who may set the governed values; those of governance itself, root alone.
        type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

        /// The most VRF outputs that one seed can hold: what the randomness source offers.
        #[pallet::constant]
        type MaxDrawOutputs: Get<u32>;

        /// Weights of the calls.
        type WeightInfo: WeightInfo;
    }

    #[pallet::pallet]
    pub struct Pallet<T>(_);

    /// Slots in an epoch. Written by genesis only; read through [`crate::EpochLength`].
    #[pallet::storage]
    pub type EpochSlots<T: Config> = StorageValue<_, u64, ValueQuery, DefaultEpochSlots>;

    /// Milliseconds in a slot. Written by genesis only; read through [`crate::SlotDuration`].
    #[pallet::storage]
    pub type SlotMillis<T: Config> = StorageValue<_, u64, ValueQuery, DefaultSlotMillis>;

    /// What jobs live by, as it was set; read through [`crate::JobRulesOf`].
    #[pallet::storage]
    pub type Jobs<T: Config> = StorageValue<_, JobRules, ValueQuery, DefaultJobRules>;

    /// What the stake ledger lives by, as it was set; read through [`crate::StakeRulesOf`].
    #[pallet::storage]
    pub type Stake<T: Config> = StorageValue<_, StakeRules, ValueQuery, DefaultStakeRules>;

    /// What the worker registry lives by, as it was set; read through [`crate::WorkerRulesOf`].
    #[pallet::storage]
    pub type Workers<T: Config> = StorageValue<_, WorkerRules, ValueQuery, DefaultWorkerRules>;

    /// What disputes live by, as it was set; read through [`crate::DisputeRulesOf`].
    #[pallet::storage]
    pub type Disputes<T: Config> = StorageValue<_, DisputeRules, ValueQuery, DefaultDisputeRules>;

    /// What issuance lives by, as it was set; read through [`crate::RewardRulesOf`].
    #[pallet::storage]
    pub type Rewards<T: Config> = StorageValue<_, RewardRules, ValueQuery, DefaultRewardRules>;

    /// What referenda and the treasury live by, as it was set; read through [`crate::GovernanceRulesOf`].
    #[pallet::storage]
    pub type Governance<T: Config> = StorageValue<_, GovernanceRules, ValueQuery, DefaultGovernanceRules>;

    /// Slots in an epoch when genesis said nothing.
    #[pallet::type_value]
    pub fn DefaultEpochSlots() -> u64 {
        presets::EPOCH_SLOTS
    }

    /// Milliseconds in a slot when genesis said nothing.
    #[pallet::type_value]
    pub fn DefaultSlotMillis() -> u64 {
        presets::SLOT_MILLIS
    }

    /// Job rules when genesis said nothing.
    #[pallet::type_value]
    pub fn DefaultJobRules() -> JobRules {
        presets::job_rules::defaults()
    }

    /// Stake rules when genesis said nothing.
    #[pallet::type_value]
    pub fn DefaultStakeRules() -> StakeRules {
        presets::stake_rules::defaults()
    }

    /// Worker rules when genesis said nothing.
    #[pallet::type_value]
    pub fn DefaultWorkerRules() -> WorkerRules {
        presets::worker_rules::defaults()
    }

    /// Dispute rules when genesis said nothing.
    #[pallet::type_value]
    pub fn DefaultDisputeRules() -> DisputeRules {
        presets::dispute_rules::defaults()
    }

    /// Reward rules when genesis said nothing.
    #[pallet::type_value]
    pub fn DefaultRewardRules() -> RewardRules {
        presets::reward_rules::defaults()
    }

    /// Governance rules when genesis said nothing.
    #[pallet::type_value]
    pub fn DefaultGovernanceRules() -> GovernanceRules {
        presets::governance_rules::defaults()
    }

    /// The values at genesis. A chain specification with inconsistent values does not build.
    #[pallet::genesis_config]
    #[derive(DebugNoBound, CloneNoBound, PartialEqNoBound, EqNoBound)]
    pub struct GenesisConfig<T: Config> {
        /// Slots in an epoch.
        pub epoch_slots: u64,
        /// Milliseconds in a slot; even, since half of it is the least time between two blocks.
        pub slot_millis: u64,
        /// What jobs live by.
        pub job_rules: JobRules,
        /// What the stake ledger lives by.
        pub stake_rules: StakeRules,
        /// What the worker registry lives by.
        pub worker_rules: WorkerRules,
        /// What disputes live by.
        pub dispute_rules: DisputeRules,
        /// What issuance lives by.
        pub reward_rules: RewardRules,
        /// What referenda and the treasury live by.
        pub governance_rules: GovernanceRules,
        /// Binds the configuration to its runtime.
        #[serde(skip)]
        pub _config: PhantomData<T>,
    }

    impl<T: Config> Default for GenesisConfig<T> {
        fn default() -> Self {
            Self {
                epoch_slots: presets::EPOCH_SLOTS,
                slot_millis: presets::SLOT_MILLIS,
                job_rules: presets::job_rules::defaults(),
                stake_rules: presets::stake_rules::defaults(),
                worker_rules: presets::worker_rules::defaults(),
                dispute_rules: presets::dispute_rules::defaults(),
                reward_rules: presets::reward_rules::defaults(),
                governance_rules: presets::governance_rules::defaults(),
                _config: PhantomData,
            }
        }
    }

    #[pallet::genesis_build]
    impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
        fn build(&self) {
            Pallet::<T>::build_genesis(self)
        }
    }

    #[pallet::event]
    #[pallet::generate_deposit(pub(super) fn deposit_event)]
    pub enum Event<T: Config> {
        /// What jobs live by has changed.
        JobRulesSet {
            /// The new rules.
            rules: JobRules,
        },
        /// What the stake ledger lives by has changed.
        StakeRulesSet {
            /// The new rules, as they were set.
            rules: StakeRules,
        },
        /// What the worker registry lives by has changed.
        WorkerRulesSet {
            /// The new rules.
            rules: WorkerRules,
        },
        /// What disputes live by has changed.
        DisputeRulesSet {
            /// The new rules.
            rules: DisputeRules,
        },
        /// What issuance lives by has changed.
        RewardRulesSet {
            /// The new rules.
            rules: RewardRules,
        },
        /// What referenda and the treasury live by has changed.
        GovernanceRulesSet {
            /// The new rules.
            rules: GovernanceRules,
        },
    }

    /// Why a set of rules was refused. Nothing was changed; correct the named value and call again.
    #[pallet::error]
    pub enum Error<T> {
        /// A draw must use at least one VRF output and at most [`Config::MaxDrawOutputs`].
        DrawOutputsOutOfRange,
        /// The decision on an audit must use at least one VRF output and at most [`Config::MaxDrawOutputs`].
        AuditOutputsOutOfRange,
        /// A job must be allowed at least one replica and at most [`edgeproof_primitives::MAX_REPLICAS`].
        MaxReplicasOutOfRange,
        /// The greatest chance of an audit must not exceed a million parts per million.
        MaxAuditRateAboveWhole,
        /// There must be at least one worker for each replica.
        WorkersPerReplicaZero,
        /// The interval between two draws must be at least one block.
        RedrawIntervalZero,
        /// A job must wait for its draw longer than the outputs of the seed take: `max_draw > draw_outputs`.
        DrawTimeTooShort,
        /// The shortest execution deadline must be at least one block.
        MinExecutionZero,
        /// The shortest execution deadline must not exceed the longest.
        ExecutionRangeEmpty,
        /// A deadline must allow for at least one operation per block.
        OperationsPerBlockZero,
        /// There must be at least one block in which to reveal.
        RevealZero,
        /// The base of the window must be at least one block.
        WindowBaseZero,
        /// The longest window must admit the longest execution: `2 * max_execution + window_base <= max_window`.
        MaxWindowTooShort,
        /// A receipt must be kept for at least one block.
        ReceiptRetentionZero,
        /// A job must be drawn at least once.
        MaxDrawsZero,
        /// The price floor must be at least one planck of TFUEL per giga-operation.
        PriceFloorZero,
        /// The worker's share of the fee must not exceed the whole.
        WorkerShareAboveWhole,
        /// The feeless bytes of a block must admit a reveal with the longest inline output ([`crate::MIN_FEELESS_BYTES`]).
        FeelessBytesTooFew,
        /// A least stake must be at least one planck of THETA.
        LeastStakeZero,
        /// Unbonding must take at least one block.
        UnbondingZero,
        /// An era must have between one and [`pallet_support::MAX_SEATS`] validators.
        MaxValidatorsOutOfRange,
        /// Work must not add more than [`crate::MAX_CREDIT`] to a score, so that it cannot outvote stake.
        MaxCreditTooLarge,
        /// An era must have at least two sessions, because it is planned one session before it begins.
        SessionsPerEraTooFew,
        /// There must be at least one block in which to report an offence.
        ReportWindowZero,
        /// A slash must wait for at least one era and at most 28.
        SlashDeferralOutOfRange,
        /// The bond must be at least the value of the fee.
        BondFactorZero,
        /// THETA per TFUEL must be more than zero.
        RateZero,
        /// The slash for a missed commit deadline must not exceed the whole bond.
        MissedCommitSlashAboveWhole,
        /// The finder's share must not exceed [`crate::MAX_FINDER_SHARE`], so that refuting oneself always loses.
        FinderShareTooLarge,
        /// There must be at least one block in which to answer.
        AnswerZero,
        /// A party must be expected to hash at least [`crate::MIN_BYTES_PER_BLOCK`].
        BytesPerBlockTooFew,
        /// At least one dispute must be played at once, and at most [`pallet_support::MAX_GAMES`].
        MaxGamesOutOfRange,
        /// At least one worker must judge, and at most [`pallet_support::MAX_JUDGES`].
        JudgesOutOfRange,
        /// Judges need at least one block.
        JudgementZero,
        /// Decision, confirmation, enactment, vote lock and spending period must take at least one block.
        VotePeriodZero,
        /// A referendum must be able to wait for its deposit longer than it is prepared.
        UndecidedTooShort,
        /// Who has won a vote must be locked at least until it is enacted.
        VoteLockTooShort,
        /// A referendum must cost a deposit.
        SubmissionDepositZero,
        /// The burned part of the treasury must not exceed the whole.
        TreasuryBurnAboveWhole,
        /// A number of blocks is above [`crate::MAX_PERIOD`]; a window, above [`crate::MAX_WINDOW`]; an execution deadline,
        /// the time to draw, to reveal or to answer, or the base of a window, above [`crate::MAX_EXECUTION`]; a period of a
        /// vote, above [`crate::MAX_VOTE_PERIOD`].
        PeriodTooLong,
        /// A price, deposit or stake is above the whole supply of its token; a deposit of a referendum, above
        /// [`crate::MAX_REFERENDUM_DEPOSIT`].
        AmountTooLarge,
        /// Issuance must not exceed [`crate::MAX_ISSUANCE`] per block.
        IssuanceTooHigh,
        /// The returned share must not exceed [`pallet_support::MAX_RETURNED_SHARE`], so that paying oneself always loses.
        ReturnedShareTooLarge,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn integrity_test() {
            assert!(
                T::MaxDrawOutputs::get() >= 1,
                "a draw needs at least one VRF output"
            );
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), frame::deps::sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call(weight(<T as Config>::WeightInfo))]
    impl<T: Config> Pallet<T> {
        /// Sets what jobs live by. Jobs that exist already keep the deadlines they were given.
        ///
        /// - `origin`: must be [`Config::AdminOrigin`].
        /// - `rules`: the new rules, all of them; refused when a relation between them does not hold.
        #[pallet::call_index(0)]
        pub fn set_job_rules(origin: OriginFor<T>, rules: JobRules) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            Self::do_set_job_rules(rules)
        }

        /// Sets what the stake ledger lives by.
        ///
        /// - `origin`: must be [`Config::AdminOrigin`].
        /// - `rules`: the new rules, all of them. Unbonding takes at least as long as the longest dispute whatever is set
        ///   here ([`crate::StakeRulesOf`]).
        #[pallet::call_index(1)]
        pub fn set_stake_rules(origin: OriginFor<T>, rules: StakeRules) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            Self::do_set_stake_rules(rules)
        }

        /// Sets what the worker registry lives by. Workers that hold a seat keep the bond of their draw.
        ///
        /// - `origin`: must be [`Config::AdminOrigin`].
        /// - `rules`: the new rules, all of them.
        #[pallet::call_index(2)]
        pub fn set_worker_rules(origin: OriginFor<T>, rules: WorkerRules) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            Self::do_set_worker_rules(rules)
        }

        /// Sets what disputes live by. A deadline that runs already stays as it was given.
        ///
        /// - `origin`: must be [`Config::AdminOrigin`].
        /// - `rules`: the new rules, all of them.
        #[pallet::call_index(3)]
        pub fn set_dispute_rules(origin: OriginFor<T>, rules: DisputeRules) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            Self::do_set_dispute_rules(rules)
        }

        /// Sets what issuance lives by, for the eras that have not ended.
        ///
        /// - `origin`: must be [`Config::AdminOrigin`].
        /// - `rules`: the new rules, all of them.
        #[pallet::call_index(4)]
        pub fn set_reward_rules(origin: OriginFor<T>, rules: RewardRules) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            Self::do_set_reward_rules(rules)
        }

        /// Sets what referenda and the treasury live by. Deposits that were paid already stay as they are.
        ///
        /// - `origin`: must be root, so that no other track of referenda makes its own votes easier.
        /// - `rules`: the new rules, all of them.
        #[pallet::call_index(5)]
        pub fn set_governance_rules(origin: OriginFor<T>, rules: GovernanceRules) -> DispatchResult {
            ensure_root(origin)?;
            Self::do_set_governance_rules(rules)
        }
    }

    #[pallet::view_functions]
    impl<T: Config> Pallet<T> {
        /// What jobs live by now.
        pub fn job_rules() -> JobRules {
            crate::JobRulesOf::<T>::get()
        }

        /// What the stake ledger lives by now, unbonding already raised to the longest dispute.
        pub fn stake_rules() -> StakeRules {
            crate::StakeRulesOf::<T>::get()
        }

        /// What the worker registry lives by now.
        pub fn worker_rules() -> WorkerRules {
            crate::WorkerRulesOf::<T>::get()
        }

        /// What disputes live by now.
        pub fn dispute_rules() -> DisputeRules {
            crate::DisputeRulesOf::<T>::get()
        }

        /// What issuance lives by now.
        pub fn reward_rules() -> RewardRules {
            crate::RewardRulesOf::<T>::get()
        }

        /// What referenda and the treasury live by now.
        pub fn governance_rules() -> GovernanceRules {
            crate::GovernanceRulesOf::<T>::get()
        }
    }
}
