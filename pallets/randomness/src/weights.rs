//! Weights of `pallet_randomness`. Estimates by hand until they are generated from the benchmarks.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]
#![allow(dead_code)]

use polkadot_sdk::polkadot_sdk_frame as frame;
use frame::weights_prelude::*;

/// Weight functions needed for `pallet_randomness`.
pub trait WeightInfo {
	fn record_output() -> Weight;
	fn record_nothing() -> Weight;
	fn seed(d: u32, ) -> Weight;
}

/// Weights for `pallet_randomness` using the Substrate node and recommended hardware.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Babe::AuthorVrfRandomness` (r:1 w:0)
	/// Storage: `Randomness::Ring` (r:1 w:1)
	/// Storage: `Randomness::Outputs` (r:1 w:1)
	fn record_output() -> Weight {
		Weight::from_parts(9_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Babe::AuthorVrfRandomness` (r:1 w:0)
	fn record_nothing() -> Weight {
		Weight::from_parts(3_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
	}
	/// Storage: `Randomness::Ring` (r:1 w:0)
	/// Storage: `Randomness::Outputs` (r:25 w:0)
	/// The range of component `d` is `[1, 16]`.
	fn seed(d: u32, ) -> Weight {
		Weight::from_parts(20_000_000, 0)
			.saturating_add(Weight::from_parts(1_500_000, 0).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(d.into())))
	}
}

// For backwards compatibility and tests.
impl WeightInfo for () {
	/// Storage: `Babe::AuthorVrfRandomness` (r:1 w:0)
	/// Storage: `Randomness::Ring` (r:1 w:1)
	/// Storage: `Randomness::Outputs` (r:1 w:1)
	fn record_output() -> Weight {
		Weight::from_parts(9_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	/// Storage: `Babe::AuthorVrfRandomness` (r:1 w:0)
	fn record_nothing() -> Weight {
		Weight::from_parts(3_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(1_u64))
	}
	/// Storage: `Randomness::Ring` (r:1 w:0)
	/// Storage: `Randomness::Outputs` (r:25 w:0)
	/// The range of component `d` is `[1, 16]`.
	fn seed(d: u32, ) -> Weight {
		Weight::from_parts(20_000_000, 0)
			.saturating_add(Weight::from_parts(1_500_000, 0).saturating_mul(d.into()))
			.saturating_add(RocksDbWeight::get().reads(10_u64))
			.saturating_add(RocksDbWeight::get().reads((1_u64).saturating_mul(d.into())))
	}
}
