use crate::{Cli, Node, Process};
use edgeproof_client::{blobs::DirectoryStore, keys::Signer, Client};
use edgeproof_primitives::UNIT;
use std::{path::PathBuf, time::Duration};
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

    /// A file or folder of the test's own.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// A worker on the first adapter of this machine.
pub struct Worker {
    process: Option<Process>,
    command: Cli,
    log: PathBuf,
}

impl Worker {
    /// Bonds THETA of `//Bob`, registers `operator` and starts the worker.
    pub async fn join(node: &Node, stage: &Stage, operator: &str) -> Self {
        let client = node.client().await;
        register(&client, "//Bob", operator).await;
        let environment = Cli::new(node, &stage.blobs()).with("EDGEPROOF_KEY", operator);
        Self::run(&environment, stage)
    }

    /// Starts the worker of a registered key, which the environment names.
    pub fn run(environment: &Cli, stage: &Stage) -> Self {
        let command = environment
            .clone()
            .of("compute-worker")
            .with("EDGEPROOF_WORKER_DATA", stage.data())
            .with("XDG_RUNTIME_DIR", stage.folder.path())
            .with("LP_NUM_THREADS", "1")
            .with("NO_COLOR", "1");
        let mut worker = Self {
            process: None,
            command,
            log: stage.path("worker.log"),
        };
        worker.start();
        worker
    }

    /// Starts the worker and waits until it takes work.
    pub fn start(&mut self) {
        let mut process = Process::start(self.command.command(&["run"]), &self.log);
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
