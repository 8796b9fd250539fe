//! What a job would cost and how long it would take: pure arithmetic.

use alloc::vec::Vec;
use edgeproof_primitives::{Assurance, BlockNumber, Price, TfuelBalance, Timing};
use pallet_support::JobRules;

/// The percentiles of a quote.
const PERCENTS: [u8; 5] = [10, 25, 50, 75, 90];

/// The least of the `sorted` fees that at least so many percent of them do not exceed (nearest rank).
fn percentile(sorted: &[TfuelBalance], percent: u8) -> Option<TfuelBalance> {
    let rank = sorted.len().saturating_mul(percent.into()).div_ceil(100).max(1);
    sorted.get(rank.saturating_sub(1)).copied()
}

/// The prices of a job at the percentiles of the `sorted` fees of a seat, in planck of TFUEL.
pub(crate) fn prices(sorted: &[TfuelBalance], assurance: &Assurance) -> Vec<Price> {
    let auditors = u128::from(assurance.audit_rate > 0);
    let price = |percent| {
        let fee = percentile(sorted, percent)?;
        Some(Price {
            percent,
            fee,
            replicas: fee.saturating_mul(assurance.replicas.into()),
            audit_reserve: fee.saturating_mul(auditors),
        })
    };
    PERCENTS.into_iter().filter_map(price).collect()
}

/// The blocks that each part of a job takes.
pub(crate) fn timing(
    assurance: &Assurance,
    execution: BlockNumber,
    window: BlockNumber,
    rules: &JobRules,
) -> Timing {
    let decision = match assurance.audit_rate {
        0 => 0,
        _ => rules.audit_outputs.saturating_add(1),
    };
    Timing {
        draw: rules.draw_outputs.saturating_add(1),
        execution,
        decision,
        reveal: rules.reveal,
        // The job settles at the start of the block after its window.
        window: window.saturating_add(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mock::default_rules;
    use proptest::prelude::*;

    fn assurance(replicas: u8, audit_rate: u32) -> Assurance {
        Assurance {
            replicas,
            audit_rate,
            window: None,
        }
    }

    #[test]
    fn a_percentile_is_one_of_the_fees() {
        let fees: Vec<_> = (1..=10).map(|n| n * 100).collect();
        let at = |percent| percentile(&fees, percent);
        assert_eq!([10, 25, 50, 75, 90].map(at), [100, 300, 500, 800, 900].map(Some));
        assert_eq!((at(0), at(100)), (Some(100), Some(1_000)));
        assert_eq!(percentile(&[7], 10), Some(7));
        assert_eq!(percentile(&[7], 90), Some(7));
        assert_eq!(percentile(&[], 50), None);
    }

    #[test]
    fn a_job_costs_the_fee_for_each_replica_and_holds_one_for_a_possible_auditor() {
        let price = |assurance| prices(&[401], &assurance)[2];
        let median = |replicas, audit_reserve| Price {
            percent: 50,
            fee: 401,
            replicas,
            audit_reserve,
        };
        assert_eq!(price(assurance(1, 0)), median(401, 0));
        assert_eq!(price(assurance(3, 0)), median(1_203, 0));
        assert_eq!(price(assurance(3, 1)), median(1_203, 401));
        assert_eq!(price(assurance(3, 1)).most(), 1_604);
        assert!(prices(&[], &assurance(1, 0)).is_empty());
    }

    #[test]
    fn only_a_job_that_may_be_audited_waits_for_the_decision() {
        let rules = default_rules();
        let plain = timing(&assurance(1, 0), 10, 30, &rules);
        assert_eq!(
            plain,
            Timing {
                draw: 2,
                execution: 10,
                decision: 0,
                reveal: 20,
                window: 31
            }
        );
        let audited = timing(&assurance(1, 1), 10, 30, &rules);
        assert_eq!(audited, Timing { decision: 4, ..plain });
    }

    fn fees() -> impl Strategy<Value = Vec<TfuelBalance>> {
        prop::collection::vec(any::<TfuelBalance>(), 1..60).prop_map(|mut fees| {
            fees.sort_unstable();
            fees
        })
    }

    proptest! {
        #[test]
        fn so_many_percent_ask_for_a_percentile_or_less_and_no_lower_fee_does(fees in fees(), percent in 1..=100u8) {
            let fee = percentile(&fees, percent).unwrap();
            let share = |limit: &dyn Fn(&TfuelBalance) -> bool| {
                100 * fees.iter().filter(|fee| limit(fee)).count()
            };
            let wanted = usize::from(percent) * fees.len();
            prop_assert!(share(&|other| *other <= fee) >= wanted);
            prop_assert!(share(&|other| *other < fee) < wanted);
        }

        #[test]
        fn prices_rise_with_the_percentile_and_hold_a_fee_for_each_seat(fees in fees(), replicas in 1..=8u8, rate in 0..3u32) {
            let assurance = assurance(replicas, rate);
            let prices = prices(&fees, &assurance);
            prop_assert_eq!(prices.iter().map(|price| price.percent).collect::<Vec<_>>(), PERCENTS);
            prop_assert!(prices.is_sorted_by_key(|price| (price.fee, price.most())));
            for price in prices {
                prop_assert_eq!(price.most(), price.fee.saturating_mul(assurance.seats().into()));
            }
        }
    }
}
