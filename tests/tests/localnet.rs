//! `scripts/localnet`: four validators that finalise together, and nothing of them afterwards.

use edgeproof_client::Client;
use edgeproof_tests::{binary, eventually, Process};
use std::{
    collections::HashSet,
    fs,
    os::unix::process::CommandExt,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;

const VALIDATORS: [&str; 4] = ["alice", "bob", "charlie", "dave"];
/// Time that a validator gets to start; the first may wait for the genesis state.
const START: Duration = Duration::from_secs(180);
/// Time that four nodes get to end.
const END: Duration = Duration::from_secs(60);

/// The script and its children, in a process group of their own.
struct Localnet {
    process: Process,
    folder: TempDir,
}

impl Localnet {
    fn start() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts");
        let node = binary("edgeproof-node");
        let target = node.ancestors().nth(2).expect("the target folder");
        let mut command = Command::new(scripts.join("localnet"));
        command
            .arg("--built")
            .env("CARGO_TARGET_DIR", target)
            .env("TMPDIR", folder.path().join("tmp"))
            .env("XDG_RUNTIME_DIR", folder.path())
            .process_group(0);
        fs::create_dir(folder.path().join("tmp")).expect("the folder is writable");
        let process = Process::start(command, &folder.path().join("localnet.log"));
        Self { process, folder }
    }

    /// Address of a validator, once the script prints it.
    fn url(&mut self, name: &str) -> String {
        let line = self.process.wait_for_line(&format!("{name:<8} ws://"), START);
        let address = line.split_whitespace().next().unwrap_or_default();
        format!("ws://{address}")
    }

    /// Sends a signal to the script alone: its children are its own business.
    fn signal(&self, name: &str) {
        assert!(kill(name, &self.process.id().to_string()), "the script runs");
    }

    /// Asserts that the script ends well, with every process of its group, and leaves no file.
    fn ends_without_a_trace(&mut self) {
        let status = self.process.wait(END);
        assert!(status.success(), "{status}");
        assert!(
            !kill("0", &format!("-{}", self.process.id())),
            "a process is left"
        );
        let left: Vec<_> = fs::read_dir(self.folder.path().join("tmp"))
            .expect("the folder is readable")
            .map_while(Result::ok)
            .map(|entry| entry.path())
            .collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

impl Drop for Localnet {
    fn drop(&mut self) {
        kill("KILL", &format!("-{}", self.process.id()));
    }
}

/// Whether there was somebody to send the signal to.
fn kill(signal: &str, whom: &str) -> bool {
    Command::new("bash")
        .args(["-c", "kill -s \"$0\" -- \"$1\"", signal, whom])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

#[tokio::test(flavor = "multi_thread")]
async fn four_validators_finalise_together_and_end_with_the_script() {
    let mut localnet = Localnet::start();
    let urls = VALIDATORS.map(|name| localnet.url(name));
    assert_eq!(urls.iter().collect::<HashSet<_>>().len(), 4, "{urls:?}");
    localnet.process.wait_for_line("four validators run", START);
    for url in &urls {
        eventually(START, &format!("finalised block at {url}"), || async {
            let client = Client::connect(url).await.ok()?;
            let status = client.status().await.ok()?;
            (status.finalized > 0 && status.peers > 0).then_some(())
        })
        .await;
    }
    localnet.signal("TERM");
    localnet.ends_without_a_trace();
}

#[test]
fn an_interrupted_start_leaves_nothing() {
    let mut localnet = Localnet::start();
    localnet.url(VALIDATORS[0]);
    localnet.signal("INT");
    localnet.ends_without_a_trace();
}
