use crate::{binary, Node, Process};
use edgeproof_client::{blobs::DirectoryStore, keys::Signer, Client};
use edgeproof_primitives::UNIT;
use std::{path::PathBuf, process::Command, time::Duration};
use tempfile::TempDir;

/// Time that a worker gets to test its adapter and to join.
const START: Duration = Duration::from_secs(120);

/// The folders of a worker and of the requester: blobs are shared, as they are on one machine.
pub struct Stage {
    folder: TempDir,
}

impl Default for Stage {
    fn default() -> Self {
        Self {
            folder: TempDir::new().expect("a temporary folder"),
        }
    }
}

impl Stage {
    /// Where blobs are.
    pub fn blobs(&self) -> PathBuf {
        self.folder.path().join("blobs")
    }

    /// The blobs.
    pub fn store(&self) -> DirectoryStore {
        DirectoryStore::open(self.blobs()).expect("the folder is writable")
    }

    /// The worker's own data.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("worker")
    }
}

/// A worker on the first adapter of this machine.
pub struct Worker {
    process: Option<Process>,
    stage: PathBuf,
    data: PathBuf,
    blobs: PathBuf,
    url: String,
    key: String,
}

impl Worker {
    /// Bonds `//Bob//stash`'s THETA, registers `operator` and starts the worker.
    pub async fn join(node: &Node, stage: &Stage, operator: &str) -> Self {
        let client = node.client().await;
        register(&client, "//Bob", operator).await;
        let mut worker = Self {
            process: None,
            stage: stage.folder.path().to_path_buf(),
            data: stage.data(),
            blobs: stage.blobs(),
            url: node.url(),
            key: operator.to_owned(),
        };
        worker.start();
        worker
    }

    /// Starts the worker and waits until it takes work.
    pub fn start(&mut self) {
        let mut command = Command::new(binary("compute-worker"));
        command
            .arg("run")
            .env("EDGEPROOF_URL", &self.url)
            .env("EDGEPROOF_KEY", &self.key)
            .env("EDGEPROOF_BLOBS", &self.blobs)
            .env("EDGEPROOF_WORKER_DATA", &self.data)
            .env("XDG_RUNTIME_DIR", &self.stage)
            .env("LP_NUM_THREADS", "1")
            .env("NO_COLOR", "1");
        let mut process = Process::start(command, &self.stage.join("worker.log"));
        process.wait_for_line("ready for work", START);
        self.process = Some(process);
    }

    /// The running process.
    ///
    /// # Panics
    /// When it was killed.
    pub fn process(&mut self) -> &mut Process {
        self.process.as_mut().expect("the worker runs")
    }

    /// SIGKILL.
    pub fn kill(&mut self) {
        self.process = None;
    }
}

async fn register(client: &Client, stash: &str, operator: &str) {
    let stash = Signer::from_uri(stash).expect("a development key");
    let operator = Signer::from_uri(operator).expect("a development key");
    client
        .bond(&stash, 10_000 * UNIT)
        .await
        .expect("the stash has THETA");
    let capability = edgeproof_primitives::Capability {
        memory: 8 << 30,
        region: edgeproof_primitives::Region::new("DE").expect("two letters"),
        slots: 4,
        adapter: b"test".to_vec().try_into().expect("a short name"),
    };
    client
        .register_worker(&stash, &operator.account(), &capability, UNIT / 1_000)
        .await
        .expect("the registration is valid");
}
