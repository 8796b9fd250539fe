//! An executor for tests: the interpreter.

use super::Device;
use crate::journal::crash::Fuse;
use edgeproof_engine::{
    AdapterInfo, EngineError, Execution, Executor, Job, Progress, Replay, Replayer, Tape, Timings,
};
use edgeproof_proofs::blob_root;
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
        let adapter = AdapterInfo {
            name: "interpreter".into(),
            driver: String::new(),
            driver_version: String::new(),
            backend: "none".into(),
            kind: "software",
            largest_buffer: 1 << 30,
        };
        let interpreter = Self {
            adapter,
            fuse: fuse.clone(),
            executions: executions.clone(),
        };
        Device::open(move || Ok(Box::new(interpreter.clone()))).unwrap()
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
        let words = |bytes: &&[u8]| {
            bytes
                .chunks_exact(4)
                .map(|word| u32::from_le_bytes(word.try_into().unwrap()))
                .collect()
        };
        let inputs: Vec<Vec<u32>> = job.inputs.iter().map(words).collect();
        let outputs = job.program.run(&inputs, job.params)?;
        let bytes = |words: &Vec<u32>| words.iter().flat_map(|word| word.to_le_bytes()).collect();
        self.executions.fetch_add(1, Ordering::SeqCst);
        self.fuse.step();
        let outputs: Vec<Vec<u8>> = outputs.iter().map(bytes).collect();
        Ok(Execution {
            roots: outputs.iter().map(|output| blob_root(output)).collect(),
            outputs,
            timings: Timings::default(),
            rechecked: 0,
        })
    }
}
