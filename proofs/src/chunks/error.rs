use core::fmt;

use crate::LengthError;

/// Why a proof of chunks does not stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofError {
    /// No blob has the length it is checked against.
    Blob(LengthError),
    /// A proof opens at least one chunk.
    NoChunks,
    /// More chunks than the caller admits.
    TooManyChunks { maximum: u32, found: u32 },
    /// The chunk number at this place is not above the one before.
    NotSorted { at: u32 },
    /// The blob has no chunk of this number.
    IndexOutOfRange { chunk: u32, chunks: u32 },
    /// The chunks of these numbers have another length together.
    LengthOfChunks { expected: u64, found: u64 },
    /// The tree needs more sibling hashes than these.
    HashesMissing { found: u32 },
    /// The tree needs this many sibling hashes only.
    HashesExtra { expected: u32, found: u32 },
    /// Everything is in its place but hashes to another root.
    RootMismatch,
}

impl fmt::Display for ProofError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blob(error) => error.fmt(f),
            Self::NoChunks => f.write_str("the proof opens no chunk"),
            Self::TooManyChunks { maximum, found } => {
                write!(f, "the proof opens {found} chunks, more than {maximum}")
            }
            Self::NotSorted { at } => {
                write!(f, "chunk number {at} of the proof is not above the one before it")
            }
            Self::IndexOutOfRange { chunk, chunks } => {
                write!(f, "the proof opens chunk {chunk}, the blob has {chunks}")
            }
            Self::LengthOfChunks { expected, found } => {
                write!(
                    f,
                    "the opened chunks have {expected} bytes, the proof carries {found}"
                )
            }
            Self::HashesMissing { found } => write!(f, "{found} sibling hashes are too few"),
            Self::HashesExtra { expected, found } => {
                write!(f, "{found} sibling hashes are too many, {expected} are needed")
            }
            Self::RootMismatch => f.write_str("the proof hashes to another root"),
        }
    }
}

impl core::error::Error for ProofError {}

impl From<LengthError> for ProofError {
    fn from(error: LengthError) -> Self {
        Self::Blob(error)
    }
}

/// Why something cannot be read out of opened chunks. Says nothing about what the blob holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// This chunk of the blob was not opened.
    ChunkMissing(u32),
    /// The blob ends before.
    OutOfBlob,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ChunkMissing(chunk) => write!(f, "chunk {chunk} is not opened"),
            Self::OutOfBlob => f.write_str("the blob ends before"),
        }
    }
}

impl core::error::Error for ReadError {}
