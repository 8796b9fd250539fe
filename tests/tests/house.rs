//! The laws of the house that a compiler does not enforce by itself.

use std::{fs, path::Path, process::Command};

const ON_CHAIN: [&str; 11] = [
    "kernel",
    "proofs",
    "primitives",
    "pallets/support",
    "pallets/params",
    "pallets/randomness",
    "pallets/staking",
    "pallets/workers",
    "pallets/jobs",
    "pallets/supply",
    "pallets/rewards",
];

const DENIED: [&str; 8] = [
    "unwrap_used",
    "expect_used",
    "indexing_slicing",
    "arithmetic_side_effects",
    "cast_possible_truncation",
    "cast_sign_loss",
    "cast_possible_wrap",
    "panic",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the crate lies in the workspace")
}

#[test]
fn crates_that_run_on_chain_deny_what_can_panic_or_overflow() {
    for folder in ON_CHAIN {
        let code = fs::read_to_string(root().join(folder).join("src/lib.rs")).expect("a library");
        let block = code
            .split("deny(")
            .nth(1)
            .unwrap_or_else(|| panic!("{folder} denies nothing"));
        for lint in DENIED {
            assert!(
                block.contains(&format!("clippy::{lint}")),
                "{folder} does not deny clippy::{lint}"
            );
        }
    }
}

/// Names of everything that `package` needs to be built for users.
fn dependencies(package: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--locked",
            "--package",
            package,
            "--edges",
            "normal",
            "--prefix",
            "none",
        ])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines()
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn clients_and_workers_carry_nothing_of_the_node() {
    for package in [
        "edgeproof-primitives",
        "edgeproof-client",
        "compute-worker",
        "edgeproof-cli",
    ] {
        let foreign: Vec<String> = dependencies(package)
            .into_iter()
            .filter(|name| name.starts_with("sc-") || name.starts_with("pallet-") || name == "polkadot-sdk")
            .collect();
        assert!(foreign.is_empty(), "{package} carries {foreign:?}");
    }
}

#[test]
fn pallets_know_each_other_only_through_support() {
    for folder in ON_CHAIN.iter().filter(|folder| folder.starts_with("pallets/")) {
        let manifest = fs::read_to_string(root().join(folder).join("Cargo.toml")).expect("a manifest");
        let dependencies = manifest.split("[dev-dependencies]").next().unwrap_or_default();
        for line in dependencies.lines().filter(|line| line.starts_with("pallet-")) {
            assert!(line.starts_with("pallet-support"), "{folder}: {line}");
        }
    }
}
