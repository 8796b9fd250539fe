//! `edgeproof worker`: who offers to compute.

use crate::{
    context::Context,
    failure::Failure,
    format::{bytes, exact, short},
    report::Report,
    table::{table, Align},
};
use edgeproof_client::WorkerInfo;
use serde_json::{json, Value};

#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// List the registered workers, the cheapest first
    List,
}

pub async fn run(command: Command, context: &Context) -> Result<Report, Failure> {
    let Command::List = command;
    let mut workers = context.client().await?.best().await?.workers().await?;
    workers.sort_by_key(|worker| worker.ask);
    Ok(report(&workers))
}

fn report(workers: &[WorkerInfo]) -> Report {
    let columns = [
        ("operator", Align::Left),
        ("adapter", Align::Left),
        ("region", Align::Left),
        ("memory", Align::Right),
        ("TFUEL/Gop", Align::Right),
        ("busy", Align::Right),
        ("done", Align::Right),
        ("missed", Align::Right),
        ("refuted", Align::Right),
        ("drawn", Align::Left),
    ];
    let rows: Vec<_> = workers.iter().map(row).collect();
    let values: Vec<_> = workers.iter().map(value).collect();
    let none = "no workers; `compute-worker run` makes this machine one";
    Report::new(table(&columns, &rows, none), Value::Array(values))
}

fn row(worker: &WorkerInfo) -> Vec<String> {
    let capability = &worker.capability;
    vec![
        worker.operator.to_string(),
        adapter(worker),
        capability.region.to_string(),
        bytes(capability.memory),
        short(worker.ask),
        format!("{} of {}", worker.seats_held, capability.slots),
        worker.succeeded.to_string(),
        worker
            .commit_missed
            .saturating_add(worker.reveal_missed)
            .to_string(),
        worker.refuted.to_string(),
        if worker.active { "yes" } else { "no" }.into(),
    ]
}

fn value(worker: &WorkerInfo) -> Value {
    json!({
        "operator": worker.operator.to_string(),
        "stash": worker.stash.to_string(),
        "adapter": adapter(worker),
        "region": worker.capability.region.to_string(),
        "memory": worker.capability.memory,
        "slots": worker.capability.slots,
        "busy": worker.seats_held,
        "ask": exact(worker.ask),
        "succeeded": worker.succeeded,
        "commit_missed": worker.commit_missed,
        "reveal_missed": worker.reveal_missed,
        "refuted": worker.refuted,
        "active": worker.active,
    })
}

fn adapter(worker: &WorkerInfo) -> String {
    String::from_utf8_lossy(&worker.capability.adapter).into_owned()
}
