//! The commands against a running node and worker: what scripts read in JSON, and what people see in tables.

use edgeproof_client::{amount, blobs::BlobStore, AccountId, Client};
use edgeproof_primitives::UNIT;
use edgeproof_tests::{eventually, short_program, signer, Chain, Cli, Node, PreparedJob, Stage, Worker};
use serde_json::{json, Value};
use std::{fs, path::Path, time::Duration};

const OPERATOR: &str = "//Bob//operator";

fn address(uri: &str) -> String {
    signer(uri).account().to_string()
}

/// The program and the input of a job as files.
struct Files {
    program: String,
    input: String,
}

impl Files {
    fn of(job: &PreparedJob, stage: &Stage) -> Self {
        let [program, input] = ["job.program", "job.input"].map(|name| stage.path(name));
        let blob = stage
            .store()
            .get_exact(&job.spec.inputs[0])
            .expect("the input is there");
        fs::write(&program, &job.code).expect("the folder is writable");
        fs::write(&input, blob).expect("the folder is writable");
        Self {
            program: program.display().to_string(),
            input: input.display().to_string(),
        }
    }

    /// Asks what the job would cost and who could compute it.
    fn quote(&self, cli: &Cli, more: &[&str]) -> Value {
        let always = ["job", "quote", &self.program, "--input", &self.input];
        cli.json(&[&always, more].concat())
    }

    /// Posts the job for at most 1 TFUEL.
    fn submit(&self, cli: &Cli, program: &str, more: &[&str]) -> Value {
        let always = ["job", "submit", program, "--input", &self.input, "--cap", "1"];
        cli.json(&[&always, more].concat())
    }
}

/// An amount of tokens in planck.
fn planck(value: &Value) -> u128 {
    let text = value.as_str().unwrap_or_else(|| panic!("{value} is no amount"));
    amount::parse(text).unwrap_or_else(|error| panic!("{value}: {error}"))
}

fn has_fields(value: &Value, fields: &[&str]) {
    for field in fields {
        assert!(value.get(field).is_some(), "no `{field}` in {value}");
    }
}

fn numbers(jobs: &Value) -> Vec<u64> {
    let jobs = jobs.as_array().expect("a list of jobs");
    jobs.iter().filter_map(|job| job["job"].as_u64()).collect()
}

/// Asserts that the command is refused with exit code 1 and an error that says `error` and `next`.
fn refused(cli: &Cli, arguments: &[&str], error: &str, next: &str) {
    let refusal = cli.json_refusal(arguments);
    assert_eq!(refusal["code"], 1, "{refusal}");
    let said = [&refusal["error"], &refusal["next"]].map(|text| text.as_str().unwrap_or_default());
    assert!(said[0].contains(error), "{refusal}");
    assert!(said.join(" ").contains(next), "{refusal}");
}

async fn in_state(cli: &Cli, job: &str, state: &str) -> Value {
    eventually(Duration::from_secs(60), &format!("job {job} {state}"), || async {
        let shown = cli.json(&["job", "show", job]);
        (shown["state"] == state).then_some(shown)
    })
    .await
}

fn nothing_has_happened_yet(cli: &Cli) {
    assert_eq!(cli.json(&["job", "list"]), Value::Array(Vec::new()));
    assert_eq!(cli.text(&["job", "list"]).trim(), "no jobs");
    refused(cli, &["job", "show", "0"], "no job 0", "never posted");
    refused(cli, &["job", "fetch", "0"], "no job 0", "never posted");
}

