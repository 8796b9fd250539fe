//! The edges of the ring.

use super::*;
use crate::{weights::WeightInfo, Outputs, Ring, MAX_OUTPUTS, RING};
use frame::testing_prelude::*;

#[test]
fn the_ring_starts_empty() {
    TestExt::new().execute_with(|| {
        assert_eq!(Ring::<Test>::get().count, 0);
        assert_eq!(Outputs::<Test>::iter().count(), 0);
    });
}

#[test]
fn the_ring_never_holds_more_than_its_size() {
    TestExt::new().execute_with(|| {
        run_to(1_000);
        assert_eq!(Ring::<Test>::get().count, 999);
        assert_eq!(Outputs::<Test>::iter().count() as u32, RING);
        assert_ok!(Randomness::do_try_state());
    });
}

#[test]
fn nothing_is_forgotten_before_the_ring_wraps() {
    TestExt::new().execute_with(|| {
        // Outputs of blocks 1 to 256: exactly full.
        run_to(257);
        assert_eq!(Ring::<Test>::get().count, 256);
        assert_eq!(seed(0, 1), ready([1]));
        assert_eq!(seed(0, MAX_OUTPUTS), ready(1..=MAX_OUTPUTS));
        assert_eq!(seed(255, 1), ready([256]));
        assert_eq!(seed(256, 1), SeedStatus::Pending);
    });
}

#[test]
fn the_oldest_event_is_forgotten_right_after_the_ring_wraps() {
    TestExt::new().execute_with(|| {
        // The output of block 257 overwrites that of block 1.
        run_to(258);
        assert_eq!(seed(0, 1), SeedStatus::Forgotten);
        assert_eq!(seed(1, 1), ready([2]));
        assert_eq!(seed(1, MAX_OUTPUTS), ready(2..=1 + MAX_OUTPUTS));
        assert_eq!(seed(256, 1), ready([257]));
        assert_eq!(seed(257, 1), SeedStatus::Pending);
        run_to(259);
        assert_eq!(seed(1, 1), SeedStatus::Forgotten);
        assert_eq!(seed(2, 1), ready([3]));
    });
}

#[test]
fn seeds_reach_across_the_end_of_the_ring() {
    TestExt::new().execute_with(|| {
        // Numbers count from zero: block 256 stands in the last place, 257 in the first.
        run_to(270);
        assert_eq!(seed(250, 12), ready(251..=262));
        assert_eq!(seed(255, 2), ready([256, 257]));
    });
}

#[test]
fn an_event_just_before_a_gap_is_remembered_as_long_as_the_first_output_after_it() {
    TestExt::new().execute_with(|| {
        run_to(11); // outputs of 1 to 10
        (0..50).for_each(|_| next_block(false)); // none of 11 to 60
        let first_after_gap = System::block_number() as u32;
        assert_eq!(first_after_gap, 61);
        run_to(u64::from(first_after_gap) + 256); // 256 outputs since: all before the gap are gone
        assert_eq!(seed(9, 1), SeedStatus::Forgotten);
        assert_eq!(seed(10, 1), ready([61]));
        assert_eq!(seed(35, 1), ready([61]));
        assert_eq!(seed(60, 1), ready([61]));
        next_block(true);
        assert_eq!(seed(60, 1), SeedStatus::Forgotten);
        assert_eq!(seed(61, 1), ready([62]));
    });
}

#[test]
fn the_output_of_a_block_is_recorded_once() {
    TestExt::new().execute_with(|| {
        run_to(5);
        let before = Ring::<Test>::get();
        Randomness::on_initialize(5);
        Randomness::on_initialize(3);
        assert_eq!(Ring::<Test>::get(), before);
    });
}

#[test]
fn the_hook_pays_for_what_it_did() {
    TestExt::new().execute_with(|| {
        ParentOutput::set(None);
        assert_eq!(Randomness::on_initialize(2), <() as WeightInfo>::record_nothing());
        ParentOutput::set(Some([1; 32]));
        assert_eq!(Randomness::on_initialize(2), <() as WeightInfo>::record_output());
        System::set_block_number(2);
    });
}
