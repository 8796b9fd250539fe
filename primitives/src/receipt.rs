//! What remains of a job when it has ended.

use crate::{Attestation, BlobHash, BlockNumber, Hash, JobId, Ops, ProgramId, TfuelBalance, MAX_SEATS};
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// How a job ended. Each has its pay rule.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
pub enum Outcome {
    /// The result stood through its window. Everybody who computed it is paid, the rest of the caps is refunded.
    Succeeded,
    /// Every drawn worker failed and the last one had committed or revealed. Full refund, the worker is slashed.
    WorkerFault,
    /// The requester made the job impossible. The worker is paid for its time.
    RequesterFault,
    /// An input could not be fetched by anybody. A refund, less what the judges of it cost.
    InputUnavailable,
    /// The worker would not hand out the output. Full refund, the worker is slashed.
    OutputWithheld,
    /// No worker fitted, or each drawn one missed its deadline. Full refund.
    NoWorker,
    /// The requester withdrew before the draw. Full refund.
    Cancelled,
    /// No draw could be made in time. Full refund.
    Expired,
}

/// Why a job ended as it did.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
pub enum Reason {
    /// The window passed and no other result was left.
    WindowPassed,
    /// No registered worker met the demands at the price cap before the draw deadline.
    NoWorkerFits,
    /// As many workers as may be drawn missed the commit deadline.
    CommitsMissed,
    /// The last drawn workers committed and none of them revealed.
    RevealMissed,
    /// The requester cancelled.
    CancelledByRequester,
    /// The draw deadline passed before randomness allowed a draw.
    DrawDeadlinePassed,
    /// Disputes left no result of the last drawn workers, nor any other.
    ResultRefuted,
    /// The result could not be fetched: a demanded chunk was not served, or most judges could not get it.
    OutputWithheld,
    /// Most judges could not fetch an input either.
    InputUnavailable,
}

/// The compact end of a job, kept until it is pruned.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Receipt<AccountId> {
    /// The job.
    pub job: JobId,
    /// Who posted and paid.
    pub requester: AccountId,
    /// What was computed.
    pub program: ProgramId,
    /// BLAKE3 of the concatenated input hashes and little-endian parameter words.
    pub inputs: Hash,
    /// Root of the result, when one stood.
    pub output_root: Option<BlobHash>,
    /// Operator keys of those whose result stood and who were paid, in the order of their seats, an auditor last. When no
    /// result stood, of those that failed last.
    pub workers: BoundedVec<AccountId, ConstU32<MAX_SEATS>>,
    /// Where the first of them computed the result; nothing when it was claimed in a dispute.
    pub attestation: Option<Attestation>,
    /// Operations, at the program's declared maxima.
    pub operations: Ops,
    /// Paid to the stashes of the workers, or of the judges of an input, together, in planck of TFUEL.
    pub paid: TfuelBalance,
    /// Burned, in planck of TFUEL.
    pub burned: TfuelBalance,
    /// Released to the requester, in planck of TFUEL.
    pub refunded: TfuelBalance,
    /// How it ended.
    pub outcome: Outcome,
    /// Why it ended so.
    pub reason: Reason,
    /// True when the window was at least the chain's own rule.
    pub watched: bool,
    /// Workers that were asked to compute it independently.
    pub replicas: u8,
    /// True when a blind auditor computed the result that stood.
    pub audited: bool,
    /// Block of the posting.
    pub posted_at: BlockNumber,
    /// Block of the last draw of a replica.
    pub drawn_at: Option<BlockNumber>,
    /// Block of the commitment of the first of `workers`.
    pub committed_at: Option<BlockNumber>,
    /// Block of the reveal of the first of `workers`.
    pub revealed_at: Option<BlockNumber>,
    /// Block of the end.
    pub ended_at: BlockNumber,
}
