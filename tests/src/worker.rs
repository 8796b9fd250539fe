use crate::{Cli, Node, Process};
use edgeproof_client::{blobs::DirectoryStore, keys::Signer, Client};
use edgeproof_primitives::{TfuelBalance, UNIT};
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
    arguments: Vec<&'static str>,
    log: PathBuf,
}

impl Worker {
    /// Bonds THETA of `//Bob`, registers `operator` and starts the worker.
    pub async fn join(node: &Node, stage: &Stage, operator: &str) -> Self {
        Self::enlist(node, "//Bob", operator).await;
        let environment = Cli::new(node, &stage.blobs()).with("EDGEPROOF_KEY", operator);
        Self::run(&environment, stage)
    }

    /// Bonds THETA of `//Charlie`, registers `operator` and starts a worker that lies as `seed` says.
    pub async fn join_lying(node: &Node, stage: &Stage, operator: &str, seed: u64) -> Self {
        Self::enlist(node, "//Charlie", operator).await;
        let environment = Cli::new(node, &stage.blobs())
            .with("EDGEPROOF_KEY", operator)
            .with("EDGEPROOF_LIE", seed.to_string());
        Self::launch(&environment, stage, "lying-worker", &[])
    }

    /// Bonds THETA of `stash` and registers `operator`, in Germany and for a thousandth of a TFUEL per giga-operation.
    pub async fn enlist(node: &Node, stash: &str, operator: &str) {
        Self::offer(node, stash, operator, "DE", UNIT / 1_000).await;
    }

    /// Bonds THETA of `stash` and registers `operator` in a region for an ask (planck of TFUEL per giga-operation).
    pub async fn offer(node: &Node, stash: &str, operator: &str, region: &str, ask: TfuelBalance) {
        register(&node.client().await, stash, operator, region, ask).await;
    }

    /// Starts a watchtower with a registered key.
    pub fn watch(environment: &Cli, stage: &Stage) -> Self {
        Self::launch(environment, stage, "compute-worker", &["watch"])
    }

    /// Starts the worker of a registered key, which the environment names.
    pub fn run(environment: &Cli, stage: &Stage) -> Self {
        Self::launch(environment, stage, "compute-worker", &["run"])
    }

    fn launch(environment: &Cli, stage: &Stage, program: &'static str, arguments: &[&'static str]) -> Self {
        let command = environment
            .clone()
            .of(program)
            .with("EDGEPROOF_WORKER_DATA", stage.data())
            .with("XDG_RUNTIME_DIR", stage.folder.path())
            .with("LP_NUM_THREADS", "1")
            .with("NO_COLOR", "1");
        let name = [&[program], arguments].concat().join("-");
        let mut worker = Self {
            process: None,
            command,
            arguments: arguments.to_vec(),
            log: stage.path(&format!("{name}.log")),
        };
        worker.start();
        worker
    }

    /// Starts the worker and waits until it takes work.
    pub fn start(&mut self) {
        let mut process = Process::start(self.command.command(&self.arguments), &self.log);
        process.wait_for_line("ready", START);
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

async fn register(client: &Client, stash: &str, operator: &str, region: &str, ask: TfuelBalance) {
    let stash = Signer::from_uri(stash).expect("a development key");
    let operator = Signer::from_uri(operator).expect("a development key");
    client
        .bond(&stash, 10_000 * UNIT)
        .await
        .expect("the stash has THETA");
    let capability = edgeproof_primitives::Capability {
        memory: 8 << 30,
        region: edgeproof_primitives::Region::new(region).expect("two letters"),
        slots: 4,
        adapter: b"test".to_vec().try_into().expect("a short name"),
        driver: b"test 1".to_vec().try_into().expect("a short name"),
    };
    client
        .register_worker(&stash, &operator.account(), &capability, ask)
        .await
        .expect("the registration is valid");
}
