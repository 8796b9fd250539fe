//! What a blob is and what can be proven about it without having it.
//!
//! A blob's identity is its BLAKE3 hash, which is the root of a Merkle tree over 1 KiB chunks. [`Node`] knows that
//! tree from the blob's length alone; [`NodeOpening`] walks down it in a referee game; [`MultiProof`] and
//! [`ChunkOpening`] show chunks under a root. A worker answers all of them from the blob and its [`Outboard`].
//! [`trace`] reads step roots out of the same tree, [`freivalds`] checks a matrix product without redoing it, and
//! [`seeded`] is the work by which a worker proves its speed.
//!
//! Proofs are bytes that nobody vouches for: they decode in bounded memory and verify in linear time.
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_possible_wrap,
        clippy::panic
    )
)]

extern crate alloc;

mod chunks;
pub mod freivalds;
mod hasher;
mod matrix;
#[cfg(feature = "std")]
mod reader;
pub mod seeded;
#[cfg(feature = "std")]
pub mod testing;
pub mod trace;
mod tree;

pub use chunks::{
    ChunkOpening, MultiProof, OpenedChunks, ProofError, ReadError, WordPlace, PROOF_BYTES, PROOF_CHUNKS,
    PROOF_SIBLINGS, WORDS_PER_CHUNK,
};
pub use hasher::RootHasher;
#[cfg(feature = "std")]
pub use reader::reader_root;
#[cfg(feature = "std")]
pub use tree::Seeking;
pub use tree::{
    LengthError, Node, NodeHash, NodeOpening, OpeningError, Outboard, OutboardWriter, ProveError, Source,
    SourceTooShort, GROUP_CHUNKS, MAX_BLOB_BYTES, OPENING_CHUNKS, OPENING_HASHES, OPENING_LEVELS,
};

/// Bytes of one leaf of BLAKE3's tree.
pub const CHUNK_BYTES: usize = 1024;
pub(crate) const CHUNK_BYTES_U64: u64 = 1024;

/// Root of a blob: its BLAKE3 hash.
pub fn blob_root(bytes: &[u8]) -> [u8; 32] {
    *blake3::hash(bytes).as_bytes()
}

/// BLAKE3 of the concatenation of `parts`.
pub fn hash_parts(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part);
    }
    *hasher.finalize().as_bytes()
}

/// What a worker commits to: the root itself for one output, otherwise the hash of the concatenated roots.
pub fn output_root(roots: &[[u8; 32]]) -> [u8; 32] {
    match roots {
        [root] => *root,
        _ => {
            let mut hasher = blake3::Hasher::new();
            for root in roots {
                hasher.update(root);
            }
            *hasher.finalize().as_bytes()
        }
    }
}

/// The root of output `output` of a result with `count` outputs, as [`output_root`] made it. `roots` are those of all
/// outputs, in order, and none where there is only one. `None` when they do not give `result`, or there is no such output.
pub fn root_of_output(
    result: &[u8; 32],
    roots: &[[u8; 32]],
    count: usize,
    output: usize,
) -> Option<[u8; 32]> {
    if count == 1 {
        return (roots.is_empty() && output == 0).then_some(*result);
    }
    let given = roots.len() == count && output_root(roots) == *result;
    roots.get(output).filter(|_| given).copied()
}

/// Bytes of a slice.
pub(crate) fn len64(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_hash_as_their_concatenation() {
        assert_eq!(hash_parts(&[b"ab", b"", b"c"]), blob_root(b"abc"));
    }

    #[test]
    fn pieces_hash_as_their_concatenation() {
        let mut hasher = RootHasher::default();
        [&b"ab"[..], b"", b"c"]
            .iter()
            .for_each(|piece| hasher.update(piece));
        assert_eq!(hasher.root(), blob_root(b"abc"));
    }

    #[test]
    fn a_single_output_is_its_own_root() {
        assert_eq!(output_root(&[[7; 32]]), [7; 32]);
        assert_eq!(
            output_root(&[[7; 32], [8; 32]]),
            hash_parts(&[&[7; 32], &[8; 32]])
        );
    }
}
