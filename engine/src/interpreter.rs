//! The interpreter as an executor: slow, needs no adapter, and right by definition.

use std::collections::BTreeMap;

use edgeproof_kernel::{Source, Step};

use crate::{
    recheck::words,
    replay::{plan, supplied},
    EngineError, Replay, Replayer, Tape,
};

/// Executes steps one invocation after the other on the processor.
#[derive(Clone, Copy, Debug, Default)]
pub struct Interpreter;

impl Replayer for Interpreter {
    fn replay(&self, replay: &Replay<'_>, tape: &mut dyn Tape) -> Result<(), EngineError> {
        let job = replay.job;
        job.check()?;
        let mut live: BTreeMap<Source, Vec<u32>> = BTreeMap::new();
        for step in plan(replay)? {
            let ids = job.program.step(step.step).map_or(Vec::new(), Step::inputs);
            for (source, id) in step.inputs.iter().zip(ids) {
                if live.contains_key(source) {
                    continue;
                }
                let content = match *source {
                    Source::Input(input) => words(job.inputs[usize::from(input)]),
                    Source::Trace(position) => {
                        words(&supplied(tape, position, job.program.buffer_words(id))?)
                    }
                };
                live.insert(*source, content);
            }
            let inputs: Vec<&[u32]> = step.inputs.iter().map(|source| &live[source][..]).collect();
            let output = job.program.run_step(step.step, job.params, &inputs);
            if step.wanted {
                let bytes: Vec<u8> = output.iter().flat_map(|word| word.to_le_bytes()).collect();
                if tape.take(step.position, &bytes).is_break() {
                    return Err(EngineError::Cancelled);
                }
            }
            for source in &step.released {
                live.remove(source);
            }
            if step.read_later {
                live.insert(Source::Trace(step.position), output);
            }
        }
        Ok(())
    }
}
