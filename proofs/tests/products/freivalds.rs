use edgeproof_proofs::freivalds::{
    wrong_element, wrong_row, Projection, RowError, Shape, ShapeError, WrongElement, MAX_K,
};
use proptest::prelude::*;
use rand_chacha::{
    rand_core::{RngCore, SeedableRng},
    ChaCha8Rng,
};

use crate::matrices::{bytes_of, product, random};

fn rng(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

fn operands(shape: Shape, seed: u64) -> (Vec<u8>, Vec<u8>, Vec<i32>) {
    let a = random(shape.a_bytes() as usize, seed);
    let b = random(shape.b_bytes() as usize, !seed);
    let c = product(shape, &a, &b);
    (a, b, c)
}

/// The same check in words: `a (b^T r) = c r` modulo 2^32 with two random vectors.
fn holds_modulo_2_to_the_32(shape: Shape, a: &[u8], b: &[u8], c: &[i32], rng: &mut ChaCha8Rng) -> bool {
    let (n, k) = (shape.n() as usize, shape.k() as usize);
    (0..2).all(|_| {
        let r: Vec<u32> = (0..n).map(|_| rng.next_u32()).collect();
        let mut projected = vec![0u32; k];
        for (row, r) in b.chunks(k).zip(&r) {
            for (sum, b) in projected.iter_mut().zip(row) {
                *sum = sum.wrapping_add((*b as i8 as u32).wrapping_mul(*r));
            }
        }
        a.chunks(k).zip(c.chunks(n)).all(|(a_row, c_row)| {
            let left = a_row.iter().zip(&projected).fold(0u32, |sum, (a, projected)| {
                sum.wrapping_add((*a as i8 as u32).wrapping_mul(*projected))
            });
            let right = c_row
                .iter()
                .zip(&r)
                .fold(0u32, |sum, (c, r)| sum.wrapping_add((*c as u32).wrapping_mul(*r)));
            left == right
        })
    })
}

#[test]
fn an_error_of_2_to_the_31_fools_arithmetic_in_words_but_not_modulo_the_prime() {
    let shape = Shape::new(8, 12, 32).expect("a shape");
    let (a, b, right) = operands(shape, 1);
    let mut fooled = 0;
    let mut checks = 0;
    for column in 0..12 {
        // One element, then the same column of every row: 2^31 e_j.
        for rows in [1, 8] {
            let mut wrong = right.clone();
            for row in 0..rows {
                wrong[row * 12 + column] ^= i32::MIN;
            }
            for seed in 0..32 {
                checks += 1;
                let wrapped = holds_modulo_2_to_the_32(shape, &a, &b, &wrong, &mut rng(seed));
                fooled += i32::from(wrapped);
                assert_eq!(
                    wrong_row(shape, &a, &b, &bytes_of(&wrong), &mut rng(seed)),
                    Ok(Some(0))
                );
            }
        }
    }
    // Two vectors with an even entry each: a quarter.
    assert!(
        (checks / 8..checks * 3 / 8).contains(&fooled),
        "{fooled} of {checks}"
    );
    assert!(holds_modulo_2_to_the_32(shape, &a, &b, &right, &mut rng(1)));
}

#[test]
fn any_single_wrong_element_is_rejected_and_found() {
    let shape = Shape::new(5, 7, 12).expect("a shape");
    let (a, b, right) = operands(shape, 2);
    for at in 0..35 {
        for bit in 0..32 {
            let mut wrong = right.clone();
            wrong[at] ^= 1 << bit;
            let bytes = bytes_of(&wrong);
            let (row, column) = (at / 7, at % 7);
            assert_eq!(
                wrong_row(shape, &a, &b, &bytes, &mut rng(at as u64)),
                Ok(Some(row as u32))
            );
            assert_eq!(
                wrong_element(&a[row * 12..][..12], b.chunks(12), &bytes[row * 28..][..28]),
                Some(WrongElement {
                    column: column as u32,
                    found: wrong[at],
                    right: right[at]
                })
            );
        }
    }
}

#[test]
fn extreme_operands_at_the_longest_k_do_not_wrap() {
    // The longest k that fills words; one more product of -128 * -128 would reach 2^31 at 131,072.
    let shape = Shape::new(2, 3, 131_068).expect("a shape");
    let k = 131_068;
    for (a, b) in [(-128i8, -128i8), (-128, 127), (127, 127), (127, -128)] {
        let a = vec![a as u8; 2 * k];
        let mut b = vec![b as u8; 3 * k];
        b[k..2 * k].fill(1);
        let exact = i64::from(a[0] as i8) * i64::from(b[0] as i8) * k as i64;
        let right = product(shape, &a, &b);
        assert_eq!(i64::from(right[0]), exact);
        assert_eq!(wrong_row(shape, &a, &b, &bytes_of(&right), &mut rng(3)), Ok(None));
        let mut wrong = right.clone();
        wrong[5] ^= i32::MIN;
        assert_eq!(
            wrong_row(shape, &a, &b, &bytes_of(&wrong), &mut rng(3)),
            Ok(Some(1))
        );
    }
    let largest = i64::from(MAX_K) * 128 * 128;
    assert!(largest <= i64::from(i32::MAX) && largest + 128 * 128 > i64::from(i32::MAX));
    assert_eq!(Shape::new(2, 3, 131_072), Err(ShapeError::SumCouldWrap(131_072)));
}

#[test]
fn shapes_of_no_product_are_refused() {
    for (m, n, k) in [(0, 1, 4), (1, 0, 4), (1, 1, 0)] {
        assert_eq!(Shape::new(m, n, k), Err(ShapeError::Empty));
    }
    for k in [1, 2, 3, 5, MAX_K] {
        assert_eq!(Shape::new(1, 1, k), Err(ShapeError::RowNotWords(k)));
    }
    assert_eq!(
        Shape::new(1 << 13, (1 << 12) + 1, 4),
        Err(ShapeError::MatrixTooLong((1 << 25) + (1 << 13)))
    );
    assert_eq!(
        Shape::new(u32::MAX, u32::MAX, 4),
        Err(ShapeError::MatrixTooLong(u64::from(u32::MAX)))
    );
    assert!(Shape::new(1 << 25, 1, 4).is_ok());
    assert!(Shape::new(1 << 13, 1 << 12, 1 << 14).is_ok());
}

#[test]
fn rows_of_other_lengths_and_counts_are_refused() {
    let shape = Shape::new(2, 2, 8).expect("a shape");
    let (a, b, c) = operands(shape, 4);
    let c = bytes_of(&c);
    let length = |expected, found| Err(RowError::Length { expected, found });
    assert_eq!(wrong_row(shape, &a[1..], &b, &c, &mut rng(5)), length(16, 15));
    assert_eq!(wrong_row(shape, &a, &b[..8], &c, &mut rng(5)), length(16, 8));
    assert_eq!(wrong_row(shape, &a, &b, &[], &mut rng(5)), length(16, 0));

    let mut projection = Projection::new(shape, &mut rng(5));
    assert_eq!(
        projection.row_of_b(&b[..7]),
        Err(RowError::Length {
            expected: 8,
            found: 7
        })
    );
    projection.row_of_b(&b[..8]).expect("a row");
    assert_eq!(
        Projection::new(shape, &mut rng(5)).finish().err(),
        Some(RowError::Count {
            expected: 2,
            found: 0
        })
    );
    projection.row_of_b(&b[8..]).expect("a row");
    assert_eq!(
        projection.row_of_b(&b[8..]),
        Err(RowError::Count {
            expected: 2,
            found: 3
        })
    );
    let check = projection.finish().expect("all rows");
    assert_eq!(check.holds(&a[..8], &c[..8]), Ok(true));
    assert_eq!(check.holds(&a[8..], &c[..8]), Ok(false));
    assert_eq!(
        check.holds(&a[..4], &c[..8]),
        Err(RowError::Length {
            expected: 8,
            found: 4
        })
    );
    assert_eq!(
        check.holds(&a[..8], &c[..4]),
        Err(RowError::Length {
            expected: 8,
            found: 4
        })
    );
}

proptest! {
    #[test]
    fn right_products_are_always_accepted_and_wrong_ones_never(
        m in 1u32..12, n in 1u32..12, words in 1u32..12, seed: u64,
        errors in prop::collection::vec((any::<u32>(), any::<i32>()), 1..5),
    ) {
        let shape = Shape::new(m, n, 4 * words).unwrap();
        let (a, b, right) = operands(shape, seed);
        prop_assert_eq!(wrong_row(shape, &a, &b, &bytes_of(&right), &mut rng(seed)), Ok(None));

        let mut wrong = right.clone();
        for (at, error) in errors {
            let at = at as usize % wrong.len();
            wrong[at] = wrong[at].wrapping_add(error);
        }
        let first = right.iter().zip(&wrong).position(|(right, wrong)| right != wrong);
        let row = first.map(|at| at as u32 / n);
        prop_assert_eq!(wrong_row(shape, &a, &b, &bytes_of(&wrong), &mut rng(seed)), Ok(row));
    }
}
