//! What an honest worker spends beyond execution: CPU and device seconds of the whole worker (shader compilation aside)
//! for hashing, checking samples again, the journal, following the chain, and submission, over those of execution, for a
//! 1024-cubed matrix product that is repeated for at least a minute. `scripts/bench disputes` runs it.
//!
//! The worker is the library of `compute-worker` in this process, its executor wrapped by a clock; the node is a process
//! of its own. What the worker does while the device executes counts as execution, and so does waiting.

use anyhow::{ensure, Context};
use compute_worker::{
    compute::Device,
    run,
    work::{Drain, WorkConfig},
    RunConfig,
};
use edgeproof_client::{keys::Signer, JobPhase, JobState};
use edgeproof_engine::{
    AdapterInfo, Engine, EngineError, Execution, Executor, Job, Progress, Replay, Replayer, Selection, Tape,
};
use edgeproof_kernel::{builder::ProgramBuilder, Verified};
use edgeproof_primitives::{BlockNumber, UNIT};
use edgeproof_tests::{eventually, Chain, Node, PreparedJob, Stage, Worker};
use std::{
    ops::ControlFlow,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

const OPERATOR: &str = "//Bob//operator";
const SIZE: u32 = 1_024;
/// Products that are timed to find out how many take a minute.
const TRIAL: u32 = 2;
/// Seconds that execution takes at least.
const LEAST_SECONDS: f64 = 66.0;
/// Blocks that the job may take.
const DEADLINE: BlockNumber = 5_000;
/// Invocations of every step that are checked again, as `compute-worker run` does unless told otherwise.
const SAMPLES: u32 = 16;
/// Clock ticks per second in `/proc`, on every Linux that this runs on.
const TICKS: f64 = 100.0;

/// CPU seconds of this process so far, of all threads.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux says what a process used");
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: f64 = fields
        .skip(11)
        .take(2)
        .map(|field| field.parse::<f64>().expect("a number of ticks"))
        .sum();
    ticks / TICKS
}

/// What the device and the process spent from the beginning of a run to its last dispatch.
#[derive(Clone, Copy, Debug, Default)]
struct Spent {
    cpu: f64,
    device: f64,
}

impl Spent {
    /// CPU seconds, and those of a device that is not the CPU itself.
    fn seconds(&self, is_cpu: bool) -> f64 {
        if is_cpu {
            self.cpu
        } else {
            self.cpu + self.device
        }
    }
}

/// An engine and its clock.
struct Clocked {
    engine: Engine,
    spent: Arc<Mutex<Spent>>,
}

impl Replayer for Clocked {
    fn replay(&self, replay: &Replay<'_>, tape: &mut dyn Tape) -> Result<(), EngineError> {
        self.engine.replay(replay, tape)
    }
}

impl Executor for Clocked {
    fn adapter(&self) -> &AdapterInfo {
        self.engine.adapter()
    }

    fn run(
        &self,
        job: &Job<'_>,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Execution, EngineError> {
        let (cpu, began) = (cpu_seconds(), Instant::now());
        let mut spent = Spent::default();
        let execution = self.engine.run(job, &mut |at| {
            spent = Spent {
                cpu: cpu_seconds() - cpu,
                device: began.elapsed().as_secs_f64(),
            };
            progress(at)
        })?;
        if let Ok(mut shared) = self.spent.lock() {
            shared.cpu += spent.cpu;
            shared.device += spent.device;
        }
        Ok(execution)
    }
}

/// `times` products of two matrices of 8-bit numbers, one after the other.
fn products(times: u32) -> Verified {
    let mut program = ProgramBuilder::new();
    let a = program.input(SIZE * SIZE / 4);
    let b = program.input(SIZE * SIZE / 4);
    let first = program.matmul(a, b, SIZE, SIZE, SIZE);
    let last = program.repeat(times, &[first], |program, _| {
        vec![program.matmul(a, b, SIZE, SIZE, SIZE)]
    });
    program.output(last[0]);
    program.build().expect("within the limits")
}

fn matrix(seed: u32) -> Vec<u32> {
    (0..SIZE * SIZE / 4)
        .map(|word| (word ^ seed).wrapping_mul(0x9E37_79B9))
        .collect()
}

/// Products that take this adapter about a minute and a half.
fn calibrate(engine: &Engine) -> anyhow::Result<u32> {
    let bytes = |words: Vec<u32>| -> Vec<u8> { words.iter().flat_map(|word| word.to_le_bytes()).collect() };
    let (a, b) = (bytes(matrix(1)), bytes(matrix(2)));
    let program = products(TRIAL);
    let job = Job {
        program: &program,
        inputs: &[&a, &b],
        params: &[],
        samples_per_step: 0,
        seed: 0,
    };
    let took = engine
        .run(&job, &mut |_| ControlFlow::Continue(()))?
        .timings
        .execute;
    let each = took.as_secs_f64() / f64::from(TRIAL + 1);
    Ok((LEAST_SECONDS / each).ceil() as u32)
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let json = std::env::args().any(|argument| argument == "--json");
    let engine = Engine::open(&Selection::Best)?;
    let is_cpu = engine.adapter().is_software();
    let times = calibrate(&engine)?;
    let spent = Arc::new(Mutex::new(Spent::default()));
    let clock = spent.clone();
    let mut first = Some(engine);
    let open = move || {
        let engine = match first.take() {
            Some(engine) => engine,
            None => Engine::open(&Selection::Best)?,
        };
        let spent = clock.clone();
        Ok(Box::new(Clocked { engine, spent }) as Box<dyn Executor>)
    };
    let device = tokio::task::spawn_blocking(move || Device::open(open)).await??;

    let (node, stage) = (Node::start(Chain::Development), Stage::default());
    let client = node.client().await;
    Worker::enlist(&node, "//Bob", OPERATOR).await;
    let mut job = PreparedJob::new(products(times), &[matrix(1), matrix(2)], &stage.store(), false);
    job.spec.price_cap = 1_000 * UNIT;
    job.spec.deadlines.execution = DEADLINE;
    let config = RunConfig {
        url: client.url().to_owned(),
        operator: Signer::from_uri(OPERATOR)?,
        blobs: stage.blobs(),
        data: stage.data(),
        samples: SAMPLES,
        work: WorkConfig::default(),
    };
    let (_drain, draining) = Drain::new();
    let worker = tokio::spawn(run(config, device, draining));

    let requester = Signer::from_uri("//Alice")?;
    client.register_program(&requester, &job.code).await?;
    let before = cpu_seconds();
    let id = client.submit_job(&requester, &job.spec).await?.value;
    eventually(Duration::from_secs(500), "a revealed result", || async {
        let state = client.best().await.ok()?.job(id).await.ok()??;
        matches!(&state, JobState::Live(job) if matches!(job.phase, JobPhase::Revealed { .. })).then_some(())
    })
    .await;
    let all = cpu_seconds() - before;
    worker.abort();

    let spent = *spent.lock().ok().context("the clock stopped")?;
    let execution = spent.seconds(is_cpu);
    ensure!(
        execution >= 60.0,
        "only {execution:.1} s of execution, on a faster adapter than was timed"
    );
    let overhead = (all - spent.cpu).max(0.0);
    let ratio = overhead / execution;
    println!("| products | execution, s | beyond it, s | overhead |");
    println!("| ---: | ---: | ---: | ---: |");
    println!(
        "| {} | {execution:.1} | {overhead:.2} | {:.2} % |",
        times + 1,
        100.0 * ratio
    );
    if json {
        println!("{{\"honest_overhead\": {ratio:.5}}}");
    }
    Ok(())
}
