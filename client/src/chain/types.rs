//! What the chain says, in types that do not depend on generated code.

use crate::AccountId;
use edgeproof_primitives::{
    Attestation, BlobHash, BlockNumber, Capability, Commitment, Evidence, Hash, JobId, JobSpec, Label, Move,
    Ops, ProgramId, Receipt, TfuelBalance, ThetaBalance,
};

/// A node, as it describes itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeStatus {
    /// Name of the chain.
    pub chain: String,
    /// Name of the program.
    pub node: String,
    /// Its version.
    pub version: String,
    /// Connected peers.
    pub peers: u64,
    /// True while it is catching up.
    pub syncing: bool,
    /// Height of the best block.
    pub best: BlockNumber,
    /// Height of the last finalised block.
    pub finalized: BlockNumber,
    /// Version of the runtime.
    pub spec_version: u32,
}

/// An account's amounts of one token, in planck.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TokenBalance {
    /// May be spent.
    pub free: u128,
    /// Held: escrow, deposits, stake.
    pub held: u128,
}

/// An account's amounts of both tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balances {
    /// TFUEL: pays.
    pub tfuel: TokenBalance,
    /// THETA: is staked.
    pub theta: TokenBalance,
}

/// How much there is of one token, in planck.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Supply {
    /// Exists now: what genesis issued, and what was minted since, less what was burned.
    pub issuance: u128,
    /// Minted since genesis.
    pub minted: u128,
    /// Burned since genesis.
    pub burned: u128,
}

/// How much there is of both tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Supplies {
    /// TFUEL.
    pub tfuel: Supply,
    /// THETA.
    pub theta: Supply,
}

/// An account's stake, in planck of THETA.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StakeInfo {
    /// Bonded, at risk or not.
    pub bonded: ThetaBalance,
    /// The part of the bonded stake that running jobs hold.
    pub at_risk: ThetaBalance,
    /// On its way out.
    pub unbonding: ThetaBalance,
    /// Slashed, and held until it is burned. See [`View::held_slashes`](super::View::held_slashes).
    pub slashed: ThetaBalance,
}

/// What is held of a slash until it is burned. Amounts in planck of THETA.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldSlash {
    /// Its number, by which governance may return it.
    pub id: u64,
    /// What was taken, the shares of the injured party and of the finder included.
    pub slashed: ThetaBalance,
    /// What is held.
    pub held: ThetaBalance,
    /// What governance has returned.
    pub returned: ThetaBalance,
    /// The driver of the worker that was slashed. `None` when it was not slashed as a worker.
    pub driver: Option<Label>,
    /// First block in which it can be burned.
    pub burn_at: BlockNumber,
}

/// A registered program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramInfo {
    /// BLAKE3 of its encoding.
    pub id: ProgramId,
    /// Who registered it.
    pub owner: AccountId,
    /// Held from the owner, in planck of TFUEL.
    pub deposit: TfuelBalance,
    /// Length of its encoding.
    pub bytes: u32,
    /// Operations at the declared maxima of its parameters.
    pub operations: Ops,
    /// Most bytes of buffers that exist at once.
    pub peak_memory: u64,
    /// Length of each input blob, in bytes.
    pub inputs: Vec<u64>,
    /// Length of each output blob, in bytes.
    pub outputs: Vec<u64>,
    /// Declared maximum of each parameter word.
    pub params: Vec<u32>,
    /// Live jobs that run it.
    pub references: u32,
}

/// A registered worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkerInfo {
    /// The account that owns the stake and is paid.
    pub stash: AccountId,
    /// The key that commits and reveals.
    pub operator: AccountId,
    /// What it offers.
    pub capability: Capability,
    /// Price of a giga-operation, in planck of TFUEL.
    pub ask: TfuelBalance,
    /// Jobs that it holds now.
    pub seats_held: u16,
    /// True when it can be drawn.
    pub active: bool,
    /// Results that stood.
    pub succeeded: u32,
    /// Commit deadlines missed.
    pub commit_missed: u32,
    /// Commitments not revealed.
    pub reveal_missed: u32,
    /// Results refuted in a dispute.
    pub refuted: u32,
    /// The same by weight and age, from which the reputation score follows.
    pub evidence: Evidence,
}

