//! `edgeproof gov rules`, and how a governed value is written.

use crate::{
    context::Context,
    failure::Failure,
    format::{count, exact, parse_percent, parse_tfuel, parse_theta, percent},
    report::Report,
    table::{table, Align},
};
use edgeproof_client::{amount, Rule, RuleKind};
use serde_json::{json, Map, Value};

pub async fn run(context: &Context) -> Result<Report, Failure> {
    Ok(report(&context.client().await?.best().await?.governed().await?))
}

fn report(rules: &[Rule]) -> Report {
    let rows: Vec<_> = rules
        .iter()
        .map(|rule| vec![name(rule), shown(rule.kind, rule.value), unit(rule.kind).into()])
        .collect();
    let columns = [
        ("governed value", Align::Left),
        ("now", Align::Right),
        ("unit", Align::Left),
    ];
    let values: Map<_, _> = rules
        .iter()
        .map(|rule| (name(rule), value(rule.kind, rule.value)))
        .collect();
    Report::new(table(&columns, &rows, ""), Value::Object(values))
}

/// The name by which a value is set.
pub fn name(rule: &Rule) -> String {
    format!("{}.{}", rule.group, rule.key)
}

/// A value for people, without its unit.
pub fn shown(kind: RuleKind, value: u128) -> String {
    match kind {
        RuleKind::Count | RuleKind::Blocks => count(value),
        RuleKind::Tfuel | RuleKind::Theta | RuleKind::Rate => exact(value),
        RuleKind::Part => parts(value),
    }
}

/// A value for programs: a number of things, or a text that reads back.
pub fn value(kind: RuleKind, value: u128) -> Value {
    match (kind, u64::try_from(value)) {
        (RuleKind::Count | RuleKind::Blocks, Ok(value)) => json!(value),
        _ => json!(shown(kind, value)),
    }
}

fn unit(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Count | RuleKind::Part => "",
        RuleKind::Blocks => "blocks",
        RuleKind::Tfuel => "TFUEL",
        RuleKind::Theta => "THETA",
        RuleKind::Rate => "THETA per TFUEL",
    }
}

fn parts(value: u128) -> String {
    u32::try_from(value).map_or_else(|_| count(value), percent)
}

/// Reads a value as it is written on the command line.
///
/// # Errors
/// A sentence that says what such a value looks like.
pub fn parse(kind: RuleKind, text: &str) -> Result<u128, String> {
    match kind {
        RuleKind::Count | RuleKind::Blocks => text
            .replace([',', '_'], "")
            .parse()
            .map_err(|_| format!("`{text}` is no whole number")),
        RuleKind::Tfuel => parse_tfuel(text),
        RuleKind::Theta => parse_theta(text),
        RuleKind::Part => parse_percent(text).map(u128::from),
        RuleKind::Rate => amount::parse(text).map_err(|error| error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use edgeproof_primitives::UNIT;

    #[test]
    fn a_value_reads_back_as_it_is_shown() {
        for (kind, value, text) in [
            (RuleKind::Count, 1_000_000_000, "1,000,000,000"),
            (RuleKind::Blocks, 57_600, "57,600"),
            (RuleKind::Tfuel, UNIT / 10_000, "0.0001"),
            (RuleKind::Theta, 1_000 * UNIT, "1000"),
            (RuleKind::Part, 250_000, "25 %"),
            (RuleKind::Rate, UNIT / 20, "0.05"),
        ] {
            assert_eq!(shown(kind, value), text);
            assert_eq!(parse(kind, text), Ok(value), "{text}");
        }
    }

    #[test]
    fn what_is_no_value_is_refused_with_what_one_looks_like() {
        for (kind, text, expected) in [
            (RuleKind::Count, "many", "whole number"),
            (RuleKind::Blocks, "-1", "whole number"),
            (RuleKind::Theta, "1 TFUEL", "1.5 THETA"),
            (RuleKind::Part, "101", "0 to 100"),
            (RuleKind::Rate, "1/20", "0.25"),
        ] {
            let refusal = parse(kind, text).unwrap_err();
            assert!(refusal.contains(expected), "{text}: {refusal}");
        }
    }

    #[test]
    fn every_value_is_listed_with_its_unit() {
        let rule = |key: &str, kind, value| Rule {
            group: "worker",
            key: key.into(),
            kind,
            value,
        };
        let report = report(&[
            rule("bond_factor", RuleKind::Count, 20),
            rule("rate", RuleKind::Rate, UNIT / 20),
        ]);
        assert!(report.text.contains("THETA per TFUEL"), "{}", report.text);
        assert_eq!(
            report.value,
            json!({ "worker.bond_factor": 20, "worker.rate": "0.05" })
        );
    }
}
