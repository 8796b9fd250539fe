//! The same trees as `bao-tree`'s, which says every pair of children in pre-order.

use bao_tree::{
    io::{outboard::PreOrderMemOutboard, sync::encode_ranges_validated},
    BlockSize, ChunkNum, ChunkRanges,
};
use edgeproof_proofs::{Node, NodeHash, NodeOpening};

use crate::blobs::{blob, outboard, sets_of_chunks, LENGTHS};

/// Walks pairs of hashes in pre-order along our tree.
fn pairs(node: &Node, pre_order: &mut &[u8], visit: &mut impl FnMut(&Node, NodeHash)) {
    let Some((left, right)) = node.children() else {
        return;
    };
    let (pair, rest) = pre_order.split_at(64);
    *pre_order = rest;
    visit(&left, pair[..32].try_into().unwrap());
    visit(&right, pair[32..].try_into().unwrap());
    pairs(&left, pre_order, visit);
    pairs(&right, pre_order, visit);
}

#[test]
fn every_node_has_the_hash_that_bao_tree_gives_it() {
    for bytes in LENGTHS {
        let blob = blob(bytes, 1);
        let oracle = PreOrderMemOutboard::create(&blob, BlockSize::ZERO);
        let ours = outboard(&blob);
        assert_eq!(ours.hash(), *oracle.root.as_bytes(), "{bytes} bytes");

        let mut hashes = std::collections::BTreeMap::new();
        hashes.insert((0, ours.root().chunks()), ours.hash());
        let mut rest = &oracle.data[..];
        pairs(&ours.root(), &mut rest, &mut |node, hash| {
            hashes.insert((node.first_chunk(), node.chunks()), hash);
        });
        assert!(
            rest.is_empty(),
            "our tree of {bytes} bytes is as large as bao-tree's"
        );

        for ((first, chunks), hash) in &hashes {
            let node = Node::find(bytes as u64, *first, *chunks).expect("both have this node");
            let opening = ours.open(&node, &mut &blob[..]).expect("the blob is at hand");
            opening.verify(&node, hash).expect("an honest opening stands");
            if let NodeOpening::Hashes(parts) = opening {
                for (part, found) in node.parts().iter().zip(&parts) {
                    assert_eq!(*found, hashes[&(part.first_chunk(), part.chunks())]);
                }
            }
        }
    }
}

/// Takes from a bao encoding of some chunks what our proof of them carries.
fn expected(
    node: &Node,
    chunks: &[u32],
    encoded: &mut &[u8],
    bytes: &mut Vec<u8>,
    siblings: &mut Vec<NodeHash>,
) {
    let Some((left, right)) = node.children() else {
        let (chunk, rest) = encoded.split_at(node.bytes() as usize);
        *encoded = rest;
        bytes.extend(chunk);
        return;
    };
    let (pair, rest) = encoded.split_at(64);
    *encoded = rest;
    let middle = chunks.partition_point(|chunk| *chunk < right.first_chunk());
    for (child, hash, chunks) in [
        (left, &pair[..32], &chunks[..middle]),
        (right, &pair[32..], &chunks[middle..]),
    ] {
        if chunks.is_empty() {
            siblings.push(hash.try_into().unwrap());
        } else {
            expected(&child, chunks, encoded, bytes, siblings);
        }
    }
}

#[test]
fn proofs_carry_the_chunks_and_siblings_of_a_bao_encoding() {
    for bytes in LENGTHS {
        let blob = blob(bytes, 2);
        let oracle = PreOrderMemOutboard::create(&blob, BlockSize::ZERO);
        let ours = outboard(&blob);
        for chunks in sets_of_chunks(ours.root().chunks()) {
            let mut ranges = ChunkRanges::empty();
            for chunk in &chunks {
                ranges |= ChunkRanges::from(ChunkNum(u64::from(*chunk))..ChunkNum(u64::from(*chunk) + 1));
            }
            let mut encoded = Vec::new();
            encode_ranges_validated(&blob, &oracle, &ranges, &mut encoded).expect("bao-tree has the blob");
            let (mut opened, mut siblings) = (Vec::new(), Vec::new());
            let mut rest = &encoded[..];
            expected(&ours.root(), &chunks, &mut rest, &mut opened, &mut siblings);
            assert!(rest.is_empty());

            let proof = ours.prove(&chunks, &mut &blob[..]).expect("the blob is at hand");
            assert_eq!(proof.bytes.to_vec(), opened, "{chunks:?} of {bytes} bytes");
            assert_eq!(proof.siblings.to_vec(), siblings, "{chunks:?} of {bytes} bytes");
        }
    }
}
