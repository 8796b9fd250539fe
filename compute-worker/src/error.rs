use crate::{compute::ComputeError, journal::JournalError};
use edgeproof_client::{amount, blobs::BlobError, keys::KeyError, AccountId, ClientError};

/// Why the worker does not run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorkerError {
    /// The operator key serves no worker.
    #[error("{0} is not registered as an operator; run `compute-worker register` with the stash that owns the stake")]
    Unregistered(AccountId),
    /// The stash has too little stake to be drawn.
    #[error(
        "the stash {stash} has bonded {} THETA and a worker needs {}; run `compute-worker register`, which bonds what \
         is missing",
        amount::format(*bonded),
        amount::format(*needed)
    )]
    NoStake {
        /// Who should own the stake.
        stash: AccountId,
        /// What it has bonded, in planck of THETA.
        bonded: u128,
        /// What it must have bonded, in planck of THETA.
        needed: u128,
    },
    /// Nothing is bonded that a claim could put at risk.
    #[error(
        "the stash {stash} has no stake that is free for the bond of a claim; bond some with `compute-worker register`, or          only report with --dry-run"
    )]
    NoBond {
        /// Who should own the stake.
        stash: AccountId,
    },
    /// The chain gives no jobs to workers with this driver.
    #[error(
        "the driver {driver} computes wrong, and the chain gives it no jobs; update it, or choose another adapter with \
         --adapter, and run `compute-worker register` with that"
    )]
    FaultyDriver {
        /// Driver and version.
        driver: String,
    },
    /// The registration names a driver to which the chain gives no jobs, and this machine has another.
    #[error(
        "the stash {stash} is registered with the driver {registered}, to which the chain gives no jobs; run \
         `compute-worker register`, which tells the chain that it is {driver} now"
    )]
    DriverReplaced {
        /// Whose worker it is.
        stash: AccountId,
        /// Driver and version that the chain knows.
        registered: String,
        /// Driver and version that compute.
        driver: String,
    },
    /// The worker holds jobs for which it was drawn with another driver.
    #[error(
        "the worker holds {seats} jobs that it got with the driver {registered}, and cannot change to {driver} before they \
         end; run `edgeproof worker pause`, let `compute-worker run` finish them, and register again"
    )]
    DriverInUse {
        /// Jobs that it holds.
        seats: u16,
        /// Driver and version that the chain knows.
        registered: String,
        /// Driver and version that is to be registered.
        driver: String,
    },
    /// The operator key serves the worker of another stash.
    #[error("{operator} serves the stash {stash} already; use another operator key")]
    OperatorTaken {
        /// The key.
        operator: AccountId,
        /// Whom it serves.
        stash: AccountId,
    },
    /// The chain.
    #[error(transparent)]
    Chain(#[from] ClientError),
    /// The journal.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The blob store.
    #[error(transparent)]
    Blob(#[from] BlobError),
    /// The adapter.
    #[error(transparent)]
    Compute(#[from] ComputeError),
}
