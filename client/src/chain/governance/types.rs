use super::Rule;
use crate::AccountId;
use edgeproof_primitives::{BlockNumber, Hash, TfuelBalance, ThetaBalance};

/// Number of a referendum.
pub type ReferendumIndex = u32;

/// Longest conviction: the vote counts six times and stays locked for 32 lock periods.
pub const MAX_CONVICTION: u8 = 6;

/// What an approved referendum may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Track {
    /// Everything.
    Root,
    /// Set the governed values.
    Parameters,
    /// Spend TFUEL of the treasury.
    Treasury,
}

impl Track {
    /// All tracks, in the order of their numbers.
    pub const ALL: [Self; 3] = [Self::Root, Self::Parameters, Self::Treasury];

    /// Its name on chain.
    pub fn name(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Parameters => "parameters",
            Self::Treasury => "treasury",
        }
    }

    pub(super) fn id(self) -> u16 {
        match self {
            Self::Root => 0,
            Self::Parameters => 1,
            Self::Treasury => 2,
        }
    }

    pub(super) fn from_id(id: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|track| track.id() == id)
    }
}

/// What a track asks for: part of the votes that must be aye, and part of all THETA that must have voted aye or abstained,
/// in parts per billion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Ayes among the votes, weighed by conviction.
    pub approval: u32,
    /// THETA that voted aye or abstained, of all there is.
    pub support: u32,
}

/// How the bar of a track falls while a referendum is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FallingBar {
    /// At the beginning of the decision.
    pub from: Bar,
    /// At its end.
    pub to: Bar,
}

impl FallingBar {
    /// The bar after `elapsed` of the `decision` blocks.
    pub fn at(&self, elapsed: BlockNumber, decision: BlockNumber) -> Bar {
        let fall = |from: u32, to: u32| {
            let way = u64::from(from.saturating_sub(to));
            let fallen = way * u64::from(elapsed.min(decision)) / u64::from(decision.max(1));
            from - fallen as u32
        };
        Bar {
            approval: fall(self.from.approval, self.to.approval),
            support: fall(self.from.support, self.to.support),
        }
    }
}

/// The periods and deposits of referenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GovernanceRules {
    /// Blocks from the submission to the decision.
    pub prepare: BlockNumber,
    /// Blocks in which a referendum must be approved.
    pub decision: BlockNumber,
    /// Blocks for which the approval must last.
    pub confirm: BlockNumber,
    /// Least blocks from the approval to the enactment.
    pub enactment: BlockNumber,
    /// Blocks after which a referendum without a decision deposit ends.
    pub undecided: BlockNumber,
    /// Blocks for which a vote with a conviction of one stays locked when its side has won.
    pub vote_lock: BlockNumber,
    /// Deposit of a referendum, in planck of THETA.
    pub submission_deposit: ThetaBalance,
    /// Deposit of a decision, in planck of THETA.
    pub decision_deposit: ThetaBalance,
    /// Deposit of a decision on the root track, in planck of THETA.
    pub root_deposit: ThetaBalance,
    /// Most that a referendum on the treasury track may spend, in planck of TFUEL.
    pub spend_limit: TfuelBalance,
}

impl GovernanceRules {
    /// Deposit of a decision on `track`, in planck of THETA.
    pub fn deposit_of(&self, track: Track) -> ThetaBalance {
        match track {
            Track::Root => self.root_deposit,
            Track::Parameters | Track::Treasury => self.decision_deposit,
        }
    }

    /// Blocks for which a vote of the winning side stays locked after the decision.
    pub fn locked_for(&self, conviction: u8) -> BlockNumber {
        match conviction.min(MAX_CONVICTION) {
            0 => 0,
            conviction => self.vote_lock.saturating_mul(1 << (conviction - 1)),
        }
    }
}

/// What somebody votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// For the proposal.
    Aye,
    /// Against it.
    Nay,
    /// Neither, but the THETA counts as support.
    Abstain,
}

/// A vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// What for.
    pub choice: Choice,
    /// How much THETA votes, bonded or not, in planck.
    pub amount: ThetaBalance,
    /// 0 to [`MAX_CONVICTION`]; 0 counts a tenth and locks nothing. Nothing else for an abstention.
    pub conviction: u8,
}

/// The votes so far, in planck of THETA.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// For the proposal, weighed by conviction.
    pub ayes: ThetaBalance,
    /// Against it, weighed by conviction.
    pub nays: ThetaBalance,
    /// THETA that voted aye or abstained, not weighed.
    pub support: ThetaBalance,
}

