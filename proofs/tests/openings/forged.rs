//! Whoever changes anything about a proof is refused, and told why.

use codec::{DecodeAll, Encode};
use edgeproof_proofs::{ChunkOpening, MultiProof, Node, NodeOpening, OpeningError, ProofError, PROOF_CHUNKS};
use proptest::prelude::*;

use crate::blobs::{blob, outboard, sets_of_chunks};

/// What becomes of bytes that someone offers as a proof of chunks.
fn offer(encoded: &[u8], root: &[u8; 32], bytes: usize) -> Option<Result<(), ProofError>> {
    let proof = MultiProof::decode_all(&mut &*encoded).ok()?;
    Some(proof.verify(root, bytes as u64, PROOF_CHUNKS).map(|_| ()))
}

fn refused(outcome: Option<Result<(), ProofError>>) -> bool {
    outcome.is_none_or(|verified| verified.is_err())
}

fn prove(blob: &[u8], chunks: &[u32]) -> (MultiProof, [u8; 32]) {
    let outboard = outboard(blob);
    let proof = outboard.prove(chunks, &mut &*blob).expect("the blob is at hand");
    (proof, outboard.hash())
}

#[test]
fn every_single_bit_flip_of_a_proof_is_refused() {
    for (bytes, chunks) in [
        (1, vec![0]),
        (1024, vec![0]),
        (1025, vec![1]),
        (2049, vec![0, 2]),
        (5 * 1024 + 7, vec![5]),
        (5 * 1024 + 7, vec![1, 4]),
        (9 * 1024, vec![0, 8]),
    ] {
        let blob = blob(bytes, 1);
        let (proof, root) = prove(&blob, &chunks);
        let encoded = proof.encode();
        assert_eq!(offer(&encoded, &root, bytes), Some(Ok(())));
        for bit in 0..encoded.len() * 8 {
            let mut forged = encoded.clone();
            forged[bit / 8] ^= 1 << (bit % 8);
            assert!(
                refused(offer(&forged, &root, bytes)),
                "bit {bit} of {chunks:?} of {bytes}"
            );
        }
    }
}

