use edgeproof_gallery::ntt::{multiplication, product, task, PRIME};
use rand::{rngs::StdRng, Rng};

use crate::support::{both, gpu, random};

/// The product modulo the prime and x^n - 1, coefficient by coefficient.
fn reference(left: &[u32], right: &[u32]) -> Vec<u32> {
    let length = left.len();
    let mut product = vec![0u64; length];
    for (i, x) in left.iter().enumerate() {
        for (j, y) in right.iter().enumerate() {
            let place = &mut product[(i + j) & (length - 1)];
            *place = (*place + u64::from(*x) * u64::from(*y)) % u64::from(PRIME);
        }
    }
    product.into_iter().map(|word| word as u32).collect()
}

fn polynomial(random: &mut StdRng, length: usize) -> Vec<u32> {
    (0..length).map(|_| random.random_range(0..PRIME)).collect()
}

#[test]
fn random_polynomials_multiply_as_the_definition_says() {
    let mut random = random();
    for log2 in 1..=8 {
        let [left, right] = [(); 2].map(|()| polynomial(&mut random, 1 << log2));
        let outcome = both(&task(left.clone(), right.clone()).unwrap());
        assert!(outcome.outputs == [reference(&left, &right)], "2^{log2}");
    }
}

#[test]
fn polynomials_of_4096_coefficients_multiply_as_the_definition_says() {
    let mut random = random();
    let [left, right] = [(); 2].map(|()| polynomial(&mut random, 1 << 12));
    let outcome = both(&task(left.clone(), right.clone()).unwrap());
    assert!(outcome.outputs == [reference(&left, &right)]);
}

#[test]
fn the_largest_coefficients_multiply() {
    let largest = vec![PRIME - 1; 64];
    let outcome = both(&task(largest.clone(), largest.clone()).unwrap());
    assert!(outcome.outputs == [vec![64; 64]]);
}

#[test]
fn numbers_multiply_as_on_paper() {
    let cases = [
        ("0", "0", "0"),
        ("7", "8", "56"),
        ("123456789", "987654321", "121932631112635269"),
        (
            "340282366920938463463374607431768211455",
            "2",
            "680564733841876926926749214863536422910",
        ),
    ];
    for (left, right, expected) in cases {
        assert_eq!(product(&both(&multiplication(left, right).unwrap())), expected);
    }
}

#[test]
fn the_square_of_a_long_row_of_nines_is_known() {
    // (10^n - 1)^2 = 10^2n - 2 * 10^n + 1
    let digits = 30_000;
    let outcome = gpu(&multiplication(&"9".repeat(digits), &"9".repeat(digits)).unwrap());
    let expected = format!("{}8{}1", "9".repeat(digits - 1), "0".repeat(digits - 1));
    assert!(product(&outcome) == expected);
}

#[test]
fn what_is_no_number_is_refused() {
    for factor in ["", "-1", "1.5", "one"] {
        assert!(multiplication(factor, "1").is_err(), "{factor}");
    }
    assert!(task(vec![1; 3], vec![1; 3]).is_err());
    assert!(task(vec![1; 4], vec![1; 2]).is_err());
    assert!(task(vec![1], vec![1]).is_err());
}
