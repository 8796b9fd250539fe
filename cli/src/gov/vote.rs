//! `edgeproof gov vote` and `gov unvote`.

use super::{done, no_referendum};
use crate::{
    confirm::confirm,
    context::Context,
    failure::Failure,
    format::{count, exact, parse_theta, theta},
    report::Report,
};
use edgeproof_client::{
    Ballot, Choice, GovernanceRules, Referendum, ReferendumIndex, ReferendumState, View, MAX_CONVICTION,
};
use edgeproof_primitives::ThetaBalance;
use serde_json::json;

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Number of the referendum
    referendum: ReferendumIndex,
    /// What for
    choice: Side,
    /// THETA that votes, bonded or not [default: all of the account]
    #[arg(value_parser = parse_theta)]
    amount: Option<ThetaBalance>,
    /// 0 counts a tenth and locks nothing; 1 to 6 count as often, and lock longer if the vote wins [default: 1]
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=i64::from(MAX_CONVICTION)))]
    conviction: Option<u8>,
    /// Vote without asking
    #[arg(long, short)]
    yes: bool,
}

#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Aye,
    Nay,
    Abstain,
}

impl From<Side> for Choice {
    fn from(side: Side) -> Self {
        match side {
            Side::Aye => Self::Aye,
            Side::Nay => Self::Nay,
            Side::Abstain => Self::Abstain,
        }
    }
}

pub async fn run(args: Args, context: &Context) -> Result<Report, Failure> {
    let signer = context.signer()?;
    let client = context.client().await?;
    let view = client.best().await?;
    let referendum = view.referendum(args.referendum).await?;
    check(referendum.as_ref(), args.referendum)?;
    let owned = owned(&view, &signer.account()).await?;
    let ballot = ballot(&args, owned)?;
    confirm(&told(&args, &ballot, &view.governance_rules().await?), args.yes)?;
    let voted = client.vote(&signer, args.referendum, &ballot).await?;
    let mut report = done(&format!("voted on referendum {}", args.referendum), &voted);
    report.value["referendum"] = json!(args.referendum);
    report.value["amount"] = json!(exact(ballot.amount));
    report.value["conviction"] = json!(ballot.conviction);
    Ok(report)
}

pub async fn take_back(index: ReferendumIndex, context: &Context) -> Result<Report, Failure> {
    let signer = context.signer()?;
    let client = context.client().await?;
    let votes = client.best().await?.votes_of(&signer.account()).await?;
    let vote = votes
        .iter()
        .find(|vote| vote.referendum == index)
        .ok_or_else(|| {
            Failure::new(format!("{} has no vote on referendum {index}", signer.account()))
                .next("see `edgeproof gov status`, or pass the key that voted")
        })?;
    let removed = client.remove_vote(&signer, vote.track, index).await?;
    Ok(done(
        "the vote is taken back; `edgeproof gov collect` unlocks its THETA",
        &removed,
    ))
}

fn check(referendum: Option<&Referendum>, index: ReferendumIndex) -> Result<(), Failure> {
    match referendum.map(|referendum| &referendum.state) {
        Some(ReferendumState::Ongoing(_)) => Ok(()),
        Some(ReferendumState::Ended { outcome, at, .. }) => Err(Failure::new(format!(
            "referendum {index} was {} in block {at}",
            outcome.name()
        ))
        .next("see `edgeproof gov status` for those that can be voted on")),
        None => Err(no_referendum(index)),
    }
}

/// THETA of an account that can vote: free or held, but not what a slash took.
async fn owned(view: &View, account: &edgeproof_client::AccountId) -> Result<ThetaBalance, Failure> {
    let theta = view.balances(account).await?.theta;
    let slashed = view.stake(account).await?.slashed;
    Ok(theta.free.saturating_add(theta.held).saturating_sub(slashed))
}

