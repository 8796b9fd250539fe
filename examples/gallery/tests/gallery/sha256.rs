use edgeproof_gallery::sha256::{best, hash, task, text, Finding, MAX_PREFIX};
use rand::Rng;
use sha2::{Digest, Sha256};

use crate::support::{both, gpu, random};

/// The first of the nonces with the most zero bits.
fn reference(prefix: &str, nonces: impl Iterator<Item = u32>) -> Finding {
    let mut best = Finding { nonce: 0, zeros: 0 };
    for (tried, nonce) in nonces.enumerate() {
        let hash = Sha256::digest(format!("{prefix}{nonce:08x}"));
        let zeros = u64::from_be_bytes(hash[..8].try_into().unwrap()).leading_zeros();
        if tried == 0 || zeros > best.zeros {
            best = Finding { nonce, zeros };
        }
    }
    best
}

#[test]
fn a_prefix_of_any_length_hashes_as_the_library_does() {
    let mut random = random();
    for length in 0..=MAX_PREFIX {
        let prefix: String = (0..length).map(|_| random.random_range('!'..='~')).collect();
        let first = random.random_range(0..u32::MAX - 64);
        let outcome = both(&task(&prefix, first, 64).unwrap());
        assert_eq!(
            best(&outcome),
            reference(&prefix, first..first + 64),
            "{prefix:?} {first}"
        );
    }
}

#[test]
fn the_best_of_many_nonces_is_the_first_with_the_most_zeros() {
    for nonces in [64 * 65, 64 * 64 * 65] {
        let outcome = gpu(&task("edgeproof ", 5, nonces).unwrap());
        assert_eq!(best(&outcome), reference("edgeproof ", 5..5 + nonces));
    }
}

#[test]
fn a_search_of_two_levels_is_the_same_in_the_interpreter() {
    let outcome = both(&task("x", 0, 64 * 65).unwrap());
    assert_eq!(best(&outcome), reference("x", 0..64 * 65));
}

#[test]
fn a_finding_can_be_checked_by_anybody() {
    assert_eq!(text("edgeproof ", 0xbeef), "edgeproof 0000beef");
    // FIPS 180-2, appendix B.1.
    assert_eq!(
        hash("abc"),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}

#[test]
fn a_prefix_that_does_not_fit_is_refused() {
    assert!(task(&"x".repeat(MAX_PREFIX + 1), 0, 64).is_err());
    assert!(task("x", 0, 0).is_err());
}
