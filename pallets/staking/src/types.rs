//! What the ledger stores.

use edgeproof_primitives::{BlockNumber, Label};
use frame::{deps::sp_runtime::Permill, prelude::*};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// Number of a slash, counted from 0 over all accounts.
pub type SlashId = u64;

/// Most chunks of one account that wait for their release.
pub const MAX_UNBONDING: u32 = 32;
/// Most slashes of one account that are held apart. Further ones join the youngest of the same driver, or the youngest.
pub const MAX_HELD: u32 = 8;
/// Most validators that one account backs.
pub const MAX_DELEGATIONS: u32 = 16;
/// Most parts of one account's stake that have left validators and wait.
pub const MAX_EXITS: u32 = 32;
/// Most candidates of an election.
pub const MAX_CANDIDATES: u32 = 1_000;
/// Most validators of an era, whatever the rules say.
pub const MAX_VALIDATORS: u32 = pallet_support::MAX_SEATS;
/// Eras whose first sessions are remembered; an offence can be reported for no longer.
pub const MAX_ERAS: u32 = 64;
/// Most slashes of validators that wait. Further ones are applied at once.
pub const MAX_ACCUSATIONS: u32 = 128;
/// The most of a slash that governance may return: who computed wrong loses something, whoever's fault it was.
pub const MAX_RETURN: Permill = Permill::from_percent(90);

/// Why an account is a candidate no longer.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum ChillReason {
    /// It asked for it.
    Asked,
    /// It made too few blocks.
    Idle,
    /// It committed an offence.
    Offence,
}

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

/// The part of a slash that nobody received: it waits to be burned, and belongs to the bond no longer.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct HeldSlash<Balance> {
    /// Which slash it was.
    pub id: SlashId,
    /// What the slash took, the shares of injured party and finder included, in planck of THETA. What may be returned is
    /// measured by it.
    pub slashed: Balance,
    /// What waits, in planck of THETA.
    pub held: Balance,
    /// What governance has returned, in planck of THETA.
    pub returned: Balance,
    /// The driver of the slashed worker. `None` when it was not slashed as a worker; then nothing may be returned.
    pub driver: Option<Label>,
    /// First block in which it can be burned.
    pub burn_at: BlockNumber,
}

impl<Balance: tokens::Balance> HeldSlash<Balance> {
    /// What is to be returned so that `part` of the slash (at most [`MAX_RETURN`]) has been returned in all, as far as it
    /// is still held.
    pub fn returnable(&self, part: Permill) -> Balance {
        part.min(MAX_RETURN)
            .mul_floor(self.slashed)
            .saturating_sub(self.returned)
            .min(self.held)
    }

    /// Lets a younger slash wait together with this one. That of another driver does not raise what may be returned.
    fn join(&mut self, younger: Self) {
        self.held = self.held.saturating_add(younger.held);
        self.burn_at = self.burn_at.max(younger.burn_at);
        if self.driver == younger.driver {
            self.slashed = self.slashed.saturating_add(younger.slashed);
        }
    }
}

/// The staked THETA of one account. All of it is on hold in that account.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Ledger<Balance> {
    /// Bonded, at risk or not, in planck of THETA.
    pub active: Balance,
    /// The part of `active` that jobs hold, in planck of THETA.
    pub at_risk: Balance,
    /// Behind validators, or waiting after it was; not a part of `active`, in planck of THETA.
    pub delegated: Balance,
    /// What waits for its release, in the order in which it was unbonded.
    pub unbonding: BoundedVec<Chunk<Balance>, ConstU32<MAX_UNBONDING>>,
    /// What slashes took and nobody received: it waits to be burned.
    pub slashes: BoundedVec<HeldSlash<Balance>, ConstU32<MAX_HELD>>,
}

impl<Balance: tokens::Balance> Default for Ledger<Balance> {
    fn default() -> Self {
        Self {
            active: Zero::zero(),
            at_risk: Zero::zero(),
            delegated: Zero::zero(),
            unbonding: BoundedVec::new(),
            slashes: BoundedVec::new(),
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

    /// What waits to be burned.
    pub fn slashed_total(&self) -> Balance {
        self.slashes
            .iter()
            .fold(Zero::zero(), |sum: Balance, slash| sum.saturating_add(slash.held))
    }

    /// What must be on hold.
    pub fn total(&self) -> Balance {
        self.active
            .saturating_add(self.delegated)
            .saturating_add(self.unbonding_total())
            .saturating_add(self.slashed_total())
    }

    /// True when nothing is left to remember.
    pub fn is_empty(&self) -> bool {
        self.active.is_zero()
            && self.delegated.is_zero()
            && self.unbonding.is_empty()
            && self.slashes.is_empty()
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

    /// What of the slashes can be burned at `now`.
    pub fn due(&self, now: BlockNumber) -> Balance {
        self.slashes
            .iter()
            .filter(|slash| slash.burn_at <= now)
            .fold(Zero::zero(), |sum: Balance, slash| sum.saturating_add(slash.held))
    }

    /// Forgets the slashes that can be burned at `now`.
    pub fn forget_due(&mut self, now: BlockNumber) {
        self.slashes.retain(|slash| slash.burn_at > now);
    }

    /// Holds a slash, alone or together with an older one when there is no room, and returns the number under which it
    /// waits.
    pub fn hold_slash(&mut self, slash: HeldSlash<Balance>) -> SlashId {
        let id = slash.id;
        let Err(slash) = self.slashes.try_push(slash) else {
            return id;
        };
        let youngest = self.slashes.len().saturating_sub(1);
        let place = self
            .slashes
            .iter()
            .rposition(|held| held.driver == slash.driver)
            .unwrap_or(youngest);
        self.slashes.get_mut(place).map_or(id, |held| {
            held.join(slash);
            held.id
        })
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