/// A job, alive or ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobState {
    /// It has not ended.
    Live(Box<JobInfo>),
    /// It has ended.
    Ended(Box<Receipt<AccountId>>),
}

impl JobState {
    /// The state in one word.
    pub fn name(&self) -> &'static str {
        use edgeproof_primitives::Outcome;
        match self {
            Self::Live(job) => job.phase.name(),
            Self::Ended(receipt) => match receipt.outcome {
                Outcome::Succeeded => "Succeeded",
                Outcome::WorkerFault => "WorkerFault",
                Outcome::RequesterFault => "RequesterFault",
                Outcome::InputUnavailable => "InputUnavailable",
                Outcome::OutputWithheld => "OutputWithheld",
                Outcome::NoWorker => "NoWorker",
                Outcome::Cancelled => "Cancelled",
                Outcome::Expired => "Expired",
            },
        }
    }
}

/// A job that has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobInfo {
    /// Its number.
    pub id: JobId,
    /// Who posted and pays.
    pub requester: AccountId,
    /// As posted, with the demanded memory raised to the program's peak.
    pub spec: JobSpec,
    /// Operations that are priced.
    pub operations: Ops,
    /// Bytes of the output that the reveal must carry, when it was asked inline.
    pub inline_bytes: Option<u32>,
    /// Blocks in which a result may be disputed, each time that a new one appears.
    pub window: BlockNumber,
    /// True when the window is at least the chain's own rule.
    pub watched: bool,
    /// A worker's share of the fee, in parts per million.
    pub worker_share: u32,
    /// Block of the posting.
    pub posted_at: BlockNumber,
    /// Counts the draws that failed, in whole or in part.
    pub round: u8,
    /// Fee of the first seat as it was drawn, in planck of TFUEL: what the bond of a claim follows from.
    pub first_fee: TfuelBalance,
    /// How far it is.
    pub phase: JobPhase,
    /// Its workers: replicas in the order of their draws, an auditor last.
    pub seats: Vec<SeatInfo>,
    /// The result that stands when no worker has revealed it: it was claimed in a dispute.
    pub standing: Option<BlobHash>,
}

impl JobInfo {
    /// The seat that `operator` holds.
    pub fn seat_of(&self, operator: &AccountId) -> Option<&SeatInfo> {
        self.seats.iter().find(|seat| seat.operator == *operator)
    }

    /// The results that workers have revealed and that were not refuted, or the one that was claimed in their place. Each
    /// once, in the order of the seats.
    pub fn results(&self) -> Vec<BlobHash> {
        let revealed = self.seats.iter().filter_map(|seat| seat.revealed.as_ref());
        distinct(revealed.map(|revealed| revealed.output_root).chain(self.standing))
    }

    /// The results that somebody stands for: those that are claimed in `dispute`, or else [`Self::results`].
    pub fn standing_results(&self, dispute: Option<&DisputeInfo>) -> Vec<BlobHash> {
        dispute
            .map(DisputeInfo::results)
            .filter(|results| !results.is_empty())
            .unwrap_or_else(|| self.results())
    }

    /// Last block of the window in which a result may be claimed; nothing while none may be.
    pub fn window_end(&self) -> Option<BlockNumber> {
        match self.phase {
            JobPhase::Revealed { settles_at } => Some(settles_at.saturating_sub(1)),
            JobPhase::Disputed { window_ends } => Some(window_ends),
            _ => None,
        }
    }

    /// What its workers cost together, in planck of TFUEL.
    pub fn fee(&self) -> TfuelBalance {
        self.seats.iter().map(|seat| seat.fee).sum()
    }
}

