//! How the values are read. Each getter clamps, so that no storage, not even an empty one, yields an unsafe value.

use crate::{
    clamps::*, frame, Config, Disputes, EpochSlots, Governance, Jobs, Rewards, SlotMillis, Stake, Workers,
};
use core::marker::PhantomData;
use frame::prelude::*;
use pallet_support::{DisputeRules, GovernanceRules, JobRules, RewardRules, StakeRules, WorkerRules};

/// Slots in an epoch, for `pallet_babe::Config::EpochDuration`. At least one.
pub struct EpochLength<T>(PhantomData<T>);

impl<T: Config> Get<u64> for EpochLength<T> {
    fn get() -> u64 {
        clamp_epoch_slots(EpochSlots::<T>::get())
    }
}

/// Milliseconds in a slot, for `pallet_babe::Config::ExpectedBlockTime`. Even and never zero.
pub struct SlotDuration<T>(PhantomData<T>);

impl<T: Config> Get<u64> for SlotDuration<T> {
    fn get() -> u64 {
        clamp_slot_millis(SlotMillis::<T>::get())
    }
}

/// Half a slot in milliseconds, for `pallet_timestamp::Config::MinimumPeriod`. Never zero.
pub struct MinimumPeriod<T>(PhantomData<T>);

impl<T: Config> Get<u64> for MinimumPeriod<T> {
    fn get() -> u64 {
        SlotDuration::<T>::get() / 2
    }
}

/// What jobs live by.
pub struct JobRulesOf<T>(PhantomData<T>);

impl<T: Config> Get<JobRules> for JobRulesOf<T> {
    fn get() -> JobRules {
        clamp_job_rules(Jobs::<T>::get(), T::MaxDrawOutputs::get())
    }
}

/// What the stake ledger lives by; unbonding lasts at least as long as the longest dispute and the longest liability for a
/// validator.
pub struct StakeRulesOf<T>(PhantomData<T>);

impl<T: Config> Get<StakeRules> for StakeRulesOf<T> {
    fn get() -> StakeRules {
        clamp_stake_rules(
            Stake::<T>::get(),
            &JobRulesOf::<T>::get(),
            &DisputeRulesOf::<T>::get(),
            EpochLength::<T>::get(),
        )
    }
}

/// What the worker registry lives by.
pub struct WorkerRulesOf<T>(PhantomData<T>);

impl<T: Config> Get<WorkerRules> for WorkerRulesOf<T> {
    fn get() -> WorkerRules {
        clamp_worker_rules(Workers::<T>::get())
    }
}

/// What disputes live by.
pub struct DisputeRulesOf<T>(PhantomData<T>);

impl<T: Config> Get<DisputeRules> for DisputeRulesOf<T> {
    fn get() -> DisputeRules {
        clamp_dispute_rules(Disputes::<T>::get())
    }
}

/// What issuance lives by.
pub struct RewardRulesOf<T>(PhantomData<T>);

impl<T: Config> Get<RewardRules> for RewardRulesOf<T> {
    fn get() -> RewardRules {
        clamp_reward_rules(Rewards::<T>::get())
    }
}

/// What referenda and the treasury live by.
pub struct GovernanceRulesOf<T>(PhantomData<T>);

impl<T: Config> Get<GovernanceRules> for GovernanceRulesOf<T> {
    fn get() -> GovernanceRules {
        clamp_governance_rules(Governance::<T>::get())
    }
}
