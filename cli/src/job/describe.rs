//! Jobs and receipts, for people and for programs.

use crate::{
    format::{bytes, count, exact, tfuel},
    report::Report,
    table,
};
use edgeproof_client::{AccountId, JobInfo, JobPhase, JobState, SeatInfo};
use edgeproof_primitives::{Attestation, Outcome, Reason, Receipt};
use serde_json::{json, Value};

pub fn report(state: &JobState) -> Report {
    let facts = match state {
        JobState::Live(job) => job_facts(job),
        JobState::Ended(receipt) => receipt_facts(receipt),
    };
    Report::new(table::facts(facts), value(state))
}

/// The end of a job that somebody waited for: bad news unless it succeeded.
pub fn end_report(receipt: &Receipt<AccountId>) -> Report {
    Report::new(table::facts(receipt_facts(receipt)), receipt_value(receipt))
        .bad_news_if(receipt.outcome != Outcome::Succeeded)
}

/// A state in one line.
pub fn line(state: &JobState) -> String {
    let detail = match state {
        JobState::Ended(receipt) => format!("{}; paid {}", reason(receipt.reason), tfuel(receipt.paid)),
        JobState::Live(job) => match job.phase {
            JobPhase::Open { draw_by } => format!("waits for a worker, at most until block {draw_by}"),
            JobPhase::Assigned { commit_by } => format!(
                "{} computes for {}, at most until block {commit_by}",
                workers(job).join(", "),
                tfuel(job.fee())
            ),
            JobPhase::Committed { reveal_by } => {
                format!("the answer is fixed and still secret, at most until block {reveal_by}")
            }
            JobPhase::Revealed { settles_at } => {
                format!("the answer is public and may be disputed until block {settles_at}")
            }
        },
    };
    format!("{:<10}{detail}", state.name())
}

pub fn adapter(attestation: &Attestation) -> String {
    text(&attestation.adapter)
}

fn job_facts(job: &JobInfo) -> Vec<(&'static str, String)> {
    let spec = &job.spec;
    let mut facts = vec![
        ("job", job.id.to_string()),
        ("state", line(&JobState::Live(Box::new(job.clone())))),
        ("requester", job.requester.to_string()),
        ("program", spec.program.to_string()),
        ("operations", count(job.operations)),
        ("posted at", format!("block {}", job.posted_at)),
        ("price cap", tfuel(spec.price_cap)),
    ];
    facts.extend(
        spec.inputs
            .iter()
            .map(|blob| ("input", format!("{}  {}", blob.hash, bytes(blob.bytes)))),
    );
    for seat in &job.seats {
        facts.push(("worker", seat.operator.to_string()));
        if let Some(revealed) = &seat.revealed {
            facts.push(("result", revealed.output_root.to_string()));
            facts.push(("computed on", computed_on(&revealed.attestation)));
        }
    }
    facts
}

