//! Who is elected: the candidates with the highest scores. Pure arithmetic.

use alloc::vec::Vec;
use frame::{deps::sp_runtime::Permill, prelude::*};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// `backing + min(credit, limit * backing)`: work can move an election at the margin, and with `limit` at a quarter a seat
/// costs at least 80 % of the stake that it would cost without work (economy.md).
pub fn score<Balance: tokens::Balance>(backing: Balance, credit: Balance, limit: Permill) -> Balance {
    backing.saturating_add(credit.min(limit.mul_floor(backing)))
}

/// The `seats` candidates with the highest scores, the highest first. Of equals the one with the lower account.
pub fn highest<Balance: Ord, AccountId: Ord>(
    mut candidates: Vec<(Balance, AccountId)>,
    seats: usize,
) -> Vec<AccountId> {
    candidates.sort_unstable_by(|(score, who), (other_score, other)| {
        other_score.cmp(score).then_with(|| who.cmp(other))
    });
    candidates.truncate(seats);
    candidates.into_iter().map(|(_, who)| who).collect()
}

/// The members that made less than a tenth of the blocks that were to be expected of them, those with the fewest first, and
/// never a third of all. Nobody, where fewer than `least` blocks were to be expected of each.
pub fn idle<AccountId: Ord>(points: Vec<(u32, AccountId)>, blocks: u32, least: u32) -> Vec<AccountId> {
    let members = points.len();
    let expected = blocks
        .checked_div(u32::try_from(members).unwrap_or(u32::MAX))
        .unwrap_or_default();
    if expected < least {
        return Vec::new();
    }
    let mut idle: Vec<_> = points
        .into_iter()
        .filter(|(made, _)| made.saturating_mul(10) < expected)
        .collect();
    idle.sort_unstable();
    idle.truncate(members.saturating_sub(1).checked_div(3).unwrap_or_default());
    idle.into_iter().map(|(_, who)| who).collect()
}
