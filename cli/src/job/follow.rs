//! A job from here to its end.

use super::{data::question, describe};
use crate::{failure::Failure, progress::Progress, report};
use edgeproof_client::{AccountId, Client, DataQuestion, JobState, JobUpdate};
use edgeproof_primitives::{BlockNumber, JobId, Receipt};
use futures::StreamExt;
use serde_json::json;
use std::{
    pin::pin,
    time::{Duration, Instant},
};

/// When a block was seen that changed the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub block: BlockNumber,
    pub after: Duration,
}

/// A job that has ended before our eyes.
#[derive(Debug)]
pub struct Followed {
    pub receipt: Receipt<AccountId>,
    pub moments: Vec<Moment>,
}

impl Followed {
    /// Time from the start until `block` was seen.
    pub fn seen(&self, block: BlockNumber) -> Option<Duration> {
        self.moments
            .iter()
            .find(|moment| moment.block >= block)
            .map(|moment| moment.after)
    }
}

/// Shows each state of a job, and each question about its data, as it happens and returns its end. With `json` each is an object on a line of
/// standard output, too.
pub async fn follow(client: &Client, id: JobId, json: bool) -> Result<Followed, Failure> {
    let progress = Progress::start();
    let start = Instant::now();
    let mut moments = Vec::new();
    progress.waiting(format!("job {id}: waiting for the next block"));
    let mut shown = Shown::default();
    let mut updates = pin!(client.watch_job(id));
    while let Some(update) = updates.next().await {
        let JobUpdate {
            block,
            state,
            question,
        } = update?;
        moments.push(Moment {
            block,
            after: start.elapsed(),
        });
        for line in shown.news(&state, question.as_ref()) {
            progress.done(format!("block {block:>6}  {line}"));
        }
        progress.waiting(format!("job {id}: {}", state.name()));
        if json {
            let question = question.as_ref().map(question::value);
            report::line(json!({ "job": id, "block": block, "state": state.name(), "question": question }))?;
        }
        if let JobState::Ended(receipt) = state {
            return Ok(Followed {
                receipt: *receipt,
                moments,
            });
        }
    }
    Err(Failure::new(format!("the chain said no more about job {id}"))
        .next(format!("run `edgeproof job watch {id}` again")))
}

/// What was shown last.
#[derive(Default)]
struct Shown {
    state: String,
    question: Option<String>,
}

impl Shown {
    /// What is new in these, in lines.
    fn news(&mut self, state: &JobState, question: Option<&DataQuestion>) -> Vec<String> {
        let mut news = Vec::new();
        let line = describe::line(state);
        if line != self.state {
            news.push(line.clone());
            self.state = line;
        }
        let asked = question.map(question::line);
        if asked != self.question {
            match (&asked, state) {
                (Some(asked), _) => news.push(describe::named("Question", asked)),
                (None, JobState::Live(_)) => {
                    news.push(describe::named("Question", "closed, and the job goes on"));
                }
                (None, JobState::Ended(_)) => {}
            }
            self.question = asked;
        }
        news
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::data::testing::{ended, live};
    use edgeproof_client::{DataAsked, JobPhase};
    use edgeproof_primitives::{BlobHash, Outcome, Reason};

    #[test]
    fn a_question_is_shown_once_beside_the_state_that_it_delays() {
        let question = DataQuestion {
            job: 3,
            asked: DataAsked::Chunk {
                output_root: BlobHash([7; 32]),
                output: 0,
                chunk: 2,
            },
            answer_by: 40,
        };
        let state = live(JobPhase::Revealed { settles_at: 60 });
        let mut shown = Shown::default();
        assert_eq!(shown.news(&state, None).len(), 1);
        let asked = shown.news(&state, Some(&question));
        assert!(
            asked.len() == 1 && asked[0].starts_with("Question  chunk 2 of output 0"),
            "{asked:?}"
        );
        assert!(shown.news(&state, Some(&question)).is_empty());
        let closed = shown.news(&state, None);
        assert!(closed[0].starts_with("Question  closed"), "{closed:?}");
        shown.news(&state, Some(&question));
        let end = shown.news(&ended(Outcome::OutputWithheld, Reason::OutputWithheld), None);
        assert!(
            end.len() == 1 && end[0].contains("could not be fetched"),
            "the end says it: {end:?}"
        );
    }
}
