//! Executors for tests: the interpreter, and one that lies.

use super::Device;
use crate::journal::crash::Fuse;
use edgeproof_engine::{
    AdapterInfo, EngineError, Execution, Executor, Job, Progress, Replay, Replayer, Tape, Timings,
};
use edgeproof_proofs::blob_root;
use std::{
    collections::BTreeMap,
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
        let mut computed = BTreeMap::new();
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
            edgeproof_engine::Interpreter.replay(&replay_of_one, &mut step)?;
            let mut output = step.output;
            if lies && *position == self.position {
                output[self.word as usize * 4 + 1] ^= 4;
            }
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
    fn supply(&mut self, _: u32) -> ControlFlow<(), Vec<u8>> {
        ControlFlow::Break(())
    }

    fn take(&mut self, position: u32, piece: &[u8]) -> ControlFlow<()> {
        self.0.entry(position).or_default().extend_from_slice(piece);
        ControlFlow::Continue(())
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
        let positions: Vec<u32> = (0..job.program.trace_length()).collect();
        let replay = Replay {
            job,
            positions: &positions,
            wanted: &positions,
        };
        let mut everything = Everything::default();
        self.replay(&replay, &mut everything)?;
        let outputs: Vec<Vec<u8>> = (0..job.program.program().outputs.len())
            .map(|output| everything.0[&job.program.output_position(output).unwrap()].clone())
            .collect();
        Ok(Execution {
            roots: outputs.iter().map(|output| blob_root(output)).collect(),
            outputs,
            timings: Timings::default(),
            rechecked: 0,
        })
    }
}
