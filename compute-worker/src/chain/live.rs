use super::{follower::Follower, listing::Listing, Chain, Tick};
use edgeproof_client::{
    keys::Signer, AccountId, Client, ClientError, DataQuestion, DisputeInfo, Included, JobInfo, JobState,
    Pending, View,
};
use edgeproof_primitives::{
    BlobHash, ChunkProof, Commitment, ElementProof, JobId, ProgramId, RevealOpening, TraceOpening, Witness,
};
use edgeproof_proofs::NodeOpening;
use futures::{stream, StreamExt, TryStreamExt};
use std::{future::Future, time::Duration};
use tokio::sync::{watch, Mutex};
use tracing::{info, warn};

/// A node's pool may be a moment behind its best block and take an answer for one that it would have to charge for.
const POOL_LAG: [Duration; 3] = [
    Duration::from_millis(200),
    Duration::from_millis(600),
    Duration::from_millis(1_200),
];

/// Jobs that a node is asked for at the same time.
const AT_ONCE: usize = 8;

/// The chain behind a node that may come and go.
pub struct LiveChain {
    operator: Signer,
    url: String,
    ticks: watch::Receiver<Option<Tick>>,
    client: watch::Receiver<Option<Client>>,
    listing: Mutex<Listing>,
}

impl LiveChain {
    /// Follows the chain of `client`; later connections go to the same address and must show the same chain.
    pub fn follow(client: &Client, operator: Signer) -> Self {
        let (ticks, next_ticks) = watch::channel(None);
        let (clients, current) = watch::channel(None);
        let url = client.url().to_owned();
        let follower = Follower {
            url: url.clone(),
            operator: operator.account(),
            genesis: client.genesis(),
            ticks,
            client: clients,
        };
        tokio::spawn(follower.run());
        Self {
            operator,
            url,
            ticks: next_ticks,
            client: current,
            listing: Mutex::default(),
        }
    }

    fn client(&self) -> Result<Client, ClientError> {
        let offline = || ClientError::ConnectionLost {
            url: self.url.clone(),
            reason: "not connected".into(),
        };
        self.client.borrow().clone().ok_or_else(offline)
    }

    async fn best(&self) -> Result<View, ClientError> {
        self.client()?.best().await
    }

    /// Waits elsewhere until a call that costs a fee is in a block, and reports in the log how it fared.
    fn report<F>(&self, what: String, call: F)
    where
        F: Future<Output = Result<Included<()>, ClientError>> + Send + 'static,
    {
        tokio::spawn(async move {
            match call.await {
                Ok(included) => info!("{what} is in block {}", included.block),
                Err(error) => warn!("{what}: {error}"),
            }
        });
    }

    /// Sends until the node takes it, and reports in the log when it fails in a block.
    async fn send<F>(&self, what: String, mut send: impl FnMut(Client) -> F + Send) -> Result<(), ClientError>
    where
        F: Future<Output = Result<Pending, ClientError>> + Send,
    {
        let mut pauses = POOL_LAG.iter();
        let pending = loop {
            match send(self.client()?).await {
                Err(ClientError::NotTaken { reason, next_step }) => match pauses.next() {
                    Some(pause) => tokio::time::sleep(*pause).await,
                    None => return Err(ClientError::NotTaken { reason, next_step }),
                },
                sent => break sent?,
            }
        };
        tokio::spawn(async move {
            if let Err(error @ ClientError::Refused(_)) = pending.included().await {
                warn!("{what}: {error}");
            }
        });
        Ok(())
    }
}

impl Chain for LiveChain {
    fn operator(&self) -> AccountId {
        self.operator.account()
    }

    async fn next(&mut self) -> Tick {
        loop {
            if self.ticks.changed().await.is_err() {
                // The follower ends only with this handle, or with the whole program.
                std::future::pending::<()>().await;
            }
            if let Some(tick) = self.ticks.borrow_and_update().clone() {
                return tick;
            }
        }
    }

    async fn program(&self, id: ProgramId) -> Result<Vec<u8>, ClientError> {
        let code = self.best().await?.program_code(&id).await?;
        code.ok_or_else(|| ClientError::Node(format!("it does not know the program {id}")))
    }

    async fn job(&self, id: JobId) -> Result<Option<JobState>, ClientError> {
        self.best().await?.job(id).await
    }

