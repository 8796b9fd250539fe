//! `edgeproof gov status`.

use super::{describe, no_referendum};
use crate::{
    context::Context,
    failure::Failure,
    format::{count, exact, short, tfuel, theta},
    report::Report,
    table::{facts, table, Align},
};
use edgeproof_client::{
    Bar, CastVote, FallingBar, GovernanceRules, OngoingReferendum, Proposed, Referendum, ReferendumIndex,
    ReferendumState, Track, Treasury, View,
};
use edgeproof_primitives::{BlockNumber, ThetaBalance};
use serde_json::{json, Value};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Number of a referendum [default: list all that are ongoing]
    referendum: Option<ReferendumIndex>,
    /// List those that are over, too
    #[arg(long, conflicts_with = "referendum")]
    all: bool,
}

pub async fn run(args: Args, context: &Context) -> Result<Report, Failure> {
    let view = context.client().await?.best().await?;
    let chain = Chain::read(&view).await?;
    // Without a key nobody's votes are shown.
    let voter = context.account(None).ok();
    let votes = match voter {
        Some(voter) => view.votes_of(&voter).await?,
        None => Vec::new(),
    };
    if let Some(index) = args.referendum {
        let referendum = view.referendum(index).await?;
        let referendum = referendum.ok_or_else(|| no_referendum(index))?;
        let entry = Entry::read(&view, referendum, &votes).await?;
        return Ok(entry.report(&chain));
    }
    let mut entries = Vec::new();
    for referendum in view.referenda().await? {
        if args.all || referendum.is_ongoing() {
            entries.push(Entry::read(&view, referendum, &votes).await?);
        }
    }
    Ok(list(&entries, &chain, &view.treasury().await?))
}

/// What all referenda are measured by.
struct Chain {
    now: BlockNumber,
    issuance: ThetaBalance,
    rules: GovernanceRules,
    bars: Vec<(Track, Option<FallingBar>)>,
}

impl Chain {
    async fn read(view: &View) -> Result<Self, Failure> {
        let mut bars = Vec::new();
        for track in Track::ALL {
            bars.push((track, view.bar(track)?));
        }
        Ok(Self {
            now: view.number(),
            issuance: view.supplies().await?.theta.issuance,
            rules: view.governance_rules().await?,
            bars,
        })
    }

    /// What a referendum needs now: the highest bar until its decision begins.
    fn needed(&self, ongoing: &OngoingReferendum) -> Option<Bar> {
        let bar = self.bars.iter().find(|(track, _)| *track == ongoing.track)?.1?;
        let since = ongoing.deciding_since.unwrap_or(self.now);
        Some(bar.at(self.now.saturating_sub(since), self.rules.decision))
    }

    fn standing(&self, ongoing: &OngoingReferendum) -> [String; 2] {
        describe::standing(
            ongoing.tally.approval(),
            ongoing.tally.support_of(self.issuance),
            self.needed(ongoing),
        )
    }
}

/// A referendum, and what else is said about it.
struct Entry {
    referendum: Referendum,
    /// Nothing when it is over: the chain forgets.
    proposed: Option<Proposed>,
    /// THETA with which the key voted, in planck.
    voted: Option<ThetaBalance>,
}

impl Entry {
    async fn read(view: &View, referendum: Referendum, votes: &[CastVote]) -> Result<Self, Failure> {
        let proposed = match &referendum.state {
            ReferendumState::Ongoing(ongoing) => Some(view.proposed(&ongoing.call).await?),
            ReferendumState::Ended { .. } => None,
        };
        let mine = votes.iter().find(|vote| vote.referendum == referendum.index);
        Ok(Self {
            voted: mine.map(|vote| vote.amount),
            referendum,
            proposed,
        })
    }

    fn row(&self, chain: &Chain) -> Vec<String> {
        let index = self.referendum.index.to_string();
        let told = self.proposed.as_ref().map(describe::line).unwrap_or_default();
        match &self.referendum.state {
            ReferendumState::Ongoing(ongoing) => {
                let [approval, support] = chain.standing(ongoing);
                let ends = ongoing.phase.ends_at().map(|block| ends(block, chain.now));
                vec![
                    index,
                    ongoing.track.name().into(),
                    ongoing.phase.name().into(),
                    ends.unwrap_or_default(),
                    approval,
                    support,
                    told,
                ]
            }
            ReferendumState::Ended { outcome, at, .. } => vec![
                index,
                String::new(),
                outcome.name().into(),
                count(*at),
                String::new(),
                String::new(),
                told,
            ],
        }
    }

