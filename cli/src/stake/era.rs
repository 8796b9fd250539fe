//! `edgeproof stake era`.

use super::terms::{duration, time};
use crate::{
    context::Context,
    failure::Failure,
    format::{count, exact, tfuel, theta},
    report::Report,
    table::facts,
};
use edgeproof_client::{EraInfo, StakingTerms};
use edgeproof_primitives::BlockNumber;
use serde_json::json;

pub async fn run(context: &Context) -> Result<Report, Failure> {
    let view = context.client().await?.best().await?;
    let (era, terms) = (view.era().await?, view.staking_terms().await?);
    Ok(report(view.number(), &era, &terms))
}

fn report(now: BlockNumber, era: &EraInfo, terms: &StakingTerms) -> Report {
    let sessions = era.next_session.saturating_sub(era.session);
    let slots = u64::from(sessions).saturating_mul(era.session_slots);
    let planned = if era.is_planned {
        "elected"
    } else {
        "elected one session before it begins"
    };
    let text = facts([
        ("era", count(era.current)),
        ("began in block", count(era.since)),
        ("blocks so far", count(now.saturating_sub(era.since))),
        ("session", count(era.session)),
        (
            "next era",
            format!(
                "with session {}, in at most {}",
                count(era.next_session),
                duration(time(slots, era))
            ),
        ),
        ("its validators", planned.into()),
        ("seats", count(terms.max_validators)),
        ("reward of a block", tfuel(terms.block_reward)),
        ("least stake", theta(terms.min_stake)),
        ("least delegation", theta(terms.min_delegation)),
        ("least own stake of a validator", theta(terms.min_validator_bond)),
        (
            "unbonding",
            format!(
                "{} blocks, {}",
                count(terms.unbonding),
                duration(time(terms.unbonding.into(), era))
            ),
        ),
    ]);
    Report::new(
        text,
        json!({
            "era": era.current,
            "since": era.since,
            "session": era.session,
            "next_session": era.next_session,
            "planned": era.is_planned,
            "seats": terms.max_validators,
            "block_reward": exact(terms.block_reward),
            "min_stake": exact(terms.min_stake),
            "min_delegation": exact(terms.min_delegation),
            "min_validator_bond": exact(terms.min_validator_bond),
            "unbonding": terms.unbonding,
        }),
    )
}

#[cfg(test)]
mod tests {
    use super::{super::terms::testing, *};

    #[test]
    fn it_says_when_the_era_ends_and_what_staking_asks_for() {
        let terms = testing::terms();
        let report = report(10_500, &testing::era(), &terms);
        for part in [
            "in at most 2 h 30 min",
            "200,000 THETA",
            "24 TFUEL",
            "57,600 blocks, 2 d",
        ] {
            assert!(report.text.contains(part), "{part}: {}", report.text);
        }
        assert_eq!(report.value["next_session"], 24);
    }
}
