//! BLAKE3's tree over 1 KiB chunks: which nodes a blob of a given length has, what they hash to, and openings
//! of nodes for the referee game.
//!
//! The tree is left-balanced: the left child of a node holds the largest power of two of chunks that leaves at
//! least one chunk to the right. Only the hash at the top carries the ROOT flag, also where the top is a chunk.

mod error;
mod hash;
mod node;
#[allow(clippy::cast_possible_truncation)] // derived encoders cast the numbers of variants
mod opening;
mod outboard;
mod source;

pub use error::{OpeningError, ProveError};
pub use hash::NodeHash;
pub(crate) use hash::{hash_bytes, hash_children};
pub(crate) use node::chunk_bytes;
pub use node::{LengthError, Node, MAX_BLOB_BYTES};
pub use opening::{NodeOpening, OPENING_CHUNKS, OPENING_HASHES, OPENING_LEVELS};
pub(crate) use outboard::read_node;
pub use outboard::{Outboard, OutboardWriter, GROUP_CHUNKS};
#[cfg(feature = "std")]
pub use source::Seeking;
pub use source::{Source, SourceTooShort};
