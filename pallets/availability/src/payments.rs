//! Every movement of TFUEL of this pallet.

use crate::{types::Deposit, Config, Error, HoldReason, Pallet};
use edgeproof_primitives::TfuelBalance;
use polkadot_sdk::polkadot_sdk_frame::{
    prelude::*,
    token::{fungible::hold::Mutate as _, tokens::Restriction},
};

impl<T: Config> Pallet<T> {
    pub(crate) fn hold(who: T::AccountId, amount: TfuelBalance) -> Result<Deposit<T::AccountId>, Error<T>> {
        T::Fuel::hold(&HoldReason::Question.into(), &who, amount)
            .map_err(|_| Error::<T>::InsufficientBalance)?;
        Ok(Deposit { who, amount })
    }

    /// Moves at most `amount` of a deposit to `payee`. Nothing moves when it cannot be credited.
    pub(crate) fn pay(deposit: &mut Deposit<T::AccountId>, payee: &T::AccountId, amount: TfuelBalance) {
        let amount = amount.min(deposit.amount);
        let moved = if amount.is_zero() {
            0
        } else {
            T::Fuel::transfer_on_hold(
                &HoldReason::Question.into(),
                &deposit.who,
                payee,
                amount,
                Precision::Exact,
                Restriction::Free,
                Fortitude::Force,
            )
            .unwrap_or(0)
        };
        deposit.amount = deposit.amount.saturating_sub(moved);
    }

    /// Gives back what is left of a deposit.
    pub(crate) fn release(deposit: Deposit<T::AccountId>) {
        if !deposit.amount.is_zero() {
            T::Fuel::release(
                &HoldReason::Question.into(),
                &deposit.who,
                deposit.amount,
                Precision::BestEffort,
            )
            .defensive_unwrap_or_default();
        }
    }
}
