//! The referee game: a wrong result cannot settle while one honest party watches.
//!
//! A claim is a result with a bond behind it. Claims of different results play a game: each opens its trace level by
//! level, the chain descends to the first thing that is not agreed, and there the runtime itself executes one
//! invocation and removes every claim that says otherwise.
//!
//! ```text
//!            claim                    all opened                a word differs              witness
//!  Decided ────────▶ OpenTraces ──────────────▶ OpenNode … ──────────────────▶ Referee ───────────────┐
//!     ▲                  │ silent: removed        │ silent: removed               │ no witness: all removed
//!     │                  ▼                        ▼                               ▼                    │
//!     └── one trace left ◀────────────────────── the rest plays again ◀───────────────────────────────┘
//! ```
//!
//! A verdict or a silence only removes claims. The last result standing settles when its own window is over; when none
//! is left, the job is drawn again.
//!
//! Games are played a limited number at a time, so that the answers of all of them fit into a reserve of each block; the
//! others wait. Deadlines grow by one for each block whose reserve was full.
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
mod claims;
pub mod descent;
mod element;
mod extension;
mod game;
mod jobs;
#[cfg(test)]
mod mock;
mod openings;
mod payments;
mod program;
mod referee;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod turns;
// The derived encoding casts the index of a variant with fields.
#[allow(clippy::cast_possible_truncation)]
mod types;
pub mod weights;

pub use extension::PrioritizeMoves;
pub use pallet::*;
pub use types::{
    Claim, ClaimOf, Dispute, DisputeOf, Game, Phase, Reserve, Side, StakeOf, SubjectOf, TraceShape, Turn,
    MAX_BACKERS, MAX_CLAIMS,
};
pub use weights::WeightInfo;

// In what FRAME's macros generate: a pallet is expected to be part of its runtime, and an enum's index fits a byte.
#[allow(clippy::expect_used, clippy::cast_possible_truncation)]
#[frame::pallet]
pub mod pallet {
    use super::*;
    use edgeproof_primitives::{BlobHash, ElementProof, Hash, JobId, Move, TraceOpening, Witness};
    use edgeproof_proofs::NodeOpening;
    use frame::{
        deps::{frame_support::weights::WeightMeter, sp_runtime::Permill},
        prelude::*,
    };
    use pallet_support::{DisputeRules, DisputedJobs, StakeLedger, StashLookup, MAX_GAMES};

