//! `edgeproof job list`.

use super::{describe, survey};
use crate::{
    context::Context,
    failure::Failure,
    format::{count, short},
    report::Report,
    table::{table, Align},
};
use edgeproof_client::{AccountId, JobPhase, JobState, View};
use edgeproof_primitives::{JobId, Waiting};
use serde_json::Value;

/// Most jobs that are asked for at once.
const PAGE: usize = 64;

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Only those of the key that signs
    #[arg(long)]
    mine: bool,
    /// How many at most
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// Only older ones than this job
    #[arg(long, value_name = "JOB")]
    before: Option<JobId>,
}

pub async fn run(args: Args, context: &Context) -> Result<Report, Failure> {
    let requester = args.mine.then(|| context.account(None)).transpose()?;
    let view = context.client().await?.best().await?;
    let mut jobs = Vec::new();
    for state in find(&view, requester.as_ref(), &args).await? {
        let waiting = why_waits(&view, &state).await?;
        jobs.push((state, waiting));
    }
    Ok(report(&jobs))
}

/// Why a job waits; nothing when it does not.
async fn why_waits(view: &View, state: &JobState) -> Result<Option<Waiting>, Failure> {
    match state {
        JobState::Live(job) if matches!(job.phase, JobPhase::Open { .. } | JobPhase::Deciding) => {
            Ok(view.why_waits(job.id).await?)
        }
        _ => Ok(None),
    }
}

async fn find(view: &View, requester: Option<&AccountId>, args: &Args) -> Result<Vec<JobState>, Failure> {
    let mut found = Vec::new();
    let mut before = args.before;
    while found.len() < args.limit {
        let page = view.jobs(before, args.limit.min(PAGE)).await?;
        let Some((last, _)) = page.last() else { break };
        before = Some(*last);
        let states = page.into_iter().map(|(_, state)| state);
        found.extend(states.filter(|state| requester.is_none_or(|account| account == requester_of(state))));
    }
    found.truncate(args.limit);
    Ok(found)
}

fn report(jobs: &[(JobState, Option<Waiting>)]) -> Report {
    let columns = [
        ("job", Align::Right),
        ("state", Align::Left),
        ("workers", Align::Left),
        ("requester", Align::Left),
        ("operations", Align::Right),
        ("posted at", Align::Right),
        ("ended at", Align::Right),
        ("paid TFUEL", Align::Right),
        ("waits because", Align::Left),
    ];
    let rows: Vec<_> = jobs.iter().map(row).collect();
    let values: Vec<_> = jobs.iter().map(value).collect();
    Report::new(table(&columns, &rows, "no jobs"), Value::Array(values))
}

fn requester_of(state: &JobState) -> &AccountId {
    match state {
        JobState::Live(job) => &job.requester,
        JobState::Ended(receipt) => &receipt.requester,
    }
}

fn value((state, waiting): &(JobState, Option<Waiting>)) -> Value {
    let mut value = describe::value(state);
    if let Some(waiting) = waiting {
        value["waits"] = survey::waiting_value(waiting);
    }
    value
}

fn row((state, waiting): &(JobState, Option<Waiting>)) -> Vec<String> {
    let requester = requester_of(state).to_string();
    match state {
        JobState::Live(job) => vec![
            job.id.to_string(),
            state.name().into(),
            describe::seats(state),
            requester,
            count(job.operations),
            job.posted_at.to_string(),
            String::new(),
            String::new(),
            waiting.as_ref().map(survey::line).unwrap_or_default(),
        ],
        JobState::Ended(receipt) => vec![
            receipt.job.to_string(),
            state.name().into(),
            describe::seats(state),
            requester,
            count(receipt.operations),
            receipt.posted_at.to_string(),
            receipt.ended_at.to_string(),
            short(receipt.paid),
            String::new(),
        ],
    }
}
