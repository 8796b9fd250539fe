use super::{ChunkOpening, MultiProof, OpenedChunks, ProofError};
use crate::tree::{chunk_bytes, hash_bytes, hash_children};
use crate::{len64, Node, NodeHash, CHUNK_BYTES_U64};

impl MultiProof {
    /// Checks that all chunks lie under `root`, the hash of a blob of `blob_bytes` bytes, and hands them out.
    ///
    /// Linear in the proof: at most 17 compressions for each chunk and one for each sibling hash. Allocates one bit
    /// of bookkeeping for each chunk.
    ///
    /// # Errors
    /// What is wrong with the proof, also when it opens more than `max_chunks`.
    pub fn verify(
        &self,
        root: &NodeHash,
        blob_bytes: u64,
        max_chunks: u32,
    ) -> Result<OpenedChunks<'_>, ProofError> {
        let found = u32::try_from(self.chunks.len()).unwrap_or(u32::MAX);
        if found > max_chunks {
            return Err(ProofError::TooManyChunks {
                maximum: max_chunks,
                found,
            });
        }
        verify(root, blob_bytes, &self.chunks, &self.bytes, &self.siblings)?;
        Ok(OpenedChunks::new(blob_bytes, &self.chunks, &self.bytes))
    }
}

impl ChunkOpening {
    /// Checks that the bytes are chunk `chunk` of the blob of `blob_bytes` bytes that hashes to `root`, and hands
    /// them out. At most 48 compressions.
    ///
    /// # Errors
    /// What is wrong with the opening.
    pub fn verify(&self, root: &NodeHash, blob_bytes: u64, chunk: u32) -> Result<&[u8], ProofError> {
        verify(root, blob_bytes, &[chunk], &self.bytes, &self.siblings)?;
        Ok(&self.bytes)
    }
}

fn verify(
    root: &NodeHash,
    blob_bytes: u64,
    chunks: &[u32],
    bytes: &[u8],
    siblings: &[NodeHash],
) -> Result<(), ProofError> {
    let top = Node::root(blob_bytes)?;
    check_numbers(&top, chunks)?;
    check_length(&top, chunks, bytes)?;

    let mut walk = Walk {
        bytes,
        siblings: siblings.iter(),
    };
    let found = u32::try_from(siblings.len()).unwrap_or(u32::MAX);
    let hash = walk
        .hash(&top, chunks)
        .ok_or(ProofError::HashesMissing { found })?;
    let extra = u32::try_from(walk.siblings.len()).unwrap_or(u32::MAX);
    if extra > 0 {
        return Err(ProofError::HashesExtra {
            expected: found.saturating_sub(extra),
            found,
        });
    }
    if hash == *root {
        Ok(())
    } else {
        Err(ProofError::RootMismatch)
    }
}

/// Ascending, each once, all in the blob, at least one.
fn check_numbers(top: &Node, chunks: &[u32]) -> Result<(), ProofError> {
    let last = chunks.last().ok_or(ProofError::NoChunks)?;
    for (at, pair) in (1u32..).zip(chunks.windows(2)) {
        if !pair.is_sorted_by(|before, after| before < after) {
            return Err(ProofError::NotSorted { at });
        }
    }
    if *last >= top.chunks() {
        return Err(ProofError::IndexOutOfRange {
            chunk: *last,
            chunks: top.chunks(),
        });
    }
    Ok(())
}

/// All chunks are whole, apart from the last of the blob.
fn check_length(top: &Node, chunks: &[u32], bytes: &[u8]) -> Result<(), ProofError> {
    let last = chunks
        .last()
        .map_or(0, |last| chunk_bytes(top.blob_bytes(), *last));
    let whole = u64::try_from(chunks.len().saturating_sub(1)).unwrap_or(u64::MAX);
    let expected = whole
        .saturating_mul(CHUNK_BYTES_U64)
        .saturating_add(u64::try_from(last).unwrap_or(0));
    if expected == len64(bytes) {
        Ok(())
    } else {
        Err(ProofError::LengthOfChunks {
            expected,
            found: len64(bytes),
        })
    }
}

/// What of a proof is not used up yet.
struct Walk<'p> {
    bytes: &'p [u8],
    siblings: core::slice::Iter<'p, NodeHash>,
}

impl Walk<'_> {
    /// The hash of `node`, below which `chunks` are opened. Goes at most 32 levels down. None when the proof has
    /// nothing left to say it.
    fn hash(&mut self, node: &Node, chunks: &[u32]) -> Option<NodeHash> {
        if chunks.is_empty() {
            return self.siblings.next().copied();
        }
        if u32::try_from(chunks.len()) == Ok(node.chunks()) {
            let (now, later) = self.bytes.split_at_checked(usize::try_from(node.bytes()).ok()?)?;
            self.bytes = later;
            return hash_bytes(node, now);
        }
        let (left, right) = node.children()?;
        let middle = chunks.partition_point(|chunk| *chunk < right.first_chunk());
        let (before, after) = chunks.split_at_checked(middle)?;
        let left = self.hash(&left, before)?;
        let right = self.hash(&right, after)?;
        Some(hash_children(node, &left, &right))
    }
}
