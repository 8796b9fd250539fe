//! Where jobs and questions about their data meet.

use alloc::vec::Vec;
use edgeproof_primitives::{BlobHash, BlockNumber, Demands, JobId, TfuelBalance};
use polkadot_sdk::polkadot_sdk_frame::prelude::Weight;

/// A result that everybody may ask for: one stands, in its window, and it is not on the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published<AccountId> {
    /// Who posted the job.
    pub requester: AccountId,
    /// Root of the result.
    pub output_root: BlobHash,
    /// Length of each output, in bytes.
    pub outputs: Vec<u64>,
}

/// Who may judge the data of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judges<AccountId> {
    /// Who posted the job; its own workers are no judges.
    pub requester: AccountId,
    /// Operator keys that have or had a part in the job.
    pub excluded: Vec<AccountId>,
    /// Where its data may be, without demands on the device.
    pub demands: Demands,
}

/// Jobs, as questions about their data see them.
pub trait DataJobs<AccountId> {
    /// The result of a job. `None` unless exactly one stands, its window is open, and it was not asked inline.
    fn published(job: JobId) -> Option<Published<AccountId>>;

    /// The blob of the input `input` that `operator` needs. `None` unless it holds a seat, has not committed and is not late.
    fn needed(job: JobId, operator: &AccountId, input: u8) -> Option<BlobHash>;

    /// Who may judge the data of a live job.
    fn judges(job: JobId) -> Option<Judges<AccountId>>;

    /// A question about the output is open: the job does not settle up to block `until`.
    fn keep_open(job: JobId, until: BlockNumber);

    /// A question about an input is open up to block `until`: the workers have their whole time after it.
    fn allow_time(job: JobId, until: BlockNumber);

    /// The result of [`Self::published`] is not to be had: every seat loses its bond, and the job ends with a full refund.
    fn withhold(job: JobId);

    /// An input is not to be had: the job ends, every seat is released, and each of `judges` (stashes) gets at most `fee`
    /// planck of TFUEL out of the escrow.
    fn unavailable(job: JobId, judges: &[AccountId], fee: TfuelBalance);

    /// What `operator` has said of an input is wrong: a part of the bond of its seat, as much as for a missed commitment,
    /// goes to `judges` (stashes) in equal parts.
    fn charge(job: JobId, operator: &AccountId, judges: &[AccountId]);

    /// What the end of a job by [`Self::withhold`] weighs beyond what it weighs without a dispute about the job.
    fn dispute_weight() -> Weight;

    /// Makes a job whose workers, as many as there can be, have revealed this output, for benchmarks of callers, and says
    /// who posted it.
    #[cfg(feature = "runtime-benchmarks")]
    fn ensure_published(output: &[u8]) -> (JobId, AccountId);

    /// Makes a job whose workers, as many as there can be, compute, for benchmarks of callers, and says the key of one.
    #[cfg(feature = "runtime-benchmarks")]
    fn ensure_assigned() -> (JobId, AccountId);
}

/// Who wants to know that a job has ended.
pub trait OnJobEnded {
    /// The job has ended; it is no longer live.
    fn on_job_ended(job: JobId);
}

impl OnJobEnded for () {
    fn on_job_ended(_: JobId) {}
}
