use codec::{Decode, Encode};
use edgeproof_client::JobInfo;
use edgeproof_primitives::{
    Attestation, BlobHash, BlockNumber, Commitment, Hash, JobId, Outcome, RevealOpening, Salt, TfuelBalance,
};
use std::fmt;

/// Identifies what is to be computed, and for whom.
pub fn digest(job: &JobInfo) -> Hash {
    edgeproof_proofs::hash_parts(&[b"edgeproof/journal", &job.spec.encode(), &job.requester.0])
}

/// A seat of this worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The job.
    pub job: JobId,
    /// The job's round in which the seat was drawn.
    pub round: u8,
}

impl Key {
    pub(super) fn pair(self) -> (JobId, u8) {
        (self.job, self.round)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.round {
            0 => write!(f, "job {}", self.job),
            round => write!(f, "job {} (round {round})", self.job),
        }
    }
}

/// What this worker knows of a seat.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Entry {
    /// Identifies what was to be computed.
    pub digest: Hash,
    /// Paid to the stash when the result stands, in planck of TFUEL; `None` in what version 1 wrote.
    pub pay: Option<TfuelBalance>,
    /// The result, once computed.
    pub answer: Option<Answer>,
    /// Best block after which the commitment was last sent.
    pub commit_sent: Option<BlockNumber>,
    /// Best block after which the reveal was last sent.
    pub reveal_sent: Option<BlockNumber>,
    /// How it ended.
    pub end: Option<End>,
}

impl Entry {
    pub(super) fn new(digest: Hash, pay: TfuelBalance) -> Self {
        Self {
            digest,
            pay: Some(pay),
            answer: None,
            commit_sent: None,
            reveal_sent: None,
            end: None,
        }
    }
}

/// What version 1 wrote.
#[derive(Encode, Decode)]
pub(super) struct FirstEntry {
    pub digest: Hash,
    pub answer: Option<Answer>,
    pub commit_sent: Option<BlockNumber>,
    pub reveal_sent: Option<BlockNumber>,
    pub end: Option<End>,
}

impl From<FirstEntry> for Entry {
    fn from(first: FirstEntry) -> Self {
        let FirstEntry {
            digest,
            answer,
            commit_sent,
            reveal_sent,
            end,
        } = first;
        Self {
            digest,
            pay: None,
            answer,
            commit_sent,
            reveal_sent,
            end,
        }
    }
}

/// A result that this operator stands for in a dispute with a bond.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ClaimEntry {
    /// Identifies the job.
    pub digest: Hash,
    /// The claimed result.
    pub output_root: BlobHash,
    /// Best block after which the claim was last sent.
    pub sent: BlockNumber,
    /// How often it was sent.
    pub attempts: u8,
    /// The first best block after which the chain had it.
    pub stands_since: Option<BlockNumber>,
    /// It was removed: another claim would be lost as well.
    pub lost: bool,
}

/// What opens this worker's commitment.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Answer {
    /// Root of the output.
    pub output_root: BlobHash,
    /// The secret of the commitment.
    pub salt: Salt,
    /// Where it was computed.
    pub attestation: Attestation,
}

impl Answer {
    /// The commitment to this answer.
    pub fn commitment(&self, key: Key, operator: &Hash) -> Commitment {
        edgeproof_primitives::commitment(key.job, key.round, operator, &self.output_root, &self.salt)
    }

    /// What opens the commitment, without an inline output.
    pub fn opening(self) -> RevealOpening {
        let Self {
            output_root,
            salt,
            attestation,
        } = self;
        RevealOpening {
            output_root,
            salt,
            attestation,
            inline_output: None,
        }
    }
}

/// How a seat ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct End {
    /// How the job ended; `None` when it goes on with another worker.
    pub outcome: Option<Outcome>,
    /// Paid to the stash, in planck of TFUEL.
    pub paid: TfuelBalance,
    /// Block of the end, or in which the loss was seen.
    pub at: BlockNumber,
}
