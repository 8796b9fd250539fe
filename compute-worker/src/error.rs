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
