//! Any bytes as any proof: a verdict, and never for a blob that was not proven.
#![no_main]

use codec::{Decode, DecodeAll};
use edgeproof_proofs::{blob_root, testing::verify_anything, ChunkOpening, MultiProof};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    verify_anything(bytes);

    // A proof of a blob whose bytes are known can only show those bytes.
    let mut rest = bytes;
    let Ok((length, chunk)) = <(u16, u32)>::decode(&mut rest) else {
        return;
    };
    let blob: Vec<u8> = (0..=length).map(|at| (at % 251) as u8).collect();
    let (root, blob_bytes) = (blob_root(&blob), blob.len() as u64);
    let expected = |chunk: u32| blob.chunks(1024).nth(chunk as usize).expect("the blob has the chunk");
    if let Ok(opening) = ChunkOpening::decode_all(&mut &*rest) {
        if let Ok(shown) = opening.verify(&root, blob_bytes, chunk) {
            assert_eq!(shown, expected(chunk));
        }
    }
    if let Ok(proof) = MultiProof::decode_all(&mut &*rest) {
        if let Ok(mut opened) = proof.verify(&root, blob_bytes, u32::MAX) {
            for number in &proof.chunks {
                assert_eq!(opened.chunk(*number), Ok(expected(*number)));
            }
        }
    }
});