fn the_worker_is_listed(cli: &Cli) {
    let workers = cli.json(&["worker", "list"]);
    assert_eq!(workers.as_array().map(Vec::len), Some(1), "{workers}");
    let worker = &workers[0];
    assert_eq!(worker["operator"], address(OPERATOR));
    assert_eq!(worker["stash"], address("//Bob"));
    assert_eq!(worker["region"], "DE");
    assert_eq!(worker["active"], true);
    assert_eq!(planck(&worker["ask"]), UNIT / 1_000);
    has_fields(
        worker,
        &[
            "adapter",
            "memory",
            "slots",
            "busy",
            "succeeded",
            "commit_missed",
            "reveal_missed",
            "reputation",
        ],
    );
    let table = cli.text(&["worker", "list"]);
    let (header, row) = table.split_once('\n').expect("a header and a row");
    assert!(
        header.starts_with("operator") && header.contains("TFUEL/Gop"),
        "{table}"
    );
    assert!(
        row.starts_with(&address(OPERATOR)) && row.contains("0.001"),
        "{table}"
    );
}

fn a_quote_names_the_price_of_the_worker_and_what_excludes_it(cli: &Cli, files: &Files) {
    let quote = files.quote(cli, &["--assurance", "economy"]);
    assert_eq!(
        (&quote["survey"]["fitting"], &quote["survey"]["active"]),
        (&json!(1), &json!(1))
    );
    let median = &quote["prices"][2];
    assert_eq!(median["percent"], 50);
    assert!(planck(&median["fee"]) > 0, "{quote}");
    assert_eq!(
        planck(&median["most"]),
        2 * planck(&median["fee"]),
        "an auditor may cost as much"
    );
    has_fields(
        &quote["blocks"],
        &["draw", "execution", "decision", "reveal", "window", "total"],
    );

    let elsewhere = files.quote(cli, &["--region", "FR"]);
    assert_eq!(elsewhere["prices"], json!([]));
    let excluded = &elsewhere["survey"]["excluded"][0];
    assert_eq!(
        (&excluded["clause"], &excluded["fitting_without"]),
        (&json!("Region"), &json!(1))
    );
}

/// Posts a job that no worker of this chain may take, and withdraws it.
fn an_open_job_is_withdrawn_by_its_requester_alone(cli: &Cli, files: &Files) {
    let posted = files.submit(cli, &files.program, &["--region", "FR"]);
    assert_eq!(posted["job"], 0);
    assert!(
        posted["block"].as_u64() > Some(0) && planck(&posted["fee"]) > 0,
        "{posted}"
    );
    let held = planck(&cli.json(&["balance"])["tfuel"]["held"]);
    assert!(held > UNIT, "{held}");
    let open = cli.json(&["job", "show", "0"]);
    assert_eq!(open["state"], "Open");
    assert_eq!(open["requester"], address("//Alice"));
    has_fields(
        &open,
        &[
            "program",
            "inputs",
            "params",
            "operations",
            "price_cap",
            "draw_by",
        ],
    );
    assert_eq!(open["waits"]["survey"]["excluded"][0]["clause"], "Region");
    refused(
        cli,
        &["job", "fetch", "0"],
        "no result: Open",
        "edgeproof job watch 0",
    );
    refused(
        cli,
        &["job", "cancel", "0", "--key", "//Charlie"],
        "NotRequester",
        "",
    );

    let cancelled = cli.json(&["job", "cancel", "0"]);
    assert_eq!(cancelled["job"], 0);
    assert!(
        cancelled["block"].as_u64() > posted["block"].as_u64(),
        "{cancelled}"
    );
    let receipt = cli.json(&["job", "show", "0"]);
    assert_eq!(receipt["outcome"], "Cancelled");
    assert_eq!(receipt["reason"], "CancelledByRequester");
    assert_eq!(planck(&receipt["worker_paid"]), 0);
    assert!(planck(&receipt["refunded"]) >= UNIT, "{receipt}");
    let left = planck(&cli.json(&["balance"])["tfuel"]["held"]);
    assert_eq!(
        held - left,
        planck(&receipt["refunded"]),
        "the program's deposit stays"
    );
    refused(cli, &["job", "cancel", "0"], "JobHasEnded", "edgeproof job watch");
    refused(
        cli,
        &["job", "fetch", "0"],
        "no result: Cancelled",
        "edgeproof job show 0",
    );
}

