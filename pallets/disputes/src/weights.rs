//! Weights of `pallet_disputes`: hand estimates until `scripts/weights` has measured them.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]
#![allow(dead_code)]

use polkadot_sdk::polkadot_sdk_frame as frame;
use frame::weights_prelude::*;

/// Weight functions needed for `pallet_disputes`.
pub trait WeightInfo {
	fn load_program(b: u32, ) -> Weight;
	fn execute(o: u32, ) -> Weight;
	fn claim() -> Weight;
	fn open_trace() -> Weight;
	fn open_node() -> Weight;
	fn referee(b: u32, ) -> Weight;
	fn prove_element(b: u32, ) -> Weight;
	fn finish() -> Weight;
	fn turns_base() -> Weight;
	fn timeout() -> Weight;
	fn start() -> Weight;
	fn close() -> Weight;
}

/// Weights with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn load_program(b: u32, ) -> Weight {
		Weight::from_parts(50_000_000, 0)
			.saturating_add(Weight::from_parts(22_000, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64))
	}
	fn execute(o: u32, ) -> Weight {
		Weight::from_parts(20_000_000, 0)
			.saturating_add(Weight::from_parts(8_000, 0).saturating_mul(o.into()))
	}
	fn claim() -> Weight {
		Weight::from_parts(2_500_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	fn open_trace() -> Weight {
		Weight::from_parts(2_500_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(24_u64))
			.saturating_add(T::DbWeight::get().writes(20_u64))
	}
	fn open_node() -> Weight {
		Weight::from_parts(2_500_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(24_u64))
			.saturating_add(T::DbWeight::get().writes(20_u64))
	}
	fn referee(b: u32, ) -> Weight {
		Weight::from_parts(500_000_000, 0)
			.saturating_add(Weight::from_parts(22_000, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	fn prove_element(b: u32, ) -> Weight {
		Weight::from_parts(600_000_000, 0)
			.saturating_add(Weight::from_parts(22_000, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	fn finish() -> Weight {
		Weight::from_parts(8_000_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(90_u64))
			.saturating_add(T::DbWeight::get().writes(90_u64))
	}
	fn turns_base() -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
	}
	fn timeout() -> Weight {
		Weight::from_parts(1_000_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(24_u64))
			.saturating_add(T::DbWeight::get().writes(20_u64))
	}
	fn start() -> Weight {
		Weight::from_parts(1_000_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(24_u64))
			.saturating_add(T::DbWeight::get().writes(20_u64))
	}
	fn close() -> Weight {
		Weight::from_parts(1_500_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(18_u64))
			.saturating_add(T::DbWeight::get().writes(18_u64))
	}
}

// For tests.
impl WeightInfo for () {
	fn load_program(b: u32, ) -> Weight {
		Weight::from_parts(50_000_000, 0)
			.saturating_add(Weight::from_parts(22_000, 0).saturating_mul(b.into()))
	}
	fn execute(o: u32, ) -> Weight {
		Weight::from_parts(20_000_000, 0)
			.saturating_add(Weight::from_parts(8_000, 0).saturating_mul(o.into()))
	}
	fn claim() -> Weight { Weight::from_parts(2_500_000_000, 0) }
	fn open_trace() -> Weight { Weight::from_parts(2_500_000_000, 0) }
	fn open_node() -> Weight { Weight::from_parts(2_500_000_000, 0) }
	fn referee(b: u32, ) -> Weight {
		Weight::from_parts(500_000_000, 0)
			.saturating_add(Weight::from_parts(22_000, 0).saturating_mul(b.into()))
	}
	fn prove_element(b: u32, ) -> Weight {
		Weight::from_parts(600_000_000, 0)
			.saturating_add(Weight::from_parts(22_000, 0).saturating_mul(b.into()))
	}
	fn finish() -> Weight { Weight::from_parts(8_000_000_000, 0) }
	fn turns_base() -> Weight { Weight::from_parts(40_000_000, 0) }
	fn timeout() -> Weight { Weight::from_parts(1_000_000_000, 0) }
	fn start() -> Weight { Weight::from_parts(1_000_000_000, 0) }
	fn close() -> Weight { Weight::from_parts(1_500_000_000, 0) }
}
