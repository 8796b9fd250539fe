//! Operators of all kinds over one chain in memory.

use crate::{
    chain::memory::{Call, MemoryChain, World},
    compute::{testing::Interpreter, Compute, Device},
    disputes::{DisputeConfig, Disputes},
    journal::crash::{Disk, Fuse},
    watch::{Watch, WatchConfig},
    work::{Drain, Work, WorkConfig},
};
use codec::Encode;
use edgeproof_client::{
    blobs::{BlobStore, DirectoryStore},
    result::store_outputs,
    AccountId,
};
use edgeproof_kernel::{
    builder::{KernelBuilder, ProgramBuilder},
    Verified,
};
use edgeproof_primitives::{BlobHash, BlobRef, JobId};
use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::task::JoinHandle;

/// Words of each step's output in [`indirect`].
pub(crate) const WORDS: u32 = 5_000;
/// Steps of [`indirect`].
pub(crate) const STEPS: u32 = 3;

/// Three steps, each of which reads what the one before has written.
pub(crate) fn indirect() -> Vec<u8> {
    let kernel = KernelBuilder::new();
    let words = kernel.input();
    let index = kernel.index();
    let next = (words.load(index) ^ words.load(index + 7u32)) + 1u32;
    let kernel = kernel.finish(next);
    let mut program = ProgramBuilder::new();
    let mut last = program.input(WORDS);
    for _ in 0..STEPS {
        last = program.map(&kernel, &[last], &[], WORDS);
    }
    program.output(last);
    program.build().unwrap().program().encode()
}

/// One step, which reads nothing but the input.
pub(crate) fn direct() -> Vec<u8> {
    let kernel = KernelBuilder::new();
    let words = kernel.input();
    let next = words.load(kernel.index()) * 3u32;
    let kernel = kernel.finish(next);
    let mut program = ProgramBuilder::new();
    let input = program.input(WORDS);
    let output = program.map(&kernel, &[input], &[], WORDS);
    program.output(output);
    program.build().unwrap().program().encode()
}

/// Somebody with a key, a disk and a device.
#[derive(Clone)]
pub(crate) struct Operator {
    pub account: AccountId,
    pub disk: Disk,
    pub device: Device,
}

impl Operator {
    pub fn new(number: u8, device: Device) -> Self {
        let disk = Disk::new();
        drop(disk.journal());
        Self {
            account: AccountId::from([number; 32]),
            disk,
            device,
        }
    }

    pub fn honest(number: u8) -> Self {
        Self::new(number, Interpreter::device(&Fuse::never(), &Arc::default()))
    }
}

pub(crate) struct Town {
    pub world: Arc<Mutex<World>>,
    pub store: Arc<DirectoryStore>,
    directory: tempfile::TempDir,
}

