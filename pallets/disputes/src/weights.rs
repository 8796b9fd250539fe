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
		Weight::from_parts(51_296_971, 0)
			.saturating_add(Weight::from_parts(12_010, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(1_u64))
	}
	/// The range of component `o` is `[4, 4000000]`.
	fn execute(o: u32, ) -> Weight {
		Weight::from_parts(29_219_017, 0)
			.saturating_add(Weight::from_parts(10_696, 0).saturating_mul(o.into()))
	}
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Disputes` (r:1 w:1)
	/// Proof: `Disputes::Disputes` (`max_values`: None, `max_size`: Some(6288), added: 8763, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::ProgramCode` (r:1 w:0)
	/// Proof: `Jobs::ProgramCode` (`max_values`: None, `max_size`: Some(262180), added: 264655, mode: `MaxEncodedLen`)
	/// Storage: `Workers::StashOf` (r:1 w:0)
	/// Proof: `Workers::StashOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1738), added: 4213, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::QueueEnds` (r:1 w:0)
	/// Proof: `Disputes::QueueEnds` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Turns` (r:1 w:1)
	/// Proof: `Disputes::Turns` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::ReserveUsed` (r:1 w:0)
	/// Proof: `Disputes::ReserveUsed` (`max_values`: Some(1), `max_size`: Some(24), added: 519, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Openings` (r:0 w:1)
	/// Proof: `Disputes::Openings` (`max_values`: None, `max_size`: Some(32821), added: 35296, mode: `MaxEncodedLen`)
	fn claim() -> Weight {
		Weight::from_parts(695_620_000, 0)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Disputes::Disputes` (r:1 w:1)
	/// Proof: `Disputes::Disputes` (`max_values`: None, `max_size`: Some(6288), added: 8763, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Turns` (r:1 w:1)
	/// Proof: `Disputes::Turns` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::ReserveUsed` (r:1 w:0)
	/// Proof: `Disputes::ReserveUsed` (`max_values`: Some(1), `max_size`: Some(24), added: 519, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Jobs` (r:1 w:0)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Openings` (r:15 w:16)
	/// Proof: `Disputes::Openings` (`max_values`: None, `max_size`: Some(32821), added: 35296, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::ProgramCode` (r:1 w:0)
	/// Proof: `Jobs::ProgramCode` (`max_values`: None, `max_size`: Some(262180), added: 264655, mode: `MaxEncodedLen`)
	fn open_trace() -> Weight {
		Weight::from_parts(1_982_075_000, 0)
			.saturating_add(T::DbWeight::get().reads(21_u64))
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
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::ProgramCode` (r:1 w:0)
	/// Proof: `Jobs::ProgramCode` (`max_values`: None, `max_size`: Some(262180), added: 264655, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	fn open_node() -> Weight {
		Weight::from_parts(1_954_783_000, 0)
			.saturating_add(T::DbWeight::get().reads(22_u64))
			.saturating_add(T::DbWeight::get().writes(18_u64))
	}
	/// Storage: `Disputes::Disputes` (r:1 w:1)
	/// Proof: `Disputes::Disputes` (`max_values`: None, `max_size`: Some(6288), added: 8763, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Turns` (r:1 w:1)
	/// Proof: `Disputes::Turns` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::ReserveUsed` (r:1 w:0)
	/// Proof: `Disputes::ReserveUsed` (`max_values`: Some(1), `max_size`: Some(24), added: 519, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::ProgramCode` (r:1 w:0)
	/// Proof: `Jobs::ProgramCode` (`max_values`: None, `max_size`: Some(262180), added: 264655, mode: `MaxEncodedLen`)
	/// Storage: `Params::Workers` (r:1 w:0)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:15 w:15)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1738), added: 4213, mode: `MaxEncodedLen`)
	/// Storage: `Staking::NextSlash` (r:1 w:1)
	/// Proof: `Staking::NextSlash` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::AgendaLength` (r:1 w:1)
	/// Proof: `Jobs::AgendaLength` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Agenda` (r:0 w:1)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[1024, 2097152]`.
	fn referee(b: u32, ) -> Weight {
		Weight::from_parts(1_694_219_209, 0)
			.saturating_add(Weight::from_parts(18_416, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(26_u64))
			.saturating_add(T::DbWeight::get().writes(21_u64))
	}
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::ProgramCode` (r:1 w:0)
	/// Proof: `Jobs::ProgramCode` (`max_values`: None, `max_size`: Some(262180), added: 264655, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Disputes` (r:1 w:1)
	/// Proof: `Disputes::Disputes` (`max_values`: None, `max_size`: Some(6288), added: 8763, mode: `MaxEncodedLen`)
	/// Storage: `Workers::StashOf` (r:1 w:0)
	/// Proof: `Workers::StashOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Workers` (r:1 w:1)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(263), added: 2738, mode: `MaxEncodedLen`)
	/// Storage: `Params::Workers` (r:1 w:0)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1738), added: 4213, mode: `MaxEncodedLen`)
	/// Storage: `Staking::NextSlash` (r:1 w:1)
	/// Proof: `Staking::NextSlash` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Turns` (r:1 w:1)
	/// Proof: `Disputes::Turns` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::AgendaLength` (r:1 w:1)
	/// Proof: `Jobs::AgendaLength` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Agenda` (r:0 w:1)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::SeatsOf` (r:0 w:1)
	/// Proof: `Jobs::SeatsOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[1024, 2097152]`.
	fn prove_element(b: u32, ) -> Weight {
		Weight::from_parts(1_129_624_481, 0)
			.saturating_add(Weight::from_parts(8_602, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(13_u64))
			.saturating_add(T::DbWeight::get().writes(9_u64))
	}
	/// Storage: `Disputes::Turns` (r:1 w:1)
	/// Proof: `Disputes::Turns` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Params::Workers` (r:1 w:0)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:15 w:15)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1738), added: 4213, mode: `MaxEncodedLen`)
	/// Storage: `Staking::NextSlash` (r:1 w:1)
	/// Proof: `Staking::NextSlash` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::AgendaLength` (r:1 w:1)
	/// Proof: `Jobs::AgendaLength` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Agenda` (r:0 w:1)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	fn finish() -> Weight {
		Weight::from_parts(719_505_000, 0)
			.saturating_add(T::DbWeight::get().reads(23_u64))
			.saturating_add(T::DbWeight::get().writes(20_u64))
	}
	/// Storage: `Disputes::Turns` (r:1 w:0)
	/// Proof: `Disputes::Turns` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::ReserveUsed` (r:1 w:0)
	/// Proof: `Disputes::ReserveUsed` (`max_values`: Some(1), `max_size`: Some(24), added: 519, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	fn turns_base() -> Weight {
		Weight::from_parts(91_246_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
	}
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Disputes` (r:1 w:1)
	/// Proof: `Disputes::Disputes` (`max_values`: None, `max_size`: Some(6288), added: 8763, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Turns` (r:1 w:1)
	/// Proof: `Disputes::Turns` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Workers` (r:1 w:1)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(263), added: 2738, mode: `MaxEncodedLen`)
	/// Storage: `Params::Workers` (r:1 w:0)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:16 w:16)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1738), added: 4213, mode: `MaxEncodedLen`)
	/// Storage: `Staking::NextSlash` (r:1 w:1)
	/// Proof: `Staking::NextSlash` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::AgendaLength` (r:1 w:1)
	/// Proof: `Jobs::AgendaLength` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Agenda` (r:0 w:1)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::SeatsOf` (r:0 w:1)
	/// Proof: `Jobs::SeatsOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn timeout() -> Weight {
		Weight::from_parts(1_037_338_000, 0)
			.saturating_add(T::DbWeight::get().reads(26_u64))
			.saturating_add(T::DbWeight::get().writes(24_u64))
	}
	/// Storage: `Jobs::Jobs` (r:1 w:0)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Disputes` (r:1 w:1)
	/// Proof: `Disputes::Disputes` (`max_values`: None, `max_size`: Some(6288), added: 8763, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::WaitingClaims` (r:15 w:15)
	/// Proof: `Disputes::WaitingClaims` (`max_values`: None, `max_size`: Some(174), added: 2649, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::ReserveUsed` (r:1 w:0)
	/// Proof: `Disputes::ReserveUsed` (`max_values`: Some(1), `max_size`: Some(24), added: 519, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Turns` (r:1 w:1)
	/// Proof: `Disputes::Turns` (`max_values`: Some(1), `max_size`: Some(1026), added: 1521, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Openings` (r:1 w:0)
	/// Proof: `Disputes::Openings` (`max_values`: None, `max_size`: Some(32821), added: 35296, mode: `MaxEncodedLen`)
	fn start() -> Weight {
		Weight::from_parts(329_887_000, 0)
			.saturating_add(T::DbWeight::get().reads(21_u64))
			.saturating_add(T::DbWeight::get().writes(17_u64))
	}
	/// Storage: `Disputes::Disputes` (r:1 w:1)
	/// Proof: `Disputes::Disputes` (`max_values`: None, `max_size`: Some(6288), added: 8763, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:15 w:15)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1738), added: 4213, mode: `MaxEncodedLen`)
	fn close() -> Weight {
		Weight::from_parts(479_198_000, 0)
			.saturating_add(T::DbWeight::get().reads(16_u64))
			.saturating_add(T::DbWeight::get().writes(16_u64))
	}
}

// For tests.
impl WeightInfo for () {
	fn load_program(b: u32, ) -> Weight {
		Weight::from_parts(51_296_971, 0)
			.saturating_add(Weight::from_parts(12_010, 0).saturating_mul(b.into()))
			.saturating_add(RocksDbWeight::get().reads(1_u64))
	}
	fn execute(o: u32, ) -> Weight {
		Weight::from_parts(29_219_017, 0)
			.saturating_add(Weight::from_parts(10_696, 0).saturating_mul(o.into()))
	}
	fn claim() -> Weight {
		Weight::from_parts(695_620_000, 0)
			.saturating_add(RocksDbWeight::get().reads(9_u64))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
	}
	fn open_trace() -> Weight {
		Weight::from_parts(1_982_075_000, 0)
			.saturating_add(RocksDbWeight::get().reads(21_u64))
			.saturating_add(RocksDbWeight::get().writes(18_u64))
	}
	fn open_node() -> Weight {
		Weight::from_parts(1_954_783_000, 0)
			.saturating_add(RocksDbWeight::get().reads(22_u64))
			.saturating_add(RocksDbWeight::get().writes(18_u64))
	}
	fn referee(b: u32, ) -> Weight {
		Weight::from_parts(1_694_219_209, 0)
			.saturating_add(Weight::from_parts(18_416, 0).saturating_mul(b.into()))
			.saturating_add(RocksDbWeight::get().reads(26_u64))
			.saturating_add(RocksDbWeight::get().writes(21_u64))
	}
	fn prove_element(b: u32, ) -> Weight {
		Weight::from_parts(1_129_624_481, 0)
			.saturating_add(Weight::from_parts(8_602, 0).saturating_mul(b.into()))
			.saturating_add(RocksDbWeight::get().reads(13_u64))
			.saturating_add(RocksDbWeight::get().writes(9_u64))
	}
	fn finish() -> Weight {
		Weight::from_parts(719_505_000, 0)
			.saturating_add(RocksDbWeight::get().reads(23_u64))
			.saturating_add(RocksDbWeight::get().writes(20_u64))
	}
	fn turns_base() -> Weight {
		Weight::from_parts(91_246_000, 0)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
	}
	fn timeout() -> Weight {
		Weight::from_parts(1_037_338_000, 0)
			.saturating_add(RocksDbWeight::get().reads(26_u64))
			.saturating_add(RocksDbWeight::get().writes(24_u64))
	}
	fn start() -> Weight {
		Weight::from_parts(329_887_000, 0)
			.saturating_add(RocksDbWeight::get().reads(21_u64))
			.saturating_add(RocksDbWeight::get().writes(17_u64))
	}
	fn close() -> Weight {
		Weight::from_parts(479_198_000, 0)
			.saturating_add(RocksDbWeight::get().reads(16_u64))
			.saturating_add(RocksDbWeight::get().writes(16_u64))
	}
}
