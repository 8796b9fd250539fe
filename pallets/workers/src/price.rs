//! Fees, bonds and their value: pure arithmetic. TFUEL and THETA in planck.

use edgeproof_primitives::{Ops, TfuelBalance, ThetaBalance};
use frame::{
    arithmetic::{helpers_128bit::multiply_by_rational_with_rounding, FixedPointNumber, Rounding},
    deps::sp_runtime::FixedU128,
};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// Operations in the unit of an ask.
pub const GIGA: u128 = 1_000_000_000;

/// The fee for `operations` at `ask` (TFUEL per giga-operation), rounded up: `ceil(operations * ask / 10^9)`. `None` when it
/// is more than any amount.
pub fn fee(operations: Ops, ask: TfuelBalance) -> Option<TfuelBalance> {
    multiply_by_rational_with_rounding(operations.into(), ask, GIGA, Rounding::Up)
}

/// The bond for `fee`, rounded up: `ceil(factor * fee * rate)` (economy.md: `bond = b * F * rate`). Saturates, and a bond
/// of that size nobody has.
pub fn bond(fee: TfuelBalance, factor: u32, rate: FixedU128) -> ThetaBalance {
    fee.checked_mul(factor.into())
        .and_then(|multiple| at_rate(multiple, rate, Rounding::Up))
        .unwrap_or(ThetaBalance::MAX)
}

/// What `fee` is worth in THETA, rounded down: `floor(fee * rate)`. Saturates.
pub fn value(fee: TfuelBalance, rate: FixedU128) -> ThetaBalance {
    at_rate(fee, rate, Rounding::Down).unwrap_or(ThetaBalance::MAX)
}

fn at_rate(amount: TfuelBalance, rate: FixedU128, rounding: Rounding) -> Option<ThetaBalance> {
    multiply_by_rational_with_rounding(amount, rate.into_inner(), FixedU128::DIV, rounding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RATE_UNIT: u128 = FixedU128::DIV;

    /// Digits of `a * b / c` by long multiplication in 32-bit limbs, as an oracle: quotient and whether a rest remains.
    fn wide(a: u128, b: u128, c: u128) -> (Option<u128>, bool) {
        // Shift and subtract over the 256-bit product, one bit of `a` at a time.
        let (mut quotient, mut rest) = (Some(0u128), 0u128);
        for bit in (0..128).rev() {
            quotient = quotient.and_then(|q| q.checked_mul(2));
            let (doubled, carry) = add_mod(rest, rest, c);
            rest = doubled;
            quotient = quotient.and_then(|q| q.checked_add(carry));
            if a >> bit & 1 == 1 {
                let (sum, carry) = add_mod(rest, b % c, c);
                rest = sum;
                quotient = quotient
                    .and_then(|q| q.checked_add(carry))
                    .and_then(|q| q.checked_add(b / c));
            }
        }
        (quotient, rest > 0)
    }

    /// `a + b` modulo `c` and how often `c` went in, for `a, b < c <= 2^127`.
    fn add_mod(a: u128, b: u128, c: u128) -> (u128, u128) {
        if a + b >= c {
            (a + b - c, 1)
        } else {
            (a + b, 0)
        }
    }

    fn up((quotient, rest): (Option<u128>, bool)) -> Option<u128> {
        quotient.and_then(|q| q.checked_add(rest.into()))
    }

    fn amount() -> impl Strategy<Value = u128> {
        (any::<u128>(), 0..128u32).prop_map(|(bits, shift)| bits >> shift)
    }

    #[test]
    fn a_fee_is_rounded_up() {
        assert_eq!(fee(1, 1), Some(1));
        assert_eq!(fee(1_000_000_000, 1), Some(1));
        assert_eq!(fee(1_000_000_001, 1), Some(2));
        assert_eq!(fee(0, 7), Some(0));
        assert_eq!(fee(2_500_000_000, 10), Some(25));
    }

    #[test]
    fn a_fee_beyond_every_amount_is_none() {
        assert_eq!(fee(u64::MAX, u128::MAX), None);
        assert!(
            fee(u64::MAX, crate::MAX_ASK).is_some(),
            "no ask that the registry admits overflows"
        );
    }

    #[test]
    fn a_bond_is_twenty_times_the_fees_value_at_the_default() {
        assert_eq!(bond(10, 20, FixedU128::from_rational(1, 10)), 20);
        assert_eq!(value(10, FixedU128::from_rational(1, 10)), 1);
    }

    #[test]
    fn a_bond_is_rounded_up_and_a_value_down() {
        let third = FixedU128::from_rational(1, 3);
        assert_eq!(bond(1, 1, third), 1);
        assert_eq!(value(2, third), 0);
    }

    #[test]
    fn a_bond_saturates() {
        assert_eq!(bond(u128::MAX, 2, FixedU128::from_inner(1)), u128::MAX);
        assert_eq!(bond(u128::MAX, 1, FixedU128::from_u32(2)), u128::MAX);
        assert_eq!(value(u128::MAX, FixedU128::from_u32(2)), u128::MAX);
    }

    #[test]
    fn nothing_costs_nothing() {
        assert_eq!(bond(0, 20, FixedU128::from_u32(1)), 0);
        assert_eq!(bond(5, 20, FixedU128::from_inner(0)), 0);
        assert_eq!(value(0, FixedU128::from_u32(1)), 0);
    }

    proptest! {
        #[test]
        fn fees_agree_with_long_division(operations in any::<u64>(), ask in amount()) {
            prop_assert_eq!(fee(operations, ask), up(wide(operations.into(), ask, GIGA)));
        }

        #[test]
        fn bonds_agree_with_long_division(fee in amount(), factor in any::<u32>(), rate in amount()) {
            let exact = fee
                .checked_mul(factor.into())
                .and_then(|multiple| up(wide(multiple, rate, RATE_UNIT)))
                .unwrap_or(u128::MAX);
            prop_assert_eq!(bond(fee, factor, FixedU128::from_inner(rate)), exact);
        }

        #[test]
        fn values_agree_with_long_division(fee in amount(), rate in amount()) {
            let exact = wide(fee, rate, RATE_UNIT).0.unwrap_or(u128::MAX);
            prop_assert_eq!(value(fee, FixedU128::from_inner(rate)), exact);
        }

        #[test]
        fn more_work_or_a_higher_ask_never_costs_less(operations in any::<u64>(), more in any::<u64>(), ask in amount()) {
            let bound = |operations, ask| fee(operations, ask).unwrap_or(u128::MAX);
            prop_assert!(bound(operations.saturating_add(more), ask) >= bound(operations, ask));
            prop_assert!(bound(operations, ask.saturating_add(more.into())) >= bound(operations, ask));
        }

        #[test]
        fn a_bond_covers_the_value_of_the_fee(fee in amount(), factor in 1..1_000u32, rate in amount()) {
            let rate = FixedU128::from_inner(rate);
            prop_assert!(bond(fee, factor, rate) >= value(fee, rate));
        }

        #[test]
        fn splitting_a_job_never_makes_it_cheaper(a in any::<u32>(), b in any::<u32>(), ask in 0..u128::from(u64::MAX)) {
            let (a, b) = (u64::from(a), u64::from(b));
            prop_assert!(fee(a, ask).unwrap() + fee(b, ask).unwrap() >= fee(a + b, ask).unwrap());
        }
    }
}
