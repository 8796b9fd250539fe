//! Step outputs of a job, computed again: all of them, or those that a dispute asks for.
//!
//! Positions are those of the trace, where every `Repeat` is unrolled. Each step runs as its author wrote it: chains are
//! not merged, because every output counts.

use std::{collections::BTreeSet, ops::ControlFlow};

use edgeproof_kernel::{Source, Verified};

use crate::{EngineError, Job};

/// A part of a job's trace to compute again.
#[derive(Clone, Copy, Debug)]
pub struct Replay<'a> {
    pub job: &'a Job<'a>,
    /// Positions of the steps to execute, ascending.
    pub positions: &'a [u32],
    /// Positions among them whose outputs are handed out, ascending.
    pub wanted: &'a [u32],
}

/// Gives a replay what it does not compute, and takes what it computes.
pub trait Tape {
    /// The output, little-endian words, of a step that is read and not replayed. A break ends the replay.
    fn supply(&mut self, position: u32) -> ControlFlow<(), Vec<u8>>;

    /// The next bytes of a wanted output. Outputs come in the order of the trace, each whole before the next. A break
    /// ends the replay.
    fn take(&mut self, position: u32, piece: &[u8]) -> ControlFlow<()>;
}

/// Computes parts of traces. Implemented by [`crate::Engine`] and [`crate::Interpreter`]; tests wrap one that lies.
pub trait Replayer: Send + Sync {
    /// Executes the steps of a replay in the order of the trace.
    ///
    /// # Errors
    /// See [`EngineError`]; [`EngineError::Cancelled`] when the tape breaks off.
    fn replay(&self, replay: &Replay<'_>, tape: &mut dyn Tape) -> Result<(), EngineError>;
}

/// One step of a replay.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Planned {
    pub position: u32,
    /// Number of the step.
    pub step: usize,
    /// What it reads, in the order of its inputs.
    pub inputs: Vec<Source>,
    /// What nothing reads after it.
    pub released: Vec<Source>,
    /// Whether a later step of the replay reads its output.
    pub read_later: bool,
    pub wanted: bool,
}

/// The steps of a replay, each with what lives until it.
pub(crate) fn plan(replay: &Replay<'_>) -> Result<Vec<Planned>, EngineError> {
    let mut planned = replay
        .positions
        .iter()
        .map(|position| {
            let wanted = replay.wanted.binary_search(position).is_ok();
            one(replay.job.program, *position, wanted).ok_or(EngineError::NoSuchPosition(*position))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let mut read: BTreeSet<Source> = BTreeSet::new();
    for step in planned.iter_mut().rev() {
        step.read_later = read.contains(&Source::Trace(step.position));
        let inputs = step.inputs.iter();
        step.released = inputs.copied().filter(|source| read.insert(*source)).collect();
    }
    Ok(planned)
}

fn one(program: &Verified, position: u32, wanted: bool) -> Option<Planned> {
    let execution = program.execution(position)?;
    let inputs = 0..program.step(execution.step)?.inputs().len();
    Some(Planned {
        position,
        step: execution.step,
        inputs: inputs
            .map(|input| program.source(&execution, input))
            .collect::<Option<_>>()?,
        released: Vec::new(),
        read_later: false,
        wanted,
    })
}

/// What a tape supplies for a buffer of `words` words.
pub(crate) fn supplied(tape: &mut dyn Tape, position: u32, words: u32) -> Result<Vec<u8>, EngineError> {
    let ControlFlow::Continue(bytes) = tape.supply(position) else {
        return Err(EngineError::Cancelled);
    };
    let (expected, found) = (u64::from(words) * 4, bytes.len() as u64);
    if expected == found {
        Ok(bytes)
    } else {
        Err(EngineError::SuppliedLength {
            position,
            expected,
            found,
        })
    }
}
