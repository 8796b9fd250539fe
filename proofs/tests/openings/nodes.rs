//! The tree's shape, the outboard, and honest walks down a tree.

use codec::{Decode, DecodeAll, Encode, MaxEncodedLen};
use edgeproof_proofs::{
    blob_root, LengthError, Node, NodeOpening, Outboard, OutboardWriter, ProveError, Seeking, SourceTooShort,
    MAX_BLOB_BYTES, OPENING_HASHES,
};
use proptest::prelude::*;

use crate::blobs::{blob, outboard, LENGTHS};

/// Opens nodes from the root down to the chunk, and returns the openings.
fn walk(blob: &[u8], chunk: u32) -> Vec<NodeOpening> {
    let outboard = outboard(blob);
    let mut node = outboard.root();
    let mut hash = outboard.hash();
    let mut openings = Vec::new();
    loop {
        let opening = outboard.open(&node, &mut &*blob).expect("the blob is at hand");
        opening.verify(&node, &hash).expect("an honest opening stands");
        openings.push(opening.clone());
        match opening {
            NodeOpening::Chunks(bytes) => {
                let first = node.first_byte() as usize;
                assert_eq!(bytes[..], blob[first..first + node.bytes() as usize]);
                return openings;
            }
            NodeOpening::Hashes(hashes) => {
                let index = node
                    .parts()
                    .iter()
                    .position(|part| chunk - part.first_chunk() < part.chunks())
                    .expect("the parts cover the node");
                node = node.descend(index as u32).expect("a part");
                hash = hashes[index];
            }
        }
    }
}

#[test]
fn the_hash_of_a_blob_is_blake3() {
    for bytes in LENGTHS {
        let blob = blob(bytes, 3);
        assert_eq!(outboard(&blob).hash(), *blake3::hash(&blob).as_bytes());
        assert_eq!(blob_root(&blob), *blake3::hash(&blob).as_bytes());
    }
}

#[test]
fn every_chunk_is_reached_by_honest_openings() {
    for bytes in LENGTHS {
        let blob = blob(bytes, 4);
        let chunks = bytes.div_ceil(1024) as u32;
        for chunk in [0, chunks / 3, chunks / 2, chunks - 1] {
            walk(&blob, chunk);
        }
    }
}

#[test]
fn the_longest_buffer_takes_three_openings_and_the_longest_trace_two() {
    let parts = |bytes: u64| {
        let mut node = Node::root(bytes).expect("a blob");
        let mut openings = 1;
        while let Some(part) = node.descend(0) {
            node = part;
            openings += 1;
        }
        openings
    };
    assert_eq!(parts(128 << 20), 3);
    assert_eq!(parts(4_096 * 32), 2);
    assert_eq!(parts(32 * 1024), 1);
    assert_eq!(parts(32 * 1024 + 1), 2);
}

#[test]
fn a_root_has_the_chunks_of_its_blob() {
    assert_eq!(Node::root(0), Err(LengthError::Empty));
    assert_eq!(Node::root(1).map(|node| node.chunks()), Ok(1));
    assert_eq!(Node::root(MAX_BLOB_BYTES).map(|node| node.chunks()), Ok(u32::MAX));
    assert_eq!(
        Node::root(MAX_BLOB_BYTES + 1),
        Err(LengthError::TooLong(MAX_BLOB_BYTES + 1))
    );
    assert_eq!(Node::root(u64::MAX), Err(LengthError::TooLong(u64::MAX)));
}

#[test]
fn only_the_top_is_a_root() {
    let mut nodes = vec![Node::root(100_000).expect("a blob")];
    assert!(nodes[0].is_root());
    while let Some((left, right)) = nodes.pop().and_then(|node| node.children()) {
        assert!(!left.is_root() && !right.is_root());
        nodes.extend([left, right]);
    }
}

#[test]
fn chunks_that_end_the_tree_early_stand_for_themselves() {
    // 33 chunks: 32 to the left, five levels above chunks, and one to the right.
    let node = Node::root(33 * 1024).expect("a blob");
    let parts = node.parts();
    assert_eq!(parts.len(), 33);
    assert!(parts.iter().all(|part| part.chunks() == 1));
    assert_eq!(node.descend(32).map(|part| part.first_chunk()), Some(32));
    assert_eq!(node.descend(33), None);
}

#[test]
fn a_written_blob_has_the_outboard_of_the_whole() {
    for bytes in LENGTHS {
        let blob = blob(bytes, 5);
        for piece in [1, 1000, 1024, 65_536, 100_000, usize::MAX] {
            if bytes / piece > 2_000 {
                continue;
            }
            let mut writer = OutboardWriter::new(bytes as u64).expect("a blob");
            for part in blob.chunks(piece) {
                writer.write(part);
            }
            assert_eq!(writer.finish(), Ok(outboard(&blob)), "{bytes} bytes by {piece}");
        }
    }
}

