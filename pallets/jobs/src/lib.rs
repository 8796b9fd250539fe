//! Programs, jobs, escrow, replicas, blind audits, commit and reveal, settlement, receipts.
//!
//! ```text
//!  submit_job            draw              last commitment       last reveal         window ends
//!    Open  ───────────▶ Assigned ────────▶ Committed ─────────▶ Revealed ─────────▶ receipt
//!     │ cancel/expire      │  │                 ▲                 │    ▲
//!     ▼                    │  ▼ may be audited  │ roots differ    ▼    │ one root is left
//!   receipt                │ Deciding ──▶ Auditing    └────────▶ Disputed
//!                          ▼                                        │ none is left
//!               a seat is lost: Open again, or when the draws are used up: receipt
//! ```
//!
//! All seats of a job commit before anybody reveals, and an auditor, whom nobody can foresee, commits after the replicas
//! and before they reveal. A dispute moves the job through [`pallet_support::DisputedJobs`]; this pallet knows neither its
//! rules nor its players.
//!
//! Nobody has to call for a deadline to count: the [agenda](crate::agenda) fires them. Calls judge deadlines by the
//! block number, so a late call fails even when the agenda is behind. Every end distributes the whole escrow and leaves
//! a receipt until it is pruned.
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

use polkadot_sdk::polkadot_sdk_frame as frame;

pub mod agenda;
mod answers;
mod audit;
mod data;
mod disputed;
mod draw;
mod extension;
mod market;
mod misses;
mod payments;
mod posting;
mod program;
mod programs;
mod queries;
mod quote;
mod results;
mod settlement;
// The derived encoding casts the index of a variant with fields.
#[allow(clippy::cast_possible_truncation)]
mod state;
mod terms;
mod types;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
#[allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation
)]
mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;

pub use audit::AUDIT_DOMAIN;
pub use draw::{draw_subject, DRAW_DOMAIN};
pub use extension::{BelowAnswers, PrioritizeAnswers};
pub use pallet::*;
pub use queries::{MAX_ASSIGNMENTS, MAX_SCAN};
pub use types::{
    AgendaEntry, ClaimedResult, Committed, Cursor, DrawnOf, Due, FeelessUsage, Job, JobOf, JobState,
    ProgramInfo, ProgramInfoOf, ReceiptOf, Revealed, Seat, SeatOf, StakeOf, MAX_DRAWS, MAX_EXCLUDED,
};
pub use weights::WeightInfo;

/// Bytes that a reveal carries inline.
pub(crate) fn inline_len(opening: &edgeproof_primitives::RevealOpening) -> u32 {
    use frame::prelude::SaturatedConversion;
    opening
        .inline_output
        .as_ref()
        .map_or(0, |output| output.len().saturated_into())
}

// In what FRAME's macros generate: a pallet is expected to be part of its runtime, and an enum's index fits a byte.
#[allow(clippy::expect_used, clippy::cast_possible_truncation)]
#[frame::pallet]
pub mod pallet {
    use super::*;
    use alloc::vec::Vec;
    use edgeproof_primitives::{
        Assurance, BlobHash, BlockNumber, Commitment, Demands, JobId, JobSpec, Ops, Outcome, ProgramId,
        Quote, QuoteError, Reason, RevealOpening, TfuelBalance, Waiting, WhyNot, MAX_INLINE_BYTES,
        MAX_PROGRAM_BYTES,
    };
    use frame::{deps::frame_support::weights::WeightMeter, prelude::*, token::fungible};
    use pallet_support::{
        Disputes, JobRules, OnBurned, OnJobBurned, OnJobEnded, SeedSource, WorkerDraw, WorkerMarket,
    };

