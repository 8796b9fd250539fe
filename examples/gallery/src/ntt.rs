//! The product of two large numbers by way of their spectra: a number-theoretic transform modulo 998244353.

use crate::{recipe::source, GalleryError, Outcome, Recipe, Source, Task};

pub const SOURCE: Source = source!(
    "ntt",
    "roots.wgsl",
    "zero.wgsl",
    "next.wgsl",
    "stage.wgsl",
    "multiply.wgsl",
    "finish.wgsl"
);

/// 119 * 2^23 + 1: it has roots of unity of every order up to 2^23.
pub const PRIME: u32 = 998_244_353;
const GENERATOR: u64 = 3;
/// Decimal digits of a coefficient.
const DIGITS: usize = 2;
/// Longest product, as a power of two: sums of so many products of coefficients stay below the prime.
pub const MAX_LOG2: u32 = 17;
/// Most decimal digits of a factor.
pub const MAX_DIGITS: usize = DIGITS << (MAX_LOG2 - 1);

/// The job that multiplies two polynomials modulo the prime and x^n - 1.
///
/// Both have n coefficients below the prime, the lowest first; n is a power of two from 2 to 2^[`MAX_LOG2`].
///
/// # Errors
/// Another number of coefficients.
pub fn task(left: Vec<u32>, right: Vec<u32>) -> Result<Task, GalleryError> {
    let length = u32::try_from(left.len()).unwrap_or(u32::MAX);
    if right.len() != left.len() || !length.is_power_of_two() || !(1..=MAX_LOG2).contains(&length.ilog2()) {
        return Err(GalleryError::input(format!(
            "two polynomials of one length, a power of two up to 2^{MAX_LOG2}"
        )));
    }
    let mut recipe = Recipe::new(SOURCE)
        .words("roots", length / 2)
        .times(length.ilog2());
    for buffer in [
        "left",
        "right",
        "left_then",
        "right_then",
        "spectrum",
        "then",
        "product",
    ] {
        recipe = recipe.words(buffer, length);
    }
    let root = power(GENERATOR, u64::from(PRIME - 1) / u64::from(length));
    let inverse = power(u64::from(length), u64::from(PRIME) - 2);
    Ok(Task {
        name: SOURCE.name,
        program: recipe.build()?,
        inputs: vec![left, right],
        params: vec![
            montgomery(root),
            length / 2,
            length - 1,
            montgomery(u64::from(montgomery(inverse))),
        ],
    })
}

/// The job that multiplies two numbers in decimal digits.
///
/// # Errors
/// What is no number, or one that is too long.
pub fn multiplication(left: &str, right: &str) -> Result<Task, GalleryError> {
    let (mut left, mut right) = (coefficients(left)?, coefficients(right)?);
    let length = (left.len() + right.len()).next_power_of_two();
    left.resize(length, 0);
    right.resize(length, 0);
    task(left, right)
}

/// The product in decimal digits.
pub fn product(outcome: &Outcome) -> String {
    let base = 10u64.pow(DIGITS as u32);
    let mut carry = 0;
    let mut text = Vec::new();
    for coefficient in &outcome.outputs[0] {
        carry += u64::from(*coefficient);
        text.push(format!("{:0DIGITS$}", carry % base));
        carry /= base;
    }
    text.reverse();
    let text = text.concat();
    let digits = text.trim_start_matches('0');
    if digits.is_empty() { "0" } else { digits }.into()
}

/// Groups of digits, the lowest first.
fn coefficients(number: &str) -> Result<Vec<u32>, GalleryError> {
    if number.is_empty() || number.len() > MAX_DIGITS || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(GalleryError::input(format!(
            "a factor is 1 to {MAX_DIGITS} decimal digits"
        )));
    }
    let value = |group: &[u8]| {
        group
            .iter()
            .fold(0, |value, digit| value * 10 + u32::from(digit - b'0'))
    };
    Ok(number.as_bytes().rchunks(DIGITS).map(value).collect())
}

/// `base^exponent` modulo the prime.
fn power(base: u64, mut exponent: u64) -> u64 {
    let prime = u64::from(PRIME);
    let (mut square, mut result) = (base % prime, 1);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * square % prime;
        }
        square = square * square % prime;
        exponent >>= 1;
    }
    result
}

/// `value * 2^32` modulo the prime.
fn montgomery(value: u64) -> u32 {
    ((value << 32) % u64::from(PRIME)) as u32
}
