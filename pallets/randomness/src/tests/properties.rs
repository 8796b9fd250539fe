//! Against a model that forgets nothing.

use super::*;
use crate::{MAX_OUTPUTS, RING};
use proptest::prelude::*;

/// What the definition of a seed says, given the blocks of all outputs so far.
fn expected(history: &[u32], event: u32, outputs: u32) -> SeedStatus {
    let first = history.partition_point(|block| *block <= event);
    let oldest = history.len().saturating_sub(RING as usize);
    let outputs = outputs.clamp(1, MAX_OUTPUTS) as usize;
    if first < oldest {
        SeedStatus::Forgotten
    } else if history.len() < first + outputs {
        SeedStatus::Pending
    } else {
        ready(history[first..first + outputs].iter().copied())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Runs of blocks with and without outputs, longer than the ring; every event is asked for, in every run.
    #[test]
    fn every_seed_is_as_the_definition_says(
        runs in prop::collection::vec((1u32..80, 0u32..4), 1..12),
        outputs in 0u32..20,
    ) {
        TestExt::new().execute_with(|| {
            let mut history = Vec::new();
            for (length, missing_of_four) in runs {
                for step in 0..length {
                    let block = frame::testing_prelude::frame_system::Pallet::<Test>::block_number() as u32;
                    let with_output = step % 4 >= missing_of_four;
                    next_block(with_output);
                    if with_output {
                        history.push(block);
                    }
                }
                Randomness::do_try_state().expect("the ring is whole after every run");
                let now = frame::testing_prelude::frame_system::Pallet::<Test>::block_number() as u32;
                for event in 0..=now + 1 {
                    assert_eq!(seed(event, outputs), expected(&history, event, outputs), "event {event}");
                }
            }
        });
    }
}
