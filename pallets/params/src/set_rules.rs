//! The only writers of the storage: genesis, and a call for each governed group.

use crate::{
    clamps::*, frame, Config, Disputes, EpochSlots, Event, GenesisConfig, Governance, Jobs, Pallet, Rewards,
    SlotMillis, Stake, Workers,
};
use frame::prelude::*;
use pallet_support::{DisputeRules, GovernanceRules, JobRules, RewardRules, StakeRules, WorkerRules};

impl<T: Config> Pallet<T> {
    /// Writes the values of genesis.
    ///
    /// Runs only while a chain specification is turned into a state, never in a block: it fails loudly rather than
    /// start a chain with other values than were asked for.
    pub(crate) fn build_genesis(config: &GenesisConfig<T>) {
        assert_eq!(
            clamp_epoch_slots(config.epoch_slots),
            config.epoch_slots,
            "params.epochSlots is out of range; use the value on the left"
        );
        assert_eq!(
            clamp_slot_millis(config.slot_millis),
            config.slot_millis,
            "params.slotMillis is out of range or odd; use the value on the left"
        );
        let jobs = Self::check_job_rules(&config.job_rules);
        assert!(jobs.is_ok(), "params.jobRules: {jobs:?}");
        let stake = Self::check_stake_rules(&config.stake_rules);
        assert!(stake.is_ok(), "params.stakeRules: {stake:?}");
        let workers = Self::check_worker_rules(&config.worker_rules);
        assert!(workers.is_ok(), "params.workerRules: {workers:?}");
        let disputes = Self::check_dispute_rules(&config.dispute_rules);
        assert!(disputes.is_ok(), "params.disputeRules: {disputes:?}");
        let rewards = Self::check_reward_rules(&config.reward_rules);
        assert!(rewards.is_ok(), "params.rewardRules: {rewards:?}");
        let governance = Self::check_governance_rules(&config.governance_rules);
        assert!(governance.is_ok(), "params.governanceRules: {governance:?}");

        EpochSlots::<T>::put(config.epoch_slots);
        SlotMillis::<T>::put(config.slot_millis);
        Jobs::<T>::put(&config.job_rules);
        Stake::<T>::put(&config.stake_rules);
        Workers::<T>::put(&config.worker_rules);
        Disputes::<T>::put(&config.dispute_rules);
        Rewards::<T>::put(&config.reward_rules);
        Governance::<T>::put(&config.governance_rules);
    }

    pub(crate) fn do_set_job_rules(rules: JobRules) -> DispatchResult {
        Self::check_job_rules(&rules)?;
        Jobs::<T>::put(&rules);
        Self::deposit_event(Event::JobRulesSet { rules });
        Ok(())
    }

    pub(crate) fn do_set_stake_rules(rules: StakeRules) -> DispatchResult {
        Self::check_stake_rules(&rules)?;
        Stake::<T>::put(&rules);
        Self::deposit_event(Event::StakeRulesSet { rules });
        Ok(())
    }

    pub(crate) fn do_set_worker_rules(rules: WorkerRules) -> DispatchResult {
        Self::check_worker_rules(&rules)?;
        Workers::<T>::put(&rules);
        Self::deposit_event(Event::WorkerRulesSet { rules });
        Ok(())
    }

    pub(crate) fn do_set_dispute_rules(rules: DisputeRules) -> DispatchResult {
        Self::check_dispute_rules(&rules)?;
        Disputes::<T>::put(&rules);
        Self::deposit_event(Event::DisputeRulesSet { rules });
        Ok(())
    }

    pub(crate) fn do_set_reward_rules(rules: RewardRules) -> DispatchResult {
        Self::check_reward_rules(&rules)?;
        Rewards::<T>::put(&rules);
        Self::deposit_event(Event::RewardRulesSet { rules });
        Ok(())
    }

    pub(crate) fn do_set_governance_rules(rules: GovernanceRules) -> DispatchResult {
        Self::check_governance_rules(&rules)?;
        Governance::<T>::put(&rules);
        Self::deposit_event(Event::GovernanceRulesSet { rules });
        Ok(())
    }
}
