//! Validators in processes of their own: elections, finality, equivocations.

use edgeproof_client::{AccountId, Client, ValidatorInfo};
use edgeproof_tests::{eventually, within, Chain, Cli, Node};
use futures::StreamExt;
use serde_json::Value;
use std::{path::Path, time::Duration};

/// Time that something takes which happens with one of the next eras, of a minute each.
const ERAS: Duration = Duration::from_secs(300);
/// Time that nodes get to find each other and to finalise.
const FINALITY: Duration = Duration::from_secs(120);
/// Best blocks without a finalised one after which finality has stopped.
const STALL: u32 = 12;

/// Alice, Bob, Charlie and Dave.
fn four() -> [Node; 4] {
    let alice = Node::start(Chain::Quick);
    let [bob, charlie, dave] =
        ["bob", "charlie", "dave"].map(|key| Node::join(Chain::Quick, Some(key), &alice));
    [alice, bob, charlie, dave]
}

async fn finalises(client: &Client, above: u32) -> u32 {
    eventually(FINALITY, &format!("finalised block above {above}"), || async {
        let finalized = client.status().await.ok()?.finalized;
        (finalized > above).then_some(finalized)
    })
    .await
}

/// Waits until [`STALL`] best blocks came without a finalised one, and returns the last finalised one.
async fn stalls(client: &Client) -> u32 {
    let mut last = client.status().await.expect("the node answers");
    let mut blocks = client.best_blocks().await.expect("the node answers");
    let stalled = async {
        loop {
            blocks
                .next()
                .await
                .expect("blocks come")
                .expect("the node answers");
            let status = client.status().await.expect("the node answers");
            if status.finalized != last.finalized {
                last = status;
            } else if status.best >= last.best + STALL {
                return status.finalized;
            }
        }
    };
    within(FINALITY, "end of finality", stalled).await
}

async fn validator(client: &Client, account: &AccountId) -> Option<ValidatorInfo> {
    let validators = client.best().await.ok()?.validators().await.ok()?;
    validators
        .into_iter()
        .find(|validator| validator.account == *account)
}

fn cli(node: &Node, key: &str) -> Cli {
    Cli::new(node, Path::new("/nonexistent")).with("EDGEPROOF_KEY", key)
}

fn account(cli: &Cli) -> AccountId {
    let nominations = cli.json(&["stake", "nominations"]);
    nominations["account"]
        .as_str()
        .and_then(|text| text.parse().ok())
        .expect("an address")
}

fn amount(value: &Value) -> f64 {
    value
        .as_str()
        .and_then(|text| text.parse().ok())
        .unwrap_or_else(|| panic!("{value} is no amount"))
}

#[tokio::test(flavor = "multi_thread")]
async fn finality_survives_the_loss_of_one_of_four_stops_with_two_and_returns() {
    let mut nodes = four();
    let client = nodes[0].client().await;
    let height = finalises(&client, 0).await;
    nodes[3].kill();
    finalises(&client, height + 3).await;
    nodes[2].kill();
    let height = stalls(&client).await;
    nodes[2].restart();
    nodes[3].restart();
    finalises(&client, height + STALL).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fifth_node_is_elected_and_makes_blocks_and_whoever_signs_twice_is_slashed() {
    let nodes = four();
    let client = nodes[0].client().await;
    finalises(&client, 0).await;

    let fifth = Node::join(Chain::Quick, None, &nodes[0]);
    let newcomer = cli(&fifth, "//Eve");
    let eve = account(&newcomer);
    newcomer.json(&["stake", "bond", "2000000"]);
    let early = newcomer.json_refusal(&["stake", "validate", "--add", "2000000"]);
    assert!(early["next"].to_string().contains("stake keys"), "{early}");
    newcomer.json(&["stake", "keys"]);
    newcomer.json(&["stake", "validate", "--add", "2000000", "--commission", "10%"]);

    let guardian = cli(&nodes[1], "//Ferdie");
    guardian.json(&["stake", "bond", "100000"]);
    let unknown = guardian.json_refusal(&["stake", "delegate", "//One", "50000"]);
    assert!(
        unknown["next"].to_string().contains("stake validators"),
        "{unknown}"
    );
    guardian.json(&["stake", "delegate", "//Eve", "50000"]);
    guardian.json(&["stake", "delegate", "//Dave", "50000"]);

    eventually(ERAS, "block of the fifth validator", || async {
        validator(&client, &eve)
            .await
            .filter(|eve| eve.is_elected && eve.blocks > 0)
    })
    .await;
    let earned = eventually(FINALITY, "reward of the guardian", || async {
        let claimable = amount(&guardian.json(&["stake", "nominations"])["claimable"]);
        (claimable > 0.0).then_some(claimable)
    })
    .await;
    let claimed = guardian.json(&["stake", "claim"]);
    assert!(amount(&claimed["claimed"]) >= earned, "{claimed}");

    // A second process with the keys of Dave, who is in office.
    let _twin = Node::join(Chain::Quick, Some("dave"), &nodes[0]);
    let dave = account(&cli(&nodes[3], "//Dave"));
    eventually(ERAS, "report of the equivocation", || async {
        validator(&client, &dave)
            .await
            .map_or(Some(()), |dave| (!dave.is_candidate).then_some(()))
    })
    .await;
    eventually(ERAS, "removal of the equivocator", || async {
        validator(&client, &dave)
            .await
            .map_or(Some(()), |dave| (!dave.is_elected).then_some(()))
    })
    .await;
    eventually(ERAS, "slash of the guardian", || async {
        let nominations = guardian.json(&["stake", "nominations"]);
        let behind = nominations["delegations"].as_array()?;
        let left: f64 = behind.iter().map(|delegation| amount(&delegation["theta"])).sum();
        (left < 100_000.0).then_some(())
    })
    .await;
}
