//! Best blocks of a node that may go away for a while.

use edgeproof_client::{Client, ClientError, View};
use futures::{stream::BoxStream, StreamExt};
use std::time::Duration;

/// Best blocks in a row that know nothing of what is waited for, before it counts as lost: a reorganisation may take it
/// back for a while.
pub const MAX_ABSENT: u32 = 20;
/// Attempts to reach a node that went away, one each [`RETRY`].
const MAX_RETRIES: u32 = 60;
const RETRY: Duration = Duration::from_secs(2);

/// The best blocks as they come, across connections.
pub struct Blocks {
    client: Client,
    stream: Option<BoxStream<'static, Result<View, ClientError>>>,
    retries: u32,
}

impl Blocks {
    pub fn new(client: Client) -> Self {
        Self {
            client,
            stream: None,
            retries: 0,
        }
    }

    /// The connection of now.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The state after the next best block.
    pub async fn next(&mut self) -> Result<View, ClientError> {
        let stream = match &mut self.stream {
            Some(stream) => stream,
            None => self.stream.insert(self.client.best_blocks().await?.boxed()),
        };
        stream.next().await.ok_or_else(|| ClientError::ConnectionLost {
            url: self.client.url().to_owned(),
            reason: "the node sends no more blocks".into(),
        })?
    }

    /// A block was read to its end: the node is there.
    pub fn arrived(&mut self) {
        self.retries = 0;
    }

    /// Connects again after an error that says that the node went away.
    ///
    /// # Errors
    /// Any other error, and that one after too many attempts.
    pub async fn recover(&mut self, error: ClientError) -> Result<(), ClientError> {
        if !error.is_connection() || self.retries == MAX_RETRIES {
            return Err(error);
        }
        self.retries += 1;
        self.stream = None;
        tokio::time::sleep(RETRY).await;
        // The next block meets the old connection's error again when nobody answers yet.
        if let Ok(client) = Client::connect(self.client.url()).await {
            self.client = client;
        }
        Ok(())
    }
}
