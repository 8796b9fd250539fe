//! `edgeproof example`: a real job from start to end.

use crate::{
    context::Context,
    failure::Failure,
    format::{count, exact, parse_tfuel, tfuel},
    job::{
        describe,
        fetch::outputs,
        follow::{follow, Followed},
        post::{post, Order},
    },
    program,
    report::Report,
    table::{facts, table, Align},
};
use edgeproof_client::{blobs::BlobStore, AccountId};
use edgeproof_digits::{accuracy, beside, inputs, labels, Network, TestSet, IMAGES};
use edgeproof_primitives::{BlobRef, Outcome, Receipt, TfuelBalance};
use serde_json::json;

/// Images shown beside each other at the end.
const SHOWN: usize = 7;

#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Read 360 handwritten digits with a small int8 network and compare with the truth
    Digits {
        /// The most that the worker may cost, in TFUEL
        #[arg(long, value_name = "AMOUNT", value_parser = parse_tfuel, default_value = "1")]
        cap: TfuelBalance,
    },
}

pub async fn run(command: Command, context: &Context) -> Result<Report, Failure> {
    let Command::Digits { cap } = command;
    let set = TestSet::embedded();
    let client = context.client().await?;
    let blobs = context.blobs()?;
    let order = Order {
        inputs: store(&blobs, &set)?,
        price_cap: Some(cap),
        ..Order::default()
    };
    let posted = post(&client, &context.signer()?, &program::digits()?, order).await?;
    let followed = follow(&client, posted.included.value, context.json).await?;
    let labels = match followed.receipt.outcome {
        Outcome::Succeeded => {
            let outputs = outputs(&client.best().await?, &blobs, posted.included.value).await?;
            outputs.first().map(|output| labels(output))
        }
        _ => None,
    };
    Ok(report(&followed, labels.as_deref(), &set))
}

fn store(blobs: &dyn BlobStore, set: &TestSet) -> Result<Vec<BlobRef>, Failure> {
    let inputs = inputs(&Network::embedded(), set);
    Ok(inputs
        .iter()
        .map(|blob| blobs.put(blob))
        .collect::<Result<_, _>>()?)
}

fn report(followed: &Followed, labels: Option<&[u32]>, set: &TestSet) -> Report {
    let receipt = &followed.receipt;
    let accuracy = labels.map(|labels| accuracy(labels, &set.truth));
    let adapter = receipt.attestation.as_ref().map(describe::adapter);
    let parts = [
        labels.map(|labels| pictures(labels, set)),
        Some(states(followed)),
        Some(facts(summary(receipt, accuracy, adapter.as_deref()))),
    ];
    let text: Vec<_> = parts.into_iter().flatten().collect();
    let value = json!({
        "job": receipt.job,
        "outcome": receipt.outcome,
        "accuracy": accuracy.map(|accuracy| (accuracy * 1e4).round() / 1e4),
        "images": IMAGES,
        "worker_paid": exact(receipt.paid),
        "burned": exact(receipt.burned),
        "refunded": exact(receipt.refunded),
        "adapter": adapter,
        "blocks_to_reveal": receipt.revealed_at.map(|block| block.saturating_sub(receipt.posted_at)),
        "blocks_to_settle": receipt.ended_at.saturating_sub(receipt.posted_at),
    });
    Report::new(text.join("\n\n"), value).bad_news_if(receipt.outcome != Outcome::Succeeded)
}

fn summary(
    receipt: &Receipt<AccountId>,
    accuracy: Option<f64>,
    adapter: Option<&str>,
) -> Vec<(&'static str, String)> {
    let accuracy = accuracy.map_or("no result".into(), |accuracy| {
        format!("{accuracy:.4} of {IMAGES} images")
    });
    vec![
        ("outcome", format!("{:?}", receipt.outcome)),
        ("accuracy", accuracy),
        ("operations", count(receipt.operations)),
        ("computed on", adapter.unwrap_or("nothing").into()),
        ("paid", tfuel(receipt.paid)),
        ("burned", tfuel(receipt.burned)),
        ("refunded", tfuel(receipt.refunded)),
    ]
}

/// The first images and how they were read, then those that were misread.
fn pictures(labels: &[u32], set: &TestSet) -> String {
    let all = || labels.iter().zip(&set.truth).enumerate();
    let picture = |(number, (label, truth)): (usize, (&u32, &u32))| {
        let caption = if label == truth {
            label.to_string()
        } else {
            format!("{label} not {truth}")
        };
        Some((set.image(number)?, caption))
    };
    let read: Vec<_> = all().take(SHOWN).filter_map(picture).collect();
    let wrong: Vec<_> = all()
        .filter(|(_, (label, truth))| label != truth)
        .take(SHOWN)
        .filter_map(picture)
        .collect();
    if wrong.is_empty() {
        return beside(&read);
    }
    format!("{}\n\n{}", beside(&read), beside(&wrong))
}

