//! The chain itself: blocks, finality, epochs, restarts, metrics, specifications.

use edgeproof_client::Client;
use edgeproof_tests::{binary, eventually, Chain, Node};
use std::{
    process::{Command, Output},
    time::Duration,
};

async fn finalized(client: &Client, height: u32, limit: u64) -> u32 {
    eventually(
        Duration::from_secs(limit),
        &format!("finalised block {height}"),
        || async {
            let status = client.status().await.ok()?;
            (status.finalized >= height).then_some(status.finalized)
        },
    )
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn blocks_are_finalised_past_an_epoch_and_after_the_node_was_killed() {
    let mut node = Node::start(Chain::Test);
    let height = finalized(&node.client().await, 22, 60).await;
    node.kill();
    node.restart();
    finalized(&node.client().await, height + 3, 60).await;
}

/// The height that the node tells Prometheus of its `best` or `finalized` block.
fn height(metrics: &str, status: &str) -> Option<u32> {
    let name = format!("substrate_block_height{{status=\"{status}\",chain=\"edgeproof_test\"}} ");
    metrics
        .lines()
        .find_map(|line| line.strip_prefix(&name))?
        .parse()
        .ok()
}

fn purge(node: &Node, consent: &[&str]) -> Output {
    Command::new(binary("edgeproof-node"))
        .args(["purge-chain", "--chain", "test", "--base-path"])
        .arg(node.data())
        .args(consent)
        .output()
        .expect("the node starts")
}

#[tokio::test(flavor = "multi_thread")]
async fn heights_are_metrics_and_a_purge_deletes_with_consent_alone() {
    let mut node = Node::start(Chain::Test);
    let wanted = finalized(&node.client().await, 3, 60).await;
    let metrics = node.metrics();
    assert!(metrics.starts_with("HTTP/1.1 200 OK"), "{metrics}");
    assert!(
        height(&metrics, "best") >= height(&metrics, "finalized"),
        "{metrics}"
    );
    eventually(Duration::from_secs(30), "metric of the finalised height", || {
        let told = height(&node.metrics(), "finalized").filter(|told| *told >= wanted);
        async move { told }
    })
    .await;
    node.kill();

    let database = node.data().join("chains/edgeproof_test/paritydb");
    assert!(purge(&node, &[]).status.success());
    assert!(database.exists(), "nothing is deleted without consent");
    let purged = purge(&node, &["-y"]);
    assert!(
        purged.status.success(),
        "{}",
        String::from_utf8_lossy(&purged.stderr)
    );
    assert!(!database.exists());
}

#[test]
fn an_unknown_chain_is_refused_with_the_names_of_the_known_ones() {
    let output = Command::new(binary("edgeproof-node"))
        .args(["--chain", "nowhere", "--tmp"])
        .output()
        .expect("the node starts");
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("dev, local, quick, test"), "{said}");
}

#[test]
fn each_preset_exports_its_specification_with_tfuel_first() {
    for chain in ["dev", "local", "quick", "test"] {
        let output = Command::new(binary("edgeproof-node"))
            .args(["export-chain-spec", "--chain", chain])
            .output()
            .expect("the node starts");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let specification: serde_json::Value =
            serde_json::from_slice(&output.stdout).expect("a specification is JSON");
        assert_eq!(specification["properties"]["tokenSymbol"][0], "TFUEL", "{chain}");
        reads_its_own_specification(&output.stdout);
    }
}

/// A node that is given the file of a specification runs that chain.
fn reads_its_own_specification(exported: &[u8]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("chain.json");
    std::fs::write(&file, exported).expect("the folder is writable");
    let again = Command::new(binary("edgeproof-node"))
        .args(["export-chain-spec", "--chain"])
        .arg(&file)
        .output()
        .expect("the node starts");
    assert!(again.status.success());
    assert!(again.stdout == exported, "the specification has changed");
}
