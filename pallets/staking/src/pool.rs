//! What is stored about validators and those who back them.

use crate::{
    fund::{multiply_divide, Fund},
    MAX_DELEGATIONS, MAX_EXITS,
};
use edgeproof_primitives::{BlockNumber, TfuelBalance};
use frame::{
    deps::sp_runtime::{Perbill, Permill, Rounding},
    prelude::*,
};
use pallet_support::EraIndex;
use polkadot_sdk::polkadot_sdk_frame as frame;

/// Parts into which a planck of TFUEL is divided where rewards are counted by share.
pub const PARTS: u128 = 1_000_000_000_000_000_000;

/// A candidate of elections.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Candidate {
    /// The part of each reward that the validator takes before its backers; in force from the next election on.
    pub commission: Permill,
}

/// Where a validator stands, for whoever wants to choose one.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Standing<AccountId, Balance> {
    /// Who it is.
    pub who: AccountId,
    /// All stake behind it, in planck of THETA.
    pub backing: Balance,
    /// The part of it that is its own, in planck of THETA.
    pub own: Balance,
    /// What its work counts in an election at most, in planck of THETA.
    pub credit: Balance,
    /// The part of each reward that it takes before its guardians, from the next election on.
    pub commission: Permill,
    /// Whether it wants to be elected.
    pub is_candidate: bool,
    /// Whether it is a validator of the era that runs.
    pub is_elected: bool,
    /// Whether its session keys are set.
    pub has_keys: bool,
    /// Blocks that it has made in the era that runs.
    pub points: u32,
}

/// The stake behind one validator, its own and its guardians', and what it has earned.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Pool<Balance> {
    /// The stake.
    pub fund: Fund<Balance>,
    /// What every share has earned since the pool began, in [`PARTS`] of a planck of TFUEL.
    pub earned: u128,
    /// The part of each reward that the validator takes first.
    pub commission: Permill,
    /// What the validator has taken and not claimed, in planck of TFUEL.
    pub taken: TfuelBalance,
    /// The last era for which the pool was slashed, and by which part.
    pub slashed: Option<(EraIndex, Perbill)>,
}

impl<Balance: tokens::Balance> Pool<Balance> {
    /// Divides `reward`, in planck of TFUEL, between the validator and the shares. What rounding leaves is never issued.
    pub fn accrue(&mut self, reward: TfuelBalance) {
        let taken = self.commission.mul_floor(reward);
        let each = multiply_divide(
            reward.saturating_sub(taken),
            PARTS,
            self.fund.shares,
            Rounding::Down,
        );
        let Some(each) = each else {
            return;
        };
        self.taken = self.taken.saturating_add(taken);
        self.earned = self.earned.saturating_add(each);
    }

    /// Slashes the backing for `era`. Of several slashes for one era the largest counts.
    pub fn slash(&mut self, era: EraIndex, part: Perbill) -> Perbill {
        let before = match self.slashed {
            Some((slashed, before)) if slashed == era => before,
            _ => Perbill::zero(),
        };
        let more = further(before, part);
        if !more.is_zero() {
            self.fund.slash(more);
            self.slashed = Some((era, part));
        }
        more
    }
}

/// The part of what `before` has left that must be taken so that `part` is taken in all.
fn further(before: Perbill, part: Perbill) -> Perbill {
    let left = before.left_from_one();
    let missing = part.saturating_sub(before);
    if left.is_zero() || missing.is_zero() {
        return Perbill::zero();
    }
    Perbill::from_rational(missing.deconstruct(), left.deconstruct())
}

/// Stake of a guardian (or of a validator itself) behind one validator.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Delegation<AccountId, Balance> {
    /// Whom it backs.
    pub validator: AccountId,
    /// Its shares of the validator's pool.
    pub shares: u128,
    /// What is on hold for it, in planck of THETA. More than the shares are worth after a slash, until the account is
    /// settled.
    pub principal: Balance,
    /// What [`Pool::earned`] was when rewards were last added up.
    pub paid: u128,
}

/// Stake that backs a validator no longer, and is still liable for what the validator did before.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Exit<AccountId, Balance> {
    /// Whom it backed.
    pub validator: AccountId,
    /// The last era for which it is liable.
    pub era: EraIndex,
    /// Its shares of what left the validator in that era.
    pub shares: u128,
    /// What it was worth when the account was last settled, in planck of THETA.
    pub principal: Balance,
    /// First block in which it is liable no longer, and can be withdrawn.
    pub release_at: BlockNumber,
    /// Whom it backs now. `None` when it waits for its release.
    pub moved_to: Option<AccountId>,
}

/// What one account has behind validators.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Guardian<AccountId, Balance> {
    /// One for each validator that it backs.
    pub delegations: BoundedVec<Delegation<AccountId, Balance>, ConstU32<MAX_DELEGATIONS>>,
    /// What left validators, in the order in which it left.
    pub exits: BoundedVec<Exit<AccountId, Balance>, ConstU32<MAX_EXITS>>,
    /// Rewards that were added up and not claimed, in planck of TFUEL.
    pub owed: TfuelBalance,
}

impl<AccountId, Balance> Default for Guardian<AccountId, Balance> {
    fn default() -> Self {
        Self {
            delegations: BoundedVec::new(),
            exits: BoundedVec::new(),
            owed: 0,
        }
    }
}

impl<AccountId: PartialEq, Balance: tokens::Balance> Guardian<AccountId, Balance> {
    /// True when nothing is left to remember.
    pub fn is_empty(&self) -> bool {
        self.delegations.is_empty() && self.exits.is_empty() && self.owed.is_zero()
    }

    /// What must be on hold for delegations and for exits that wait for their release.
    pub fn principal(&self) -> Balance {
        let waiting = self.exits.iter().filter(|exit| exit.moved_to.is_none());
        self.delegations
            .iter()
            .map(|delegation| delegation.principal)
            .chain(waiting.map(|exit| exit.principal))
            .fold(Zero::zero(), |sum: Balance, value| sum.saturating_add(value))
    }

    /// The delegation to `validator`.
    pub fn delegation(&self, validator: &AccountId) -> Option<&Delegation<AccountId, Balance>> {
        self.delegations
            .iter()
            .find(|delegation| delegation.validator == *validator)
    }

    /// The delegation to `validator`, to be changed.
    pub fn delegation_mut(&mut self, validator: &AccountId) -> Option<&mut Delegation<AccountId, Balance>> {
        self.delegations
            .iter_mut()
            .find(|delegation| delegation.validator == *validator)
    }

    /// The part of the delegation to `validator` that is still liable for another one, in planck.
    pub fn liable(&self, validator: &AccountId) -> Balance {
        self.exits
            .iter()
            .filter(|exit| exit.moved_to.as_ref() == Some(validator))
            .fold(Zero::zero(), |sum: Balance, exit| {
                sum.saturating_add(exit.principal)
            })
    }
}

impl<AccountId, Balance: tokens::Balance> Delegation<AccountId, Balance> {
    /// Moves the rewards since the last time into `owed`, rounded down.
    pub fn collect(&mut self, pool: &Pool<Balance>, owed: &mut TfuelBalance) {
        let each = pool.earned.saturating_sub(self.paid);
        let reward = multiply_divide(self.shares, each, PARTS, Rounding::Down).unwrap_or_default();
        *owed = owed.saturating_add(reward);
        self.paid = pool.earned;
    }
}
