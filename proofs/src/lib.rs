//! Content identities: BLAKE3 over blobs, outputs and domain-separated parts.
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_possible_wrap,
        clippy::panic
    )
)]

/// Bytes of one leaf of BLAKE3's tree.
pub const CHUNK_BYTES: usize = 1024;

/// Root of a blob: its BLAKE3 hash.
pub fn blob_root(bytes: &[u8]) -> [u8; 32] {
    *blake3::hash(bytes).as_bytes()
}

/// BLAKE3 of the concatenation of `parts`.
pub fn hash_parts(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part);
    }
    *hasher.finalize().as_bytes()
}

/// What a worker commits to: the root itself for one output, otherwise the hash of the concatenated roots.
pub fn output_root(roots: &[[u8; 32]]) -> [u8; 32] {
    match roots {
        [root] => *root,
        _ => {
            let mut hasher = blake3::Hasher::new();
            for root in roots {
                hasher.update(root);
            }
            *hasher.finalize().as_bytes()
        }
    }
}

mod hasher;
pub use hasher::RootHasher;
#[cfg(feature = "std")]
mod reader;
#[cfg(feature = "std")]
pub use reader::reader_root;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_hash_as_their_concatenation() {
        assert_eq!(hash_parts(&[b"ab", b"", b"c"]), blob_root(b"abc"));
    }

    #[test]
    fn pieces_hash_as_their_concatenation() {
        let mut hasher = RootHasher::default();
        [&b"ab"[..], b"", b"c"]
            .iter()
            .for_each(|piece| hasher.update(piece));
        assert_eq!(hasher.root(), blob_root(b"abc"));
    }

    #[test]
    fn a_single_output_is_its_own_root() {
        assert_eq!(output_root(&[[7; 32]]), [7; 32]);
        assert_eq!(
            output_root(&[[7; 32], [8; 32]]),
            hash_parts(&[&[7; 32], &[8; 32]])
        );
    }
}
