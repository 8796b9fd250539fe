//! The states of a live job.

use edgeproof_primitives::BlockNumber;
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

/// Where a live job stands. Ended jobs are receipts.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum JobState {
    /// Waits for a worker.
    #[codec(index = 0)]
    Open {
        /// The block whose successors' randomness decides the draw.
        event: BlockNumber,
        /// Last block in which a worker can be drawn.
        draw_by: BlockNumber,
        /// Randomness has allowed a draw for this job before, and no worker fitted.
        attempted: bool,
    },
    /// The seats' workers compute.
    #[codec(index = 1)]
    Assigned {
        /// Last block in which a commitment is taken.
        commit_by: BlockNumber,
    },
    /// All seats have committed.
    #[codec(index = 2)]
    Committed {
        /// Last block in which a commitment can be opened.
        reveal_by: BlockNumber,
    },
    /// The result is known and can be disputed.
    #[codec(index = 3)]
    Revealed {
        /// Last block of the window; settlement follows at the start of the next.
        window_ends: BlockNumber,
    },
}
