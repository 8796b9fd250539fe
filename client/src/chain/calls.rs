use super::{runtime, Client, ClientError, Included, Pending};
use crate::{keys::Signer, AccountId};
use edgeproof_primitives::{
    BlobHash, Capability, ChunkProof, Commitment, ElementProof, JobId, JobSpec, ProgramId, RevealOpening,
    TfuelBalance, ThetaBalance, TraceOpening, Witness,
};
use edgeproof_proofs::NodeOpening;
use runtime::runtime_types::bounded_collections::bounded_vec::BoundedVec;
use subxt::utils::{MultiAddress, Static};

/// Writing. Each call is signed, handed to the node, and waited for until a best block holds it.
///
/// # Errors
/// [`ClientError::Refused`] with the pallet's error when the call failed, [`ClientError::NotTaken`] when the node
/// did not take it.
impl Client {
    /// Stores a program on chain; its deposit is held from the signer.
    pub async fn register_program(
        &self,
        signer: &Signer,
        code: &[u8],
    ) -> Result<Included<ProgramId>, ClientError> {
        let call = runtime::tx().jobs().register_program(BoundedVec(code.to_vec()));
        let done = self.call(signer, &call).await?;
        done.with(|event: runtime::jobs::events::ProgramRegistered| event.program.0)
    }

    /// Removes a program that no live job runs; its deposit is released.
    pub async fn remove_program(&self, owner: &Signer, id: &ProgramId) -> Result<Included<()>, ClientError> {
        let call = runtime::tx().jobs().remove_program(Static(*id));
        Ok(self.call(owner, &call).await?.included())
    }

    /// Posts a job; the price caps of its seats and the deposit are held from the signer.
    pub async fn submit_job(&self, signer: &Signer, spec: &JobSpec) -> Result<Included<JobId>, ClientError> {
        let call = runtime::tx().jobs().submit_job(Static(spec.clone()));
        let done = self.call(signer, &call).await?;
        done.with(|event: runtime::jobs::events::JobSubmitted| event.job)
    }

    /// Withdraws a job that has no worker yet.
    pub async fn cancel_job(&self, requester: &Signer, id: JobId) -> Result<Included<()>, ClientError> {
        let call = runtime::tx().jobs().cancel(id);
        Ok(self.call(requester, &call).await?.included())
    }

    /// Sends a commitment; returns when the node has taken it.
    pub async fn commit_result(
        &self,
        operator: &Signer,
        id: JobId,
        commitment: Commitment,
    ) -> Result<Pending, ClientError> {
        self.send(
            operator,
            &runtime::tx().jobs().commit_result(id, Static(commitment)),
        )
        .await
    }

    /// Opens a commitment; returns when the node has taken it.
    pub async fn reveal_result(
        &self,
        operator: &Signer,
        id: JobId,
        opening: &RevealOpening,
    ) -> Result<Pending, ClientError> {
        self.send(
            operator,
            &runtime::tx().jobs().reveal_result(id, Static(opening.clone())),
        )
        .await
    }

    /// Stands for a result with a bond: another one than what was revealed, or as a backer.
    pub async fn claim(
        &self,
        operator: &Signer,
        id: JobId,
        output_root: BlobHash,
        trace: &TraceOpening,
    ) -> Result<Included<()>, ClientError> {
        let call = runtime::tx()
            .disputes()
            .claim(id, Static(output_root), Static(trace.clone()));
        Ok(self.call(operator, &call).await?.included())
    }

    /// Opens the trace of a claim; returns when the node has taken it.
    pub async fn open_trace(
        &self,
        operator: &Signer,
        id: JobId,
        trace: &TraceOpening,
    ) -> Result<Pending, ClientError> {
        let call = runtime::tx().disputes().open_trace(id, Static(trace.clone()));
        self.send(operator, &call).await
    }

    /// Opens the node that a game has come to; returns when the node has taken it.
    pub async fn open_node(
        &self,
        operator: &Signer,
        id: JobId,
        opening: &NodeOpening,
    ) -> Result<Pending, ClientError> {
        let call = runtime::tx().disputes().open_node(id, Static(opening.clone()));
        self.send(operator, &call).await
    }

    /// Shows what the disputed invocation reads; returns when the node has taken it.
    pub async fn referee(
        &self,
        signer: &Signer,
        id: JobId,
        witness: &Witness,
    ) -> Result<Pending, ClientError> {
        let call = runtime::tx().disputes().referee(id, Static(witness.clone()));
        self.send(signer, &call).await
    }

    /// Shows a wrong element of a result: a dispute in one call, and without a bond.
    pub async fn prove_element(
        &self,
        finder: &Signer,
        id: JobId,
        output_root: BlobHash,
        proof: &ElementProof,
    ) -> Result<Included<()>, ClientError> {
        let call = runtime::tx()
            .disputes()
            .prove_element(id, Static(output_root), Static(proof.clone()));
        Ok(self.call(finder, &call).await?.included())
    }

