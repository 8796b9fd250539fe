//! The border between those who want a result and what computes it.

use std::{ops::ControlFlow, time::Duration};

use edgeproof_kernel::Verified;

use crate::{AdapterInfo, EngineError, Replayer};

/// A program with what one job brings.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    pub program: &'a Verified,
    /// Bytes of each input blob: little-endian words.
    pub inputs: &'a [&'a [u8]],
    pub params: &'a [u32],
    /// Random invocations of every step that the interpreter re-executes; 0 skips the check.
    pub samples_per_step: u32,
    /// Decides which. Take a fresh random number: a result is only as checked as its samples are unforeseen.
    pub seed: u64,
}

impl Job<'_> {
    /// Checks the job against its program.
    ///
    /// # Errors
    /// The first input or parameter word that the program does not take.
    pub fn check(&self) -> Result<(), EngineError> {
        let mut words = Vec::new();
        for (input, blob) in self.inputs.iter().enumerate() {
            let bytes = blob.len();
            if !bytes.is_multiple_of(4) {
                return Err(EngineError::NotWords { input, bytes });
            }
            words.push(u32::try_from(bytes / 4).unwrap_or(u32::MAX));
        }
        Ok(self.program.check_job(&words, self.params)?)
    }
}

/// How far a run has come, told after each dispatch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The step that runs, from 0.
    pub step: usize,
    pub steps: usize,
    /// Operations done of all steps, as the quote counts them.
    pub operations: u64,
    pub total_operations: u64,
}

/// Where the time of a run went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timings {
    pub upload: Duration,
    /// Shader compilation; near 0 for kernels that were used before.
    pub compile: Duration,
    pub execute: Duration,
    pub recheck: Duration,
    pub download: Duration,
}

/// A result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Execution {
    /// Bytes of each output blob: little-endian words.
    pub outputs: Vec<Vec<u8>>,
    /// BLAKE3 hash of each output blob.
    pub roots: Vec<[u8; 32]>,
    pub timings: Timings,
    /// Invocations that the interpreter has re-executed, with the same result.
    pub rechecked: u64,
}

/// Executes jobs, and again parts of them when a result is disputed. Implemented by [`crate::Engine`]; tests wrap one
/// that lies.
pub trait Executor: Replayer {
    /// The adapter that executes.
    fn adapter(&self) -> &AdapterInfo;

    /// Executes a job. `progress` is asked after each dispatch, a fraction of a second, whether to go on.
    ///
    /// # Errors
    /// See [`EngineError`]. An error is no result: nothing may be committed.
    fn run(
        &self,
        job: &Job<'_>,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Execution, EngineError>;
}
