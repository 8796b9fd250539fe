//! Weights of `pallet_availability`, not yet measured: `scripts/weights pallet_availability` writes this file.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]
#![allow(dead_code)]

use polkadot_sdk::polkadot_sdk_frame as frame;
use frame::weights_prelude::*;

/// Weight functions needed for `pallet_availability`.
pub trait WeightInfo {
	fn demand_chunk() -> Weight;
	fn serve_chunk() -> Weight;
	fn report_withheld() -> Weight;
	fn report_unavailable() -> Weight;
	fn judge() -> Weight;
	fn dues_base() -> Weight;
	fn demand_due() -> Weight;
	fn judges_due() -> Weight;
	fn judgement_due() -> Weight;
}

/// Weights with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn demand_chunk() -> Weight { Weight::from_parts(150_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(8_u64, 6_u64)) }
	fn serve_chunk() -> Weight { Weight::from_parts(150_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(8_u64, 5_u64)) }
	fn report_withheld() -> Weight { Weight::from_parts(150_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(8_u64, 6_u64)) }
	fn report_unavailable() -> Weight { Weight::from_parts(150_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(8_u64, 6_u64)) }
	fn judge() -> Weight { Weight::from_parts(60_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(2_u64, 2_u64)) }
	fn dues_base() -> Weight { Weight::from_parts(10_000_000, 0).saturating_add(T::DbWeight::get().reads(1_u64)) }
	fn demand_due() -> Weight { Weight::from_parts(900_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(50_u64, 40_u64)) }
	fn judges_due() -> Weight { Weight::from_parts(900_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(40_u64, 30_u64)) }
	fn judgement_due() -> Weight { Weight::from_parts(900_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(60_u64, 50_u64)) }
}

impl WeightInfo for () {
	fn demand_chunk() -> Weight { Weight::from_parts(150_000_000, 0) }
	fn serve_chunk() -> Weight { Weight::from_parts(150_000_000, 0) }
	fn report_withheld() -> Weight { Weight::from_parts(150_000_000, 0) }
	fn report_unavailable() -> Weight { Weight::from_parts(150_000_000, 0) }
	fn judge() -> Weight { Weight::from_parts(60_000_000, 0) }
	fn dues_base() -> Weight { Weight::from_parts(10_000_000, 0) }
	fn demand_due() -> Weight { Weight::from_parts(900_000_000, 0) }
	fn judges_due() -> Weight { Weight::from_parts(900_000_000, 0) }
	fn judgement_due() -> Weight { Weight::from_parts(900_000_000, 0) }
}
