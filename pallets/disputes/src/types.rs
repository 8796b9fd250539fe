//! What the pallet stores and what a client reads.

use crate::Config;
use alloc::vec::Vec;
use edgeproof_primitives::{BlobHash, BlockNumber, Hash, JobId, Move, MAX_BUFFERS};
use pallet_support::{DisputedJobs, Subject};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

/// Most claims that one game plays.
pub const MAX_CLAIMS: u32 = 16;
/// Claims of a game that may back a result which stands already; the other places are for new results.
pub const MAX_BACKERS: usize = 12;

/// Amounts of THETA in planck, as jobs count them.
pub type StakeOf<T> = <<T as Config>::Jobs as DisputedJobs<<T as frame_system::Config>::AccountId>>::Stake;
/// A claim of this chain.
pub type ClaimOf<T> = Claim<<T as frame_system::Config>::AccountId, StakeOf<T>>;
/// A dispute of this chain.
pub type DisputeOf<T> = Dispute<<T as frame_system::Config>::AccountId, StakeOf<T>>;
/// What a dispute of this chain is about.
pub type SubjectOf<T> = Subject<<T as frame_system::Config>::AccountId, StakeOf<T>>;

/// A result that somebody stands for with a bond.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Claim<AccountId, Stake> {
    /// The key that answers.
    pub operator: AccountId,
    /// The account whose stake is at risk.
    pub stash: AccountId,
    /// THETA at risk, in planck.
    pub bond: Stake,
    /// True for the result of a seat: the job holds its bond.
    pub seat: bool,
    /// The claimed result.
    pub output_root: BlobHash,
    /// Root of the trace that leads to it, once it is opened.
    pub trace_root: Option<BlobHash>,
}

impl<AccountId, Stake> Claim<AccountId, Stake> {
    /// True when both stand for the same result and, as far as is known, the same trace.
    pub fn agrees(&self, output_root: &BlobHash, trace_root: &BlobHash) -> bool {
        self.output_root == *output_root && self.trace_root.is_none_or(|root| root == *trace_root)
    }
}

/// Claims of a game with the same trace.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Side {
    /// Root of the trace.
    pub trace_root: BlobHash,
    /// What it claims as the hash of the node that is to be opened.
    pub claimed: Hash,
    /// What it claims as the words of the disputed invocation.
    pub words: BoundedVec<u32, ConstU32<4>>,
}

/// Where a game that is played stands.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Game {
    /// What is owed.
    pub next: Move,
    /// The traces that stand, once they are opened.
    pub sides: BoundedVec<Side, ConstU32<MAX_CLAIMS>>,
}

/// How far a dispute is.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Phase {
    /// Waits until a place for a game is free.
    #[codec(index = 0)]
    Waiting,
    /// Its game is played.
    #[codec(index = 1)]
    Playing(Game),
    /// One result stands.
    #[codec(index = 2)]
    Decided,
}

/// What the program of a dispute says about its trace.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct TraceShape {
    /// Leaves of the trace.
    pub steps: u32,
    /// Positions of the steps that write the program's outputs, in order.
    pub outputs: BoundedVec<u32, ConstU32<MAX_BUFFERS>>,
    /// Bytes that all steps write together.
    pub bytes: u64,
}

/// A dispute about the result of one job, from the first claim until the job settles or starts again.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Dispute<AccountId, Stake> {
    /// The trace of the job.
    pub shape: TraceShape,
    /// The claims that stand, in the order in which they came.
    pub claims: BoundedVec<Claim<AccountId, Stake>, ConstU32<MAX_CLAIMS>>,
    /// Claims that lost the running game; they are slashed when it ends.
    pub refuted: BoundedVec<Claim<AccountId, Stake>, ConstU32<MAX_CLAIMS>>,
    /// Number of the first claim that waits for the next game.
    pub first_waiting: u32,
    /// Number of the next claim that will have to wait.
    pub next_waiting: u32,
    /// How far it is.
    pub phase: Phase,
}

impl<AccountId, Stake> Dispute<AccountId, Stake> {
    /// True while claims wait for the next game.
    pub fn has_waiting(&self) -> bool {
        self.first_waiting < self.next_waiting
    }

    /// True while another claim fits: every claim of a game may come to be refuted in it.
    pub fn has_room(&self) -> bool {
        self.claims.len().saturating_add(self.refuted.len()) < MAX_CLAIMS as usize
    }

    /// The output root of all standing claims, when they agree.
    pub fn only_root(&self) -> Option<BlobHash> {
        let first = self.claims.first()?.output_root;
        self.claims
            .iter()
            .all(|claim| claim.output_root == first)
            .then_some(first)
    }

    /// True while standing claims are not known to agree: on the result, and on the traces that are open.
    pub fn is_disputed(&self) -> bool {
        let agreed = self.claims.is_empty() || self.only_root().is_some();
        !agreed || self.traces().len() > 1
    }

    /// The different traces of the standing claims that have opened theirs, in order.
    pub fn traces(&self) -> Vec<BlobHash> {
        let mut traces = Vec::new();
        for trace in self.claims.iter().filter_map(|claim| claim.trace_root) {
            if !traces.contains(&trace) {
                traces.push(trace);
            }
        }
        traces
    }
}

/// Until when the parties of a game may answer.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Turn {
    /// The job.
    pub job: JobId,
    /// Last block in which an answer is taken, later by one for each block whose reserve was full since.
    pub deadline: BlockNumber,
    /// How many blocks had had a full reserve when the deadline was set.
    pub full_blocks: u32,
}

/// The weight that answers use. Counts for one block only, so nobody has to reset it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Reserve {
    /// The block.
    pub block: BlockNumber,
    /// Weight of its answers.
    pub used: Weight,
    /// Blocks whose reserve was full, since genesis.
    pub full_blocks: u32,
}
