//! What must hold after every block.

use crate::{
    clamps::*, frame, Config, DisputeRulesOf, Disputes, EpochSlots, Governance, JobRulesOf, Jobs, Pallet,
    Rewards, SlotMillis, Stake, StakeRulesOf, Workers,
};
use frame::{deps::sp_runtime::TryRuntimeError, prelude::*};

impl<T: Config> Pallet<T> {
    /// Asserts that what is stored is consistent, so that no reader sees a clamped value in place of the one that was
    /// set; unbonding alone may read higher than it was set.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let (slots, millis) = (EpochSlots::<T>::get(), SlotMillis::<T>::get());
        ensure!(
            clamp_epoch_slots(slots) == slots,
            "params: the epoch length is out of range"
        );
        ensure!(
            clamp_slot_millis(millis) == millis,
            "params: the slot duration is out of range"
        );
        ensure!(
            Self::check_job_rules(&Jobs::<T>::get()).is_ok(),
            "params: job rules are inconsistent"
        );
        ensure!(
            Self::check_stake_rules(&Stake::<T>::get()).is_ok(),
            "params: stake rules are inconsistent"
        );
        ensure!(
            Self::check_worker_rules(&Workers::<T>::get()).is_ok(),
            "params: worker rules are inconsistent"
        );
        ensure!(
            Self::check_dispute_rules(&Disputes::<T>::get()).is_ok(),
            "params: dispute rules are inconsistent"
        );
        ensure!(
            Self::check_reward_rules(&Rewards::<T>::get()).is_ok(),
            "params: reward rules are inconsistent"
        );
        ensure!(
            Self::check_governance_rules(&Governance::<T>::get()).is_ok(),
            "params: governance rules are inconsistent"
        );
        let longest = longest_dispute(&JobRulesOf::<T>::get(), &DisputeRulesOf::<T>::get());
        ensure!(
            StakeRulesOf::<T>::get().unbonding >= longest,
            "params: stake could leave before a dispute about its work ends"
        );
        Ok(())
    }
}
