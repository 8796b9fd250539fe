//! A job from here to its end.

use super::describe;
use crate::{failure::Failure, progress::Progress, report};
use edgeproof_client::{AccountId, Client, JobState, JobUpdate};
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

/// Shows each state of a job as it happens and returns its end. With `json` each is an object on a line of
/// standard output, too.
pub async fn follow(client: &Client, id: JobId, json: bool) -> Result<Followed, Failure> {
    let progress = Progress::start();
    let start = Instant::now();
    let mut moments = Vec::new();
    progress.waiting(format!("job {id}: waiting for the next block"));
    let mut updates = pin!(client.watch_job(id));
    while let Some(update) = updates.next().await {
        let JobUpdate { block, state } = update?;
        moments.push(Moment {
            block,
            after: start.elapsed(),
        });
        progress.done(format!("block {block:>6}  {}", describe::line(&state)));
        progress.waiting(format!("job {id}: {}", state.name()));
        if json {
            report::line(json!({ "job": id, "block": block, "state": state.name() }))?;
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
