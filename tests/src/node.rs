use crate::{binaries::modified, binary, eventually, Process};
use edgeproof_client::Client;
use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::PathBuf,
    process::Command,
    time::Duration,
};
use tempfile::TempDir;

/// Time that a node gets to answer; the first one on a machine compiles the runtime.
const START: Duration = Duration::from_secs(180);
/// Time that a running node gets to answer.
const ANSWER: Duration = Duration::from_secs(20);

/// Which chain a node runs.
#[derive(Clone, Copy, Debug)]
pub enum Chain {
    /// Preset `test`: 1 s slots, short epochs, windows and deadlines.
    Test,
    /// Preset `development`: 3 s slots, and deadlines that allow for jobs of hours.
    Development,
}

impl Chain {
    /// What the node calls it.
    fn name(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Development => "dev",
        }
    }
}

/// A preset with its genesis state, beside the node. The node needs ten seconds of a processor to make that state, which the
/// first test after a build spends for all.
fn specification(chain: Chain) -> PathBuf {
    let node = binary("edgeproof-node");
    let file = node.with_file_name(format!("edgeproof-{}-chain.json", chain.name()));
    if modified(&file) > modified(&node) {
        return file;
    }
    let exported = Command::new(&node)
        .args(["export-chain-spec", "--chain", chain.name(), "--raw"])
        .output()
        .expect("the node starts");
    assert!(
        exported.status.success(),
        "{}",
        String::from_utf8_lossy(&exported.stderr)
    );
    // Whole or not at all: another test may be reading.
    let part = file.with_extension(std::process::id().to_string());
    fs::write(&part, &exported.stdout)
        .and_then(|()| fs::rename(&part, &file))
        .expect("the target folder is writable");
    file
}

/// A validating node on a chain of its own.
pub struct Node {
    process: Option<Process>,
    folder: TempDir,
    chain: Chain,
    port: u16,
}

impl Node {
    /// Starts a node on a port that the system chooses.
    pub fn start(chain: Chain) -> Self {
        let mut node = Self {
            process: None,
            folder: TempDir::new().expect("a temporary folder"),
            chain,
            port: 0,
        };
        node.launch();
        node
    }

    fn launch(&mut self) {
        let log = self.folder.path().join("node.log");
        let mut command = Command::new(binary("edgeproof-node"));
        command
            .arg("--chain")
            .arg(specification(self.chain))
            .args(["--alice", "--validator", "--force-authoring", "--name", "test"])
            .args([
                "--no-telemetry",
                "--no-mdns",
                "--unsafe-force-node-key-generation",
            ])
            .args(["--listen-addr", "/ip4/127.0.0.1/tcp/0"])
            .args(["--rpc-port", &self.port.to_string()])
            .args(["--prometheus-port", "0"])
            .arg("--base-path")
            .arg(self.data())
            .env("RUST_LOG", "info");
        let mut process = Process::start(command, &log);
        let address = process.wait_for_line("Running JSON-RPC server: addr=", START);
        self.port = port_of(&address).unwrap_or_else(|| panic!("no port in `{address}`"));
        self.process = Some(process);
    }

    /// Where the node answers.
    pub fn url(&self) -> String {
        format!("ws://127.0.0.1:{}", self.port)
    }

    /// Where the node keeps its data.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// What the node tells Prometheus.
    ///
    /// # Panics
    /// When it was killed, or does not answer.
    pub fn metrics(&mut self) -> String {
        let process = self.process.as_mut().expect("the node runs");
        let address = process.wait_for_line("Prometheus exporter started at ", START);
        let mut answer = String::new();
        let mut connection = TcpStream::connect(address.trim()).expect("the node serves metrics");
        let patience = connection.set_read_timeout(Some(ANSWER));
        patience
            .and_then(|()| {
                connection.write_all(b"GET /metrics HTTP/1.1\r\nHost: node\r\nConnection: close\r\n\r\n")
            })
            .and_then(|()| connection.read_to_string(&mut answer))
            .expect("the node answers");
        answer
    }

    /// SIGKILL.
    pub fn kill(&mut self) {
        self.process = None;
    }

    /// Starts a killed node again, on its data and its port.
    pub fn restart(&mut self) {
        self.kill();
        self.launch();
    }

    /// A client of this node.
    pub async fn client(&self) -> Client {
        let url = self.url();
        eventually(START, "connection to the node", || async {
            Client::connect(&url).await.ok()
        })
        .await
    }
}

/// The port in `127.0.0.1:9944,[::1]:9944` or the like.
fn port_of(addresses: &str) -> Option<u16> {
    let first = addresses
        .split(',')
        .find(|address| address.contains("127.0.0.1:"))?;
    let digits = first.rsplit(':').next()?;
    digits.trim_matches(|c: char| !c.is_ascii_digit()).parse().ok()
}
