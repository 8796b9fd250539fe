use super::Key;
use std::{io, path::PathBuf};

/// Why the journal cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// Another process holds it.
    #[error("another worker runs with the journal {}; stop it, or give this one another --data directory and another operator key", .0.display())]
    Locked(PathBuf),
    /// The file cannot be opened.
    #[error("cannot open the journal {}: {source}; check that its directory exists and may be written", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// It was written by another version.
    #[error("the journal has version {found} and this worker writes version {expected}; finish its jobs with the worker that wrote it")]
    Schema {
        /// In the file.
        found: u64,
        /// Of this program.
        expected: u64,
    },
    /// The database failed.
    #[error("the journal cannot be read or written: {0}; check the disk, and keep the file: it holds what opens commitments")]
    Damaged(#[from] redb::Error),
    /// A row is malformed.
    #[error(
        "the journal holds a row that cannot be read: {0}; keep the file: it holds what opens commitments"
    )]
    Entry(codec::Error),
    /// A step without the one before it.
    #[error("the journal does not know {0}")]
    Unknown(Key),
}

macro_rules! from_redb {
    ($($error:ty),*) => {
        $(impl From<$error> for JournalError {
            fn from(error: $error) -> Self {
                Self::Damaged(error.into())
            }
        })*
    };
}
from_redb!(
    redb::TransactionError,
    redb::TableError,
    redb::StorageError,
    redb::CommitError
);
