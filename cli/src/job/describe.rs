//! Jobs and receipts, for people and for programs.

use super::{assurance, data::question, dispute};
use crate::{
    format::{bytes, count, exact, tfuel},
    report::Report,
    table,
};
use edgeproof_client::{AccountId, DataQuestion, DisputeInfo, JobInfo, JobPhase, JobState, SeatInfo};
use edgeproof_primitives::{Attestation, Outcome, Reason, Receipt};
use serde_json::{json, Value};

/// A job, with the dispute about it and the question about its data.
pub fn report(state: &JobState, dispute: Option<&DisputeInfo>, question: Option<&DataQuestion>) -> Report {
    let mut facts = match state {
        JobState::Live(job) => job_facts(job),
        JobState::Ended(receipt) => receipt_facts(receipt),
    };
    let mut value = value(state);
    if let Some(dispute) = dispute {
        facts.extend(dispute::facts(dispute));
        value["dispute"] = dispute::value(dispute);
    }
    if let Some(question) = question {
        facts.extend(question::facts(question));
        value["question"] = question::value(question);
    }
    Report::new(table::facts(facts), value)
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
            JobPhase::Open { draw_by } => {
                format!("waits for {}, at most until block {draw_by}", missing(job))
            }
            JobPhase::Assigned { commit_by } => format!(
                "{} {} for {}, at most until block {commit_by}",
                workers(job).join(", "),
                if job.seats.len() == 1 {
                    "computes"
                } else {
                    "compute"
                },
                tfuel(job.fee())
            ),
            JobPhase::Deciding => {
                "all have committed; chance decides whether it is audited, and by whom".into()
            }
            JobPhase::Auditing { commit_by } => format!(
                "{} computes it too and sees no answer, at most until block {commit_by}",
                auditor(job)
            ),
            JobPhase::Committed { reveal_by } => {
                format!("the answer is fixed and still secret, at most until block {reveal_by}")
            }
            JobPhase::Revealed { settles_at } => {
                format!("the answer is public and may be disputed until block {settles_at}")
            }
            JobPhase::Disputed { .. } => {
                format!("{} answers are public, and the dispute decides", results(job))
            }
        },
    };
    named(state.name(), &detail)
}

/// A line that begins with one word about what it says.
pub fn named(name: &str, detail: &str) -> String {
    format!("{name:<9} {detail}")
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
        ("assurance", job_assurance(job)),
        ("price cap", price_cap(job)),
    ];
    facts.extend(
        spec.inputs
            .iter()
            .map(|blob| ("input", format!("{}  {}", blob.hash, bytes(blob.bytes)))),
    );
    for seat in &job.seats {
        let role = if seat.auditor { "auditor" } else { "worker" };
        facts.push((role, format!("{}, {}", seat.operator, progress(seat))));
        if let Some(revealed) = &seat.revealed {
            facts.push(("result", revealed.output_root.to_string()));
            facts.push(("computed on", computed_on(&revealed.attestation)));
        }
    }
    if job.seats.iter().all(|seat| seat.revealed.is_none()) {
        facts.extend(
            job.standing
                .map(|root| ("result", format!("{root}, claimed in a dispute"))),
        );
    }
    facts
}

/// Workers that are still to be drawn.
fn missing(job: &JobInfo) -> String {
    match (usize::from(job.spec.assurance.replicas), job.seats.len()) {
        (1, _) => "a worker".into(),
        (replicas, 0) => format!("{replicas} workers"),
        (replicas, drawn) => format!("{} of {replicas} workers", replicas.saturating_sub(drawn)),
    }
}

fn auditor(job: &JobInfo) -> String {
    let auditor = job.seats.iter().find(|seat| seat.auditor);
    auditor.map_or("an auditor".into(), |seat| {
        format!("the auditor {}", seat.operator)
    })
}

fn results(job: &JobInfo) -> String {
    match job.results().len() {
        0 | 1 => "several".into(),
        results => results.to_string(),
    }
}

fn job_assurance(job: &JobInfo) -> String {
    format!(
        "{}: {}, window of {} blocks",
        watched(job.watched),
        assurance::words(&job.spec.assurance),
        job.window
    )
}

fn price_cap(job: &JobInfo) -> String {
    let seat = tfuel(job.spec.price_cap);
    match (job.spec.assurance.seats(), job.spec.most()) {
        (1, _) | (_, None) => seat,
        (seats, Some(most)) => format!("{seat} for each of {seats} seats, {} together", tfuel(most)),
    }
}

