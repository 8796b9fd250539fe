//! Executors for tests: the interpreter, and one that lies.

#[path = "../../../player/tests/game/liar.rs"]
mod liar;

use super::Device;
use crate::journal::crash::Fuse;
use edgeproof_engine::{
    AdapterInfo, EngineError, Execution, Executor, Job, Progress, Replay, Replayer, Tape,
};
use liar::{execute, Flip};
use std::{
    ops::ControlFlow,
    sync::{
        atomic::{AtomicUsize, Ordering},
        Arc,
    },
};

/// Counts what it executes and dies when its fuse says so.
#[derive(Clone)]
pub(crate) struct Interpreter {
    adapter: AdapterInfo,
    fuse: Fuse,
    executions: Arc<AtomicUsize>,
}

impl Interpreter {
    pub fn device(fuse: &Fuse, executions: &Arc<AtomicUsize>) -> Device {
        let interpreter = Self {
            adapter: adapter(),
            fuse: fuse.clone(),
            executions: executions.clone(),
        };
        Device::open(move || Ok(Box::new(interpreter.clone()))).unwrap()
    }
}

fn adapter() -> AdapterInfo {
    AdapterInfo {
        name: "interpreter".into(),
        driver: String::new(),
        driver_version: String::new(),
        backend: "none".into(),
        kind: "software",
        largest_buffer: 1 << 30,
    }
}

impl Replayer for Interpreter {
    fn replay(&self, replay: &Replay<'_>, tape: &mut dyn Tape) -> Result<(), EngineError> {
        edgeproof_engine::Interpreter.replay(replay, tape)
    }
}

impl Executor for Interpreter {
    fn adapter(&self) -> &AdapterInfo {
        &self.adapter
    }

    fn run(
        &self,
        job: &Job<'_>,
        _: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Execution, EngineError> {
        self.fuse.step();
        let execution = execute(self, job)?;
        self.executions.fetch_add(1, Ordering::SeqCst);
        self.fuse.step();
        Ok(execution)
    }
}

/// The interpreter, but for one bit of one word of one step. It computes on with what it says.
#[derive(Clone)]
pub(crate) struct Liar {
    adapter: AdapterInfo,
    position: u32,
    word: u32,
    /// Replays that are still lies.
    lies: Arc<AtomicUsize>,
}

impl Liar {
    pub fn device(position: u32, word: u32) -> Device {
        Self::for_a_while(position, word, usize::MAX)
    }

    /// A device that is honest after as many executions.
    pub fn for_a_while(position: u32, word: u32, lies: usize) -> Device {
        let liar = Self {
            adapter: adapter(),
            position,
            word,
            lies: Arc::new(AtomicUsize::new(lies)),
        };
        Device::open(move || Ok(Box::new(liar.clone()))).unwrap()
    }
}

impl Replayer for Liar {
    fn replay(&self, replay: &Replay<'_>, tape: &mut dyn Tape) -> Result<(), EngineError> {
        let lies = |left: usize| left.checked_sub(1);
        let lies = self
            .lies
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, lies)
            .is_ok();
        let flip = Flip {
            position: self.position,
            word: self.word,
            mask: 0x400,
        };
        let liar = liar::Liar {
            flips: if lies { vec![flip] } else { Vec::new() },
            computes_on: true,
        };
        liar.replay(replay, tape)
    }
}

impl Executor for Liar {
    fn adapter(&self) -> &AdapterInfo {
        &self.adapter
    }

    fn run(
        &self,
        job: &Job<'_>,
        _: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Execution, EngineError> {
        execute(self, job)
    }
}