    fn report(&self, chain: &Chain) -> Report {
        let index = self.referendum.index;
        let mut shown = vec![("referendum", index.to_string())];
        match &self.referendum.state {
            ReferendumState::Ongoing(ongoing) => {
                let [approval, support] = chain.standing(ongoing);
                let ends = ongoing.phase.ends_at().map(|block| ends(block, chain.now));
                let until = ends
                    .map(|ends| format!(" until block {ends}"))
                    .unwrap_or_default();
                shown.extend([
                    ("track", ongoing.track.name().into()),
                    ("proposer", ongoing.proposer.to_string()),
                    ("phase", format!("{}{until}", ongoing.phase.name())),
                    (
                        "ayes",
                        format!("{}, {approval} needed now", theta(ongoing.tally.ayes)),
                    ),
                    ("nays", theta(ongoing.tally.nays)),
                    (
                        "support",
                        format!("{}, {support} needed now", theta(ongoing.tally.support)),
                    ),
                ]);
            }
            ReferendumState::Ended {
                outcome,
                at,
                deposits,
            } => {
                shown.push(("outcome", format!("{} in block {}", outcome.name(), count(*at))));
                shown.extend(
                    deposits
                        .iter()
                        .map(|deposit| ("deposit", describe::deposit(deposit))),
                );
            }
        }
        let told = self.proposed.iter().flat_map(describe::lines);
        shown.extend(told.map(|line| ("would", line)));
        shown.extend(self.voted.map(|voted| ("voted", theta(voted))));
        Report::new(facts(shown), self.value(chain))
    }

    fn value(&self, chain: &Chain) -> Value {
        let mut value = match &self.referendum.state {
            ReferendumState::Ongoing(ongoing) => {
                let needed = chain.needed(ongoing);
                json!({
                    "track": ongoing.track.name(),
                    "phase": ongoing.phase.name(),
                    "ends_at": ongoing.phase.ends_at(),
                    "proposer": ongoing.proposer.to_string(),
                    "submitted": ongoing.submitted,
                    "tally": describe::tally_value(&ongoing.tally),
                    "approval_parts_per_billion": ongoing.tally.approval(),
                    "approval_needed": needed.map(|bar| bar.approval),
                    "support_parts_per_billion": ongoing.tally.support_of(chain.issuance),
                    "support_needed": needed.map(|bar| bar.support),
                })
            }
            ReferendumState::Ended {
                outcome,
                at,
                deposits,
            } => json!({
                "outcome": outcome.name(),
                "at": at,
                "deposits": deposits.iter().map(describe::deposit_value).collect::<Vec<_>>(),
            }),
        };
        value["referendum"] = json!(self.referendum.index);
        value["proposal"] = self
            .proposed
            .as_ref()
            .map_or(Value::Null, describe::proposed_value);
        value["voted"] = json!(self.voted.map(exact));
        value
    }
}

/// A block, and how far it is.
fn ends(block: BlockNumber, now: BlockNumber) -> String {
    format!("{} (in {})", count(block), count(block.saturating_sub(now)))
}