    async fn commit(&self, job: JobId, commitment: Commitment) -> Result<(), ClientError> {
        self.send(format!("job {job}: commitment"), |client| async move {
            client.commit_result(&self.operator, job, commitment).await
        })
        .await
    }

    async fn reveal(&self, job: JobId, opening: RevealOpening) -> Result<(), ClientError> {
        let opening = &opening;
        self.send(format!("job {job}: reveal"), |client| async move {
            client.reveal_result(&self.operator, job, opening).await
        })
        .await
    }

    async fn live_jobs(&self) -> Result<Vec<JobInfo>, ClientError> {
        let view = self.best().await?;
        let mut known = self.listing.lock().await;
        // What could not be looked at is wanted again.
        let mut listing = known.clone();
        let wanted = listing.wanted(view.job_count().await?);
        let look = |id| {
            let view = &view;
            async move { Ok::<_, ClientError>((id, view.job(id).await?)) }
        };
        let found: Vec<_> = stream::iter(wanted)
            .map(look)
            .buffered(AT_ONCE)
            .try_collect()
            .await?;
        for (id, state) in found {
            listing.note(id, state);
        }
        *known = listing;
        Ok(known.jobs())
    }

    async fn inline_output(&self, id: JobId) -> Result<Option<Vec<u8>>, ClientError> {
        self.best().await?.inline_output(id).await
    }

    async fn dispute(&self, job: JobId) -> Result<Option<DisputeInfo>, ClientError> {
        self.best().await?.dispute(job).await
    }

    async fn has_waiting_claim(&self, job: JobId) -> Result<bool, ClientError> {
        let claims = self.best().await?.waiting_claims(job).await?;
        let operator = self.operator.account();
        Ok(claims.iter().any(|claim| claim.operator == operator))
    }

    async fn claim(&self, job: JobId, output_root: BlobHash, trace: TraceOpening) -> Result<(), ClientError> {
        let (client, operator) = (self.client()?, self.operator.clone());
        self.report(format!("job {job}: claim"), async move {
            client.claim(&operator, job, output_root, &trace).await
        });
        Ok(())
    }

    async fn open_trace(&self, job: JobId, trace: TraceOpening) -> Result<(), ClientError> {
        let trace = &trace;
        self.send(format!("job {job}: opening of the trace"), |client| async move {
            client.open_trace(&self.operator, job, trace).await
        })
        .await
    }

    async fn open_node(&self, job: JobId, opening: NodeOpening) -> Result<(), ClientError> {
        let opening = &opening;
        self.send(format!("job {job}: opening of a node"), |client| async move {
            client.open_node(&self.operator, job, opening).await
        })
        .await
    }

    async fn referee(&self, job: JobId, witness: Witness) -> Result<(), ClientError> {
        let witness = &witness;
        self.send(format!("job {job}: witness"), |client| async move {
            client.referee(&self.operator, job, witness).await
        })
        .await
    }

    async fn prove_element(
        &self,
        job: JobId,
        output_root: BlobHash,
        proof: ElementProof,
    ) -> Result<(), ClientError> {
        let (client, operator) = (self.client()?, self.operator.clone());
        self.report(format!("job {job}: proof of a wrong element"), async move {
            client.prove_element(&operator, job, output_root, &proof).await
        });
        Ok(())
    }

    async fn data_questions(&self) -> Result<Vec<DataQuestion>, ClientError> {
        self.best().await?.data_questions().await
    }

    async fn serve_chunk(&self, job: JobId, proof: ChunkProof) -> Result<(), ClientError> {
        let proof = &proof;
        self.send(format!("job {job}: demanded chunk"), |client| async move {
            client.serve_chunk(&self.operator, job, proof).await
        })
        .await
    }

    async fn report_unavailable(&self, job: JobId, input: u8) -> Result<(), ClientError> {
        self.send(
            format!("job {job}: report of a missing input"),
            |client| async move { client.report_unavailable(&self.operator, job, input).await },
        )
        .await
    }

    async fn judge(&self, job: JobId, available: bool) -> Result<(), ClientError> {
        self.send(format!("job {job}: judgement"), |client| async move {
            client.judge(&self.operator, job, available).await
        })
        .await
    }
}