impl Tally {
    /// Ayes among the votes, in parts per billion.
    pub fn approval(&self) -> u32 {
        parts(self.ayes, self.ayes.saturating_add(self.nays))
    }

    /// THETA that voted aye or abstained, of `issuance` (planck), in parts per billion.
    pub fn support_of(&self, issuance: ThetaBalance) -> u32 {
        parts(self.support, issuance)
    }
}

/// `part / whole` in parts per billion, rounded down.
fn parts(part: u128, whole: u128) -> u32 {
    const BILLION: u128 = 1_000_000_000;
    // Both shrink alike where the product would not fit.
    let shift = 128u32.saturating_sub(part.leading_zeros()).saturating_sub(97);
    let (part, whole) = (part >> shift, whole >> shift);
    let parts = (part * BILLION).checked_div(whole).unwrap_or(0);
    parts.min(BILLION) as u32
}

/// A referendum, ongoing or ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referendum {
    /// Its number.
    pub index: ReferendumIndex,
    /// How far it is.
    pub state: ReferendumState,
}

/// How far a referendum is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReferendumState {
    /// It can be voted on.
    Ongoing(Box<OngoingReferendum>),
    /// It is over.
    Ended {
        /// How it ended.
        outcome: ReferendumOutcome,
        /// In which block.
        at: BlockNumber,
        /// What still can be taken back.
        deposits: Vec<Deposit>,
    },
}

/// A referendum that can be voted on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OngoingReferendum {
    /// What it may do.
    pub track: Track,
    /// Who asked.
    pub proposer: AccountId,
    /// What it would call.
    pub call: CallRef,
    /// Block of the submission.
    pub submitted: BlockNumber,
    /// How far it is.
    pub phase: ReferendumPhase,
    /// Block in which its decision began.
    pub deciding_since: Option<BlockNumber>,
    /// The votes so far.
    pub tally: Tally,
}

/// A call by its bytes, or by their hash when somebody has noted them apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallRef {
    /// The SCALE encoding.
    Inline(Vec<u8>),
    /// BLAKE2b-256 of the SCALE encoding, and its length.
    Noted(Hash, u32),
}

/// How far an ongoing referendum is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferendumPhase {
    /// Nobody has placed the decision deposit yet.
    NoDeposit {
        /// It ends in this block when nobody does.
        ends_at: BlockNumber,
    },
    /// Its decision begins soon.
    Preparing {
        /// In this block.
        until: BlockNumber,
    },
    /// It waits for other referenda of its track.
    Queued,
    /// It must be approved.
    Deciding {
        /// By this block.
        ends_at: BlockNumber,
    },
    /// It is approved, and must stay so.
    Confirming {
        /// Until this block.
        ends_at: BlockNumber,
    },
}

impl ReferendumPhase {
    /// The phase in a word or two.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NoDeposit { .. } => "no deposit",
            Self::Preparing { .. } => "preparing",
            Self::Queued => "queued",
            Self::Deciding { .. } => "deciding",
            Self::Confirming { .. } => "confirming",
        }
    }

    /// Block in which the phase ends, if nobody votes.
    pub fn ends_at(&self) -> Option<BlockNumber> {
        match *self {
            Self::Queued => None,
            Self::NoDeposit { ends_at } | Self::Deciding { ends_at } | Self::Confirming { ends_at } => {
                Some(ends_at)
            }
            Self::Preparing { until } => Some(until),
        }
    }
}

/// How a referendum ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferendumOutcome {
    /// It was or will be enacted.
    Approved,
    /// It was not approved in time.
    Rejected,
    /// It was called off.
    Cancelled,
    /// Nobody placed the decision deposit in time.
    TimedOut,
    /// It was called off, and its deposits were burned.
    Killed,
}

impl ReferendumOutcome {
    /// The outcome in a word or two.
    pub fn name(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Cancelled => "cancelled",
            Self::TimedOut => "timed out",
            Self::Killed => "killed",
        }
    }

    /// Whether the deposit of the submission comes back.
    pub fn returns_submission(self) -> bool {
        matches!(self, Self::Approved | Self::Cancelled)
    }
}

/// A deposit that can be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deposit {
    /// What it was paid for.
    pub kind: DepositKind,
    /// Who paid it.
    pub who: AccountId,
    /// How much, in planck of THETA.
    pub amount: ThetaBalance,
}

/// What a deposit was paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DepositKind {
    /// The submission. It comes back unless the referendum was rejected, killed or timed out.
    Submission,
    /// The decision. It comes back unless the referendum was killed.
    Decision,
}

