use crate::{binary, Node};
use serde_json::Value;
use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// The `edgeproof` command against one node.
pub struct Cli {
    url: String,
    blobs: PathBuf,
}

impl Cli {
    /// Talks to `node` and keeps blobs in `blobs`.
    pub fn new(node: &Node, blobs: &Path) -> Self {
        Self {
            url: node.url(),
            blobs: blobs.to_path_buf(),
        }
    }

    /// Talks to `url`, where there may be nobody.
    pub fn to(url: &str, blobs: &Path) -> Self {
        Self {
            url: url.to_owned(),
            blobs: blobs.to_path_buf(),
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary("edgeproof"));
        command
            .args(arguments)
            .env("EDGEPROOF_URL", &self.url)
            .env("EDGEPROOF_BLOBS", &self.blobs)
            .env("EDGEPROOF_KEY", "//Alice");
        command
    }

    /// Runs the command whatever it answers.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the command starts")
    }

    /// Runs a command that must succeed, with `--json`, and reads the last line it prints.
    ///
    /// # Panics
    /// When it fails or prints no JSON.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[arguments, &["--json"]].concat());
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success(),
            "edgeproof {arguments:?} failed with {}\n{text}\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
        let line = text.lines().last().unwrap_or_default();
        serde_json::from_str(line).unwrap_or_else(|error| panic!("`{line}` is no JSON: {error}"))
    }

    /// Runs a command that must fail, and returns its exit code and what it said on standard error.
    ///
    /// # Panics
    /// When it succeeds.
    pub fn refusal(&self, arguments: &[&str]) -> (i32, String) {
        let output = self.run(arguments);
        assert!(!output.status.success(), "edgeproof {arguments:?} succeeded");
        (
            output.status.code().unwrap_or(-1),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    }
}
