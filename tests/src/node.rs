use crate::{binaries::modified, binary, eventually, Process};
use edgeproof_client::Client;
use serde_json::{json, Value};
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
    /// Preset `quick`: four validators with the timing of `test`.
    Quick,
}

impl Chain {
    /// What the node calls it.
    fn name(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Development => "dev",
            Self::Quick => "quick",
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
    /// Development key that it validates with, for instance `alice`; its own keys without one.
    key: Option<&'static str>,
    /// A node to which it connects first.
    bootnode: Option<String>,
    port: u16,
    /// Port at which other nodes find it.
    peer_port: u16,
}

impl Node {
    /// Starts a node on a port that the system chooses.
    pub fn start(chain: Chain) -> Self {
        Self::begin(chain, Some("alice"), None)
    }

    /// Starts a validator that finds the others through `bootnode`, with a development key or with keys of its own.
    pub fn join(chain: Chain, key: Option<&'static str>, bootnode: &Self) -> Self {
        Self::begin(chain, key, Some(bootnode.address()))
    }

    fn begin(chain: Chain, key: Option<&'static str>, bootnode: Option<String>) -> Self {
        let mut node = Self {
            process: None,
            folder: TempDir::new().expect("a temporary folder"),
            chain,
            key,
            bootnode,
            port: 0,
            peer_port: 0,
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
            .args(self.key.map(|key| format!("--{key}")))
            .args(["--validator", "--name", "test"])
            .args([
                "--no-telemetry",
                "--no-mdns",
                "--unsafe-force-node-key-generation",
            ])
            .args(["--listen-addr", &format!("/ip4/127.0.0.1/tcp/{}", self.peer_port)])
            .args(["--rpc-port", &self.port.to_string()])
            .args(["--prometheus-port", "0"])
            .arg("--base-path")
            .arg(self.data())
            .env("RUST_LOG", "info");
        if !matches!(self.chain, Chain::Quick) {
            command.arg("--force-authoring");
        }
        if let Some(bootnode) = &self.bootnode {
            command.args(["--bootnodes", bootnode]);
        }
        let mut process = Process::start(command, &log);
        let address = process.wait_for_line("Running JSON-RPC server: addr=", START);
        self.port = port_of(&address).unwrap_or_else(|| panic!("no port in `{address}`"));
        self.process = Some(process);
        if self.peer_port == 0 && matches!(self.chain, Chain::Quick) {
            let address = self.listening();
            self.peer_port = address
                .rsplit('/')
                .next()
                .and_then(|port| port.parse().ok())
                .unwrap_or_else(|| panic!("no port in `{address}`"));
        }
    }

    /// Where other nodes find this one.
    pub fn address(&self) -> String {
        let identity = self.ask("system_localPeerId");
        format!(
            "{}/p2p/{}",
            self.listening(),
            identity.as_str().unwrap_or_default()
        )
    }

    /// The address at which it listens, without its identity.
    fn listening(&self) -> String {
        let addresses = self.ask("system_localListenAddresses");
        let first = addresses
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .find(|address| address.starts_with("/ip4/127.0.0.1/tcp/"))
            .unwrap_or_else(|| panic!("no address in {addresses}"));
        first.split("/p2p/").next().unwrap_or_default().to_owned()
    }

    /// The answer to a call without arguments, over HTTP.
    fn ask(&self, method: &str) -> Value {
        let call = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": [] }).to_string();
        let host = format!("127.0.0.1:{}", self.port);
        let answer = self.exchange(
            &host,
            &format!(
                "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{call}",
                call.len()
            ),
        );
        let body = answer
            .split_once("\r\n\r\n")
            .map(|(_, body)| body)
            .unwrap_or_default();
        let start = body.find('{').unwrap_or_default();
        let end = body.rfind('}').map_or(0, |end| end + 1);
        let value: Value = serde_json::from_str(&body[start..end])
            .unwrap_or_else(|error| panic!("`{answer}` is no answer: {error}"));
        value["result"].clone()
    }

    /// Sends a request and reads until the other side closes.
    fn exchange(&self, address: &str, request: &str) -> String {
        let mut answer = String::new();
        let mut connection = TcpStream::connect(address).expect("the node listens");
        connection
            .set_read_timeout(Some(ANSWER))
            .and_then(|()| connection.write_all(request.as_bytes()))
            .and_then(|()| connection.read_to_string(&mut answer))
            .expect("the node answers");
        answer
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
        self.exchange(
            address.trim(),
            "GET /metrics HTTP/1.1\r\nHost: node\r\nConnection: close\r\n\r\n",
        )
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