/// A worker of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatInfo {
    /// The key that commits and reveals.
    pub operator: AccountId,
    /// The account that is paid.
    pub stash: AccountId,
    /// What the requester pays for the seat, in planck of TFUEL; the worker receives its share of it.
    pub fee: TfuelBalance,
    /// Stake at risk, in planck of THETA.
    pub bond: ThetaBalance,
    /// The job's round of the draw; the commitment binds it.
    pub round: u8,
    /// True for the auditor, who was drawn after all replicas had committed.
    pub auditor: bool,
    /// Block of the draw.
    pub drawn_at: BlockNumber,
    /// The commitment, once made, and its block.
    pub committed: Option<(Commitment, BlockNumber)>,
    /// The result, once revealed.
    pub revealed: Option<RevealInfo>,
}

/// An opened result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevealInfo {
    /// Root of the output.
    pub output_root: BlobHash,
    /// Where it was computed.
    pub attestation: Attestation,
    /// In which block it was revealed.
    pub at: BlockNumber,
}

/// How far a job is. Deadlines are the last blocks in which the action counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobPhase {
    /// Waits for a worker.
    Open {
        /// A worker must be drawn by this block.
        draw_by: BlockNumber,
    },
    /// The workers compute.
    Assigned {
        /// They must commit by this block.
        commit_by: BlockNumber,
    },
    /// All replicas have committed: randomness decides whether there is an audit, and draws the auditor.
    Deciding,
    /// An auditor computes, and sees no answer.
    Auditing {
        /// It must commit by this block.
        commit_by: BlockNumber,
    },
    /// All have committed.
    Committed {
        /// They must reveal by this block.
        reveal_by: BlockNumber,
    },
    /// The result is public and may be disputed.
    Revealed {
        /// The job settles at the start of this block.
        settles_at: BlockNumber,
    },
    /// Results differ, and the dispute about them decides.
    Disputed {
        /// Another result may be claimed until this block.
        window_ends: BlockNumber,
    },
}

impl JobPhase {
    /// The phase in one word.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Open { .. } => "Open",
            Self::Assigned { .. } => "Assigned",
            Self::Deciding => "Deciding",
            Self::Auditing { .. } => "Auditing",
            Self::Committed { .. } => "Committed",
            Self::Revealed { .. } => "Revealed",
            Self::Disputed { .. } => "Disputed",
        }
    }
}

/// A dispute about the result of a live job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisputeInfo {
    /// The job.
    pub job: JobId,
    /// The claims that stand, in the order in which they came; not those that wait for the next game.
    pub claims: Vec<ClaimInfo>,
    /// How far it is.
    pub phase: DisputePhase,
}

impl DisputeInfo {
    /// The claim for which `operator` answers.
    pub fn claim_of(&self, operator: &AccountId) -> Option<&ClaimInfo> {
        self.claims.iter().find(|claim| claim.operator == *operator)
    }

    /// Last block in which the game takes an answer.
    pub fn deadline(&self) -> Option<BlockNumber> {
        match self.phase {
            DisputePhase::Playing { deadline, .. } => Some(deadline),
            DisputePhase::Waiting | DisputePhase::Decided => None,
        }
    }

    /// The side of the game that a claim is on, once all traces are open.
    pub fn side_of(&self, claim: &ClaimInfo) -> Option<&SideInfo> {
        let DisputePhase::Playing { sides, .. } = &self.phase else {
            return None;
        };
        sides
            .iter()
            .find(|side| Some(side.trace_root) == claim.trace_root)
    }

    /// What the game asks of a claim.
    fn owed(&self, claim: &ClaimInfo) -> Option<&Move> {
        let DisputePhase::Playing { next, opened, .. } = &self.phase else {
            return None;
        };
        let side = self.side_of(claim);
        let owes = match next {
            Move::OpenTraces => claim.trace_root.is_none(),
            Move::OpenNode { .. } => side.is_some_and(|side| !opened.contains(&side.claimed)),
            Move::Referee { .. } => side.is_some(),
        };
        owes.then_some(next)
    }

    /// The claims that the game waits for. One of those that claim the same hash suffices to open it, and anybody may
    /// show what an invocation reads.
    pub fn awaited(&self) -> Vec<&ClaimInfo> {
        self.claims
            .iter()
            .filter(|claim| self.owed(claim).is_some())
            .collect()
    }

    /// What `operator` can answer now; nothing when its claim does not stand, or it was answered already.
    pub fn owed_by(&self, operator: &AccountId) -> Option<&Move> {
        self.owed(self.claim_of(operator)?)
    }

