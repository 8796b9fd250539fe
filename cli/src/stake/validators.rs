//! `edgeproof stake validators`.

use super::terms::daily;
use crate::{
    context::Context,
    failure::Failure,
    format::{exact, percent, short},
    report::Report,
    table::{table, Align},
};
use edgeproof_client::{EraInfo, StakingTerms, ValidatorInfo};
use edgeproof_primitives::UNIT;
use serde_json::{json, Value};

/// The stake for which the table says what a day earns: a thousand THETA.
const SAMPLE: u128 = 1_000 * UNIT;

pub async fn run(context: &Context) -> Result<Report, Failure> {
    let view = context.client().await?.best().await?;
    let (validators, era, terms) = (
        view.validators().await?,
        view.era().await?,
        view.staking_terms().await?,
    );
    Ok(report(&validators, &era, &terms))
}

fn report(validators: &[ValidatorInfo], era: &EraInfo, terms: &StakingTerms) -> Report {
    let columns = [
        ("validator", Align::Left),
        ("state", Align::Left),
        ("THETA behind it", Align::Right),
        ("own", Align::Right),
        ("commission", Align::Right),
        ("blocks", Align::Right),
        ("TFUEL a day for 1,000 THETA", Align::Right),
    ];
    let seats = validators.iter().filter(|validator| validator.is_elected).count();
    let earned = |validator| daily(SAMPLE, validator, seats, era, terms.block_reward);
    let rows: Vec<_> = validators
        .iter()
        .map(|validator| {
            vec![
                validator.account.to_string(),
                state(validator).into(),
                short(validator.backing),
                short(validator.own),
                percent(validator.commission),
                validator.blocks.to_string(),
                short(earned(validator)),
            ]
        })
        .collect();
    let values = validators
        .iter()
        .map(|validator| value(validator, earned(validator)))
        .collect();
    let none = "no validators; `edgeproof stake validate` makes an account one";
    Report::new(table(&columns, &rows, none), Value::Array(values))
}

/// Where a validator stands, in words.
pub fn state(validator: &ValidatorInfo) -> &'static str {
    match (validator.is_elected, validator.is_candidate, validator.has_keys) {
        (true, true, _) => "elected",
        (true, false, _) => "leaving",
        (false, _, true) => "candidate",
        (false, _, false) => "without keys",
    }
}

fn value(validator: &ValidatorInfo, earned: u128) -> Value {
    json!({
        "validator": validator.account.to_string(),
        "state": state(validator),
        "backing": exact(validator.backing),
        "own": exact(validator.own),
        "credit": exact(validator.credit),
        "commission_ppm": validator.commission,
        "blocks": validator.blocks,
        "daily_for_1000": exact(earned),
    })
}

#[cfg(test)]
mod tests {
    use super::{super::terms::testing::*, *};

    #[test]
    fn a_validator_is_shown_with_what_its_guardians_earn() {
        let report = report(&[validator()], &era(), &terms());
        let text = &report.text;
        for part in ["elected", "1,000,000", "400,000", "10 %", "12"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert_eq!(report.value[0]["state"], "elected");
    }

    #[test]
    fn no_validators_are_said_in_words() {
        assert!(report(&[], &era(), &terms()).text.contains("stake validate"));
    }

    #[test]
    fn states_follow_office_candidacy_and_keys() {
        let with = |is_elected, is_candidate, has_keys| {
            state(&ValidatorInfo {
                is_elected,
                is_candidate,
                has_keys,
                ..validator()
            })
        };
        assert_eq!(with(true, true, true), "elected");
        assert_eq!(with(true, false, true), "leaving");
        assert_eq!(with(false, true, true), "candidate");
        assert_eq!(with(false, true, false), "without keys");
    }
}
