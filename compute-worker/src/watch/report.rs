//! What a person reads in the log.

use super::check::How;
use edgeproof_primitives::{BlobHash, JobId};
use std::fmt;
use tracing::{info, warn};

/// What a watchtower has done since it was started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counters {
    pub right: u64,
    pub wrong: u64,
    /// Checks that failed; they are tried again when that may help.
    pub failed: u64,
    /// Proofs in one call that were sent.
    pub proofs: u64,
    /// Claims that were sent.
    pub claims: u64,
}

impl fmt::Display for Counters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            right,
            wrong,
            failed,
            proofs,
            claims,
        } = self;
        write!(
            f,
            "{right} results right, {wrong} wrong, {failed} checks failed; sent {proofs} proofs and {claims} claims"
        )
    }
}

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Products => "checked as products",
            Self::Replay => "computed again",
            Self::Roots => "computed again, as nobody serves its outputs",
        })
    }
}

pub(super) fn right(job: JobId, how: How) {
    info!("job {job} is right, {how}");
}

pub(super) fn wrong(job: JobId, root: &BlobHash, how: How) {
    warn!("job {job} is WRONG, {how}: result {root}");
}
