use std::{
    ops::ControlFlow,
    time::{Duration, Instant},
};

use edgeproof_engine::{Engine, Executor, Job, Progress, Selection};
use rand::Rng;

use crate::{
    task::{bytes, words},
    GalleryError, Task,
};

/// Invocations of each step that the interpreter executes again after the GPU.
const SAMPLES_PER_STEP: u32 = 2;

/// What computes.
#[derive(clap::ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum On {
    /// The best adapter of this machine, a software one if there is no other
    #[default]
    Gpu,
    /// The reference interpreter of the language, one invocation after the other
    Interpreter,
}

/// A place where tasks run.
pub enum Computer {
    Gpu(Box<Engine>),
    Interpreter,
}

/// What a task has come to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Words of each output blob.
    pub outputs: Vec<Vec<u32>>,
    pub took: Duration,
    /// Invocations that the interpreter has executed again, with the same result.
    pub rechecked: u64,
}

impl Computer {
    /// # Errors
    /// When there is no adapter.
    pub fn open(on: On) -> Result<Self, GalleryError> {
        Ok(match on {
            On::Gpu => Self::Gpu(Box::new(Engine::open(&Selection::Best)?)),
            On::Interpreter => Self::Interpreter,
        })
    }

    /// Name for people.
    pub fn name(&self) -> String {
        match self {
            Self::Gpu(engine) => engine.adapter().name.clone(),
            Self::Interpreter => "the interpreter".into(),
        }
    }

    /// Runs a task. `progress` hears how many operations are done; the interpreter tells it nothing.
    ///
    /// # Errors
    /// When the task does not fit its program, or the adapter fails.
    pub fn run(&self, task: &Task, progress: &mut dyn FnMut(u64)) -> Result<Outcome, GalleryError> {
        let started = Instant::now();
        let (outputs, rechecked) = match self {
            Self::Gpu(engine) => on_gpu(engine, task, progress)?,
            Self::Interpreter => (task.program.run(&task.inputs, &task.params)?, 0),
        };
        Ok(Outcome {
            outputs,
            took: started.elapsed(),
            rechecked,
        })
    }
}

fn on_gpu(
    engine: &Engine,
    task: &Task,
    progress: &mut dyn FnMut(u64),
) -> Result<(Vec<Vec<u32>>, u64), GalleryError> {
    let blobs: Vec<Vec<u8>> = task.inputs.iter().map(|words| bytes(words)).collect();
    let blobs: Vec<&[u8]> = blobs.iter().map(Vec::as_slice).collect();
    let job = Job {
        program: &task.program,
        inputs: &blobs,
        params: &task.params,
        samples_per_step: SAMPLES_PER_STEP,
        seed: rand::rng().random(),
    };
    let execution = engine.run(&job, &mut |report: Progress| {
        progress(report.operations);
        ControlFlow::Continue(())
    })?;
    let outputs = execution.outputs.iter().map(|blob| words(blob)).collect();
    Ok((outputs, execution.rechecked))
}
