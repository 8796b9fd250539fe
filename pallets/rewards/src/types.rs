//! What is stored, and its arithmetic.

use edgeproof_primitives::TfuelBalance;
use frame::{
    arithmetic::{helpers_128bit::multiply_by_rational_with_rounding, Rounding},
    deps::sp_runtime::Permill,
    prelude::*,
};
use pallet_support::EraIndex;
use polkadot_sdk::polkadot_sdk_frame as frame;

/// Eras that have ended whose burns count in an election.
pub const CREDIT_ERAS: usize = 4;
/// Eras of which a record knows: these and the one that runs.
const KNOWN_ERAS: usize = CREDIT_ERAS + 1;

/// The era that runs.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Era {
    /// Its number.
    pub index: EraIndex,
    /// What jobs have burned in it, in planck of TFUEL.
    pub burned: TfuelBalance,
}

/// What stashes get for an era that has ended: `issued / burned` of what was burned for each.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct EraRate {
    /// The most that is issued for it, in planck of TFUEL.
    pub issued: TfuelBalance,
    /// What jobs burned in it, in planck of TFUEL.
    pub burned: TfuelBalance,
}

impl EraRate {
    /// That of an era in which jobs `burned` so much: `issued = min(budget, floor(returned_share * burned))` (economy.md).
    pub fn new(burned: TfuelBalance, budget: TfuelBalance, returned_share: Permill) -> Self {
        Self {
            issued: returned_share.mul_floor(burned).min(budget),
            burned,
        }
    }

    /// What a stash is issued for which jobs `burned` so much in this era: `floor(burned * issued / self.burned)`.
    pub fn share(&self, burned: TfuelBalance) -> TfuelBalance {
        multiply_by_rational_with_rounding(burned, self.issued, self.burned, Rounding::Down).unwrap_or(0)
    }
}

/// What jobs burned for a stash, and what it is owed.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Record {
    /// The era in which it was last brought up to date.
    pub era: EraIndex,
    /// What jobs burned for the stash in `era` and in each of the eras before it, the latest first, in planck of TFUEL.
    pub burned: [TfuelBalance; KNOWN_ERAS],
    /// What the stash was issued for eras before `era` and has not claimed, in planck of TFUEL.
    pub owed: TfuelBalance,
}

impl Record {
    /// Moves on to `era`. `rate` is that of the era in which the record was; without it the share of the stash is forfeited.
    pub fn roll(&mut self, era: EraIndex, rate: Option<EraRate>) {
        let [latest, ..] = self.burned;
        let share = rate.map_or(0, |rate| rate.share(latest));
        let passed = era.saturating_sub(self.era) as usize;
        let burned = self.burned;
        self.owed = self.owed.saturating_add(share);
        self.burned = core::array::from_fn(|age| {
            let before = age.checked_sub(passed).and_then(|age| burned.get(age));
            before.copied().unwrap_or(0)
        });
        self.era = era;
    }

    /// Adds what a job burned in `era`.
    pub fn burn(&mut self, amount: TfuelBalance) {
        let [latest, ..] = &mut self.burned;
        *latest = latest.saturating_add(amount);
    }

    /// What was burned in the eras before `era` that the record knows.
    pub fn burned_before(&self) -> TfuelBalance {
        let [_, before @ ..] = self.burned;
        before.into_iter().fold(0, TfuelBalance::saturating_add)
    }

    /// True when nothing is left to remember.
    pub fn is_empty(&self) -> bool {
        self.owed.is_zero() && self.burned.iter().all(TfuelBalance::is_zero)
    }
}
