//! Weights of `pallet_randomness`, measured by `scripts/weights` (2026-11-22, Intel(R) Xeon(R) Processor, 20 steps, 10 repeats).

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

/// Weights with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Babe::AuthorVrfRandomness` (r:1 w:0)
	/// Proof: `Babe::AuthorVrfRandomness` (`max_values`: Some(1), `max_size`: Some(33), added: 528, mode: `MaxEncodedLen`)
	/// Storage: `Randomness::Ring` (r:1 w:1)
	/// Proof: `Randomness::Ring` (`max_values`: Some(1), `max_size`: Some(17), added: 512, mode: `MaxEncodedLen`)
	/// Storage: `Randomness::Outputs` (r:1 w:1)
	/// Proof: `Randomness::Outputs` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	fn record_output() -> Weight {
		Weight::from_parts(63_945_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Babe::AuthorVrfRandomness` (r:1 w:0)
	/// Proof: `Babe::AuthorVrfRandomness` (`max_values`: Some(1), `max_size`: Some(33), added: 528, mode: `MaxEncodedLen`)
	fn record_nothing() -> Weight {
		Weight::from_parts(14_573_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
	}
	/// Storage: `Randomness::Ring` (r:1 w:0)
	/// Proof: `Randomness::Ring` (`max_values`: Some(1), `max_size`: Some(17), added: 512, mode: `MaxEncodedLen`)
	/// Storage: `Randomness::Outputs` (r:24 w:0)
	/// Proof: `Randomness::Outputs` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	/// The range of component `d` is `[1, 16]`.
	fn seed(d: u32, ) -> Weight {
		Weight::from_parts(128_663_177, 0)
			.saturating_add(Weight::from_parts(8_070_958, 0).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(d.into())))
	}
}

// For tests.
impl WeightInfo for () {
	fn record_output() -> Weight {
		Weight::from_parts(63_945_000, 0)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn record_nothing() -> Weight {
		Weight::from_parts(14_573_000, 0)
			.saturating_add(RocksDbWeight::get().reads(1_u64))
	}
	fn seed(d: u32, ) -> Weight {
		Weight::from_parts(128_663_177, 0)
			.saturating_add(Weight::from_parts(8_070_958, 0).saturating_mul(d.into()))
			.saturating_add(RocksDbWeight::get().reads(9_u64))
			.saturating_add(RocksDbWeight::get().reads((1_u64).saturating_mul(d.into())))
	}
}
