//! `edgeproof job`.

mod assurance;
mod blocks;
mod challenge;
mod data;
pub mod describe;
mod dispute;
pub mod fetch;
pub mod follow;
mod list;
mod order;
pub mod post;
mod quote;
mod submit;
mod survey;

use crate::{context::Context, failure::Failure, format::tfuel, report::Report};
use edgeproof_client::ClientError;
use edgeproof_primitives::JobId;
use serde_json::json;

#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Post a job: a program, its inputs, and the most that it may cost
    #[command(visible_alias = "post")]
    Submit(Box<submit::Args>),
    /// Ask what a job would cost now, who could compute it, and how long that would take; takes what `submit` takes
    Quote(Box<quote::Args>),
    /// Show each state of a job as it happens, until it has ended
    Watch {
        /// Number of the job
        job: JobId,
    },
    /// Write the outputs of a job to files, checked against what the chain says
    Fetch(fetch::Args),
    /// List jobs, the newest first
    List(list::Args),
    /// Show a job, or its receipt when it has ended
    Show {
        /// Number of the job
        job: JobId,
    },
    /// Compute a job again, and prove its result wrong if it is: the chain decides who is right
    Challenge(challenge::Args),
    /// Force a part of a result that cannot be fetched onto the chain, or have its workers lose their bonds
    Demand(data::demand::Args),
    /// Have judges try to fetch a result; when most cannot, its workers lose their bonds
    ReportWithheld(data::report_withheld::Args),
    /// Withdraw a job that no worker has been drawn for; the escrow comes back
    Cancel {
        /// Number of the job
        job: JobId,
    },
}

pub async fn run(command: Command, context: &Context) -> Result<Report, Failure> {
    match command {
        Command::Submit(args) => submit::run(*args, context).await,
        Command::Quote(args) => quote::run(*args, context).await,
        Command::Watch { job } => watch(job, context).await,
        Command::Fetch(args) => fetch::run(args, context).await,
        Command::List(args) => list::run(args, context).await,
        Command::Show { job } => show(job, context).await,
        Command::Challenge(args) => challenge::run(args, context).await,
        Command::Demand(args) => data::demand::run(args, context).await,
        Command::ReportWithheld(args) => data::report_withheld::run(args, context).await,
        Command::Cancel { job } => cancel(job, context).await,
    }
}

async fn watch(job: JobId, context: &Context) -> Result<Report, Failure> {
    let client = context.client().await?;
    let receipt = follow::follow(&client, job, context.json).await?.receipt;
    Ok(describe::end_report(&receipt))
}

async fn show(job: JobId, context: &Context) -> Result<Report, Failure> {
    let view = context.client().await?.best().await?;
    let state = view.job(job).await?.ok_or(ClientError::UnknownJob(job))?;
    let dispute = view.dispute(job).await?;
    let question = view.data_question(job).await?;
    let report = describe::report(&state, dispute.as_ref(), question.as_ref());
    Ok(match view.why_waits(job).await? {
        Some(waiting) => survey::added(report, &waiting),
        None => report,
    })
}

async fn cancel(job: JobId, context: &Context) -> Result<Report, Failure> {
    let client = context.client().await?;
    let cancelled = client.cancel_job(&context.signer()?, job).await?;
    let text = format!(
        "job {job} cancelled in block {}; fee {}, the escrow is free again",
        cancelled.block,
        tfuel(cancelled.fee)
    );
    Ok(Report::new(text, json!({ "job": job, "block": cancelled.block })))
}
