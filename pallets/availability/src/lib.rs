//! Data: whoever withholds it loses.
//!
//! A root proves what a result is and does not give it to anybody. While a result stands in its window the requester may
//! demand chunks of it on the chain: everybody may show them, for a small fee, and when nobody does the workers lose
//! their bonds. Where showing single chunks is not enough, drawn workers, the *judges*, try to fetch the whole blob, and
//! most of them decide. The same judges are asked when a worker says that an input is not to be had; whoever was wrong
//! pays them.
//!
//! ```text
//!                 demand_chunk                  serve_chunk
//!   requester ───────────────▶ chunk demanded ───────────────▶ the fee to whoever served it
//!                                     └── nobody in time ────▶ withheld: bonds slashed, full refund
//!
//!                 report_withheld                     judge
//!   requester ───────────────▶ judges drawn ───────────────▶ most say no: withheld
//!                 report_unavailable     │                    most say yes: the reporter pays
//!   worker    ───────────────▶───────────┘                    no majority: nothing happens
//! ```
//!
//! One question about a job is open at a time, and few in all. A question delays settlement, or the worker's deadline,
//! by the time it may take.
//!
//! *Most* are more than three quarters of the judges that were drawn: 4 of 5, 3 of 3. Were it a bare majority, a share of
//! 30 % of all workers would have three of five judges in every sixth draw; of four it has them in one of 32. A worker
//! with fewer accomplices among the judges can prevent a verdict, and gains nothing by it that the demands leave.
//!
//! Judges see what others have said before them. They are drawn after the question, have no part in the job, and earn
//! only when they agree with most.
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

#[cfg(feature = "runtime-benchmarks")]
#[allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation
)]
mod benchmarking;
mod demands;
mod extension;
mod inquiries;
#[cfg(test)]
mod mock;
mod payments;
mod questions;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
// The derived encoding casts the index of a variant with fields.
#[allow(clippy::cast_possible_truncation)]
mod types;
pub mod weights;

pub use extension::PrioritizeChunks;
pub use inquiries::JUDGES_DOMAIN;
pub use pallet::*;
pub use types::{
    About, Demand, Deposit, Due, Inquiry, InquiryOf, Judge, JudgeOf, Question, QuestionOf, Questions,
    QuestionsOf, Stage, StakeOf, MAX_DEMANDS, MAX_INQUIRIES, MAX_OPEN,
};
pub use weights::WeightInfo;

// In what FRAME's macros generate: a pallet is expected to be part of its runtime, and an enum's index fits a byte.
#[allow(clippy::expect_used, clippy::cast_possible_truncation)]
#[frame::pallet]
pub mod pallet {
    use super::*;
    use edgeproof_primitives::{BlockNumber, ChunkProof, JobId, TfuelBalance};
    use frame::{deps::frame_support::weights::WeightMeter, prelude::*, token::fungible};
    use pallet_support::{
        DataJobs, DisputeRules, OnJobEnded, SeedSource, StashLookup, WorkerDraw, MAX_JUDGES,
    };

