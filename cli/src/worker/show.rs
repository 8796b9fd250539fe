//! `edgeproof worker show`.

use super::{list, score, text};
use crate::{
    context::Context,
    failure::Failure,
    format::{bytes, count, exact, short, theta},
    report::Report,
    table::{facts, table, Align},
};
use edgeproof_client::{HeldSlash, StakeInfo, WorkerInfo};
use edgeproof_primitives::{Evidence, Label, FULL_EVIDENCE};
use serde_json::{json, Value};

pub async fn run(account: Option<&str>, context: &Context) -> Result<Report, Failure> {
    let account = context.account(account)?;
    let view = context.client().await?.best().await?;
    let worker = match view.worker_of(&account).await? {
        Some(worker) => Some(worker),
        None => view.worker(&account).await?,
    };
    let worker = worker.ok_or_else(|| {
        Failure::new(format!("{account} is neither stash nor operator of a worker"))
            .next("see `edgeproof worker list`, or run `compute-worker register`")
    })?;
    let stake = view.stake(&worker.stash).await?;
    let slashes = view.held_slashes(&worker.stash).await?;
    let faulty = view.faulty_drivers().await?;
    Ok(report(&worker, &stake, &slashes, &faulty))
}

fn report(worker: &WorkerInfo, stake: &StakeInfo, slashes: &[HeldSlash], faulty: &[Label]) -> Report {
    let capability = &worker.capability;
    let driver = match faulty.contains(&capability.driver) {
        true => format!(
            "{}, which computes wrong: it gets no jobs",
            text(&capability.driver)
        ),
        false => text(&capability.driver),
    };
    let mut shown = vec![
        ("operator", worker.operator.to_string()),
        ("stash", worker.stash.to_string()),
        ("state", if worker.active { "active" } else { "paused" }.into()),
        ("adapter", text(&capability.adapter)),
        ("driver", driver),
        (
            "offers",
            format!("{}, region {}", bytes(capability.memory), capability.region),
        ),
        ("ask", format!("{} TFUEL/Gop", short(worker.ask))),
        ("busy", format!("{} of {}", worker.seats_held, capability.slots)),
        (
            "jobs",
            format!(
                "{} done, {} missed, {} refuted",
                worker.succeeded,
                worker.commit_missed.saturating_add(worker.reveal_missed),
                worker.refuted
            ),
        ),
        ("reputation", reputation(&worker.evidence)),
        (
            "stake",
            format!("{}, {} at risk", theta(stake.bonded), theta(stake.at_risk)),
        ),
    ];
    if stake.unbonding > 0 {
        shown.push(("unbonding", theta(stake.unbonding)));
    }
    let mut lines = facts(shown);
    if !slashes.is_empty() {
        lines = format!("{lines}\n\n{}", slash_table(slashes));
    }
    let mut value = list::value(worker, faulty);
    value["stake"] = stake_value(stake);
    value["slashes"] = slashes.iter().map(slash_value).collect();
    Report::new(lines, value)
}

/// The score, and how many seats of full weight it rests on.
fn reputation(evidence: &Evidence) -> String {
    let seats = |amount: u32| f64::from(amount) / f64::from(FULL_EVIDENCE);
    format!(
        "{}: {:.3} successes, {:.3} failures, counted in seats of full weight",
        score(evidence),
        seats(evidence.successes),
        seats(evidence.failures)
    )
}

fn slash_table(slashes: &[HeldSlash]) -> String {
    let columns = [
        ("slash", Align::Right),
        ("THETA slashed", Align::Right),
        ("held", Align::Right),
        ("returned", Align::Right),
        ("burned from block", Align::Right),
        ("driver", Align::Left),
    ];
    let rows: Vec<_> = slashes
        .iter()
        .map(|slash| {
            vec![
                slash.id.to_string(),
                short(slash.slashed),
                short(slash.held),
                short(slash.returned),
                count(slash.burn_at),
                slash.driver.as_ref().map(text).unwrap_or_default(),
            ]
        })
        .collect();
    table(&columns, &rows, "")
}

fn stake_value(stake: &StakeInfo) -> Value {
    json!({
        "bonded": exact(stake.bonded),
        "at_risk": exact(stake.at_risk),
        "unbonding": exact(stake.unbonding),
        "slashed": exact(stake.slashed),
    })
}

fn slash_value(slash: &HeldSlash) -> Value {
    json!({
        "slash": slash.id,
        "slashed": exact(slash.slashed),
        "held": exact(slash.held),
        "returned": exact(slash.returned),
        "driver": slash.driver.as_ref().map(text),
        "burn_at": slash.burn_at,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worker::testing::worker;
    use edgeproof_primitives::UNIT;

    fn stake() -> StakeInfo {
        StakeInfo {
            bonded: 1_500 * UNIT,
            at_risk: 20 * UNIT,
            unbonding: 0,
            slashed: 70 * UNIT,
        }
    }

    fn slash() -> HeldSlash {
        HeldSlash {
            id: 4,
            slashed: 100 * UNIT,
            held: 70 * UNIT,
            returned: 5 * UNIT,
            driver: Some(worker().capability.driver),
            burn_at: 60_000,
        }
    }

    #[test]
    fn what_is_held_of_a_slash_is_shown_with_its_number_and_its_end() {
        let report = report(&worker(), &stake(), &[slash()], &[]);
        for part in [
            "1,500 THETA, 20 THETA at risk",
            "Mesa 22",
            "60,000",
            "THETA slashed",
        ] {
            assert!(report.text.contains(part), "{}", report.text);
        }
        assert!(!report.text.contains("gets no jobs"), "{}", report.text);
        assert_eq!(report.value["slashes"][0]["slash"], 4);
        assert_eq!(report.value["slashes"][0]["held"], "70");
        assert_eq!(report.value["stake"]["slashed"], "70");
    }

    #[test]
    fn a_score_is_shown_with_the_evidence_behind_it() {
        let report = report(&worker(), &stake(), &[], &[]);
        assert!(
            report.text.contains("86.1 %: 5.250 successes, 0.001 failures"),
            "{}",
            report.text
        );
    }

    #[test]
    fn a_faulty_driver_is_told() {
        let faulty = [worker().capability.driver];
        let report = report(&worker(), &stake(), &[], &faulty);
        assert!(report.text.contains("it gets no jobs"), "{}", report.text);
        assert!(!report.text.contains("slashed"), "{}", report.text);
        assert_eq!(report.value["faulty_driver"], true);
        assert_eq!(report.value["slashes"], json!([]));
    }
}
