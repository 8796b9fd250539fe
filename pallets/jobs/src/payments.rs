//! Every movement of TFUEL of this pallet.

use crate::{types::Split, Config, Error, Event, HoldReason, Job, Pallet};
use edgeproof_primitives::{JobId, TfuelBalance};
use pallet_support::{OnBurned, OnJobBurned};
use polkadot_sdk::polkadot_sdk_frame::{
    prelude::*,
    token::{fungible::hold::Mutate as _, tokens::Restriction},
};

impl<T: Config> Pallet<T> {
    pub(crate) fn hold_program_deposit(owner: &T::AccountId, deposit: TfuelBalance) -> DispatchResult {
        T::Fuel::hold(&HoldReason::ProgramDeposit.into(), owner, deposit)
            .map_err(|_| Error::<T>::InsufficientBalance.into())
    }

    pub(crate) fn return_program_deposit(owner: &T::AccountId, deposit: TfuelBalance) {
        T::Fuel::release(
            &HoldReason::ProgramDeposit.into(),
            owner,
            deposit,
            Precision::BestEffort,
        )
        .defensive_unwrap_or_default();
    }

    pub(crate) fn hold_escrow(requester: &T::AccountId, amount: TfuelBalance) -> DispatchResult {
        T::Fuel::hold(&HoldReason::Escrow.into(), requester, amount)
            .map_err(|_| Error::<T>::InsufficientBalance.into())
    }

    /// Returns the whole escrow.
    pub(crate) fn refund<S>(job: &Job<T::AccountId, S>) -> Split {
        Split {
            refunded: Self::release_escrow(&job.requester, job.escrow()),
            ..Default::default()
        }
    }

    /// Divides the escrow between the requester and `payees`, stashes with their fees, no more than the job has seats: of
    /// each fee (at most the cap) the worker's share goes to the stash and the rest is burned; what the job did not cost
    /// and the deposit return to the requester.
    pub(crate) fn pay<S>(
        id: JobId,
        job: &Job<T::AccountId, S>,
        payees: &[(T::AccountId, TfuelBalance)],
    ) -> Split {
        let mut split = Split::default();
        for (stash, fee) in payees {
            let (paid, burned) = Self::pay_seat(id, job, stash, *fee);
            split.paid = split.paid.saturating_add(paid);
            split.burned = split.burned.saturating_add(burned);
        }
        let rest = job
            .escrow()
            .saturating_sub(split.paid)
            .saturating_sub(split.burned);
        split.refunded = Self::release_escrow(&job.requester, rest);
        split
    }

    /// What one stash was paid, and what was burned with it, which counts as burned for its work. A share that the stash
    /// cannot receive is burned; then nothing counts: the stash was not paid, and burning a whole fee for it would count
    /// four times as much as work does. Neither does anything count that a job without a result returns, or pays to judges.
    fn pay_seat<S>(
        id: JobId,
        job: &Job<T::AccountId, S>,
        stash: &T::AccountId,
        fee: TfuelBalance,
    ) -> (TfuelBalance, TfuelBalance) {
        let fee = fee.min(job.spec.price_cap);
        let share = job.worker_share.mul_floor(fee);
        let paid = Self::transfer_escrow(&job.requester, stash, share);
        let burned = Self::burn_escrow(&job.requester, fee.saturating_sub(paid));
        if paid < share {
            let amount = share.saturating_sub(paid);
            Self::deposit_event(Event::WorkerShareBurned {
                job: id,
                stash: stash.clone(),
                amount,
            });
        } else {
            T::OnJobBurned::on_job_burned(stash, burned);
        }
        (paid, burned)
    }

    pub(crate) fn transfer_escrow(
        requester: &T::AccountId,
        stash: &T::AccountId,
        amount: TfuelBalance,
    ) -> TfuelBalance {
        if amount.is_zero() {
            return 0;
        }
        // The only failure left is a destination that cannot be credited.
        T::Fuel::transfer_on_hold(
            &HoldReason::Escrow.into(),
            requester,
            stash,
            amount,
            Precision::Exact,
            Restriction::Free,
            Fortitude::Force,
        )
        .unwrap_or(0)
    }

    fn burn_escrow(requester: &T::AccountId, amount: TfuelBalance) -> TfuelBalance {
        if amount.is_zero() {
            return 0;
        }
        let burned = T::Fuel::burn_held(
            &HoldReason::Escrow.into(),
            requester,
            amount,
            Precision::BestEffort,
            Fortitude::Force,
        )
        .defensive_unwrap_or_default();
        T::OnBurned::on_burned(burned);
        burned
    }

    pub(crate) fn release_escrow(requester: &T::AccountId, amount: TfuelBalance) -> TfuelBalance {
        if amount.is_zero() {
            return 0;
        }
        T::Fuel::release(
            &HoldReason::Escrow.into(),
            requester,
            amount,
            Precision::BestEffort,
        )
        .defensive_unwrap_or_default()
    }
}