#[test]
fn every_single_bit_flip_of_a_root_is_refused() {
    for bytes in [1, 1024, 5000] {
        let blob = blob(bytes, 2);
        let (proof, root) = prove(&blob, &[0]);
        for bit in 0..256 {
            let mut other = root;
            other[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(
                proof.verify(&other, bytes as u64, 1).map(|_| ()),
                Err(ProofError::RootMismatch)
            );
        }
    }
}

#[test]
fn every_truncation_and_every_extension_of_an_encoding_is_refused() {
    for (bytes, chunks) in [(1024, vec![0]), (5 * 1024 + 7, vec![1, 4])] {
        let blob = blob(bytes, 3);
        let (proof, root) = prove(&blob, &chunks);
        let encoded = proof.encode();
        for length in 0..encoded.len() {
            assert_eq!(offer(&encoded[..length], &root, bytes), None);
        }
        for extra in 0..=255 {
            let mut longer = encoded.clone();
            longer.push(extra);
            assert_eq!(offer(&longer, &root, bytes), None);
        }
    }
}

#[test]
fn encodings_that_announce_more_than_a_proof_holds_are_refused() {
    let bytes = [0u8; 64];
    for numbers in [2_049u32, 1 << 20, u32::MAX >> 2] {
        let mut encoded = codec::Compact(numbers).encode();
        encoded.extend(bytes);
        assert_eq!(offer(&encoded, &[0; 32], 1024), None);
        let mut encoded = (
            codec::Compact(1u32),
            0u32,
            codec::Compact(numbers.saturating_mul(2_000)),
        )
            .encode();
        encoded.extend(bytes);
        assert_eq!(offer(&encoded, &[0; 32], 1024), None);
    }
}

/// Lengths other than `bytes`, near and far.
fn other_lengths(bytes: usize) -> impl Iterator<Item = u64> {
    let bytes = bytes as u64;
    (1..40 * 256)
        .map(|words| 4 * words)
        .chain([0, 1, bytes - 1, bytes + 1, 1 << 41, u64::MAX])
        .filter(move |other| *other != bytes)
}

#[test]
fn a_proof_of_the_last_chunk_stands_for_its_length_only() {
    for bytes in [1usize, 1023, 1024, 1025, 2048, 5 * 1024 + 7, 9 * 1024] {
        let blob = blob(bytes, 4);
        let last = (bytes as u32 - 1) / 1024;
        for mut chunks in sets_of_chunks(last + 1) {
            chunks.push(last);
            let (proof, root) = prove(&blob, &chunks);
            for other in other_lengths(bytes) {
                assert!(
                    proof.verify(&root, other, PROOF_CHUNKS).is_err(),
                    "{chunks:?} of {bytes} as {other}"
                );
            }
        }
    }
}

/// BLAKE3 does not hash the length: a subtree that is not opened may hold any number of chunks that leaves the way
/// to it as it is.
#[test]
fn a_proof_of_other_chunks_stands_where_the_tree_looks_the_same() {
    let blob = blob(5 * 1024 + 7, 4);
    let (proof, root) = prove(&blob, &[0]);
    for other in other_lengths(blob.len()) {
        let eight_chunks = (4 * 1024 + 1..=8 * 1024).contains(&other);
        assert_eq!(proof.verify(&root, other, 1).is_ok(), eight_chunks, "{other}");
    }
}

#[test]
fn a_proof_stands_for_its_chunk_numbers_only() {
    let blob = blob(9 * 1024, 5);
    let (proof, root) = prove(&blob, &[2, 5]);
    for first in 0..12u32 {
        for second in 0..12u32 {
            let mut forged = proof.clone();
            forged.chunks = vec![first, second].try_into().expect("two fit");
            let outcome = forged.verify(&root, 9 * 1024, 2).map(|_| ());
            let expected = match (first, second) {
                (2, 5) => Ok(()),
                _ if first >= second => Err(ProofError::NotSorted { at: 1 }),
                _ if second >= 9 => Err(ProofError::IndexOutOfRange {
                    chunk: second,
                    chunks: 9,
                }),
                _ => {
                    assert!(outcome.is_err(), "{first}, {second}");
                    continue;
                }
            };
            assert_eq!(outcome, expected);
        }
    }
}

#[test]
fn swapped_siblings_and_swapped_chunks_are_refused() {
    let blob = blob(20 * 1024, 6);
    for chunks in [vec![0], vec![3, 12], vec![0, 1, 19]] {
        let (proof, root) = prove(&blob, &chunks);
        for left in 0..proof.siblings.len() {
            for right in 0..left {
                let mut hashes = proof.siblings.to_vec();
                hashes.swap(left, right);
                let mut forged = proof.clone();
                forged.siblings = hashes.try_into().expect("as many as before");
                assert_eq!(
                    forged.verify(&root, 20 * 1024, 3).map(|_| ()),
                    Err(ProofError::RootMismatch)
                );
            }
        }
        if chunks.len() > 1 {
            let mut bytes = proof.bytes.to_vec();
            bytes.rotate_left(1024);
            let mut forged = proof.clone();
            forged.bytes = bytes.try_into().expect("as many as before");
            assert_eq!(
                forged.verify(&root, 20 * 1024, 3).map(|_| ()),
                Err(ProofError::RootMismatch)
            );
        }
    }
}

#[test]
fn missing_and_extra_hashes_are_counted() {
    let blob = blob(20 * 1024, 7);
    let (proof, root) = prove(&blob, &[3, 12]);
    let whole = proof.siblings.to_vec();
    let needed = whole.len() as u32;
    for at in 0..whole.len() {
        let mut hashes = whole.clone();
        hashes.remove(at);
        let mut forged = proof.clone();
        forged.siblings = hashes.try_into().expect("fewer than before");
        assert_eq!(
            forged.verify(&root, 20 * 1024, 2).map(|_| ()),
            Err(ProofError::HashesMissing { found: needed - 1 })
        );
    }
    for at in 0..=whole.len() {
        let mut hashes = whole.clone();
        hashes.insert(at, [at as u8; 32]);
        let mut forged = proof.clone();
        forged.siblings = hashes.try_into().expect("they fit");
        assert_eq!(
            forged.verify(&root, 20 * 1024, 2).map(|_| ()),
            Err(ProofError::HashesExtra {
                expected: needed,
                found: needed + 1
            })
        );
    }
}

#[test]
fn wrong_numbers_of_bytes_and_chunks_are_named() {
    let blob = blob(5 * 1024 + 8, 8);
    let (proof, root) = prove(&blob, &[1, 5]);
    let length = 5 * 1024 + 8;
    for bytes in [0, 1031, 1033, 2048] {
        let mut forged = proof.clone();
        forged.bytes = vec![0; bytes].try_into().expect("they fit");
        assert_eq!(
            forged.verify(&root, length, 2).map(|_| ()),
            Err(ProofError::LengthOfChunks {
                expected: 1032,
                found: bytes as u64
            })
        );
    }
    assert_eq!(
        proof.verify(&root, length, 1).map(|_| ()),
        Err(ProofError::TooManyChunks { maximum: 1, found: 2 })
    );
    let mut forged = proof.clone();
    forged.chunks = vec![].try_into().expect("none fit");
    assert_eq!(
        forged.verify(&root, length, 2).map(|_| ()),
        Err(ProofError::NoChunks)
    );
    forged.chunks = vec![1, 1].try_into().expect("two fit");
    assert_eq!(
        forged.verify(&root, length, 2).map(|_| ()),
        Err(ProofError::NotSorted { at: 1 })
    );
    forged.chunks = vec![1, 6].try_into().expect("two fit");
    assert_eq!(
        forged.verify(&root, length, 2).map(|_| ()),
        Err(ProofError::IndexOutOfRange { chunk: 6, chunks: 6 })
    );
}

/// Opened chunks whose siblings are given although their chunks are opened too, and the root itself as a hash.
#[test]
fn a_root_proves_nothing_by_itself() {
    let blob = blob(4096, 9);
    let (_, root) = prove(&blob, &[0]);
    let forged = MultiProof {
        chunks: Default::default(),
        bytes: Default::default(),
        siblings: vec![root].try_into().expect("one fits"),
    };
    assert_eq!(
        forged.verify(&root, 4096, 9).map(|_| ()),
        Err(ProofError::NoChunks)
    );
}

#[test]
fn every_single_bit_flip_of_a_chunk_opening_and_every_other_number_is_refused() {
    let blob = blob(6 * 1024 + 100, 10);
    let outboard = outboard(&blob);
    for chunk in 0..7 {
        let opening = outboard
            .open_chunk(chunk, &mut &blob[..])
            .expect("the blob is at hand");
        let encoded = opening.encode();
        for bit in 0..encoded.len() * 8 {
            let mut forged = encoded.clone();
            forged[bit / 8] ^= 1 << (bit % 8);
            if let Ok(forged) = ChunkOpening::decode_all(&mut &forged[..]) {
                assert!(forged.verify(&outboard.hash(), 6 * 1024 + 100, chunk).is_err());
            }
        }
        for other in (0..100).chain([u32::MAX]).filter(|other| *other != chunk) {
            assert!(opening.verify(&outboard.hash(), 6 * 1024 + 100, other).is_err());
        }
    }
}

/// Nodes of a blob with their hashes and openings.
fn openings(blob: &[u8], levels: u32) -> Vec<(Node, [u8; 32], NodeOpening)> {
    let outboard = outboard(blob);
    let mut found = Vec::new();
    let mut nodes = vec![(outboard.root(), outboard.hash())];
    for _ in 0..levels {
        for (node, hash) in std::mem::take(&mut nodes) {
            let opening = outboard.open(&node, &mut &*blob).expect("the blob is at hand");
            if let NodeOpening::Hashes(hashes) = &opening {
                nodes.extend(node.parts().into_iter().zip(hashes.to_vec()));
            }
            found.push((node, hash, opening));
        }
    }
    found
}

#[test]
fn every_single_bit_flip_of_an_opening_is_refused() {
    for bytes in [5, 1024, 1500, 33 * 1024, 70 * 1024 + 4, 130 * 1024] {
        let blob = blob(bytes, 11);
        for (node, hash, opening) in openings(&blob, 2).into_iter().take(4) {
            assert_eq!(opening.verify(&node, &hash), Ok(()));
            let encoded = opening.encode();
            for bit in 0..encoded.len() * 8 {
                let mut forged = encoded.clone();
                forged[bit / 8] ^= 1 << (bit % 8);
                if let Ok(forged) = NodeOpening::decode_all(&mut &forged[..]) {
                    assert!(forged.verify(&node, &hash).is_err());
                }
            }
            for bit in 0..256 {
                let mut other = hash;
                other[bit / 8] ^= 1 << (bit % 8);
                assert_eq!(opening.verify(&node, &other), Err(OpeningError::HashMismatch));
            }
        }
    }
}

#[test]
fn an_opening_stands_for_its_node_only() {
    let blob = blob(200 * 1024, 12);
    let all = openings(&blob, 2);
    for (node, hash, opening) in &all {
        for (other, _, _) in &all {
            assert_eq!(opening.verify(other, hash).is_ok(), node == other);
        }
        for bytes in [199 * 1024, 200 * 1024 - 4, 200 * 1024 + 4, 201 * 1024, 400 * 1024] {
            let NodeOpening::Chunks(_) = opening else {
                continue;
            };
            // What lies inside looks the same in blobs of every length, the end does not.
            if let Some(other) = Node::find(bytes, node.first_chunk(), node.chunks()) {
                let same = other.bytes() == node.bytes();
                assert_eq!(opening.verify(&other, hash).is_ok(), same, "{other:?}");
            }
        }
    }
}

#[test]
fn openings_of_the_wrong_form_or_count_are_named() {
    let blob = blob(40 * 1024, 13);
    let all = openings(&blob, 2);
    let (top, top_hash, hashes) = &all[0];
    let (chunk, chunk_hash, bytes) = &all[1];
    assert_eq!(bytes.verify(top, top_hash), Err(OpeningError::HashesExpected));
    assert_eq!(
        hashes.verify(chunk, chunk_hash),
        Err(OpeningError::ChunksExpected)
    );
    for count in [0usize, 1, 32, 39, 41, 64] {
        let opening = NodeOpening::Hashes(vec![*top_hash; count].try_into().expect("they fit"));
        assert_eq!(
            opening.verify(top, top_hash),
            Err(OpeningError::HashCount {
                expected: 40,
                found: count as u32
            })
        );
    }
    for count in [0usize, 1023, 1025, 32 * 1024] {
        let opening = NodeOpening::Chunks(vec![0; count].try_into().expect("they fit"));
        assert_eq!(
            opening.verify(chunk, chunk_hash),
            Err(OpeningError::ByteCount {
                expected: 1024,
                found: count as u64
            })
        );
    }
}

#[test]
fn swapped_hashes_of_an_opening_are_refused() {
    let blob = blob(70 * 1024, 14);
    let (node, hash, opening) = openings(&blob, 1).remove(0);
    let NodeOpening::Hashes(hashes) = opening else {
        panic!("a node of 70 chunks opens into hashes");
    };
    for left in 0..hashes.len() {
        for right in 0..left {
            let mut forged = hashes.to_vec();
            forged.swap(left, right);
            let forged = NodeOpening::Hashes(forged.try_into().expect("as many as before"));
            assert_eq!(forged.verify(&node, &hash), Err(OpeningError::HashMismatch));
        }
    }
}

proptest! {
    #[test]
    fn forgeries_of_any_proof_are_refused(
        bytes in 1usize..200_000,
        seed: u64,
        picks in prop::collection::vec(any::<u32>(), 1..20),
        flip: usize,
        cut: usize,
    ) {
        let blob = blob(bytes, seed);
        let chunks: Vec<u32> = picks.iter().map(|pick| pick % bytes.div_ceil(1024) as u32).collect();
        let (proof, root) = prove(&blob, &chunks);
        let encoded = proof.encode();
        prop_assert_eq!(offer(&encoded, &root, bytes), Some(Ok(())));
        let mut forged = encoded.clone();
        let bit = flip % (encoded.len() * 8);
        forged[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(refused(offer(&forged, &root, bytes)));
        prop_assert!(refused(offer(&encoded[..cut % encoded.len()], &root, bytes)));
    }
}
