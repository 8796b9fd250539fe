//! What the pallet stores and what a client reads.

use crate::Config;
use edgeproof_primitives::{BlobHash, BlockNumber, JobId, TfuelBalance};
use pallet_support::{DrawnWorker, WorkerDraw, MAX_JUDGES};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

/// Most chunks that can be demanded of one result.
pub const MAX_DEMANDS: u8 = 8;
/// Most times that judges are asked about one job.
pub const MAX_INQUIRIES: u8 = 2;
/// Most questions that are open at once.
pub const MAX_OPEN: u32 = 1_000;

/// Amounts of THETA in planck, as the worker registry counts them.
pub type StakeOf<T> = <<T as Config>::Workers as WorkerDraw<<T as frame_system::Config>::AccountId>>::Stake;
/// The questions about a job of this chain.
pub type QuestionsOf<T> = Questions<<T as frame_system::Config>::AccountId, StakeOf<T>>;
/// An open question of this chain.
pub type QuestionOf<T> = Question<<T as frame_system::Config>::AccountId, StakeOf<T>>;
/// An inquiry of this chain.
pub type InquiryOf<T> = Inquiry<<T as frame_system::Config>::AccountId, StakeOf<T>>;
/// A judge of this chain.
pub type JudgeOf<T> = Judge<<T as frame_system::Config>::AccountId, StakeOf<T>>;

/// TFUEL that is held for a question until it is answered.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Deposit<AccountId> {
    /// Whose.
    pub who: AccountId,
    /// How much, in planck.
    pub amount: TfuelBalance,
}

/// What judges are asked about.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum About<AccountId> {
    /// The result with this root.
    #[codec(index = 0)]
    Output(BlobHash),
    /// An input that a worker says is not to be had.
    #[codec(index = 1)]
    Input {
        /// The worker's key.
        reporter: AccountId,
        /// Which input.
        input: u8,
        /// Its root.
        blob: BlobHash,
    },
}

/// A worker that tries whether a blob can be had.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Judge<AccountId, Stake> {
    /// The slot that it gives for it, without fee or bond.
    pub worker: DrawnWorker<AccountId, TfuelBalance, Stake>,
    /// Whether it could, once it has said so.
    pub available: Option<bool>,
}

/// How far an inquiry is.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Stage<AccountId, Stake> {
    /// Judges will be drawn.
    #[codec(index = 0)]
    Drawing {
        /// The block whose successors' randomness decides.
        event: BlockNumber,
        /// Last block in which they can be.
        draw_by: BlockNumber,
    },
    /// Judges try.
    #[codec(index = 1)]
    Judging(BoundedVec<Judge<AccountId, Stake>, ConstU32<MAX_JUDGES>>),
}

/// Whether a blob can be had, asked of drawn workers.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Inquiry<AccountId, Stake> {
    /// What it is about.
    pub about: About<AccountId>,
    /// What each judge earns that agrees with the verdict, in planck of TFUEL.
    pub fee: TfuelBalance,
    /// What they are paid from, when a requester asks.
    pub deposit: Option<Deposit<AccountId>>,
    /// How far it is.
    pub stage: Stage<AccountId, Stake>,
}

/// A chunk of a result that must be shown.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Demand<AccountId> {
    /// Root of the result.
    pub output_root: BlobHash,
    /// Which output.
    pub output: u8,
    /// Which of its chunks.
    pub chunk: u32,
    /// What showing it earns.
    pub deposit: Deposit<AccountId>,
}

/// A question that is open.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Question<AccountId, Stake> {
    /// Show this chunk.
    #[codec(index = 0)]
    Demand(Demand<AccountId>),
    /// Can this blob be had?
    #[codec(index = 1)]
    Inquiry(Inquiry<AccountId, Stake>),
}

/// What was asked about the data of a live job.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Questions<AccountId, Stake> {
    /// Chunks that were demanded so far.
    pub demanded: u8,
    /// Inquiries so far.
    pub inquired: u8,
    /// The one that is open.
    pub open: Option<Question<AccountId, Stake>>,
}

impl<AccountId, Stake> Default for Questions<AccountId, Stake> {
    fn default() -> Self {
        Self {
            demanded: 0,
            inquired: 0,
            open: None,
        }
    }
}

/// The questions about a job, and the demand that was open among them.
pub(crate) type DemandOf<T> = (QuestionsOf<T>, Demand<<T as frame_system::Config>::AccountId>);
/// The questions about a job, and what another one would be about.
pub(crate) type AboutOf<T> = (QuestionsOf<T>, About<<T as frame_system::Config>::AccountId>);

/// When an open question is looked at again.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Due {
    /// The job.
    pub job: JobId,
    /// At the start of this block.
    pub at: BlockNumber,
}
