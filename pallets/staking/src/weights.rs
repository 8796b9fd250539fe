//! Weights of `pallet_theta_staking`, measured by `scripts/weights` (2026-11-22, Intel(R) Xeon(R) Processor, 20 steps, 10 repeats).

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]
#![allow(dead_code)]

use polkadot_sdk::polkadot_sdk_frame as frame;
use frame::weights_prelude::*;

/// Weight functions needed for `pallet_theta_staking`.
pub trait WeightInfo {
	fn bond() -> Weight;
	fn unbond() -> Weight;
	fn rebond() -> Weight;
	fn withdraw() -> Weight;
	fn delegate() -> Weight;
	fn undelegate() -> Weight;
	fn redelegate() -> Weight;
	fn validate() -> Weight;
	fn chill() -> Weight;
	fn claim() -> Weight;
	fn settle_losses() -> Weight;
	fn link() -> Weight;
	fn cancel_slash() -> Weight;
	fn note_author() -> Weight;
	fn note_offence() -> Weight;
	fn apply_slash() -> Weight;
	fn plan_session(n: u32, ) -> Weight;
	fn lock() -> Weight;
	fn unlock() -> Weight;
	fn slash() -> Weight;
	fn burn_slashed() -> Weight;
	fn return_slash() -> Weight;
}

