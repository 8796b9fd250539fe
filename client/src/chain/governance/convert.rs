//! From generated types to ours, and back.

use super::{
    Ballot, Bar, CallRef, CastVote, Choice, Deposit, DepositKind, Due, FallingBar, GovernanceRules,
    OngoingReferendum, Referendum, ReferendumIndex, ReferendumOutcome, ReferendumPhase, ReferendumState,
    Spend, Tally, Track, VoteLock,
};
use crate::{chain::runtime::runtime_types as chain, AccountId};
use chain::{
    bounded_collections::bounded_vec::BoundedVec,
    edgeproof_runtime::{configs::governance::origins::pallet_origins::Origin, OriginCaller, RuntimeCall},
    frame_support::{dispatch::RawOrigin, traits::preimages::Bounded},
    pallet_conviction_voting::{
        pallet::Call as VotingCall,
        types::Tally as ChainTally,
        vote::{AccountVote, Vote, Voting},
    },
    pallet_preimage::pallet::Call as PreimageCall,
    pallet_referenda::{
        pallet::Call as ReferendaCall,
        types::{Curve, Deposit as ChainDeposit, ReferendumInfo, ReferendumStatus, TrackDetails},
    },
    pallet_support::rules,
    pallet_treasury::{pallet::Call as TreasuryCall, PaymentState, SpendStatus},
    sp_runtime::traits::BlakeTwo256,
};
use edgeproof_primitives::BlockNumber;
use subxt::utils::{MultiAddress, H256};

type Info = ReferendumInfo<
    u16,
    OriginCaller,
    BlockNumber,
    Bounded<RuntimeCall, BlakeTwo256>,
    u128,
    ChainTally<u128>,
    AccountId,
    (BlockNumber, u32),
>;
type Status = ReferendumStatus<
    u16,
    OriginCaller,
    BlockNumber,
    Bounded<RuntimeCall, BlakeTwo256>,
    u128,
    ChainTally<u128>,
    AccountId,
    (BlockNumber, u32),
>;
type ChainVoting = Voting<u128, AccountId, BlockNumber, u32>;
type Paid = Option<ChainDeposit<AccountId, u128>>;

pub(super) fn origin(track: Track) -> OriginCaller {
    match track {
        Track::Root => OriginCaller::system(RawOrigin::Root),
        Track::Parameters => OriginCaller::Origins(Origin::Parameters),
        Track::Treasury => OriginCaller::Origins(Origin::Treasurer),
    }
}

pub(super) fn bounded<Call, Hasher>(call: CallRef) -> Bounded<Call, Hasher> {
    match call {
        CallRef::Inline(bytes) => Bounded::Inline(BoundedVec(bytes)),
        CallRef::Noted(hash, len) => Bounded::Lookup {
            hash: H256(hash),
            len,
        },
    }
}

fn call_ref<Call, Hasher>(call: Bounded<Call, Hasher>) -> CallRef {
    match call {
        Bounded::Inline(bytes) => CallRef::Inline(bytes.0),
        Bounded::Lookup { hash, len } => CallRef::Noted(hash.0, len),
        // Without a length: the chain has not made such for long.
        Bounded::Legacy { hash, .. } => CallRef::Noted(hash.0, 0),
        // Generated for the sake of type parameters; nothing decodes to it.
        Bounded::__Ignore(_) => CallRef::Inline(Vec::new()),
    }
}

pub(super) fn vote(ballot: &Ballot) -> AccountVote<u128> {
    const AYE: u8 = 0b1000_0000;
    let standard = |side: u8| AccountVote::Standard {
        vote: Vote(side | ballot.conviction),
        balance: ballot.amount,
    };
    match ballot.choice {
        Choice::Aye => standard(AYE),
        Choice::Nay => standard(0),
        Choice::Abstain => AccountVote::SplitAbstain {
            aye: 0,
            nay: 0,
            abstain: ballot.amount,
        },
    }
}

/// The votes of one account on one track.
pub(super) fn votes(track: Track, voting: ChainVoting) -> Vec<CastVote> {
    let Voting::Casting(casting) = voting else {
        return Vec::new();
    };
    let votes = casting.votes.0.into_iter();
    votes
        .map(|(referendum, vote)| CastVote {
            track,
            referendum,
            amount: match vote {
                AccountVote::Standard { balance, .. } => balance,
                AccountVote::Split { aye, nay } => aye.saturating_add(nay),
                AccountVote::SplitAbstain { aye, nay, abstain } => {
                    aye.saturating_add(nay).saturating_add(abstain)
                }
            },
        })
        .collect()
}

/// A lock of `amount` that the votes of an account on one track have made.
pub(super) fn lock(track: Track, amount: u128, voting: &ChainVoting) -> VoteLock {
    let (kept, kept_until) = match voting {
        Voting::Casting(casting) => (casting.prior.1, casting.prior.0),
        Voting::Delegating(delegating) => (delegating.balance, BlockNumber::MAX),
        // Generated for the sake of type parameters; nothing decodes to it.
        Voting::__Ignore(_) => (0, 0),
    };
    VoteLock {
        track,
        amount,
        kept,
        kept_until,
    }
}

