//! Integers modulo the Mersenne prime p = 2^61 - 1, and exact sums on the way there.

use rand_core::CryptoRng;

/// The modulus.
pub const P: u64 = (1 << 61) - 1;

/// An integer modulo [`P`], below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element(u64);

impl Element {
    /// Uniform in [0, p): of 61 random bits one value in 2^61 is drawn again.
    pub fn random(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        loop {
            let bits = rng.next_u64() & P;
            if bits < P {
                return Self(bits);
            }
        }
    }

    /// The integer in [0, p).
    pub fn value(&self) -> u64 {
        self.0
    }
}

/// An exact sum of products, reduced only at the end, because an addition with carry is cheaper than a reduction.
///
/// Exact up to 2^34 products: each is below 2^31 * 2^61 in size, and a sum holds 2^127.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum(i128);

impl Sum {
    /// Adds `x * r`.
    pub fn add(&mut self, x: i32, r: Element) {
        self.0 = self.0.wrapping_add(product(x, r));
    }

    /// Subtracts `x * r`.
    pub fn subtract(&mut self, x: i32, r: Element) {
        self.0 = self.0.wrapping_sub(product(x, r));
    }

    /// The sum modulo p.
    pub fn reduce(&self) -> Element {
        let size = self.0.unsigned_abs();
        // 2^61 is 1 modulo p, so the digits to the base 2^61 add up.
        let digits =
            [size, size >> 61, size >> 122].map(|digits| u64::try_from(digits & u128::from(P)).unwrap_or(0));
        let folded = digits.iter().fold(0u64, |sum, digit| sum.wrapping_add(*digit));
        let rest = folded.checked_rem(P).unwrap_or(0);
        if self.0.is_negative() && rest != 0 {
            Element(P.wrapping_sub(rest))
        } else {
            Element(rest)
        }
    }

    /// True where p divides the sum.
    pub fn vanishes(&self) -> bool {
        self.reduce().value() == 0
    }
}

fn product(x: i32, r: Element) -> i128 {
    // Both factors fit an i64: one multiplication instruction.
    i128::from(x).wrapping_mul(i128::from(r.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand_chacha::{rand_core::SeedableRng, ChaCha8Rng};

    fn element() -> impl Strategy<Value = Element> {
        prop_oneof![
            (0..P).prop_map(Element),
            prop::sample::select(vec![0, 1, 2, P / 2, P - 2, P - 1]).prop_map(Element),
        ]
    }

    fn factor() -> impl Strategy<Value = i32> {
        prop_oneof![
            any::<i32>(),
            prop::sample::select(vec![i32::MIN, i32::MAX, -128, -1, 0, 1])
        ]
    }

    /// `x * r` modulo p by doubling, which never leaves 64 bits.
    fn slow_product(x: i32, r: Element) -> u64 {
        let mut product = 0u64;
        for bit in (0..32).rev() {
            product = (product * 2) % P;
            if x.unsigned_abs() >> bit & 1 == 1 {
                product = (product + r.value()) % P;
            }
        }
        if x < 0 {
            (P - product) % P
        } else {
            product
        }
    }

    proptest! {
        #[test]
        fn sums_agree_with_arithmetic_that_reduces_at_every_step(
            terms in prop::collection::vec((factor(), element(), any::<bool>()), 0..200),
        ) {
            let mut sum = Sum::default();
            let mut expected = 0u64;
            for (x, r, add) in terms {
                let product = slow_product(x, r);
                if add {
                    sum.add(x, r);
                    expected = (expected + product) % P;
                } else {
                    sum.subtract(x, r);
                    expected = (expected + P - product) % P;
                }
            }
            prop_assert_eq!(sum.reduce().value(), expected);
            prop_assert_eq!(sum.vanishes(), expected == 0);
        }

        #[test]
        fn any_sum_reduces_as_integers_do(sum: i128) {
            let expected = sum.rem_euclid(i128::from(P));
            prop_assert_eq!(i128::from(Sum(sum).reduce().value()), expected);
        }
    }

    #[test]
    fn sums_at_the_edges_reduce_as_integers_do() {
        let p = i128::from(P);
        for sum in [
            0,
            1,
            p - 1,
            p,
            p + 1,
            p * p - 1,
            p * p,
            (1 << 122) - 1,
            1 << 122,
            i128::MAX,
            i128::MIN + 1,
        ] {
            for sum in [sum, -sum] {
                assert_eq!(i128::from(Sum(sum).reduce().value()), sum.rem_euclid(p), "{sum}");
            }
        }
        assert_eq!(
            i128::from(Sum(i128::MIN).reduce().value()),
            i128::MIN.rem_euclid(p)
        );
    }

    #[test]
    fn the_longest_sum_is_exact() {
        // 2^34 products of the largest size stay within an i128.
        let largest = product(i32::MIN, Element(P - 1));
        assert!(largest.checked_mul(1 << 34).is_some());
    }

    #[test]
    fn random_elements_are_below_the_modulus_and_spread() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let elements: Vec<u64> = (0..4_096).map(|_| Element::random(&mut rng).value()).collect();
        assert!(elements.iter().all(|element| *element < P));
        let high = elements.iter().filter(|element| **element > P / 2).count();
        assert!((1_800..2_300).contains(&high), "{high}");
    }
}
