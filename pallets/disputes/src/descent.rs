//! The rules of the descent: pure, so that a player can follow them off chain.

use crate::types::Side;
use alloc::vec::Vec;
use edgeproof_primitives::{Hash, Tree};
use edgeproof_proofs::{trace, Node, NodeOpening};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

const BYTES_PER_WORD: u64 = 4;

/// Where the openings of a node lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Descent {
    /// Into a node of the same tree: what each side claims as its hash.
    Node(Node, Vec<Hash>),
    /// Into the output of a step: what each side claims as its root.
    Output(u32, Vec<Hash>),
    /// To a word: what each side claims as the 1024 bytes of the chunk that holds it, and which word it is.
    Word(u32, Vec<Vec<u8>>),
}

/// The first place where two of several lists differ.
fn first_difference<T: PartialEq>(lists: &[&[T]]) -> Option<usize> {
    let (first, others) = lists.split_first()?;
    others
        .iter()
        .filter_map(|other| {
            let differs = first.iter().zip(other.iter()).position(|(a, b)| a != b);
            differs.or_else(|| (first.len() != other.len()).then(|| first.len().min(other.len())))
        })
        .min()
}

/// Where the verified openings of `node`, one for each side, lead: to the first part that is not agreed, so that
/// everything before it is. `None` when they do not differ, or are not of one kind: openings of different hashes do.
pub fn descend(tree: Tree, node: &Node, openings: &[&NodeOpening]) -> Option<Descent> {
    if node.opens_into_chunks() {
        let bytes: Vec<&[u8]> = openings
            .iter()
            .map(|opening| match opening {
                NodeOpening::Chunks(bytes) => Some(bytes.as_slice()),
                NodeOpening::Hashes(_) => None,
            })
            .collect::<Option<_>>()?;
        return match tree {
            Tree::Trace => into_output(node, &bytes),
            Tree::Output(_) => into_word(node, &bytes),
        };
    }
    let hashes: Vec<&[Hash]> = openings
        .iter()
        .map(|opening| match opening {
            NodeOpening::Hashes(hashes) => Some(hashes.as_slice()),
            NodeOpening::Chunks(_) => None,
        })
        .collect::<Option<_>>()?;
    let place = first_difference(&hashes)?;
    let claimed = hashes
        .iter()
        .map(|hashes| hashes.get(place).copied())
        .collect::<Option<_>>()?;
    let next = node.descend(u32::try_from(place).ok()?)?;
    Some(Descent::Node(next, claimed))
}

fn into_output(node: &Node, bytes: &[&[u8]]) -> Option<Descent> {
    let leaves: Vec<&[Hash]> = bytes.iter().map(|bytes| bytes.as_chunks().0).collect();
    let place = first_difference(&leaves)?;
    let claimed = leaves
        .iter()
        .map(|leaves| leaves.get(place).copied())
        .collect::<Option<_>>()?;
    let before = node.first_byte().checked_div(trace::LEAF_BYTES)?;
    let position = before.checked_add(u64::try_from(place).ok()?)?;
    Some(Descent::Output(u32::try_from(position).ok()?, claimed))
}

fn into_word(node: &Node, bytes: &[&[u8]]) -> Option<Descent> {
    let words: Vec<&[[u8; 4]]> = bytes.iter().map(|bytes| bytes.as_chunks().0).collect();
    let place = first_difference(&words)?;
    let before = node.first_byte().checked_div(BYTES_PER_WORD)?;
    let word = before.checked_add(u64::try_from(place).ok()?)?;
    // Whole chunks lie below the node, so the word's chunk is whole, too, or the last of the buffer.
    let chunk = place.checked_div(256)?;
    let claimed = bytes
        .iter()
        .map(|bytes| bytes.chunks(1024).nth(chunk).map(<[u8]>::to_vec))
        .collect::<Option<_>>()?;
    Some(Descent::Word(u32::try_from(word).ok()?, claimed))
}

/// The words that an invocation writes, out of the chunk that holds them. `first` is its first word in the buffer.
pub fn words_of(chunk: &[u8], first: u32, width: u32) -> Option<BoundedVec<u32, ConstU32<4>>> {
    let words = chunk.as_chunks::<4>().0;
    let start = usize::try_from(first.checked_rem(256)?).ok()?;
    let end = start.checked_add(usize::try_from(width).ok()?)?;
    let words = words
        .get(start..end)?
        .iter()
        .map(|word| u32::from_le_bytes(*word));
    BoundedVec::try_from(words.collect::<Vec<_>>()).ok()
}

/// The different hashes that sides claim of the node that is open.
pub fn distinct(sides: &[Side]) -> Vec<Hash> {
    let mut hashes = Vec::new();
    for side in sides {
        if !hashes.contains(&side.claimed) {
            hashes.push(side.claimed);
        }
    }
    hashes
}
