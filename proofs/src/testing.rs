//! An entry for fuzzers: any bytes as any proof.

use codec::{Decode, DecodeAll};

use crate::{trace, ChunkOpening, MultiProof, Node, NodeOpening};

/// Reads a length, a number, a root and an encoded proof from `bytes` and verifies the proof in every role. Anything but
/// a verdict is a bug.
pub fn verify_anything(mut bytes: &[u8]) {
    let Ok((blob_bytes, number, root)) = <(u64, u32, [u8; 32])>::decode(&mut bytes) else {
        return;
    };
    if let Ok(proof) = MultiProof::decode_all(&mut &*bytes) {
        if let Ok(mut opened) = proof.verify(&root, blob_bytes, number) {
            for chunk in &proof.chunks {
                let _ = opened.chunk(*chunk);
            }
            let _ = (opened.get(number), opened.leaf(number), opened.unread());
        }
        let _ = trace::check_outputs(&proof, &root, number, &[0, number.wrapping_sub(1)], &root);
    }
    if let Ok(opening) = ChunkOpening::decode_all(&mut &*bytes) {
        let _ = opening.verify(&root, blob_bytes, number);
    }
    if let Ok(opening) = NodeOpening::decode_all(&mut &*bytes) {
        if let Ok(node) = Node::root(blob_bytes) {
            let _ = opening.verify(&node, &root);
        }
    }
    if let Ok((node, opening)) = <(Node, NodeOpening)>::decode_all(&mut &*bytes) {
        let _ = opening.verify(&node, &root);
    }
}
