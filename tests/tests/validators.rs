//! Validators in processes of their own: elections, finality, equivocations.

use edgeproof_client::{AccountId, Client, ValidatorInfo, View};
use edgeproof_primitives::UNIT;
use edgeproof_tests::{eventually, next_runtime, within, Chain, Cli, Node};
use futures::StreamExt;
use serde_json::Value;
use std::{path::Path, time::Duration};

/// Time that something takes which happens with one of the next eras, of a minute each.
const ERAS: Duration = Duration::from_secs(300);
/// Time that nodes get to find each other and to finalise.
const FINALITY: Duration = Duration::from_secs(120);
/// Time that a referendum takes, of about 25 blocks of a second each, and its enactment.
const VOTE: Duration = Duration::from_secs(180);
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

/// Waits until block `height` is final, and returns the state after the last final block.
async fn finalised(client: &Client, height: u32) -> View {
    eventually(ERAS, &format!("finality of block {height}"), || async {
        let view = client.finalized().await.ok()?;
        (view.number() >= height).then_some(view)
    })
    .await
}

/// What a guardian can claim, and the blocks that the validator made in the era.
async fn earned(view: &View, guardian: &AccountId, validator: &AccountId) -> (u128, u128) {
    let guardian = view.guardian(guardian).await.expect("the node answers");
    let validators = view.validators().await.expect("the node answers");
    let standing = validators.iter().find(|standing| standing.account == *validator);
    (
        guardian.claimable,
        standing.expect("it is a candidate").blocks.into(),
    )
}

/// Proposes with the first account, and lets all vote for it.
fn propose_and_approve(accounts: &[Cli], proposal: &[&str]) -> Value {
    let proposed = accounts[0].json(&[&["gov", "propose"], proposal, &["--yes"]].concat());
    let referendum = proposed["referendum"].to_string();
    for account in accounts {
        account.json(&["gov", "vote", &referendum, "aye", "--yes"]);
    }
    proposed
}

#[tokio::test(flavor = "multi_thread")]
async fn stakers_earn_by_formula_and_change_the_values_and_the_runtime_of_a_running_network() {
    let nodes = four();
    let client = nodes[0].client().await;
    finalises(&client, 0).await;
    let owners = ["//Alice", "//Bob", "//Charlie"].map(|key| cli(&nodes[0], key));
    let guardian = cli(&nodes[1], "//Ferdie");
    let (alice, ferdie) = (account(&owners[0]), account(&guardian));

    let stake = 12_345;
    guardian.json(&["stake", "bond", "20000"]);
    let delegated = guardian.json(&["stake", "delegate", "//Alice", &stake.to_string()]);
    let start = delegated["block"].as_u64().expect("a height") as u32;

    // Whole THETA earn without a rest: 24 TFUEL times the guardian's part of the stake, for every block of one era.
    let mut first = finalised(&client, start).await;
    let each = 24 * UNIT * UNIT / ((1_000_000 + stake) * UNIT);
    loop {
        let last = finalised(&client, first.number() + 12).await;
        let [began, ended] = [&first, &last].map(|view| view.era());
        let same_era =
            began.await.expect("the node answers").current == ended.await.expect("the node answers").current;
        let (before, made_before) = earned(&first, &ferdie, &alice).await;
        let (after, made_after) = earned(&last, &ferdie, &alice).await;
        if same_era && made_after > made_before {
            assert_eq!(
                after - before,
                stake * each * (made_after - made_before),
                "to the last unit"
            );
            break;
        }
        first = last;
    }

    // What unbonding is the longest of: the time of an offence, and that of a dispute about the longest job.
    for changes in [
        &[
            "job.max_execution=20",
            "job.window_base=5",
            "job.max_window=50",
            "job.max_draw=20",
            "job.reveal=5",
        ][..],
        &["dispute.bytes_per_block=109951162777"],
        &[
            "stake.sessions_per_era=2",
            "stake.report_window=20",
            "stake.unbonding=1",
        ],
    ] {
        propose_and_approve(&owners, &[&["set"], changes].concat());
    }
    eventually(VOTE, "enactment of the new values", || async {
        let rules = owners[1].json(&["gov", "rules"]);
        let is = |name: &str, wanted: u64| rules[name] == wanted;
        let all = is("job.max_execution", 20) && is("dispute.bytes_per_block", 109_951_162_777);
        (all && is("stake.sessions_per_era", 2)).then_some(())
    })
    .await;
    let unbonding = owners[0].json(&["stake", "era"])["unbonding"].clone();
    let unbonding = unbonding.as_u64().expect("blocks");
    assert!(
        (100..300).contains(&unbonding),
        "{unbonding} blocks instead of 5,760"
    );

    let left = guardian.json(&["stake", "undelegate", "//Alice", &stake.to_string()]);
    let release_at = left["release_at"].as_u64().expect("a height") as u32;
    let upgrade = next_runtime().display().to_string();
    let before = client.status().await.expect("the node answers").spec_version;
    let proposed = propose_and_approve(&owners, &["upgrade", &upgrade]);
    assert_eq!(proposed["track"], "root");
    for node in &nodes {
        let client = node.client().await;
        eventually(VOTE, "upgrade of every node", || async {
            let version = client.status().await.ok()?.spec_version;
            (version == before + 1).then_some(())
        })
        .await;
    }
    let height = client.status().await.expect("the node answers").best;
    finalises(&client, height + 3).await;

    let early = guardian.json_refusal(&["stake", "withdraw"]);
    assert!(early["error"].is_string(), "{early}");
    assert!(
        client.best().await.expect("the node answers").number() + 1 < release_at,
        "it was early"
    );
    finalised(&client, release_at - 1).await;
    let freed = guardian.json(&["stake", "withdraw"]);
    assert_eq!(freed["withdrawn"], stake.to_string());
    let claimed = guardian.json(&["stake", "claim"]);
    assert!(amount(&claimed["claimed"]) > 0.0, "{claimed}");
}
