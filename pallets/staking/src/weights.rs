//! Weights of `pallet_theta_staking`, measured by `scripts/weights` (2026-11-22, Intel(R) Xeon(R) Processor, 20 steps, 10 repeats).
//! Validators, guardians, eras and offences are estimated by hand until the next run.

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
	fn lock() -> Weight;
	fn unlock() -> Weight;
	fn slash() -> Weight;
	fn burn_slashed() -> Weight;
	fn return_slash() -> Weight;
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
}

/// Weights with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1738), added: 4213, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Account` (r:1 w:1)
	/// Proof: `Theta::Account` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Holds` (r:1 w:1)
	/// Proof: `Theta::Holds` (`max_values`: None, `max_size`: Some(139), added: 2614, mode: `MaxEncodedLen`)
	/// Storage: `ThetaSupply::Burned` (r:1 w:1)
	/// Proof: `ThetaSupply::Burned` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn bond() -> Weight {
		Weight::from_parts(254_850_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1738), added: 4213, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Account` (r:1 w:1)
	/// Proof: `Theta::Account` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Holds` (r:1 w:1)
	/// Proof: `Theta::Holds` (`max_values`: None, `max_size`: Some(139), added: 2614, mode: `MaxEncodedLen`)
	/// Storage: `ThetaSupply::Burned` (r:1 w:1)
	/// Proof: `ThetaSupply::Burned` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn unbond() -> Weight {
		Weight::from_parts(183_864_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1738), added: 4213, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Account` (r:1 w:1)
	/// Proof: `Theta::Account` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Holds` (r:1 w:1)
	/// Proof: `Theta::Holds` (`max_values`: None, `max_size`: Some(139), added: 2614, mode: `MaxEncodedLen`)
	/// Storage: `ThetaSupply::Burned` (r:1 w:1)
	/// Proof: `ThetaSupply::Burned` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn rebond() -> Weight {
		Weight::from_parts(177_382_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1738), added: 4213, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Account` (r:1 w:1)
	/// Proof: `Theta::Account` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Holds` (r:1 w:1)
	/// Proof: `Theta::Holds` (`max_values`: None, `max_size`: Some(139), added: 2614, mode: `MaxEncodedLen`)
	/// Storage: `ThetaSupply::Burned` (r:1 w:1)
	/// Proof: `ThetaSupply::Burned` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn withdraw() -> Weight {
		Weight::from_parts(222_887_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1738), added: 4213, mode: `MaxEncodedLen`)
	fn lock() -> Weight {
		Weight::from_parts(36_394_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1738), added: 4213, mode: `MaxEncodedLen`)
	fn unlock() -> Weight {
		Weight::from_parts(39_374_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1738), added: 4213, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Holds` (r:1 w:1)
	/// Proof: `Theta::Holds` (`max_values`: None, `max_size`: Some(139), added: 2614, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Account` (r:3 w:3)
	/// Proof: `Theta::Account` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `ThetaSupply::Burned` (r:1 w:1)
	/// Proof: `ThetaSupply::Burned` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Staking::NextSlash` (r:1 w:1)
	/// Proof: `Staking::NextSlash` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Params::Stake` (r:1 w:0)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Params::Jobs` (r:1 w:0)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	/// Storage: `Params::Disputes` (r:1 w:0)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	fn slash() -> Weight {
		Weight::from_parts(340_367_000, 0)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(9_u64))
	}
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1738), added: 4213, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Account` (r:1 w:1)
	/// Proof: `Theta::Account` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	/// Storage: `Theta::Holds` (r:1 w:1)
	/// Proof: `Theta::Holds` (`max_values`: None, `max_size`: Some(139), added: 2614, mode: `MaxEncodedLen`)
	/// Storage: `ThetaSupply::Burned` (r:1 w:1)
	/// Proof: `ThetaSupply::Burned` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn burn_slashed() -> Weight {
		Weight::from_parts(147_210_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Staking::Ledgers` (r:1 w:1)
	/// Proof: `Staking::Ledgers` (`max_values`: None, `max_size`: Some(1738), added: 4213, mode: `MaxEncodedLen`)
	/// Storage: `Workers::FaultyDrivers` (r:1 w:0)
	/// Proof: `Workers::FaultyDrivers` (`max_values`: None, `max_size`: Some(82), added: 2557, mode: `MaxEncodedLen`)
	fn return_slash() -> Weight {
		Weight::from_parts(79_433_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn delegate() -> Weight {
		Weight::from_parts(900_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(45_u64))
			.saturating_add(T::DbWeight::get().writes(24_u64))
	}
	fn undelegate() -> Weight {
		Weight::from_parts(900_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(45_u64))
			.saturating_add(T::DbWeight::get().writes(24_u64))
	}
	fn redelegate() -> Weight {
		Weight::from_parts(950_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(46_u64))
			.saturating_add(T::DbWeight::get().writes(25_u64))
	}
	fn validate() -> Weight {
		Weight::from_parts(900_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(50_u64))
			.saturating_add(T::DbWeight::get().writes(24_u64))
	}
	fn chill() -> Weight {
		Weight::from_parts(80_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	fn claim() -> Weight {
		Weight::from_parts(900_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(48_u64))
			.saturating_add(T::DbWeight::get().writes(24_u64))
	}
	fn settle_losses() -> Weight {
		Weight::from_parts(900_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(45_u64))
			.saturating_add(T::DbWeight::get().writes(24_u64))
	}
	fn link() -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(0_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn cancel_slash() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	fn note_author() -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn note_offence() -> Weight {
		Weight::from_parts(150_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	fn apply_slash() -> Weight {
		Weight::from_parts(400_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(66_u64))
			.saturating_add(T::DbWeight::get().writes(65_u64))
	}
	fn plan_session(n: u32, ) -> Weight {
		Weight::from_parts(100_000_000, 0)
			.saturating_add(Weight::from_parts(60_000_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads((5_u64).saturating_mul(n.into())))
	}
}

// For tests.
impl WeightInfo for () {
	fn bond() -> Weight {
		Weight::from_parts(254_850_000, 0)
			.saturating_add(RocksDbWeight::get().reads(7_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn unbond() -> Weight {
		Weight::from_parts(183_864_000, 0)
			.saturating_add(RocksDbWeight::get().reads(7_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn rebond() -> Weight {
		Weight::from_parts(177_382_000, 0)
			.saturating_add(RocksDbWeight::get().reads(7_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn withdraw() -> Weight {
		Weight::from_parts(222_887_000, 0)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn lock() -> Weight {
		Weight::from_parts(36_394_000, 0)
			.saturating_add(RocksDbWeight::get().reads(1_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn unlock() -> Weight {
		Weight::from_parts(39_374_000, 0)
			.saturating_add(RocksDbWeight::get().reads(1_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn slash() -> Weight {
		Weight::from_parts(340_367_000, 0)
			.saturating_add(RocksDbWeight::get().reads(12_u64))
			.saturating_add(RocksDbWeight::get().writes(9_u64))
	}
	fn burn_slashed() -> Weight {
		Weight::from_parts(147_210_000, 0)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn return_slash() -> Weight {
		Weight::from_parts(79_433_000, 0)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn delegate() -> Weight {
		Weight::from_parts(900_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(45_u64))
			.saturating_add(RocksDbWeight::get().writes(24_u64))
	}
	fn undelegate() -> Weight {
		Weight::from_parts(900_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(45_u64))
			.saturating_add(RocksDbWeight::get().writes(24_u64))
	}
	fn redelegate() -> Weight {
		Weight::from_parts(950_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(46_u64))
			.saturating_add(RocksDbWeight::get().writes(25_u64))
	}
	fn validate() -> Weight {
		Weight::from_parts(900_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(50_u64))
			.saturating_add(RocksDbWeight::get().writes(24_u64))
	}
	fn chill() -> Weight {
		Weight::from_parts(80_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
	fn claim() -> Weight {
		Weight::from_parts(900_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(48_u64))
			.saturating_add(RocksDbWeight::get().writes(24_u64))
	}
	fn settle_losses() -> Weight {
		Weight::from_parts(900_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(45_u64))
			.saturating_add(RocksDbWeight::get().writes(24_u64))
	}
	fn link() -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(0_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn cancel_slash() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(1_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn note_author() -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn note_offence() -> Weight {
		Weight::from_parts(150_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn apply_slash() -> Weight {
		Weight::from_parts(400_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(66_u64))
			.saturating_add(RocksDbWeight::get().writes(65_u64))
	}
	fn plan_session(n: u32, ) -> Weight {
		Weight::from_parts(100_000_000, 0)
			.saturating_add(Weight::from_parts(60_000_000, 0).saturating_mul(n.into()))
			.saturating_add(RocksDbWeight::get().reads((5_u64).saturating_mul(n.into())))
	}
}
