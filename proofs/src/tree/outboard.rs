use alloc::{vec, vec::Vec};

use blake3::{hazmat::HasherExt, Hasher};
use bounded_collections::BoundedVec;

use super::{hash_bytes, hash_children, LengthError, Node, NodeHash, NodeOpening, ProveError, Source};
use crate::{len64, CHUNK_BYTES_U64};

/// Chunks below one stored hash: 64 KiB.
pub const GROUP_CHUNKS: u32 = 64;

/// What a prover keeps beside a blob, so that no opening hashes the whole blob again: the hash of each 64 KiB.
/// 64 KiB of hashes for a blob of 128 MiB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outboard {
    root: Node,
    hash: NodeHash,
    groups: Vec<NodeHash>,
}

impl Outboard {
    /// Of a blob in memory.
    ///
    /// # Errors
    /// When no blob has this length.
    pub fn new(bytes: &[u8]) -> Result<Self, LengthError> {
        let mut writer = OutboardWriter::new(len64(bytes))?;
        writer.write(bytes);
        writer.finish()
    }

    /// The top of the blob's tree.
    pub fn root(&self) -> Node {
        self.root
    }

    /// The blob's BLAKE3 hash.
    pub fn hash(&self) -> NodeHash {
        self.hash
    }

    /// The one valid opening of `node`. Reads at most 64 KiB from `blob` for each part below a group, at most the
    /// bytes of the node in all, and nothing for nodes above.
    ///
    /// # Errors
    /// When the node is not of this blob or the blob cannot be read.
    pub fn open<S: Source>(&self, node: &Node, blob: &mut S) -> Result<NodeOpening, ProveError<S::Error>> {
        if node.blob_bytes() != self.root.blob_bytes() {
            return Err(ProveError::OtherBlob {
                expected: self.root.blob_bytes(),
                found: node.blob_bytes(),
            });
        }
        if node.opens_into_chunks() {
            let bytes = read_node(node, blob)?;
            return Ok(NodeOpening::Chunks(BoundedVec::truncate_from(bytes)));
        }
        let mut hashes = Vec::new();
        for part in node.parts() {
            hashes.push(self.node_hash(&part, blob)?);
        }
        Ok(NodeOpening::Hashes(BoundedVec::truncate_from(hashes)))
    }

    /// The hash of a node of this blob.
    ///
    /// # Errors
    /// When the blob cannot be read.
    pub(crate) fn node_hash<S: Source>(
        &self,
        node: &Node,
        blob: &mut S,
    ) -> Result<NodeHash, ProveError<S::Error>> {
        if node.is_root() {
            return Ok(self.hash);
        }
        if let Some(hash) = self.group(node) {
            return Ok(hash);
        }
        match node.children() {
            Some((left, right)) if node.chunks() > GROUP_CHUNKS => {
                let left = self.node_hash(&left, blob)?;
                let right = self.node_hash(&right, blob)?;
                Ok(hash_children(node, &left, &right))
            }
            _ => {
                let bytes = read_node(node, blob)?;
                hash_bytes(node, &bytes).ok_or(ProveError::IndexOutOfRange(node.first_chunk()))
            }
        }
    }

    /// The stored hash of a node that is a whole group.
    fn group(&self, node: &Node) -> Option<NodeHash> {
        let group = group(&self.root, node.first_chunk().checked_div(GROUP_CHUNKS)?)?;
        if group != *node {
            return None;
        }
        let at = node.first_chunk().checked_div(GROUP_CHUNKS)?;
        self.groups.get(usize::try_from(at).ok()?).copied()
    }
}

/// The bytes below a node of at most [`GROUP_CHUNKS`] chunks.
pub(crate) fn read_node<S: Source>(node: &Node, blob: &mut S) -> Result<Vec<u8>, ProveError<S::Error>> {
    let mut bytes = vec![0; usize::try_from(node.bytes()).unwrap_or(0)];
    blob.read_at(node.first_byte(), &mut bytes)
        .map_err(ProveError::Source)?;
    Ok(bytes)
}

/// The node over group `number`. Groups are subtrees because their size is a power of two.
fn group(root: &Node, number: u32) -> Option<Node> {
    let first = number.checked_mul(GROUP_CHUNKS)?;
    let chunks = root.chunks().checked_sub(first)?.min(GROUP_CHUNKS);
    Node::find(root.blob_bytes(), first, chunks)
}

/// Hashes a blob while its bytes pass by, in constant memory beside the outboard.
#[derive(Clone, Debug)]
pub struct OutboardWriter {
    root: Node,
    /// The group that is being hashed; none after the last.
    group: Option<Node>,
    hasher: Hasher,
    hashes: Vec<NodeHash>,
    written: u64,
}

impl OutboardWriter {
    /// For a blob of `blob_bytes` bytes.
    ///
    /// # Errors
    /// When no blob has this length.
    pub fn new(blob_bytes: u64) -> Result<Self, LengthError> {
        let root = Node::root(blob_bytes)?;
        Ok(Self {
            root,
            group: group(&root, 0),
            hasher: Hasher::new(),
            hashes: Vec::new(),
            written: 0,
        })
    }

    /// Takes the next bytes of the blob. Large slices hash faster. Bytes beyond the blob's length are counted only.
    pub fn write(&mut self, mut bytes: &[u8]) {
        self.written = self.written.saturating_add(len64(bytes));
        while let Some(node) = self.group {
            let missing = node.bytes().saturating_sub(self.hasher.count());
            let take = usize::try_from(missing).unwrap_or(usize::MAX).min(bytes.len());
            let (now, later) = bytes.split_at_checked(take).unwrap_or((bytes, &[]));
            self.hasher.update(now);
            bytes = later;
            if self.hasher.count() < node.bytes() {
                return;
            }
            self.close(&node);
        }
    }

    fn close(&mut self, node: &Node) {
        self.hashes.push(if node.is_root() {
            *self.hasher.finalize().as_bytes()
        } else {
            self.hasher.finalize_non_root()
        });
        let end = node.first_chunk().saturating_add(node.chunks());
        self.group = end
            .checked_div(GROUP_CHUNKS)
            .filter(|_| end < self.root.chunks())
            .and_then(|number| group(&self.root, number));
        self.hasher = Hasher::new();
        if self.group.is_some() {
            let offset = u64::from(end).saturating_mul(CHUNK_BYTES_U64);
            self.hasher.set_input_offset(offset);
        }
    }

    /// The outboard of what was written.
    ///
    /// # Errors
    /// When the bytes written are not as many as were announced.
    pub fn finish(self) -> Result<Outboard, LengthError> {
        let mut rest = self.hashes.iter();
        match combine(&self.root, &mut rest) {
            Some(hash) if self.written == self.root.blob_bytes() => Ok(Outboard {
                root: self.root,
                hash,
                groups: self.hashes,
            }),
            _ => Err(LengthError::Announced {
                expected: self.root.blob_bytes(),
                found: self.written,
            }),
        }
    }
}

/// The hash of `node` from those of its groups; none when they run out.
fn combine<'h>(node: &Node, groups: &mut impl Iterator<Item = &'h NodeHash>) -> Option<NodeHash> {
    match node.children() {
        Some((left, right)) if node.chunks() > GROUP_CHUNKS => {
            let left = combine(&left, groups)?;
            let right = combine(&right, groups)?;
            Some(hash_children(node, &left, &right))
        }
        _ => groups.next().copied(),
    }
}