    #[pallet::config]
    pub trait Config: polkadot_sdk::frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// The jobs whose results are disputed.
        type Jobs: DisputedJobs<Self::AccountId, Stake: Parameter + Member + MaxEncodedLen + Copy + Default>;
        /// The stake that claims put at risk.
        type Stake: StakeLedger<
            Self::AccountId,
            Balance = <Self::Jobs as DisputedJobs<Self::AccountId>>::Stake,
        >;
        /// Whose stake an operator key puts at risk.
        type Stashes: StashLookup<Self::AccountId>;
        /// The governed values.
        type Rules: Get<DisputeRules>;
        /// Part of a slashed bond, less what the requester gets, that goes to the finder.
        type FinderShare: Get<Permill>;
        /// Weight of every block that is kept for answers.
        #[pallet::constant]
        type AnswerReserve: Get<Weight>;
        /// Weight of every block that is kept for deadlines.
        #[pallet::constant]
        type TurnWeight: Get<Weight>;
        /// Measured weights.
        type WeightInfo: WeightInfo;
    }

    #[pallet::pallet]
    pub struct Pallet<T>(_);

    /// Disputes of live jobs.
    #[pallet::storage]
    pub type Disputes<T: Config> = StorageMap<_, Twox64Concat, JobId, DisputeOf<T>>;

    /// Claims that wait for the next game of their job.
    #[pallet::storage]
    pub type WaitingClaims<T: Config> =
        StorageDoubleMap<_, Twox64Concat, JobId, Twox64Concat, u32, ClaimOf<T>>;

    /// The openings of the node that is open in the game of a job, by the hash that they open.
    #[pallet::storage]
    pub type Openings<T: Config> = StorageDoubleMap<_, Twox64Concat, JobId, Identity, Hash, NodeOpening>;

    /// The games that are played, and until when their parties may answer.
    #[pallet::storage]
    pub type Turns<T: Config> = StorageValue<_, BoundedVec<Turn, ConstU32<MAX_GAMES>>, ValueQuery>;

    /// Disputes that wait for a game, by their place in the queue.
    #[pallet::storage]
    pub type Queue<T: Config> = StorageMap<_, Twox64Concat, u32, JobId>;

    /// The places of the first dispute in the queue and of the next to come.
    #[pallet::storage]
    pub type QueueEnds<T: Config> = StorageValue<_, (u32, u32), ValueQuery>;

    /// What answers have used of the last block that had any, and how many blocks were full.
    #[pallet::storage]
    pub type ReserveUsed<T: Config> = StorageValue<_, Reserve, ValueQuery>;

    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// Somebody stands for a result with a bond.
        Claimed {
            /// The job.
            job: JobId,
            /// The key that answers for it.
            operator: T::AccountId,
            /// The result.
            output_root: BlobHash,
            /// THETA at risk, in planck.
            bond: StakeOf<T>,
        },
        /// A game began.
        GameStarted {
            /// The job.
            job: JobId,
        },
        /// The parties of a game owe something else.
        Moved {
            /// The job.
            job: JobId,
            /// What is owed.
            next: Move,
        },
        /// The runtime executed the disputed invocation.
        Refereed {
            /// The job.
            job: JobId,
            /// Position of the step in the trace.
            position: u32,
            /// Which of its invocations.
            invocation: u32,
            /// What it computes.
            words: BoundedVec<u32, ConstU32<4>>,
        },
        /// A claim no longer stands; its bond is slashed when the game ends.
        Removed {
            /// The job.
            job: JobId,
            /// Who answered for it.
            operator: T::AccountId,
            /// The result.
            output_root: BlobHash,
        },
        /// A bond was slashed.
        Slashed {
            /// The job.
            job: JobId,
            /// Whose.
            stash: T::AccountId,
            /// THETA moved to the requester, in planck.
            compensated: StakeOf<T>,
            /// THETA moved to the finder, in planck.
            rewarded: StakeOf<T>,
            /// THETA held until it is burned, in planck.
            held: StakeOf<T>,
        },
        /// A game ended.
        GameEnded {
            /// The job.
            job: JobId,
            /// The result that stands, if one does.
            output_root: Option<BlobHash>,
        },
        /// The bond of a claim that stood was released.
        Released {
            /// The job.
            job: JobId,
            /// Whose.
            stash: T::AccountId,
        },
    }

    #[pallet::error]
    #[derive(PartialEq, Eq)]
    pub enum Error<T> {
        /// The job has no result that could be disputed: it is not revealed yet, or has ended.
        NothingToDispute,
        /// The program of the job is not stored.
        ProgramMissing,
        /// The window of the newest result has passed.
        ClaimTooLate,
        /// This key answers for another claim or a seat of the job.
        AlreadyClaims,
        /// Enough claims back this result.
        TooManyBackers,
        /// The stake that nothing else holds does not cover the bond.
        BondNotAvailable,
        /// The chunks of the trace do not give the claimed result.
        TraceGivesOtherResult,
        /// The chunks of the trace do not lie under its root.
        TraceProofInvalid,
        /// The opening is not that of the node.
        OpeningInvalid,
        /// There is no game about this job, or it is over.
        NotPlayed,
        /// The caller has no claim that stands in the game.
        NotAParty,
        /// The game asks for something else now.
        NotNext,
        /// It was answered already.
        AlreadyOpened,
        /// The deadline has passed.
        TooLate,
        /// The witness lacks something that the invocation reads.
        WitnessIncomplete,
        /// The witness holds something that the invocation does not read.
        WitnessExcessive,
        /// A proof of the witness does not stand.
        WitnessInvalid,
        /// The step reads what other steps have written: claim the right result, and play.
        NotFromInputsAlone,
        /// The program has no such output or invocation.
        NoSuchElement,
        /// The chunk does not lie under the claimed result.
        ElementProofInvalid,
        /// The element is what the step computes.
        ElementIsRight,
        /// Nobody stands for this result.
        NobodyClaims,
        /// There are as many claims as numbers.
        TooManyClaims,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn on_initialize(_: BlockNumberFor<T>) -> Weight {
            let mut meter = WeightMeter::with_limit(T::TurnWeight::get());
            Self::run_turns(&mut meter);
            meter.consumed()
        }

        fn integrity_test() {
            let least = T::WeightInfo::turns_base().saturating_add(Self::worst_turn());
            assert!(
                T::TurnWeight::get().all_gte(least),
                "TurnWeight must allow for the dearest deadline, or games stand still: {least:?}"
            );
            assert!(
                T::AnswerReserve::get().all_gte(Self::worst_answer()),
                "AnswerReserve must allow for the dearest answer: {:?}",
                Self::worst_answer()
            );
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), frame::deps::sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call(weight(<T as Config>::WeightInfo))]
    impl<T: Config> Pallet<T> {
        /// Stands for a result of a revealed job: for another one, or as a backer of one that stands. Puts a bond at risk,
        /// as high as a worker's.
        ///
        /// - origin: signed by the operator key of a worker, or by the owner of the stake itself.
        /// - `job`: its number.
        /// - `output_root`: the result.
        /// - `trace`: how it came about.
        #[pallet::call_index(0)]
        #[pallet::weight((
            <T as Config>::WeightInfo::claim().saturating_add(Pallet::<T>::worst_program()),
            DispatchClass::Operational
        ))]
        pub fn claim(
            origin: OriginFor<T>,
            job: JobId,
            output_root: BlobHash,
            trace: TraceOpening,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            Self::do_claim(who, job, output_root, trace)
        }

        /// Opens the trace of a claim, as its first answer. Free when it is certain to succeed.
        ///
        /// - origin: signed by the key that answers for the claim.
        /// - `job`: its number.
        /// - `trace`: how the claimed result came about.
        #[pallet::call_index(1)]
        #[pallet::weight((
            <T as Config>::WeightInfo::open_trace().saturating_add(Pallet::<T>::worst_program()),
            DispatchClass::Operational
        ))]
        #[pallet::feeless_if(|origin: &OriginFor<T>, job: &JobId, trace: &TraceOpening| -> bool {
            ensure_signed(origin.clone()).is_ok_and(|who| Pallet::<T>::check_open_trace(&who, *job, trace).is_ok())
        })]
        pub fn open_trace(
            origin: OriginFor<T>,
            job: JobId,
            trace: TraceOpening,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            Self::do_open_trace(who, job, trace)
        }

        /// Opens the node that the game has come to. Free when it is certain to succeed.
        ///
        /// - origin: signed by a key that answers for a claim that stands.
        /// - `job`: its number.
        /// - `opening`: what lies below the node in the caller's tree.
        #[pallet::call_index(2)]
        #[pallet::weight((
            <T as Config>::WeightInfo::open_node().saturating_add(Pallet::<T>::worst_program()),
            DispatchClass::Operational
        ))]
        #[pallet::feeless_if(|origin: &OriginFor<T>, job: &JobId, opening: &NodeOpening| -> bool {
            ensure_signed(origin.clone()).is_ok_and(|who| Pallet::<T>::check_open_node(&who, *job, opening).is_ok())
        })]
        pub fn open_node(
            origin: OriginFor<T>,
            job: JobId,
            opening: NodeOpening,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            Self::do_open_node(who, job, opening)
        }

        /// Shows what the disputed invocation reads, so that the runtime can execute it. Free when it is certain to
        /// succeed.
        ///
        /// - origin: signed by anybody.
        /// - `job`: its number.
        /// - `witness`: everything that the invocation reads, and nothing else.
        #[pallet::call_index(3)]
        #[pallet::weight((
            Pallet::<T>::referee_weight(Pallet::<T>::witness_bytes(witness)),
            DispatchClass::Operational
        ))]
        #[pallet::feeless_if(|_origin: &OriginFor<T>, job: &JobId, witness: &Witness| -> bool {
            Pallet::<T>::check_referee(*job, witness).is_ok()
        })]
        pub fn referee(origin: OriginFor<T>, job: JobId, witness: Witness) -> DispatchResultWithPostInfo {
            ensure_signed(origin)?;
            Self::do_referee(job, witness)
        }

        /// Shows a wrong element of a result in one call. The step must read nothing but inputs of the job.
        ///
        /// - origin: signed by anybody; rewarded as the finder.
        /// - `job`: its number.
        /// - `output_root`: the result that is wrong.
        /// - `proof`: the element, and what its invocation reads.
        #[pallet::call_index(4)]
        #[pallet::weight((
            <T as Config>::WeightInfo::prove_element(Pallet::<T>::witness_bytes(&proof.witness))
                .saturating_add(Pallet::<T>::worst_execution())
                .saturating_add(Pallet::<T>::worst_program())
                .saturating_add(<T as Config>::WeightInfo::finish()),
            DispatchClass::Operational
        ))]
        pub fn prove_element(
            origin: OriginFor<T>,
            job: JobId,
            output_root: BlobHash,
            proof: ElementProof,
        ) -> DispatchResultWithPostInfo {
            let who = ensure_signed(origin)?;
            Self::do_prove_element(who, job, output_root, proof)
        }
    }

    #[pallet::view_functions]
    impl<T: Config> Pallet<T> {
        /// The dispute about a live job.
        pub fn dispute(job: JobId) -> Option<DisputeOf<T>> {
            Disputes::<T>::get(job)
        }
    }
}
