//! Where jobs and disputes meet.

use alloc::vec::Vec;
use edgeproof_primitives::{BlobHash, BlobRef, BlockNumber, JobId, ProgramId};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

/// A result that stands for a job, and who answers for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing<AccountId, Stake> {
    /// The key that answers.
    pub operator: AccountId,
    /// The account whose stake is at risk.
    pub stash: AccountId,
    /// THETA at risk, in planck.
    pub bond: Stake,
    /// Root of the result.
    pub output_root: BlobHash,
}

/// What a dispute is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject<AccountId, Stake> {
    /// Who posted the job, and is made whole first.
    pub requester: AccountId,
    /// What was to be computed.
    pub program: ProgramId,
    /// The inputs, in order.
    pub inputs: Vec<BlobRef>,
    /// The parameter words.
    pub params: Vec<u32>,
    /// Blocks that an execution may take.
    pub execution: BlockNumber,
    /// Blocks between the appearance of a result and its settlement.
    pub window: BlockNumber,
    /// Last block in which a result may be claimed.
    pub window_ends: BlockNumber,
    /// What a claim puts at risk, in planck of THETA: the bond of a worker of this job.
    pub bond: Stake,
    /// What a refuted claim owes the requester at most, in planck of THETA: the value of the fee.
    pub compensation: Stake,
}

/// Jobs, as disputes see them.
pub trait DisputedJobs<AccountId> {
    /// Amounts of THETA in planck.
    type Stake;

    /// What a dispute about `job` is about. `None` unless its result has been revealed and has not settled.
    fn subject(job: JobId) -> Option<Subject<AccountId, Self::Stake>>;

    /// The encoding of a stored program.
    fn program_code(program: &ProgramId) -> Option<Vec<u8>>;

    /// The results that workers have revealed, and that stand.
    fn standing(job: JobId) -> Vec<Standing<AccountId, Self::Stake>>;

    /// From now on the job does not settle before [`Self::resume`] or [`Self::restart`].
    fn suspend(job: JobId);

    /// Another result has appeared: its own window runs from now.
    fn extend(job: JobId, window_ends: BlockNumber);

    /// The result of the seat of `operator` was refuted: the seat ends and its bond is slashed, a part of what is left
    /// after the requester going to `finder`. Without such a seat nothing happens.
    fn refute(job: JobId, operator: &AccountId, finder: Option<&AccountId>);

    /// One result stands. The job settles when its window has passed, and pays `first` (operator and stash) when no seat
    /// has revealed that result.
    fn resume(job: JobId, output_root: BlobHash, first: (AccountId, AccountId));

    /// No result stands: the job is drawn again, or ends when its draws are used up.
    fn restart(job: JobId);

    /// Makes a job whose one worker has revealed this result, for benchmarks of callers.
    #[cfg(feature = "runtime-benchmarks")]
    fn ensure_revealed(code: Vec<u8>, inputs: Vec<BlobRef>, params: Vec<u32>, output_root: BlobHash)
        -> JobId;
}

/// Disputes, as jobs see them.
pub trait Disputes<AccountId> {
    /// Amounts of THETA in planck.
    type Stake;

    /// Workers have revealed different results, and the job is suspended: begins a dispute between them.
    fn open(job: JobId, standing: Vec<Standing<AccountId, Self::Stake>>);

    /// The job has settled: what is left of its disputes ends. False when there was none. Not called by
    /// [`DisputedJobs::restart`], whose caller knows.
    fn close(job: JobId) -> bool;

    /// The most that [`Self::open`] weighs.
    fn open_weight() -> Weight;

    /// The most that [`Self::close`] weighs.
    fn close_weight() -> Weight;
}

/// Whose stake an operator key puts at risk.
pub trait StashLookup<AccountId> {
    /// The stash of the worker that `operator` runs.
    fn stash_of(operator: &AccountId) -> Option<AccountId>;
}
