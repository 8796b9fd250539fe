//! What users do wrong, and what they are told.

use edgeproof_client::{keys::Signer, ClientError};
use edgeproof_primitives::{BlobHash, BlobRef, ProgramId, UNIT};
use edgeproof_tests::{binary, short_program, Chain, Cli, Node, Process, Stage};
use std::{process::Command, time::Duration};

/// A port of this machine where nobody listens.
fn dead_url() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    format!("ws://{}", listener.local_addr().expect("an address"))
}

#[test]
fn commands_without_a_node_say_how_to_reach_one() {
    let stage = Stage::default();
    let (code, said) = Cli::to(&dead_url(), &stage.blobs()).refusal(&["status"]);
    assert_eq!(code, 1);
    assert!(said.contains("edgeproof-node"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_with_mistakes_are_refused_by_name_and_hold_nothing() {
    let node = Node::start(Chain::Test);
    let stage = Stage::default();
    let client = node.client().await;
    let alice = Signer::from_uri("//Alice").expect("a development key");
    let good = short_program(&stage.store());
    assert_refused(client.submit_job(&alice, &good.spec).await, "UnknownProgram");
    for code in [vec![], vec![0xff; 100], good.code[..good.code.len() - 1].to_vec()] {
        assert_refused(client.register_program(&alice, &code).await, "Program");
    }
    client
        .register_program(&alice, &good.code)
        .await
        .expect("a valid program");

    let with = |change: fn(&mut edgeproof_primitives::JobSpec)| {
        let mut spec = good.spec.clone();
        change(&mut spec);
        spec
    };
    let blob = |bytes| BlobRef {
        hash: BlobHash([1; 32]),
        bytes,
    };
    let short = blob(4);
    let cases = [
        (with(|spec| spec.program = ProgramId([9; 32])), "UnknownProgram"),
        (with(|spec| spec.inputs = Default::default()), "WrongInputCount"),
        (with(|spec| spec.price_cap = 0), "PriceCapBelowFloor"),
        (with(|spec| spec.price_cap = u128::MAX), "InsufficientBalance"),
        (
            with(|spec| spec.deadlines.execution = 0),
            "ExecutionDeadlineTooShort",
        ),
        (
            with(|spec| spec.deadlines.execution = u32::MAX),
            "ExecutionDeadlineTooLong",
        ),
        (with(|spec| spec.deadlines.draw = 0), "DrawDeadlineOutOfRange"),
        (
            with(|spec| spec.deadlines.draw = u32::MAX),
            "DrawDeadlineOutOfRange",
        ),
        (with(|spec| spec.assurance.replicas = 0), "ReplicasOutOfRange"),
        (with(|spec| spec.assurance.window = Some(1)), "WindowTooShort"),
    ];
    for (spec, error) in cases {
        assert_refused(client.submit_job(&alice, &spec).await, error);
    }
    let mut spec = good.spec.clone();
    spec.inputs = vec![short].try_into().expect("one input");
    assert_refused(client.submit_job(&alice, &spec).await, "WrongInputLength");
    let view = client.best().await.expect("a block");
    let held = view
        .balances(&alice.account())
        .await
        .expect("a balance")
        .tfuel
        .held;
    assert!(held < UNIT, "only the program's deposit is on hold, not {held}");
    assert_eq!(view.job_count().await.expect("a count"), 0);
}

fn assert_refused<T: std::fmt::Debug>(result: Result<T, ClientError>, name: &str) {
    let error = result.expect_err(name).to_string();
    assert!(error.contains(name), "expected {name}, was told: {error}");
}

fn worker(url: &str, stage: &Stage, key: &str) -> Process {
    let mut command = Command::new(binary("compute-worker"));
    command
        .arg("run")
        .env("EDGEPROOF_URL", url)
        .env("EDGEPROOF_KEY", key)
        .env("EDGEPROOF_BLOBS", stage.blobs())
        .env("EDGEPROOF_WORKER_DATA", stage.data())
        .env("NO_COLOR", "1");
    Process::start(command, &stage.blobs().with_extension("log"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_without_stake_is_told_to_register() {
    let node = Node::start(Chain::Test);
    let stage = Stage::default();
    let mut process = worker(&node.url(), &stage, "//Nobody");
    assert!(!process.wait(Duration::from_secs(120)).success());
    assert!(process.output().contains("register"), "{}", process.output());
}

#[test]
fn a_worker_without_an_adapter_is_told_how_to_get_one() {
    let stage = Stage::default();
    let output = Command::new(binary("compute-worker"))
        .args(["adapters"])
        .env("VK_DRIVER_FILES", "/nowhere")
        .env("VK_ICD_FILENAMES", "/nowhere")
        .env("EDGEPROOF_WORKER_DATA", stage.data())
        .output()
        .expect("the worker starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(said.contains("driver"), "{said}");
}
