use super::{
    CallRef, CastVote, Deposit, DepositKind, Referendum, ReferendumIndex, ReferendumState, Spend, Track,
    VoteLock,
};
use crate::{
    chain::{ClientError, View},
    AccountId,
};
use edgeproof_primitives::{BlockNumber, Hash};

/// What an account can take back now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// Deposits of referenda that are over.
    pub deposits: Vec<(ReferendumIndex, Deposit)>,
    /// Votes on referenda that are over.
    pub votes: Vec<(Track, ReferendumIndex)>,
    /// Tracks on which more is locked than votes need.
    pub locks: Vec<Track>,
    /// Spends of the treasury for the account.
    pub spends: Vec<Spend>,
    /// Calls that the account noted and that no referendum needs any more.
    pub notes: Vec<Hash>,
}

impl Due {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl View {
    /// What `account` can take back now.
    pub async fn due(&self, account: &AccountId) -> Result<Due, ClientError> {
        let (now, referenda) = (self.number(), self.referenda().await?);
        let ongoing = |index: ReferendumIndex| {
            let mut referenda = referenda.iter();
            referenda.any(|referendum| referendum.index == index && referendum.is_ongoing())
        };
        let (open, over): (Vec<_>, Vec<_>) = self
            .votes_of(account)
            .await?
            .into_iter()
            .partition(|vote| ongoing(vote.referendum));
        let locks = self.locks_of(account).await?.into_iter();
        let spends = self.treasury().await?.spends.into_iter();
        let payable = |spend: &Spend| {
            spend.beneficiary == *account && (spend.valid_from..spend.expires_at).contains(&now)
        };
        Ok(Due {
            deposits: referenda
                .iter()
                .flat_map(|referendum| referendum.deposits_of(account))
                .collect(),
            votes: over.iter().map(|vote| (vote.track, vote.referendum)).collect(),
            locks: locks
                .filter(|lock| lock.is_over(now, &open))
                .map(|lock| lock.track)
                .collect(),
            spends: spends.filter(payable).collect(),
            notes: unneeded(self.notes_of(account).await?, &referenda),
        })
    }
}

/// The noted calls that no ongoing referendum is about.
fn unneeded(mut notes: Vec<Hash>, referenda: &[Referendum]) -> Vec<Hash> {
    for referendum in referenda {
        if let ReferendumState::Ongoing(ongoing) = &referendum.state {
            notes.retain(|note| !matches!(ongoing.call, CallRef::Noted(hash, _) if hash == *note));
        }
    }
    notes
}

impl VoteLock {
    /// Whether less must be locked at block `now`, when no votes but the `open` ones are left.
    fn is_over(&self, now: BlockNumber, open: &[CastVote]) -> bool {
        let open = open.iter().filter(|vote| vote.track == self.track);
        let kept = (self.kept_until > now).then_some(self.kept);
        let needed = open.map(|vote| vote.amount).chain(kept).max();
        self.amount > needed.unwrap_or(0)
    }
}

impl Referendum {
    /// Whether it can be voted on.
    pub fn is_ongoing(&self) -> bool {
        matches!(self.state, ReferendumState::Ongoing(_))
    }

    /// The deposits that `account` can take back.
    fn deposits_of(&self, account: &AccountId) -> Vec<(ReferendumIndex, Deposit)> {
        let ReferendumState::Ended {
            outcome, deposits, ..
        } = &self.state
        else {
            return Vec::new();
        };
        let refunded = |deposit: &&Deposit| {
            deposit.who == *account && (deposit.kind == DepositKind::Decision || outcome.returns_submission())
        };
        let refunded = deposits.iter().filter(refunded);
        refunded.map(|deposit| (self.index, deposit.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::{OngoingReferendum, ReferendumOutcome, ReferendumPhase, Tally};

    fn ended(outcome: ReferendumOutcome) -> Referendum {
        let deposit = |kind, who| Deposit {
            kind,
            who: AccountId([who; 32]),
            amount: 5,
        };
        Referendum {
            index: 7,
            state: ReferendumState::Ended {
                outcome,
                at: 9,
                deposits: vec![
                    deposit(DepositKind::Submission, 1),
                    deposit(DepositKind::Decision, 2),
                ],
            },
        }
    }

    #[test]
    fn a_lock_is_over_when_neither_a_vote_nor_a_conviction_needs_it() {
        let lock = |kept, kept_until| VoteLock {
            track: Track::Root,
            amount: 10,
            kept,
            kept_until,
        };
        let vote = |track, amount| CastVote {
            track,
            referendum: 0,
            amount,
        };
        assert!(lock(0, 0).is_over(5, &[]));
        assert!(lock(10, 5).is_over(5, &[]));
        assert!(!lock(10, 6).is_over(5, &[]));
        assert!(!lock(0, 0).is_over(5, &[vote(Track::Root, 10)]));
        assert!(lock(0, 0).is_over(5, &[vote(Track::Treasury, 10)]));
        assert!(lock(3, 6).is_over(5, &[vote(Track::Root, 4)]), "in part");
    }

    #[test]
    fn a_deposit_comes_back_to_who_paid_it() {
        let approved = ended(ReferendumOutcome::Approved);
        let of = |who: u8| approved.deposits_of(&AccountId([who; 32]));
        assert_eq!(of(1)[0].1.kind, DepositKind::Submission);
        assert_eq!(of(2)[0].1.kind, DepositKind::Decision);
        assert!(of(3).is_empty());
    }

    #[test]
    fn a_call_that_is_voted_on_stays_noted() {
        let ongoing = Referendum {
            index: 0,
            state: ReferendumState::Ongoing(Box::new(OngoingReferendum {
                track: Track::Root,
                proposer: AccountId([1; 32]),
                call: CallRef::Noted([7; 32], 200),
                submitted: 1,
                phase: ReferendumPhase::Queued,
                deciding_since: None,
                tally: Tally::default(),
            })),
        };
        assert_eq!(unneeded(vec![[7; 32], [8; 32]], &[ongoing]), [[8; 32]]);
    }

    #[test]
    fn the_deposit_of_a_rejected_submission_does_not_come_back() {
        let rejected = ended(ReferendumOutcome::Rejected);
        assert!(rejected.deposits_of(&AccountId([1; 32])).is_empty());
        assert_eq!(rejected.deposits_of(&AccountId([2; 32])).len(), 1);
    }
}