fn jobs_are_listed_newest_first(cli: &Cli) {
    assert_eq!(numbers(&cli.json(&["job", "list"])), [1, 0]);
    assert_eq!(numbers(&cli.json(&["job", "list", "--limit", "1"])), [1]);
    assert_eq!(numbers(&cli.json(&["job", "list", "--before", "1"])), [0]);
    assert_eq!(numbers(&cli.json(&["job", "list", "--mine"])), [1, 0]);
    let stranger = ["job", "list", "--mine", "--key", "//Charlie"];
    assert_eq!(numbers(&cli.json(&stranger)), [0; 0]);
}

/// Fetches job 1 from the folder of blobs, and from the chain where there is no such folder.
fn the_output_is_fetched_from_a_folder_or_from_the_chain(cli: &Cli, stage: &Stage, expected: &[u8]) {
    for (blobs, name) in [(stage.blobs(), "shared"), (stage.path("nothing"), "inline")] {
        let folder = stage.path(name);
        let [out, blobs] = [&folder, &blobs].map(|path| path.display().to_string());
        let fetched = cli.json(&["job", "fetch", "1", "--out", &out, "--blobs", &blobs]);
        assert_eq!(fetched["job"], 1);
        assert_eq!(fetched["outputs"][0]["bytes"], expected.len());
        let file = fetched["outputs"][0]["file"]
            .as_str()
            .expect("the name of a file");
        assert!(Path::new(file).starts_with(&folder), "{file}");
        assert!(fs::read(file).expect("the file is there") == expected, "{name}");
    }
    let table = cli.text(&[
        "job",
        "fetch",
        "1",
        "--out",
        &stage.path("table").display().to_string(),
    ]);
    assert!(
        table.starts_with("file") && table.contains("job-1-output-0.bin") && table.contains("4.0 KiB"),
        "{table}"
    );
}

/// Watches job 1 to its end: each state on a line, the receipt on the last.
fn the_end_of_the_job_is_a_receipt(cli: &Cli) -> Value {
    let text = cli.text(&["job", "watch", "1", "--json"]);
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .collect();
    let (receipt, states) = lines.split_last().expect("a receipt");
    assert_eq!(
        states.last().expect("a state")["state"],
        "Succeeded",
        "{states:?}"
    );
    for state in states {
        has_fields(state, &["job", "block", "state"]);
    }
    assert_eq!(receipt["outcome"], "Succeeded");
    assert_eq!(receipt["reason"], "WindowPassed");
    assert_eq!(receipt["workers"], json!([address(OPERATOR)]));
    has_fields(
        receipt,
        &[
            "program",
            "operations",
            "output_root",
            "burned",
            "refunded",
            "posted_at",
            "drawn_at",
            "committed_at",
            "revealed_at",
            "ended_at",
        ],
    );
    has_fields(
        &receipt["attestation"],
        &["adapter", "driver", "backend", "worker"],
    );
    receipt.clone()
}

fn the_tables_tell_the_same(cli: &Cli) {
    let jobs = cli.text(&["job", "list"]);
    let states: Vec<_> = jobs
        .lines()
        .map(|line| line.split_whitespace().take(2).collect::<Vec<_>>())
        .collect();
    assert_eq!(
        states,
        [["job", "state"], ["1", "Succeeded"], ["0", "Cancelled"]],
        "{jobs}"
    );

    let balance = cli.text(&["balance", "//Bob"]);
    assert!(balance.starts_with(&address("//Bob")), "{balance}");
    let tokens: Vec<_> = balance
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(tokens[1..], ["token", "TFUEL", "THETA"], "{balance}");

    let status = cli.text(&["status"]);
    for fact in [
        "Edgeproof Test",
        "best block",
        "finalised",
        "1 Cancelled, 1 Succeeded",
        "1, 0 of them busy",
        "TFUEL",
        "THETA",
    ] {
        assert!(status.contains(fact), "no `{fact}` in\n{status}");
    }
}

