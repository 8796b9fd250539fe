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
        atomic::{AtomicBool, AtomicUsize, Ordering},
        Arc,
    },
    thread,
    time::Duration,
};

/// Counts what it executes and dies when its fuse says so.
#[derive(Clone)]
pub(crate) struct Interpreter {
    adapter: AdapterInfo,
    fuse: Fuse,
    executions: Arc<AtomicUsize>,
}

impl Interpreter {
    fn new(fuse: &Fuse, executions: &Arc<AtomicUsize>) -> Self {
        Self {
            adapter: adapter(),
            fuse: fuse.clone(),
            executions: executions.clone(),
        }
    }

    pub fn device(fuse: &Fuse, executions: &Arc<AtomicUsize>) -> Device {
        let interpreter = Self::new(fuse, executions);
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

/// The interpreter, whose executions of a single step last until they are let go.
#[derive(Clone)]
pub(crate) struct Slow {
    interpreter: Interpreter,
    /// Executions of a single step that have begun.
    pub begun: Arc<AtomicUsize>,
    pub let_go: Arc<AtomicBool>,
}

impl Slow {
    pub fn new() -> Self {
        Self {
            interpreter: Interpreter::new(&Fuse::never(), &Arc::default()),
            begun: Arc::default(),
            let_go: Arc::default(),
        }
    }

    pub fn device(&self) -> Device {
        let slow = self.clone();
        Device::open(move || Ok(Box::new(slow.clone()))).unwrap()
    }
}

impl Replayer for Slow {
    fn replay(&self, replay: &Replay<'_>, tape: &mut dyn Tape) -> Result<(), EngineError> {
        self.interpreter.replay(replay, tape)
    }
}

impl Executor for Slow {
    fn adapter(&self) -> &AdapterInfo {
        self.interpreter.adapter()
    }

    fn run(
        &self,
        job: &Job<'_>,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Execution, EngineError> {
        if job.program.trace_length() > 1 {
            return self.interpreter.run(job, progress);
        }
        self.begun.fetch_add(1, Ordering::SeqCst);
        let begun = Progress {
            step: 0,
            steps: 1,
            operations: 0,
            total_operations: 1,
        };
        while !self.let_go.load(Ordering::SeqCst) {
            if progress(begun).is_break() {
                return Err(EngineError::Cancelled);
            }
            thread::sleep(Duration::from_millis(1));
        }
        self.interpreter.run(job, progress)
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