    /// The results that are claimed, each once, in the order in which they came.
    pub fn results(&self) -> Vec<BlobHash> {
        distinct(self.claims.iter().map(|claim| claim.output_root))
    }
}

fn distinct(roots: impl Iterator<Item = BlobHash>) -> Vec<BlobHash> {
    let mut found = Vec::new();
    for root in roots {
        if !found.contains(&root) {
            found.push(root);
        }
    }
    found
}

/// A result that somebody stands for with a bond.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimInfo {
    /// The key that answers.
    pub operator: AccountId,
    /// The account whose stake is at risk.
    pub stash: AccountId,
    /// Stake at risk, in planck of THETA.
    pub bond: ThetaBalance,
    /// True for the result of a worker of the job.
    pub seat: bool,
    /// The claimed result.
    pub output_root: BlobHash,
    /// Root of the trace that leads to it, once it is opened.
    pub trace_root: Option<BlobHash>,
}

/// How far a dispute is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DisputePhase {
    /// Waits for a free place among the games that are played.
    Waiting,
    /// Its game is played.
    Playing {
        /// What the parties owe.
        next: Move,
        /// Last block in which an answer is taken, as far as is known: each block full of answers adds one.
        deadline: BlockNumber,
        /// The traces that stand, once all are opened.
        sides: Vec<SideInfo>,
        /// Hashes that were opened already, of those that the sides claim for the node that is asked for.
        opened: Vec<Hash>,
    },
    /// One result stands.
    Decided,
}

/// Claims of a game with the same trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SideInfo {
    /// Root of the trace.
    pub trace_root: BlobHash,
    /// What it claims as the hash of the node that is asked for.
    pub claimed: Hash,
}

/// A change of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobUpdate {
    /// The best block in which it was seen.
    pub block: BlockNumber,
    /// The state since then.
    pub state: JobState,
    /// The question about the job's data that is open since then.
    pub question: Option<DataQuestion>,
}

/// A call that is in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Included<T> {
    /// What it made.
    pub value: T,
    /// Height of the block.
    pub block: BlockNumber,
    /// Hash of the block.
    pub block_hash: Hash,
    /// Hash of the transaction.
    pub transaction: Hash,
    /// Fee paid, in planck of TFUEL.
    pub fee: TfuelBalance,
}

/// An open question about the data of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataQuestion {
    /// The job.
    pub job: JobId,
    /// What is asked.
    pub asked: DataAsked,
    /// Last block in which it can be answered; while judges are to be drawn, the block before their draw.
    pub answer_by: BlockNumber,
}

/// What is asked about the data of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DataAsked {
    /// A chunk of 1,024 bytes, of everybody.
    Chunk {
        /// Root of the result.
        output_root: BlobHash,
        /// Which output.
        output: u8,
        /// Which chunk of it.
        chunk: u32,
    },
    /// Whether something can be fetched, of judges.
    Judgement {
        /// What.
        about: DataSubject,
        /// Their keys, and what they have said; nobody while they are to be drawn.
        judges: Vec<(AccountId, Option<bool>)>,
    },
}

/// What judges are asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DataSubject {
    /// All outputs of the result with this root.
    Result(BlobHash),
    /// The input with this number.
    Input(u8),
}

/// What a block says about the data of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DataEvent {
    /// A demanded chunk was shown.
    ChunkServed {
        /// Which output.
        output: u8,
        /// Which chunk of it.
        chunk: u32,
        /// Who is paid for it.
        stash: AccountId,
        /// The chunk, checked by the chain.
        bytes: Vec<u8>,
    },
    /// Nobody has shown a demanded chunk in time.
    ChunkWithheld {
        /// Which output.
        output: u8,
        /// Which chunk of it.
        chunk: u32,
    },
    /// Judges have tried whether data can be had.
    InquiryEnded {
        /// What most of them said, if most said the same.
        available: Option<bool>,
    },
    /// A worker has lost its bond, because its result could not be had.
    BondLost {
        /// The worker's key.
        operator: AccountId,
        /// What the requester received, in planck of THETA.
        compensated: ThetaBalance,
        /// What is held until it is burned, in planck of THETA.
        held: ThetaBalance,
    },
}