/// Weights with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1754), added: 4229, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Params::EpochSlots` (r:1 w:0)
	/// Proof: `Params::EpochSlots` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Account` (r:1 w:1)
	/// Proof: `Theta::Account` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Holds` (r:1 w:1)
	/// Proof: `Theta::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `ThetaSupply::Burned` (r:1 w:1)
	/// Proof: `ThetaSupply::Burned` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn bond() -> Weight {
		Weight::from_parts(335_281_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1754), added: 4229, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Params::EpochSlots` (r:1 w:0)
	/// Proof: `Params::EpochSlots` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Account` (r:1 w:1)
	/// Proof: `Theta::Account` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Holds` (r:1 w:1)
	/// Proof: `Theta::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `ThetaSupply::Burned` (r:1 w:1)
	/// Proof: `ThetaSupply::Burned` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn unbond() -> Weight {
		Weight::from_parts(256_285_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1754), added: 4229, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Params::EpochSlots` (r:1 w:0)
	/// Proof: `Params::EpochSlots` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Account` (r:1 w:1)
	/// Proof: `Theta::Account` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Holds` (r:1 w:1)
	/// Proof: `Theta::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `ThetaSupply::Burned` (r:1 w:1)
	/// Proof: `ThetaSupply::Burned` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn rebond() -> Weight {
		Weight::from_parts(246_498_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1754), added: 4229, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Guardians` (r:1 w:1)
	/// Proof: `Staking::Guardians` (`max_values`: None, `max_size`: Some(4706), added: 7181, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Pools` (r:15 w:0)
	/// Proof: `Staking::Pools` (`max_values`: None, `max_size`: Some(125), added: 2600, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Left` (r:31 w:31)
	/// Proof: `Staking::Left` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Account` (r:1 w:1)
	/// Proof: `Theta::Account` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Holds` (r:1 w:1)
	/// Proof: `Theta::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `ThetaSupply::Burned` (r:1 w:1)
	/// Proof: `ThetaSupply::Burned` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn withdraw() -> Weight {
		Weight::from_parts(1_179_813_000, 0)
			.saturating_add(T::DbWeight::get().reads(51_u64))
			.saturating_add(T::DbWeight::get().writes(36_u64))
	}
	/// Storage: `Staking::Candidates` (r:1 w:0)
	/// Proof: `Staking::Candidates` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Accusations` (r:1 w:0)
	/// Proof: `Staking::Accusations` (`max_values`: Some(1), `max_size`: Some(5634), added: 6129, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1754), added: 4229, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Guardians` (r:1 w:1)
	/// Proof: `Staking::Guardians` (`max_values`: None, `max_size`: Some(4706), added: 7181, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Pools` (r:16 w:1)
	/// Proof: `Staking::Pools` (`max_values`: None, `max_size`: Some(125), added: 2600, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Left` (r:31 w:0)
	/// Proof: `Staking::Left` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Account` (r:1 w:1)
	/// Proof: `Theta::Account` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Holds` (r:1 w:1)
	/// Proof: `Theta::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `ThetaSupply::Burned` (r:1 w:1)
	/// Proof: `ThetaSupply::Burned` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Params::EpochSlots` (r:1 w:0)
	/// Proof: `Params::EpochSlots` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	fn delegate() -> Weight {
		Weight::from_parts(976_617_000, 0)
			.saturating_add(T::DbWeight::get().reads(58_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1754), added: 4229, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Guardians` (r:1 w:1)
	/// Proof: `Staking::Guardians` (`max_values`: None, `max_size`: Some(4706), added: 7181, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Pools` (r:15 w:1)
	/// Proof: `Staking::Pools` (`max_values`: None, `max_size`: Some(125), added: 2600, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Left` (r:32 w:1)
	/// Proof: `Staking::Left` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Account` (r:1 w:1)
	/// Proof: `Theta::Account` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Holds` (r:1 w:1)
	/// Proof: `Theta::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `ThetaSupply::Burned` (r:1 w:1)
	/// Proof: `ThetaSupply::Burned` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Params::EpochSlots` (r:1 w:0)
	/// Proof: `Params::EpochSlots` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Era` (r:1 w:0)
	/// Proof: `Staking::Era` (`max_values`: Some(1), `max_size`: Some(17), added: 512, mode: `MaxEncodedLen`)
	fn undelegate() -> Weight {
		Weight::from_parts(1_034_242_000, 0)
			.saturating_add(T::DbWeight::get().reads(57_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Staking::Candidates` (r:1 w:0)
	/// Proof: `Staking::Candidates` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Accusations` (r:1 w:0)
	/// Proof: `Staking::Accusations` (`max_values`: Some(1), `max_size`: Some(5634), added: 6129, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1754), added: 4229, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Guardians` (r:1 w:1)
	/// Proof: `Staking::Guardians` (`max_values`: None, `max_size`: Some(4706), added: 7181, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Pools` (r:16 w:2)
	/// Proof: `Staking::Pools` (`max_values`: None, `max_size`: Some(125), added: 2600, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Left` (r:32 w:1)
	/// Proof: `Staking::Left` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Account` (r:1 w:1)
	/// Proof: `Theta::Account` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Holds` (r:1 w:1)
	/// Proof: `Theta::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `ThetaSupply::Burned` (r:1 w:1)
	/// Proof: `ThetaSupply::Burned` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Params::EpochSlots` (r:1 w:0)
	/// Proof: `Params::EpochSlots` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Era` (r:1 w:0)
	/// Proof: `Staking::Era` (`max_values`: Some(1), `max_size`: Some(17), added: 512, mode: `MaxEncodedLen`)
	fn redelegate() -> Weight {
		Weight::from_parts(1_084_535_000, 0)
			.saturating_add(T::DbWeight::get().reads(60_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	/// Storage: `Staking::Accusations` (r:1 w:0)
	/// Proof: `Staking::Accusations` (`max_values`: Some(1), `max_size`: Some(5634), added: 6129, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Candidates` (r:1 w:1)
	/// Proof: `Staking::Candidates` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `Staking::CounterForCandidates` (r:1 w:1)
	/// Proof: `Staking::CounterForCandidates` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1754), added: 4229, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Guardians` (r:1 w:1)
	/// Proof: `Staking::Guardians` (`max_values`: None, `max_size`: Some(4706), added: 7181, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Pools` (r:16 w:1)
	/// Proof: `Staking::Pools` (`max_values`: None, `max_size`: Some(125), added: 2600, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Left` (r:31 w:0)
	/// Proof: `Staking::Left` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Account` (r:1 w:1)
	/// Proof: `Theta::Account` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Holds` (r:1 w:1)
	/// Proof: `Theta::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `ThetaSupply::Burned` (r:1 w:1)
	/// Proof: `ThetaSupply::Burned` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Params::EpochSlots` (r:1 w:0)
	/// Proof: `Params::EpochSlots` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	fn validate() -> Weight {
		Weight::from_parts(1_079_615_000, 0)
			.saturating_add(T::DbWeight::get().reads(59_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	/// Storage: `Staking::Candidates` (r:1 w:1)
	/// Proof: `Staking::Candidates` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `Staking::CounterForCandidates` (r:1 w:1)
	/// Proof: `Staking::CounterForCandidates` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Pools` (r:1 w:1)
	/// Proof: `Staking::Pools` (`max_values`: None, `max_size`: Some(125), added: 2600, mode: `MaxEncodedLen`)
	fn chill() -> Weight {
		Weight::from_parts(101_541_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1754), added: 4229, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Guardians` (r:1 w:1)
	/// Proof: `Staking::Guardians` (`max_values`: None, `max_size`: Some(4706), added: 7181, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Pools` (r:16 w:0)
	/// Proof: `Staking::Pools` (`max_values`: None, `max_size`: Some(125), added: 2600, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Left` (r:31 w:0)
	/// Proof: `Staking::Left` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Account` (r:1 w:1)
	/// Proof: `Theta::Account` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Holds` (r:1 w:1)
	/// Proof: `Theta::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `ThetaSupply::Burned` (r:1 w:1)
	/// Proof: `ThetaSupply::Burned` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `TfuelSupply::Minted` (r:1 w:1)
	/// Proof: `TfuelSupply::Minted` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn claim() -> Weight {
		Weight::from_parts(1_023_298_000, 0)
			.saturating_add(T::DbWeight::get().reads(53_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1754), added: 4229, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Guardians` (r:1 w:1)
	/// Proof: `Staking::Guardians` (`max_values`: None, `max_size`: Some(4706), added: 7181, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Pools` (r:15 w:0)
	/// Proof: `Staking::Pools` (`max_values`: None, `max_size`: Some(125), added: 2600, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Left` (r:31 w:0)
	/// Proof: `Staking::Left` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Account` (r:1 w:1)
	/// Proof: `Theta::Account` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Holds` (r:1 w:1)
	/// Proof: `Theta::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `ThetaSupply::Burned` (r:1 w:1)
	/// Proof: `ThetaSupply::Burned` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn settle_losses() -> Weight {
		Weight::from_parts(905_979_000, 0)
			.saturating_add(T::DbWeight::get().reads(51_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Staking::Links` (r:0 w:1)
	/// Proof: `Staking::Links` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	fn link() -> Weight {
		Weight::from_parts(29_414_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Staking::Accusations` (r:1 w:1)
	/// Proof: `Staking::Accusations` (`max_values`: Some(1), `max_size`: Some(5634), added: 6129, mode: `MaxEncodedLen`)
	fn cancel_slash() -> Weight {
		Weight::from_parts(60_643_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Staking::Points` (r:1 w:1)
	/// Proof: `Staking::Points` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Pools` (r:1 w:1)
	/// Proof: `Staking::Pools` (`max_values`: None, `max_size`: Some(125), added: 2600, mode: `MaxEncodedLen`)
	/// Storage: `Params::Rewards` (r:1 w:0)
	/// Proof: `Params::Rewards` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	fn note_author() -> Weight {
		Weight::from_parts(70_634_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Staking::History` (r:1 w:0)
	/// Proof: `Staking::History` (`max_values`: Some(1), `max_size`: Some(514), added: 1009, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Candidates` (r:1 w:1)
	/// Proof: `Staking::Candidates` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `Staking::CounterForCandidates` (r:1 w:1)
	/// Proof: `Staking::CounterForCandidates` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Pools` (r:1 w:1)
	/// Proof: `Staking::Pools` (`max_values`: None, `max_size`: Some(125), added: 2600, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Era` (r:1 w:1)
	/// Proof: `Staking::Era` (`max_values`: Some(1), `max_size`: Some(17), added: 512, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Params::EpochSlots` (r:1 w:0)
	/// Proof: `Params::EpochSlots` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Accusations` (r:1 w:1)
	/// Proof: `Staking::Accusations` (`max_values`: Some(1), `max_size`: Some(5634), added: 6129, mode: `MaxEncodedLen`)
	fn note_offence() -> Weight {
		Weight::from_parts(164_310_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Staking::Accusations` (r:1 w:1)
	/// Proof: `Staking::Accusations` (`max_values`: Some(1), `max_size`: Some(5634), added: 6129, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Pools` (r:1 w:1)
	/// Proof: `Staking::Pools` (`max_values`: None, `max_size`: Some(125), added: 2600, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Era` (r:1 w:0)
	/// Proof: `Staking::Era` (`max_values`: Some(1), `max_size`: Some(17), added: 512, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Left` (r:65 w:65)
	/// Proof: `Staking::Left` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	fn apply_slash() -> Weight {
		Weight::from_parts(1_001_300_000, 0)
			.saturating_add(T::DbWeight::get().reads(68_u64))
			.saturating_add(T::DbWeight::get().writes(67_u64))
	}
	/// Storage: `Staking::Era` (r:1 w:1)
	/// Proof: `Staking::Era` (`max_values`: Some(1), `max_size`: Some(17), added: 512, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Params::EpochSlots` (r:1 w:0)
	/// Proof: `Params::EpochSlots` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Elected` (r:1 w:0)
	/// Proof: `Staking::Elected` (`max_values`: Some(1), `max_size`: Some(3202), added: 3697, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Points` (r:1 w:0)
	/// Proof: `Staking::Points` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Candidates` (r:1002 w:0)
	/// Proof: `Staking::Candidates` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Pools` (r:1001 w:0)
	/// Proof: `Staking::Pools` (`max_values`: None, `max_size`: Some(125), added: 2600, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Links` (r:1001 w:0)
	/// Proof: `Staking::Links` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Guardians` (r:1001 w:0)
	/// Proof: `Staking::Guardians` (`max_values`: None, `max_size`: Some(4706), added: 7181, mode: `MaxEncodedLen`)
	/// Storage: `Session::NextKeys` (r:1001 w:0)
	/// Proof: `Session::NextKeys` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Staking::Planned` (r:0 w:1)
	/// Proof: `Staking::Planned` (`max_values`: Some(1), `max_size`: Some(3202), added: 3697, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[1, 1000]`.
	fn plan_session(n: u32, ) -> Weight {
		Weight::from_parts(273_178_000, 0)
			.saturating_add(Weight::from_parts(56_765_295, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(13_u64))
			.saturating_add(T::DbWeight::get().reads((5_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1754), added: 4229, mode: `MaxEncodedLen`)
	fn lock() -> Weight {
		Weight::from_parts(57_652_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1754), added: 4229, mode: `MaxEncodedLen`)
	fn unlock() -> Weight {
		Weight::from_parts(64_136_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1754), added: 4229, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Holds` (r:1 w:1)
	/// Proof: `Theta::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Account` (r:3 w:3)
	/// Proof: `Theta::Account` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `ThetaSupply::Burned` (r:1 w:1)
	/// Proof: `ThetaSupply::Burned` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
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
	fn slash() -> Weight {
		Weight::from_parts(479_250_000, 0)
			.saturating_add(T::DbWeight::get().reads(13_u64))
			.saturating_add(T::DbWeight::get().writes(9_u64))
	}
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1754), added: 4229, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Account` (r:1 w:1)
	/// Proof: `Theta::Account` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Holds` (r:1 w:1)
	/// Proof: `Theta::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
	/// Storage: `ThetaSupply::Burned` (r:1 w:1)
	/// Proof: `ThetaSupply::Burned` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn burn_slashed() -> Weight {
		Weight::from_parts(195_088_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1754), added: 4229, mode: `MaxEncodedLen`)
	/// Storage: `Workers::FaultyDrivers` (r:1 w:0)
	/// Proof: `Workers::FaultyDrivers` (`max_values`: None, `max_size`: Some(82), added: 2557, mode: `MaxEncodedLen`)
	fn return_slash() -> Weight {
		Weight::from_parts(110_509_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}

// For tests.
impl WeightInfo for () {
	fn bond() -> Weight {
		Weight::from_parts(335_281_000, 0)
			.saturating_add(RocksDbWeight::get().reads(8_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn unbond() -> Weight {
		Weight::from_parts(256_285_000, 0)
			.saturating_add(RocksDbWeight::get().reads(8_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn rebond() -> Weight {
		Weight::from_parts(246_498_000, 0)
			.saturating_add(RocksDbWeight::get().reads(8_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn withdraw() -> Weight {
		Weight::from_parts(1_179_813_000, 0)
			.saturating_add(RocksDbWeight::get().reads(51_u64))
			.saturating_add(RocksDbWeight::get().writes(36_u64))
	}
	fn delegate() -> Weight {
		Weight::from_parts(976_617_000, 0)
			.saturating_add(RocksDbWeight::get().reads(58_u64))
			.saturating_add(RocksDbWeight::get().writes(6_u64))
	}
	fn undelegate() -> Weight {
		Weight::from_parts(1_034_242_000, 0)
			.saturating_add(RocksDbWeight::get().reads(57_u64))
			.saturating_add(RocksDbWeight::get().writes(7_u64))
	}
	fn redelegate() -> Weight {
		Weight::from_parts(1_084_535_000, 0)
			.saturating_add(RocksDbWeight::get().reads(60_u64))
			.saturating_add(RocksDbWeight::get().writes(8_u64))
	}
	fn validate() -> Weight {
		Weight::from_parts(1_079_615_000, 0)
			.saturating_add(RocksDbWeight::get().reads(59_u64))
			.saturating_add(RocksDbWeight::get().writes(8_u64))
	}
	fn chill() -> Weight {
		Weight::from_parts(101_541_000, 0)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
	fn claim() -> Weight {
		Weight::from_parts(1_023_298_000, 0)
			.saturating_add(RocksDbWeight::get().reads(53_u64))
			.saturating_add(RocksDbWeight::get().writes(6_u64))
	}
	fn settle_losses() -> Weight {
		Weight::from_parts(905_979_000, 0)
			.saturating_add(RocksDbWeight::get().reads(51_u64))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
	}
	fn link() -> Weight {
		Weight::from_parts(29_414_000, 0)
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn cancel_slash() -> Weight {
		Weight::from_parts(60_643_000, 0)
			.saturating_add(RocksDbWeight::get().reads(1_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn note_author() -> Weight {
		Weight::from_parts(70_634_000, 0)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn note_offence() -> Weight {
		Weight::from_parts(164_310_000, 0)
			.saturating_add(RocksDbWeight::get().reads(10_u64))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
	}
	fn apply_slash() -> Weight {
		Weight::from_parts(1_001_300_000, 0)
			.saturating_add(RocksDbWeight::get().reads(68_u64))
			.saturating_add(RocksDbWeight::get().writes(67_u64))
	}
	fn plan_session(n: u32, ) -> Weight {
		Weight::from_parts(273_178_000, 0)
			.saturating_add(Weight::from_parts(56_765_295, 0).saturating_mul(n.into()))
			.saturating_add(RocksDbWeight::get().reads(13_u64))
			.saturating_add(RocksDbWeight::get().reads((5_u64).saturating_mul(n.into())))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn lock() -> Weight {
		Weight::from_parts(57_652_000, 0)
			.saturating_add(RocksDbWeight::get().reads(1_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn unlock() -> Weight {
		Weight::from_parts(64_136_000, 0)
			.saturating_add(RocksDbWeight::get().reads(1_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn slash() -> Weight {
		Weight::from_parts(479_250_000, 0)
			.saturating_add(RocksDbWeight::get().reads(13_u64))
			.saturating_add(RocksDbWeight::get().writes(9_u64))
	}
	fn burn_slashed() -> Weight {
		Weight::from_parts(195_088_000, 0)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn return_slash() -> Weight {
		Weight::from_parts(110_509_000, 0)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
}
