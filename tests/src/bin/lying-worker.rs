//! A worker that lies: the library of `compute-worker` over an executor that changes one word of one step, and computes
//! on with it. It stands by its lie in disputes.
//!
//! Settings come from the environment, as for `compute-worker`; `EDGEPROOF_LIE` is the seed of the lie.

#[path = "../../../player/tests/game/liar.rs"]
mod liar;

use anyhow::Context;
use compute_worker::{
    compute::Device,
    run,
    work::{Drain, WorkConfig},
    RunConfig,
};
use edgeproof_client::keys::Signer;
use edgeproof_engine::{
    AdapterInfo, Engine, EngineError, Execution, Executor, Job, Progress, Replay, Replayer, Selection, Tape,
};
use edgeproof_kernel::testing::Random;
use liar::{execute, Flip, Liar};
use std::ops::ControlFlow;

/// One word of one step is said otherwise than it was computed; what follows builds on the lie.
struct LyingEngine {
    engine: Engine,
    seed: u64,
}

impl Replayer for LyingEngine {
    fn replay(&self, replay: &Replay<'_>, tape: &mut dyn Tape) -> Result<(), EngineError> {
        let flips = vec![Flip::random(replay.job.program, &mut Random::new(self.seed))];
        let computes_on = true;
        Liar { flips, computes_on }.replay(replay, tape)
    }
}

impl Executor for LyingEngine {
    fn adapter(&self) -> &AdapterInfo {
        self.engine.adapter()
    }

    fn run(
        &self,
        job: &Job<'_>,
        _: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Execution, EngineError> {
        execute(self, job)
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
        Ok(Box::new(LyingEngine { engine, seed }) as Box<dyn Executor>)
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
