//! Weights of `pallet_availability`, measured by `scripts/weights` (2026-11-22, Intel(R) Xeon(R) Processor, 20 steps, 10 repeats).

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
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Programs` (r:1 w:0)
	/// Proof: `Jobs::Programs` (`max_values`: None, `max_size`: Some(1261), added: 3736, mode: `MaxEncodedLen`)
	/// Storage: `Availability::QuestionsAbout` (r:1 w:1)
	/// Proof: `Availability::QuestionsAbout` (`max_values`: None, `max_size`: Some(1065), added: 3540, mode: `MaxEncodedLen`)
	/// Storage: `Availability::Dues` (r:1 w:1)
	/// Proof: `Availability::Dues` (`max_values`: Some(1), `max_size`: Some(12002), added: 12497, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(139), added: 2614, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::AgendaLength` (r:1 w:1)
	/// Proof: `Jobs::AgendaLength` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Agenda` (r:0 w:1)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	fn demand_chunk() -> Weight {
		Weight::from_parts(411_236_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Availability::QuestionsAbout` (r:1 w:1)
	/// Proof: `Availability::QuestionsAbout` (`max_values`: None, `max_size`: Some(1065), added: 3540, mode: `MaxEncodedLen`)
	/// Storage: `Availability::Dues` (r:1 w:1)
	/// Proof: `Availability::Dues` (`max_values`: Some(1), `max_size`: Some(12002), added: 12497, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Jobs` (r:1 w:0)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Programs` (r:1 w:0)
	/// Proof: `Jobs::Programs` (`max_values`: None, `max_size`: Some(1261), added: 3736, mode: `MaxEncodedLen`)
	/// Storage: `Workers::StashOf` (r:1 w:0)
	/// Proof: `Workers::StashOf` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(139), added: 2614, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn serve_chunk() -> Weight {
		Weight::from_parts(454_464_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Programs` (r:1 w:0)
	/// Proof: `Jobs::Programs` (`max_values`: None, `max_size`: Some(1261), added: 3736, mode: `MaxEncodedLen`)
	/// Storage: `Availability::QuestionsAbout` (r:1 w:1)
	/// Proof: `Availability::QuestionsAbout` (`max_values`: None, `max_size`: Some(1065), added: 3540, mode: `MaxEncodedLen`)
	/// Storage: `Availability::Dues` (r:1 w:1)
	/// Proof: `Availability::Dues` (`max_values`: Some(1), `max_size`: Some(12002), added: 12497, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(139), added: 2614, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::AgendaLength` (r:1 w:1)
	/// Proof: `Jobs::AgendaLength` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Agenda` (r:0 w:1)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	fn report_withheld() -> Weight {
		Weight::from_parts(453_345_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `Availability::QuestionsAbout` (r:1 w:1)
	/// Proof: `Availability::QuestionsAbout` (`max_values`: None, `max_size`: Some(1065), added: 3540, mode: `MaxEncodedLen`)
	/// Storage: `Availability::Dues` (r:1 w:1)
	/// Proof: `Availability::Dues` (`max_values`: Some(1), `max_size`: Some(12002), added: 12497, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::AgendaLength` (r:1 w:1)
	/// Proof: `Jobs::AgendaLength` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Agenda` (r:0 w:1)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	fn report_unavailable() -> Weight {
		Weight::from_parts(247_013_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Availability::QuestionsAbout` (r:1 w:1)
	/// Proof: `Availability::QuestionsAbout` (`max_values`: None, `max_size`: Some(1065), added: 3540, mode: `MaxEncodedLen`)
	/// Storage: `Availability::Dues` (r:1 w:1)
	/// Proof: `Availability::Dues` (`max_values`: Some(1), `max_size`: Some(12002), added: 12497, mode: `MaxEncodedLen`)
	fn judge() -> Weight {
		Weight::from_parts(167_175_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Availability::Dues` (r:1 w:0)
	/// Proof: `Availability::Dues` (`max_values`: Some(1), `max_size`: Some(12002), added: 12497, mode: `MaxEncodedLen`)
	fn dues_base() -> Weight {
		Weight::from_parts(28_969_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
	}
	/// Storage: `Availability::QuestionsAbout` (r:1 w:1)
	/// Proof: `Availability::QuestionsAbout` (`max_values`: None, `max_size`: Some(1065), added: 3540, mode: `MaxEncodedLen`)
	/// Storage: `Availability::Dues` (r:1 w:1)
	/// Proof: `Availability::Dues` (`max_values`: Some(1), `max_size`: Some(12002), added: 12497, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(139), added: 2614, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Programs` (r:1 w:1)
	/// Proof: `Jobs::Programs` (`max_values`: None, `max_size`: Some(1261), added: 3736, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Workers` (r:9 w:9)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(263), added: 2738, mode: `MaxEncodedLen`)
	/// Storage: `Params::Workers` (r:1 w:0)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:9 w:9)
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
	/// Storage: `Disputes::Disputes` (r:1 w:0)
	/// Proof: `Disputes::Disputes` (`max_values`: None, `max_size`: Some(6288), added: 8763, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Agenda` (r:0 w:1)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Receipts` (r:0 w:1)
	/// Proof: `Jobs::Receipts` (`max_values`: None, `max_size`: Some(791), added: 3266, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::SeatsOf` (r:0 w:9)
	/// Proof: `Jobs::SeatsOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn demand_due() -> Weight {
		Weight::from_parts(1_354_076_000, 0)
			.saturating_add(T::DbWeight::get().reads(31_u64))
			.saturating_add(T::DbWeight::get().writes(37_u64))
	}
	/// Storage: `Availability::QuestionsAbout` (r:1 w:1)
	/// Proof: `Availability::QuestionsAbout` (`max_values`: None, `max_size`: Some(1065), added: 3540, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Jobs` (r:1 w:0)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Workers::IndexLen` (r:1 w:0)
	/// Proof: `Workers::IndexLen` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Workers` (r:1 w:0)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Index` (r:8 w:0)
	/// Proof: `Workers::Index` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Workers` (r:8 w:5)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(263), added: 2738, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:8 w:0)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1738), added: 4213, mode: `MaxEncodedLen`)
	/// Storage: `Workers::FaultyDrivers` (r:1 w:0)
	/// Proof: `Workers::FaultyDrivers` (`max_values`: None, `max_size`: Some(82), added: 2557, mode: `MaxEncodedLen`)
	/// Storage: `Availability::Dues` (r:1 w:1)
	/// Proof: `Availability::Dues` (`max_values`: Some(1), `max_size`: Some(12002), added: 12497, mode: `MaxEncodedLen`)
	fn judges_due() -> Weight {
		Weight::from_parts(797_366_000, 0)
			.saturating_add(T::DbWeight::get().reads(33_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Availability::QuestionsAbout` (r:1 w:1)
	/// Proof: `Availability::QuestionsAbout` (`max_values`: None, `max_size`: Some(1065), added: 3540, mode: `MaxEncodedLen`)
	/// Storage: `Availability::Dues` (r:1 w:1)
	/// Proof: `Availability::Dues` (`max_values`: Some(1), `max_size`: Some(12002), added: 12497, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(139), added: 2614, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:6 w:6)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Workers` (r:14 w:14)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(263), added: 2738, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:14 w:9)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1738), added: 4213, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Programs` (r:1 w:1)
	/// Proof: `Jobs::Programs` (`max_values`: None, `max_size`: Some(1261), added: 3736, mode: `MaxEncodedLen`)
	/// Storage: `Params::Workers` (r:1 w:0)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
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
	/// Storage: `Disputes::Disputes` (r:1 w:0)
	/// Proof: `Disputes::Disputes` (`max_values`: None, `max_size`: Some(6288), added: 8763, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Agenda` (r:0 w:1)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Receipts` (r:0 w:1)
	/// Proof: `Jobs::Receipts` (`max_values`: None, `max_size`: Some(791), added: 3266, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::SeatsOf` (r:0 w:9)
	/// Proof: `Jobs::SeatsOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn judgement_due() -> Weight {
		Weight::from_parts(1_945_117_000, 0)
			.saturating_add(T::DbWeight::get().reads(46_u64))
			.saturating_add(T::DbWeight::get().writes(47_u64))
	}
}

// For tests.
impl WeightInfo for () {
	fn demand_chunk() -> Weight {
		Weight::from_parts(411_236_000, 0)
			.saturating_add(RocksDbWeight::get().reads(8_u64))
			.saturating_add(RocksDbWeight::get().writes(7_u64))
	}
	fn serve_chunk() -> Weight {
		Weight::from_parts(454_464_000, 0)
			.saturating_add(RocksDbWeight::get().reads(8_u64))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
	}
	fn report_withheld() -> Weight {
		Weight::from_parts(453_345_000, 0)
			.saturating_add(RocksDbWeight::get().reads(8_u64))
			.saturating_add(RocksDbWeight::get().writes(7_u64))
	}
	fn report_unavailable() -> Weight {
		Weight::from_parts(247_013_000, 0)
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
	}
	fn judge() -> Weight {
		Weight::from_parts(167_175_000, 0)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn dues_base() -> Weight {
		Weight::from_parts(28_969_000, 0)
			.saturating_add(RocksDbWeight::get().reads(1_u64))
	}
	fn demand_due() -> Weight {
		Weight::from_parts(1_354_076_000, 0)
			.saturating_add(RocksDbWeight::get().reads(31_u64))
			.saturating_add(RocksDbWeight::get().writes(37_u64))
	}
	fn judges_due() -> Weight {
		Weight::from_parts(797_366_000, 0)
			.saturating_add(RocksDbWeight::get().reads(33_u64))
			.saturating_add(RocksDbWeight::get().writes(7_u64))
	}
	fn judgement_due() -> Weight {
		Weight::from_parts(1_945_117_000, 0)
			.saturating_add(RocksDbWeight::get().reads(46_u64))
			.saturating_add(RocksDbWeight::get().writes(47_u64))
	}
}
