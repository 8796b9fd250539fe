use blake3::{
    hazmat::{merge_subtrees_non_root, merge_subtrees_root, HasherExt, Mode},
    Hasher,
};

use super::Node;
use crate::len64;

/// What a node hashes to: at the top of the tree the blob's BLAKE3 hash, elsewhere a BLAKE3 chaining value.
pub type NodeHash = [u8; 32];

/// The hash of `node` over `bytes`, all that lie below it; none when they are not [`Node::bytes`] many.
pub(crate) fn hash_bytes(node: &Node, bytes: &[u8]) -> Option<NodeHash> {
    if len64(bytes) != node.bytes() {
        return None;
    }
    if node.is_root() {
        return Some(*blake3::hash(bytes).as_bytes());
    }
    let mut hasher = Hasher::new();
    hasher.set_input_offset(node.first_byte()).update(bytes);
    Some(hasher.finalize_non_root())
}

/// The hash of `node` over those of its two children.
pub(crate) fn hash_children(node: &Node, left: &NodeHash, right: &NodeHash) -> NodeHash {
    if node.is_root() {
        *merge_subtrees_root(left, right, Mode::Hash).as_bytes()
    } else {
        merge_subtrees_non_root(left, right, Mode::Hash)
    }
}
