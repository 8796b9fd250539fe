//! Jobs from posting to pay, with a real worker on a real adapter.

use edgeproof_client::{blobs::BlobStore, keys::Signer, result::fetch_outputs, Client, JobPhase, JobState};
use edgeproof_primitives::{JobId, Outcome};
use edgeproof_tests::{
    ended, eventually, long_program, short_program, signer, Chain, Cli, Node, PreparedJob, Stage, Worker,
};
use std::time::Duration;

const OPERATOR: &str = "//Bob//operator";

fn requester() -> Signer {
    signer("//Alice")
}

async fn post(client: &Client, job: &PreparedJob) -> JobId {
    client
        .submit_job(&requester(), &job.spec)
        .await
        .expect("the job is valid")
        .value
}

async fn in_phase(client: &Client, id: JobId, what: &str, wanted: fn(&JobPhase) -> bool) {
    eventually(Duration::from_secs(60), what, || async {
        match client.best().await.ok()?.job(id).await.ok()?? {
            JobState::Live(job) => wanted(&job.phase).then_some(()),
            JobState::Ended(_) => None,
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn digits_are_labelled_as_one_paid_job() {
    let node = Node::start(Chain::Test);
    let stage = Stage::default();
    let _worker = Worker::join(&node, &stage, OPERATOR).await;
    let result = Cli::new(&node, &stage.blobs()).json(&["example", "digits"]);
    assert_eq!(result["outcome"], "Succeeded", "{result}");
    assert_eq!(result["images"], 360, "{result}");
    assert!(result["accuracy"].as_f64() >= Some(0.95), "{result}");
    assert!(result["blocks_to_reveal"].as_u64() <= Some(5), "{result}");
    assert!(result["worker_paid"]
        .as_str()
        .is_some_and(|paid| paid.parse::<f64>().is_ok_and(|paid| paid > 0.0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_killed_at_any_point_finishes_each_job_and_is_paid_once() {
    let node = Node::start(Chain::Test);
    let stage = Stage::default();
    let mut worker = Worker::join(&node, &stage, OPERATOR).await;
    let client = node.client().await;
    let (short, long) = (short_program(&stage.store()), long_program(&stage.store()));
    for job in [&short, &long] {
        client
            .register_program(&requester(), &job.code)
            .await
            .expect("a valid program");
    }
    let stash = signer("//Bob").account();
    let before = client
        .best()
        .await
        .expect("a block")
        .balances(&stash)
        .await
        .expect("a balance")
        .tfuel
        .free;

    let assigned = post(&client, &long).await;
    in_phase(&client, assigned, "assignment", |phase| {
        matches!(phase, JobPhase::Assigned { .. })
    })
    .await;
    worker.kill();
    worker.start();
    in_phase(&client, assigned, "commitment", |phase| {
        matches!(phase, JobPhase::Committed { .. } | JobPhase::Revealed { .. })
    })
    .await;

    let executing = post(&client, &long).await;
    worker
        .process()
        .wait_for_line(&format!("job {executing} executing"), Duration::from_secs(60));
    worker.kill();
    worker.start();
    in_phase(&client, executing, "reveal", |phase| {
        matches!(phase, JobPhase::Revealed { .. })
    })
    .await;

    let committed = post(&client, &short).await;
    worker.process().wait_for_line(
        &format!("job {committed} commitment sent"),
        Duration::from_secs(60),
    );
    worker.kill();
    in_phase(&client, committed, "commitment", |phase| {
        matches!(phase, JobPhase::Committed { .. })
    })
    .await;
    worker.start();

    let mut paid = 0;
    for id in [assigned, executing, committed] {
        let receipt = ended(&client, id).await;
        assert_eq!(
            receipt.outcome,
            Outcome::Succeeded,
            "job {id}: {:?}",
            receipt.reason
        );
        paid += receipt.paid;
    }
    let view = client.best().await.expect("a block");
    assert_eq!(
        view.balances(&stash).await.expect("a balance").tfuel.free - before,
        paid
    );
    let root = ended(&client, committed).await.output_root.expect("a result");
    let outputs =
        fetch_outputs(&stage.store(), &root, &short.program.output_words()).expect("the output is there");
    assert_eq!(outputs, short.expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_restarts_costs_no_job() {
    let mut node = Node::start(Chain::Test);
    let stage = Stage::default();
    let _worker = Worker::join(&node, &stage, OPERATOR).await;
    let client = node.client().await;
    let job = long_program(&stage.store());
    client
        .register_program(&requester(), &job.code)
        .await
        .expect("a valid program");
    let id = post(&client, &job).await;
    in_phase(&client, id, "assignment", |phase| {
        matches!(phase, JobPhase::Assigned { .. })
    })
    .await;
    node.restart();
    let client = node.client().await;
    let receipt = ended(&client, id).await;
    assert_eq!(receipt.outcome, Outcome::Succeeded);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_or_corrupt_input_is_said_and_costs_the_requester_nothing() {
    let node = Node::start(Chain::Test);
    let stage = Stage::default();
    let mut worker = Worker::join(&node, &stage, OPERATOR).await;
    let client = node.client().await;
    let mut job = short_program(&stage.store());
    client
        .register_program(&requester(), &job.code)
        .await
        .expect("a valid program");
    let blob = stage.store().put(&[7; 4096]).expect("the store takes a blob");
    for path in files_of(&stage.blobs()) {
        let bytes = std::fs::read(&path).unwrap_or_default();
        if bytes == [7; 4096] {
            std::fs::write(&path, [8; 4096]).expect("the file is writable");
        }
    }
    job.spec.inputs = vec![blob].try_into().expect("one input");
    job.spec.deadlines.execution = 5;
    let before = total(&client).await;
    let id = post(&client, &job).await;
    worker
        .process()
        .wait_for_line(&blob.hash.to_string()[2..10], Duration::from_secs(60));
    let receipt = ended(&client, id).await;
    assert_eq!(receipt.outcome, Outcome::NoWorker);
    assert_eq!((receipt.paid, receipt.burned), (0, 0));
    assert!(
        before - total(&client).await < edgeproof_primitives::UNIT / 10,
        "only the posting's fee is gone"
    );
}

/// TFUEL of the requester, on hold or not.
async fn total(client: &Client) -> u128 {
    let balances = client
        .best()
        .await
        .expect("a block")
        .balances(&requester().account())
        .await
        .expect("a balance");
    balances.tfuel.free + balances.tfuel.held
}

fn files_of(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .map_while(Result::ok)
        .flat_map(|entry| {
            if entry.path().is_dir() {
                files_of(&entry.path())
            } else {
                vec![entry.path()]
            }
        })
        .collect()
}
