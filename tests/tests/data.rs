//! Data that is withheld, among real processes: whoever withholds it pays, and whoever only says so does, too.

use edgeproof_client::{blobs::BlobStore, keys::Signer, Client, JobPhase, JobState};
use edgeproof_primitives::{JobId, Outcome, Reason, UNIT};
use edgeproof_tests::{
    ended, eventually, short_program, signer, Chain, Cli, Node, PreparedJob, Stage, Worker,
};
use std::time::Duration;

const WORKER: &str = "//Bob//operator";
const JUDGE: &str = "//Dave//operator";
const STAKE: u128 = 10_000 * UNIT;

fn requester() -> Signer {
    signer("//Alice")
}

async fn post(client: &Client, job: &PreparedJob) -> JobId {
    client
        .register_program(&requester(), &job.code)
        .await
        .expect("a valid program");
    let posted = client.submit_job(&requester(), &job.spec).await;
    posted.expect("the job is valid").value
}

async fn revealed(client: &Client, id: JobId) {
    eventually(Duration::from_secs(120), "a revealed result", || async {
        let state = client.best().await.ok()?.job(id).await.ok()??;
        matches!(&state, JobState::Live(job) if matches!(job.phase, JobPhase::Revealed { .. })).then_some(())
    })
    .await
}

async fn bonded(client: &Client, stash: &str) -> u128 {
    let stash = signer(stash).account();
    let view = client.best().await.expect("the node answers");
    view.stake(&stash).await.expect("a ledger").bonded
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_serves_a_demanded_chunk_and_is_paid_for_its_job() {
    let (node, stage) = (Node::start(Chain::Test), Stage::default());
    let client = node.client().await;
    let _worker = Worker::join(&node, &stage, WORKER).await;
    let id = post(&client, &short_program(&stage.store())).await;
    revealed(&client, id).await;
    let demanded = client.demand_chunk(&requester(), id, 0, 3).await;
    demanded.expect("the result can be asked for");
    eventually(Duration::from_secs(60), "a served chunk", || async {
        let question = client.best().await.ok()?.data_question(id).await.ok()?;
        question.is_none().then_some(())
    })
    .await;
    let receipt = ended(&client, id).await;
    assert_eq!(receipt.outcome, Outcome::Succeeded, "{receipt:?}");
    assert_eq!(bonded(&client, "//Bob").await, STAKE);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_output_that_nobody_serves_costs_the_worker_its_bond() {
    let (node, stage) = (Node::start(Chain::Test), Stage::default());
    let client = node.client().await;
    let mut worker = Worker::join(&node, &stage, WORKER).await;
    let job = short_program(&stage.store());
    let id = post(&client, &job).await;
    revealed(&client, id).await;
    worker.kill();
    std::fs::remove_file(stage.store().path(&job.expected_root())).expect("the output was there");
    let demanded = client.demand_chunk(&requester(), id, 0, 0).await;
    demanded.expect("the result can be asked for");
    let receipt = ended(&client, id).await;
    assert_eq!(
        (receipt.outcome, receipt.reason),
        (Outcome::OutputWithheld, Reason::OutputWithheld)
    );
    assert_eq!((receipt.paid, receipt.output_root), (0, None));
    assert!(bonded(&client, "//Bob").await < STAKE);
}

#[tokio::test(flavor = "multi_thread")]
async fn judges_find_that_an_input_is_not_to_be_had_and_nobody_is_slashed() {
    let (node, stage, other) = (Node::start(Chain::Test), Stage::default(), Stage::default());
    let client = node.client().await;
    let mut job = short_program(&stage.store());
    job.spec.deadlines.execution = 60;
    let input = job.spec.inputs[0];
    std::fs::remove_file(stage.store().path(&input.hash)).expect("the input was there");
    assert!(!stage.store().contains(&input.hash));
    let _worker = Worker::join(&node, &stage, WORKER).await;
    Worker::enlist(&node, "//Dave", JUDGE).await;
    let environment = Cli::new(&node, &stage.blobs()).with("EDGEPROOF_KEY", JUDGE);
    let _judge = Worker::run(&environment, &other);
    let id = post(&client, &job).await;
    let receipt = ended(&client, id).await;
    assert_eq!(
        (receipt.outcome, receipt.reason),
        (Outcome::InputUnavailable, Reason::InputUnavailable)
    );
    assert!(receipt.paid > 0, "the judge is paid out of the escrow");
    for stash in ["//Bob", "//Dave"] {
        assert_eq!(bonded(&client, stash).await, STAKE);
    }
}
