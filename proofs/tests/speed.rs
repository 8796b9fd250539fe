//! What proofs cost here. Run with `--nocapture` for the figures; the bounds hold on a busy machine.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use edgeproof_proofs::{
    freivalds::{wrong_row, Shape},
    seeded::{Challenge, Sample},
    NodeOpening, Outboard, PROOF_CHUNKS,
};
use rand_chacha::{rand_core::SeedableRng, ChaCha8Rng};

/// The best of several, because the machine also builds and tests other things.
fn best<T>(times: usize, mut work: impl FnMut() -> T) -> Duration {
    let time = |_| {
        let started = Instant::now();
        black_box(work());
        started.elapsed()
    };
    (0..times).map(time).min().expect("at least once")
}

fn blob(bytes: usize) -> Vec<u8> {
    let mut blob = vec![0; bytes];
    blake3::Hasher::new().finalize_xof().fill(&mut blob);
    blob
}

#[test]
fn a_witness_of_an_invocation_is_verified_within_a_tenth_of_a_block() {
    let blob = blob(64 << 20);
    let hashing = best(3, || Outboard::new(&blob));
    println!(
        "outboard: {:.0} MB/s",
        blob.len() as f64 / hashing.as_secs_f64() / 1e6
    );

    let outboard = Outboard::new(&blob).expect("a blob");
    let chunks: Vec<u32> = (0..PROOF_CHUNKS).map(|chunk| chunk * 32 + chunk % 32).collect();
    let proving = best(3, || outboard.prove(&chunks, &mut &blob[..]));
    let proof = outboard
        .prove(&chunks, &mut &blob[..])
        .expect("the blob is at hand");
    let verifying = best(5, || {
        proof.verify(&outboard.hash(), 64 << 20, PROOF_CHUNKS).is_ok()
    });
    println!(
        "2,048 chunks of 64 MiB with {} siblings: prove {proving:?}, verify {verifying:?}",
        proof.siblings.len()
    );
    assert!(verifying < Duration::from_millis(600), "{verifying:?}");
}

#[test]
fn openings_of_nodes_are_verified_at_once() {
    let blob = blob(64 << 20);
    let outboard = Outboard::new(&blob).expect("a blob");
    let (mut node, mut hash) = (outboard.root(), outboard.hash());
    loop {
        let proving = best(3, || outboard.open(&node, &mut &blob[..]));
        let opening = outboard.open(&node, &mut &blob[..]).expect("the blob is at hand");
        let verifying = best(20, || opening.verify(&node, &hash));
        println!("{} chunks: open {proving:?}, verify {verifying:?}", node.chunks());
        assert!(verifying < Duration::from_millis(50), "{verifying:?}");
        let NodeOpening::Hashes(hashes) = opening else {
            break;
        };
        (node, hash) = (node.descend(5).expect("a part"), hashes[5]);
    }
}

#[test]
fn a_product_of_1024_cubed_is_checked_at_once() {
    let shape = Shape::new(1024, 1024, 1024).expect("a shape");
    let a = blob(1 << 20);
    // By the identity, so that the product is at hand. The check does not care.
    let b: Vec<u8> = (0..1 << 20).map(|at| u8::from(at % 1025 == 0)).collect();
    let c: Vec<u8> = a.iter().flat_map(|a| i32::from(*a as i8).to_le_bytes()).collect();
    let mut rng = ChaCha8Rng::from_seed([1; 32]);
    assert_eq!(wrong_row(shape, &a, &b, &c, &mut rng), Ok(None));
    let took = best(5, || wrong_row(shape, &a, &b, &c, &mut rng));
    println!("Freivalds, 1024 x 1024 x 1024: {took:?}");
    assert!(took < Duration::from_secs(2), "{took:?}");
}

#[test]
fn a_sample_of_a_seeded_product_is_recomputed_at_once() {
    for k in [1_024, 16_384] {
        let shape = Shape::new(1_024, 1_024, k).expect("a shape");
        let challenge = Challenge::new([1; 32], 8, shape).expect("a challenge");
        let sample = Sample {
            product: 7,
            run: 1_234,
        };
        let took = best(5, || challenge.word(sample));
        println!("a sample with k = {k}: {took:?}");
        assert!(took < Duration::from_millis(500), "{took:?}");
    }
}
