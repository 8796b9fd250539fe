//! What the end of a seat says of its worker: pure arithmetic, in integers.
//!
//! Beta reputation with forgetting and weights (A. Jøsang and R. Ismail, "The Beta Reputation System", 15th Bled Electronic
//! Commerce Conference, 2002): a seat of weight `w` turns the evidence `e` of its kind into `λ e + w` and that of the other
//! kind into `λ e`; [`Evidence::score`] is the expected value. A seat of full weight forgets one part in 100 (`λ = 0.99`),
//! a lighter one as much less as it weighs less, so that seats too small to say anything do not wash out what was known.
//!
//! The weight is linear in the fee up to a cap: [`weight_of_success`]. A concave one would make many small jobs to oneself
//! cheaper evidence than few large ones, and without a cap one giant job would be enough.

use edgeproof_primitives::{Evidence, TfuelBalance, FULL_EVIDENCE, MAX_EVIDENCE, UNIT};

/// The fee from which on a seat has full weight, in planck of TFUEL.
pub const FULL_FEE: TfuelBalance = UNIT;

/// Planck of TFUEL in the fee of a seat that weighs one millionth.
const FEE_OF_MILLIONTH: TfuelBalance = FULL_FEE / FULL_EVIDENCE as TfuelBalance;

/// What a success with this fee (planck of TFUEL) weighs, in millionths: `min(fee / FULL_FEE, 1)`, rounded down. Successes of
/// weight `w` have cost their requesters at least `w` times [`FULL_FEE`], however they were split.
pub fn weight_of_success(fee: TfuelBalance) -> u32 {
    bounded(fee.checked_div(FEE_OF_MILLIONTH))
}

/// What a failure with this fee (planck of TFUEL) weighs, in millionths: as a success, but rounded up and never nothing.
pub fn weight_of_failure(fee: TfuelBalance) -> u32 {
    bounded(Some(fee.div_ceil(FEE_OF_MILLIONTH))).max(1)
}

fn bounded(weight: Option<TfuelBalance>) -> u32 {
    weight
        .and_then(|weight| u32::try_from(weight).ok())
        .unwrap_or(u32::MAX)
        .min(FULL_EVIDENCE)
}

/// The evidence after a seat with this fee (planck of TFUEL) whose result stood.
pub fn after_success(evidence: Evidence, fee: TfuelBalance) -> Evidence {
    let weight = weight_of_success(fee);
    let Evidence { successes, failures } = faded(evidence, weight);
    Evidence {
        successes: more(successes, weight),
        failures,
    }
}

/// The evidence after a seat with this fee (planck of TFUEL) that was lost.
pub fn after_failure(evidence: Evidence, fee: TfuelBalance) -> Evidence {
    let weight = weight_of_failure(fee);
    let Evidence { successes, failures } = faded(evidence, weight);
    Evidence {
        successes,
        failures: more(failures, weight),
    }
}

/// What is left after a seat of this weight.
fn faded(evidence: Evidence, weight: u32) -> Evidence {
    let left = |amount: u32| {
        let forgotten = u64::from(amount)
            .saturating_mul(weight.into())
            .checked_div(MAX_EVIDENCE.into());
        let forgotten = forgotten.and_then(|forgotten| u32::try_from(forgotten).ok());
        amount.saturating_sub(forgotten.unwrap_or(u32::MAX))
    };
    Evidence {
        successes: left(evidence.successes),
        failures: left(evidence.failures),
    }
}

