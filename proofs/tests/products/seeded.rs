use edgeproof_proofs::{
    seeded::{fold, fold_rows, Challenge, ChallengeError, Sample, SampleError, Shape, RUN, SAMPLES},
    LengthError, MultiProof, Outboard, ProofError,
};
use proptest::prelude::*;

use crate::matrices::product;

/// A block of the ChaCha8 key stream, after D. J. Bernstein's text.
fn chacha8(key: &[u8; 32], counter: u64, nonce: u64) -> [u8; 64] {
    let mut state = [
        0x6170_7865,
        0x3320_646e,
        0x7962_2d32,
        0x6b20_6574,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0u32,
    ];
    for (word, bytes) in state[4..12].iter_mut().zip(key.chunks(4)) {
        *word = u32::from_le_bytes(bytes.try_into().unwrap());
    }
    state[12..].copy_from_slice(&[
        counter as u32,
        (counter >> 32) as u32,
        nonce as u32,
        (nonce >> 32) as u32,
    ]);
    let mut x = state;
    let mut quarter = |a: usize, b: usize, c: usize, d: usize| {
        for (to, from, with, bits) in [(a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)] {
            x[to] = x[to].wrapping_add(x[from]);
            x[with] = (x[with] ^ x[to]).rotate_left(bits);
        }
    };
    for _ in 0..4 {
        for column in 0..4 {
            quarter(column, column + 4, column + 8, column + 12);
        }
        for column in 0..4 {
            quarter(
                column,
                (column + 1) % 4 + 4,
                (column + 2) % 4 + 8,
                (column + 3) % 4 + 12,
            );
        }
    }
    let mut block = [0; 64];
    for ((bytes, x), state) in block.chunks_mut(4).zip(x).zip(state) {
        bytes.copy_from_slice(&x.wrapping_add(state).to_le_bytes());
    }
    block
}

fn challenge(products: u32, m: u32, n: u32, k: u32) -> Challenge {
    Challenge::new([9; 32], products, Shape::new(m, n, k).expect("a shape")).expect("a challenge")
}

/// What an honest worker computes: every folded word, as the blob to commit to.
fn answer(challenge: &Challenge) -> Vec<u8> {
    let shape = challenge.shape();
    (0..challenge.products())
        .flat_map(|t| {
            let mut a = vec![0; shape.a_bytes() as usize];
            let mut b = vec![0; shape.b_bytes() as usize];
            challenge.rows_of_a(t, 0, &mut a);
            challenge.rows_of_b(t, 0, &mut b);
            fold_rows(&product(shape, &a, &b))
        })
        .flat_map(u32::to_le_bytes)
        .collect()
}

fn prove(challenge: &Challenge, answer: &[u8], samples: &[Sample]) -> ([u8; 32], MultiProof) {
    let outboard = Outboard::new(answer).expect("a blob");
    let proof = outboard
        .prove(&challenge.chunks(samples), &mut &answer[..])
        .expect("the blob is at hand");
    (outboard.hash(), proof)
}

#[test]
fn matrices_are_the_chacha8_key_stream() {
    let challenge = challenge(3, 5, 16, 52);
    let (a_bytes, b_bytes) = (5 * 52, 16 * 52);
    for t in 0..3 {
        let stream: Vec<u8> = (0..20)
            .flat_map(|block| chacha8(&[9; 32], block, t.into()))
            .collect();
        let mut a = vec![0; a_bytes];
        challenge.rows_of_a(t, 0, &mut a);
        assert_eq!(a, stream[..a_bytes]);
        let mut b = vec![0; b_bytes];
        challenge.rows_of_b(t, 0, &mut b);
        assert_eq!(b, stream[a_bytes..a_bytes + b_bytes]);
        for row in 0..5 {
            let mut one = vec![0; 52];
            challenge.rows_of_a(t, row, &mut one);
            assert_eq!(one, a[row as usize * 52..][..52]);
        }
        for row in 0..16 {
            let mut one = vec![0; 52];
            challenge.rows_of_b(t, row, &mut one);
            assert_eq!(one, b[row as usize * 52..][..52]);
        }
    }
}

#[test]
fn the_fold_is_murmur3() {
    // From the Python package mmh3.
    let alternating: [i32; RUN] = std::array::from_fn(|i| if i % 2 == 0 { i32::MAX } else { i32::MIN });
    let growing: [i32; RUN] = std::array::from_fn(|i| i as i32 * 12345 * if i % 2 == 0 { 1 } else { -1 });
    assert_eq!(fold(&[0; RUN]), 2_926_074_960);
    assert_eq!(fold(&std::array::from_fn(|i| i as i32 + 1)), 1_261_325_236);
    assert_eq!(fold(&alternating), 1_579_689_658);
    assert_eq!(fold(&growing), 2_142_196_067);
}

#[test]
fn an_honest_answer_stands_for_every_run() {
    let challenge = challenge(3, 5, 32, 20);
    assert_eq!(challenge.runs(), 10);
    let answer = answer(&challenge);
    assert_eq!(answer.len() as u64, challenge.folded().blob_bytes());
    let all: Vec<Sample> = (0..3)
        .flat_map(|product| (0..10).map(move |run| Sample { product, run }))
        .collect();
    let (root, proof) = prove(&challenge, &answer, &all);
    assert_eq!(challenge.check(&root, &proof, &all), Ok(()));
    for (at, sample) in all.iter().enumerate() {
        assert_eq!(challenge.place(*sample), Some(at as u64));
        let word = u32::from_le_bytes(answer[4 * at..][..4].try_into().unwrap());
        assert_eq!(challenge.word(*sample), Some(word));
    }
}

