//! What the ledger stores.

use edgeproof_primitives::BlockNumber;
use frame::prelude::*;
use polkadot_sdk::polkadot_sdk_frame as frame;

/// Most chunks of one account that wait for their release.
pub const MAX_UNBONDING: u32 = 32;

/// THETA that has left the bond and waits for its release.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Chunk<Balance> {
    /// How much, in planck of THETA.
    pub value: Balance,
    /// First block in which it can be withdrawn.
    pub release_at: BlockNumber,
}

/// The staked THETA of one account. All of it is on hold in that account.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Ledger<Balance> {
    /// Bonded, at risk or not, in planck of THETA.
    pub active: Balance,
    /// The part of `active` that jobs hold, in planck of THETA.
    pub at_risk: Balance,
    /// What waits for its release, in the order in which it was unbonded.
    pub unbonding: BoundedVec<Chunk<Balance>, ConstU32<MAX_UNBONDING>>,
}

impl<Balance: tokens::Balance> Default for Ledger<Balance> {
    fn default() -> Self {
        Self {
            active: Zero::zero(),
            at_risk: Zero::zero(),
            unbonding: BoundedVec::new(),
        }
    }
}

impl<Balance: tokens::Balance> Ledger<Balance> {
    /// Bonded stake that no job holds.
    pub fn available(&self) -> Balance {
        self.active.saturating_sub(self.at_risk)
    }

    /// What waits for its release.
    pub fn unbonding_total(&self) -> Balance {
        self.unbonding.iter().fold(Zero::zero(), |sum: Balance, chunk| {
            sum.saturating_add(chunk.value)
        })
    }

    /// What must be on hold.
    pub fn total(&self) -> Balance {
        self.active.saturating_add(self.unbonding_total())
    }

    /// True when nothing is left to remember.
    pub fn is_empty(&self) -> bool {
        self.active.is_zero() && self.unbonding.is_empty()
    }

    /// Adds a chunk, or grows the last one when both are released in the same block. `Err` when there is no room.
    pub fn push_chunk(&mut self, chunk: Chunk<Balance>) -> Result<(), Chunk<Balance>> {
        match self.unbonding.last_mut() {
            Some(last) if last.release_at == chunk.release_at => {
                last.value = last.value.saturating_add(chunk.value);
                Ok(())
            }
            _ => self.unbonding.try_push(chunk),
        }
    }

    /// Removes the chunks that can be withdrawn at `now` and returns their sum.
    pub fn take_released(&mut self, now: BlockNumber) -> Balance {
        let before = self.unbonding_total();
        self.unbonding.retain(|chunk| chunk.release_at > now);
        before.saturating_sub(self.unbonding_total())
    }

    /// Takes up to `value` out of the chunks, the youngest first, and returns how much it took.
    pub fn take_youngest(&mut self, value: Balance) -> Balance {
        let mut left = value;
        while !left.is_zero() {
            let Some(last) = self.unbonding.last_mut() else {
                break;
            };
            let taken = last.value.min(left);
            last.value = last.value.saturating_sub(taken);
            left = left.saturating_sub(taken);
            if last.value.is_zero() {
                self.unbonding.pop();
            }
        }
        value.saturating_sub(left)
    }
}
