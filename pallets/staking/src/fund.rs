//! Stake that several accounts have together: they own shares, and what a share is worth falls with every slash.
//!
//! Pure arithmetic. A share is bought for a planck while nothing was slashed. Its value is `backing / shares`, never above a
//! planck, and every division is rounded against whoever joins or leaves: what rounding leaves stays in the fund and is
//! nobody's.

use frame::{
    deps::sp_runtime::{helpers_128bit::multiply_by_rational_with_rounding, Perbill, Rounding},
    prelude::*,
};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// A share that is worth less than one part in so many of a planck cannot be bought any more.
pub const LEAST_SHARE: u128 = 1_000_000;

/// `a * b / c` without overflow on the way; `None` when `c` is zero or the result too large.
pub(crate) fn multiply_divide(a: u128, b: u128, c: u128, rounding: Rounding) -> Option<u128> {
    multiply_by_rational_with_rounding(a, b, c, rounding)
}

/// Shares, and the stake that is behind them.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Fund<Balance> {
    /// Shares of all owners.
    pub shares: u128,
    /// What they are worth together, in planck of THETA.
    pub backing: Balance,
}

impl<Balance: tokens::Balance> Fund<Balance> {
    /// True when nobody has a share.
    pub fn is_empty(&self) -> bool {
        self.shares.is_zero()
    }

    /// True when slashes have left so little that nobody can join.
    pub fn is_closed(&self) -> bool {
        let backing: u128 = self.backing.saturated_into();
        !self.is_empty() && backing.saturating_mul(LEAST_SHARE) < self.shares
    }

    /// What `shares` are worth, in planck, rounded down.
    pub fn value_of(&self, shares: u128) -> Balance {
        let backing: u128 = self.backing.saturated_into();
        multiply_divide(shares.min(self.shares), backing, self.shares, Rounding::Down)
            .unwrap_or_default()
            .saturated_into()
    }

    /// Buys shares for `value` and returns how many, rounded down. `None`, and nothing changes, when the fund is closed or
    /// has no room.
    pub fn join(&mut self, value: Balance) -> Option<u128> {
        let paid: u128 = value.saturated_into();
        let bought = if self.is_empty() {
            paid
        } else if self.is_closed() {
            return None;
        } else {
            multiply_divide(paid, self.shares, self.backing.saturated_into(), Rounding::Down)?
        };
        if bought.is_zero() {
            return None;
        }
        self.shares = self.shares.checked_add(bought)?;
        // What an empty fund still holds was left by rounding.
        self.backing = if self.shares == bought {
            value
        } else {
            self.backing.saturating_add(value)
        };
        Some(bought)
    }

    /// The shares that must be given up for at least `value`, no more than `owned`.
    pub fn shares_for(&self, value: Balance, owned: u128) -> u128 {
        multiply_divide(
            value.saturated_into(),
            self.shares,
            self.backing.saturated_into(),
            Rounding::Up,
        )
        .map_or(owned, |shares| shares.min(owned))
    }

    /// Gives up `shares` and returns what they were worth, in planck.
    pub fn leave(&mut self, shares: u128) -> Balance {
        let value = self.value_of(shares);
        self.shares = self.shares.saturating_sub(shares);
        self.backing = self.backing.saturating_sub(value);
        value
    }

    /// Takes `part` of the backing, rounded up, and returns how much, in planck.
    pub fn slash(&mut self, part: Perbill) -> Balance {
        let taken = part.mul_ceil(self.backing).min(self.backing);
        self.backing = self.backing.saturating_sub(taken);
        taken
    }
}