#[test]
fn a_drawn_answer_over_many_chunks_stands() {
    let challenge = challenge(4, 48, 256, 16);
    let answer = answer(&challenge);
    let samples = challenge.samples(&[5; 32]);
    let (root, proof) = prove(&challenge, &answer, &samples);
    assert!(proof.chunks.len() > 5);
    assert_eq!(challenge.check(&root, &proof, &samples), Ok(()));
    let others = challenge.samples(&[6; 32]);
    assert!(challenge.check(&root, &proof, &others).is_err());
}

#[test]
fn a_wrong_word_at_a_sample_is_named() {
    let challenge = challenge(2, 3, 16, 8);
    let mut answer = answer(&challenge);
    let sample = Sample { product: 1, run: 2 };
    let right = challenge.word(sample).expect("a run");
    for bit in 0..32 {
        answer[20 + bit / 8] ^= 1 << (bit % 8);
        let (root, proof) = prove(&challenge, &answer, &[sample]);
        assert_eq!(
            challenge.check(&root, &proof, &[sample]),
            Err(SampleError::WrongWord {
                product: 1,
                run: 2,
                expected: right,
                found: right ^ 1 << bit
            })
        );
        let honest = Sample { product: 1, run: 1 };
        assert_eq!(challenge.check(&root, &proof, &[honest]), Ok(()));
        answer[20 + bit / 8] ^= 1 << (bit % 8);
    }
}

#[test]
fn answers_that_open_less_or_more_are_refused() {
    let challenge = challenge(2, 64, 256, 4);
    let answer = answer(&challenge);
    let here = Sample { product: 0, run: 0 };
    let there = Sample {
        product: 1,
        run: 1_000,
    };
    let (root, one) = prove(&challenge, &answer, &[here]);
    let (_, both) = prove(&challenge, &answer, &[here, there]);
    let missing = challenge.chunks(&[there])[0];
    assert_eq!(
        challenge.check(&root, &one, &[here, there]),
        Err(SampleError::ChunkMissing(missing))
    );
    assert_eq!(
        challenge.check(&root, &both, &[here, here]),
        Err(SampleError::ChunkExtra(missing))
    );
    assert_eq!(
        challenge.check(&root, &both, &[here]),
        Err(SampleError::Proof(ProofError::TooManyChunks {
            maximum: 1,
            found: 2
        }))
    );
    for none in [
        Sample { product: 2, run: 0 },
        Sample {
            product: 0,
            run: 1_024,
        },
    ] {
        assert_eq!(challenge.word(none), None);
        assert_eq!(
            challenge.check(&root, &both, &[here, none]),
            Err(SampleError::NoSuchSample {
                product: none.product,
                run: none.run
            })
        );
    }
    assert_eq!(
        challenge.check(&[0; 32], &one, &[here]),
        Err(SampleError::Proof(ProofError::RootMismatch))
    );
}

#[test]
fn products_that_are_no_challenge_are_refused() {
    let shape = Shape::new(1, 24, 4).expect("a shape");
    assert_eq!(
        Challenge::new([0; 32], 1, shape),
        Err(ChallengeError::RowNotRuns(24))
    );
    let shape = Shape::new(1 << 12, 1 << 13, 4).expect("a shape");
    assert_eq!(
        Challenge::new([0; 32], 0, shape),
        Err(ChallengeError::Folded(LengthError::Empty))
    );
    assert_eq!(
        Challenge::new([0; 32], u32::MAX, shape),
        Err(ChallengeError::Folded(LengthError::TooLong(
            (u64::from(u32::MAX)) << 23
        )))
    );
}

#[test]
fn samples_fall_everywhere_alike() {
    let challenge = challenge(4, 2, 16, 4);
    let mut counts = [0u32; 8];
    for seed in 0..500u32 {
        let mut randomness = [0; 32];
        randomness[..4].copy_from_slice(&seed.to_le_bytes());
        for sample in challenge.samples(&randomness) {
            counts[challenge.place(sample).expect("a run") as usize] += 1;
        }
    }
    assert_eq!(counts.iter().sum::<u32>(), 500 * SAMPLES as u32);
    assert!(
        counts.iter().all(|count| (880..1_120).contains(count)),
        "{counts:?}"
    );
}

proptest! {
    #[test]
    fn honest_answers_stand_for_any_challenge(
        seed: [u8; 32], randomness: [u8; 32], products in 1u32..4, m in 1u32..20, runs in 1u32..4, words in 1u32..10,
    ) {
        let shape = Shape::new(m, 16 * runs, 4 * words).unwrap();
        let challenge = Challenge::new(seed, products, shape).unwrap();
        let answer = answer(&challenge);
        let samples = challenge.samples(&randomness);
        let (root, proof) = prove(&challenge, &answer, &samples);
        prop_assert_eq!(challenge.check(&root, &proof, &samples), Ok(()));
    }

    #[test]
    fn folds_of_runs_that_differ_in_one_element_differ(run: [i32; RUN], at in 0..RUN, other: i32) {
        let mut changed = run;
        changed[at] = other;
        // Each element passes bijections only.
        prop_assert_eq!(fold(&run) == fold(&changed), run == changed);
    }
}
