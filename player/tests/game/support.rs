//! What the tests share.

use std::sync::atomic::{AtomicUsize, Ordering};

use edgeproof_engine::{EngineError, Interpreter, Job, Replay, Replayer, Tape};
use edgeproof_kernel::{testing, Verified};
use edgeproof_player::{Options, Place, Player};

pub use testing::seeds;

use crate::liar::{everything, execute};

/// A program with what one job brings, as blobs.
pub struct Case {
    pub name: String,
    pub program: Verified,
    pub inputs: Vec<Vec<u8>>,
    pub params: Vec<u32>,
}

impl Case {
    pub fn new(name: impl Into<String>, program: Verified, inputs: &[Vec<u32>], params: Vec<u32>) -> Self {
        Self {
            name: name.into(),
            program,
            inputs: inputs.iter().map(|words| bytes(words)).collect(),
            params,
        }
    }

    pub fn player(&self, place: Place, budget: u64) -> Player {
        let options = Options {
            place,
            budget,
            samples_per_step: 0,
        };
        Player::new(
            self.program.clone(),
            self.inputs.clone(),
            self.params.clone(),
            options,
        )
        .unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }

    /// A player that keeps everything in memory.
    pub fn rich_player(&self) -> Player {
        self.player(Place::Memory, u64::MAX)
    }

    fn with_job<T>(&self, ask: impl FnOnce(&Job<'_>) -> Result<T, EngineError>) -> T {
        let inputs: Vec<&[u8]> = self.inputs.iter().map(Vec::as_slice).collect();
        let job = Job {
            program: &self.program,
            inputs: &inputs,
            params: &self.params,
            samples_per_step: 1,
            seed: 3,
        };
        ask(&job).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }

    /// All step outputs, by position.
    pub fn everything(&self, executor: &dyn Replayer) -> Vec<Vec<u8>> {
        self.with_job(|job| everything(executor, job))
            .into_values()
            .collect()
    }

    /// Blobs of the program's outputs, as an executor computes them.
    pub fn outputs(&self, executor: &dyn Replayer) -> Vec<Vec<u8>> {
        self.with_job(|job| execute(executor, job)).outputs
    }
}

impl From<testing::Case> for Case {
    fn from(case: testing::Case) -> Self {
        Self::new(case.name, case.program, &case.inputs, case.params)
    }
}

/// The interpreter, with a count of the steps that it has executed.
#[derive(Default)]
pub struct Counting(AtomicUsize);

impl Counting {
    /// Steps executed since it was last asked.
    pub fn executed(&self) -> usize {
        self.0.swap(0, Ordering::SeqCst)
    }
}

impl Replayer for Counting {
    fn replay(&self, replay: &Replay<'_>, tape: &mut dyn Tape) -> Result<(), EngineError> {
        self.0.fetch_add(replay.positions.len(), Ordering::SeqCst);
        Interpreter.replay(replay, tape)
    }
}

pub fn bytes(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

pub fn words(bytes: &[u8]) -> Vec<u32> {
    let words = bytes.as_chunks().0;
    words.iter().map(|word| u32::from_le_bytes(*word)).collect()
}
