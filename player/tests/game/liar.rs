//! An executor that lies, and lies the same way every time. Tests of other crates include this file.
#![allow(dead_code)] // every test takes what it needs

use std::{collections::BTreeMap, ops::ControlFlow};

use edgeproof_engine::{EngineError, Execution, Interpreter, Job, Replay, Replayer, Tape, Timings};
use edgeproof_kernel::{testing::Random, Verified};

/// A word that is said otherwise than it was computed.
#[derive(Clone, Copy, Debug)]
pub struct Flip {
    pub position: u32,
    pub word: u32,
    pub mask: u32,
}

impl Flip {
    /// Of a random word of a random step.
    pub fn random(program: &Verified, random: &mut Random) -> Self {
        let position = random.below(program.trace_length());
        let execution = program.execution(position).expect("in the trace");
        let plan = &program.steps()[execution.step];
        Self {
            position,
            word: random.below(plan.invocations * u32::from(plan.width)),
            mask: 1 << random.below(32),
        }
    }
}

/// The interpreter, but for some flipped words.
#[derive(Debug)]
pub struct Liar {
    pub flips: Vec<Flip>,
    /// Whether it computes on with what it says. Otherwise it has copied an honest trace and changed words of it.
    pub computes_on: bool,
}

impl Liar {
    fn flip(&self, position: u32, bytes: &mut [u8]) {
        for flip in self.flips.iter().filter(|flip| flip.position == position) {
            let word = &mut bytes[flip.word as usize * 4..][..4];
            for (byte, mask) in word.iter_mut().zip(flip.mask.to_le_bytes()) {
                *byte ^= mask;
            }
        }
    }
}

impl Replayer for Liar {
    fn replay(&self, replay: &Replay<'_>, tape: &mut dyn Tape) -> Result<(), EngineError> {
        let mut computed: BTreeMap<u32, Vec<u8>> = BTreeMap::new();
        for position in replay.positions {
            let one = [*position];
            let mut step = OneStep {
                liar: self,
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
            let mut said = output.clone();
            self.flip(*position, &mut said);
            if replay.wanted.contains(position) && tape.take(*position, &said).is_break() {
                return Err(EngineError::Cancelled);
            }
            if self.computes_on {
                output = said;
            }
            computed.insert(*position, output);
        }
        Ok(())
    }
}

struct OneStep<'a> {
    liar: &'a Liar,
    computed: &'a BTreeMap<u32, Vec<u8>>,
    outer: &'a mut dyn Tape,
    output: Vec<u8>,
}

impl Tape for OneStep<'_> {
    fn supply(&mut self, position: u32) -> ControlFlow<(), Vec<u8>> {
        if let Some(bytes) = self.computed.get(&position) {
            return ControlFlow::Continue(bytes.clone());
        }
        let mut bytes = self.outer.supply(position)?;
        if !self.liar.computes_on {
            self.liar.flip(position, &mut bytes);
        }
        ControlFlow::Continue(bytes)
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

/// All step outputs of a job as `replayer` computes them, by position.
pub fn everything(replayer: &dyn Replayer, job: &Job<'_>) -> Result<BTreeMap<u32, Vec<u8>>, EngineError> {
    let positions: Vec<u32> = (0..job.program.trace_length()).collect();
    let replay = Replay {
        job,
        positions: &positions,
        wanted: &positions,
    };
    let mut everything = Everything::default();
    replayer.replay(&replay, &mut everything)?;
    Ok(everything.0)
}

/// A whole job as `replayer` computes it.
pub fn execute(replayer: &dyn Replayer, job: &Job<'_>) -> Result<Execution, EngineError> {
    let everything = everything(replayer, job)?;
    let outputs: Vec<Vec<u8>> = (0..job.program.program().outputs.len())
        .filter_map(|output| everything.get(&job.program.output_position(output)?).cloned())
        .collect();
    Ok(Execution {
        roots: outputs
            .iter()
            .map(|bytes| edgeproof_proofs::blob_root(bytes))
            .collect(),
        outputs,
        timings: Timings::default(),
        rechecked: 0,
    })
}