fn the_status_counts_what_has_happened(cli: &Cli) {
    let status = cli.json(&["status"]);
    assert_eq!(status["chain"], "Edgeproof Test");
    assert_eq!(status["jobs"], 2);
    assert_eq!(status["workers"], 1);
    assert_eq!(status["busy_workers"], 0);
    assert_eq!(
        status["newest_jobs"],
        serde_json::json!({ "Cancelled": 1, "Succeeded": 1 })
    );
    assert!(
        status["best"].as_u64() >= status["finalized"].as_u64() && status["finalized"].as_u64() > Some(0),
        "{status}"
    );
    assert!(planck(&status["tfuel"]["burned"]) > 0, "fees burn: {status}");
    assert!(planck(&status["theta"]["issuance"]) > 0, "{status}");
    has_fields(&status, &["spec_version", "node", "version", "peers", "syncing"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_listed_withdrawn_fetched_and_accounted_for_by_commands() {
    let node = Node::start(Chain::Test);
    let stage = Stage::default();
    let _worker = Worker::join(&node, &stage, OPERATOR).await;
    let cli = Cli::new(&node, &stage.blobs());
    let job = short_program(&stage.store());
    let files = Files::of(&job, &stage);
    nothing_has_happened_yet(&cli);
    the_worker_is_listed(&cli);
    let before = cli.json(&["balance", "//Bob"]);

    a_quote_names_the_price_of_the_worker_and_what_excludes_it(&cli, &files);
    an_open_job_is_withdrawn_by_its_requester_alone(&cli, &files);

    let registered = job.spec.program.to_string();
    assert_eq!(files.submit(&cli, &registered, &["--inline"])["job"], 1);
    jobs_are_listed_newest_first(&cli);
    let revealed = in_state(&cli, "1", "Revealed").await;
    assert_eq!(revealed["seats"][0]["worker"], address(OPERATOR));
    has_fields(&revealed, &["settles_at", "round"]);
    refused(&cli, &["job", "cancel", "1"], "NotOpen", "");
    the_output_is_fetched_from_a_folder_or_from_the_chain(&cli, &stage, &job.expected[0]);

    let receipt = the_end_of_the_job_is_a_receipt(&cli);
    let after = cli.json(&["balance", "//Bob"]);
    assert_eq!(
        planck(&after["tfuel"]["free"]) - planck(&before["tfuel"]["free"]),
        planck(&receipt["worker_paid"])
    );
    assert_eq!(after["account"], address("//Bob"));
    assert_eq!(planck(&after["theta"]["held"]), 10_000 * UNIT, "the stake");
    the_status_counts_what_has_happened(&cli);
    the_tables_tell_the_same(&cli);
}

/// Gives TFUEL to both accounts and THETA to the second, from `//Alice`.
async fn endow(client: &Client, requester: &AccountId, stash: &AccountId) {
    let alice = signer("//Alice");
    tokio::try_join!(
        client.transfer_tfuel(&alice, requester, 10 * UNIT),
        client.transfer_tfuel(&alice, stash, UNIT),
        client.transfer_theta(&alice, stash, 10_000 * UNIT),
    )
    .expect("//Alice has enough");
}

fn account_of(key: &Value) -> AccountId {
    let address = key["address"].as_str().expect("an address");
    address.parse().expect("an address")
}

fn new_key(cli: &Cli, name: &str) -> Value {
    let key = cli.json(&["keys", "generate", name]);
    assert_eq!(key["name"], name);
    let phrase = key["phrase"].as_str().expect("a phrase");
    assert_eq!(phrase.split(' ').count(), 12);
    let file = Path::new(key["file"].as_str().expect("a file"));
    #[cfg(unix)]
    {
        let mode = fs::metadata(file).expect("the file is there").permissions();
        assert_eq!(
            std::os::unix::fs::PermissionsExt::mode(&mode) & 0o077,
            0,
            "others may read it"
        );
    }
    let text = fs::read_to_string(file).expect("the file is there");
    assert!(!text.contains(phrase), "the secret is in clear");
    key
}

/// A key that the node makes is the same key here.
fn imported_key(cli: &Cli, name: &str) -> Value {
    let made = cli.clone().of("edgeproof-node");
    let made = made.text(&["key", "generate", "--output-type", "json"]);
    let made: Value = serde_json::from_str(&made).expect("JSON was asked for");
    let phrase = made["secretPhrase"].as_str().expect("a phrase");
    let key = cli.json_reading(&format!("{phrase}\n"), &["keys", "import", name]);
    assert_eq!(key["address"], made["ss58Address"]);
    assert!(key.get("phrase").is_none(), "the secret is repeated");
    key
}

#[tokio::test(flavor = "multi_thread")]
async fn stored_keys_with_a_password_file_post_register_and_compute() {
    let node = Node::start(Chain::Test);
    let stage = Stage::default();
    let (password, wrong) = (stage.path("password"), stage.path("wrong"));
    fs::write(&password, "correct horse\n").expect("the folder is writable");
    fs::write(&wrong, "battery staple\n").expect("the folder is writable");
    let cli = Cli::new(&node, &stage.blobs())
        .with("XDG_DATA_HOME", stage.path("home"))
        .with("EDGEPROOF_PASSWORD_FILE", &password);

    let (me, stash) = (new_key(&cli, "me"), new_key(&cli, "stash"));
    let operator = imported_key(&cli, "operator");
    refused(
        &cli,
        &["keys", "generate", "me"],
        "exists already",
        "another name",
    );
    let listed = cli.json(&["keys", "list"]);
    for (key, (name, made)) in [("me", &me), ("operator", &operator), ("stash", &stash)]
        .iter()
        .enumerate()
    {
        assert_eq!(listed["keys"][key]["name"], *name);
        assert_eq!(listed["keys"][key]["address"], made["address"]);
    }
    assert_eq!(
        cli.json(&["keys", "show", "--key", "me"])["address"],
        me["address"]
    );

    let client = node.client().await;
    endow(&client, &account_of(&me), &account_of(&stash)).await;
    assert_eq!(cli.json(&["balance", "me"])["tfuel"]["free"], "10");

    let worker = cli.clone().of("compute-worker");
    let register = |password: &Path| {
        let terms = ["--operator", "operator", "--region", "de", "--slots", "2"];
        let worker = worker.clone().with("EDGEPROOF_PASSWORD_FILE", password);
        worker.run(&[&["register", "--key", "stash"], &terms[..]].concat())
    };
    let refusal = register(&wrong);
    assert!(!refusal.status.success());
    assert!(String::from_utf8_lossy(&refusal.stderr).contains("password"));
    assert_eq!(cli.json(&["worker", "list"]), Value::Array(Vec::new()));
    let registered = register(&password);
    assert!(
        registered.status.success(),
        "{}",
        String::from_utf8_lossy(&registered.stderr)
    );
    let status = worker.text(&["status", "--key", "operator"]);
    for fact in [&operator["address"], &stash["address"]] {
        assert!(status.contains(fact.as_str().expect("an address")), "{status}");
    }
    let listed = cli.json(&["worker", "list"]);
    assert_eq!(listed[0]["operator"], operator["address"]);
    assert_eq!(listed[0]["stash"], stash["address"]);
    assert_eq!(listed[0]["slots"], 2);
    let _worker = Worker::run(&cli.clone().with("EDGEPROOF_KEY", "operator"), &stage);

    let job = short_program(&stage.store());
    let files = Files::of(&job, &stage);
    let submit = [
        "job",
        "submit",
        &files.program,
        "--input",
        &files.input,
        "--cap",
        "1",
        "--key",
        "me",
    ];
    let stranger = cli.clone().with("EDGEPROOF_PASSWORD_FILE", &wrong);
    refused(&stranger, &submit, "password does not open", "try again");
    assert_eq!(cli.json(&submit)["job"], 0);
    let revealed = in_state(&cli, "0", "Revealed").await;
    assert_eq!(revealed["requester"], me["address"]);
    assert_eq!(revealed["seats"][0]["worker"], operator["address"]);
    assert_eq!(
        planck(&cli.json(&["balance", "operator"])["tfuel"]["free"]),
        0,
        "commitment and reveal cost nothing"
    );
}
