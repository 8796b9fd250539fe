//! Weights of `pallet_workers`, measured by `scripts/weights` (2026-11-22, Intel(R) Xeon(R) Processor, 20 steps, 10 repeats).

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]
#![allow(dead_code)]

use polkadot_sdk::polkadot_sdk_frame as frame;
use frame::weights_prelude::*;

/// Weight functions needed for `pallet_workers`.
pub trait WeightInfo {
	fn register() -> Weight;
	fn set_ask() -> Weight;
	fn set_capability() -> Weight;
	fn pause() -> Weight;
	fn resume() -> Weight;
	fn deregister() -> Weight;
	fn replace_operator() -> Weight;
	fn list_driver() -> Weight;
	fn delist_driver() -> Weight;
	fn draw_seats() -> Weight;
	fn draw_pauses() -> Weight;
	fn end_seat() -> Weight;
}

/// Weights with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Workers::Workers` (r:2 w:1)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(263), added: 2738, mode: `MaxEncodedLen`)
	/// Storage: `Workers::StashOf` (r:1 w:1)
	/// Proof: `Workers::StashOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Workers::FaultyDrivers` (r:1 w:0)
	/// Proof: `Workers::FaultyDrivers` (`max_values`: None, `max_size`: Some(82), added: 2557, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:1 w:0)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1738), added: 4213, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Workers::IndexLen` (r:1 w:1)
	/// Proof: `Workers::IndexLen` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Index` (r:0 w:1)
	/// Proof: `Workers::Index` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn register() -> Weight {
		Weight::from_parts(236_978_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Workers::Workers` (r:1 w:1)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(263), added: 2738, mode: `MaxEncodedLen`)
	fn set_ask() -> Weight {
		Weight::from_parts(55_093_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Workers::Workers` (r:1 w:1)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(263), added: 2738, mode: `MaxEncodedLen`)
	/// Storage: `Workers::FaultyDrivers` (r:1 w:0)
	/// Proof: `Workers::FaultyDrivers` (`max_values`: None, `max_size`: Some(82), added: 2557, mode: `MaxEncodedLen`)
	fn set_capability() -> Weight {
		Weight::from_parts(50_438_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Workers::Workers` (r:3 w:2)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(263), added: 2738, mode: `MaxEncodedLen`)
	/// Storage: `Workers::StashOf` (r:1 w:0)
	/// Proof: `Workers::StashOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Workers::IndexLen` (r:1 w:1)
	/// Proof: `Workers::IndexLen` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Index` (r:1 w:2)
	/// Proof: `Workers::Index` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn pause() -> Weight {
		Weight::from_parts(119_070_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Workers::Workers` (r:2 w:1)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(263), added: 2738, mode: `MaxEncodedLen`)
	/// Storage: `Workers::StashOf` (r:1 w:0)
	/// Proof: `Workers::StashOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:1 w:0)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1738), added: 4213, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Workers::FaultyDrivers` (r:1 w:0)
	/// Proof: `Workers::FaultyDrivers` (`max_values`: None, `max_size`: Some(82), added: 2557, mode: `MaxEncodedLen`)
	/// Storage: `Workers::IndexLen` (r:1 w:1)
	/// Proof: `Workers::IndexLen` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Index` (r:0 w:1)
	/// Proof: `Workers::Index` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn resume() -> Weight {
		Weight::from_parts(211_344_000, 0)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Workers::Workers` (r:2 w:2)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(263), added: 2738, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Workers::IndexLen` (r:1 w:1)
	/// Proof: `Workers::IndexLen` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Index` (r:1 w:2)
	/// Proof: `Workers::Index` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Workers::StashOf` (r:0 w:1)
	/// Proof: `Workers::StashOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	fn deregister() -> Weight {
		Weight::from_parts(186_070_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Workers::Workers` (r:2 w:1)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(263), added: 2738, mode: `MaxEncodedLen`)
	/// Storage: `Workers::StashOf` (r:1 w:2)
	/// Proof: `Workers::StashOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn replace_operator() -> Weight {
		Weight::from_parts(124_587_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Workers::FaultyDrivers` (r:1 w:1)
	/// Proof: `Workers::FaultyDrivers` (`max_values`: None, `max_size`: Some(82), added: 2557, mode: `MaxEncodedLen`)
	/// Storage: `Workers::CounterForFaultyDrivers` (r:1 w:1)
	/// Proof: `Workers::CounterForFaultyDrivers` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn list_driver() -> Weight {
		Weight::from_parts(45_951_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Workers::FaultyDrivers` (r:1 w:1)
	/// Proof: `Workers::FaultyDrivers` (`max_values`: None, `max_size`: Some(82), added: 2557, mode: `MaxEncodedLen`)
	/// Storage: `Workers::CounterForFaultyDrivers` (r:1 w:1)
	/// Proof: `Workers::CounterForFaultyDrivers` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn delist_driver() -> Weight {
		Weight::from_parts(43_302_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Workers::IndexLen` (r:1 w:0)
	/// Proof: `Workers::IndexLen` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Params::Workers` (r:1 w:0)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Index` (r:8 w:0)
	/// Proof: `Workers::Index` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Workers` (r:8 w:8)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(263), added: 2738, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:8 w:8)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1738), added: 4213, mode: `MaxEncodedLen`)
	/// Storage: `Workers::FaultyDrivers` (r:1 w:0)
	/// Proof: `Workers::FaultyDrivers` (`max_values`: None, `max_size`: Some(82), added: 2557, mode: `MaxEncodedLen`)
	fn draw_seats() -> Weight {
		Weight::from_parts(832_633_000, 0)
			.saturating_add(T::DbWeight::get().reads(30_u64))
			.saturating_add(T::DbWeight::get().writes(16_u64))
	}
	/// Storage: `Workers::IndexLen` (r:1 w:1)
	/// Proof: `Workers::IndexLen` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Params::Workers` (r:1 w:0)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Index` (r:11 w:11)
	/// Proof: `Workers::Index` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Workers` (r:11 w:11)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(263), added: 2738, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:8 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1738), added: 4213, mode: `MaxEncodedLen`)
	/// Storage: `Workers::FaultyDrivers` (r:1 w:0)
	/// Proof: `Workers::FaultyDrivers` (`max_values`: None, `max_size`: Some(82), added: 2557, mode: `MaxEncodedLen`)
	fn draw_pauses() -> Weight {
		Weight::from_parts(684_692_000, 0)
			.saturating_add(T::DbWeight::get().reads(36_u64))
			.saturating_add(T::DbWeight::get().writes(24_u64))
	}
	/// Storage: `Workers::Workers` (r:1 w:1)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(263), added: 2738, mode: `MaxEncodedLen`)
	/// Storage: `Params::Workers` (r:1 w:0)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1738), added: 4213, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Holds` (r:1 w:1)
	/// Proof: `Theta::Holds` (`max_values`: None, `max_size`: Some(139), added: 2614, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Account` (r:3 w:3)
	/// Proof: `Theta::Account` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Staking::NextSlash` (r:1 w:1)
	/// Proof: `Staking::NextSlash` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	fn end_seat() -> Weight {
		Weight::from_parts(371_647_000, 0)
			.saturating_add(T::DbWeight::get().reads(13_u64))
			.saturating_add(T::DbWeight::get().writes(9_u64))
	}
}

