//! What the pallet stores and what a client reads.

pub use crate::state::JobState;
use crate::Config;
use edgeproof_primitives::{
    Attestation, BlobHash, BlockNumber, Commitment, JobId, JobSpec, Ops, Receipt, TfuelBalance, MAX_BUFFERS,
    MAX_PARAMS, MAX_SEATS,
};
use pallet_support::{DrawnWorker, WorkerDraw};
use polkadot_sdk::polkadot_sdk_frame::{deps::sp_runtime::Permill, prelude::*};

/// Most rounds that a job can ever have, whatever the rules say.
pub const MAX_DRAWS: u32 = 16;
/// Most workers that can ever fail one job: every seat of every round.
pub const MAX_EXCLUDED: u32 = MAX_DRAWS * MAX_SEATS;

/// Amounts of THETA in planck, as the worker registry counts them.
pub type StakeOf<T> = <<T as Config>::Workers as WorkerDraw<<T as frame_system::Config>::AccountId>>::Stake;
/// A worker that holds a seat of this chain.
pub type DrawnOf<T> = DrawnWorker<<T as frame_system::Config>::AccountId, TfuelBalance, StakeOf<T>>;
/// A live job of this chain.
pub type JobOf<T> = Job<<T as frame_system::Config>::AccountId, StakeOf<T>>;
/// A seat of this chain.
pub type SeatOf<T> = Seat<<T as frame_system::Config>::AccountId, StakeOf<T>>;
/// A receipt of this chain.
pub type ReceiptOf<T> = Receipt<<T as frame_system::Config>::AccountId>;
/// A stored program of this chain.
pub type ProgramInfoOf<T> = ProgramInfo<<T as frame_system::Config>::AccountId>;

/// What the chain knows of a stored program without reading its code.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct ProgramInfo<AccountId> {
    /// Who registered it, may remove it and gets the deposit back.
    pub owner: AccountId,
    /// Held from the owner, in planck of TFUEL.
    pub deposit: TfuelBalance,
    /// Length of the encoding.
    pub bytes: u32,
    /// Operations of one run, at the declared maxima of the parameters.
    pub operations: Ops,
    /// Device memory of one run, in bytes.
    pub peak_memory: u64,
    /// Length of each input blob, in bytes.
    pub inputs: BoundedVec<u64, ConstU32<MAX_BUFFERS>>,
    /// Length of each output blob, in bytes.
    pub outputs: BoundedVec<u64, ConstU32<MAX_BUFFERS>>,
    /// Declared maximum of each parameter word.
    pub params: BoundedVec<u32, ConstU32<MAX_PARAMS>>,
    /// Live jobs that run it.
    pub references: u32,
}

/// A worker's commitment to its result.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Committed {
    /// What was committed.
    pub commitment: Commitment,
    /// In which block.
    pub at: BlockNumber,
}

/// A worker's opened result.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Revealed {
    /// Root of the output.
    pub output_root: BlobHash,
    /// Where it was computed.
    pub attestation: Attestation,
    /// In which block it was revealed.
    pub at: BlockNumber,
}

/// A worker drawn for a job.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Seat<AccountId, Stake> {
    /// Who holds it, for which fee, with which bond.
    pub worker: DrawnWorker<AccountId, TfuelBalance, Stake>,
    /// The job's round of the draw; the commitment binds it.
    pub round: u8,
    /// True for the auditor, who was drawn after all replicas had committed.
    pub auditor: bool,
    /// Block of the draw.
    pub drawn_at: BlockNumber,
    /// The commitment, once made.
    pub committed: Option<Committed>,
    /// The result, once revealed.
    pub revealed: Option<Revealed>,
}

/// A result that was claimed in a dispute and stands though no worker of the job has revealed it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct ClaimedResult<AccountId> {
    /// Root of the output.
    pub output_root: BlobHash,
    /// The key that claimed it.
    pub operator: AccountId,
    /// The account that is paid for it.
    pub stash: AccountId,
}

