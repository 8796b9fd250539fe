use crate::compute::ComputeError;
use edgeproof_player::PlayerError;

/// Why an answer is not given. No variant says anything about who is right.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DisputeError {
    /// What the job needs is missing, or its program is not understood.
    #[error(transparent)]
    Job(#[from] ComputeError),
    /// The player failed.
    #[error(transparent)]
    Player(#[from] PlayerError),
    /// The job is computed otherwise now than when its result was revealed.
    #[error(
        "this worker computes another result now than the one it stands for, which cannot be defended; check the adapter \
         and its driver before it takes more work"
    )]
    OtherResult,
    /// Somebody else's trace is attributed to the claim.
    #[error(
        "the trace that the chain attributes to this claim is not the one that this worker computes, so it cannot answer \
         for it"
    )]
    OtherTrace,
    /// The player's thread has died.
    #[error("the player of this dispute has died; it is started again")]
    Died,
}

impl DisputeError {
    /// True when the same question may be answered later.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Job(error) => error.may_pass(),
            Self::Player(PlayerError::Engine(_) | PlayerError::Disk { .. } | PlayerError::Unsteady(_))
            | Self::Died => true,
            Self::Player(_) | Self::OtherResult | Self::OtherTrace => false,
        }
    }
}
