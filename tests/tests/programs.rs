//! The three programs without a chain: what they offer, how they refuse, and the keys that they make.

use edgeproof_tests::{Cli, Stage};
use serde_json::Value;

fn program(name: &'static str) -> Cli {
    let stage = Stage::default();
    Cli::to("ws://127.0.0.1:1", &stage.blobs()).of(name)
}

/// The names under `Commands:`.
fn subcommands(help: &str) -> Vec<&str> {
    help.lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect()
}

#[test]
fn help_names_every_subcommand_and_what_the_program_is_for() {
    let cases: [(&str, &[&str], &str, &[&str]); 11] = [
        (
            "edgeproof-node",
            &[],
            "Edgeproof node",
            &[
                "key",
                "export-chain-spec",
                "check-block",
                "export-blocks",
                "export-state",
                "import-blocks",
                "purge-chain",
                "revert",
                "chain-info",
            ],
        ),
        (
            "edgeproof-node",
            &["key"],
            "Generate, inspect and insert keys",
            &[
                "generate-node-key",
                "generate",
                "inspect",
                "inspect-node-key",
                "insert",
            ],
        ),
        (
            "compute-worker",
            &[],
            "Compute jobs of the Edgeproof chain",
            &["run", "register", "status", "adapters"],
        ),
        (
            "edgeproof",
            &[],
            "Post jobs to the Edgeproof chain",
            &[
                "keys", "balance", "program", "job", "worker", "stake", "gov", "status", "example",
            ],
        ),
        (
            "edgeproof",
            &["keys"],
            "Make, store and show keys",
            &["generate", "import", "show", "list"],
        ),
        (
            "edgeproof",
            &["program"],
            "Build, inspect and run programs",
            &["build", "inspect", "run"],
        ),
        (
            "edgeproof",
            &["job"],
            "Post, follow, fetch and withdraw jobs",
            &[
                "submit",
                "watch",
                "fetch",
                "list",
                "show",
                "challenge",
                "demand",
                "report-withheld",
                "cancel",
            ],
        ),
        (
            "edgeproof",
            &["worker"],
            "See who offers to compute",
            &["list", "show", "drivers", "pause", "resume", "burn-slashed"],
        ),
        (
            "edgeproof",
            &["stake"],
            "Back validators or become one",
            &[
                "bond",
                "unbond",
                "delegate",
                "redelegate",
                "undelegate",
                "withdraw",
                "claim",
                "keys",
                "validate",
                "chill",
                "link",
                "nominations",
                "validators",
                "era",
            ],
        ),
        (
            "edgeproof",
            &["gov"],
            "Propose changes of the chain",
            &[
                "propose", "deposit", "vote", "unvote", "status", "rules", "collect",
            ],
        ),
        (
            "edgeproof",
            &["example"],
            "Run a real job from start to end",
            &["digits"],
        ),
    ];
    for (name, command, purpose, expected) in cases {
        let help = program(name).text(&[command, &["--help"]].concat());
        let (first, _) = help.split_once('\n').expect("more than a line");
        assert!(first.contains(purpose), "{name} {command:?}\n{help}");
        let offered = subcommands(&help);
        for subcommand in expected {
            assert!(offered.contains(subcommand), "no {subcommand} in {offered:?}");
        }
    }
}

#[test]
fn versions_are_told_by_name() {
    for name in ["edgeproof-node", "compute-worker", "edgeproof"] {
        let version = program(name).text(&["--version"]);
        let (first, number) = version.trim().split_once(' ').expect("a name and a number");
        assert_eq!(first, name);
        assert!(number.starts_with(env!("CARGO_PKG_VERSION")), "{version}");
    }
}

#[test]
fn a_wrong_use_is_told_apart_from_a_failure_by_its_exit_code() {
    let cases: [(&str, &[&str], &str); 8] = [
        ("edgeproof-node", &["nonsense"], "nonsense"),
        ("edgeproof-node", &["--rpc-port", "many"], "--rpc-port"),
        ("compute-worker", &["nonsense"], "nonsense"),
        (
            "compute-worker",
            &["register", "--operator", "//x", "--region", "D"],
            "two letters",
        ),
        ("compute-worker", &["run", "--recheck", "0"], "--recheck"),
        ("edgeproof", &["nonsense"], "nonsense"),
        ("edgeproof", &["job", "show", "first"], "JOB"),
        (
            "edgeproof",
            &["job", "submit", "p", "--cap", "1 THETA"],
            "1.5 TFUEL",
        ),
    ];
    for (name, arguments, expected) in cases {
        let (code, said) = program(name).refusal(arguments);
        assert_eq!(code, 2, "{name} {arguments:?}: {said}");
        assert!(said.contains(expected), "{name} {arguments:?}: {said}");
    }
    let refusal = program("edgeproof").json_refusal(&["nonsense"]);
    assert_eq!(refusal["code"], 2);
    assert!(
        refusal["next"]
            .as_str()
            .is_some_and(|next| next.contains("--help")),
        "{refusal}"
    );
}

#[test]
fn the_node_and_the_command_derive_the_same_keys() {
    let node = program("edgeproof-node");
    for uri in ["//Alice", "//Bob//operator", "//Dave/soft"] {
        let inspected = node.text(&["key", "inspect", uri, "--output-type", "json"]);
        let inspected: Value = serde_json::from_str(&inspected).expect("JSON was asked for");
        let shown = program("edgeproof").json(&["keys", "show", uri]);
        assert_eq!(shown["address"], inspected["ss58Address"], "{uri}");
        assert_eq!(shown["public_key"], inspected["publicKey"], "{uri}");
    }
}

#[test]
fn a_node_key_is_made_once_and_read_back() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("node.key").display().to_string();
    let node = program("edgeproof-node");
    let made = node.run(&["key", "generate-node-key", "--file", &file]);
    assert!(made.status.success());
    let identity = String::from_utf8_lossy(&made.stderr).trim().to_owned();
    assert!(identity.starts_with("12D3KooW"), "{identity}");
    assert_eq!(
        node.text(&["key", "inspect-node-key", "--file", &file]).trim(),
        identity
    );
}
