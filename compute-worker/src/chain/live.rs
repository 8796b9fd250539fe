use super::{follower::Follower, Chain, Tick};
use edgeproof_client::{keys::Signer, AccountId, Client, ClientError, JobState, Pending};
use edgeproof_primitives::{Commitment, JobId, ProgramId, RevealOpening};
use std::{future::Future, time::Duration};
use tokio::sync::watch;
use tracing::warn;

/// A node's pool may be a moment behind its best block and take an answer for one that it would have to charge for.
const POOL_LAG: [Duration; 3] = [
    Duration::from_millis(200),
    Duration::from_millis(600),
    Duration::from_millis(1_200),
];

/// The chain behind a node that may come and go.
pub struct LiveChain {
    operator: Signer,
    url: String,
    ticks: watch::Receiver<Option<Tick>>,
    client: watch::Receiver<Option<Client>>,
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
        }
    }

    fn client(&self) -> Result<Client, ClientError> {
        let offline = || ClientError::ConnectionLost {
            url: self.url.clone(),
            reason: "not connected".into(),
        };
        self.client.borrow().clone().ok_or_else(offline)
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
        let code = self.client()?.best().await?.program_code(&id).await?;
        code.ok_or_else(|| ClientError::Node(format!("it does not know the program {id}")))
    }

    async fn job(&self, id: JobId) -> Result<Option<JobState>, ClientError> {
        self.client()?.best().await?.job(id).await
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
}
