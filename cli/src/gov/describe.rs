//! Referenda in words.

use super::rules::{name, shown, value};
use crate::format::{bytes, exact, short, tfuel};
use edgeproof_client::{Bar, Deposit, DepositKind, Proposed, Rule, Tally};
use serde_json::{json, Value};

/// Changes that are named in one line; the rest is counted.
const NAMED: usize = 2;

/// A share in parts per billion: `8.33 %`, never rounded up.
pub fn share(parts: u32) -> String {
    format!("{}.{:02} %", parts / 10_000_000, parts / 100_000 % 100)
}

/// What a referendum would do, in a line.
pub fn line(proposed: &Proposed) -> String {
    match proposed {
        Proposed::Rules(changes) if changes.is_empty() => "set rules as they are".into(),
        Proposed::Rules(changes) => {
            let mut named: Vec<_> = changes.iter().take(NAMED).map(change).collect();
            if let Some(more) = changes.len().checked_sub(NAMED).filter(|more| *more > 0) {
                named.push(format!("and {more} more"));
            }
            named.join(", ")
        }
        Proposed::Spend { amount, beneficiary } => format!("spend {} for {beneficiary}", tfuel(*amount)),
        Proposed::Upgrade { bytes: size } => format!("upgrade the runtime, {}", bytes(*size as u64)),
        Proposed::Call { pallet, name } => format!("call {pallet}.{name}"),
        Proposed::Unknown => "nothing: nobody has noted the call".into(),
    }
}

/// What a referendum would do, a line for each thing.
pub fn lines(proposed: &Proposed) -> Vec<String> {
    match proposed {
        Proposed::Rules(changes) if !changes.is_empty() => changes.iter().map(change).collect(),
        other => vec![line(other)],
    }
}

fn change((rule, wanted): &(Rule, u128)) -> String {
    let (now, then) = (shown(rule.kind, rule.value), shown(rule.kind, *wanted));
    format!("{} {now} -> {then}", name(rule))
}

pub fn proposed_value(proposed: &Proposed) -> Value {
    match proposed {
        Proposed::Rules(changes) => {
            let changes = changes.iter().map(|(rule, wanted)| {
                let change =
                    json!({ "now": value(rule.kind, rule.value), "then": value(rule.kind, *wanted) });
                (name(rule), change)
            });
            json!({ "set": Value::Object(changes.collect()) })
        }
        Proposed::Spend { amount, beneficiary } => {
            json!({ "spend": exact(*amount), "beneficiary": beneficiary.to_string() })
        }
        Proposed::Upgrade { bytes } => json!({ "upgrade": { "bytes": bytes } }),
        Proposed::Call { pallet, name } => json!({ "call": format!("{pallet}.{name}") }),
        Proposed::Unknown => Value::Null,
    }
}

/// Approval and support, each with what is needed now.
pub fn standing(approval: u32, support: u32, needed: Option<Bar>) -> [String; 2] {
    let of = |share_now: u32, needed: Option<u32>| match needed {
        Some(needed) => format!("{} of {}", share(share_now), share(needed)),
        None => share(share_now),
    };
    [
        of(approval, needed.map(|bar| bar.approval)),
        of(support, needed.map(|bar| bar.support)),
    ]
}

pub fn tally_value(tally: &Tally) -> Value {
    json!({ "ayes": exact(tally.ayes), "nays": exact(tally.nays), "support": exact(tally.support) })
}

/// A deposit in words.
pub fn deposit(deposit: &Deposit) -> String {
    let kind = kind_of(deposit);
    format!(
        "{} THETA of the {kind}, paid by {}",
        short(deposit.amount),
        deposit.who
    )
}

pub fn deposit_value(deposit: &Deposit) -> Value {
    json!({ "of": kind_of(deposit), "amount": exact(deposit.amount), "who": deposit.who.to_string() })
}

fn kind_of(deposit: &Deposit) -> &'static str {
    match deposit.kind {
        DepositKind::Submission => "submission",
        DepositKind::Decision => "decision",
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use edgeproof_client::{AccountId, RuleKind};
    use edgeproof_primitives::UNIT;

    pub fn changes(keys: &[&str]) -> Proposed {
        let change = |key: &&str| {
            let rule = Rule {
                group: "worker",
                key: (*key).into(),
                kind: RuleKind::Count,
                value: 20,
            };
            (rule, 25)
        };
        Proposed::Rules(keys.iter().map(change).collect())
    }

    #[test]
    fn a_proposal_is_told_by_what_it_would_change() {
        assert_eq!(line(&changes(&["bond_factor"])), "worker.bond_factor 20 -> 25");
        assert_eq!(
            line(&changes(&["a", "b", "c", "d"])),
            "worker.a 20 -> 25, worker.b 20 -> 25, and 2 more"
        );
        assert_eq!(lines(&changes(&["a", "b", "c"])).len(), 3);
        let spend = Proposed::Spend {
            amount: 1_500 * UNIT,
            beneficiary: AccountId([1; 32]),
        };
        assert!(line(&spend).starts_with("spend 1,500 TFUEL for 5"));
        assert_eq!(
            line(&Proposed::Upgrade { bytes: 1 << 20 }),
            "upgrade the runtime, 1.0 MiB"
        );
        assert!(line(&Proposed::Unknown).starts_with("nothing"));
    }

    #[test]
    fn a_program_reads_what_would_change_from_what() {
        assert_eq!(
            proposed_value(&changes(&["rate"])),
            json!({ "set": { "worker.rate": { "now": 20, "then": 25 } } })
        );
        assert_eq!(proposed_value(&Proposed::Unknown), Value::Null);
    }

    #[test]
    fn a_share_is_never_shown_larger_than_it_is() {
        assert_eq!(share(0), "0.00 %");
        assert_eq!(share(83_333_333), "8.33 %");
        assert_eq!(share(999_999_999), "99.99 %");
        assert_eq!(share(1_000_000_000), "100.00 %");
        let needed = Bar {
            approval: 800_000_000,
            support: 100_000_000,
        };
        assert_eq!(
            standing(1_000_000_000, 83_333_333, Some(needed)),
            ["100.00 % of 80.00 %", "8.33 % of 10.00 %"]
        );
        assert_eq!(standing(5, 0, None), ["0.00 %", "0.00 %"]);
    }
}
