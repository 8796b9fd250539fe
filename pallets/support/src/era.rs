//! Eras: what stakers earn for them, and what work counts in an election.

use edgeproof_primitives::{BlockNumber, TfuelBalance};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

/// Number of an era, from 0.
pub type EraIndex = u32;

/// Told that eras end.
pub trait OnEraEnded {
    /// `era` has ended after `blocks` blocks. Said once for every era, in their order.
    fn on_era_ended(era: EraIndex, blocks: BlockNumber);
}

impl OnEraEnded for () {
    fn on_era_ended(_: EraIndex, _: BlockNumber) {}
}

/// Makes new TFUEL.
pub trait IssueTfuel<AccountId> {
    /// Mints `amount`, in planck, into the free balance of `who`, and counts it: all or nothing.
    ///
    /// # Errors
    /// When the account cannot take it, because it would stay below the existential deposit.
    fn issue(who: &AccountId, amount: TfuelBalance) -> DispatchResult;
}

/// Told what jobs burn.
pub trait OnJobBurned<AccountId> {
    /// A job that settled burned `amount`, in planck of TFUEL, of what it paid for the work of `stash`.
    fn on_job_burned(stash: &AccountId, amount: TfuelBalance);
}

impl<AccountId> OnJobBurned<AccountId> for () {
    fn on_job_burned(_: &AccountId, _: TfuelBalance) {}
}

/// What work counts in an election of validators.
pub trait ComputeCredit<AccountId> {
    /// Amounts of THETA in planck.
    type Balance;

    /// What jobs of `stash` burned in the last eras, at the governed rate. The election bounds what it adds to a score.
    fn credit(stash: &AccountId) -> Self::Balance;
}
