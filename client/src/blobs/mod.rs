//! Blobs: bytes found by their BLAKE3 hash.
//!
//! A store never hands out bytes that do not have the hash they were asked by, and never keeps bytes under a
//! hash that is not theirs.

mod directory;
mod error;

pub use directory::DirectoryStore;
pub use error::BlobError;

use edgeproof_primitives::{BlobHash, BlobRef};
use std::{io::Read, path::Path};

/// Where inputs are found and outputs are left.
///
/// Calls block: use a blocking thread for large blobs.
pub trait BlobStore: Send + Sync {
    /// Keeps `bytes` and returns their hash and length.
    fn put(&self, bytes: &[u8]) -> Result<BlobRef, BlobError>;

    /// Keeps the content of a file, streamed in constant memory.
    fn put_file(&self, path: &Path) -> Result<BlobRef, BlobError>;

    /// Keeps what `source` yields, when it is exactly `expected`: reading stops at the first byte too many, and
    /// nothing is kept of a blob with another hash or length.
    fn import(&self, expected: &BlobRef, source: &mut dyn Read) -> Result<(), BlobError>;

    /// True when a blob is kept under this hash. Its bytes are checked when they are read.
    fn contains(&self, hash: &BlobHash) -> bool;

    /// The blob's bytes, hash checked.
    fn get(&self, hash: &BlobHash) -> Result<Vec<u8>, BlobError>;

    /// The blob's bytes, length and hash checked, the length before anything is read.
    fn get_exact(&self, blob: &BlobRef) -> Result<Vec<u8>, BlobError>;

    /// Streams the blob into a file, which appears only when the hash is right. Returns its length in bytes.
    fn export(&self, hash: &BlobHash, path: &Path) -> Result<u64, BlobError>;
}
