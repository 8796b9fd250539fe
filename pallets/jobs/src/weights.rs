//! Weights of `pallet_jobs`, measured by `scripts/weights` (2026-11-22, Intel(R) Xeon(R) Processor, 20 steps, 10 repeats).

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]
#![allow(dead_code)]

use polkadot_sdk::polkadot_sdk_frame as frame;
use frame::weights_prelude::*;

/// Weight functions needed for `pallet_jobs`.
pub trait WeightInfo {
	fn register_program(b: u32, ) -> Weight;
	fn remove_program() -> Weight;
	fn submit_job() -> Weight;
	fn cancel() -> Weight;
	fn commit_result() -> Weight;
	fn reveal_result(b: u32, ) -> Weight;
	fn check_answer(b: u32, ) -> Weight;
	fn agenda_base() -> Weight;
	fn agenda_block() -> Weight;
	fn agenda_stale() -> Weight;
	fn agenda_draw(s: u32, ) -> Weight;
	fn agenda_no_worker(s: u32, ) -> Weight;
	fn agenda_audit() -> Weight;
	fn agenda_commit_missed(s: u32, ) -> Weight;
	fn agenda_reveal_missed(s: u32, ) -> Weight;
	fn agenda_settle(s: u32, ) -> Weight;
	fn agenda_prune() -> Weight;
}

