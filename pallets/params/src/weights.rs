//! Weights of `pallet_params`. Estimates by hand until they are generated from the benchmarks.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]
#![allow(dead_code)]

use polkadot_sdk::polkadot_sdk_frame as frame;
use frame::weights_prelude::*;

/// Weight functions needed for `pallet_params`.
pub trait WeightInfo {
	fn set_job_rules() -> Weight;
	fn set_stake_rules() -> Weight;
	fn set_worker_rules() -> Weight;
	fn set_dispute_rules() -> Weight;
}

/// Weights for `pallet_params` using the Substrate node and recommended hardware.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Params::Jobs` (r:0 w:1)
	fn set_job_rules() -> Weight {
		Weight::from_parts(12_000_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Params::Stake` (r:0 w:1)
	fn set_stake_rules() -> Weight {
		Weight::from_parts(10_000_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Params::Workers` (r:0 w:1)
	fn set_worker_rules() -> Weight {
		Weight::from_parts(10_000_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Params::Disputes` (r:0 w:1)
	fn set_dispute_rules() -> Weight {
		Weight::from_parts(10_000_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}

// For backwards compatibility and tests.
impl WeightInfo for () {
	/// Storage: `Params::Jobs` (r:0 w:1)
	fn set_job_rules() -> Weight {
		Weight::from_parts(12_000_000, 0)
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	/// Storage: `Params::Stake` (r:0 w:1)
	fn set_stake_rules() -> Weight {
		Weight::from_parts(10_000_000, 0)
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	/// Storage: `Params::Workers` (r:0 w:1)
	fn set_worker_rules() -> Weight {
		Weight::from_parts(10_000_000, 0)
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	/// Storage: `Params::Disputes` (r:0 w:1)
	fn set_dispute_rules() -> Weight {
		Weight::from_parts(10_000_000, 0)
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
}