/// Block and time of each state.
fn states(followed: &Followed) -> String {
    let receipt = &followed.receipt;
    let end = format!("{:?}", receipt.outcome);
    let reached: Vec<_> = [
        ("Open", Some(receipt.posted_at)),
        ("Assigned", receipt.drawn_at),
        ("Committed", receipt.committed_at),
        ("Revealed", receipt.revealed_at),
        (&end, Some(receipt.ended_at)),
    ]
    .into_iter()
    .filter_map(|(state, block)| Some((state, block?)))
    .collect();
    let rows: Vec<_> = reached
        .iter()
        .enumerate()
        .map(|(at, (state, block))| {
            let next = reached.get(at + 1).map(|(_, next)| *next);
            let blocks = next.map(|next| next.saturating_sub(*block).to_string());
            let time = next.and_then(|next| followed.seen(next)?.checked_sub(followed.seen(*block)?));
            vec![
                (*state).to_owned(),
                block.to_string(),
                blocks.unwrap_or_default(),
                time.map(|time| format!("{:.1} s", time.as_secs_f64()))
                    .unwrap_or_default(),
            ]
        })
        .collect();
    let columns = [
        ("state", Align::Left),
        ("since block", Align::Right),
        ("blocks", Align::Right),
        ("time", Align::Right),
    ];
    table(&columns, &rows, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::follow::Moment;
    use edgeproof_primitives::{Attestation, ProgramId, Reason, UNIT};
    use std::time::Duration;

    fn followed() -> Followed {
        let attestation = Attestation {
            adapter: b"llvmpipe".to_vec().try_into().unwrap(),
            ..Attestation::default()
        };
        let receipt = Receipt {
            job: 7,
            requester: AccountId([1; 32]),
            program: ProgramId::default(),
            inputs: [0; 32],
            output_root: None,
            workers: Default::default(),
            attestation: Some(attestation),
            operations: 3_000_000,
            paid: UNIT / 100,
            burned: UNIT / 1_000,
            refunded: UNIT,
            outcome: Outcome::Succeeded,
            reason: Reason::WindowPassed,
            watched: true,
            replicas: 1,
            audited: false,
            posted_at: 10,
            drawn_at: Some(12),
            committed_at: Some(13),
            revealed_at: Some(14),
            ended_at: 44,
        };
        let moments = [(12, 0), (13, 3), (15, 8), (44, 99)].map(|(block, seconds)| Moment {
            block,
            after: Duration::from_secs(seconds),
        });
        Followed {
            receipt,
            moments: moments.into(),
        }
    }

    #[test]
    fn the_answer_has_exactly_the_keys_that_scripts_read() {
        let set = TestSet::embedded();
        let value = report(&followed(), Some(&set.predicted), &set).value;
        let expected = json!({
            "job": 7,
            "outcome": "Succeeded",
            "accuracy": 0.9861,
            "images": 360,
            "worker_paid": "0.01",
            "burned": "0.001",
            "refunded": "1",
            "adapter": "llvmpipe",
            "blocks_to_reveal": 4,
            "blocks_to_settle": 34,
        });
        assert_eq!(value, expected);
    }

    #[test]
    fn a_job_that_failed_is_reported_in_full_with_exit_code_1() {
        let mut followed = followed();
        followed.receipt.outcome = Outcome::NoWorker;
        followed.receipt.attestation = None;
        followed.receipt.revealed_at = None;
        let report = report(&followed, None, &TestSet::embedded());
        assert_eq!(report.code(), 1);
        assert_eq!(report.value["accuracy"], json!(null));
        assert_eq!(report.value["blocks_to_reveal"], json!(null));
        assert!(report.text.contains("NoWorker"), "{}", report.text);
    }

    #[test]
    fn each_state_shows_how_long_it_lasted() {
        let table = states(&followed());
        let rows: Vec<Vec<&str>> = table
            .lines()
            .map(|line| line.split_whitespace().collect())
            .collect();
        assert_eq!(rows[1], ["Open", "10", "2", "0.0", "s"]);
        assert_eq!(rows[2], ["Assigned", "12", "1", "3.0", "s"]);
        assert_eq!(rows[3], ["Committed", "13", "1", "5.0", "s"]);
        assert_eq!(rows[4], ["Revealed", "14", "30", "91.0", "s"]);
        assert_eq!(rows[5], ["Succeeded", "44"]);
    }

    #[test]
    fn misread_digits_are_shown_with_the_truth() {
        let set = TestSet::embedded();
        let pictures = pictures(&set.predicted, &set);
        assert!(
            pictures.lines().count() == 11 && pictures.contains(" not "),
            "{pictures}"
        );
    }
}