/// Weights with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Jobs::Programs` (r:1 w:1)
	/// Proof: `Jobs::Programs` (`max_values`: None, `max_size`: Some(1261), added: 3736, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::ProgramCode` (r:0 w:1)
	/// Proof: `Jobs::ProgramCode` (`max_values`: None, `max_size`: Some(262180), added: 264655, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[256, 262144]`.
	fn register_program(b: u32, ) -> Weight {
		Weight::from_parts(254_539_416, 0)
			.saturating_add(Weight::from_parts(21_882, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Jobs::Programs` (r:1 w:1)
	/// Proof: `Jobs::Programs` (`max_values`: None, `max_size`: Some(1261), added: 3736, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::ProgramCode` (r:0 w:1)
	/// Proof: `Jobs::ProgramCode` (`max_values`: None, `max_size`: Some(262180), added: 264655, mode: `MaxEncodedLen`)
	fn remove_program() -> Weight {
		Weight::from_parts(166_547_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Programs` (r:1 w:1)
	/// Proof: `Jobs::Programs` (`max_values`: None, `max_size`: Some(1261), added: 3736, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::NextJob` (r:1 w:1)
	/// Proof: `Jobs::NextJob` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::AgendaLength` (r:1 w:1)
	/// Proof: `Jobs::AgendaLength` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Agenda` (r:0 w:1)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Jobs` (r:0 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	fn submit_job() -> Weight {
		Weight::from_parts(259_591_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Programs` (r:1 w:1)
	/// Proof: `Jobs::Programs` (`max_values`: None, `max_size`: Some(1261), added: 3736, mode: `MaxEncodedLen`)
	/// Storage: `Availability::QuestionsAbout` (r:1 w:0)
	/// Proof: `Availability::QuestionsAbout` (`max_values`: None, `max_size`: Some(1065), added: 3540, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::AgendaLength` (r:1 w:1)
	/// Proof: `Jobs::AgendaLength` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Agenda` (r:0 w:1)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Receipts` (r:0 w:1)
	/// Proof: `Jobs::Receipts` (`max_values`: None, `max_size`: Some(791), added: 3266, mode: `MaxEncodedLen`)
	fn cancel() -> Weight {
		Weight::from_parts(315_110_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::AgendaLength` (r:1 w:1)
	/// Proof: `Jobs::AgendaLength` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Agenda` (r:0 w:1)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	fn commit_result() -> Weight {
		Weight::from_parts(197_712_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::AgendaLength` (r:1 w:1)
	/// Proof: `Jobs::AgendaLength` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Agenda` (r:0 w:1)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::InlineOutputs` (r:0 w:1)
	/// Proof: `Jobs::InlineOutputs` (`max_values`: None, `max_size`: Some(65556), added: 68031, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[0, 65536]`.
	fn reveal_result(b: u32, ) -> Weight {
		Weight::from_parts(256_489_618, 0)
			.saturating_add(Weight::from_parts(19_910, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Jobs::Jobs` (r:1 w:0)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::FeelessBytes` (r:1 w:1)
	/// Proof: `Jobs::FeelessBytes` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[0, 65536]`.
	fn check_answer(b: u32, ) -> Weight {
		Weight::from_parts(150_708_991, 0)
			.saturating_add(Weight::from_parts(9_268, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Jobs::AgendaCursor` (r:1 w:1)
	/// Proof: `Jobs::AgendaCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	fn agenda_base() -> Weight {
		Weight::from_parts(17_393_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Jobs::AgendaCursor` (r:1 w:1)
	/// Proof: `Jobs::AgendaCursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::AgendaLength` (r:2 w:2)
	/// Proof: `Jobs::AgendaLength` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	fn agenda_block() -> Weight {
		Weight::from_parts(32_810_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Jobs::Agenda` (r:1 w:1)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Jobs` (r:1 w:0)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	fn agenda_stale() -> Weight {
		Weight::from_parts(98_507_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Jobs::Agenda` (r:1 w:2)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `Randomness::Ring` (r:1 w:0)
	/// Proof: `Randomness::Ring` (`max_values`: Some(1), `max_size`: Some(17), added: 512, mode: `MaxEncodedLen`)
	/// Storage: `Workers::IndexLen` (r:1 w:0)
	/// Proof: `Workers::IndexLen` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Params::EpochSlots` (r:1 w:0)
	/// Proof: `Params::EpochSlots` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Params::Workers` (r:1 w:0)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Index` (r:8 w:0)
	/// Proof: `Workers::Index` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Workers` (r:8 w:8)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(263), added: 2738, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:8 w:8)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1754), added: 4229, mode: `MaxEncodedLen`)
	/// Storage: `Workers::FaultyDrivers` (r:1 w:0)
	/// Proof: `Workers::FaultyDrivers` (`max_values`: None, `max_size`: Some(82), added: 2557, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::AgendaLength` (r:1 w:1)
	/// Proof: `Jobs::AgendaLength` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::SeatsOf` (r:0 w:8)
	/// Proof: `Jobs::SeatsOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// The range of component `s` is `[1, 8]`.
	fn agenda_draw(s: u32, ) -> Weight {
		Weight::from_parts(690_678_796, 0)
			.saturating_add(Weight::from_parts(55_406_120, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(35_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
			.saturating_add(T::DbWeight::get().writes((3_u64).saturating_mul(s.into())))
	}
	/// Storage: `Randomness::Ring` (r:1 w:0)
	/// Proof: `Randomness::Ring` (`max_values`: Some(1), `max_size`: Some(17), added: 512, mode: `MaxEncodedLen`)
	/// Storage: `Workers::IndexLen` (r:1 w:0)
	/// Proof: `Workers::IndexLen` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Params::EpochSlots` (r:1 w:0)
	/// Proof: `Params::EpochSlots` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Params::Workers` (r:1 w:0)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Index` (r:8 w:0)
	/// Proof: `Workers::Index` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Workers` (r:12 w:8)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(263), added: 2738, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:12 w:8)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1754), added: 4229, mode: `MaxEncodedLen`)
	/// Storage: `Workers::FaultyDrivers` (r:1 w:0)
	/// Proof: `Workers::FaultyDrivers` (`max_values`: None, `max_size`: Some(82), added: 2557, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Agenda` (r:1 w:2)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Programs` (r:1 w:1)
	/// Proof: `Jobs::Programs` (`max_values`: None, `max_size`: Some(1261), added: 3736, mode: `MaxEncodedLen`)
	/// Storage: `Availability::QuestionsAbout` (r:1 w:0)
	/// Proof: `Availability::QuestionsAbout` (`max_values`: None, `max_size`: Some(1065), added: 3540, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::AgendaLength` (r:1 w:1)
	/// Proof: `Jobs::AgendaLength` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Receipts` (r:0 w:1)
	/// Proof: `Jobs::Receipts` (`max_values`: None, `max_size`: Some(791), added: 3266, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::SeatsOf` (r:0 w:8)
	/// Proof: `Jobs::SeatsOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// The range of component `s` is `[0, 8]`.
	fn agenda_no_worker(s: u32, ) -> Weight {
		Weight::from_parts(640_619_396, 0)
			.saturating_add(Weight::from_parts(94_857_918, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(27_u64))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(s.into())))
			.saturating_add(T::DbWeight::get().writes(8_u64))
			.saturating_add(T::DbWeight::get().writes((3_u64).saturating_mul(s.into())))
	}
	/// Storage: `Jobs::Agenda` (r:1 w:2)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `Randomness::Ring` (r:1 w:0)
	/// Proof: `Randomness::Ring` (`max_values`: Some(1), `max_size`: Some(17), added: 512, mode: `MaxEncodedLen`)
	/// Storage: `Workers::IndexLen` (r:1 w:0)
	/// Proof: `Workers::IndexLen` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Params::EpochSlots` (r:1 w:0)
	/// Proof: `Params::EpochSlots` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Params::Workers` (r:1 w:0)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Index` (r:8 w:0)
	/// Proof: `Workers::Index` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Workers` (r:8 w:1)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(263), added: 2738, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:8 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1754), added: 4229, mode: `MaxEncodedLen`)
	/// Storage: `Workers::FaultyDrivers` (r:1 w:0)
	/// Proof: `Workers::FaultyDrivers` (`max_values`: None, `max_size`: Some(82), added: 2557, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::AgendaLength` (r:1 w:1)
	/// Proof: `Jobs::AgendaLength` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::SeatsOf` (r:0 w:1)
	/// Proof: `Jobs::SeatsOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn agenda_audit() -> Weight {
		Weight::from_parts(841_183_000, 0)
			.saturating_add(T::DbWeight::get().reads(35_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Jobs::Agenda` (r:1 w:2)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Workers` (r:8 w:8)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(263), added: 2738, mode: `MaxEncodedLen`)
	/// Storage: `Params::Workers` (r:1 w:0)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:8 w:8)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1754), added: 4229, mode: `MaxEncodedLen`)
	/// Storage: `Staking::NextSlash` (r:1 w:1)
	/// Proof: `Staking::NextSlash` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Params::EpochSlots` (r:1 w:0)
	/// Proof: `Params::EpochSlots` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Programs` (r:1 w:1)
	/// Proof: `Jobs::Programs` (`max_values`: None, `max_size`: Some(1261), added: 3736, mode: `MaxEncodedLen`)
	/// Storage: `Availability::QuestionsAbout` (r:1 w:0)
	/// Proof: `Availability::QuestionsAbout` (`max_values`: None, `max_size`: Some(1065), added: 3540, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::AgendaLength` (r:1 w:1)
	/// Proof: `Jobs::AgendaLength` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Receipts` (r:0 w:1)
	/// Proof: `Jobs::Receipts` (`max_values`: None, `max_size`: Some(791), added: 3266, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::SeatsOf` (r:0 w:8)
	/// Proof: `Jobs::SeatsOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// The range of component `s` is `[1, 8]`.
	fn agenda_commit_missed(s: u32, ) -> Weight {
		Weight::from_parts(501_099_458, 0)
			.saturating_add(Weight::from_parts(87_693_775, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(13_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(s.into())))
			.saturating_add(T::DbWeight::get().writes(9_u64))
			.saturating_add(T::DbWeight::get().writes((3_u64).saturating_mul(s.into())))
	}
	/// Storage: `Jobs::Agenda` (r:1 w:2)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Workers` (r:9 w:9)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(263), added: 2738, mode: `MaxEncodedLen`)
	/// Storage: `Params::Workers` (r:1 w:0)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:9 w:9)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1754), added: 4229, mode: `MaxEncodedLen`)
	/// Storage: `Staking::NextSlash` (r:1 w:1)
	/// Proof: `Staking::NextSlash` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Params::EpochSlots` (r:1 w:0)
	/// Proof: `Params::EpochSlots` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Programs` (r:1 w:1)
	/// Proof: `Jobs::Programs` (`max_values`: None, `max_size`: Some(1261), added: 3736, mode: `MaxEncodedLen`)
	/// Storage: `Availability::QuestionsAbout` (r:1 w:0)
	/// Proof: `Availability::QuestionsAbout` (`max_values`: None, `max_size`: Some(1065), added: 3540, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::AgendaLength` (r:1 w:1)
	/// Proof: `Jobs::AgendaLength` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Receipts` (r:0 w:1)
	/// Proof: `Jobs::Receipts` (`max_values`: None, `max_size`: Some(791), added: 3266, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::SeatsOf` (r:0 w:9)
	/// Proof: `Jobs::SeatsOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// The range of component `s` is `[1, 9]`.
	fn agenda_reveal_missed(s: u32, ) -> Weight {
		Weight::from_parts(492_838_655, 0)
			.saturating_add(Weight::from_parts(84_436_199, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(13_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(s.into())))
			.saturating_add(T::DbWeight::get().writes(9_u64))
			.saturating_add(T::DbWeight::get().writes((3_u64).saturating_mul(s.into())))
	}
	/// Storage: `Jobs::Agenda` (r:1 w:2)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Jobs` (r:1 w:1)
	/// Proof: `Jobs::Jobs` (`max_values`: None, `max_size`: Some(11802), added: 14277, mode: `MaxEncodedLen`)
	/// Storage: `Workers::Workers` (r:9 w:9)
	/// Proof: `Workers::Workers` (`max_values`: None, `max_size`: Some(263), added: 2738, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:9 w:9)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1754), added: 4229, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `TfuelSupply::Burned` (r:1 w:1)
	/// Proof: `TfuelSupply::Burned` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Rewards::Records` (r:9 w:9)
	/// Proof: `Rewards::Records` (`max_values`: None, `max_size`: Some(148), added: 2623, mode: `MaxEncodedLen`)
	/// Storage: `Rewards::CurrentEra` (r:1 w:1)
	/// Proof: `Rewards::CurrentEra` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Programs` (r:1 w:1)
	/// Proof: `Jobs::Programs` (`max_values`: None, `max_size`: Some(1261), added: 3736, mode: `MaxEncodedLen`)
	/// Storage: `Availability::QuestionsAbout` (r:1 w:0)
	/// Proof: `Availability::QuestionsAbout` (`max_values`: None, `max_size`: Some(1065), added: 3540, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::AgendaLength` (r:1 w:1)
	/// Proof: `Jobs::AgendaLength` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Disputes` (r:1 w:0)
	/// Proof: `Disputes::Disputes` (`max_values`: None, `max_size`: Some(6288), added: 8763, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Receipts` (r:0 w:1)
	/// Proof: `Jobs::Receipts` (`max_values`: None, `max_size`: Some(791), added: 3266, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::SeatsOf` (r:0 w:9)
	/// Proof: `Jobs::SeatsOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// The range of component `s` is `[1, 9]`.
	fn agenda_settle(s: u32, ) -> Weight {
		Weight::from_parts(503_897_756, 0)
			.saturating_add(Weight::from_parts(125_993_132, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(s.into())))
			.saturating_add(T::DbWeight::get().writes(10_u64))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(s.into())))
	}
	/// Storage: `Jobs::Agenda` (r:1 w:1)
	/// Proof: `Jobs::Agenda` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::Receipts` (r:1 w:1)
	/// Proof: `Jobs::Receipts` (`max_values`: None, `max_size`: Some(791), added: 3266, mode: `MaxEncodedLen`)
	/// Storage: `Jobs::InlineOutputs` (r:0 w:1)
	/// Proof: `Jobs::InlineOutputs` (`max_values`: None, `max_size`: Some(65556), added: 68031, mode: `MaxEncodedLen`)
	fn agenda_prune() -> Weight {
		Weight::from_parts(105_604_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
}

// For tests.
impl WeightInfo for () {
	fn register_program(b: u32, ) -> Weight {
		Weight::from_parts(254_539_416, 0)
			.saturating_add(Weight::from_parts(21_882, 0).saturating_mul(b.into()))
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn remove_program() -> Weight {
		Weight::from_parts(166_547_000, 0)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn submit_job() -> Weight {
		Weight::from_parts(259_591_000, 0)
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().writes(7_u64))
	}
	fn cancel() -> Weight {
		Weight::from_parts(315_110_000, 0)
			.saturating_add(RocksDbWeight::get().reads(7_u64))
			.saturating_add(RocksDbWeight::get().writes(7_u64))
	}
	fn commit_result() -> Weight {
		Weight::from_parts(197_712_000, 0)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
	fn reveal_result(b: u32, ) -> Weight {
		Weight::from_parts(256_489_618, 0)
			.saturating_add(Weight::from_parts(19_910, 0).saturating_mul(b.into()))
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn check_answer(b: u32, ) -> Weight {
		Weight::from_parts(150_708_991, 0)
			.saturating_add(Weight::from_parts(9_268, 0).saturating_mul(b.into()))
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn agenda_base() -> Weight {
		Weight::from_parts(17_393_000, 0)
			.saturating_add(RocksDbWeight::get().reads(1_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn agenda_block() -> Weight {
		Weight::from_parts(32_810_000, 0)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
	fn agenda_stale() -> Weight {
		Weight::from_parts(98_507_000, 0)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn agenda_draw(s: u32, ) -> Weight {
		Weight::from_parts(690_678_796, 0)
			.saturating_add(Weight::from_parts(55_406_120, 0).saturating_mul(s.into()))
			.saturating_add(RocksDbWeight::get().reads(35_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
			.saturating_add(RocksDbWeight::get().writes((3_u64).saturating_mul(s.into())))
	}
	fn agenda_no_worker(s: u32, ) -> Weight {
		Weight::from_parts(640_619_396, 0)
			.saturating_add(Weight::from_parts(94_857_918, 0).saturating_mul(s.into()))
			.saturating_add(RocksDbWeight::get().reads(27_u64))
			.saturating_add(RocksDbWeight::get().reads((3_u64).saturating_mul(s.into())))
			.saturating_add(RocksDbWeight::get().writes(8_u64))
			.saturating_add(RocksDbWeight::get().writes((3_u64).saturating_mul(s.into())))
	}
	fn agenda_audit() -> Weight {
		Weight::from_parts(841_183_000, 0)
			.saturating_add(RocksDbWeight::get().reads(35_u64))
			.saturating_add(RocksDbWeight::get().writes(7_u64))
	}
	fn agenda_commit_missed(s: u32, ) -> Weight {
		Weight::from_parts(501_099_458, 0)
			.saturating_add(Weight::from_parts(87_693_775, 0).saturating_mul(s.into()))
			.saturating_add(RocksDbWeight::get().reads(13_u64))
			.saturating_add(RocksDbWeight::get().reads((2_u64).saturating_mul(s.into())))
			.saturating_add(RocksDbWeight::get().writes(9_u64))
			.saturating_add(RocksDbWeight::get().writes((3_u64).saturating_mul(s.into())))
	}
	fn agenda_reveal_missed(s: u32, ) -> Weight {
		Weight::from_parts(492_838_655, 0)
			.saturating_add(Weight::from_parts(84_436_199, 0).saturating_mul(s.into()))
			.saturating_add(RocksDbWeight::get().reads(13_u64))
			.saturating_add(RocksDbWeight::get().reads((2_u64).saturating_mul(s.into())))
			.saturating_add(RocksDbWeight::get().writes(9_u64))
			.saturating_add(RocksDbWeight::get().writes((3_u64).saturating_mul(s.into())))
	}
	fn agenda_settle(s: u32, ) -> Weight {
		Weight::from_parts(503_897_756, 0)
			.saturating_add(Weight::from_parts(125_993_132, 0).saturating_mul(s.into()))
			.saturating_add(RocksDbWeight::get().reads(11_u64))
			.saturating_add(RocksDbWeight::get().reads((3_u64).saturating_mul(s.into())))
			.saturating_add(RocksDbWeight::get().writes(10_u64))
			.saturating_add(RocksDbWeight::get().writes((4_u64).saturating_mul(s.into())))
	}
	fn agenda_prune() -> Weight {
		Weight::from_parts(105_604_000, 0)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
}