fn more(amount: u32, weight: u32) -> u32 {
    amount.saturating_add(weight).min(MAX_EVIDENCE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use edgeproof_primitives::MAX_SCORE;
    use proptest::prelude::*;

    /// Evidence as it can be.
    fn evidence() -> impl Strategy<Value = Evidence> {
        (0..=MAX_EVIDENCE, 0..=MAX_EVIDENCE)
            .prop_map(|(successes, failures)| Evidence { successes, failures })
    }

    /// Fees of every size.
    fn fee() -> impl Strategy<Value = TfuelBalance> {
        (any::<u128>(), 0..128u32).prop_map(|(bits, shift)| bits >> shift)
    }

    /// Compares scores without rounding: `(r + 1) / (s + 1)` grows exactly with `(r + 1) / (r + s + 2)`.
    fn odds(a: Evidence, b: Evidence) -> std::cmp::Ordering {
        let plus = |amount: u32| u128::from(amount) + u128::from(FULL_EVIDENCE);
        (plus(a.successes) * plus(b.failures)).cmp(&(plus(b.successes) * plus(a.failures)))
    }

    fn ends(successes: u32, failures: u32) -> Evidence {
        let good = (0..successes).fold(Evidence::default(), |evidence, _| {
            after_success(evidence, FULL_FEE)
        });
        (0..failures).fold(good, |evidence, _| after_failure(evidence, FULL_FEE))
    }

    #[test]
    fn a_seat_of_full_weight_keeps_ninety_nine_hundredths_of_what_was_known() {
        let before = Evidence {
            successes: 50 * FULL_EVIDENCE,
            failures: 10 * FULL_EVIDENCE,
        };
        assert_eq!(
            after_success(before, FULL_FEE),
            Evidence {
                successes: 50_500_000,
                failures: 9_900_000
            }
        );
        assert_eq!(
            after_failure(before, FULL_FEE),
            Evidence {
                successes: 49_500_000,
                failures: 10_900_000
            }
        );
    }

    #[test]
    fn half_the_fee_weighs_and_forgets_half() {
        let before = Evidence {
            successes: 50 * FULL_EVIDENCE,
            failures: 10 * FULL_EVIDENCE,
        };
        assert_eq!(
            after_success(before, FULL_FEE / 2),
            Evidence {
                successes: 50_250_000,
                failures: 9_950_000
            }
        );
    }

    #[test]
    fn a_giant_fee_weighs_no_more_than_a_full_one() {
        assert_eq!(weight_of_success(FULL_FEE), FULL_EVIDENCE);
        assert_eq!(weight_of_success(u128::MAX), FULL_EVIDENCE);
        assert_eq!(weight_of_failure(u128::MAX), FULL_EVIDENCE);
        assert_eq!(ends(1, 0).score(), 666_666);
    }

    #[test]
    fn what_is_too_small_to_count_is_no_success_and_still_a_failure() {
        assert_eq!((weight_of_success(0), weight_of_failure(0)), (0, 1));
        assert_eq!((weight_of_success(1), weight_of_failure(1)), (0, 1));
        let just_under = 2 * FEE_OF_MILLIONTH - 1;
        assert_eq!(
            (weight_of_success(just_under), weight_of_failure(just_under)),
            (1, 2)
        );
    }

    #[test]
    fn scores_follow_the_record() {
        let score = |successes, failures| ends(successes, failures).score();
        assert_eq!(score(0, 0), 500_000);
        assert_eq!(score(0, 1), 333_333);
        assert!((890_000..900_000).contains(&score(8, 0)));
        // One failure costs a long record little, and three in a row more than one each.
        assert!((970_000..990_000).contains(&score(400, 1)));
        assert!(score(400, 3) < 970_000);
    }

    #[test]
    fn a_long_record_converges_to_the_bounds() {
        assert_eq!(
            ends(5_000, 0),
            Evidence {
                successes: MAX_EVIDENCE,
                failures: 0
            }
        );
        assert_eq!(ends(5_000, 0).score(), MAX_SCORE);
        assert_eq!(ends(0, 5_000).score(), 1_000_000 - MAX_SCORE - 1, "rounded down");
    }

    #[test]
    fn what_was_long_ago_is_forgotten() {
        let reformed = |failures| {
            let bad = ends(0, failures);
            (0..1_000)
                .fold(bad, |evidence, _| after_success(evidence, FULL_FEE))
                .score()
        };
        assert!(reformed(5_000).abs_diff(reformed(0)) < 100, "{}", reformed(5_000));
    }

    proptest! {
        #[test]
        fn evidence_stays_within_its_bound_and_scores_within_theirs(before in evidence(), fee in fee()) {
            for after in [after_success(before, fee), after_failure(before, fee)] {
                prop_assert!(after.successes <= MAX_EVIDENCE && after.failures <= MAX_EVIDENCE);
                prop_assert!(after.score() > 0 && after.score() <= MAX_SCORE);
            }
        }

        #[test]
        fn evidence_that_cannot_be_does_not_overflow(successes in any::<u32>(), failures in any::<u32>(), fee in fee()) {
            let before = Evidence { successes, failures };
            prop_assert!(after_success(before, fee).score() <= 1_000_000);
            prop_assert!(after_failure(before, fee).score() <= 1_000_000);
        }

        #[test]
        fn a_success_never_lowers_the_score(before in evidence(), fee in fee()) {
            let after = after_success(before, fee);
            prop_assert!(odds(after, before).is_ge());
            prop_assert!(after.score() >= before.score());
        }

        #[test]
        fn a_success_that_weighs_anything_raises_the_score(before in evidence(), fee in FEE_OF_MILLIONTH..=u128::MAX) {
            prop_assume!(before.successes < MAX_EVIDENCE);
            prop_assert!(odds(after_success(before, fee), before).is_gt());
        }

        #[test]
        fn a_failure_always_lowers_the_score(before in evidence(), fee in fee()) {
            prop_assume!(before.failures < MAX_EVIDENCE);
            let after = after_failure(before, fee);
            prop_assert!(odds(after, before).is_lt());
            prop_assert!(after.score() <= before.score());
        }

        #[test]
        fn after_nothing_but_failures_one_more_raises_no_score(successes in 0..=MAX_EVIDENCE, fee in fee()) {
            let before = Evidence { successes, failures: MAX_EVIDENCE };
            prop_assert!(odds(after_failure(before, fee), before).is_le());
        }

        #[test]
        fn a_full_failure_shows_in_the_score(before in evidence()) {
            prop_assume!(before.failures < 90 * FULL_EVIDENCE);
            prop_assert!(after_failure(before, FULL_FEE).score() < before.score());
        }

        #[test]
        fn a_higher_fee_never_weighs_less(fee in fee(), more in fee()) {
            let higher = fee.saturating_add(more);
            prop_assert!(weight_of_success(higher) >= weight_of_success(fee));
            prop_assert!(weight_of_failure(higher) >= weight_of_failure(fee));
        }

        #[test]
        fn one_more_success_never_leads_to_a_lower_score(
            record in prop::collection::vec((any::<bool>(), fee()), 0..50), at in any::<prop::sample::Index>(), extra in fee(),
        ) {
            let play = |record: &[(bool, TfuelBalance)]| record.iter().fold(Evidence::default(), |evidence, (stood, fee)| {
                if *stood { after_success(evidence, *fee) } else { after_failure(evidence, *fee) }
            });
            let mut longer = record.clone();
            longer.insert(at.index(record.len() + 1), (true, extra));
            // Each step rounds by less than a millionth of a seat.
            prop_assert!(play(&longer).score() + 100 >= play(&record).score());
        }

        #[test]
        fn successes_cost_their_weight_in_fees_however_they_are_split(fees in prop::collection::vec(0..2 * FULL_FEE, 0..50)) {
            let evidence = fees.iter().fold(Evidence::default(), |evidence, fee| after_success(evidence, *fee));
            prop_assert!(u128::from(evidence.successes) * FEE_OF_MILLIONTH <= fees.iter().sum());
        }
    }
}
