//! `edgeproof gov propose`.

use super::{describe, rules};
use crate::{
    confirm::confirm,
    context::Context,
    failure::{At, Failure},
    format::{exact, parse_tfuel, tfuel, theta},
    report::Report,
};
use edgeproof_client::{
    CallRef, Client, GovernanceRules, Included, Proposal, ReferendumIndex, Rule, Track, View, RULE_GROUPS,
};
use edgeproof_primitives::TfuelBalance;
use serde_json::json;
use std::{path::PathBuf, str::FromStr};

#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Change governed values of one group, on the parameters track; those of `governance` on the root track
    Set {
        /// For instance worker.bond_factor=25; `edgeproof gov rules` lists all
        #[arg(required = true, value_name = "GROUP.NAME=VALUE")]
        changes: Vec<Change>,
        #[command(flatten)]
        consent: Consent,
    },
    /// Replace the runtime, on the root track
    Upgrade {
        /// The new runtime, compressed or not
        #[arg(value_name = "WASM")]
        runtime: PathBuf,
        #[command(flatten)]
        consent: Consent,
    },
    /// Spend TFUEL of the treasury, on the treasury track
    Spend {
        /// How much
        #[arg(value_parser = parse_tfuel)]
        amount: TfuelBalance,
        /// For whom: address, stored key, key file or development key
        beneficiary: String,
        #[command(flatten)]
        consent: Consent,
    },
    /// Any call, on any track
    Call {
        /// SCALE encoding of the call, in hexadecimal digits
        #[arg(value_parser = parse_call)]
        call: Bytes,
        /// On which track
        #[arg(long)]
        track: On,
        #[command(flatten)]
        consent: Consent,
    },
}

#[derive(clap::Args, Debug)]
pub struct Consent {
    /// Propose without asking
    #[arg(long, short)]
    yes: bool,
}

/// Bytes of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bytes(Vec<u8>);

#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    Root,
    Parameters,
    Treasury,
}

impl From<On> for Track {
    fn from(on: On) -> Self {
        match on {
            On::Root => Self::Root,
            On::Parameters => Self::Parameters,
            On::Treasury => Self::Treasury,
        }
    }
}

/// A governed value, and what it shall be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    group: &'static str,
    key: String,
    text: String,
}

impl FromStr for Change {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text
            .split_once('=')
            .and_then(|(name, value)| Some((name.split_once('.')?, value)));
        let ((group, key), value) = parts.ok_or_else(|| {
            format!("`{text}` is no change: write `group.name=value`, as in `worker.bond_factor=25`")
        })?;
        let known = RULE_GROUPS.into_iter().find(|known| *known == group);
        let group = known.ok_or_else(|| {
            format!(
                "`{group}` is no group of governed values: write one of {}",
                RULE_GROUPS.join(", ")
            )
        })?;
        Ok(Self {
            group,
            key: key.into(),
            text: value.into(),
        })
    }
}

fn parse_call(text: &str) -> Result<Bytes, String> {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    hex::decode(digits)
        .map(Bytes)
        .map_err(|_| format!("`{text}` is no call: write its bytes in hexadecimal digits, as in `0x2602..`"))
}

pub async fn run(command: Command, context: &Context) -> Result<Report, Failure> {
    let client = context.client().await?;
    let view = client.best().await?;
    let (proposal, consent) = match command {
        Command::Set { changes, consent } => (set(&view, &changes).await?, consent),
        Command::Upgrade { runtime, consent } => {
            let code = std::fs::read(&runtime).at(runtime.display())?;
            (view.propose_upgrade(code)?, consent)
        }
        Command::Spend {
            amount,
            beneficiary,
            consent,
        } => {
            check_spend(amount, &view.governance_rules().await?)?;
            let beneficiary = context.account(Some(&beneficiary))?;
            (view.propose_spend(amount, beneficiary)?, consent)
        }
        Command::Call { call, track, consent } => (view.propose_call(track.into(), call.0)?, consent),
    };
    submit(&client, &view, &proposal, consent.yes, context).await
}

/// A proposal of `changes`, which must all be of one group.
async fn set(view: &View, changes: &[Change]) -> Result<Proposal, Failure> {
    let group = one_group(changes)?;
    let known = view.governed().await?;
    let values: Result<Vec<_>, _> = changes.iter().map(|change| read(change, &known)).collect();
    Ok(view.change_rules(group, &values?).await?)
}

fn one_group(changes: &[Change]) -> Result<&'static str, Failure> {
    let groups: Vec<_> = changes.iter().map(|change| change.group).collect();
    match groups.as_slice() {
        [group, others @ ..] if others.iter().all(|other| other == group) => Ok(*group),
        _ => Err(Failure::usage("a referendum changes values of one group")
            .next("propose those of each group on their own")),
    }
}

fn read(change: &Change, known: &[Rule]) -> Result<(String, u128), Failure> {
    let name = format!("{}.{}", change.group, change.key);
    let rule = known
        .iter()
        .find(|rule| rule.group == change.group && rule.key == change.key)
        .ok_or_else(|| {
            Failure::usage(format!("`{name}` is no governed value")).next("see `edgeproof gov rules`")
        })?;
    let value = rules::parse(rule.kind, &change.text).map_err(|refusal| {
        Failure::usage(format!("{name}: {refusal}")).next("see `edgeproof gov rules` for the units")
    })?;
    Ok((change.key.clone(), value))
}

fn check_spend(amount: TfuelBalance, rules: &GovernanceRules) -> Result<(), Failure> {
    if amount <= rules.spend_limit {
        return Ok(());
    }
    Err(Failure::usage(format!(
        "{} is more than a referendum on the treasury track may spend: {}",
        tfuel(amount),
        tfuel(rules.spend_limit)
    ))
    .next("propose less, or the same call on the root track"))
}

