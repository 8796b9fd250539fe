//! A question, from the block in which it was asked to its end.

use super::{
    end::{end, Asked, End},
    question,
};
use crate::{
    failure::Failure,
    job::blocks::{Blocks, MAX_ABSENT},
    progress::Progress,
    report,
};
use edgeproof_client::{AccountId, Client, ClientError, DataAsked, DataQuestion, View};
use edgeproof_primitives::{BlockNumber, JobId};
use serde_json::json;

/// How deep a reorganisation may be that moves the end of a question.
const MAX_FORK: BlockNumber = 20;

/// A question that was asked. Whoever stops waiting can go on later.
pub struct Wait {
    blocks: Blocks,
    job: JobId,
    asked: Asked,
    /// Block in which it was asked, or first seen.
    since: BlockNumber,
    /// Last block in which it was seen open.
    last_open: BlockNumber,
    /// The command that goes on waiting.
    again: String,
    /// Each change is an object on a line of standard output, too.
    json: bool,
}

/// How a question ended, and where.
#[derive(Debug)]
pub struct Ended {
    pub end: End,
    /// The state after the block in which it ended.
    pub view: View,
    /// The judges, when it asked for some, and what they had said.
    pub judges: Vec<(AccountId, Option<bool>)>,
}

/// What one block says.
enum Seen {
    Open(BlockNumber, DataQuestion),
    Ended(Box<Ended>),
    /// Neither the question nor its end.
    Absent,
}

impl Wait {
    pub fn new(
        client: Client,
        job: JobId,
        asked: Asked,
        since: BlockNumber,
        again: String,
        json: bool,
    ) -> Self {
        Self {
            blocks: Blocks::new(client),
            job,
            asked,
            since,
            last_open: since,
            again,
            json,
        }
    }

    /// Waits until the question has ended, and shows how far it is.
    ///
    /// # Errors
    /// When the node stays away, or the chain has forgotten the question.
    pub async fn wait(mut self) -> Result<Ended, Failure> {
        let progress = Progress::start();
        progress.done(format!(
            "waiting for the answer; Ctrl-C withdraws nothing, and `{}` goes on waiting",
            self.again
        ));
        progress.waiting(format!("job {}: waiting for the next block", self.job));
        let mut absent = 0;
        let mut said = String::new();
        loop {
            let seen = match self.next().await {
                Ok(seen) => seen,
                Err(error) => {
                    let gone = self.blocks.recover(error).await;
                    gone.map_err(|error| {
                        let next = format!("the question stays asked: `{}` goes on waiting", self.again);
                        Failure::from(error).next(next)
                    })?;
                    continue;
                }
            };
            self.blocks.arrived();
            absent = match seen {
                Seen::Ended(ended) => return Ok(*ended),
                Seen::Open(block, question) => {
                    self.last_open = block;
                    self.tell(&progress, block, &question, &mut said)?;
                    0
                }
                Seen::Absent => absent + 1,
            };
            if absent > MAX_ABSENT {
                return Err(self.forgotten());
            }
        }
    }

    fn tell(
        &self,
        progress: &Progress,
        block: BlockNumber,
        question: &DataQuestion,
        said: &mut String,
    ) -> Result<(), Failure> {
        let line = question::line(question);
        if line != *said {
            progress.done(format!("block {block:>6}  {line}"));
            if self.json {
                let question = question::value(question);
                report::line(json!({ "job": self.job, "block": block, "question": question }))?;
            }
            *said = line;
        }
        let left = left(question.answer_by, block);
        progress.waiting(format!("job {}: block {block}, {left}", self.job));
        Ok(())
    }

    fn forgotten(&self) -> Failure {
        Failure::new(format!(
            "the chain knows nothing of the question about job {} any more: a reorganisation has dropped it",
            self.job
        ))
        .next(format!("ask again with `{}`", self.again))
    }

    async fn next(&mut self) -> Result<Seen, ClientError> {
        let view = self.blocks.next().await?;
        match view.data_question(self.job).await? {
            Some(question) if self.asked.is(&question) => Ok(Seen::Open(view.number(), question)),
            _ => self.look_back(view).await,
        }
    }

    /// Looks for the block that ended the question: of several best blocks that came at once only the last was seen.
    async fn look_back(&self, head: View) -> Result<Seen, ClientError> {
        let first = self.since.max(self.last_open.saturating_sub(MAX_FORK));
        let mut next = Some(head.clone());
        while let Some(view) = next.filter(|view| view.number() >= first) {
            let events = view.data_events(self.job).await?;
            if !events.is_empty() {
                let state = view.job(self.job).await?;
                let closed = end(&self.asked, state.as_ref(), &events);
                // A job that has ended without an answer is found at the head, after every block was asked for one.
                if let Some(end) = closed.filter(|end| !matches!(end, End::JobEnded(_))) {
                    return self.ended(end, view).await;
                }
            }
            next = view.parent().await?;
        }
        let state = head.job(self.job).await?;
        match end(&self.asked, state.as_ref(), &[]) {
            Some(end) => self.ended(end, head).await,
            None => Ok(Seen::Absent),
        }
    }

    /// With the judges of the block before: an inquiry ends at the start of a block.
    async fn ended(&self, end: End, view: View) -> Result<Seen, ClientError> {
        let before = match (self.asked, view.parent().await?) {
            (Asked::Judgement, Some(before)) => before.data_question(self.job).await?,
            _ => None,
        };
        let judges = match before.map(|question| question.asked) {
            Some(DataAsked::Judgement { judges, .. }) => judges,
            _ => Vec::new(),
        };
        Ok(Seen::Ended(Box::new(Ended { end, view, judges })))
    }
}

/// The time that is left for an answer.
fn left(answer_by: BlockNumber, now: BlockNumber) -> String {
    match answer_by.saturating_sub(now) {
        0 => "the time for an answer is over".into(),
        1 => "1 block left".into(),
        blocks => format!("{blocks} blocks left"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_is_told_in_blocks() {
        assert_eq!(left(12, 10), "2 blocks left");
        assert_eq!(left(12, 11), "1 block left");
        assert_eq!(left(12, 12), "the time for an answer is over");
        assert_eq!(left(12, 13), "the time for an answer is over");
    }
}
