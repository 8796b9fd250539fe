//! Referenda by commands against a running node: proposed, voted on with bonded THETA, enacted, and all taken back.

use edgeproof_client::{amount, AccountId, Client};
use edgeproof_primitives::UNIT;
use edgeproof_tests::{eventually, signer, Chain, Cli, Node, Stage};
use serde_json::{json, Value};
use std::{fs, time::Duration};

/// Time for a referendum of the test chain, which takes about 25 blocks of a second.
const VOTE: Duration = Duration::from_secs(120);

fn planck(value: &Value) -> u128 {
    let text = value.as_str().unwrap_or_else(|| panic!("{value} is no amount"));
    amount::parse(text).unwrap_or_else(|error| panic!("{value}: {error}"))
}

async fn enacted(cli: &Cli, name: &str, wanted: Value) {
    eventually(VOTE, name, || async {
        (cli.json(&["gov", "rules"])[name] == wanted).then_some(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn bonded_theta_changes_a_governed_value_by_commands() {
    let (node, stage) = (Node::start(Chain::Test), Stage::default());
    let client = Client::connect(&node.url()).await.expect("the node answers");
    client
        .bond(&signer("//Bob"), 80_000_000 * UNIT)
        .await
        .expect("the stake is bonded");
    let alice = Cli::new(&node, &stage.blobs());
    let bob = alice.clone().with("EDGEPROOF_KEY", "//Bob");
    assert_eq!(alice.json(&["gov", "rules"])["worker.bond_factor"], 20);
    assert!(alice.text(&["gov", "status"]).contains("no referendum"));

    let changes = ["worker.bond_factor=33", "worker.finder_share=30%"];
    let propose = [&["gov", "propose", "set"], changes.as_slice(), &["--yes"]].concat();
    let proposed = alice.json(&propose);
    assert_eq!(proposed["referendum"], 0);
    assert_eq!(proposed["track"], "parameters");
    assert_eq!(planck(&proposed["decision_deposit"]), 1_000 * UNIT);
    let shown = alice.json(&["gov", "status", "0"]);
    assert_eq!(
        shown["proposal"],
        json!({ "set": {
            "worker.bond_factor": { "now": 20, "then": 33 },
            "worker.finder_share": { "now": "25 %", "then": "30 %" },
        } })
    );

    let refusal = bob.json_refusal(&["gov", "vote", "0", "aye", "90000000", "--yes"]);
    assert!(refusal["error"]
        .as_str()
        .is_some_and(|said| said.contains("cannot vote")));
    bob.json(&["gov", "vote", "0", "aye", "--yes"]);
    let listed = bob.json(&["gov", "status"]);
    assert_eq!(
        listed["referenda"][0]["approval_parts_per_billion"],
        1_000_000_000
    );
    assert!(planck(&listed["referenda"][0]["voted"]) > 80_000_000 * UNIT);
    enacted(&alice, "worker.bond_factor", json!(33)).await;
    assert_eq!(alice.json(&["gov", "rules"])["worker.finder_share"], "30 %");

    assert_eq!(alice.json(&["gov", "status", "0"])["outcome"], "approved");
    let collected = alice.json(&["gov", "collect"]);
    assert_eq!(collected["deposits"].as_array().map(Vec::len), Some(2));
    let stake = 1_000_000 * UNIT;
    assert_eq!(
        planck(&alice.json(&["balance"])["theta"]["held"]),
        stake,
        "the stake of the validator, and no deposit"
    );
    assert_eq!(alice.text(&["gov", "collect"]).trim(), "nothing is due");
    assert_eq!(bob.json(&["gov", "collect"])["votes"], json!([0]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_treasury_pays_and_long_calls_are_noted_by_commands() {
    let (node, stage) = (Node::start(Chain::Test), Stage::default());
    let client = Client::connect(&node.url()).await.expect("the node answers");
    let alice = Cli::new(&node, &stage.blobs());
    let ferdie = alice.clone().with("EDGEPROOF_KEY", "//Ferdie");
    let treasury = alice.json(&["gov", "status"])["treasury"]["account"].clone();
    let account: AccountId = treasury
        .as_str()
        .and_then(|text| text.parse().ok())
        .expect("an address");
    client
        .transfer_tfuel(&signer("//Alice"), &account, 500 * UNIT)
        .await
        .expect("the treasury takes gifts");

    let refusal = alice.json_refusal(&["gov", "propose", "spend", "1000001", "//Ferdie", "--yes"]);
    assert!(refusal["next"]
        .as_str()
        .is_some_and(|said| said.contains("root track")));
    let spend = ["gov", "propose", "spend", "100", "//Ferdie", "--yes"];
    assert_eq!(alice.json(&spend)["referendum"], 0);
    alice.json(&["gov", "vote", "0", "aye", "--conviction", "0", "--yes"]);

    let runtime = stage.path("new.wasm");
    fs::write(&runtime, vec![7; 1 << 20]).expect("the folder is writable");
    let runtime = runtime.display().to_string();
    let upgrade = alice.json(&["gov", "propose", "upgrade", &runtime, "--yes"]);
    assert_eq!(
        (&upgrade["referendum"], &upgrade["track"]),
        (&json!(1), &json!("root"))
    );
    assert_eq!(upgrade["proposal"]["upgrade"]["bytes"], 1 << 20);
    assert_eq!(
        alice.json(&["gov", "collect"])["notes"],
        json!([]),
        "it is voted on"
    );

    let before = planck(&ferdie.json(&["balance"])["tfuel"]["free"]);
    eventually(VOTE, "a spend", || async {
        let spends = &alice.json(&["gov", "status"])["treasury"]["spends"];
        (spends[0]["amount"] == "100").then_some(())
    })
    .await;
    ferdie.json(&["gov", "collect"]);
    let paid = planck(&ferdie.json(&["balance"])["tfuel"]["free"]) - before;
    assert!(paid > 99 * UNIT && paid < 100 * UNIT, "{paid}: less a fee");
}
