//! Honest proofs of chunks, and what is read out of them.

use codec::{DecodeAll, Encode, MaxEncodedLen};
use edgeproof_proofs::{ChunkOpening, MultiProof, Outboard, ReadError, WordPlace, PROOF_CHUNKS};
use proptest::prelude::*;

use crate::blobs::{blob, outboard, sets_of_chunks, LENGTHS};

fn word(blob: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(blob[4 * at..4 * at + 4].try_into().unwrap())
}

#[test]
fn honest_proofs_stand_and_show_their_chunks() {
    for bytes in LENGTHS {
        let blob = blob(bytes, 1);
        let outboard = outboard(&blob);
        for chunks in sets_of_chunks(outboard.root().chunks()) {
            let proof = outboard
                .prove(&chunks, &mut &blob[..])
                .expect("the blob is at hand");
            let mut opened = proof
                .verify(&outboard.hash(), bytes as u64, PROOF_CHUNKS)
                .expect("an honest proof stands");
            for chunk in &chunks {
                assert_eq!(opened.unread(), Some(*chunk));
                let first = *chunk as usize * 1024;
                let end = (first + 1024).min(bytes);
                assert_eq!(opened.chunk(*chunk), Ok(&blob[first..end]));
            }
            assert_eq!(opened.unread(), None);
            let encoded = proof.encode();
            assert_eq!(MultiProof::decode_all(&mut &encoded[..]), Ok(proof));
        }
    }
}

#[test]
fn single_chunks_open_alone() {
    for bytes in LENGTHS {
        let blob = blob(bytes, 2);
        let outboard = outboard(&blob);
        let chunks = outboard.root().chunks();
        for chunk in (0..chunks).step_by(1 + chunks as usize / 50).chain([chunks - 1]) {
            let opening = outboard
                .open_chunk(chunk, &mut &blob[..])
                .expect("the blob is at hand");
            let first = chunk as usize * 1024;
            assert_eq!(
                opening.verify(&outboard.hash(), bytes as u64, chunk),
                Ok(&blob[first..(first + 1024).min(bytes)])
            );
            let encoded = opening.encode();
            assert_eq!(ChunkOpening::decode_all(&mut &encoded[..]), Ok(opening));
        }
    }
}

#[test]
fn words_are_read_from_opened_chunks_only() {
    let blob = blob(5 * 1024 + 4, 3);
    let outboard = outboard(&blob);
    let proof = outboard
        .prove(&[1, 3, 5], &mut &blob[..])
        .expect("the blob is at hand");
    let mut opened = proof
        .verify(&outboard.hash(), blob.len() as u64, 3)
        .expect("an honest proof stands");
    for at in 0..5 * 256 + 1 {
        let chunk = at / 256;
        let expected = if chunk % 2 == 1 {
            Ok(word(&blob, at as usize))
        } else {
            Err(ReadError::ChunkMissing(chunk))
        };
        assert_eq!(opened.get(at), expected);
    }
    for at in [5 * 256 + 1, 6 * 256, u32::MAX] {
        assert_eq!(opened.get(at), Err(ReadError::OutOfBlob));
    }
    assert_eq!(opened.chunk(2), Err(ReadError::ChunkMissing(2)));
    assert_eq!(opened.chunk(6), Err(ReadError::ChunkMissing(6)));
}

#[test]
fn a_word_that_the_blob_cuts_off_is_not_read() {
    let blob = blob(1024 + 3, 4);
    let outboard = outboard(&blob);
    let proof = outboard
        .prove(&[0, 1], &mut &blob[..])
        .expect("the blob is at hand");
    let mut opened = proof
        .verify(&outboard.hash(), 1027, 2)
        .expect("an honest proof stands");
    assert_eq!(opened.get(255), Ok(word(&blob, 255)));
    assert_eq!(opened.get(256), Err(ReadError::OutOfBlob));
}

