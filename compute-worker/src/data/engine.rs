use super::{
    decide::{decide, Action, Tried},
    search::{search, Find, SearchError},
};
use crate::{chain::Chain, defect::contained};
use edgeproof_client::{
    blobs::BlobStore, AccountId, ClientError, DataAsked, DataQuestion, DataSubject, JobState,
};
use edgeproof_primitives::{BlobHash, BlockNumber, JobId};
use std::{collections::HashMap, sync::Arc, thread};
use tokio::sync::mpsc::{unbounded_channel, UnboundedReceiver, UnboundedSender};
use tracing::{debug, info, warn};

/// Blocks after which an answer that has changed nothing is sent again, and what was not found is looked for again.
const AGAIN: BlockNumber = 3;

/// Answers questions about data.
pub(crate) struct DataAnswers {
    operator: AccountId,
    store: Arc<dyn BlobStore>,
    topics: HashMap<Topic, Progress>,
    found: UnboundedSender<Found>,
    finds: UnboundedReceiver<Found>,
}

/// A question, without what changes while it is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Topic {
    job: JobId,
    subject: Subject,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Subject {
    Chunk(BlobHash, u8, u32),
    Whole(DataSubject),
}

impl Topic {
    fn of(question: &DataQuestion) -> Self {
        let subject = match &question.asked {
            DataAsked::Chunk {
                output_root,
                output,
                chunk,
            } => Subject::Chunk(*output_root, *output, *chunk),
            DataAsked::Judgement { about, .. } => Subject::Whole(*about),
        };
        Self {
            job: question.job,
            subject,
        }
    }
}

/// What may be forgotten when the worker is killed.
struct Progress {
    seen_at: BlockNumber,
    searching: bool,
    find: Option<Result<Find, ()>>,
    /// Not before this block anything is sent or looked for again.
    next: BlockNumber,
    trouble: String,
}

/// What came of a search.
pub(crate) struct Found {
    topic: Topic,
    result: Result<Find, SearchError>,
}

impl DataAnswers {
    /// Has not looked at the chain yet.
    pub fn new(operator: AccountId, store: Arc<dyn BlobStore>) -> Self {
        let (found, finds) = unbounded_channel();
        Self {
            operator,
            store,
            topics: HashMap::new(),
            found,
            finds,
        }
    }

    /// Does after best block `now` what the open questions need.
    pub(crate) async fn attend<C: Chain>(&mut self, chain: &C, now: BlockNumber) {
        let questions = match chain.data_questions().await {
            Ok(questions) => questions,
            Err(error) => {
                debug!("{error}");
                return;
            }
        };
        self.topics
            .retain(|topic, _| questions.iter().any(|question| Topic::of(question) == *topic));
        for question in &questions {
            self.attend_one(chain, question, now).await;
        }
    }

    /// Waits for a search. Dropping the future loses nothing.
    pub(crate) async fn found(&mut self) -> Found {
        match self.finds.recv().await {
            Some(found) => found,
            // This handle keeps a sender itself.
            None => std::future::pending().await,
        }
    }

    /// Notes what a search has found. It is told with the next block.
    pub(crate) fn take(&mut self, Found { topic, result }: Found) {
        let Some(progress) = self.topics.get_mut(&topic) else {
            return;
        };
        progress.searching = false;
        progress.find = Some(match result {
            Ok(find) => {
                progress.next = 0;
                Ok(find)
            }
            Err(error) => {
                progress.trouble(topic.job, error.to_string());
                Err(())
            }
        });
    }

    async fn attend_one<C: Chain>(&mut self, chain: &C, question: &DataQuestion, now: BlockNumber) {
        let topic = Topic::of(question);
        let progress = self.topics.entry(topic).or_insert_with(|| Progress {
            seen_at: now,
            searching: false,
            find: None,
            next: 0,
            trouble: String::new(),
        });
        let tried = Tried {
            seen_at: progress.seen_at,
            had: progress.find.as_ref().map(Result::is_ok),
        };
        let action = decide(question, &self.operator, tried, now);
        if progress.searching || now < progress.next || action == Action::Wait {
            return;
        }
        progress.next = now.saturating_add(AGAIN);
        let job = question.job;
        let done = match (action, &progress.find) {
            (Action::Serve, Some(Ok(Find::Chunk(proof)))) => {
                info!("job {job}: serving a demanded chunk");
                chain.serve_chunk(job, (**proof).clone()).await
            }
            (Action::Judge(available), _) => {
                let found = if available { "can" } else { "cannot" };
                info!("job {job}: judging that the data {found} be fetched");
                chain.judge(job, available).await
            }
            _ => self.search(chain, question).await,
        };
        if let (Err(error), Some(progress)) = (done, self.topics.get_mut(&topic)) {
            progress.next = now;
            progress.trouble(job, error.to_string());
        }
    }

    /// Starts a search in a thread of its own.
    async fn search<C: Chain>(&mut self, chain: &C, question: &DataQuestion) -> Result<(), ClientError> {
        let Some(JobState::Live(job)) = chain.job(question.job).await? else {
            return Ok(());
        };
        let code = chain.program(job.spec.program).await?;
        let topic = Topic::of(question);
        if let Some(progress) = self.topics.get_mut(&topic) {
            progress.searching = true;
        }
        let (store, found, asked) = (self.store.clone(), self.found.clone(), question.asked.clone());
        thread::spawn(move || {
            let searched = contained(|| search(store.as_ref(), &job.spec, &code, &asked));
            let result = searched.unwrap_or(Err(SearchError::Died));
            // Nobody listens when the process ends.
            let _ = found.send(Found { topic, result });
        });
        Ok(())
    }
}

impl Progress {
    /// Says what went wrong, once.
    fn trouble(&mut self, job: JobId, text: String) {
        if self.trouble != text {
            warn!("job {job}: {text}");
            self.trouble = text;
        }
    }
}
