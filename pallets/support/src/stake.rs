//! The one ledger of staked THETA, as its users see it.

use polkadot_sdk::polkadot_sdk_frame as frame;

use edgeproof_primitives::Label;
use frame::{deps::sp_runtime::Permill, prelude::DispatchResult};

/// What a slash took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SlashOutcome<Balance> {
    /// Moved to the injured party, in planck of THETA.
    pub compensated: Balance,
    /// Moved to the finder, in planck of THETA.
    pub rewarded: Balance,
    /// Left on hold in the owner's account until it is burned, in planck of THETA.
    pub held: Balance,
}

/// Who gets what of a slash, in this order; the rest is held, and burned after the unbonding time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlashShares<'a, AccountId, Balance> {
    /// The injured party.
    pub injured: &'a AccountId,
    /// The most that the injured party gets, in planck of THETA.
    pub compensation: Balance,
    /// Who showed the fault.
    pub finder: Option<&'a AccountId>,
    /// The part of what the injured party leaves that the finder gets.
    pub finder_share: Permill,
    /// The driver of the worker that is slashed: when it turns out to be faulty, governance may return what is held. `None`
    /// where no worker is slashed.
    pub driver: Option<&'a Label>,
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

    /// Takes `amount` out of the stake at risk and moves it to the parties of `shares` (into their free balances) at once;
    /// the rest is held for the unbonding time, then burned and counted. Takes at most what is at risk. The share of a party
    /// that cannot receive it is held with the rest.
    fn slash(
        who: &AccountId,
        amount: Self::Balance,
        shares: SlashShares<AccountId, Self::Balance>,
    ) -> SlashOutcome<Self::Balance>;

    /// Gives `who` at least `amount` of available stake, for benchmarks of callers.
    #[cfg(feature = "runtime-benchmarks")]
    fn ensure_bonded(who: &AccountId, amount: Self::Balance);
}