/// A live job: its escrow is held, its program cannot be removed, and the agenda will end it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Job<AccountId, Stake> {
    /// Who posted it and pays.
    pub requester: AccountId,
    /// As posted, with the demanded memory raised to the program's peak.
    pub spec: JobSpec,
    /// Operations, at the program's declared maxima.
    pub operations: Ops,
    /// Bytes of the output that the reveal must carry, when it was asked inline.
    pub inline_bytes: Option<u32>,
    /// Blocks between reveal and settlement.
    pub window: BlockNumber,
    /// True when the window is at least the chain's own rule.
    pub watched: bool,
    /// Share of its fee that a worker receives, as the rules said at the posting.
    pub worker_share: Permill,
    /// Held beside the price caps and always returned, in planck of TFUEL.
    pub deposit: TfuelBalance,
    /// Block of the posting.
    pub posted_at: BlockNumber,
    /// Counts the draws that failed, in whole or in part; part of seeds, so that no two draws share one.
    pub round: u8,
    /// Counts the entries of the agenda that were planned for the job: only the last one moves it on.
    pub turn: u32,
    /// Block of the last draw of a replica.
    pub drawn_at: Option<BlockNumber>,
    /// Fee of the first seat as it was drawn, in planck of TFUEL; nothing before the first draw. The pay of a claimed
    /// result.
    pub first_fee: TfuelBalance,
    /// Bond of the first seat, in planck of THETA: what a claim puts at risk.
    pub first_bond: Stake,
    /// What the first fee was worth at the draw, in planck of THETA: what a refuted claim owes the requester at most.
    pub first_value: Stake,
    /// Operator keys that failed this job and are not drawn again, in order.
    pub excluded: BoundedVec<AccountId, ConstU32<MAX_EXCLUDED>>,
    /// Who holds a seat: replicas in the order of their draws, an auditor last.
    pub seats: BoundedVec<Seat<AccountId, Stake>, ConstU32<MAX_SEATS>>,
    /// The result that stands when no seat has it.
    pub standing: Option<ClaimedResult<AccountId>>,
    /// Root of the output that is stored on chain: the first one revealed, when it was asked inline.
    pub inline_root: Option<BlobHash>,
    /// Where it stands.
    pub state: JobState,
}

impl<AccountId, Stake> Job<AccountId, Stake> {
    /// All that is held for the job, in planck of TFUEL.
    pub fn escrow(&self) -> TfuelBalance {
        // Posting has checked the product.
        let most = self.spec.most().unwrap_or(TfuelBalance::MAX);
        most.saturating_add(self.deposit)
    }
}

impl<AccountId: PartialEq, Stake> Job<AccountId, Stake> {
    /// The seat that `operator` holds.
    pub fn seat_of(&self, operator: &AccountId) -> Option<&Seat<AccountId, Stake>> {
        self.seats.iter().find(|seat| seat.worker.operator == *operator)
    }

    pub(crate) fn seat_of_mut(&mut self, operator: &AccountId) -> Option<&mut Seat<AccountId, Stake>> {
        self.seats
            .iter_mut()
            .find(|seat| seat.worker.operator == *operator)
    }
}

/// What the agenda does when a block has come.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub enum Due {
    /// Try to draw the workers.
    #[codec(index = 0)]
    Draw,
    /// The commit deadline has passed.
    #[codec(index = 1)]
    Commit,
    /// The reveal deadline has passed.
    #[codec(index = 2)]
    Reveal,
    /// The window has passed.
    #[codec(index = 3)]
    Settle,
    /// The receipt has been kept long enough.
    #[codec(index = 4)]
    Prune,
    /// Decide whether the job is audited, or try to draw the auditor.
    #[codec(index = 5)]
    Audit,
}

/// One thing to do. It is dropped when the job has moved on by then.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub struct AgendaEntry {
    /// The job.
    pub job: JobId,
    /// What to do.
    pub due: Due,
    /// The job's turn for which it was planned.
    pub turn: u32,
}

/// The first entry of the agenda that has not been done.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Cursor {
    /// Every block before this one is done.
    pub block: BlockNumber,
    /// Entries of `block` that are done.
    pub index: u32,
}

/// Bytes of feeless calls that a block has admitted. Counts for that block only, so nobody has to reset it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct FeelessUsage {
    /// The block.
    pub block: BlockNumber,
    /// Encoded length of its feeless calls.
    pub bytes: u32,
}

/// How an escrow was distributed, in planck of TFUEL. The parts add up to the escrow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Split {
    /// To the workers' stashes.
    pub paid: TfuelBalance,
    /// Out of the issuance.
    pub burned: TfuelBalance,
    /// Back to the requester.
    pub refunded: TfuelBalance,
}
