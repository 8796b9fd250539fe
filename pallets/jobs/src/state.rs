//! The states of a live job.

use edgeproof_primitives::BlockNumber;
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

/// Where a live job stands. Ended jobs are receipts.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum JobState {
    /// Waits for workers: for all, or for those that missed the commit deadline.
    #[codec(index = 0)]
    Open {
        /// The block whose successors' randomness decides the draw.
        event: BlockNumber,
        /// Last block in which workers can be drawn.
        draw_by: BlockNumber,
        /// Randomness has allowed a draw for this job before, and too few workers fitted.
        attempted: bool,
    },
    /// The seats' workers compute.
    #[codec(index = 1)]
    Assigned {
        /// Last block in which a commitment is taken.
        commit_by: BlockNumber,
    },
    /// All seats have committed, and an auditor too when one was drawn: they may reveal.
    #[codec(index = 2)]
    Committed {
        /// Last block in which a commitment can be opened.
        reveal_by: BlockNumber,
    },
    /// One result is known and can be disputed.
    #[codec(index = 3)]
    Revealed {
        /// Last block of the window; settlement follows at the start of the next.
        window_ends: BlockNumber,
    },
    /// All replicas have committed: randomness decides whether the job is audited, and then who audits it.
    #[codec(index = 4)]
    Deciding {
        /// The block whose successors' randomness decides.
        event: BlockNumber,
        /// Last block in which an auditor is sought.
        draw_by: BlockNumber,
        /// The job is to be audited, and no auditor has been found yet.
        audited: bool,
    },
    /// A blind auditor computes.
    #[codec(index = 5)]
    Auditing {
        /// Last block in which its commitment is taken.
        commit_by: BlockNumber,
    },
    /// Results differ, or another one is claimed: the dispute moves the job on.
    #[codec(index = 6)]
    Disputed {
        /// Last block in which a result may be claimed.
        window_ends: BlockNumber,
    },
}

impl JobState {
    /// Open from block `now` on, for a draw within `draw` blocks.
    pub(crate) fn open(now: BlockNumber, draw: BlockNumber) -> Self {
        Self::Open {
            event: now,
            draw_by: now.saturating_add(draw),
            attempted: false,
        }
    }

    /// Last block of the window, once results are known.
    pub fn window_ends(&self) -> Option<BlockNumber> {
        match self {
            Self::Revealed { window_ends } | Self::Disputed { window_ends } => Some(*window_ends),
            _ => None,
        }
    }

    /// Last block in which a commitment is taken, while one is awaited.
    pub fn commit_by(&self) -> Option<BlockNumber> {
        match self {
            Self::Assigned { commit_by } | Self::Auditing { commit_by } => Some(*commit_by),
            _ => None,
        }
    }
}
