//! A runtime with nothing but the rules.

use crate as pallet_params;
use crate::{frame, GenesisConfig};
use frame::testing_prelude::*;

construct_runtime!(
    pub struct Test {
        System: frame_system,
        Params: pallet_params,
    }
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = MockBlock<Test>;
}

impl pallet_params::Config for Test {
    type AdminOrigin = EnsureRoot<u64>;
    type MaxDrawOutputs = ConstU32<16>;
    type WeightInfo = ();
}

/// Builds a state, runs in it, and asserts the invariants at the end.
pub struct TestExt {
    genesis: GenesisConfig<Test>,
}

impl TestExt {
    pub fn new() -> Self {
        Self {
            genesis: GenesisConfig::default(),
        }
    }

    pub fn genesis(self, genesis: GenesisConfig<Test>) -> Self {
        Self { genesis }
    }

    pub fn build(self) -> TestState {
        let config = RuntimeGenesisConfig {
            params: self.genesis,
            ..Default::default()
        };
        let mut state: TestState = config.build_storage().expect("genesis is consistent").into();
        state.execute_with(|| System::set_block_number(1));
        state
    }

    pub fn execute_with<R>(self, test: impl FnOnce() -> R) -> R {
        self.build().execute_with(|| {
            let result = test();
            Params::do_try_state().expect("the invariants hold after the test");
            result
        })
    }
}
