use edgeproof_primitives::BlockNumber;

/// How patient the loop is, in blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkConfig {
    /// After a call was sent and the state has not moved, it is sent again.
    pub resend: BlockNumber,
    /// After an execution failed for a reason that may pass, it is tried again.
    pub retry: BlockNumber,
    /// After an input could not be had for so long, or for half of the time that the job allows, judges are asked to look
    /// for it.
    pub patience: BlockNumber,
    /// So long before the reveal deadline commitments are opened even though finality has stopped: silence costs the
    /// whole bond.
    pub last_call: BlockNumber,
    /// After the chain has not known a journaled job for so long, it is forgotten. Longer than any reorganisation:
    /// forgetting a salt whose commitment comes back costs the bond.
    pub forget: BlockNumber,
}

impl Default for WorkConfig {
    fn default() -> Self {
        Self {
            resend: 4,
            retry: 5,
            patience: 20,
            last_call: 6,
            forget: 600,
        }
    }
}
