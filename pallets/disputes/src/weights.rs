//! Weights of `pallet_disputes`, measured by `scripts/weights` (2026-11-22, Intel(R) Xeon(R) Processor, 20 steps, 10 repeats).

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
	/// Storage: `Jobs::ProgramCode` (r:1 w:0)
	/// Proof: `Jobs::ProgramCode` (`max_values`: None, `max_size`: Some(262180), added: 264655, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[256, 262144]`.
	fn load_program(b: u32, ) -> Weight {
		Weight::from_parts(58_638_000, 0)
			.saturating_add(Weight::from_parts(10_539, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64))
	}
	/// The range of component `o` is `[4, 4000000]`.
	fn execute(o: u32, ) -> Weight {
		Weight::from_parts(1_851_000, 0)
			.saturating_add(Weight::from_parts(8_301, 0).saturating_mul(o.into()))
	}
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11626), added: 14101, mode: `MaxEncodedLen`)
	/// Storage: `Params::Workers` (r:1 w:0)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Disputes` (r:1 w:1)
	/// Proof: `Disputes::Disputes` (`max_values`: None, `max_size`: Some(6288), added: 8763, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::ProgramCode` (r:1 w:0)
	/// Proof: `Jobs::ProgramCode` (`max_values`: None, `max_size`: Some(262180), added: 264655, mode: `MaxEncodedLen`)
	/// Storage: `Workers::StashOf` (r:1 w:0)
	/// Proof: `Workers::StashOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(721), added: 3196, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::QueueEnds` (r:1 w:0)
	/// Proof: `Disputes::QueueEnds` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Turns` (r:1 w:1)
	/// Proof: `Disputes::Turns` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::ReserveUsed` (r:1 w:0)
	/// Proof: `Disputes::ReserveUsed` (`max_values`: Some(1), `max_size`: Some(24), added: 519, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Openings` (r:0 w:1)
	/// Proof: `Disputes::Openings` (`max_values`: None, `max_size`: Some(32821), added: 35296, mode: `MaxEncodedLen`)
	fn claim() -> Weight {
		Weight::from_parts(713_832_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Disputes::Disputes` (r:1 w:1)
	/// Proof: `Disputes::Disputes` (`max_values`: None, `max_size`: Some(6288), added: 8763, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Turns` (r:1 w:1)
	/// Proof: `Disputes::Turns` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::ReserveUsed` (r:1 w:0)
	/// Proof: `Disputes::ReserveUsed` (`max_values`: Some(1), `max_size`: Some(24), added: 519, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Jobs` (r:1 w:0)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11626), added: 14101, mode: `MaxEncodedLen`)
	/// Storage: `Params::Workers` (r:1 w:0)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Openings` (r:15 w:16)
	/// Proof: `Disputes::Openings` (`max_values`: None, `max_size`: Some(32821), added: 35296, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::ProgramCode` (r:1 w:0)
	/// Proof: `Jobs::ProgramCode` (`max_values`: None, `max_size`: Some(262180), added: 264655, mode: `MaxEncodedLen`)
	fn open_trace() -> Weight {
		Weight::from_parts(2_185_936_000, 0)
			.saturating_add(T::DbWeight::get().reads(22_u64))
			.saturating_add(T::DbWeight::get().writes(18_u64))
	}
	/// Storage: `Disputes::Disputes` (r:1 w:1)
	/// Proof: `Disputes::Disputes` (`max_values`: None, `max_size`: Some(6288), added: 8763, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Turns` (r:1 w:1)
	/// Proof: `Disputes::Turns` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::ReserveUsed` (r:1 w:0)
	/// Proof: `Disputes::ReserveUsed` (`max_values`: Some(1), `max_size`: Some(24), added: 519, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Openings` (r:16 w:16)
	/// Proof: `Disputes::Openings` (`max_values`: None, `max_size`: Some(32821), added: 35296, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Jobs` (r:1 w:0)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11626), added: 14101, mode: `MaxEncodedLen`)
	/// Storage: `Params::Workers` (r:1 w:0)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::ProgramCode` (r:1 w:0)
	/// Proof: `Jobs::ProgramCode` (`max_values`: None, `max_size`: Some(262180), added: 264655, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn open_node() -> Weight {
		Weight::from_parts(1_345_824_000, 0)
			.saturating_add(T::DbWeight::get().reads(23_u64))
			.saturating_add(T::DbWeight::get().writes(18_u64))
	}
	/// Storage: `Disputes::Disputes` (r:1 w:1)
	/// Proof: `Disputes::Disputes` (`max_values`: None, `max_size`: Some(6288), added: 8763, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Turns` (r:1 w:1)
	/// Proof: `Disputes::Turns` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::ReserveUsed` (r:1 w:0)
	/// Proof: `Disputes::ReserveUsed` (`max_values`: Some(1), `max_size`: Some(24), added: 519, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11626), added: 14101, mode: `MaxEncodedLen`)
	/// Storage: `Params::Workers` (r:1 w:0)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::ProgramCode` (r:1 w:0)
	/// Proof: `Jobs::ProgramCode` (`max_values`: None, `max_size`: Some(262180), added: 264655, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:15 w:15)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(721), added: 3196, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Account` (r:15 w:15)
	/// Proof: `Theta::Account` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Holds` (r:15 w:15)
	/// Proof: `Theta::Holds` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:15 w:0)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `ThetaSupply::Burned` (r:1 w:1)
	/// Proof: `ThetaSupply::Burned` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::AgendaLength` (r:1 w:1)
	/// Proof: `Jobs::AgendaLength` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Agenda` (r:0 w:1)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[1024, 2097152]`.
	fn referee(b: u32, ) -> Weight {
		Weight::from_parts(2_789_963_359, 0)
			.saturating_add(Weight::from_parts(10_082, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(68_u64))
			.saturating_add(T::DbWeight::get().writes(51_u64))
	}
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11626), added: 14101, mode: `MaxEncodedLen`)
	/// Storage: `Params::Workers` (r:1 w:0)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Disputes` (r:1 w:1)
	/// Proof: `Disputes::Disputes` (`max_values`: None, `max_size`: Some(6288), added: 8763, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::ProgramCode` (r:1 w:0)
	/// Proof: `Jobs::ProgramCode` (`max_values`: None, `max_size`: Some(262180), added: 264655, mode: `MaxEncodedLen`)
	/// Storage: `Workers::StashOf` (r:1 w:0)
	/// Proof: `Workers::StashOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Turns` (r:1 w:1)
	/// Proof: `Disputes::Turns` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Workers` (r:1 w:1)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(197), added: 2672, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(721), added: 3196, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Account` (r:1 w:1)
	/// Proof: `Theta::Account` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Holds` (r:1 w:1)
	/// Proof: `Theta::Holds` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:0)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `ThetaSupply::Burned` (r:1 w:1)
	/// Proof: `ThetaSupply::Burned` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::AgendaLength` (r:1 w:1)
	/// Proof: `Jobs::AgendaLength` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Agenda` (r:0 w:1)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::SeatsOf` (r:0 w:1)
	/// Proof: `Jobs::SeatsOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[1024, 2097152]`.
	fn prove_element(b: u32, ) -> Weight {
		Weight::from_parts(164_422_388, 0)
			.saturating_add(Weight::from_parts(6_205, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().writes(11_u64))
	}
	/// Storage: `Disputes::Turns` (r:1 w:1)
	/// Proof: `Disputes::Turns` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11626), added: 14101, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Workers` (r:1 w:1)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(197), added: 2672, mode: `MaxEncodedLen`)
	/// Storage: `Params::Workers` (r:1 w:0)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:16 w:16)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(721), added: 3196, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Account` (r:16 w:16)
	/// Proof: `Theta::Account` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Holds` (r:16 w:16)
	/// Proof: `Theta::Holds` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:16 w:0)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `ThetaSupply::Burned` (r:1 w:1)
	/// Proof: `ThetaSupply::Burned` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::SeatsOf` (r:0 w:1)
	/// Proof: `Jobs::SeatsOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn finish() -> Weight {
		Weight::from_parts(1_275_538_000, 0)
			.saturating_add(T::DbWeight::get().reads(69_u64))
			.saturating_add(T::DbWeight::get().writes(53_u64))
	}
	/// Storage: `Disputes::Turns` (r:1 w:0)
	/// Proof: `Disputes::Turns` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::ReserveUsed` (r:1 w:0)
	/// Proof: `Disputes::ReserveUsed` (`max_values`: Some(1), `max_size`: Some(24), added: 519, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn turns_base() -> Weight {
		Weight::from_parts(71_740_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
	}
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11626), added: 14101, mode: `MaxEncodedLen`)
	/// Storage: `Params::Workers` (r:1 w:0)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Disputes` (r:1 w:1)
	/// Proof: `Disputes::Disputes` (`max_values`: None, `max_size`: Some(6288), added: 8763, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Turns` (r:1 w:1)
	/// Proof: `Disputes::Turns` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Workers` (r:1 w:1)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(197), added: 2672, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:16 w:16)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(721), added: 3196, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Account` (r:16 w:16)
	/// Proof: `Theta::Account` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Holds` (r:16 w:16)
	/// Proof: `Theta::Holds` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:16 w:0)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `ThetaSupply::Burned` (r:1 w:1)
	/// Proof: `ThetaSupply::Burned` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::AgendaLength` (r:1 w:1)
	/// Proof: `Jobs::AgendaLength` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Agenda` (r:0 w:1)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::SeatsOf` (r:0 w:1)
	/// Proof: `Jobs::SeatsOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn timeout() -> Weight {
		Weight::from_parts(1_314_807_000, 0)
			.saturating_add(T::DbWeight::get().reads(72_u64))
			.saturating_add(T::DbWeight::get().writes(56_u64))
	}
	/// Storage: `Jobs::Jobs` (r:1 w:0)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11626), added: 14101, mode: `MaxEncodedLen`)
	/// Storage: `Params::Workers` (r:1 w:0)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Disputes` (r:1 w:1)
	/// Proof: `Disputes::Disputes` (`max_values`: None, `max_size`: Some(6288), added: 8763, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::WaitingClaims` (r:15 w:15)
	/// Proof: `Disputes::WaitingClaims` (`max_values`: None, `max_size`: Some(174), added: 2649, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::ReserveUsed` (r:1 w:0)
	/// Proof: `Disputes::ReserveUsed` (`max_values`: Some(1), `max_size`: Some(24), added: 519, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Turns` (r:1 w:1)
	/// Proof: `Disputes::Turns` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Openings` (r:1 w:0)
	/// Proof: `Disputes::Openings` (`max_values`: None, `max_size`: Some(32821), added: 35296, mode: `MaxEncodedLen`)
	fn start() -> Weight {
		Weight::from_parts(292_186_000, 0)
			.saturating_add(T::DbWeight::get().reads(22_u64))
			.saturating_add(T::DbWeight::get().writes(17_u64))
	}
	/// Storage: `Disputes::Disputes` (r:1 w:1)
	/// Proof: `Disputes::Disputes` (`max_values`: None, `max_size`: Some(6288), added: 8763, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:15 w:15)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(721), added: 3196, mode: `MaxEncodedLen`)
	fn close() -> Weight {
		Weight::from_parts(475_167_000, 0)
			.saturating_add(T::DbWeight::get().reads(16_u64))
			.saturating_add(T::DbWeight::get().writes(16_u64))
	}
}