    #[pallet::config]
    pub trait Config: polkadot_sdk::frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// TFUEL: pays for jobs and is deposited.
        type Fuel: fungible::Inspect<Self::AccountId, Balance = TfuelBalance>
            + fungible::Mutate<Self::AccountId>
            + fungible::hold::Mutate<Self::AccountId, Reason = Self::RuntimeHoldReason>;
        /// The runtime's reasons of holds.
        type RuntimeHoldReason: From<HoldReason>;
        /// Randomness of draws and audits.
        type Seeds: SeedSource;
        /// The registry of workers.
        type Workers: WorkerMarket<
            Self::AccountId,
            Fuel = TfuelBalance,
            Stake: Parameter + Member + MaxEncodedLen + Copy + Default,
        >;
        /// Where different results are disputed.
        type Disputes: Disputes<
            Self::AccountId,
            Stake = <Self::Workers as WorkerDraw<Self::AccountId>>::Stake,
        >;
        /// Wants to know that a job has ended.
        type OnEnded: OnJobEnded;
        /// Counts burned TFUEL.
        type OnBurned: OnBurned<TfuelBalance>;
        /// Counts what was burned of it for the work of each stash.
        type OnJobBurned: OnJobBurned<Self::AccountId>;
        /// The governed values.
        type Rules: Get<JobRules>;
        /// Weight that the agenda may use in every block, reserved.
        #[pallet::constant]
        type AgendaWeight: Get<Weight>;
        /// Measured weights.
        type WeightInfo: WeightInfo;
    }

    #[pallet::pallet]
    pub struct Pallet<T>(_);

    /// Why this pallet holds TFUEL.
    #[pallet::composite_enum]
    pub enum HoldReason {
        /// Price caps and deposits of live jobs.
        Escrow,
        /// Deposits of stored programs.
        ProgramDeposit,
    }

    /// Stored programs, by the BLAKE3 hash of their encoding.
    #[pallet::storage]
    pub type Programs<T: Config> = StorageMap<_, Identity, ProgramId, ProgramInfoOf<T>>;

    /// The encoding of each stored program.
    #[pallet::storage]
    pub type ProgramCode<T: Config> =
        StorageMap<_, Identity, ProgramId, BoundedVec<u8, ConstU32<MAX_PROGRAM_BYTES>>>;

    /// Number of the next job.
    #[pallet::storage]
    pub type NextJob<T: Config> = StorageValue<_, JobId, ValueQuery>;

    /// Live jobs.
    #[pallet::storage]
    pub type Jobs<T: Config> = StorageMap<_, Twox64Concat, JobId, JobOf<T>>;

    /// Live jobs in which an operator key holds a seat.
    #[pallet::storage]
    pub type SeatsOf<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, JobId, ()>;

    /// Ended jobs, until they are pruned.
    #[pallet::storage]
    pub type Receipts<T: Config> = StorageMap<_, Twox64Concat, JobId, ReceiptOf<T>>;

    /// Outputs that were asked inline, as the first reveal brought them, until the receipt is pruned or another result
    /// stands.
    #[pallet::storage]
    pub type InlineOutputs<T: Config> =
        StorageMap<_, Twox64Concat, JobId, BoundedVec<u8, ConstU32<MAX_INLINE_BYTES>>>;

    /// What is due at the start of a block, by its place in the block's list.
    #[pallet::storage]
    pub type Agenda<T: Config> =
        StorageDoubleMap<_, Twox64Concat, BlockNumber, Twox64Concat, u32, AgendaEntry>;

    /// Entries that were planned for a block.
    #[pallet::storage]
    pub type AgendaLength<T: Config> = StorageMap<_, Twox64Concat, BlockNumber, u32, ValueQuery>;

    /// The first entry that has not been done.
    #[pallet::storage]
    pub type AgendaCursor<T: Config> = StorageValue<_, Cursor>;

    /// Feeless bytes of the last block that had any.
    #[pallet::storage]
    pub type FeelessBytes<T: Config> = StorageValue<_, FeelessUsage, ValueQuery>;

    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A program was verified and stored.
        ProgramRegistered {
            /// BLAKE3 hash of its encoding.
            program: ProgramId,
            /// Who registered it.
            owner: T::AccountId,
            /// Operations of one run, at the declared maxima of the parameters.
            operations: Ops,
            /// Held from the owner, in planck of TFUEL.
            deposit: TfuelBalance,
        },
        /// A program was removed.
        ProgramRemoved {
            /// Which.
            program: ProgramId,
            /// Released to the owner, in planck of TFUEL.
            deposit: TfuelBalance,
        },
        /// A job was posted and waits for its draw.
        JobSubmitted {
            /// Its number.
            job: JobId,
            /// Who pays.
            requester: T::AccountId,
            /// What it runs.
            program: ProgramId,
            /// Operations, at the program's declared maxima.
            operations: Ops,
            /// The most that one seat may cost, in planck of TFUEL.
            price_cap: TfuelBalance,
        },
        /// A worker was drawn.
        JobAssigned {
            /// The job.
            job: JobId,
            /// The key that must commit and reveal.
            operator: T::AccountId,
            /// The price of the seat, in planck of TFUEL.
            fee: TfuelBalance,
            /// Last block in which a commitment is taken.
            commit_by: BlockNumber,
        },
        /// All replicas have committed, and randomness decided about an audit.
        AuditDecided {
            /// The job.
            job: JobId,
            /// Whether an auditor is drawn before anybody may reveal.
            audited: bool,
        },
        /// An auditor was drawn.
        AuditorAssigned {
            /// The job.
            job: JobId,
            /// The key that must commit and reveal.
            operator: T::AccountId,
            /// The price of the seat, in planck of TFUEL.
            fee: TfuelBalance,
            /// Last block in which a commitment is taken.
            commit_by: BlockNumber,
        },
        /// The job goes on without an auditor: nobody was found in time, or as many as may be drawn missed the commit
        /// deadline.
        AuditGivenUp {
            /// The job.
            job: JobId,
        },
        /// A worker committed to its result.
        ResultCommitted {
            /// The job.
            job: JobId,
            /// Who committed.
            operator: T::AccountId,
            /// To what.
            commitment: Commitment,
        },
        /// A worker opened its commitment.
        ResultRevealed {
            /// The job.
            job: JobId,
            /// Whose result it is.
            operator: T::AccountId,
            /// Root of the output.
            output_root: BlobHash,
        },
        /// One result stands: all that were revealed agree, or a dispute left no other.
        ResultStands {
            /// The job.
            job: JobId,
            /// Root of the output.
            output_root: BlobHash,
            /// Last block of the window; the job settles at the start of the next.
            window_ends: BlockNumber,
        },
        /// Workers revealed different results, and a dispute began.
        ResultsDiffer {
            /// The job.
            job: JobId,
            /// Last block in which another result may be claimed.
            window_ends: BlockNumber,
        },
        /// A worker let its commit deadline pass and lost the seat.
        CommitMissed {
            /// The job.
            job: JobId,
            /// Who failed.
            operator: T::AccountId,
            /// THETA moved to the requester, in planck.
            compensated: StakeOf<T>,
            /// THETA held until it is burned, in planck.
            held: StakeOf<T>,
        },
        /// A worker did not open its commitment and lost the seat and its bond.
        RevealMissed {
            /// The job.
            job: JobId,
            /// Who failed.
            operator: T::AccountId,
            /// THETA moved to the requester, in planck.
            compensated: StakeOf<T>,
            /// THETA held until it is burned, in planck.
            held: StakeOf<T>,
        },
        /// A dispute showed that a worker's result is wrong, and the worker lost the seat and its bond.
        ResultRefuted {
            /// The job.
            job: JobId,
            /// Whose result it was.
            operator: T::AccountId,
            /// Whoever is rewarded for it.
            finder: Option<T::AccountId>,
            /// THETA moved to the requester, in planck.
            compensated: StakeOf<T>,
            /// THETA moved to the finder, in planck.
            rewarded: StakeOf<T>,
            /// THETA held until it is burned, in planck.
            held: StakeOf<T>,
        },
        /// A result could not be fetched, and its worker lost the seat and its bond.
        OutputWithheld {
            /// The job.
            job: JobId,
            /// Whose result it was.
            operator: T::AccountId,
            /// THETA moved to the requester, in planck.
            compensated: StakeOf<T>,
            /// THETA held until it is burned, in planck.
            held: StakeOf<T>,
        },
        /// A worker said of an input that it is not to be had, and most judges got it.
        ReporterCharged {
            /// The job.
            job: JobId,
            /// The worker.
            operator: T::AccountId,
            /// THETA moved to the judges out of its bond, in planck.
            charged: StakeOf<T>,
        },
        /// A worker's share was burned because its stash cannot receive it (it does not exist and the share is below the
        /// existential deposit).
        WorkerShareBurned {
            /// The job.
            job: JobId,
            /// The account that was to be paid.
            stash: T::AccountId,
            /// The share, in planck of TFUEL; part of what [`Event::JobEnded`] reports as burned.
            amount: TfuelBalance,
        },
        /// A job ended and left a receipt. The three amounts add up to its escrow.
        JobEnded {
            /// The job.
            job: JobId,
            /// How.
            outcome: Outcome,
            /// Why.
            reason: Reason,
            /// To the workers' stashes, in planck of TFUEL.
            paid: TfuelBalance,
            /// Burned, in planck of TFUEL.
            burned: TfuelBalance,
            /// Released to the requester, in planck of TFUEL.
            refunded: TfuelBalance,
        },
        /// A receipt, and the inline output with it, was removed.
        ReceiptPruned {
            /// The job.
            job: JobId,
        },
    }

    #[pallet::error]
    #[derive(PartialEq, Eq)]
    pub enum Error<T> {
        /// The bytes are not one program of a version that this chain runs.
        ProgramMalformed,
        /// The program breaks a rule of types or structure. `edgeproof program inspect` names it and the place.
        ProgramIllTyped,
        /// The program exceeds a limit of the language. `edgeproof program inspect` names it and the place.
        ProgramOverLimit,
        /// The program is already stored: use it.
        ProgramExists,
        /// No such program is stored: register it first.
        UnknownProgram,
        /// Only the account that registered the program may remove it.
        NotOwner,
        /// Live jobs run the program: remove it when they have ended.
        ProgramInUse,
        /// There are as many jobs as numbers.
        TooManyJobs,
        /// The program takes another number of inputs.
        WrongInputCount,
        /// An input has not exactly the length of its buffer.
        WrongInputLength,
        /// The program takes another number of parameter words.
        WrongParameterCount,
        /// A parameter word exceeds the maximum that the program declares.
        ParameterTooLarge,
        /// A job needs at least one replica, and this chain draws no more than its rules say.
        ReplicasOutOfRange,
        /// The audit rate is above the maximum.
        AuditRateTooHigh,
        /// The window is nothing, or shorter than the chain's rule for one replica; leave it out to take the rule.
        WindowTooShort,
        /// The window exceeds the maximum; shorten it or the execution deadline.
        WindowTooLong,
        /// The draw deadline leaves no time for a draw, or is beyond the maximum.
        DrawDeadlineOutOfRange,
        /// The execution deadline is too short for the program's operations.
        ExecutionDeadlineTooShort,
        /// The execution deadline is beyond the maximum.
        ExecutionDeadlineTooLong,
        /// The price cap of a seat is below the floor for the program's operations.
        PriceCapBelowFloor,
        /// The output is too large to be asked inline.
        InlineOutputTooLarge,
        /// Only a single output can be asked inline.
        InlineOutputNeedsOneOutput,
        /// A region is not two upper-case letters.
        InvalidRegion,
        /// No worker can have the demanded reputation score: demand at most 990,196 parts per million.
        ReputationOutOfReach,
        /// The account cannot hold the deposit, or the price caps of all seats and the deposit.
        InsufficientBalance,
        /// There is no such job, or its receipt was pruned.
        UnknownJob,
        /// The job has ended; its receipt says how.
        JobHasEnded,
        /// Only the requester may cancel.
        NotRequester,
        /// The job has a worker and can no longer be cancelled.
        NotOpen,
        /// The caller holds no seat in this job.
        NotAssigned,
        /// The seat has committed.
        AlreadyCommitted,
        /// The commit deadline has passed.
        CommitTooLate,
        /// The seat has not committed.
        NotCommitted,
        /// Nobody reveals before every seat has committed and it is decided whether an auditor must: wait for it.
        RevealsNotOpen,
        /// The seat has revealed.
        AlreadyRevealed,
        /// The reveal deadline has passed.
        RevealTooLate,
        /// Root and salt do not open the commitment of this key in the round of its draw.
        CommitmentMismatch,
        /// The requester asked for the output inline: attach it.
        InlineOutputMissing,
        /// The requester did not ask for the output inline: leave it out.
        InlineOutputNotAsked,
        /// The inline output has not the length of the program's output.
        InlineOutputWrongLength,
        /// The inline output does not hash to the revealed root.
        InlineOutputMismatch,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn on_initialize(_: BlockNumberFor<T>) -> Weight {
            let mut meter = WeightMeter::with_limit(T::AgendaWeight::get());
            Self::run_agenda(&mut meter);
            meter.consumed()
        }

        fn integrity_test() {
            let least = T::WeightInfo::agenda_base()
                .saturating_add(T::WeightInfo::agenda_block())
                .saturating_add(Self::worst_step());
            assert!(
                T::AgendaWeight::get().all_gte(least),
                "AgendaWeight must allow for the dearest step, or the agenda stands still: {least:?}"
            );
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), frame::deps::sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call(weight(<T as Config>::WeightInfo))]
    impl<T: Config> Pallet<T> {
        /// Verifies and stores a program, and holds its deposit.
        ///
        /// - origin: signed by the future owner.
        /// - `code`: the program's encoding; its BLAKE3 hash becomes the program's id.
        #[pallet::call_index(0)]
        #[pallet::weight(<T as Config>::WeightInfo::register_program(code.len().saturated_into()))]
        pub fn register_program(
            origin: OriginFor<T>,
            code: BoundedVec<u8, ConstU32<MAX_PROGRAM_BYTES>>,
        ) -> DispatchResult {
            let owner = ensure_signed(origin)?;
            Self::do_register_program(owner, code)
        }

        /// Removes a program that no live job runs, and releases its deposit.
        ///
        /// - origin: signed by the owner.
        /// - `program`: its id.
        #[pallet::call_index(1)]
        pub fn remove_program(origin: OriginFor<T>, program: ProgramId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_remove_program(who, program)
        }

        /// Posts a job and holds the price caps of its seats and its deposit.
        ///
        /// - origin: signed by the requester, who pays.
        /// - `spec`: what to compute, what it may cost, and until when.
        #[pallet::call_index(2)]
        pub fn submit_job(origin: OriginFor<T>, spec: JobSpec) -> DispatchResult {
            let requester = ensure_signed(origin)?;
            Self::do_submit(requester, spec)
        }

        /// Withdraws a job that waits for its draw; everything held is released.
        ///
        /// - origin: signed by the requester.
        /// - `job`: its number.
        #[pallet::call_index(3)]
        pub fn cancel(origin: OriginFor<T>, job: JobId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_cancel(who, job)
        }

        /// Commits to a result. Free when it is certain to succeed.
        ///
        /// - origin: signed by the operator key that holds the seat.
        /// - `job`: its number.
        /// - `commitment`: as `edgeproof_primitives::commitment` makes it.
        #[pallet::call_index(4)]
        #[pallet::weight((<T as Config>::WeightInfo::commit_result(), DispatchClass::Operational))]
        #[pallet::feeless_if(|origin: &OriginFor<T>, job: &JobId, _commitment: &Commitment| -> bool {
            Pallet::<T>::is_certain_commit(origin, *job)
        })]
        pub fn commit_result(origin: OriginFor<T>, job: JobId, commitment: Commitment) -> DispatchResult {
            let operator = ensure_signed(origin)?;
            Self::do_commit(operator, job, commitment)
        }

        /// Opens a commitment, and brings the output when the job asked for it. Free when it is certain to succeed.
        ///
        /// - origin: signed by the operator key that committed.
        /// - `job`: its number.
        /// - `opening`: root, salt, attestation and, exactly when asked, the output's bytes.
        ///
        /// The weight of a dispute is returned unless one begins.
        #[pallet::call_index(5)]
        #[pallet::weight((
            <T as Config>::WeightInfo::reveal_result(inline_len(opening))
                .saturating_add(T::Disputes::open_weight()),
            DispatchClass::Operational
        ))]
        #[pallet::feeless_if(|origin: &OriginFor<T>, job: &JobId, opening: &RevealOpening| -> bool {
            Pallet::<T>::is_certain_reveal(origin, *job, opening)
        })]
        pub fn reveal_result(
            origin: OriginFor<T>,
            job: JobId,
            opening: RevealOpening,
        ) -> DispatchResultWithPostInfo {
            let operator = ensure_signed(origin)?;
            let agreed = <T as Config>::WeightInfo::reveal_result(inline_len(&opening));
            let disputed = Self::do_reveal(operator, job, opening)?;
            Ok((!disputed).then_some(agreed).into())
        }
    }

    #[pallet::view_functions]
    impl<T: Config> Pallet<T> {
        /// A live job.
        pub fn job(id: JobId) -> Option<JobOf<T>> {
            Jobs::<T>::get(id)
        }

        /// The receipt of an ended job.
        pub fn receipt(id: JobId) -> Option<ReceiptOf<T>> {
            Receipts::<T>::get(id)
        }

        /// A stored program.
        pub fn program(id: ProgramId) -> Option<ProgramInfoOf<T>> {
            Programs::<T>::get(id)
        }

        /// What a job of `requester` with these `operations` and an execution deadline of so many blocks would cost now, who
        /// could compute it, and how long that would take. Nobody is too dear without a price cap (planck of TFUEL, of one
        /// seat).
        ///
        /// # Errors
        /// A job without operations, or with terms under which it could not be posted. That nobody fits is an answer.
        pub fn quote(
            requester: T::AccountId,
            operations: Ops,
            demands: Demands,
            assurance: Assurance,
            execution: BlockNumber,
            price_cap: Option<TfuelBalance>,
        ) -> Result<Quote, QuoteError> {
            Self::do_quote(&requester, operations, &demands, &assurance, execution, price_cap)
        }

        /// Why a live job waits for workers, or for an auditor. `None` when it waits for neither.
        pub fn why_waits(id: JobId) -> Option<Waiting> {
            Self::do_why_waits(id)
        }

        /// What the worker of an operator key is to live jobs, the newest first: at most `limit` and [`MAX_ASSIGNMENTS`], of
        /// the last [`MAX_SCAN`] numbers. Nothing when the key serves no worker.
        ///
        /// The chain does not keep what it drew from: each answer is what the draw would say of the worker now.
        pub fn why_not(operator: T::AccountId, limit: u32) -> Vec<WhyNot> {
            Self::do_why_not(&operator, limit)
        }
    }
}
