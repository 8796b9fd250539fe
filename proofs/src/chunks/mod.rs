//! Chunks of a blob with what shows that they lie under its root: one chunk, or any set of them at once.
//!
//! There is one encoding of each set. Sibling hashes are those of the largest subtrees without any opened chunk, in
//! pre-order of the tree, left to right; chunks lie end to end in ascending order. Nothing may be missing and
//! nothing may be left over.
//!
//! BLAKE3 does not hash a blob's length. A proof shows what the opened chunks hold, given that the blob has the
//! length it is checked against; only a proof that opens the last chunk shows the length too.

mod error;
mod opened;
mod prove;
mod verify;

use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

pub use error::{ProofError, ReadError};
pub use opened::{OpenedChunks, WordPlace, WORDS_PER_CHUNK};

/// Chunks of one proof, at most: as many as one invocation may load words.
pub const PROOF_CHUNKS: u32 = 2_048;
/// Bytes of the chunks of one proof, at most.
pub const PROOF_BYTES: u32 = PROOF_CHUNKS * 1_024;
/// Sibling hashes of one proof, at most: 2^11 chunks spread evenly over a tree of 32 levels have 2^11 * (32 - 11).
/// (A blob of 128 MiB has 17 levels: at most 2^11 * 6 hashes.)
pub const PROOF_SIBLINGS: u32 = PROOF_CHUNKS * 21;
/// Levels of the highest tree, hence sibling hashes beside one chunk, at most.
const LEVELS: u32 = 32;

/// A set of chunks under one root.
///
/// For a blob of 128 MiB at most 2.5 MB encoded: 2,048 chunks with their numbers and 12,288 hashes. Several proofs
/// with 2,048 chunks together are longest when the chunks are shared out evenly: 2.7 MB for 7 blobs.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct MultiProof {
    /// Numbers of the chunks, ascending, each once.
    pub chunks: BoundedVec<u32, ConstU32<PROOF_CHUNKS>>,
    /// The chunks, end to end.
    pub bytes: BoundedVec<u8, ConstU32<PROOF_BYTES>>,
    /// Hashes of the subtrees without opened chunks.
    pub siblings: BoundedVec<[u8; 32], ConstU32<PROOF_SIBLINGS>>,
}

/// One chunk under a root, where the number of the chunk is known: a proof of at most 2,051 bytes.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct ChunkOpening {
    /// The chunk.
    pub bytes: BoundedVec<u8, ConstU32<1_024>>,
    /// Hashes beside the way from the root to the chunk, in pre-order of the tree.
    pub siblings: BoundedVec<[u8; 32], ConstU32<LEVELS>>,
}
