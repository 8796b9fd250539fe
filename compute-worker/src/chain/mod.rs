//! The chain as the loops need it.

mod follower;
mod listing;
mod live;
#[cfg(test)]
pub(crate) mod memory;

pub use live::LiveChain;

use edgeproof_client::{AccountId, ClientError, DataQuestion, DisputeInfo, JobInfo, JobState};
use edgeproof_primitives::{
    BlobHash, BlockNumber, ChunkProof, Commitment, ElementProof, Hash, JobId, ProgramId, RevealOpening,
    TraceOpening, Witness,
};
use edgeproof_proofs::NodeOpening;
use std::future::Future;

/// The best block, as far as this worker is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Its height.
    pub block: BlockNumber,
    /// Height of the last finalised block below it.
    pub finalized: BlockNumber,
    /// Live jobs in which the operator holds a seat.
    pub seats: Vec<JobInfo>,
}

/// What the loops ask of the chain.
///
/// Sending says only that the node took a call. Whether it has happened is read from the next ticks.
pub trait Chain: Send + Sync + 'static {
    /// The key that holds the seats and the claims.
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

    /// Live jobs of everybody, as many as are known yet. A job may be some blocks behind.
    fn live_jobs(&self) -> impl Future<Output = Result<Vec<JobInfo>, ClientError>> + Send;

    /// The output of a job that asked for it inline, once it is revealed.
    fn inline_output(&self, id: JobId) -> impl Future<Output = Result<Option<Vec<u8>>, ClientError>> + Send;

    /// The dispute about a live job.
    fn dispute(&self, job: JobId) -> impl Future<Output = Result<Option<DisputeInfo>, ClientError>> + Send;

    /// Whether a claim of the operator waits for the next game about a job.
    fn has_waiting_claim(&self, job: JobId) -> impl Future<Output = Result<bool, ClientError>> + Send;

    /// Sends a claim.
    fn claim(
        &self,
        job: JobId,
        output_root: BlobHash,
        trace: TraceOpening,
    ) -> impl Future<Output = Result<(), ClientError>> + Send;

    /// Sends the opening of a trace.
    fn open_trace(
        &self,
        job: JobId,
        trace: TraceOpening,
    ) -> impl Future<Output = Result<(), ClientError>> + Send;

    /// Sends the opening of a node.
    fn open_node(
        &self,
        job: JobId,
        opening: NodeOpening,
    ) -> impl Future<Output = Result<(), ClientError>> + Send;

    /// Sends a witness.
    fn referee(&self, job: JobId, witness: Witness) -> impl Future<Output = Result<(), ClientError>> + Send;

    /// Sends the proof of a wrong element.
    fn prove_element(
        &self,
        job: JobId,
        output_root: BlobHash,
        proof: ElementProof,
    ) -> impl Future<Output = Result<(), ClientError>> + Send;

    /// The open questions about the data of jobs of everybody.
    fn data_questions(&self) -> impl Future<Output = Result<Vec<DataQuestion>, ClientError>> + Send;

    /// Sends a demanded chunk.
    fn serve_chunk(
        &self,
        job: JobId,
        proof: ChunkProof,
    ) -> impl Future<Output = Result<(), ClientError>> + Send;

    /// Sends that an input cannot be fetched.
    fn report_unavailable(
        &self,
        job: JobId,
        input: u8,
    ) -> impl Future<Output = Result<(), ClientError>> + Send;

    /// Sends what this operator has found as a judge.
    fn judge(&self, job: JobId, available: bool) -> impl Future<Output = Result<(), ClientError>> + Send;
}

/// The bytes of an account that commitments bind.
pub(crate) fn key_bytes(account: &AccountId) -> Hash {
    account.0
}