#[test]
fn a_blob_of_another_length_than_announced_has_no_outboard() {
    for (announced, written) in [
        (10, 9),
        (10, 11),
        (65_536, 65_537),
        (65_537, 65_536),
        (200_000, 0),
    ] {
        let mut writer = OutboardWriter::new(announced).expect("a blob");
        writer.write(&vec![1; written]);
        assert_eq!(
            writer.finish(),
            Err(LengthError::Announced {
                expected: announced,
                found: written as u64
            })
        );
    }
    assert_eq!(Outboard::new(&[]), Err(LengthError::Empty));
}

#[test]
fn a_file_opens_like_memory() {
    let blob = blob(300_000, 6);
    let outboard = outboard(&blob);
    let mut file = Seeking(std::io::Cursor::new(&blob));
    for node in outboard.root().descendants(4) {
        assert_eq!(
            outboard.open(&node, &mut file).expect("a cursor reads"),
            outboard.open(&node, &mut &blob[..]).expect("the blob is at hand")
        );
    }
}

#[test]
fn a_prover_says_what_it_cannot_open() {
    let blob = blob(100_000, 7);
    let outboard = outboard(&blob);
    let other = Node::root(100_001).expect("a blob");
    assert_eq!(
        outboard.open(&other, &mut &blob[..]),
        Err(ProveError::OtherBlob {
            expected: 100_000,
            found: 100_001
        })
    );
    assert_eq!(
        outboard.open(&outboard.root(), &mut &blob[..10]),
        Err(ProveError::Source(SourceTooShort))
    );
    assert_eq!(outboard.prove(&[], &mut &blob[..]), Err(ProveError::NoChunks));
    assert_eq!(
        outboard.prove(&[98], &mut &blob[..]),
        Err(ProveError::IndexOutOfRange(98))
    );
    let many: Vec<u32> = (0..2_049).collect();
    assert_eq!(
        outboard.prove(&many, &mut &blob[..]),
        Err(ProveError::TooManyChunks(2_049))
    );
}

#[test]
fn the_longest_openings_are_as_long_as_documented() {
    assert_eq!(NodeOpening::max_encoded_len(), 32_773);
    let opening = NodeOpening::Hashes(vec![[0; 32]; OPENING_HASHES as usize].try_into().expect("64 fit"));
    assert_eq!(opening.encoded_size(), 1 + 2 + 2_048);
    assert_eq!(Node::max_encoded_len(), 16);
}

#[test]
fn openings_longer_than_any_do_not_decode() {
    let hashes = (0u8, vec![[0u8; 32]; 65]).encode();
    assert!(NodeOpening::decode_all(&mut &hashes[..]).is_err());
    let chunks = (1u8, vec![0u8; 32 * 1024 + 1]).encode();
    assert!(NodeOpening::decode_all(&mut &chunks[..]).is_err());
    let unknown = (2u8, vec![0u8; 4]).encode();
    assert!(NodeOpening::decode_all(&mut &unknown[..]).is_err());
}

proptest! {
    #[test]
    fn only_nodes_of_the_tree_decode(bytes in 1u64..3_000_000, first in 0u32..3_000, chunks in 0u32..3_000) {
        let node = Node::decode(&mut &(bytes, first, chunks).encode()[..]).ok();
        let mut all = vec![Node::root(bytes).unwrap()];
        let mut found = None;
        while let Some(node) = all.pop() {
            if (node.first_chunk(), node.chunks()) == (first, chunks) {
                found = Some(node);
            }
            if let Some((left, right)) = node.children() {
                prop_assert_eq!(left.chunks() + right.chunks(), node.chunks());
                prop_assert_eq!(left.bytes() + right.bytes(), node.bytes());
                prop_assert!(left.chunks().is_power_of_two() && left.chunks() >= right.chunks());
                all.extend([left, right]);
            }
        }
        prop_assert_eq!(node, found);
    }

    #[test]
    fn nodes_survive_their_encoding(bytes in 1u64..=MAX_BLOB_BYTES, way in any::<u64>()) {
        let mut node = Node::root(bytes).unwrap();
        for level in 0..64 {
            let encoded = node.encode();
            prop_assert_eq!(Node::decode_all(&mut &encoded[..]).unwrap(), node);
            prop_assert!(node.descendants(6).len() <= 64);
            match node.children() {
                Some((left, right)) => node = if way >> level & 1 == 0 { left } else { right },
                None => break,
            }
        }
        prop_assert_eq!(node.chunks(), 1);
    }

    #[test]
    fn hostile_numbers_never_make_a_node_that_is_not_there(bytes: u64, first: u32, chunks: u32) {
        if let Some(node) = Node::find(bytes, first, chunks) {
            prop_assert!(u64::from(first) + u64::from(chunks) <= bytes.div_ceil(1024));
            prop_assert!(node.chunks() > 0 && node.bytes() > 0);
        }
    }

    #[test]
    fn blobs_of_any_length_open(bytes in 1usize..3_000_000, seed: u64, way: u32) {
        let blob = blob(bytes, seed);
        walk(&blob, way % bytes.div_ceil(1024) as u32);
    }
}
