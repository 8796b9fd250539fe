use crate::{binary, Node};
use serde_json::Value;
use std::{
    ffi::OsString,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

/// The `edgeproof` command against one node, or another command in the same environment.
#[derive(Clone)]
pub struct Cli {
    program: &'static str,
    environment: Vec<(&'static str, OsString)>,
}

impl Cli {
    /// Talks to `node` and keeps blobs in `blobs`.
    pub fn new(node: &Node, blobs: &Path) -> Self {
        Self::to(&node.url(), blobs)
    }

    /// Talks to `url`, where there may be nobody.
    pub fn to(url: &str, blobs: &Path) -> Self {
        Self {
            program: "edgeproof",
            environment: Vec::new(),
        }
        .with("EDGEPROOF_URL", url)
        .with("EDGEPROOF_BLOBS", blobs)
        .with("EDGEPROOF_KEY", "//Alice")
    }

    /// With one more environment variable, or another value of one.
    pub fn with(mut self, name: &'static str, value: impl Into<OsString>) -> Self {
        self.environment.push((name, value.into()));
        self
    }

    /// Another program of this workspace in the same environment.
    pub fn of(mut self, program: &'static str) -> Self {
        self.program = program;
        self
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary(self.program));
        command.args(arguments).envs(self.environment.iter().cloned());
        command
    }

    /// Runs the command whatever it answers.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the command starts")
    }

    /// Runs a command that must succeed, and returns what it prints on standard output.
    ///
    /// # Panics
    /// When it fails.
    pub fn text(&self, arguments: &[&str]) -> String {
        self.succeeded(arguments, &self.run(arguments))
    }

    /// Runs a command that must succeed, with `--json`, and reads the last line it prints.
    ///
    /// # Panics
    /// When it fails or prints no JSON.
    pub fn json(&self, arguments: &[&str]) -> Value {
        parsed(&self.text(&[arguments, &["--json"]].concat()))
    }

    /// As [`Self::json`], with `input` on its standard input.
    ///
    /// # Panics
    /// When it fails or prints no JSON.
    pub fn json_reading(&self, input: &str, arguments: &[&str]) -> Value {
        let mut child = self
            .command(arguments)
            .arg("--json")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let mut pipe = child.stdin.take().expect("a pipe was asked for");
        // A command that ends without reading says so by its exit code.
        let _ = pipe.write_all(input.as_bytes());
        drop(pipe);
        let output = child.wait_with_output().expect("the command ends");
        parsed(&self.succeeded(arguments, &output))
    }

    /// Runs a command that must fail, and returns its exit code and what it said on standard error.
    ///
    /// # Panics
    /// When it succeeds.
    pub fn refusal(&self, arguments: &[&str]) -> (i32, String) {
        let output = self.run(arguments);
        assert!(
            !output.status.success(),
            "{} {arguments:?} succeeded",
            self.program
        );
        (
            output.status.code().unwrap_or(-1),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    }

    /// Runs a command that must fail, with `--json`, and reads its error: `error`, `next` and `code`.
    ///
    /// # Panics
    /// When it succeeds, says no JSON, or ends with another exit code than it says.
    pub fn json_refusal(&self, arguments: &[&str]) -> Value {
        let (code, said) = self.refusal(&[arguments, &["--json"]].concat());
        let refusal = parsed(&said);
        assert_eq!(refusal["code"], code, "{refusal}");
        refusal
    }

    fn succeeded(&self, arguments: &[&str], output: &Output) -> String {
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            output.status.success(),
            "{} {arguments:?} failed with {}\n{text}\n{}",
            self.program,
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
        text
    }
}

/// The JSON on the last line.
fn parsed(text: &str) -> Value {
    let line = text.lines().last().unwrap_or_default();
    serde_json::from_str(line).unwrap_or_else(|error| panic!("`{line}` is no JSON: {error}"))
}
