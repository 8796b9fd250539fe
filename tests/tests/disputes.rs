//! Workers that lie, among real processes: what they say does not stand, and they pay for it.

#[path = "../../player/tests/game/liar.rs"]
mod liar;

use edgeproof_client::{AccountId, Client};
use edgeproof_engine::Job;
use edgeproof_kernel::testing::{generate, seeds, Random};
use edgeproof_primitives::{Assurance, BlobHash, JobId, Outcome, UNIT};
use edgeproof_tests::{ended, eventually, signer, Chain, Cli, Node, PreparedJob, Stage, Worker};
use liar::{execute, Flip, Liar};
use std::time::Duration;

const HONEST: &str = "//Bob//operator";
const LIAR: &str = "//Charlie//operator";

fn account(key: &str) -> AccountId {
    signer(key).account()
}

async fn post(client: &Client, job: &PreparedJob, replicas: u8) -> JobId {
    let mut spec = job.spec.clone();
    spec.assurance = Assurance {
        replicas,
        ..Assurance::SINGLE
    };
    let requester = signer("//Alice");
    client
        .submit_job(&requester, &spec)
        .await
        .expect("the job is valid")
        .value
}

async fn bonded(client: &Client, stash: &str) -> u128 {
    let view = client.best().await.expect("the node answers");
    view.stake(&account(stash)).await.expect("a ledger").bonded
}

/// A random program, and the seed of a lie of `lying-worker` about it that shows in its result.
fn lie_that_shows(stage: &Stage) -> (PreparedJob, u64) {
    let shown = seeds(1).flat_map(|first| first..).find_map(|seed| {
        let case = generate(seed);
        let job = PreparedJob::of(&case, &stage.store());
        let liar = Liar {
            flips: vec![Flip::random(&case.program, &mut Random::new(seed))],
            computes_on: true,
        };
        let inputs: Vec<Vec<u8>> = case
            .inputs
            .iter()
            .map(|words| words.iter().flat_map(|word| word.to_le_bytes()).collect())
            .collect();
        let inputs: Vec<&[u8]> = inputs.iter().map(Vec::as_slice).collect();
        let said = execute(
            &liar,
            &Job {
                program: &case.program,
                inputs: &inputs,
                params: &case.params,
                samples_per_step: 0,
                seed: 0,
            },
        );
        let said = BlobHash(edgeproof_proofs::output_root(&said.expect("computes").roots));
        (said != job.expected_root()).then_some((job, seed))
    });
    let (job, seed) = shown.expect("seeds do not end");
    println!("the lie has seed {seed}");
    (job, seed)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lying_replica_is_slashed_and_the_honest_result_is_paid() {
    let node = Node::start(Chain::Test);
    let stage = Stage::default();
    let client = node.client().await;
    let (job, seed) = lie_that_shows(&stage);
    let _honest = Worker::join(&node, &stage, HONEST).await;
    let _liar = Worker::join_lying(&node, &stage, LIAR, seed).await;
    let requester = signer("//Alice");
    client
        .register_program(&requester, &job.code)
        .await
        .expect("a valid program");
    let id = post(&client, &job, 2).await;

    let receipt = ended(&client, id).await;
    assert_eq!(receipt.outcome, Outcome::Succeeded, "{receipt:?}");
    assert_eq!(receipt.output_root, Some(job.expected_root()));
    assert_eq!(receipt.workers.to_vec(), [account(HONEST)]);
    assert!(
        bonded(&client, "//Charlie").await < 10_000 * UNIT,
        "the liar pays"
    );
    assert_eq!(
        bonded(&client, "//Bob").await,
        10_000 * UNIT,
        "the honest side loses nothing"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watchtower_shows_a_lone_liar_wrong() {
    let node = Node::start(Chain::Test);
    let stage = Stage::default();
    let client = node.client().await;
    let (job, seed) = lie_that_shows(&stage);
    let _liar = Worker::join_lying(&node, &stage, LIAR, seed).await;
    let requester = signer("//Alice");
    client
        .register_program(&requester, &job.code)
        .await
        .expect("a valid program");
    let id = post(&client, &job, 1).await;

    // The watcher is registered after the draw, so that it cannot be given the job.
    eventually(Duration::from_secs(60), "a drawn worker", || async {
        let state = client.best().await.ok()?.job(id).await.ok()??;
        matches!(state.name(), "Assigned" | "Committed" | "Revealed").then_some(())
    })
    .await;
    Worker::enlist(&node, "//Bob", HONEST).await;
    // Whoever shows something wrong pays a fee first.
    let fees = client
        .transfer_tfuel(&requester, &account(HONEST), 10 * UNIT)
        .await;
    fees.expect("the requester has TFUEL");
    let environment = Cli::new(&node, &stage.blobs()).with("EDGEPROOF_KEY", HONEST);
    let _watcher = Worker::watch(&environment, &stage);
    eventually(Duration::from_secs(120), "a slashed liar", || async {
        (bonded(&client, "//Charlie").await < 10_000 * UNIT).then_some(())
    })
    .await;
    assert_eq!(
        bonded(&client, "//Bob").await,
        10_000 * UNIT,
        "the watcher loses nothing"
    );
}
