//! The arithmetic of shares, for all amounts.

use crate::{EraRate, Record};
use frame::deps::sp_runtime::Permill;
use pallet_support::{EraIndex, MAX_RETURNED_SHARE};
use polkadot_sdk::polkadot_sdk_frame as frame;
use proptest::prelude::*;

/// Of any size, each length of bits as likely.
fn amount() -> impl Strategy<Value = u128> {
    (any::<u128>(), 0..128u32).prop_map(|(bits, shift)| bits >> shift)
}

fn returned_share() -> impl Strategy<Value = Permill> {
    (0..=800_000u32).prop_map(Permill::from_parts)
}

#[test]
fn a_share_is_exact_where_the_product_has_256_bits() {
    let rate = EraRate {
        issued: 1 << 126,
        burned: 1 << 127,
    };
    assert_eq!(rate.share(u128::MAX), u128::MAX / 2);
    assert_eq!(rate.share((1 << 127) - 1), (1 << 126) - 1);
}

#[test]
fn an_era_without_burns_shares_nothing() {
    let rate = EraRate::new(0, u128::MAX, MAX_RETURNED_SHARE);
    assert_eq!((rate.issued, rate.share(0), rate.share(7)), (0, 0, 0));
}

proptest! {
    /// `burned` is the sum of the parts that `cuts` make of it.
    #[test]
    fn shares_are_at_most_the_budget_together_and_four_fifths_of_the_burn_each(
        burned in amount(),
        budget in amount(),
        returned_share in returned_share(),
        cuts in prop::collection::vec(amount(), 0..8),
    ) {
        let rate = EraRate::new(burned, budget, returned_share);
        prop_assert!(rate.issued <= budget);
        let mut left = burned;
        let mut issued = 0u128;
        for cut in cuts {
            let part = cut.min(left);
            left -= part;
            let share = rate.share(part);
            prop_assert!(share <= returned_share.mul_floor(part));
            prop_assert!(share <= MAX_RETURNED_SHARE.mul_floor(part));
            issued += share;
        }
        issued += rate.share(left);
        prop_assert!(issued <= rate.issued);
    }

    #[test]
    fn a_record_moves_on_as_it_would_era_by_era(
        burned in any::<[u64; 5]>(),
        owed in any::<u64>(),
        rate in prop::option::of(any::<(u64, u64)>()),
        eras in 1..9 as EraIndex,
    ) {
        let rate = rate.map(|(issued, burned)| EraRate { issued: issued.into(), burned: burned.into() });
        let record = Record { era: 3, burned: burned.map(u128::from), owed: owed.into() };
        let mut at_once = record;
        at_once.roll(3 + eras, rate);
        let mut by_steps = record;
        by_steps.roll(4, rate);
        for era in 5..=3 + eras {
            by_steps.roll(era, None);
        }
        prop_assert_eq!(at_once, by_steps);
        let earned = rate.map_or(0, |rate| rate.share(burned[0].into()));
        prop_assert_eq!(at_once.owed, record.owed + earned);
    }
}
