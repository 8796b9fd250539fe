use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

use super::{hash_bytes, hash_children, Node, NodeHash, OpeningError};
use crate::len64;

/// Binary levels that one opening goes down.
pub const OPENING_LEVELS: u32 = 6;
/// Hashes of one opening, at most: 2 KiB.
pub const OPENING_HASHES: u32 = 1 << OPENING_LEVELS;
/// Chunks of a node that is opened with its bytes, at most: 32 KiB.
pub const OPENING_CHUNKS: u32 = 32;

/// What lies below a node.
///
/// The form follows from the node alone: a node of at most [`OPENING_CHUNKS`] chunks is opened with its bytes, a
/// larger one with hashes. So there is exactly one valid opening of a node, and a game over a blob of 128 MiB is
/// 3 openings long.
///
/// Encoded at most 32,773 bytes. [`Self::verify`] compresses at most 63 pairs of hashes, or the 512 blocks of 32
/// chunks and the 31 parents above them.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum NodeOpening {
    /// Hashes of the nodes [`OPENING_LEVELS`] below, left to right; chunks that end the tree earlier stand for
    /// themselves.
    Hashes(BoundedVec<NodeHash, ConstU32<OPENING_HASHES>>),
    /// The bytes of the chunks below the node.
    Chunks(BoundedVec<u8, ConstU32<{ OPENING_CHUNKS * 1024 }>>),
}

impl NodeOpening {
    /// Checks that the parts are those of `node`, whose hash is `expected`.
    ///
    /// # Errors
    /// What is wrong with the opening.
    pub fn verify(&self, node: &Node, expected: &NodeHash) -> Result<(), OpeningError> {
        match self {
            Self::Hashes(hashes) => verify_hashes(node, expected, hashes),
            Self::Chunks(bytes) => verify_chunks(node, expected, bytes),
        }
    }
}

impl Node {
    /// True where an opening carries the bytes below this node instead of hashes.
    pub fn opens_into_chunks(&self) -> bool {
        self.chunks() <= OPENING_CHUNKS
    }

    /// The nodes whose hashes an opening of this node carries, left to right; none where it carries bytes.
    pub fn parts(&self) -> alloc::vec::Vec<Self> {
        if self.opens_into_chunks() {
            return alloc::vec::Vec::new();
        }
        self.descendants(OPENING_LEVELS)
    }

    /// The node of hash `index` in an opening of this node.
    pub fn descend(&self, index: u32) -> Option<Self> {
        self.parts().get(usize::try_from(index).ok()?).copied()
    }
}

fn verify_hashes(node: &Node, expected: &NodeHash, hashes: &[NodeHash]) -> Result<(), OpeningError> {
    if node.opens_into_chunks() {
        return Err(OpeningError::ChunksExpected);
    }
    let mut rest = hashes.iter();
    let hash = combine(node, OPENING_LEVELS, &mut rest);
    let unused = rest.len();
    match hash {
        Some(hash) if unused == 0 => same(&hash, expected),
        _ => Err(OpeningError::HashCount {
            expected: u32::try_from(node.parts().len()).unwrap_or(u32::MAX),
            found: u32::try_from(hashes.len()).unwrap_or(u32::MAX),
        }),
    }
}

fn verify_chunks(node: &Node, expected: &NodeHash, bytes: &[u8]) -> Result<(), OpeningError> {
    if !node.opens_into_chunks() {
        return Err(OpeningError::HashesExpected);
    }
    let hash = hash_bytes(node, bytes).ok_or(OpeningError::ByteCount {
        expected: node.bytes(),
        found: len64(bytes),
    })?;
    same(&hash, expected)
}

fn same(hash: &NodeHash, expected: &NodeHash) -> Result<(), OpeningError> {
    if hash == expected {
        Ok(())
    } else {
        Err(OpeningError::HashMismatch)
    }
}

/// The hash of `node` from those `levels` below; none when they run out.
fn combine<'h>(
    node: &Node,
    levels: u32,
    hashes: &mut impl Iterator<Item = &'h NodeHash>,
) -> Option<NodeHash> {
    match (levels.checked_sub(1), node.children()) {
        (Some(levels), Some((left, right))) => {
            let left = combine(&left, levels, hashes)?;
            let right = combine(&right, levels, hashes)?;
            Some(hash_children(node, &left, &right))
        }
        _ => hashes.next().copied(),
    }
}
