//! `edgeproof stake nominations`.

use super::{
    terms::{daily, duration, time},
    validators::state,
};
use crate::{
    context::Context,
    failure::Failure,
    format::{count, exact, short, tfuel, theta},
    report::Report,
    table::{facts, table, Align},
};
use edgeproof_client::{AccountId, EraInfo, Guardian, StakeInfo, StakingTerms, ValidatorInfo};
use edgeproof_primitives::BlockNumber;
use serde_json::json;

pub async fn run(account: Option<&str>, context: &Context) -> Result<Report, Failure> {
    let account = context.account(account)?;
    let view = context.client().await?.best().await?;
    let shown = Shown {
        now: view.number(),
        stake: view.stake(&account).await?,
        guardian: view.guardian(&account).await?,
        validators: view.validators().await?,
        era: view.era().await?,
        terms: view.staking_terms().await?,
    };
    Ok(shown.report(&account))
}

struct Shown {
    now: BlockNumber,
    stake: StakeInfo,
    guardian: Guardian,
    validators: Vec<ValidatorInfo>,
    era: EraInfo,
    terms: StakingTerms,
}

impl Shown {
    fn report(&self, account: &AccountId) -> Report {
        let facts = facts([
            ("account", account.to_string()),
            ("bonded", theta(self.stake.bonded)),
            ("behind validators", theta(self.behind())),
            ("on its way out", theta(self.stake.unbonding)),
            ("earned, to be claimed", tfuel(self.guardian.claimable)),
            ("for work, to be claimed", tfuel(self.guardian.claimable_work)),
        ]);
        let mut text = format!("{facts}\n\n{}", self.delegations());
        if !self.guardian.exits.is_empty() {
            text = format!("{text}\n\n{}", self.exits());
        }
        Report::new(text, self.value(account))
    }

    fn behind(&self) -> u128 {
        self.guardian
            .delegations
            .iter()
            .map(|delegation| delegation.worth)
            .sum()
    }

    fn validator(&self, who: &AccountId) -> Option<&ValidatorInfo> {
        self.validators.iter().find(|validator| validator.account == *who)
    }

    fn daily(&self, who: &AccountId, worth: u128) -> u128 {
        let seats = self
            .validators
            .iter()
            .filter(|validator| validator.is_elected)
            .count();
        self.validator(who).map_or(0, |validator| {
            daily(worth, validator, seats, &self.era, self.terms.block_reward)
        })
    }

    fn delegations(&self) -> String {
        let columns = [
            ("validator", Align::Left),
            ("state", Align::Left),
            ("THETA", Align::Right),
            ("TFUEL a day", Align::Right),
        ];
        let rows: Vec<_> = self
            .guardian
            .delegations
            .iter()
            .map(|delegation| {
                let who = &delegation.validator;
                vec![
                    who.to_string(),
                    self.validator(who).map_or("chilled", state).into(),
                    short(delegation.worth),
                    short(self.daily(who, delegation.worth)),
                ]
            })
            .collect();
        let none = "backs no validator; see `edgeproof stake validators`, then `edgeproof stake delegate`";
        table(&columns, &rows, none)
    }

    fn exits(&self) -> String {
        let columns = [
            ("left", Align::Left),
            ("THETA", Align::Right),
            ("liable until block", Align::Right),
            ("that is in", Align::Right),
            ("then", Align::Left),
        ];
        let rows: Vec<_> = self
            .guardian
            .exits
            .iter()
            .map(|exit| {
                let blocks = exit.release_at.saturating_sub(self.now);
                vec![
                    exit.validator.to_string(),
                    short(exit.worth),
                    count(exit.release_at),
                    duration(time(blocks.into(), &self.era)),
                    match &exit.moved_to {
                        Some(to) => format!("stays behind {to}"),
                        None => "can be withdrawn".into(),
                    },
                ]
            })
            .collect();
        table(&columns, &rows, "")
    }

    fn value(&self, account: &AccountId) -> serde_json::Value {
        let delegations: Vec<_> = self
            .guardian
            .delegations
            .iter()
            .map(|delegation| {
                json!({
                    "validator": delegation.validator.to_string(),
                    "theta": exact(delegation.worth),
                    "daily": exact(self.daily(&delegation.validator, delegation.worth)),
                })
            })
            .collect();
        let exits: Vec<_> = self
            .guardian
            .exits
            .iter()
            .map(|exit| {
                json!({
                    "validator": exit.validator.to_string(),
                    "theta": exact(exit.worth),
                    "release_at": exit.release_at,
                    "moved_to": exit.moved_to.as_ref().map(ToString::to_string),
                })
            })
            .collect();
        json!({
            "account": account.to_string(),
            "bonded": exact(self.stake.bonded),
            "unbonding": exact(self.stake.unbonding),
            "claimable": exact(self.guardian.claimable),
            "claimable_work": exact(self.guardian.claimable_work),
            "delegations": delegations,
            "exits": exits,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{super::terms::testing::*, *};
    use edgeproof_client::{Delegation, Exit};
    use edgeproof_primitives::UNIT;

    fn shown() -> Shown {
        Shown {
            now: 100,
            stake: StakeInfo {
                bonded: 5_000 * UNIT,
                ..Default::default()
            },
            guardian: Guardian {
                delegations: vec![Delegation {
                    validator: validator().account,
                    worth: 20_000 * UNIT,
                }],
                exits: vec![Exit {
                    validator: AccountId([9; 32]),
                    worth: 300 * UNIT,
                    release_at: 1_300,
                    moved_to: None,
                }],
                claimable: 7 * UNIT,
                claimable_work: 11 * UNIT,
            },
            validators: vec![validator()],
            era: era(),
            terms: terms(),
        }
    }

    #[test]
    fn it_says_what_one_has_earns_and_when_one_can_leave() {
        let report = shown().report(&AccountId([1; 32]));
        let text = &report.text;
        for part in [
            "20,000",
            "7 TFUEL",
            "11 TFUEL",
            "elected",
            "1,300",
            "1 h",
            "can be withdrawn",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert_eq!(report.value["exits"][0]["release_at"], 1_300);
    }

    #[test]
    fn who_backs_nobody_is_told_how() {
        let nobody = Shown {
            guardian: Guardian::default(),
            ..shown()
        };
        assert!(nobody.report(&AccountId([1; 32])).text.contains("stake delegate"));
    }

    #[test]
    fn stake_behind_a_chilled_validator_earns_nothing() {
        let chilled = Shown {
            validators: Vec::new(),
            ..shown()
        };
        let report = chilled.report(&AccountId([1; 32]));
        assert!(report.text.contains("chilled"));
        assert_eq!(report.value["delegations"][0]["daily"], exact(0));
    }
}
