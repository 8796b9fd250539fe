//! A chain whose blocks bring the VRF outputs that a test wants.

use crate as pallet_randomness;
use crate::frame;
use frame::testing_prelude::*;
use pallet_support::Seed;

construct_runtime!(
    pub struct Test {
        System: frame_system,
        Randomness: pallet_randomness,
    }
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = MockBlock<Test>;
}

parameter_types! {
    /// What the parent block brought.
    pub static ParentOutput: Option<Seed> = None;
}

impl pallet_randomness::Config for Test {
    type VrfOutput = ParentOutput;
    type WeightInfo = ();
}

/// The output that the tests give to a block.
pub fn output_of(block: u32) -> Seed {
    frame::hashing::blake2_256(&block.encode())
}

/// Ends the current block, with or without an output, and initialises the next.
pub fn next_block(with_output: bool) {
    let ended = System::block_number();
    ParentOutput::set(with_output.then(|| output_of(ended as u32)));
    System::set_block_number(ended + 1);
    Randomness::on_initialize(ended + 1);
}

/// Runs to the start of `block`; every block on the way brings its output.
pub fn run_to(block: u64) {
    while System::block_number() < block {
        next_block(true);
    }
}

/// Builds a state at the start of block 1, runs in it, and asserts the invariants at the end.
pub struct TestExt;

impl TestExt {
    pub fn new() -> Self {
        Self
    }

    pub fn build(self) -> TestState {
        let mut state = TestState::default();
        state.execute_with(|| {
            // Genesis brings no output.
            System::set_block_number(0);
            next_block(false);
        });
        state
    }

    pub fn execute_with<R>(self, test: impl FnOnce() -> R) -> R {
        self.build().execute_with(|| {
            let result = test();
            Randomness::do_try_state().expect("the invariants hold after the test");
            result
        })
    }
}