fn receipt_facts(receipt: &Receipt<AccountId>) -> Vec<(&'static str, String)> {
    let assurance = if receipt.watched { "watched" } else { "replicated" };
    let at = |block: Option<u32>| block.map(|block| format!("block {block}"));
    let optional = [
        ("result", receipt.output_root.map(|root| root.to_string())),
        ("worker", receipt.worker.as_ref().map(AccountId::to_string)),
        ("computed on", receipt.attestation.as_ref().map(computed_on)),
        ("posted at", at(Some(receipt.posted_at))),
        ("drawn at", at(receipt.drawn_at)),
        ("committed at", at(receipt.committed_at)),
        ("revealed at", at(receipt.revealed_at)),
        ("ended at", at(Some(receipt.ended_at))),
    ];
    let mut facts = vec![
        ("job", receipt.job.to_string()),
        (
            "outcome",
            format!("{:?}: {}", receipt.outcome, reason(receipt.reason)),
        ),
        ("assurance", assurance.into()),
        ("requester", receipt.requester.to_string()),
        ("program", receipt.program.to_string()),
        ("operations", count(receipt.operations)),
    ];
    facts.extend(
        optional
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    facts.extend([
        ("paid", tfuel(receipt.paid)),
        ("burned", tfuel(receipt.burned)),
        ("refunded", tfuel(receipt.refunded)),
    ]);
    facts
}

/// A job as JSON; `state` is its outcome when it has ended.
pub fn value(state: &JobState) -> Value {
    match state {
        JobState::Live(job) => job_value(job),
        JobState::Ended(receipt) => receipt_value(receipt),
    }
}

fn job_value(job: &JobInfo) -> Value {
    let spec = &job.spec;
    let inputs: Vec<_> = spec
        .inputs
        .iter()
        .map(|blob| json!({ "hash": blob.hash, "bytes": blob.bytes }))
        .collect();
    let mut value = json!({
        "job": job.id,
        "state": job.phase.name(),
        "requester": job.requester.to_string(),
        "program": spec.program,
        "inputs": inputs,
        "params": spec.params.to_vec(),
        "operations": job.operations,
        "price_cap": exact(spec.price_cap),
        "posted_at": job.posted_at,
        "round": job.round,
        "seats": job.seats.iter().map(seat_value).collect::<Vec<_>>(),
    });
    let (deadline, block) = match job.phase {
        JobPhase::Open { draw_by } => ("draw_by", draw_by),
        JobPhase::Assigned { commit_by } => ("commit_by", commit_by),
        JobPhase::Committed { reveal_by } => ("reveal_by", reveal_by),
        JobPhase::Revealed { settles_at } => ("settles_at", settles_at),
    };
    value[deadline] = json!(block);
    value
}

fn seat_value(seat: &SeatInfo) -> Value {
    json!({
        "worker": seat.operator.to_string(),
        "fee": exact(seat.fee),
        "drawn_at": seat.drawn_at,
        "committed_at": seat.committed.as_ref().map(|(_, block)| block),
        "revealed_at": seat.revealed.as_ref().map(|revealed| revealed.at),
        "output_root": seat.revealed.as_ref().map(|revealed| revealed.output_root),
        "attestation": seat.revealed.as_ref().map(|revealed| attestation_value(&revealed.attestation)),
    })
}

fn workers(job: &JobInfo) -> Vec<String> {
    job.seats.iter().map(|seat| seat.operator.to_string()).collect()
}

fn receipt_value(receipt: &Receipt<AccountId>) -> Value {
    json!({
        "job": receipt.job,
        "state": receipt.outcome,
        "outcome": receipt.outcome,
        "reason": receipt.reason,
        "assurance": if receipt.watched { "watched" } else { "replicated" },
        "requester": receipt.requester.to_string(),
        "program": receipt.program,
        "operations": receipt.operations,
        "output_root": receipt.output_root,
        "worker": receipt.worker.as_ref().map(AccountId::to_string),
        "attestation": receipt.attestation.as_ref().map(attestation_value),
        "worker_paid": exact(receipt.paid),
        "burned": exact(receipt.burned),
        "refunded": exact(receipt.refunded),
        "posted_at": receipt.posted_at,
        "drawn_at": receipt.drawn_at,
        "committed_at": receipt.committed_at,
        "revealed_at": receipt.revealed_at,
        "ended_at": receipt.ended_at,
    })
}

fn attestation_value(attestation: &Attestation) -> Value {
    json!({
        "adapter": text(&attestation.adapter),
        "driver": text(&attestation.driver),
        "backend": text(&attestation.backend),
        "worker": text(&attestation.worker),
    })
}

fn computed_on(attestation: &Attestation) -> String {
    let [adapter, driver, backend, worker] = [
        &attestation.adapter,
        &attestation.driver,
        &attestation.backend,
        &attestation.worker,
    ]
    .map(|label| text(label));
    format!("{adapter} ({backend}, {driver}) by {worker}")
}

/// Labels are written by workers: nothing in them may move the cursor of whoever reads them.
fn text(label: &[u8]) -> String {
    String::from_utf8_lossy(label)
        .chars()
        .filter(|c| !c.is_control())
        .collect()
}

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::WindowPassed => "the result stood through its window",
        Reason::NoWorkerFits => "no worker met the demands at this price cap in time",
        Reason::CommitsMissed => "each drawn worker missed its deadline",
        Reason::RevealMissed => "the worker committed and did not reveal",
        Reason::CancelledByRequester => "the requester cancelled",
        Reason::DrawDeadlinePassed => "no draw could be made in time",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_cannot_move_the_cursor() {
        assert_eq!(text(b"\x1b[2JGPU\n\xff"), "[2JGPU\u{fffd}");
    }
}
