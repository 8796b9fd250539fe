use core::fmt;

use crate::{LengthError, ProofError};

/// Products that are no challenge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChallengeError {
    /// `n` is not a multiple of 16.
    RowNotRuns(u32),
    /// No product, or more folded words than a blob holds.
    Folded(LengthError),
}

impl fmt::Display for ChallengeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RowNotRuns(n) => write!(f, "n = {n} is not a multiple of 16"),
            Self::Folded(error) => write!(f, "the folded words: {error}"),
        }
    }
}

impl core::error::Error for ChallengeError {}

impl From<LengthError> for ChallengeError {
    fn from(error: LengthError) -> Self {
        Self::Folded(error)
    }
}

/// Why an answer to a challenge does not stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SampleError {
    /// The proof of the sampled chunks does not stand.
    Proof(ProofError),
    /// The challenge has no such run.
    NoSuchSample { product: u32, run: u32 },
    /// A sample's chunk is not opened.
    ChunkMissing(u32),
    /// A chunk is opened that holds no sample.
    ChunkExtra(u32),
    /// The committed word is not that of the run.
    WrongWord {
        product: u32,
        run: u32,
        expected: u32,
        found: u32,
    },
}

impl fmt::Display for SampleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Proof(error) => error.fmt(f),
            Self::NoSuchSample { product, run } => {
                write!(f, "the challenge has no run {run} of product {product}")
            }
            Self::ChunkMissing(chunk) => write!(f, "chunk {chunk} of the folded words is not opened"),
            Self::ChunkExtra(chunk) => write!(f, "chunk {chunk} of the folded words holds no sample"),
            Self::WrongWord {
                product,
                run,
                expected,
                found,
            } => write!(
                f,
                "run {run} of product {product} folds to {expected:#010x}, committed is {found:#010x}"
            ),
        }
    }
}

impl core::error::Error for SampleError {}

impl From<ProofError> for SampleError {
    fn from(error: ProofError) -> Self {
        Self::Proof(error)
    }
}