/// How far a worker is.
fn progress(seat: &SeatInfo) -> String {
    match (&seat.committed, &seat.revealed) {
        (_, Some(revealed)) => format!("revealed in block {}", revealed.at),
        (Some((_, at)), None) => format!("committed in block {at}"),
        (None, None) => format!("computes since block {}", seat.drawn_at),
    }
}

/// The seats of a job in few words: how many have committed of those that have to.
pub fn seats(state: &JobState) -> String {
    let job = match state {
        JobState::Live(job) => job,
        JobState::Ended(receipt) => return receipt.workers.len().to_string(),
    };
    let replicas = job.seats.iter().filter(|seat| !seat.auditor);
    let committed = replicas.filter(|seat| seat.committed.is_some()).count();
    let auditor = if job.seats.iter().any(|seat| seat.auditor) {
        " + audit"
    } else {
        ""
    };
    format!("{committed} of {}{auditor}", job.spec.assurance.replicas)
}

fn receipt_facts(receipt: &Receipt<AccountId>) -> Vec<(&'static str, String)> {
    let at = |block: Option<u32>| block.map(|block| format!("block {block}"));
    let optional = [
        ("result", receipt.output_root.map(|root| root.to_string())),
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
    ];
    facts.extend(meaning(receipt.outcome).map(|meaning| ("that means", meaning.into())));
    facts.extend([
        ("assurance", receipt_assurance(receipt)),
        ("requester", receipt.requester.to_string()),
        ("program", receipt.program.to_string()),
        ("operations", count(receipt.operations)),
    ]);
    let role = if receipt.output_root.is_some() {
        "worker"
    } else {
        "failed"
    };
    facts.extend(receipt.workers.iter().map(|worker| (role, worker.to_string())));
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

fn receipt_assurance(receipt: &Receipt<AccountId>) -> String {
    let workers = match receipt.replicas {
        1 => "1 worker".into(),
        replicas => format!("{replicas} workers"),
    };
    let audited = if receipt.audited { ", audited" } else { "" };
    format!("{}: {workers}{audited}", watched(receipt.watched))
}

fn watched(watched: bool) -> &'static str {
    if watched {
        "watched"
    } else {
        "replicated"
    }
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
        "most": spec.most().map(exact),
        "assurance": watched(job.watched),
        "replicas": spec.assurance.replicas,
        "audit_rate": spec.assurance.audit_rate,
        "reputation": spec.demands.reputation,
        "window": job.window,
        "posted_at": job.posted_at,
        "round": job.round,
        "results": job.results(),
        "seats": job.seats.iter().map(seat_value).collect::<Vec<_>>(),
    });
    let deadline = match job.phase {
        JobPhase::Deciding => None,
        JobPhase::Open { draw_by } => Some(("draw_by", draw_by)),
        JobPhase::Assigned { commit_by } | JobPhase::Auditing { commit_by } => Some(("commit_by", commit_by)),
        JobPhase::Committed { reveal_by } => Some(("reveal_by", reveal_by)),
        JobPhase::Revealed { settles_at } => Some(("settles_at", settles_at)),
        JobPhase::Disputed { window_ends } => Some(("window_ends", window_ends)),
    };
    if let Some((deadline, block)) = deadline {
        value[deadline] = json!(block);
    }
    value
}

