//! The chain as the work loop needs it.

mod follower;
mod live;
#[cfg(test)]
pub(crate) mod memory;

pub use live::LiveChain;

use edgeproof_client::{AccountId, ClientError, JobInfo, JobState};
use edgeproof_primitives::{BlockNumber, Commitment, Hash, JobId, ProgramId, RevealOpening};
use std::future::Future;

/// The best block, as far as this worker is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Its height.
    pub block: BlockNumber,
    /// Live jobs in which the operator holds a seat.
    pub seats: Vec<JobInfo>,
}

/// What the work loop asks of the chain.
///
/// Sending says only that the node took a call. Whether it has happened is read from the next ticks.
pub trait Chain: Send + 'static {
    /// The key that holds the seats.
    fn operator(&self) -> AccountId;

    /// Waits for another best block; of several that wait, the newest. Waits for as long as no node answers.
    /// Dropping the future loses no block.
    fn next(&mut self) -> impl Future<Output = Tick> + Send;

    /// The encoding of a registered program, hash checked.
    fn program(&self, id: ProgramId) -> impl Future<Output = Result<Vec<u8>, ClientError>> + Send;

    /// A job, alive or ended; `None` when the best block does not know it.
    fn job(&self, id: JobId) -> impl Future<Output = Result<Option<JobState>, ClientError>> + Send;

    /// Sends a commitment.
    fn commit(
        &self,
        job: JobId,
        commitment: Commitment,
    ) -> impl Future<Output = Result<(), ClientError>> + Send;

    /// Sends a reveal.
    fn reveal(
        &self,
        job: JobId,
        opening: RevealOpening,
    ) -> impl Future<Output = Result<(), ClientError>> + Send;
}

/// The bytes of an account that commitments bind.
pub(crate) fn key_bytes(account: &AccountId) -> Hash {
    account.0
}
