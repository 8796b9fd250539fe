//! What is stored.

use crate::frame::prelude::*;
use edgeproof_primitives::BlockNumber;
use pallet_support::Seed;

/// Outputs that are kept. A power of two that a `u8` counts: the place of an output is the low byte of its number.
pub const RING: u32 = 256;

/// The most outputs that one seed may hold; a request for more is read as one for this many.
pub const MAX_OUTPUTS: u32 = 16;

/// One VRF output.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct RecordedOutput {
    /// The block that brought it.
    pub block: BlockNumber,
    /// The 32 bytes that the VRF of the block's author gave.
    pub output: Seed,
}

/// Where the ring stands.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct RingState {
    /// Outputs recorded so far. The next one has this number.
    pub count: u64,
    /// The block of the newest output; no meaning while there is none.
    pub newest: BlockNumber,
    /// The block of the newest output that was overwritten.
    pub forgotten: Option<BlockNumber>,
}

impl RingState {
    /// The number of the oldest output that is still there.
    pub fn oldest(&self) -> u64 {
        self.count.saturating_sub(RING.into())
    }
}