/// A referendum. `None` when it is on a track that this program does not know.
pub(super) fn referendum(index: ReferendumIndex, info: Info, rules: &GovernanceRules) -> Option<Referendum> {
    use ReferendumOutcome as Outcome;
    let state = match info {
        ReferendumInfo::Ongoing(status) => ReferendumState::Ongoing(Box::new(ongoing(status, rules)?)),
        ReferendumInfo::Approved(at, submission, decision) => {
            ended(Outcome::Approved, at, submission, decision)
        }
        ReferendumInfo::Rejected(at, submission, decision) => {
            ended(Outcome::Rejected, at, submission, decision)
        }
        ReferendumInfo::Cancelled(at, submission, decision) => {
            ended(Outcome::Cancelled, at, submission, decision)
        }
        ReferendumInfo::TimedOut(at, submission, decision) => {
            ended(Outcome::TimedOut, at, submission, decision)
        }
        ReferendumInfo::Killed(at) => ended(Outcome::Killed, at, None, None),
    };
    Some(Referendum { index, state })
}

fn ended(outcome: ReferendumOutcome, at: BlockNumber, submission: Paid, decision: Paid) -> ReferendumState {
    let deposit = |kind, paid: Paid| {
        paid.map(|paid| Deposit {
            kind,
            who: paid.who,
            amount: paid.amount,
        })
    };
    ReferendumState::Ended {
        outcome,
        at,
        deposits: deposit(DepositKind::Submission, submission)
            .into_iter()
            .chain(deposit(DepositKind::Decision, decision))
            .collect(),
    }
}

fn ongoing(status: Status, rules: &GovernanceRules) -> Option<OngoingReferendum> {
    let submitted = status.submitted;
    let phase = match (&status.deciding, &status.decision_deposit) {
        (Some(deciding), _) => match deciding.confirming {
            Some(ends_at) => ReferendumPhase::Confirming { ends_at },
            None => ReferendumPhase::Deciding {
                ends_at: deciding.since.saturating_add(rules.decision),
            },
        },
        (None, Some(_)) if status.in_queue => ReferendumPhase::Queued,
        (None, Some(_)) => ReferendumPhase::Preparing {
            until: submitted.saturating_add(rules.prepare),
        },
        (None, None) => ReferendumPhase::NoDeposit {
            ends_at: submitted.saturating_add(rules.undecided),
        },
    };
    Some(OngoingReferendum {
        track: Track::from_id(status.track)?,
        proposer: status.submission_deposit.who,
        call: call_ref(status.proposal),
        submitted,
        phase,
        deciding_since: status.deciding.map(|deciding| deciding.since),
        tally: Tally {
            ayes: status.tally.ayes,
            nays: status.tally.nays,
            support: status.tally.support,
        },
    })
}

pub(super) fn governance_rules(rules: &rules::GovernanceRules) -> GovernanceRules {
    GovernanceRules {
        prepare: rules.prepare,
        decision: rules.decision,
        confirm: rules.confirm,
        enactment: rules.enactment,
        undecided: rules.undecided,
        vote_lock: rules.vote_lock,
        submission_deposit: rules.submission_deposit,
        decision_deposit: rules.decision_deposit,
        root_deposit: rules.root_deposit,
        spend_limit: rules.spend_limit,
    }
}

/// The bar of a track. `None` when it does not fall in a straight line.
pub(super) fn falling_bar(track: &TrackDetails<u128, BlockNumber, String>) -> Option<FallingBar> {
    let (approval, support) = (line(&track.min_approval)?, line(&track.min_support)?);
    Some(FallingBar {
        from: Bar {
            approval: approval.0,
            support: support.0,
        },
        to: Bar {
            approval: approval.1,
            support: support.1,
        },
    })
}

/// Beginning and end of a curve over the whole decision.
fn line(curve: &Curve) -> Option<(u32, u32)> {
    const WHOLE: u32 = 1_000_000_000;
    match curve {
        Curve::LinearDecreasing { length, floor, ceil } if length.0 == WHOLE => Some((ceil.0, floor.0)),
        _ => None,
    }
}

/// A spend that was not paid yet.
pub(super) fn spend(index: u32, spend: SpendStatus<(), u128, AccountId, BlockNumber, ()>) -> Option<Spend> {
    match spend.status {
        PaymentState::Attempted { .. } => None,
        PaymentState::Pending | PaymentState::Failed => Some(Spend {
            index,
            amount: spend.amount,
            beneficiary: spend.beneficiary,
            valid_from: spend.valid_from,
            expires_at: spend.expire_at,
        }),
    }
}

/// The calls that take back what is due to `account`.
pub(super) fn collecting(account: &AccountId, due: &Due) -> Vec<RuntimeCall> {
    let deposits = due.deposits.iter().map(|(index, deposit)| {
        let index = *index;
        RuntimeCall::Referenda(match deposit.kind {
            DepositKind::Submission => ReferendaCall::refund_submission_deposit { index },
            DepositKind::Decision => ReferendaCall::refund_decision_deposit { index },
        })
    });
    let votes = due.votes.iter().map(|(track, index)| {
        RuntimeCall::ConvictionVoting(VotingCall::remove_vote {
            class: Some(track.id()),
            index: *index,
        })
    });
    let locks = due.locks.iter().map(|track| {
        RuntimeCall::ConvictionVoting(VotingCall::unlock {
            class: track.id(),
            target: MultiAddress::Id(*account),
        })
    });
    let spends = due
        .spends
        .iter()
        .map(|spend| RuntimeCall::Treasury(TreasuryCall::payout { index: spend.index }));
    let notes = due
        .notes
        .iter()
        .map(|hash| RuntimeCall::Preimage(PreimageCall::unnote_preimage { hash: H256(*hash) }));
    deposits
        .chain(votes)
        .chain(locks)
        .chain(spends)
        .chain(notes)
        .collect()
}
