//! Every move of THETA.

use crate::{Config, HoldReason, Pallet, StakeOf};
use frame::{
    deps::frame_support::storage::with_storage_layer,
    prelude::*,
    token::{
        fungible::{hold::Inspect as _, hold::Mutate as _, Inspect as _},
        tokens::Restriction,
    },
};
use pallet_support::{OnBurned, SlashOutcome, SlashShares};
use polkadot_sdk::polkadot_sdk_frame as frame;

impl<T: Config> Pallet<T> {
    /// What `who` can bond: its free balance less the existential deposit. Frozen THETA counts, because freezes and
    /// holds overlap.
    pub(crate) fn bondable(who: &T::AccountId) -> StakeOf<T> {
        T::Stake::reducible_balance(who, Preservation::Preserve, Fortitude::Force)
    }

    /// True when a first hold on `value` of `who` is certain to succeed.
    pub(crate) fn can_start_hold(who: &T::AccountId, value: StakeOf<T>) -> bool {
        T::Stake::can_hold(&HoldReason::Stake.into(), who, value)
            && frame_system::Pallet::<T>::can_inc_consumer(who)
    }

    /// Puts `value` of the free balance on hold.
    pub(crate) fn hold(who: &T::AccountId, value: StakeOf<T>) -> DispatchResult {
        T::Stake::hold(&HoldReason::Stake.into(), who, value)
    }

    /// Frees `value` of the hold.
    pub(crate) fn release(who: &T::AccountId, value: StakeOf<T>) -> DispatchResult {
        T::Stake::release(&HoldReason::Stake.into(), who, value, Precision::Exact).map(|_| ())
    }

    /// Moves out of a slash of `amount` what the parties of `shares` get into their free balances, and leaves the rest on
    /// hold. What a party cannot receive (a dead account and less than the existential deposit) stays there too, and makes
    /// no other share larger.
    pub(crate) fn pay_parties(
        who: &T::AccountId,
        amount: StakeOf<T>,
        shares: &SlashShares<T::AccountId, StakeOf<T>>,
    ) -> SlashOutcome<StakeOf<T>> {
        let compensation = shares.compensation.min(amount);
        let left = amount.saturating_sub(compensation);
        let reward = shares.finder_share.mul_floor(left).min(left);

        let compensated = Self::pay(who, Some(shares.injured), compensation);
        let rewarded = Self::pay(who, shares.finder, reward);
        SlashOutcome {
            compensated,
            rewarded,
            held: amount.saturating_sub(compensated).saturating_sub(rewarded),
        }
    }

    /// Moves `value` of the hold into the free balance of `party`, and returns how much moved: all or nothing.
    fn pay(who: &T::AccountId, party: Option<&T::AccountId>, value: StakeOf<T>) -> StakeOf<T> {
        let Some(party) = party.filter(|_| !value.is_zero()) else {
            return Zero::zero();
        };
        with_storage_layer(|| {
            T::Stake::transfer_on_hold(
                &HoldReason::Stake.into(),
                who,
                party,
                value,
                Precision::Exact,
                Restriction::Free,
                Fortitude::Force,
            )
        })
        .unwrap_or_default()
    }

    /// Burns `value` of the hold, and counts it.
    pub(crate) fn burn(who: &T::AccountId, value: StakeOf<T>) -> Result<StakeOf<T>, DispatchError> {
        let burned = with_storage_layer(|| {
            T::Stake::burn_held(
                &HoldReason::Stake.into(),
                who,
                value,
                Precision::BestEffort,
                Fortitude::Force,
            )
        })?;
        T::OnBurned::on_burned(burned);
        Ok(burned)
    }
}
