//! The chain itself: blocks, finality, epochs, restarts.

use edgeproof_client::Client;
use edgeproof_tests::{binary, eventually, Chain, Node};
use std::{process::Command, time::Duration};

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

#[test]
fn an_unknown_chain_is_refused_with_the_names_of_the_known_ones() {
    let output = Command::new(binary("edgeproof-node"))
        .args(["--chain", "nowhere", "--tmp"])
        .output()
        .expect("the node starts");
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("dev, local, test"), "{said}");
}

#[test]
fn each_preset_exports_its_specification_with_tfuel_first() {
    for chain in ["dev", "local", "test"] {
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
    }
}