    #[pallet::config]
    pub trait Config: polkadot_sdk::frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// The jobs whose data is asked for.
        type Jobs: DataJobs<Self::AccountId>;
        /// TFUEL: is deposited by who asks, and pays who answers.
        type Fuel: fungible::Inspect<Self::AccountId, Balance = TfuelBalance>
            + fungible::Mutate<Self::AccountId>
            + fungible::hold::Mutate<Self::AccountId, Reason = Self::RuntimeHoldReason>;
        /// The runtime's reasons of holds.
        type RuntimeHoldReason: From<HoldReason>;
        /// Randomness by which judges are drawn.
        type Seeds: SeedSource;
        /// The registry of workers.
        type Workers: WorkerDraw<
            Self::AccountId,
            Fuel = TfuelBalance,
            Stake: Parameter + Member + MaxEncodedLen + Copy + Default,
        >;
        /// Who is paid for what an operator key does.
        type Stashes: StashLookup<Self::AccountId>;
        /// The governed values.
        type Rules: Get<DisputeRules>;
        /// Weight of every block that is kept for deadlines.
        #[pallet::constant]
        type DueWeight: Get<Weight>;
        /// Measured weights.
        type WeightInfo: WeightInfo;
    }

    #[pallet::pallet]
    pub struct Pallet<T>(_);

    /// Why this pallet holds TFUEL.
    #[pallet::composite_enum]
    pub enum HoldReason {
        /// Pays whoever answers a question.
        Question,
    }

    /// What was asked about the data of live jobs.
    #[pallet::storage]
    pub type QuestionsAbout<T: Config> = StorageMap<_, Twox64Concat, JobId, QuestionsOf<T>>;

    /// The open questions, and when they are looked at again.
    #[pallet::storage]
    pub type Dues<T: Config> = StorageValue<_, BoundedVec<Due, ConstU32<MAX_OPEN>>, ValueQuery>;

    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A requester demands a chunk of a result.
        ChunkDemanded {
            /// The job.
            job: JobId,
            /// Which output.
            output: u8,
            /// Which chunk.
            chunk: u32,
            /// Last block in which it can be served.
            answer_by: BlockNumber,
        },
        /// A demanded chunk was served.
        ChunkServed {
            /// The job.
            job: JobId,
            /// Which output.
            output: u8,
            /// Which chunk.
            chunk: u32,
            /// Who is paid for it.
            stash: T::AccountId,
            /// The chunk.
            bytes: BoundedVec<u8, ConstU32<1_024>>,
        },
        /// Nobody has served a demanded chunk.
        ChunkWithheld {
            /// The job.
            job: JobId,
            /// Which output.
            output: u8,
            /// Which chunk.
            chunk: u32,
        },
        /// Judges will be drawn.
        InquiryBegun {
            /// The job.
            job: JobId,
            /// What it is about.
            about: About<T::AccountId>,
        },
        /// Judges were drawn, and try.
        JudgesDrawn {
            /// The job.
            job: JobId,
            /// Their keys.
            operators: BoundedVec<T::AccountId, ConstU32<MAX_JUDGES>>,
            /// Last block in which they can say what they found.
            judge_by: BlockNumber,
        },
        /// A judge has tried.
        Judged {
            /// The job.
            job: JobId,
            /// The judge.
            operator: T::AccountId,
            /// Whether it got the blob.
            available: bool,
        },
        /// An inquiry is over.
        InquiryEnded {
            /// The job.
            job: JobId,
            /// What most judges said, if most said the same.
            available: Option<bool>,
        },
    }

    #[pallet::error]
    #[derive(PartialEq, Eq)]
    pub enum Error<T> {
        /// The job has no result that is to be fetched: none stands, it is disputed, its window is over, or the output is
        /// on the chain.
        NothingPublished,
        /// Only the requester of the job may ask for its result.
        NotRequester,
        /// The result has no such output, or the output no such chunk.
        NoSuchChunk,
        /// As many chunks were demanded as may be: report the result as withheld.
        TooManyDemands,
        /// Judges were asked as often as may be.
        TooManyInquiries,
        /// Another question about this job is open: wait for its answer.
        QuestionOpen,
        /// As many questions are open on this chain as can be: try again later.
        TooManyQuestions,
        /// The account cannot hold what answers cost.
        InsufficientBalance,
        /// Nothing of the kind is asked about this job.
        NotAsked,
        /// The time for this answer has passed.
        TooLate,
        /// The chunk does not lie under the root of the result.
        ChunkInvalid,
        /// The caller holds no seat of the job that still needs this input.
        NotNeeded,
        /// The caller was not drawn as a judge.
        NotJudge,
        /// The judge has said what it found.
        AlreadyJudged,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn on_initialize(_: BlockNumberFor<T>) -> Weight {
            let mut meter = WeightMeter::with_limit(T::DueWeight::get());
            Self::run_dues(&mut meter);
            meter.consumed()
        }

        fn integrity_test() {
            let least = T::WeightInfo::dues_base().saturating_add(Self::worst_due());
            assert!(
                T::DueWeight::get().all_gte(least),
                "DueWeight must allow for the dearest question, or questions stay open: {least:?}"
            );
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), frame::deps::sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call(weight(<T as Config>::WeightInfo))]
    impl<T: Config> Pallet<T> {
        /// Demands a chunk of the result of a job; the fee of whoever serves it is held.
        ///
        /// - origin: signed by the requester.
        /// - `job`: its number; one result stands, in its window.
        /// - `output`: which output of the program.
        /// - `chunk`: which 1,024 bytes of it.
        #[pallet::call_index(0)]
        pub fn demand_chunk(origin: OriginFor<T>, job: JobId, output: u8, chunk: u32) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_demand_chunk(who, job, output, chunk)
        }

        /// Serves the chunk that is demanded of a job. Free when it is certain to succeed.
        ///
        /// - origin: signed by anybody; the stash of an operator key, otherwise the signer itself, gets the fee.
        /// - `job`: its number.
        /// - `proof`: the chunk under the root of the result.
        #[pallet::call_index(1)]
        #[pallet::weight((<T as Config>::WeightInfo::serve_chunk(), DispatchClass::Operational))]
        #[pallet::feeless_if(|origin: &OriginFor<T>, job: &JobId, proof: &ChunkProof| -> bool {
            ensure_signed(origin.clone()).is_ok() && Pallet::<T>::check_chunk(*job, proof).is_ok()
        })]
        pub fn serve_chunk(origin: OriginFor<T>, job: JobId, proof: ChunkProof) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_serve_chunk(who, job, proof)
        }

        /// Says that the result of a job cannot be fetched; judges will try. Their fees are held, and spent when most of
        /// them say the same.
        ///
        /// - origin: signed by the requester.
        /// - `job`: its number; one result stands, in its window.
        #[pallet::call_index(2)]
        pub fn report_withheld(origin: OriginFor<T>, job: JobId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_report_withheld(who, job)
        }

        /// Says that an input of a job cannot be fetched; judges will try, and the commit deadline moves behind their
        /// judgement. Costs as much of the bond as a missed deadline when most of them can. Free when it is certain to
        /// succeed.
        ///
        /// - origin: signed by the key of a seat that has not committed.
        /// - `job`: its number.
        /// - `input`: which input.
        #[pallet::call_index(3)]
        #[pallet::feeless_if(|origin: &OriginFor<T>, job: &JobId, input: &u8| -> bool {
            ensure_signed(origin.clone())
                .is_ok_and(|operator| Pallet::<T>::check_report(&operator, *job, *input).is_ok())
        })]
        pub fn report_unavailable(origin: OriginFor<T>, job: JobId, input: u8) -> DispatchResult {
            let operator = ensure_signed(origin)?;
            Self::do_report_unavailable(operator, job, input)
        }

        /// Says, as a drawn judge, whether the blob could be fetched. Free when it is certain to succeed.
        ///
        /// - origin: signed by the key of the judge.
        /// - `job`: its number.
        /// - `available`: whether the whole blob was fetched, and its root is right.
        #[pallet::call_index(4)]
        #[pallet::feeless_if(|origin: &OriginFor<T>, job: &JobId, available: &bool| -> bool {
            ensure_signed(origin.clone())
                .is_ok_and(|operator| Pallet::<T>::check_judge(&operator, *job, *available).is_ok())
        })]
        pub fn judge(origin: OriginFor<T>, job: JobId, available: bool) -> DispatchResult {
            let operator = ensure_signed(origin)?;
            Self::do_judge(operator, job, available)
        }
    }

    #[pallet::view_functions]
    impl<T: Config> Pallet<T> {
        /// What was asked about the data of a live job.
        pub fn questions(job: JobId) -> Option<QuestionsOf<T>> {
            QuestionsAbout::<T>::get(job)
        }
    }

    impl<T: Config> OnJobEnded for Pallet<T> {
        fn on_job_ended(job: JobId) {
            Self::forget(job);
        }
    }
}