fn ballot(args: &Args, owned: ThetaBalance) -> Result<Ballot, Failure> {
    if args.choice == Side::Abstain && args.conviction.is_some() {
        return Err(Failure::usage("an abstention has no conviction").next("leave out --conviction"));
    }
    let amount = args.amount.unwrap_or(owned);
    if amount == 0 || amount > owned {
        return Err(Failure::usage(format!(
            "{} cannot vote: the account has {}",
            theta(amount),
            theta(owned)
        ))
        .next("see `edgeproof balance`; free and held THETA votes"));
    }
    let conviction = match args.choice {
        Side::Abstain => 0,
        Side::Aye | Side::Nay => args.conviction.unwrap_or(1),
    };
    Ok(Ballot {
        choice: args.choice.into(),
        amount,
        conviction,
    })
}

/// What a vote costs.
fn told(args: &Args, ballot: &Ballot, rules: &GovernanceRules) -> String {
    let side = match ballot.choice {
        Choice::Aye => "for",
        Choice::Nay => "against",
        Choice::Abstain => "neither for nor against",
    };
    let counted = match (ballot.choice, ballot.conviction) {
        (Choice::Abstain, _) => "counted as support",
        (_, 0) => "counted a tenth",
        (_, 1) => "counted once",
        (_, 2) => "counted twice",
        (_, 3) => "counted three times",
        (_, 4) => "counted four times",
        (_, 5) => "counted five times",
        _ => "counted six times",
    };
    let locked = match rules.locked_for(ballot.conviction) {
        0 => "locked while the vote stands".into(),
        blocks => format!(
            "locked while the vote stands and, if it wins, for {} blocks after the decision",
            count(blocks)
        ),
    };
    format!(
        "{} votes {side} referendum {}, {counted}, {locked}",
        theta(ballot.amount),
        args.referendum
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gov::status::tests::RULES;
    use edgeproof_primitives::UNIT;

    fn args(choice: Side, amount: Option<ThetaBalance>, conviction: Option<u8>) -> Args {
        Args {
            referendum: 3,
            choice,
            amount,
            conviction,
            yes: true,
        }
    }

    #[test]
    fn a_vote_is_told_with_its_weight_and_its_lock() {
        let vote = args(Side::Aye, None, None);
        let ballot = ballot(&vote, 1_500 * UNIT).unwrap();
        assert_eq!(
            told(&vote, &ballot, &RULES),
            "1,500 THETA votes for referendum 3, counted once, locked while the vote stands and, if it wins, for 10 blocks \
             after the decision"
        );
        let light = Ballot {
            conviction: 0,
            ..ballot
        };
        assert!(told(&vote, &light, &RULES).ends_with("counted a tenth, locked while the vote stands"));
    }

    #[test]
    fn an_abstention_is_support_without_a_conviction() {
        let vote = args(Side::Abstain, Some(UNIT), None);
        let abstention = ballot(&vote, UNIT).unwrap();
        assert_eq!((abstention.choice, abstention.conviction), (Choice::Abstain, 0));
        assert!(told(&vote, &abstention, &RULES).contains("counted as support"));
        let refusal = ballot(&args(Side::Abstain, None, Some(1)), UNIT).unwrap_err();
        assert!(refusal.to_string().contains("--conviction"), "{refusal}");
    }

    #[test]
    fn nobody_votes_with_more_than_is_owned_or_with_nothing() {
        for (amount, owned) in [(Some(UNIT + 1), UNIT), (Some(0), UNIT), (None, 0)] {
            let refusal = ballot(&args(Side::Nay, amount, None), owned).unwrap_err();
            assert!(refusal.to_string().contains("edgeproof balance"), "{refusal}");
            assert_eq!(refusal.code(), 2);
        }
    }

    #[test]
    fn what_is_over_is_not_voted_on() {
        let over = Referendum {
            index: 3,
            state: ReferendumState::Ended {
                outcome: edgeproof_client::ReferendumOutcome::Rejected,
                at: 9,
                deposits: Vec::new(),
            },
        };
        let refusal = check(Some(&over), 3).unwrap_err().to_string();
        assert!(refusal.contains("was rejected in block 9"), "{refusal}");
        assert!(check(None, 4)
            .unwrap_err()
            .to_string()
            .contains("no referendum 4"));
    }
}
