use super::Tick;
use edgeproof_client::{AccountId, Client, ClientError};
use edgeproof_primitives::Hash;
use futures::StreamExt;
use std::time::Duration;
use tokio::{sync::watch, time::timeout};
use tracing::{info, warn};

/// A chain that makes no block for so long stands still, or the connection is dead without knowing it.
const SILENCE: Duration = Duration::from_secs(60);
const SHORTEST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Follows the best block, over as many connections as it takes.
pub(super) struct Follower {
    pub url: String,
    pub operator: AccountId,
    pub genesis: Hash,
    pub ticks: watch::Sender<Option<Tick>>,
    pub client: watch::Sender<Option<Client>>,
}

impl Follower {
    /// Runs until nobody listens. Says one line for each change of the connection.
    pub async fn run(self) {
        let mut pause = SHORTEST_PAUSE;
        let mut last_trouble = String::new();
        while !self.ticks.is_closed() {
            let mut followed = false;
            let Err(error) = self.follow(&mut followed).await;
            self.client.send_replace(None);
            if followed {
                pause = SHORTEST_PAUSE;
                last_trouble.clear();
            }
            let trouble = error.to_string();
            if trouble != last_trouble {
                warn!("{trouble}; following again as soon as it answers");
                last_trouble = trouble;
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// Follows over one connection until it fails.
    async fn follow(&self, followed: &mut bool) -> Result<std::convert::Infallible, ClientError> {
        let client = Client::connect(&self.url).await?;
        client.expect_genesis(&self.genesis)?;
        let mut blocks = client.best_blocks().await?;
        loop {
            let silent = || ClientError::Node(format!("no block for {} s", SILENCE.as_secs()));
            let lost = || ClientError::ConnectionLost {
                url: self.url.clone(),
                reason: "it closed".into(),
            };
            timeout(SILENCE, blocks.next())
                .await
                .map_err(|_| silent())?
                .ok_or_else(lost)??;
            // Asked for after the finalised block, the best block stands on it.
            let finalized = client.finalized().await?.number();
            let view = client.best().await?;
            let seats = view.seats(&self.operator).await?;
            if !*followed {
                *followed = true;
                info!("following {} at block {}", self.url, view.number());
                self.client.send_replace(Some(client.clone()));
            }
            self.ticks.send_replace(Some(Tick {
                block: view.number(),
                finalized,
                seats,
            }));
        }
    }
}