fn seat_value(seat: &SeatInfo) -> Value {
    json!({
        "worker": seat.operator.to_string(),
        "auditor": seat.auditor,
        "round": seat.round,
        "fee": exact(seat.fee),
        "bond": exact(seat.bond),
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
        "assurance": watched(receipt.watched),
        "replicas": receipt.replicas,
        "audited": receipt.audited,
        "requester": receipt.requester.to_string(),
        "program": receipt.program,
        "operations": receipt.operations,
        "output_root": receipt.output_root,
        "workers": receipt.workers.iter().map(AccountId::to_string).collect::<Vec<_>>(),
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

/// Who got and who lost what, where the amounts alone do not say it.
fn meaning(outcome: Outcome) -> Option<&'static str> {
    match outcome {
        Outcome::OutputWithheld => Some(
            "the requester got everything back and was compensated out of the bonds, all of which the workers lost",
        ),
        Outcome::InputUnavailable => Some(
            "nobody lost a bond: the workers are free, and the requester got everything back but what the judges were paid",
        ),
        Outcome::Succeeded
        | Outcome::WorkerFault
        | Outcome::RequesterFault
        | Outcome::NoWorker
        | Outcome::Cancelled
        | Outcome::Expired => None,
    }
}

/// Why a job ended, in half a sentence.
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::WindowPassed => "the result stood through its window",
        Reason::NoWorkerFits => "no worker met the demands at this price cap in time",
        Reason::CommitsMissed => "each drawn worker missed its deadline",
        Reason::RevealMissed => "workers committed and none revealed",
        Reason::ResultRefuted => "disputes left no result",
        Reason::CancelledByRequester => "the requester cancelled",
        Reason::DrawDeadlinePassed => "no draw could be made in time",
        Reason::OutputWithheld => {
            "the result could not be fetched: nobody showed a demanded chunk, or most judges could not get it"
        }
        Reason::InputUnavailable => {
            "an input could not be fetched: a worker reported it, and most judges could not get it either"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::data::testing::receipt;
    use edgeproof_client::{DataAsked, DisputePhase, RevealInfo};
    use edgeproof_primitives::{
        Assurance, BlobHash, Commitment, Deadlines, Demands, JobSpec, ProgramId, UNIT,
    };

    #[test]
    fn a_label_cannot_move_the_cursor() {
        assert_eq!(text(b"\x1b[2JGPU\n\xff"), "[2JGPU\u{fffd}");
    }

    fn seat(number: u8, auditor: bool, committed: bool, result: Option<u8>) -> SeatInfo {
        SeatInfo {
            operator: AccountId([number; 32]),
            stash: AccountId([number + 100; 32]),
            fee: UNIT,
            bond: 20 * UNIT,
            round: 0,
            auditor,
            drawn_at: 5,
            committed: committed.then_some((Commitment::default(), 7)),
            revealed: result.map(|root| RevealInfo {
                output_root: BlobHash([root; 32]),
                attestation: Attestation::default(),
                at: 9,
            }),
        }
    }

    fn job(phase: JobPhase, seats: Vec<SeatInfo>) -> JobState {
        let spec = JobSpec {
            program: ProgramId::default(),
            inputs: Default::default(),
            params: Default::default(),
            assurance: Assurance {
                replicas: 2,
                audit_rate: 60_000,
                window: None,
            },
            demands: Demands::default(),
            price_cap: 2 * UNIT,
            deadlines: Deadlines {
                draw: 10,
                execution: 10,
            },
            inline_output: false,
        };
        JobState::Live(Box::new(JobInfo {
            id: 4,
            requester: AccountId([9; 32]),
            spec,
            operations: 1,
            inline_bytes: None,
            window: 30,
            watched: true,
            worker_share: 750_000,
            posted_at: 3,
            round: 0,
            first_fee: UNIT,
            phase,
            seats,
            standing: None,
        }))
    }

    #[test]
    fn each_state_says_what_it_waits_for() {
        let two = || vec![seat(1, false, true, None), seat(2, false, true, None)];
        let audited = || [two(), vec![seat(3, true, false, None)]].concat();
        for (phase, seats, expected) in [
            (
                JobPhase::Open { draw_by: 8 },
                Vec::new(),
                "waits for 2 workers, at most until block 8",
            ),
            (
                JobPhase::Open { draw_by: 8 },
                vec![seat(1, false, true, None)],
                "waits for 1 of 2 workers",
            ),
            (
                JobPhase::Assigned { commit_by: 8 },
                two(),
                "compute for 2 TFUEL, at most until block 8",
            ),
            (JobPhase::Deciding, two(), "chance decides whether it is audited"),
            (
                JobPhase::Auditing { commit_by: 8 },
                audited(),
                "computes it too and sees no answer, at most until block 8",
            ),
            (
                JobPhase::Disputed { window_ends: 8 },
                vec![seat(1, false, true, Some(1)), seat(2, false, true, Some(2))],
                "2 answers are public, and the dispute decides",
            ),
        ] {
            let line = line(&job(phase, seats));
            assert!(line.contains(expected), "{line}");
        }
    }

    #[test]
    fn a_job_shows_its_price_its_assurance_and_how_far_each_worker_is() {
        let seats = vec![
            seat(1, false, true, Some(1)),
            seat(2, false, true, None),
            seat(3, true, false, None),
        ];
        let state = job(JobPhase::Committed { reveal_by: 8 }, seats);
        let report = report(&state, None, None);
        for expected in [
            "2 TFUEL for each of 3 seats, 6 TFUEL together",
            "watched: 2 workers, audited with a chance of 6 %, window of 30 blocks",
            "revealed in block 9",
            "committed in block 7",
            "computes since block 5",
        ] {
            assert!(report.text.contains(expected), "{expected}: {}", report.text);
        }
        assert!(
            report.text.lines().any(|line| line.starts_with("auditor ")),
            "{}",
            report.text
        );
        assert_eq!(super::seats(&state), "2 of 2 + audit");
        let value = &report.value;
        assert_eq!((&value["most"], &value["price_cap"]), (&json!("6"), &json!("2")));
        assert_eq!(value["seats"][2]["auditor"], true);
        assert_eq!(value["results"], json!([BlobHash([1; 32])]));
        assert_eq!(value.get("dispute"), None);
        assert_eq!(value.get("question"), None);
    }

    #[test]
    fn a_dispute_is_shown_with_its_job() {
        let dispute = DisputeInfo {
            job: 4,
            claims: Vec::new(),
            phase: DisputePhase::Waiting,
        };
        let state = job(JobPhase::Disputed { window_ends: 8 }, Vec::new());
        let report = report(&state, Some(&dispute), None);
        assert!(report.text.contains(&dispute::line(&dispute)), "{}", report.text);
        assert_eq!(report.value["dispute"]["phase"], "Waiting");
        assert_eq!(report.value["window_ends"], 8);
    }

    #[test]
    fn a_question_about_data_is_shown_with_its_job() {
        let question = DataQuestion {
            job: 4,
            asked: DataAsked::Chunk {
                output_root: BlobHash([1; 32]),
                output: 0,
                chunk: 2,
            },
            answer_by: 8,
        };
        let state = job(JobPhase::Revealed { settles_at: 30 }, Vec::new());
        let report = report(&state, None, Some(&question));
        assert!(
            report.text.contains(&question::line(&question)),
            "{}",
            report.text
        );
        assert_eq!(report.value["question"]["asked"], "chunk");
        assert_eq!(report.value["question"]["answer_by"], 8);
    }

    #[test]
    fn an_end_for_want_of_data_says_why_and_what_it_means() {
        for (outcome, why, means) in [
            (
                (Outcome::OutputWithheld, Reason::OutputWithheld),
                "OutputWithheld: the result could not be fetched",
                "compensated out of the bonds",
            ),
            (
                (Outcome::InputUnavailable, Reason::InputUnavailable),
                "InputUnavailable: an input could not be fetched",
                "nobody lost a bond",
            ),
        ] {
            let report = end_report(&receipt(outcome.0, outcome.1));
            assert!(
                report.text.contains(why) && report.text.contains(means),
                "{}",
                report.text
            );
            assert_eq!(report.code(), 1);
            let line = line(&JobState::Ended(Box::new(receipt(outcome.0, outcome.1))));
            let (name, _) = line.split_once(' ').unwrap();
            assert_eq!(name, format!("{:?}", outcome.0), "a long name stands apart");
        }
        let settled = end_report(&receipt(Outcome::Succeeded, Reason::WindowPassed));
        assert!(!settled.text.contains("that means"), "{}", settled.text);
    }

    #[test]
    fn a_receipt_names_everybody_who_was_paid() {
        let receipt = Receipt {
            job: 7,
            requester: AccountId([9; 32]),
            program: ProgramId::default(),
            inputs: [0; 32],
            output_root: Some(BlobHash([1; 32])),
            workers: vec![AccountId([1; 32]), AccountId([2; 32])].try_into().unwrap(),
            attestation: None,
            operations: 1,
            paid: UNIT,
            burned: UNIT,
            refunded: UNIT,
            outcome: Outcome::Succeeded,
            reason: Reason::WindowPassed,
            watched: false,
            replicas: 2,
            audited: true,
            posted_at: 1,
            drawn_at: None,
            committed_at: None,
            revealed_at: None,
            ended_at: 2,
        };
        let report = end_report(&receipt);
        let named = report
            .text
            .lines()
            .filter(|line| line.starts_with("worker "))
            .count();
        assert_eq!(named, 2, "{}", report.text);
        assert!(
            report.text.contains("replicated: 2 workers, audited"),
            "{}",
            report.text
        );
        assert_eq!(report.value["workers"].as_array().map(Vec::len), Some(2));
        assert_eq!(report.value["audited"], true);
        assert_eq!(seats(&JobState::Ended(Box::new(receipt))), "2");
    }
}