#[test]
fn an_opened_chunk_that_nobody_read_is_noticed() {
    let blob = blob(4096, 5);
    let outboard = outboard(&blob);
    let proof = outboard
        .prove(&[0, 2, 3], &mut &blob[..])
        .expect("the blob is at hand");
    let mut opened = proof
        .verify(&outboard.hash(), 4096, 3)
        .expect("an honest proof stands");
    assert!(opened.get(0).is_ok() && opened.get(3 * 256).is_ok());
    assert_eq!(opened.unread(), Some(2));
    assert!(opened.get(2 * 256 + 255).is_ok());
    assert_eq!(opened.unread(), None);
}

#[test]
fn invocations_of_every_width_stay_within_a_chunk() {
    for width in [1, 2, 4] {
        for first in (0..4096u32).step_by(width) {
            let place = WordPlace::of(first);
            assert_eq!(WordPlace::of(first + width as u32 - 1).chunk, place.chunk);
            assert_eq!(place.word(), Some(first));
            assert_eq!(place.chunk * 1024 + place.offset, first * 4);
        }
    }
    assert_eq!(WordPlace::of(u32::MAX).word(), Some(u32::MAX));
    let beyond = WordPlace {
        chunk: 1 << 24,
        offset: 0,
    };
    assert_eq!(beyond.word(), None);
}

/// The blob of the documented worst case is too long to hash in a test; its proofs are as long as a count of the
/// siblings says.
#[test]
fn proofs_are_no_longer_than_documented() {
    fn siblings(levels: u32, chunks: u64) -> u64 {
        match chunks {
            0 => 1,
            chunks if chunks == 1 << levels => 0,
            _ => siblings(levels - 1, chunks / 2) + siblings(levels - 1, chunks.div_ceil(2)),
        }
    }
    assert_eq!(siblings(17, 2_048), 2_048 * 6);
    let longest = 3 * 4 + 2_048 * (4 + 1024) + siblings(17, 2_048) * 32;
    assert!(longest < 2_500_000);
    let seven: u64 = (0..7).map(|_| siblings(17, 293) * 32 + 293 * 1028 + 12).sum();
    assert!(seven < 2_710_000, "{seven}");
    assert_eq!(siblings(32, 2_048), u64::from(edgeproof_proofs::PROOF_SIBLINGS));
    assert_eq!(
        MultiProof::max_encoded_len(),
        2 + 8_192 + 4 + 2_097_152 + 4 + 1_376_256
    );
    assert_eq!(ChunkOpening::max_encoded_len(), 2 + 1_024 + 1 + 1_024);
}

#[test]
fn two_thousand_chunks_spread_over_a_blob_prove() {
    let blob = blob(16 << 20, 6);
    let outboard = Outboard::new(&blob).expect("a blob");
    let chunks: Vec<u32> = (0..2_048).map(|chunk| chunk * 8 + chunk % 8).collect();
    let proof = outboard
        .prove(&chunks, &mut &blob[..])
        .expect("the blob is at hand");
    assert_eq!(proof.siblings.len(), 2_048 * 3);
    assert!(proof.verify(&outboard.hash(), 16 << 20, 2_048).is_ok());
}

proptest! {
    #[test]
    fn any_chunks_of_any_blob_prove(
        bytes in 1usize..500_000,
        seed: u64,
        picks in prop::collection::vec(any::<u32>(), 1..100),
    ) {
        let blob = blob(bytes, seed);
        let outboard = outboard(&blob);
        let chunks: Vec<u32> = picks.iter().map(|pick| pick % outboard.root().chunks()).collect();
        let proof = outboard.prove(&chunks, &mut &blob[..]).unwrap();
        let mut opened = proof.verify(&outboard.hash(), bytes as u64, 100).unwrap();
        for chunk in chunks {
            let first = chunk as usize * 1024;
            prop_assert_eq!(opened.chunk(chunk), Ok(&blob[first..(first + 1024).min(bytes)]));
        }
        prop_assert_eq!(opened.unread(), None);
    }
}
