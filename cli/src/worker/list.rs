//! `edgeproof worker list`.

use super::{score, text};
use crate::{
    context::Context,
    failure::Failure,
    format::{bytes, exact, short},
    report::Report,
    table::{table, Align},
};
use edgeproof_client::WorkerInfo;
use edgeproof_primitives::Label;
use serde_json::{json, Value};

pub async fn run(context: &Context) -> Result<Report, Failure> {
    let view = context.client().await?.best().await?;
    let (mut workers, faulty) = (view.workers().await?, view.faulty_drivers().await?);
    workers.sort_by_key(|worker| worker.ask);
    Ok(report(&workers, &faulty))
}

fn report(workers: &[WorkerInfo], faulty: &[Label]) -> Report {
    let columns = [
        ("operator", Align::Left),
        ("adapter", Align::Left),
        ("region", Align::Left),
        ("memory", Align::Right),
        ("TFUEL/Gop", Align::Right),
        ("busy", Align::Right),
        ("score", Align::Right),
        ("done", Align::Right),
        ("missed", Align::Right),
        ("refuted", Align::Right),
        ("drawn", Align::Left),
    ];
    let rows: Vec<_> = workers.iter().map(|worker| row(worker, faulty)).collect();
    let values: Vec<_> = workers.iter().map(|worker| value(worker, faulty)).collect();
    let none = "no workers; `compute-worker run` makes this machine one";
    Report::new(table(&columns, &rows, none), Value::Array(values))
}

/// Whether the chain gives no jobs to the worker's driver.
fn has_faulty_driver(worker: &WorkerInfo, faulty: &[Label]) -> bool {
    faulty.contains(&worker.capability.driver)
}

fn row(worker: &WorkerInfo, faulty: &[Label]) -> Vec<String> {
    let capability = &worker.capability;
    vec![
        worker.operator.to_string(),
        text(&capability.adapter),
        capability.region.to_string(),
        bytes(capability.memory),
        short(worker.ask),
        format!("{} of {}", worker.seats_held, capability.slots),
        score(&worker.evidence),
        worker.succeeded.to_string(),
        worker
            .commit_missed
            .saturating_add(worker.reveal_missed)
            .to_string(),
        worker.refuted.to_string(),
        match (has_faulty_driver(worker, faulty), worker.active) {
            (true, _) => "no: faulty driver",
            (false, true) => "yes",
            (false, false) => "no",
        }
        .into(),
    ]
}

pub fn value(worker: &WorkerInfo, faulty: &[Label]) -> Value {
    json!({
        "operator": worker.operator.to_string(),
        "stash": worker.stash.to_string(),
        "adapter": text(&worker.capability.adapter),
        "driver": text(&worker.capability.driver),
        "faulty_driver": has_faulty_driver(worker, faulty),
        "region": worker.capability.region.to_string(),
        "memory": worker.capability.memory,
        "slots": worker.capability.slots,
        "busy": worker.seats_held,
        "ask": exact(worker.ask),
        "succeeded": worker.succeeded,
        "commit_missed": worker.commit_missed,
        "reveal_missed": worker.reveal_missed,
        "refuted": worker.refuted,
        "reputation": {
            "score": worker.evidence.score(),
            "successes": worker.evidence.successes,
            "failures": worker.evidence.failures,
        },
        "active": worker.active,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worker::testing::worker;

    #[test]
    fn a_worker_with_a_faulty_driver_is_said_not_to_be_drawn() {
        let (worker, faulty) = (worker(), [worker().capability.driver]);
        assert_eq!(row(&worker, &[]).last().map(String::as_str), Some("yes"));
        assert_eq!(
            row(&worker, &faulty).last().map(String::as_str),
            Some("no: faulty driver")
        );
        assert_eq!(value(&worker, &faulty)["faulty_driver"], true);
        assert_eq!(value(&worker, &[])["faulty_driver"], false);
    }

    #[test]
    fn a_score_is_shown_in_percent_and_as_the_chain_compares_it() {
        let worker = worker();
        assert!(row(&worker, &[]).contains(&"86.1 %".to_owned()));
        let value = value(&worker, &[]);
        assert_eq!(value["reputation"]["score"], 861_950);
        assert_eq!(value["reputation"]["successes"], 5_250_000);
    }
}
