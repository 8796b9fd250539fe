//! Any bytes as a proof are a verdict; and whatever is left of an honest proof after a few edits either falls or shows
//! what the blob holds.
#![no_main]

use codec::{DecodeAll, Encode};
use edgeproof_proofs::{testing::verify_anything, MultiProof, NodeOpening, Outboard};
use libfuzzer_sys::fuzz_target;

/// Overwrites, removes and inserts bytes.
fn edit(encoded: &mut Vec<u8>, edits: &[u8]) {
    for edit in edits.chunks_exact(4) {
        let at = usize::from(u16::from_le_bytes([edit[0], edit[1]])) % (encoded.len() + 1);
        match edit[2] % 4 {
            0 => encoded.insert(at, edit[3]),
            _ if at == encoded.len() => {}
            1 => drop(encoded.remove(at)),
            2 => encoded[at] = edit[3],
            _ => encoded[at] ^= 1 << (edit[3] % 8),
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    verify_anything(bytes);

    let Some((head, edits)) = bytes.split_first_chunk::<8>() else {
        return;
    };
    let length = 1 + usize::from(u16::from_le_bytes([head[0], head[1]]));
    let blob: Vec<u8> = (0..length).map(|at| (at % 251) as u8 ^ head[2]).collect();
    let outboard = Outboard::new(&blob).expect("not empty");
    let chunks: Vec<u32> = head[3..6]
        .iter()
        .map(|pick| u32::from(*pick) % outboard.root().chunks())
        .collect();

    let proof = outboard.prove(&chunks, &mut &blob[..]).expect("at hand");
    let mut encoded = proof.encode();
    edit(&mut encoded, edits);
    if let Ok(edited) = MultiProof::decode_all(&mut &encoded[..]) {
        if let Ok(mut opened) = edited.verify(&outboard.hash(), length as u64, 64) {
            if edited.chunks == proof.chunks {
                assert_eq!(edited, proof, "there is one proof of a set of chunks");
            }
            for chunk in &edited.chunks {
                let first = *chunk as usize * 1024;
                assert_eq!(opened.chunk(*chunk), Ok(&blob[first..length.min(first + 1024)]));
            }
        }
    }

    let opening = outboard.open(&outboard.root(), &mut &blob[..]).expect("at hand");
    let mut encoded = opening.encode();
    edit(&mut encoded, edits);
    if let Ok(edited) = NodeOpening::decode_all(&mut &encoded[..]) {
        if edited.verify(&outboard.root(), &outboard.hash()).is_ok() {
            assert_eq!(edited, opening, "there is one opening of a node");
        }
    }
});
