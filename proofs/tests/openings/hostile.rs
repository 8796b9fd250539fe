//! Bytes that nobody vouches for.

use codec::{DecodeAll, Encode};
use edgeproof_proofs::{testing::verify_anything, ChunkOpening, MultiProof, NodeOpening};
use proptest::prelude::*;

use crate::blobs::{blob, outboard};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_bytes_are_a_verdict(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        verify_anything(&bytes);
    }

    /// Well-formed proofs with hostile numbers get further than noise does.
    #[test]
    fn any_proof_is_a_verdict(
        bytes: u64, number: u32, root: [u8; 32],
        chunks in prop::collection::vec(prop_oneof![0u32..20, any::<u32>()], 0..8),
        opened in prop::collection::vec(any::<u8>(), 0..3_000),
        siblings in prop::collection::vec(any::<[u8; 32]>(), 0..40),
        small in 0u64..30_000, form in 0..4,
    ) {
        let bytes = if form % 2 == 0 { bytes } else { small };
        let mut encoded = (bytes, number, root).encode();
        if form < 2 {
            encoded.extend((chunks, opened, siblings).encode());
        } else {
            encoded.extend((1u8, opened).encode());
        }
        verify_anything(&encoded);
    }

    #[test]
    fn whatever_decodes_encodes_to_the_same_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(proof) = MultiProof::decode_all(&mut &bytes[..]) {
            prop_assert_eq!(proof.encode(), bytes.clone());
        }
        if let Ok(opening) = ChunkOpening::decode_all(&mut &bytes[..]) {
            prop_assert_eq!(opening.encode(), bytes.clone());
        }
        if let Ok(opening) = NodeOpening::decode_all(&mut &bytes[..]) {
            prop_assert_eq!(opening.encode(), bytes);
        }
    }

    #[test]
    fn damaged_proofs_are_a_verdict(size in 1usize..20_000, picks: [u32; 3], at: usize, byte: u8) {
        let blob = blob(size, 1);
        let outboard = outboard(&blob);
        let chunks = picks.map(|pick| pick % outboard.root().chunks());
        let proof = outboard.prove(&chunks, &mut &blob[..]).unwrap();
        let mut encoded = (size as u64, 3u32, outboard.hash(), proof).encode();
        let at = at % encoded.len();
        encoded[at] = byte;
        verify_anything(&encoded);
    }
}