// For tests.
impl WeightInfo for () {
	fn register() -> Weight {
		Weight::from_parts(236_978_000, 0)
			.saturating_add(RocksDbWeight::get().reads(10_u64))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
	}
	fn set_ask() -> Weight {
		Weight::from_parts(55_093_000, 0)
			.saturating_add(RocksDbWeight::get().reads(1_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn set_capability() -> Weight {
		Weight::from_parts(50_438_000, 0)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn pause() -> Weight {
		Weight::from_parts(119_070_000, 0)
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
	}
	fn resume() -> Weight {
		Weight::from_parts(211_344_000, 0)
			.saturating_add(RocksDbWeight::get().reads(9_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
	fn deregister() -> Weight {
		Weight::from_parts(186_070_000, 0)
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().writes(7_u64))
	}
	fn replace_operator() -> Weight {
		Weight::from_parts(124_587_000, 0)
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
	}
	fn list_driver() -> Weight {
		Weight::from_parts(45_951_000, 0)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn delist_driver() -> Weight {
		Weight::from_parts(43_302_000, 0)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn draw_seats() -> Weight {
		Weight::from_parts(832_633_000, 0)
			.saturating_add(RocksDbWeight::get().reads(30_u64))
			.saturating_add(RocksDbWeight::get().writes(16_u64))
	}
	fn draw_pauses() -> Weight {
		Weight::from_parts(684_692_000, 0)
			.saturating_add(RocksDbWeight::get().reads(36_u64))
			.saturating_add(RocksDbWeight::get().writes(24_u64))
	}
	fn end_seat() -> Weight {
		Weight::from_parts(371_647_000, 0)
			.saturating_add(RocksDbWeight::get().reads(13_u64))
			.saturating_add(RocksDbWeight::get().writes(9_u64))
	}
}
