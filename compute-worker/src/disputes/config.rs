use edgeproof_primitives::BlockNumber;
use std::path::PathBuf;

/// Where players keep what they compute, and how patient the engine is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisputeConfig {
    /// A folder of its own below this one belongs to each disputed job.
    pub folder: PathBuf,
    /// Most bytes of step outputs that a player keeps there. What one step writes and reads is kept in any case.
    pub budget: u64,
    /// Random invocations of every step that the interpreter executes again while a job is computed again.
    pub samples: u32,
    /// Blocks after which an answer is sent again when the game has not moved.
    pub resend: BlockNumber,
    /// Blocks after which a player that failed is asked again.
    pub retry: BlockNumber,
    /// Blocks after which the folder of a job that the operator has no part in any more is removed. Longer than any
    /// reorganisation.
    pub forget: BlockNumber,
}

impl DisputeConfig {
    /// The usual patience, with a budget of 16 GiB.
    pub fn below(folder: PathBuf, samples: u32) -> Self {
        Self {
            folder,
            budget: 16 << 30,
            samples,
            resend: 4,
            retry: 3,
            forget: 600,
        }
    }
}