fn list(entries: &[Entry], chain: &Chain, treasury: &Treasury) -> Report {
    let columns = [
        ("referendum", Align::Right),
        ("track", Align::Left),
        ("phase", Align::Left),
        ("ends at block", Align::Right),
        ("ayes", Align::Right),
        ("support", Align::Right),
        ("would", Align::Left),
    ];
    let rows: Vec<_> = entries.iter().map(|entry| entry.row(chain)).collect();
    let none = "no referendum; `edgeproof gov propose` submits one";
    let owed: Vec<_> = treasury
        .spends
        .iter()
        .map(|spend| {
            format!(
                "it owes {} to {}, who takes it with `edgeproof gov collect` before block {}",
                tfuel(spend.amount),
                spend.beneficiary,
                count(spend.expires_at)
            )
        })
        .collect();
    let mut text = format!(
        "{}\n\nthe treasury {} has {} TFUEL",
        table(&columns, &rows, none),
        treasury.account,
        short(treasury.balance)
    );
    for line in owed {
        text = format!("{text}\n{line}");
    }
    let spends = treasury.spends.iter().map(|spend| {
        json!({
            "spend": spend.index,
            "amount": exact(spend.amount),
            "beneficiary": spend.beneficiary.to_string(),
            "valid_from": spend.valid_from,
            "expires_at": spend.expires_at,
        })
    });
    let value = json!({
        "block": chain.now,
        "referenda": entries.iter().map(|entry| entry.value(chain)).collect::<Vec<_>>(),
        "treasury": {
            "account": treasury.account.to_string(),
            "balance": exact(treasury.balance),
            "spends": spends.collect::<Vec<_>>(),
        },
    });
    Report::new(text, value)
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::gov::describe::tests::changes;
    use edgeproof_client::{AccountId, CallRef, ReferendumOutcome, ReferendumPhase, Spend, Tally};
    use edgeproof_primitives::UNIT;

    pub const RULES: GovernanceRules = GovernanceRules {
        prepare: 2,
        decision: 20,
        confirm: 3,
        enactment: 2,
        undecided: 100,
        vote_lock: 10,
        submission_deposit: 10 * UNIT,
        decision_deposit: 1_000 * UNIT,
        root_deposit: 10_000 * UNIT,
        spend_limit: 1_000_000 * UNIT,
    };

    fn chain() -> Chain {
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
        Chain {
            now: 1_010,
            issuance: 1_000 * UNIT,
            rules: RULES,
            bars: vec![(Track::Parameters, Some(bar))],
        }
    }

    fn ongoing() -> Entry {
        let ongoing = OngoingReferendum {
            track: Track::Parameters,
            proposer: AccountId([1; 32]),
            call: CallRef::Inline(Vec::new()),
            submitted: 990,
            phase: ReferendumPhase::Deciding { ends_at: 1_020 },
            deciding_since: Some(1_000),
            tally: Tally {
                ayes: 90 * UNIT,
                nays: 10 * UNIT,
                support: 90 * UNIT,
            },
        };
        Entry {
            referendum: Referendum {
                index: 4,
                state: ReferendumState::Ongoing(Box::new(ongoing)),
            },
            proposed: Some(changes(&["bond_factor"])),
            voted: Some(5 * UNIT),
        }
    }

    fn treasury(spends: Vec<Spend>) -> Treasury {
        Treasury {
            account: AccountId([9; 32]),
            balance: 7 * UNIT,
            spends,
        }
    }

    #[test]
    fn a_referendum_is_listed_with_what_it_has_and_what_it_needs() {
        let report = list(&[ongoing()], &chain(), &treasury(Vec::new()));
        for part in [
            "90.00 % of 80.00 %",
            "9.00 % of 15.00 %",
            "1,020 (in 10)",
            "worker.bond_factor 20 -> 25",
            "has 7 TFUEL",
        ] {
            assert!(report.text.contains(part), "{part}: {}", report.text);
        }
        let value = &report.value["referenda"][0];
        assert_eq!(value["approval_parts_per_billion"], 900_000_000);
        assert_eq!(value["support_needed"], 150_000_000);
        assert_eq!(value["voted"], "5");
    }

    #[test]
    fn a_referendum_is_shown_with_every_change_and_the_own_vote() {
        let text = ongoing().report(&chain()).text;
        for part in [
            "deciding until block 1,020 (in 10)",
            "voted",
            "5 THETA",
            "90 THETA, 90.00 % of",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }

    #[test]
    fn what_is_over_tells_its_outcome() {
        let over = Entry {
            referendum: Referendum {
                index: 2,
                state: ReferendumState::Ended {
                    outcome: ReferendumOutcome::Rejected,
                    at: 900,
                    deposits: Vec::new(),
                },
            },
            proposed: None,
            voted: None,
        };
        let report = over.report(&chain());
        assert!(report.text.contains("rejected in block 900"), "{}", report.text);
        assert_eq!(report.value["outcome"], "rejected");
        assert_eq!(report.value["proposal"], Value::Null);
    }

    #[test]
    fn without_a_referendum_the_way_to_one_is_told() {
        let spend = Spend {
            index: 0,
            amount: 3 * UNIT,
            beneficiary: AccountId([2; 32]),
            valid_from: 1,
            expires_at: 2_000,
        };
        let report = list(&[], &chain(), &treasury(vec![spend]));
        assert!(report.text.contains("edgeproof gov propose"), "{}", report.text);
        assert!(report.text.contains("it owes 3 TFUEL"), "{}", report.text);
    }

    #[test]
    fn before_the_decision_the_highest_bar_counts() {
        let mut entry = ongoing();
        if let ReferendumState::Ongoing(ongoing) = &mut entry.referendum.state {
            ongoing.deciding_since = None;
            ongoing.phase = ReferendumPhase::Preparing { until: 1_012 };
        }
        assert_eq!(entry.value(&chain())["support_needed"], 250_000_000);
    }
}