impl DataQuestion {
    /// Whether `operator` is a judge that has not said yet what it found.
    pub fn awaits(&self, operator: &AccountId) -> bool {
        match &self.asked {
            DataAsked::Judgement { judges, .. } => judges
                .iter()
                .any(|(judge, said)| judge == operator && said.is_none()),
            DataAsked::Chunk { .. } => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use edgeproof_primitives::Tree;
    use edgeproof_proofs::Node;

    /// Two claims of one result and a third of another, of which only the first two have opened their traces.
    fn dispute(next: Move, opened: Vec<Hash>) -> DisputeInfo {
        let claim = |number: u8, root: u8, trace: Option<u8>| ClaimInfo {
            operator: AccountId::from([number; 32]),
            stash: AccountId::from([number; 32]),
            bond: 1,
            seat: number == 1,
            output_root: BlobHash([root; 32]),
            trace_root: trace.map(|root| BlobHash([root; 32])),
        };
        let side = |trace: u8, claimed: u8| SideInfo {
            trace_root: BlobHash([trace; 32]),
            claimed: [claimed; 32],
        };
        DisputeInfo {
            job: 1,
            claims: vec![claim(1, 7, Some(17)), claim(2, 7, Some(17)), claim(3, 8, None)],
            phase: DisputePhase::Playing {
                next,
                deadline: 9,
                sides: vec![side(17, 27), side(18, 28)],
                opened,
            },
        }
    }

    fn awaited(dispute: &DisputeInfo) -> Vec<u8> {
        dispute
            .awaited()
            .iter()
            .map(|claim| claim.operator.0[0])
            .collect()
    }

    fn open_node() -> Move {
        Move::OpenNode {
            tree: Tree::Trace,
            node: Node::root(4096).expect("a blob"),
        }
    }

    #[test]
    fn a_trace_is_owed_by_each_claim_that_has_not_opened_its_own() {
        let dispute = dispute(Move::OpenTraces, Vec::new());
        assert_eq!(awaited(&dispute), [3]);
        assert_eq!(
            dispute.owed_by(&AccountId::from([3; 32])),
            Some(&Move::OpenTraces)
        );
        assert_eq!(dispute.owed_by(&AccountId::from([1; 32])), None);
    }

    #[test]
    fn a_node_is_owed_until_one_of_its_side_has_opened_it() {
        let unopened = dispute(open_node(), Vec::new());
        assert_eq!(awaited(&unopened), [1, 2], "either may");
        let opened = dispute(open_node(), vec![[27; 32]]);
        assert!(awaited(&opened).is_empty());
        let other = dispute(open_node(), vec![[28; 32]]);
        assert_eq!(other.owed_by(&AccountId::from([2; 32])), Some(&open_node()));
    }

    #[test]
    fn what_an_invocation_reads_anybody_may_show() {
        let next = Move::Referee {
            position: 0,
            invocation: 3,
        };
        let mut dispute = dispute(next.clone(), Vec::new());
        dispute.claims[2].trace_root = Some(BlobHash([18; 32]));
        assert_eq!(awaited(&dispute), [1, 2, 3]);
        assert_eq!(dispute.owed_by(&AccountId::from([3; 32])), Some(&next));
        assert_eq!(dispute.owed_by(&AccountId::from([4; 32])), None, "a stranger");
    }

    #[test]
    fn nothing_is_owed_while_no_game_is_played() {
        for phase in [DisputePhase::Waiting, DisputePhase::Decided] {
            let dispute = DisputeInfo {
                phase,
                ..dispute(Move::OpenTraces, Vec::new())
            };
            assert!(awaited(&dispute).is_empty());
            assert_eq!(dispute.owed_by(&AccountId::from([3; 32])), None);
        }
    }

    #[test]
    fn each_claimed_result_is_named_once() {
        let roots = dispute(Move::OpenTraces, Vec::new()).results();
        assert_eq!(roots, [BlobHash([7; 32]), BlobHash([8; 32])]);
    }
}