    /// Demands chunk `chunk` of output `output` of a result that stands; the fee of whoever serves it is held.
    pub async fn demand_chunk(
        &self,
        requester: &Signer,
        id: JobId,
        output: u8,
        chunk: u32,
    ) -> Result<Included<()>, ClientError> {
        let call = runtime::tx().availability().demand_chunk(id, output, chunk);
        Ok(self.call(requester, &call).await?.included())
    }

    /// Serves the chunk that is demanded of a job; returns when the node has taken it.
    pub async fn serve_chunk(
        &self,
        signer: &Signer,
        id: JobId,
        proof: &ChunkProof,
    ) -> Result<Pending, ClientError> {
        let call = runtime::tx()
            .availability()
            .serve_chunk(id, Static(proof.clone()));
        self.send(signer, &call).await
    }

    /// Has judges try whether the result of a job can be fetched; their fees are held.
    pub async fn report_withheld(&self, requester: &Signer, id: JobId) -> Result<Included<()>, ClientError> {
        let call = runtime::tx().availability().report_withheld(id);
        Ok(self.call(requester, &call).await?.included())
    }

    /// Has judges try whether an input of a job can be fetched; returns when the node has taken it.
    pub async fn report_unavailable(
        &self,
        operator: &Signer,
        id: JobId,
        input: u8,
    ) -> Result<Pending, ClientError> {
        let call = runtime::tx().availability().report_unavailable(id, input);
        self.send(operator, &call).await
    }

    /// Says, as a judge, whether a blob could be fetched; returns when the node has taken it.
    pub async fn judge(&self, operator: &Signer, id: JobId, available: bool) -> Result<Pending, ClientError> {
        let call = runtime::tx().availability().judge(id, available);
        self.send(operator, &call).await
    }

    /// Bonds free THETA (planck), for the first time or in addition.
    pub async fn bond(&self, stash: &Signer, amount: ThetaBalance) -> Result<Included<()>, ClientError> {
        Ok(self
            .call(stash, &runtime::tx().staking().bond(amount))
            .await?
            .included())
    }

    /// Registers the worker of a stash. `ask` is the price of a giga-operation in planck of TFUEL.
    pub async fn register_worker(
        &self,
        stash: &Signer,
        operator: &AccountId,
        capability: &Capability,
        ask: TfuelBalance,
    ) -> Result<Included<()>, ClientError> {
        let call = runtime::tx()
            .workers()
            .register(*operator, Static(capability.clone()), ask);
        Ok(self.call(stash, &call).await?.included())
    }

    /// Changes a worker's price of a giga-operation (planck of TFUEL) from the next draw on.
    pub async fn set_ask(&self, stash: &Signer, ask: TfuelBalance) -> Result<Included<()>, ClientError> {
        Ok(self
            .call(stash, &runtime::tx().workers().set_ask(ask))
            .await?
            .included())
    }

    /// Changes what a worker offers from the next draw on.
    pub async fn set_capability(
        &self,
        stash: &Signer,
        capability: &Capability,
    ) -> Result<Included<()>, ClientError> {
        let call = runtime::tx().workers().set_capability(Static(capability.clone()));
        Ok(self.call(stash, &call).await?.included())
    }

    /// Takes a worker out of the draw; what it holds goes on. Signed by its stash or its operator.
    pub async fn pause_worker(&self, signer: &Signer) -> Result<Included<()>, ClientError> {
        let call = runtime::tx().workers().pause();
        Ok(self.call(signer, &call).await?.included())
    }

    /// Brings a paused worker back into the draw. Signed by its stash or its operator.
    pub async fn resume_worker(&self, signer: &Signer) -> Result<Included<()>, ClientError> {
        let call = runtime::tx().workers().resume();
        Ok(self.call(signer, &call).await?.included())
    }

    /// Burns what was held of an account's slashes, as far as its time has come. Anybody may, and pays nothing.
    pub async fn burn_slashed(
        &self,
        signer: &Signer,
        stash: &AccountId,
    ) -> Result<Included<()>, ClientError> {
        let call = runtime::tx().staking().burn_slashed(*stash);
        Ok(self.call(signer, &call).await?.included())
    }

    /// Sends TFUEL (planck), leaving the sender's account alive.
    pub async fn transfer_tfuel(
        &self,
        from: &Signer,
        to: &AccountId,
        amount: TfuelBalance,
    ) -> Result<Included<()>, ClientError> {
        let call = runtime::tx()
            .balances()
            .transfer_keep_alive(MultiAddress::Id(*to), amount);
        Ok(self.call(from, &call).await?.included())
    }

    /// Sends THETA (planck), leaving the sender's account alive.
    pub async fn transfer_theta(
        &self,
        from: &Signer,
        to: &AccountId,
        amount: ThetaBalance,
    ) -> Result<Included<()>, ClientError> {
        let call = runtime::tx()
            .theta()
            .transfer_keep_alive(MultiAddress::Id(*to), amount);
        Ok(self.call(from, &call).await?.included())
    }
}
