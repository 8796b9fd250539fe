use alloc::vec::Vec;
use core::fmt;

use codec::{Decode, DecodeWithMemTracking, Encode, Input, MaxEncodedLen};
use scale_info::TypeInfo;

use crate::{CHUNK_BYTES, CHUNK_BYTES_U64};

/// Bytes of the longest blob whose chunks have `u32` numbers and a `u32` count: 1 KiB less than 4 TiB.
pub const MAX_BLOB_BYTES: u64 = 0xffff_ffff * CHUNK_BYTES_U64;

/// A length that no blob has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LengthError {
    /// Blobs are not empty.
    Empty,
    /// More than [`MAX_BLOB_BYTES`].
    TooLong(u64),
    /// A blob has another length than was announced.
    Announced { expected: u64, found: u64 },
}

impl fmt::Display for LengthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("a blob has at least one byte"),
            Self::TooLong(bytes) => write!(f, "{bytes} bytes are more than the {MAX_BLOB_BYTES} of a blob"),
            Self::Announced { expected, found } => {
                write!(f, "{found} bytes were written, {expected} announced")
            }
        }
    }
}

impl core::error::Error for LengthError {}

/// A node of the tree of a blob: the chunks that lie below it.
///
/// Every value is a node that exists in the tree of a blob of [`Self::blob_bytes`]; the decoder refuses others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, MaxEncodedLen, TypeInfo)]
pub struct Node {
    blob_bytes: u64,
    first_chunk: u32,
    chunks: u32,
}

impl Node {
    /// The top of the tree of a blob of `blob_bytes` bytes.
    ///
    /// # Errors
    /// When no blob has this length.
    pub fn root(blob_bytes: u64) -> Result<Self, LengthError> {
        if blob_bytes == 0 {
            return Err(LengthError::Empty);
        }
        let chunks = u32::try_from(blob_bytes.div_ceil(CHUNK_BYTES_U64))
            .map_err(|_| LengthError::TooLong(blob_bytes))?;
        Ok(Self {
            blob_bytes,
            first_chunk: 0,
            chunks,
        })
    }

    /// The node over `chunks` chunks from `first_chunk` on, where the tree has one.
    pub fn find(blob_bytes: u64, first_chunk: u32, chunks: u32) -> Option<Self> {
        let mut node = Self::root(blob_bytes).ok()?;
        while (node.first_chunk, node.chunks) != (first_chunk, chunks) {
            let (left, right) = node.children()?;
            node = if first_chunk < right.first_chunk {
                left
            } else {
                right
            };
        }
        Some(node)
    }

    /// Bytes of the whole blob.
    pub fn blob_bytes(&self) -> u64 {
        self.blob_bytes
    }

    /// The number of the first chunk below this node.
    pub fn first_chunk(&self) -> u32 {
        self.first_chunk
    }

    /// Chunks below this node, at least 1.
    pub fn chunks(&self) -> u32 {
        self.chunks
    }

    /// Where the bytes below this node begin in the blob.
    pub fn first_byte(&self) -> u64 {
        u64::from(self.first_chunk).saturating_mul(CHUNK_BYTES_U64)
    }

    /// Bytes below this node: whole chunks, apart from the last of the blob.
    pub fn bytes(&self) -> u64 {
        let first = self.first_byte();
        let whole = u64::from(self.chunks).saturating_mul(CHUNK_BYTES_U64);
        whole.min(self.blob_bytes.saturating_sub(first))
    }

    /// True at the top of the tree.
    pub fn is_root(&self) -> bool {
        self.bytes() == self.blob_bytes
    }

    /// The two children, none for a chunk.
    pub fn children(&self) -> Option<(Self, Self)> {
        if self.chunks < 2 {
            return None;
        }
        let left_bytes = blake3::hazmat::left_subtree_len(self.bytes());
        let left_chunks = u32::try_from(left_bytes.div_ceil(CHUNK_BYTES_U64)).ok()?;
        let left = Self {
            chunks: left_chunks,
            ..*self
        };
        let right = Self {
            first_chunk: self.first_chunk.checked_add(left_chunks)?,
            chunks: self.chunks.checked_sub(left_chunks)?,
            ..*self
        };
        Some((left, right))
    }

    /// The nodes `levels` below this one, left to right; chunks that end the tree earlier stand for themselves.
    /// At most 2^`levels`, and no more than there are chunks.
    pub fn descendants(&self, levels: u32) -> Vec<Self> {
        let mut nodes = Vec::new();
        self.collect(levels, &mut nodes);
        nodes
    }

    fn collect(&self, levels: u32, into: &mut Vec<Self>) {
        match (levels.checked_sub(1), self.children()) {
            (Some(levels), Some((left, right))) => {
                left.collect(levels, into);
                right.collect(levels, into);
            }
            _ => into.push(*self),
        }
    }
}

impl Decode for Node {
    fn decode<I: Input>(input: &mut I) -> Result<Self, codec::Error> {
        let (blob_bytes, first_chunk, chunks) = Decode::decode(input)?;
        Self::find(blob_bytes, first_chunk, chunks)
            .ok_or_else(|| "no such node in a blob of this length".into())
    }
}

impl DecodeWithMemTracking for Node {}

/// Bytes of chunk `number` of a blob, which has it.
pub(crate) fn chunk_bytes(blob_bytes: u64, number: u32) -> usize {
    let first = u64::from(number).saturating_mul(CHUNK_BYTES_U64);
    usize::try_from(blob_bytes.saturating_sub(first)).map_or(CHUNK_BYTES, |rest| rest.min(CHUNK_BYTES))
}
