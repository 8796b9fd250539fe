use crate::*;
use polkadot_sdk::{
    frame_support::traits::{
        fungible::Inspect,
        tokens::{
            BalanceStatus, DepositConsequence, Fortitude, Preservation, Provenance, WithdrawConsequence,
        },
        Currency, ExistenceRequirement, LockIdentifier, LockableCurrency, ReservableCurrency,
        SignedImbalance, WithdrawReasons,
    },
    sp_runtime::{DispatchError, DispatchResult},
};

type Positive = <Theta as Currency<AccountId>>::PositiveImbalance;
type Negative = <Theta as Currency<AccountId>>::NegativeImbalance;

/// THETA as votes and delegations count it: free or on hold, but not what a slash took and what waits to be burned, nor what
/// slashes of validators will take.
/// Everything else is that of the token.
pub struct VotingTheta;

fn votes(who: &AccountId) -> Balance {
    let slashed = Staking::ledger(who.clone()).map_or(0, |ledger| ledger.slashed_total());
    <Theta as Inspect<AccountId>>::total_balance(who)
        .saturating_sub(slashed)
        .saturating_sub(Staking::pending_loss(who))
}

impl Currency<AccountId> for VotingTheta {
    type Balance = Balance;
    type PositiveImbalance = Positive;
    type NegativeImbalance = Negative;

    fn total_balance(who: &AccountId) -> Balance {
        votes(who)
    }

    fn can_slash(who: &AccountId, value: Balance) -> bool {
        Theta::can_slash(who, value)
    }

    fn total_issuance() -> Balance {
        <Theta as Currency<AccountId>>::total_issuance()
    }

    fn minimum_balance() -> Balance {
        <Theta as Currency<AccountId>>::minimum_balance()
    }

    fn burn(amount: Balance) -> Positive {
        <Theta as Currency<AccountId>>::burn(amount)
    }

    fn issue(amount: Balance) -> Negative {
        <Theta as Currency<AccountId>>::issue(amount)
    }

    fn free_balance(who: &AccountId) -> Balance {
        Theta::free_balance(who)
    }

    fn ensure_can_withdraw(
        who: &AccountId,
        amount: Balance,
        reasons: WithdrawReasons,
        left: Balance,
    ) -> DispatchResult {
        Theta::ensure_can_withdraw(who, amount, reasons, left)
    }

    fn transfer(
        source: &AccountId,
        dest: &AccountId,
        value: Balance,
        existence: ExistenceRequirement,
    ) -> DispatchResult {
        <Theta as Currency<AccountId>>::transfer(source, dest, value, existence)
    }

    fn slash(who: &AccountId, value: Balance) -> (Negative, Balance) {
        Theta::slash(who, value)
    }

    fn deposit_into_existing(who: &AccountId, value: Balance) -> Result<Positive, DispatchError> {
        Theta::deposit_into_existing(who, value)
    }

    fn deposit_creating(who: &AccountId, value: Balance) -> Positive {
        Theta::deposit_creating(who, value)
    }

    fn withdraw(
        who: &AccountId,
        value: Balance,
        reasons: WithdrawReasons,
        liveness: ExistenceRequirement,
    ) -> Result<Negative, DispatchError> {
        <Theta as Currency<AccountId>>::withdraw(who, value, reasons, liveness)
    }

    fn make_free_balance_be(who: &AccountId, balance: Balance) -> SignedImbalance<Balance, Positive> {
        Theta::make_free_balance_be(who, balance)
    }
}

impl ReservableCurrency<AccountId> for VotingTheta {
    fn can_reserve(who: &AccountId, value: Balance) -> bool {
        Theta::can_reserve(who, value)
    }

    fn slash_reserved(who: &AccountId, value: Balance) -> (Negative, Balance) {
        Theta::slash_reserved(who, value)
    }

    fn reserved_balance(who: &AccountId) -> Balance {
        Theta::reserved_balance(who)
    }

    fn reserve(who: &AccountId, value: Balance) -> DispatchResult {
        Theta::reserve(who, value)
    }

    fn unreserve(who: &AccountId, value: Balance) -> Balance {
        Theta::unreserve(who, value)
    }

    fn repatriate_reserved(
        slashed: &AccountId,
        beneficiary: &AccountId,
        value: Balance,
        status: BalanceStatus,
    ) -> Result<Balance, DispatchError> {
        Theta::repatriate_reserved(slashed, beneficiary, value, status)
    }
}

impl LockableCurrency<AccountId> for VotingTheta {
    type Moment = BlockNumber;
    type MaxLocks = <Theta as LockableCurrency<AccountId>>::MaxLocks;

    fn set_lock(id: LockIdentifier, who: &AccountId, amount: Balance, reasons: WithdrawReasons) {
        Theta::set_lock(id, who, amount, reasons);
    }

    fn extend_lock(id: LockIdentifier, who: &AccountId, amount: Balance, reasons: WithdrawReasons) {
        Theta::extend_lock(id, who, amount, reasons);
    }

    fn remove_lock(id: LockIdentifier, who: &AccountId) {
        Theta::remove_lock(id, who);
    }
}

impl Inspect<AccountId> for VotingTheta {
    type Balance = Balance;

    fn total_issuance() -> Balance {
        <Theta as Inspect<AccountId>>::total_issuance()
    }

    fn minimum_balance() -> Balance {
        <Theta as Inspect<AccountId>>::minimum_balance()
    }

    fn total_balance(who: &AccountId) -> Balance {
        votes(who)
    }

    fn balance(who: &AccountId) -> Balance {
        Theta::balance(who)
    }

    fn reducible_balance(who: &AccountId, preservation: Preservation, force: Fortitude) -> Balance {
        Theta::reducible_balance(who, preservation, force)
    }

    fn can_deposit(who: &AccountId, amount: Balance, provenance: Provenance) -> DepositConsequence {
        Theta::can_deposit(who, amount, provenance)
    }

    fn can_withdraw(who: &AccountId, amount: Balance) -> WithdrawConsequence<Balance> {
        Theta::can_withdraw(who, amount)
    }
}
