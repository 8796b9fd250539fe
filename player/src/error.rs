//! What can go wrong, and what to do about it.

use std::{fmt, io, path::PathBuf};

use edgeproof_engine::EngineError;
use edgeproof_kernel::{Fault, JobError};
use edgeproof_proofs::{LengthError, ProveError, SourceTooShort};

/// Why a question of a dispute is not answered. No variant says anything about who is right.
#[derive(Debug, thiserror::Error)]
pub enum PlayerError {
    #[error(transparent)]
    Engine(#[from] EngineError),
    #[error("{}: {source}; free space or choose another folder", path.display())]
    Disk { path: PathBuf, source: io::Error },
    #[error("the trace has {steps} positions, there is no position {position}")]
    NoSuchPosition { position: u32, steps: u32 },
    #[error("the step at position {position} has no invocation {invocation}")]
    NoSuchInvocation { position: u32, invocation: u32 },
    #[error("the program has no output {0}")]
    NoSuchOutput(u8),
    #[error("{found} output blobs where the program has {expected}")]
    OutputCount { expected: usize, found: usize },
    #[error("output {output} has {found} bytes where the program writes {expected}")]
    OutputLength { output: u8, expected: u64, found: u64 },
    #[error("the node belongs to a blob of {found} bytes, the blob in question has {expected}")]
    OtherBlob { expected: u64, found: u64 },
    #[error("the step that writes output {0} reads outputs of earlier steps, so one call cannot prove it wrong; claim")]
    NotDirect(u8),
    #[error(
        "the executor computes the output at position {0} otherwise than before, or not as a whole; do not play with \
         it, and check its driver"
    )]
    Unsteady(u32),
    #[error("no proof can show this: {0}")]
    Proof(String),
}

impl From<JobError> for PlayerError {
    fn from(error: JobError) -> Self {
        Self::Engine(error.into())
    }
}

impl From<LengthError> for PlayerError {
    fn from(error: LengthError) -> Self {
        Self::Proof(error.to_string())
    }
}

impl From<SourceTooShort> for PlayerError {
    fn from(error: SourceTooShort) -> Self {
        Self::Proof(error.to_string())
    }
}

impl<E: Into<Self> + fmt::Display> From<ProveError<E>> for PlayerError {
    fn from(error: ProveError<E>) -> Self {
        match error {
            ProveError::Source(error) => error.into(),
            ProveError::OtherBlob { expected, found } => Self::OtherBlob { expected, found },
            other => Self::Proof(other.to_string()),
        }
    }
}

impl PlayerError {
    pub(crate) fn invocation(fault: Fault<Self>, position: u32, invocation: u32) -> Self {
        match fault {
            Fault::NoSuchInvocation => Self::NoSuchInvocation { position, invocation },
            Fault::Read(error) => error,
        }
    }
}
