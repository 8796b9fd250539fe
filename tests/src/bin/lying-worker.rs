//! A worker that lies: the library of `compute-worker` over an executor that changes one word of one step, and computes
//! on with it. It stands by its lie in disputes.
//!
//! Settings come from the environment, as for `compute-worker`; `EDGEPROOF_LIE` is the seed of the lie.

use anyhow::Context;
use compute_worker::{
    compute::Device,
    run,
    work::{Drain, WorkConfig},
    RunConfig,
};
use edgeproof_client::keys::Signer;
use edgeproof_engine::{
    AdapterInfo, Engine, EngineError, Execution, Executor, Interpreter, Job, Progress, Replay, Replayer,
    Selection, Tape,
};
use edgeproof_kernel::{testing::Random, Verified};
use std::{collections::BTreeMap, ops::ControlFlow};

/// One changed word.
#[derive(Clone, Copy, Debug)]
struct Lie {
    position: u32,
    word: u32,
    mask: u32,
}

impl Lie {
    /// Of a random word of a random step.
    fn random(program: &Verified, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let position = random.below(program.trace_length());
        let step = program.execution(position).map_or(0, |execution| execution.step);
        let words = program.steps()[step].invocations * u32::from(program.steps()[step].width);
        Self {
            position,
            word: random.below(words),
            mask: 1 << random.below(32),
        }
    }

    fn tell(&self, position: u32, bytes: &mut [u8]) {
        if position != self.position {
            return;
        }
        let at = self.word as usize * 4;
        if let Some(word) = bytes.get_mut(at..at + 4) {
            for (byte, mask) in word.iter_mut().zip(self.mask.to_le_bytes()) {
                *byte ^= mask;
            }
        }
    }
}

/// Computes step by step, so that what follows builds on the lie.
struct Liar {
    engine: Engine,
    seed: u64,
}

impl Replayer for Liar {
    fn replay(&self, replay: &Replay<'_>, tape: &mut dyn Tape) -> Result<(), EngineError> {
        let lie = Lie::random(replay.job.program, self.seed);
        let mut computed: BTreeMap<u32, Vec<u8>> = BTreeMap::new();
        for position in replay.positions {
            let one = [*position];
            let mut step = OneStep {
                computed: &computed,
                outer: tape,
                output: Vec::new(),
            };
            let replay_of_one = Replay {
                job: replay.job,
                positions: &one,
                wanted: &one,
            };
            Interpreter.replay(&replay_of_one, &mut step)?;
            let mut output = step.output;
            lie.tell(*position, &mut output);
            if replay.wanted.contains(position) && tape.take(*position, &output).is_break() {
                return Err(EngineError::Cancelled);
            }
            computed.insert(*position, output);
        }
        Ok(())
    }
}

struct OneStep<'a> {
    computed: &'a BTreeMap<u32, Vec<u8>>,
    outer: &'a mut dyn Tape,
    output: Vec<u8>,
}

impl Tape for OneStep<'_> {
    fn supply(&mut self, position: u32) -> ControlFlow<(), Vec<u8>> {
        match self.computed.get(&position) {
            Some(bytes) => ControlFlow::Continue(bytes.clone()),
            None => self.outer.supply(position),
        }
    }

    fn take(&mut self, _: u32, piece: &[u8]) -> ControlFlow<()> {
        self.output.extend_from_slice(piece);
        ControlFlow::Continue(())
    }
}

/// Keeps every output.
#[derive(Default)]
struct Everything(BTreeMap<u32, Vec<u8>>);

impl Tape for Everything {
    fn supply(&mut self, position: u32) -> ControlFlow<(), Vec<u8>> {
        self.0
            .get(&position)
            .cloned()
            .map_or(ControlFlow::Break(()), ControlFlow::Continue)
    }

    fn take(&mut self, position: u32, piece: &[u8]) -> ControlFlow<()> {
        self.0.entry(position).or_default().extend_from_slice(piece);
        ControlFlow::Continue(())
    }
}

impl Executor for Liar {
    fn adapter(&self) -> &AdapterInfo {
        self.engine.adapter()
    }

    fn run(
        &self,
        job: &Job<'_>,
        _: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Execution, EngineError> {
        let positions: Vec<u32> = (0..job.program.trace_length()).collect();
        let replay = Replay {
            job,
            positions: &positions,
            wanted: &positions,
        };
        let mut everything = Everything::default();
        self.replay(&replay, &mut everything)?;
        let outputs: Vec<Vec<u8>> = (0..job.program.program().outputs.len())
            .filter_map(|output| everything.0.get(&job.program.output_position(output)?).cloned())
            .collect();
        Ok(Execution {
            roots: outputs
                .iter()
                .map(|bytes| edgeproof_proofs::blob_root(bytes))
                .collect(),
            outputs,
            timings: Default::default(),
            rechecked: 0,
        })
    }
}

fn setting(name: &str) -> anyhow::Result<String> {
    std::env::var(name).with_context(|| format!("{name} is not set"))
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt()
        .with_ansi(false)
        .with_target(false)
        .with_writer(std::io::stderr)
        .init();
    let seed = setting("EDGEPROOF_LIE")?.parse()?;
    let open = move || {
        let engine = Engine::open(&Selection::Best)?;
        Ok(Box::new(Liar { engine, seed }) as Box<dyn Executor>)
    };
    let device = tokio::task::spawn_blocking(move || Device::open(open)).await??;
    let config = RunConfig {
        url: setting("EDGEPROOF_URL")?,
        operator: Signer::from_uri(&setting("EDGEPROOF_KEY")?)?,
        blobs: setting("EDGEPROOF_BLOBS")?.into(),
        data: setting("EDGEPROOF_WORKER_DATA")?.into(),
        samples: 0,
        work: WorkConfig::default(),
    };
    let (_drain, draining) = Drain::new();
    Ok(run(config, device, draining).await?)
}
