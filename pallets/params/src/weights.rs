//! Weights of `pallet_params`, measured by `scripts/weights` (2026-11-22, Intel(R) Xeon(R) Processor, 20 steps, 10 repeats).

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]
#![allow(dead_code)]

use polkadot_sdk::polkadot_sdk_frame as frame;
use frame::weights_prelude::*;

/// Weight functions needed for `pallet_params`.
pub trait WeightInfo {
	fn set_job_rules() -> Weight;
	fn set_stake_rules() -> Weight;
	fn set_worker_rules() -> Weight;
	fn set_dispute_rules() -> Weight;
	fn set_reward_rules() -> Weight;
	fn set_governance_rules() -> Weight;
}

/// Weights with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Params::Jobs` (r:0 w:1)
	/// Proof: `Params::Jobs` (`max_values`: Some(1), `max_size`: Some(130), added: 625, mode: `MaxEncodedLen`)
	fn set_job_rules() -> Weight {
		Weight::from_parts(26_391_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Params::Stake` (r:0 w:1)
	/// Proof: `Params::Stake` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	fn set_stake_rules() -> Weight {
		Weight::from_parts(26_511_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Params::Workers` (r:0 w:1)
	/// Proof: `Params::Workers` (`max_values`: Some(1), `max_size`: Some(28), added: 523, mode: `MaxEncodedLen`)
	fn set_worker_rules() -> Weight {
		Weight::from_parts(24_663_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Params::Disputes` (r:0 w:1)
	/// Proof: `Params::Disputes` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	fn set_dispute_rules() -> Weight {
		Weight::from_parts(24_739_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Params::Rewards` (r:0 w:1)
	/// Proof: `Params::Rewards` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	fn set_reward_rules() -> Weight {
		Weight::from_parts(22_547_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Params::Governance` (r:0 w:1)
	/// Proof: `Params::Governance` (`max_values`: Some(1), `max_size`: Some(96), added: 591, mode: `MaxEncodedLen`)
	fn set_governance_rules() -> Weight {
		Weight::from_parts(27_744_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}

// For tests.
impl WeightInfo for () {
	fn set_job_rules() -> Weight {
		Weight::from_parts(26_391_000, 0)
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn set_stake_rules() -> Weight {
		Weight::from_parts(26_511_000, 0)
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn set_worker_rules() -> Weight {
		Weight::from_parts(24_663_000, 0)
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn set_dispute_rules() -> Weight {
		Weight::from_parts(24_739_000, 0)
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn set_reward_rules() -> Weight {
		Weight::from_parts(22_547_000, 0)
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn set_governance_rules() -> Weight {
		Weight::from_parts(27_744_000, 0)
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
}
