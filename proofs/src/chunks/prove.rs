use alloc::vec::Vec;

use bounded_collections::BoundedVec;

use super::{ChunkOpening, MultiProof, PROOF_CHUNKS};
use crate::tree::read_node;
use crate::{Node, NodeHash, Outboard, ProveError, Source};

/// Chunks end to end, and the hashes beside them.
#[derive(Default)]
struct Parts {
    bytes: Vec<u8>,
    siblings: Vec<NodeHash>,
}

impl Outboard {
    /// The proof of a set of chunks, given in any order. Reads, beside the chunks, at most 64 KiB of `blob` for each
    /// sibling within a group of an opened chunk.
    ///
    /// # Errors
    /// When there is no such proof or the blob cannot be read.
    pub fn prove<S: Source>(&self, chunks: &[u32], blob: &mut S) -> Result<MultiProof, ProveError<S::Error>> {
        let mut numbers = chunks.to_vec();
        numbers.sort_unstable();
        numbers.dedup();
        if numbers.len() > usize::try_from(PROOF_CHUNKS).unwrap_or(usize::MAX) {
            return Err(ProveError::TooManyChunks(
                u64::try_from(numbers.len()).unwrap_or(u64::MAX),
            ));
        }
        let parts = self.parts(&numbers, blob)?;
        Ok(MultiProof {
            chunks: BoundedVec::truncate_from(numbers),
            bytes: BoundedVec::truncate_from(parts.bytes),
            siblings: BoundedVec::truncate_from(parts.siblings),
        })
    }

    /// The opening of one chunk.
    ///
    /// # Errors
    /// When the blob has no such chunk or cannot be read.
    pub fn open_chunk<S: Source>(
        &self,
        chunk: u32,
        blob: &mut S,
    ) -> Result<ChunkOpening, ProveError<S::Error>> {
        let parts = self.parts(&[chunk], blob)?;
        Ok(ChunkOpening {
            bytes: BoundedVec::truncate_from(parts.bytes),
            siblings: BoundedVec::truncate_from(parts.siblings),
        })
    }

    fn parts<S: Source>(&self, chunks: &[u32], blob: &mut S) -> Result<Parts, ProveError<S::Error>> {
        let last = chunks.last().ok_or(ProveError::NoChunks)?;
        if *last >= self.root().chunks() {
            return Err(ProveError::IndexOutOfRange(*last));
        }
        let mut gathered = Parts::default();
        self.gather(&self.root(), chunks, blob, &mut gathered)?;
        Ok(gathered)
    }

    fn gather<S: Source>(
        &self,
        node: &Node,
        chunks: &[u32],
        blob: &mut S,
        into: &mut Parts,
    ) -> Result<(), ProveError<S::Error>> {
        if chunks.is_empty() {
            into.siblings.push(self.node_hash(node, blob)?);
            return Ok(());
        }
        let Some((left, right)) = node.children() else {
            into.bytes.extend(read_node(node, blob)?);
            return Ok(());
        };
        let middle = chunks.partition_point(|chunk| *chunk < right.first_chunk());
        let (before, after) = chunks.split_at_checked(middle).unwrap_or((chunks, &[]));
        self.gather(&left, before, blob, into)?;
        self.gather(&right, after, blob, into)
    }
}
