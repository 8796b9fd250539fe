//! What a seed is made of, and when it is ready.

use super::*;
use crate::MAX_OUTPUTS;

#[test]
fn a_seed_of_one_output_is_ready_two_blocks_after_its_event() {
    TestExt::new().execute_with(|| {
        run_to(10);
        assert_eq!(seed(10, 1), SeedStatus::Pending);
        run_to(11);
        assert_eq!(seed(10, 1), SeedStatus::Pending);
        run_to(12);
        assert_eq!(seed(10, 1), ready([11]));
    });
}

#[test]
fn a_seed_of_d_outputs_is_ready_d_and_one_blocks_after_its_event() {
    TestExt::new().execute_with(|| {
        for outputs in 1..=MAX_OUTPUTS {
            let event = System::block_number() as u32;
            run_to(u64::from(event + outputs));
            assert_eq!(seed(event, outputs), SeedStatus::Pending);
            run_to(u64::from(event + outputs + 1));
            assert_eq!(seed(event, outputs), ready(event + 1..=event + outputs));
        }
    });
}

#[test]
fn a_seed_never_changes_while_the_ring_remembers_it() {
    TestExt::new().execute_with(|| {
        run_to(9);
        let first = seed(5, 3);
        assert_eq!(first, ready([6, 7, 8]));
        run_to(200);
        assert_eq!(seed(5, 3), first);
    });
}

#[test]
fn a_block_without_output_postpones_the_seed() {
    TestExt::new().execute_with(|| {
        run_to(10);
        next_block(true); // of the event's own block, 10
        next_block(false); // of block 11
        assert_eq!(seed(10, 1), SeedStatus::Pending);
        next_block(true); // of block 12
        assert_eq!(seed(10, 1), ready([12]));
        assert_eq!(seed(10, 2), SeedStatus::Pending);
        next_block(false);
        next_block(true); // of block 14
        assert_eq!(seed(10, 2), ready([12, 14]));
        assert_eq!(seed(11, 1), ready([12]));
        assert_eq!(seed(12, 1), ready([14]));
        assert_eq!(seed(13, 1), ready([14]));
        assert_eq!(seed(14, 1), SeedStatus::Pending);
    });
}

#[test]
fn the_output_of_the_events_own_block_is_no_part_of_the_seed() {
    TestExt::new().execute_with(|| {
        run_to(20);
        assert_eq!(seed(15, 1), ready([16]));
    });
}

#[test]
fn domain_and_subject_part_the_seeds() {
    TestExt::new().execute_with(|| {
        run_to(5);
        let seeds = [(b"a", b"x"), (b"a", b"y"), (b"b", b"x")]
            .map(|(domain, subject)| Randomness::seed(domain, subject, 1, 1));
        assert!(seeds.iter().all(|seed| matches!(seed, SeedStatus::Ready(_))));
        assert!(seeds[0] != seeds[1] && seeds[0] != seeds[2] && seeds[1] != seeds[2]);
    });
}

#[test]
fn zero_outputs_count_as_one_and_too_many_as_the_most() {
    TestExt::new().execute_with(|| {
        run_to(40);
        assert_eq!(seed(3, 0), seed(3, 1));
        assert_eq!(seed(3, u32::MAX), ready(4..=3 + MAX_OUTPUTS));
    });
}

#[test]
fn an_event_of_the_future_is_pending() {
    TestExt::new().execute_with(|| {
        assert_eq!(seed(0, 1), SeedStatus::Pending);
        assert_eq!(seed(u32::MAX, 1), SeedStatus::Pending);
        run_to(50);
        assert_eq!(seed(50, 1), SeedStatus::Pending);
        assert_eq!(seed(51, 1), SeedStatus::Pending);
        assert_eq!(seed(u32::MAX, 1), SeedStatus::Pending);
    });
}

#[test]
fn an_event_at_genesis_has_a_seed() {
    TestExt::new().execute_with(|| {
        assert_eq!(seed(0, 1), SeedStatus::Pending);
        run_to(2);
        assert_eq!(seed(0, 1), ready([1]));
    });
}