impl Town {
    pub fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let town = Self {
            world: Arc::default(),
            store: Arc::new(DirectoryStore::open(directory.path().join("blobs")).unwrap()),
            directory,
        };
        town.with(|world| world.window = Some(400));
        town
    }

    pub fn with<T>(&self, look: impl FnOnce(&mut World) -> T) -> T {
        look(&mut self.world.lock().unwrap_or_else(|poisoned| poisoned.into_inner()))
    }

    fn words(&self) -> Vec<u32> {
        (0..WORDS).map(|i| i.wrapping_mul(0x9e37_79b9)).collect()
    }

    pub fn input(&self) -> BlobRef {
        let bytes: Vec<u8> = self.words().iter().flat_map(|word| word.to_le_bytes()).collect();
        self.store.put(&bytes).unwrap()
    }

    pub fn assign(&self, operators: &[&Operator], program: &[u8]) -> JobId {
        let input = self.input();
        let operators: Vec<AccountId> = operators.iter().map(|operator| operator.account).collect();
        self.with(|world| world.assign_all(&operators, program, &[input], None, 0))
    }

    /// The right result of a program.
    pub fn right(&self, program: &[u8]) -> BlobHash {
        let outputs = Verified::from_bytes(program)
            .unwrap()
            .run(&[self.words()], &[])
            .unwrap();
        let bytes = |words: &Vec<u32>| words.iter().flat_map(|word| word.to_le_bytes()).collect();
        let outputs: Vec<Vec<u8>> = outputs.iter().map(bytes).collect();
        store_outputs(self.store.as_ref(), &outputs).unwrap()
    }

    /// The folder of an operator's players.
    pub fn players(&self, operator: &Operator) -> PathBuf {
        let name = hex::encode(&operator.account.0[..2]);
        self.directory.path().join(name)
    }

    pub fn chain(&self, operator: &Operator, fuse: &Fuse) -> MemoryChain {
        MemoryChain {
            world: self.world.clone(),
            operator: operator.account,
            fuse: fuse.clone(),
        }
    }

    /// Starts a worker's process.
    pub fn worker(&self, operator: &Operator, fuse: &Fuse) -> (Drain, JoinHandle<()>) {
        let (drain, draining) = Drain::new();
        let (disk, chain, store) = (
            operator.disk.with(fuse),
            self.chain(operator, fuse),
            self.store.clone(),
        );
        let (account, device) = (operator.account, operator.device.clone());
        let config = DisputeConfig::below(self.players(operator), 0);
        let process = tokio::spawn(async move {
            let compute = Compute::start(device.clone(), store.clone(), 0);
            let disputes = Disputes::new(account, device, store.clone(), config);
            let config = WorkConfig {
                retry: 20,
                forget: 200,
                ..WorkConfig::default()
            };
            Work::new(chain, disk.journal(), compute, disputes, store, config, draining)
                .run()
                .await
                .unwrap();
        });
        (drain, process)
    }

    /// Starts a watchtower's process.
    pub fn watcher(&self, operator: &Operator, config: WatchConfig, fuse: &Fuse) -> (Drain, JoinHandle<()>) {
        let (drain, draining) = Drain::new();
        let (disk, chain, store) = (
            operator.disk.with(fuse),
            self.chain(operator, fuse),
            self.store.clone(),
        );
        let device = operator.device.clone();
        let disputes = DisputeConfig::below(self.players(operator), 0);
        let process = tokio::spawn(async move {
            Watch::new(chain, disk.journal(), device, store, config, disputes, draining)
                .run()
                .await
                .unwrap();
        });
        (drain, process)
    }

    pub async fn until(&self, what: &str, is: impl Fn(&World) -> bool) {
        let wait = async {
            while !self.with(|world| is(world)) {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        if tokio::time::timeout(Duration::from_secs(60), wait).await.is_err() {
            let kinds: Vec<String> = self.with(|world| world.effective.iter().map(kind).collect());
            panic!("never: {what}; {kinds:?}");
        }
    }

    pub async fn ended(&self, job: JobId) {
        self.until("the job ends", |world| world.receipt(job).is_some())
            .await;
    }

    /// That the right result stood, and who paid.
    pub fn assert_right(&self, job: JobId, program: &[u8], slashed: &[&Operator]) {
        let right = self.right(program);
        self.with(|world| {
            assert_eq!(world.receipt(job).unwrap().output_root, Some(right));
            let slashed: Vec<_> = slashed.iter().map(|operator| (job, operator.account)).collect();
            assert_eq!(world.slashed, slashed);
        });
    }

    /// Calls of an operator that took effect.
    pub fn effective(&self, operator: &Operator, is: impl Fn(&Call) -> bool) -> usize {
        self.with(|world| {
            let sent = world.effective.iter();
            sent.filter(|sent| sent.who == operator.account && is(&sent.call))
                .count()
        })
    }
}

fn kind(sent: &crate::chain::memory::Sent) -> String {
    let call = match sent.call {
        Call::Commit(_) => "commit",
        Call::Reveal(_) => "reveal",
        Call::Claim(..) => "claim",
        Call::OpenTrace(_) => "open trace",
        Call::OpenNode(_) => "open node",
        Call::Referee(_) => "referee",
        Call::Prove(..) => "prove",
        Call::ServeChunk(_) => "serve chunk",
        Call::ReportUnavailable(_) => "report unavailable",
        Call::Judge(_) => "judge",
    };
    format!("{}: {call}", sent.who.0[0])
}

pub(crate) async fn stop(process: &JoinHandle<()>) {
    process.abort();
    while !process.is_finished() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    // The threads and the database end a moment later.
    tokio::time::sleep(Duration::from_millis(5)).await;
}
