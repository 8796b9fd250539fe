//! What a requester posts and what a worker answers.

use crate::{
    BlobHash, BlockNumber, Commitment, Hash, ProgramId, Region, TfuelBalance, MAX_BUFFERS, MAX_INLINE_BYTES,
    MAX_LABEL_BYTES, MAX_PARAMS, MAX_REGIONS,
};
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Number of a job, counted from 0 in the order of posting.
pub type JobId = u64;

/// Secret of a commitment until it is revealed.
pub type Salt = [u8; 32];

/// A blob by content.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct BlobRef {
    /// BLAKE3 hash of the bytes.
    pub hash: BlobHash,
    /// Length in bytes.
    pub bytes: u64,
}

/// How a result is made certain.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Assurance {
    /// Workers that compute the job independently (k).
    pub replicas: u8,
    /// Chance of a blind audit (q), in parts per million.
    pub audit_rate: u32,
    /// Blocks between reveal and settlement; `None` for the chain's own rule.
    pub window: Option<BlockNumber>,
}

impl Assurance {
    /// One worker, no audit, the chain's own window.
    pub const SINGLE: Self = Self {
        replicas: 1,
        audit_rate: 0,
        window: None,
    };

    /// Seats that a job can have to pay: its replicas, and an auditor when it may be audited.
    pub fn seats(&self) -> u32 {
        u32::from(self.replicas).saturating_add(u32::from(self.audit_rate > 0))
    }
}

/// What a worker must offer to be drawn.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Demands {
    /// Least device memory, in bytes; never below the program's own peak.
    pub memory: u64,
    /// Allowed regions; empty allows all.
    pub regions: BoundedVec<Region, ConstU32<MAX_REGIONS>>,
    /// Least reputation score, in parts per million; 0 asks for none. An unknown worker has a half.
    pub reputation: u32,
}

/// How long each part of a job may take, in blocks.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Deadlines {
    /// From posting, or from the loss of a seat, until the workers must have been drawn; also how long an auditor is
    /// sought.
    pub draw: BlockNumber,
    /// From the draw until the commitment.
    pub execution: BlockNumber,
}

/// A job as its requester posts it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct JobSpec {
    /// What to compute.
    pub program: ProgramId,
    /// One blob for each input buffer of the program, of exactly its length.
    pub inputs: BoundedVec<BlobRef, ConstU32<MAX_BUFFERS>>,
    /// Parameter words, each at most the maximum that the program declares.
    pub params: BoundedVec<u32, ConstU32<MAX_PARAMS>>,
    /// How the result is made certain.
    pub assurance: Assurance,
    /// What a worker must offer.
    pub demands: Demands,
    /// The most that one seat may cost, in planck of TFUEL.
    pub price_cap: TfuelBalance,
    /// How long each part may take.
    pub deadlines: Deadlines,
    /// Ask for the output on chain (single outputs of at most [`MAX_INLINE_BYTES`]).
    pub inline_output: bool,
}

impl JobSpec {
    /// The most that the job may cost, in planck of TFUEL: the price cap for each of its seats. `None` when it exceeds
    /// every amount.
    pub fn most(&self) -> Option<TfuelBalance> {
        self.price_cap.checked_mul(self.assurance.seats().into())
    }
}

/// Where a result was computed; signed with the reveal.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Attestation {
    /// Name of the adapter.
    pub adapter: BoundedVec<u8, ConstU32<MAX_LABEL_BYTES>>,
    /// Driver and its version.
    pub driver: BoundedVec<u8, ConstU32<MAX_LABEL_BYTES>>,
    /// Graphics interface, for instance `vulkan`.
    pub backend: BoundedVec<u8, ConstU32<MAX_LABEL_BYTES>>,
    /// Version of the worker.
    pub worker: BoundedVec<u8, ConstU32<MAX_LABEL_BYTES>>,
}

/// What opens a commitment.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct RevealOpening {
    /// Root of the output; with several outputs the hash of their concatenated roots.
    pub output_root: BlobHash,
    /// The secret of the commitment.
    pub salt: Salt,
    /// Where it was computed.
    pub attestation: Attestation,
    /// The output's bytes, exactly when the job asked for them.
    pub inline_output: Option<BoundedVec<u8, ConstU32<MAX_INLINE_BYTES>>>,
}

/// The commitment of `worker` (its operator key) to an output:
/// `BLAKE3("edgeproof/commit" | job | round | worker | output_root | salt)`, integers in little-endian.
/// It binds the worker, so a copied commitment opens for nobody else.
pub fn commitment(job: JobId, round: u8, worker: &Hash, output_root: &BlobHash, salt: &Salt) -> Commitment {
    Commitment(edgeproof_proofs::hash_parts(&[
        b"edgeproof/commit",
        &job.to_le_bytes(),
        &[round],
        worker,
        &output_root.0,
        salt,
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_replica_and_a_possible_auditor_has_a_seat() {
        let seats = |replicas, audit_rate| {
            let assurance = Assurance {
                replicas,
                audit_rate,
                ..Assurance::SINGLE
            };
            assurance.seats()
        };
        assert_eq!(Assurance::SINGLE.seats(), 1);
        assert_eq!((seats(3, 0), seats(1, 1), seats(8, 1_000_000)), (3, 2, 9));
        assert_eq!(seats(u8::MAX, u32::MAX), 256);
    }

    #[test]
    fn a_commitment_depends_on_each_of_its_parts() {
        let base = commitment(7, 0, &[1; 32], &BlobHash([2; 32]), &[3; 32]);
        let others = [
            commitment(8, 0, &[1; 32], &BlobHash([2; 32]), &[3; 32]),
            commitment(7, 1, &[1; 32], &BlobHash([2; 32]), &[3; 32]),
            commitment(7, 0, &[9; 32], &BlobHash([2; 32]), &[3; 32]),
            commitment(7, 0, &[1; 32], &BlobHash([9; 32]), &[3; 32]),
            commitment(7, 0, &[1; 32], &BlobHash([2; 32]), &[9; 32]),
        ];
        assert!(others.iter().all(|other| *other != base));
    }
}