// For tests.
impl WeightInfo for () {
	fn load_program(b: u32, ) -> Weight {
		Weight::from_parts(58_638_000, 0)
			.saturating_add(Weight::from_parts(10_539, 0).saturating_mul(b.into()))
			.saturating_add(RocksDbWeight::get().reads(1_u64))
	}
	fn execute(o: u32, ) -> Weight {
		Weight::from_parts(1_851_000, 0)
			.saturating_add(Weight::from_parts(8_301, 0).saturating_mul(o.into()))
	}
	fn claim() -> Weight {
		Weight::from_parts(713_832_000, 0)
			.saturating_add(RocksDbWeight::get().reads(10_u64))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
	}
	fn open_trace() -> Weight {
		Weight::from_parts(2_185_936_000, 0)
			.saturating_add(RocksDbWeight::get().reads(22_u64))
			.saturating_add(RocksDbWeight::get().writes(18_u64))
	}
	fn open_node() -> Weight {
		Weight::from_parts(1_345_824_000, 0)
			.saturating_add(RocksDbWeight::get().reads(23_u64))
			.saturating_add(RocksDbWeight::get().writes(18_u64))
	}
	fn referee(b: u32, ) -> Weight {
		Weight::from_parts(2_789_963_359, 0)
			.saturating_add(Weight::from_parts(10_082, 0).saturating_mul(b.into()))
			.saturating_add(RocksDbWeight::get().reads(68_u64))
			.saturating_add(RocksDbWeight::get().writes(51_u64))
	}
	fn prove_element(b: u32, ) -> Weight {
		Weight::from_parts(164_422_388, 0)
			.saturating_add(Weight::from_parts(6_205, 0).saturating_mul(b.into()))
			.saturating_add(RocksDbWeight::get().reads(14_u64))
			.saturating_add(RocksDbWeight::get().writes(11_u64))
	}
	fn finish() -> Weight {
		Weight::from_parts(1_275_538_000, 0)
			.saturating_add(RocksDbWeight::get().reads(69_u64))
			.saturating_add(RocksDbWeight::get().writes(53_u64))
	}
	fn turns_base() -> Weight {
		Weight::from_parts(71_740_000, 0)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
	}
	fn timeout() -> Weight {
		Weight::from_parts(1_314_807_000, 0)
			.saturating_add(RocksDbWeight::get().reads(72_u64))
			.saturating_add(RocksDbWeight::get().writes(56_u64))
	}
	fn start() -> Weight {
		Weight::from_parts(292_186_000, 0)
			.saturating_add(RocksDbWeight::get().reads(22_u64))
			.saturating_add(RocksDbWeight::get().writes(17_u64))
	}
	fn close() -> Weight {
		Weight::from_parts(475_167_000, 0)
			.saturating_add(RocksDbWeight::get().reads(16_u64))
			.saturating_add(RocksDbWeight::get().writes(16_u64))
	}
}
