use edgeproof_primitives::BlobHash;
use std::{io, path::PathBuf};

/// Why a blob was not read or kept.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BlobError {
    /// Nothing is kept under this hash.
    #[error("blob {hash} is not in {place}; put it there, or give the store that holds it")]
    Missing {
        /// What was asked for.
        hash: BlobHash,
        /// Where it was looked for.
        place: String,
    },
    /// A blob of another length.
    #[error("blob {hash} must have {expected} bytes and has {found} in {place}; ask its author for the right length")]
    WrongLength {
        /// What was asked for.
        hash: BlobHash,
        /// Bytes it must have.
        expected: u64,
        /// Bytes it has, or the first count that was too many.
        found: u64,
        /// Where it was read.
        place: String,
    },
    /// Bytes with another hash.
    #[error(
        "blob {expected} in {place} has the hash {found}: it is damaged; delete it and put it there again"
    )]
    WrongHash {
        /// What was asked for.
        expected: BlobHash,
        /// What the bytes are.
        found: BlobHash,
        /// Where it was read.
        place: String,
    },
    /// The file system refused.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// With which file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}
