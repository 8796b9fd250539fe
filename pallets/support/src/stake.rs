//! The one ledger of staked THETA, as its users see it.

use polkadot_sdk::polkadot_sdk_frame as frame;

use frame::prelude::DispatchResult;

/// What a slash took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SlashOutcome<Balance> {
    /// Moved to the injured party, in planck of THETA.
    pub compensated: Balance,
    /// Burned, in planck of THETA.
    pub burned: Balance,
}

/// Stake that can be put at risk, released and slashed.
pub trait StakeLedger<AccountId> {
    /// Amounts of THETA in planck.
    type Balance;

    /// Bonded stake of `who`, at risk or not, without what is unbonding.
    fn bonded(who: &AccountId) -> Self::Balance;

    /// The part of [`Self::bonded`] that no job holds.
    fn available(who: &AccountId) -> Self::Balance;

    /// Puts `amount` of the available stake at risk. Fails without effect when there is less.
    fn lock(who: &AccountId, amount: Self::Balance) -> DispatchResult;

    /// Ends the risk of `amount`; never more than is at risk.
    fn unlock(who: &AccountId, amount: Self::Balance);

    /// Takes `amount` out of the stake at risk: first up to `compensation` moves to `injured` (into its free balance), the
    /// rest is burned and counted. Takes at most what is at risk.
    fn slash(
        who: &AccountId,
        amount: Self::Balance,
        injured: &AccountId,
        compensation: Self::Balance,
    ) -> SlashOutcome<Self::Balance>;
}
