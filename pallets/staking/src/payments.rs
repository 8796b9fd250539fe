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
use pallet_support::{OnBurned, SlashOutcome};
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

    /// Takes `amount` of the hold: moves up to `compensation` into the free balance of `injured` and burns the rest. When
    /// `injured` cannot receive (a dead account and less than the existential deposit), that part is burned too.
    pub(crate) fn take(
        who: &T::AccountId,
        amount: StakeOf<T>,
        injured: &T::AccountId,
        compensation: StakeOf<T>,
    ) -> SlashOutcome<StakeOf<T>> {
        let compensated = Self::compensate(who, injured, compensation.min(amount)).unwrap_or_default();
        let burned = Self::burn(who, amount.saturating_sub(compensated)).defensive_unwrap_or_default();
        SlashOutcome { compensated, burned }
    }

    fn compensate(
        who: &T::AccountId,
        injured: &T::AccountId,
        value: StakeOf<T>,
    ) -> Result<StakeOf<T>, DispatchError> {
        if value.is_zero() {
            return Ok(value);
        }
        with_storage_layer(|| {
            T::Stake::transfer_on_hold(
                &HoldReason::Stake.into(),
                who,
                injured,
                value,
                Precision::Exact,
                Restriction::Free,
                Fortitude::Force,
            )
        })
    }

    fn burn(who: &T::AccountId, value: StakeOf<T>) -> Result<StakeOf<T>, DispatchError> {
        if value.is_zero() {
            return Ok(value);
        }
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
