//! What the registry stores.

use edgeproof_primitives::{Capability, Evidence};
use frame::prelude::*;
use polkadot_sdk::polkadot_sdk_frame as frame;

/// Least ask, in planck of TFUEL per giga-operation.
pub const MIN_ASK: u128 = 1;
/// Greatest ask, in planck of TFUEL per giga-operation: a million TFUEL.
pub const MAX_ASK: u128 = 1_000_000_000_000_000_000_000_000;
/// Most drivers on the fault list.
pub const MAX_FAULTY_DRIVERS: u32 = 1_024;
/// Workers that one draw looks at, and so the most seats that it fills.
pub const SAMPLE: u32 = 8;
/// Workers that one survey looks at, at most.
pub const MAX_SURVEYED: u32 = 1_000;

/// Whether a worker can be drawn.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum WorkerState {
    /// It stands in the index.
    Active {
        /// Where.
        position: u32,
    },
    /// It does not stand in the index.
    Paused,
}

/// How the seats of a worker ended.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Reputation {
    /// Results that stood.
    pub succeeded: u32,
    /// Commit deadlines missed.
    pub commit_missed: u32,
    /// Commitments not revealed.
    pub reveal_missed: u32,
    /// Results refuted.
    pub refuted: u32,
    /// The same by weight and age, from which the score follows.
    pub evidence: Evidence,
}

/// A worker as the registry knows it, under its stash.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Worker<AccountId, Fuel> {
    /// The hot key that commits and reveals.
    pub operator: AccountId,
    /// What the device offers.
    pub capability: Capability,
    /// Price of a giga-operation, in planck of TFUEL.
    pub ask: Fuel,
    /// Jobs that it holds; never more than it has slots.
    pub seats_held: u16,
    /// Whether it can be drawn.
    pub state: WorkerState,
    /// How its seats ended.
    pub reputation: Reputation,
}
