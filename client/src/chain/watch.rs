use super::{Client, ClientError, DataQuestion, JobState, JobUpdate, View};
use edgeproof_primitives::JobId;
use futures::{stream, stream::BoxStream, Stream, StreamExt};
use std::time::Duration;

/// Best blocks without the job before it counts as unknown: a reorganisation may take the posting back for a while.
const MAX_ABSENT: u32 = 20;
/// Attempts to reach a node that went away, one each [`RETRY`].
const MAX_RETRIES: u32 = 60;
const RETRY: Duration = Duration::from_secs(2);

impl Client {
    /// Every change of a job's state and of the question about its data in best blocks, without duplicates, until it has
    /// ended. After a
    /// reorganisation a state may step back. Survives an outage of the node of two minutes.
    ///
    /// Yields at most one error, as its last item.
    pub fn watch_job(
        &self,
        id: JobId,
    ) -> impl Stream<Item = Result<JobUpdate, ClientError>> + Send + 'static {
        let watch = Watch {
            client: self.clone(),
            id,
            blocks: None,
            last: None,
            absent: 0,
            over: false,
        };
        stream::unfold(watch, |mut watch| async {
            let update = watch.next().await?;
            Some((update, watch))
        })
        .boxed()
    }
}

struct Watch {
    client: Client,
    id: JobId,
    blocks: Option<BoxStream<'static, Result<View, ClientError>>>,
    last: Option<(JobState, Option<DataQuestion>)>,
    /// Best blocks in a row that did not know the job.
    absent: u32,
    over: bool,
}

impl Watch {
    async fn next(&mut self) -> Option<Result<JobUpdate, ClientError>> {
        let mut retries = 0;
        while !self.over {
            match self.step().await {
                Ok(None) => retries = 0,
                Ok(Some(update)) => {
                    self.over = matches!(update.state, JobState::Ended(_));
                    return Some(Ok(update));
                }
                Err(error) if error.is_connection() && retries < MAX_RETRIES => {
                    retries += 1;
                    self.reconnect().await;
                }
                Err(error) => {
                    self.over = true;
                    return Some(Err(error));
                }
            }
        }
        None
    }

    async fn step(&mut self) -> Result<Option<JobUpdate>, ClientError> {
        let blocks = match &mut self.blocks {
            Some(blocks) => blocks,
            None => self.blocks.insert(self.client.best_blocks().await?.boxed()),
        };
        let Some(view) = blocks.next().await else {
            return Err(self
                .client
                .failed(subxt::Error::other_str("the node sends no more blocks")));
        };
        let view = view?;
        let Some(state) = view.job(self.id).await? else {
            self.absent += 1;
            let gone = self.absent > MAX_ABSENT || (self.last.is_none() && view.job_count().await? > self.id);
            return if gone {
                Err(ClientError::UnknownJob(self.id))
            } else {
                Ok(None)
            };
        };
        self.absent = 0;
        let question = match state {
            JobState::Live(_) => view.data_question(self.id).await?,
            JobState::Ended(_) => None,
        };
        let seen = (state, question);
        if self.last.as_ref() == Some(&seen) {
            return Ok(None);
        }
        self.last = Some(seen.clone());
        let (state, question) = seen;
        Ok(Some(JobUpdate {
            block: view.number(),
            state,
            question,
        }))
    }

    async fn reconnect(&mut self) {
        self.blocks = None;
        tokio::time::sleep(RETRY).await;
        // The next step meets the old connection's error again when nobody answers yet.
        if let Ok(client) = Client::connect(self.client.url()).await {
            self.client = client;
        }
    }
}