/// What a referendum would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proposed {
    /// Change governed values: what is in force, and what would be.
    Rules(Vec<(Rule, u128)>),
    /// Spend from the treasury.
    Spend {
        /// How much, in planck of TFUEL.
        amount: TfuelBalance,
        /// To whom.
        beneficiary: AccountId,
    },
    /// Replace the runtime.
    Upgrade {
        /// Bytes of the new one.
        bytes: usize,
    },
    /// Any other call.
    Call {
        /// Its pallet.
        pallet: String,
        /// Its name.
        name: String,
    },
    /// Nobody has noted its bytes, or they are no call: then nothing would happen.
    Unknown,
}

/// A vote that an account has cast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CastVote {
    /// The track of the referendum.
    pub track: Track,
    /// The referendum.
    pub referendum: ReferendumIndex,
    /// How much THETA votes, in planck.
    pub amount: ThetaBalance,
}

/// THETA of an account that votes have locked on one track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VoteLock {
    /// The track.
    pub track: Track,
    /// How much is locked, in planck.
    pub amount: ThetaBalance,
    /// The part that stays locked until [`Self::kept_until`] whatever vote is taken back, in planck.
    pub kept: ThetaBalance,
    /// First block in which that part can be unlocked.
    pub kept_until: BlockNumber,
}

/// The treasury: what it has, and what it owes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Treasury {
    /// Its account: whoever sends TFUEL to it gives it to the treasury.
    pub account: AccountId,
    /// What it has, in planck of TFUEL.
    pub balance: TfuelBalance,
    /// Approved spends that were not paid yet.
    pub spends: Vec<Spend>,
}

/// An approved spend that was not paid yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spend {
    /// Its number.
    pub index: u32,
    /// How much, in planck of TFUEL.
    pub amount: TfuelBalance,
    /// To whom.
    pub beneficiary: AccountId,
    /// First block in which it can be paid.
    pub valid_from: BlockNumber,
    /// First block in which it no longer can.
    pub expires_at: BlockNumber,
}

#[cfg(test)]
mod tests {
    use super::*;
    use edgeproof_primitives::UNIT;

    #[test]
    fn the_bar_falls_in_a_straight_line() {
        let bar = FallingBar {
            from: Bar {
                approval: 1_000_000_000,
                support: 250_000_000,
            },
            to: Bar {
                approval: 600_000_000,
                support: 50_000_000,
            },
        };
        assert_eq!(bar.at(0, 20), bar.from);
        assert_eq!(bar.at(20, 20), bar.to);
        assert_eq!(bar.at(u32::MAX, 20), bar.to);
        assert_eq!(bar.at(10, 20).approval, 800_000_000);
        assert_eq!(bar.at(10, 20).support, 150_000_000);
        assert_eq!(bar.at(5, 0), bar.from, "a decision without time decides at once");
    }

    #[test]
    fn approval_and_support_are_shares() {
        let tally = Tally {
            ayes: 3 * UNIT,
            nays: UNIT,
            support: 3 * UNIT,
        };
        assert_eq!(tally.approval(), 750_000_000);
        assert_eq!(tally.support_of(1_000_000_000 * UNIT), 3);
        assert_eq!(Tally::default().approval(), 0);
        assert_eq!(Tally::default().support_of(0), 0);
        let huge = Tally {
            ayes: u128::MAX,
            nays: 0,
            support: u128::MAX,
        };
        assert_eq!(huge.approval(), 1_000_000_000);
    }

    #[test]
    fn each_step_of_conviction_doubles_the_lock() {
        let rules = GovernanceRules {
            prepare: 1,
            decision: 1,
            confirm: 1,
            enactment: 1,
            undecided: 2,
            vote_lock: 10,
            submission_deposit: 1,
            decision_deposit: 2,
            root_deposit: 3,
            spend_limit: 4,
        };
        let locks: Vec<_> = (0..=7).map(|conviction| rules.locked_for(conviction)).collect();
        assert_eq!(locks, [0, 10, 20, 40, 80, 160, 320, 320]);
        assert_eq!(rules.deposit_of(Track::Root), 3);
        assert_eq!(rules.deposit_of(Track::Treasury), 2);
    }

    #[test]
    fn a_track_is_known_by_its_number() {
        for track in Track::ALL {
            assert_eq!(Track::from_id(track.id()), Some(track));
        }
        assert_eq!(Track::from_id(3), None);
    }
}
