//! What remains of a job when it has ended.

use crate::{Attestation, BlobHash, BlockNumber, Hash, JobId, Ops, ProgramId, TfuelBalance};
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
    /// The result stood through its window. The worker is paid, the rest of the cap is refunded.
    Succeeded,
    /// Every drawn worker failed and the last one had committed. Full refund, the worker is slashed.
    WorkerFault,
    /// The requester made the job impossible. The worker is paid for its time.
    RequesterFault,
    /// An input could not be fetched by anybody. Full refund.
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
    /// The window passed and nobody claimed another result.
    WindowPassed,
    /// No registered worker met the demands at the price cap before the draw deadline.
    NoWorkerFits,
    /// As many workers as may be drawn missed the commit deadline.
    CommitsMissed,
    /// The last drawn worker committed and did not reveal.
    RevealMissed,
    /// The requester cancelled.
    CancelledByRequester,
    /// The draw deadline passed before randomness allowed a draw.
    DrawDeadlinePassed,
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
    /// Operator key of the worker whose result stood, or that failed last.
    pub worker: Option<AccountId>,
    /// Where the result was computed.
    pub attestation: Option<Attestation>,
    /// Operations, at the program's declared maxima.
    pub operations: Ops,
    /// Paid to the worker's stash, in planck of TFUEL.
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
    /// Block of the posting.
    pub posted_at: BlockNumber,
    /// Block of the last draw.
    pub drawn_at: Option<BlockNumber>,
    /// Block of the commitment.
    pub committed_at: Option<BlockNumber>,
    /// Block of the reveal.
    pub revealed_at: Option<BlockNumber>,
    /// Block of the end.
    pub ended_at: BlockNumber,
}