async fn submit(
    client: &Client,
    view: &View,
    proposal: &Proposal,
    yes: bool,
    context: &Context,
) -> Result<Report, Failure> {
    let rules = view.governance_rules().await?;
    let proposed = view.proposed(&CallRef::Inline(proposal.call.clone())).await?;
    let signer = context.signer()?;
    let what = describe::lines(&proposed).join("\n");
    confirm(&format!("{what}\n{}", price(proposal, &rules)), yes)?;
    let submitted = client.propose(&signer, proposal).await?;
    let index = submitted.value;
    let placed = client.place_decision_deposit(&signer, index).await;
    let placed = placed
        .at(format!(
            "referendum {index} is submitted without its decision deposit"
        ))
        .map_err(|failure| {
            failure.next(format!(
                "run `edgeproof gov deposit {index}` with a key that has the THETA"
            ))
        })?;
    let mut report = report(proposal, &submitted, &placed, &rules);
    report.value["proposal"] = describe::proposed_value(&proposed);
    Ok(report)
}

/// What a proposal costs, in words.
fn price(proposal: &Proposal, rules: &GovernanceRules) -> String {
    let noted = match proposal.is_noted() {
        true => ", and some TFUEL while the call is stored",
        false => "",
    };
    format!(
        "on the {} track; {} are held unless it is approved, {} until it is over{noted}",
        proposal.track.name(),
        theta(rules.submission_deposit),
        theta(rules.deposit_of(proposal.track)),
    )
}

fn report(
    proposal: &Proposal,
    submitted: &Included<ReferendumIndex>,
    placed: &Included<()>,
    rules: &GovernanceRules,
) -> Report {
    let index = submitted.value;
    let fee = submitted.fee.saturating_add(placed.fee);
    let text = format!(
        "referendum {index} submitted in block {}, fee {}\n`edgeproof gov vote {index} aye` votes for it, \
         `edgeproof gov status {index}` shows how it goes on",
        submitted.block,
        tfuel(fee)
    );
    Report::new(
        text,
        json!({
            "referendum": index,
            "track": proposal.track.name(),
            "block": submitted.block,
            "fee": exact(fee),
            "submission_deposit": exact(rules.submission_deposit),
            "decision_deposit": exact(rules.deposit_of(proposal.track)),
        }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gov::status::tests::RULES;
    use edgeproof_client::RuleKind;
    use edgeproof_primitives::UNIT;

    fn change(text: &str) -> Change {
        text.parse().unwrap()
    }

    fn known() -> Vec<Rule> {
        vec![Rule {
            group: "worker",
            key: "rate".into(),
            kind: RuleKind::Rate,
            value: UNIT / 20,
        }]
    }

    #[test]
    fn a_change_names_group_key_and_value() {
        assert_eq!(
            change("worker.rate=0.06"),
            Change {
                group: "worker",
                key: "rate".into(),
                text: "0.06".into()
            }
        );
        for (text, expected) in [
            ("worker.rate", "write `group.name=value`"),
            ("rate=1", "write `group.name=value`"),
            ("fees.rate=1", "one of job, stake"),
        ] {
            let refusal = text.parse::<Change>().unwrap_err();
            assert!(refusal.contains(expected), "{text}: {refusal}");
        }
    }

    #[test]
    fn a_value_is_read_by_its_kind() {
        assert_eq!(
            read(&change("worker.rate=0.06"), &known()).unwrap(),
            ("rate".into(), UNIT / 50 * 3)
        );
        for (text, expected) in [
            ("worker.rate=much", "worker.rate: "),
            ("worker.rates=1", "no governed value"),
            ("job.rate=1", "no governed value"),
        ] {
            let refusal = read(&change(text), &known()).unwrap_err().to_string();
            assert!(refusal.contains(expected), "{text}: {refusal}");
            assert!(refusal.contains("edgeproof gov rules"), "{refusal}");
        }
    }

    #[test]
    fn a_referendum_changes_one_group() {
        let changes = [change("worker.rate=1"), change("worker.bond_factor=2")];
        assert_eq!(one_group(&changes).unwrap(), "worker");
        let mixed = [change("worker.rate=1"), change("job.reveal=2")];
        assert!(one_group(&mixed).unwrap_err().to_string().contains("each group"));
    }

    #[test]
    fn the_deposits_are_told_before_they_are_paid() {
        let proposal = |track| Proposal {
            track,
            call: vec![0; 4],
        };
        let told = price(&proposal(Track::Root), &RULES);
        assert_eq!(
            told,
            "on the root track; 10 THETA are held unless it is approved, 10,000 THETA until it is over"
        );
        assert!(price(&proposal(Track::Treasury), &RULES).contains("1,000 THETA until"));
        let long = Proposal {
            track: Track::Root,
            call: vec![0; 1_000],
        };
        assert!(price(&long, &RULES).contains("TFUEL while the call is stored"));
    }

    #[test]
    fn a_spend_above_the_limit_is_refused_before_anything_is_paid() {
        assert!(check_spend(RULES.spend_limit, &RULES).is_ok());
        let refusal = check_spend(RULES.spend_limit + 1, &RULES).unwrap_err();
        assert!(refusal.to_string().contains("root track"), "{refusal}");
    }

    #[test]
    fn a_call_is_given_in_hexadecimal_digits() {
        assert_eq!(parse_call("0x2602"), Ok(Bytes(vec![0x26, 2])));
        assert_eq!(parse_call("2602"), Ok(Bytes(vec![0x26, 2])));
        assert!(parse_call("0x260").is_err());
    }
}
