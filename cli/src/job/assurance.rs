//! How certain a result is made, and what that costs.

use crate::{
    failure::Failure,
    format::{exact, parse_percent, percent, tfuel},
};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use edgeproof_client::{Level, Rules};
use edgeproof_primitives::{Assurance, BlockNumber, JobSpec, TfuelBalance};
use serde_json::{json, Value};

/// Reads a level by its name, and says in the help what each means.
fn levels() -> impl TypedValueParser<Value = Level> {
    let meaning = |level| {
        match level {
        Level::Economy => "1 worker, a blind audit in 8 % of all jobs: for results that are checked downstream",
        Level::Standard => "2 workers, a blind audit in 6 % of all jobs",
        Level::Critical => {
            "3 workers, a blind audit in 5 % of all jobs, and four times the usual window: where much depends on a result"
        }
    }
    };
    let names = Level::ALL.map(|level| PossibleValue::new(level.name()).help(meaning(level)));
    PossibleValuesParser::new(names).try_map(|name| name.parse())
}

/// A level, and what differs from it.
#[derive(clap::Args, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// How certain the result is made [default: 1 worker, no audit]
    #[arg(long, value_name = "LEVEL", value_parser = levels())]
    pub assurance: Option<Level>,
    /// Workers that compute the job independently [default: by the level]
    #[arg(long, value_name = "N")]
    pub replicas: Option<u8>,
    /// Chance of a blind audit in percent, for instance 0.5 [default: by the level]
    #[arg(long, value_name = "PERCENT", value_parser = parse_percent)]
    pub audit_rate: Option<u32>,
    /// Blocks in which the answer may be disputed [default: by the level, usually the chain's rule]
    #[arg(long, value_name = "BLOCKS")]
    pub window: Option<BlockNumber>,
}

impl Wanted {
    /// The assurance of a job with this execution deadline, refused where the chain would.
    pub fn assurance(&self, execution: BlockNumber, rules: &Rules) -> Result<Assurance, Failure> {
        let rule = rules.window(execution);
        let level = self
            .assurance
            .map_or(Assurance::SINGLE, |level| level.assurance(execution, rules));
        let assurance = Assurance {
            replicas: self.replicas.unwrap_or(level.replicas),
            audit_rate: self.audit_rate.unwrap_or(level.audit_rate),
            window: self.window.or(level.window),
        };
        check(&assurance, rule, rules)?;
        Ok(assurance)
    }
}

fn check(assurance: &Assurance, rule: BlockNumber, rules: &Rules) -> Result<(), Failure> {
    let Assurance {
        replicas,
        audit_rate,
        window,
    } = *assurance;
    if !(1..=rules.max_replicas).contains(&replicas) {
        let what = format!("{replicas} workers where a job has 1 to {}", rules.max_replicas);
        return Err(Failure::usage(what).next("pass --replicas in between"));
    }
    if audit_rate > rules.max_audit_rate {
        let what = format!(
            "an audit rate of {} where the chain allows {}",
            percent(audit_rate),
            percent(rules.max_audit_rate)
        );
        return Err(Failure::usage(what).next("pass a lower --audit-rate"));
    }
    let window = window.unwrap_or(rule);
    let least = if replicas == 1 { rule } else { 1 };
    if window < least {
        let what = format!(
            "a window of {window} blocks is too short for {}: at least {least}",
            workers(replicas)
        );
        return Err(Failure::usage(what).next("leave --window out to take the chain's rule"));
    }
    if window > rules.max_window {
        let what = format!(
            "a window of {window} blocks where the chain allows {}",
            rules.max_window
        );
        return Err(Failure::usage(what).next("pass a shorter --window, or a shorter --execute-within"));
    }
    Ok(())
}

fn workers(replicas: u8) -> String {
    match replicas {
        1 => "1 worker".into(),
        replicas => format!("{replicas} workers"),
    }
}

/// The assurance in words, without the window.
pub fn words(assurance: &Assurance) -> String {
    let workers = workers(assurance.replicas);
    match assurance.audit_rate {
        0 => format!("{workers}, no audit"),
        rate => format!("{workers}, audited with a chance of {}", percent(rate)),
    }
}

/// What a job may cost at most, in planck of TFUEL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    assurance: Assurance,
    /// Each seat.
    seat: TfuelBalance,
    /// All seats together.
    most: TfuelBalance,
    /// Held beside it, and always returned.
    deposit: TfuelBalance,
}

impl Cost {
    /// Of a job under these rules.
    pub fn of(spec: &JobSpec, rules: &Rules) -> Result<Self, Failure> {
        let most = spec.most().ok_or_else(|| {
            Failure::usage("the price cap of all seats together exceeds every amount")
                .next("pass a lower --cap")
        })?;
        Ok(Self {
            assurance: spec.assurance,
            seat: spec.price_cap,
            most,
            deposit: rules.job_deposit,
        })
    }

    pub fn value(&self) -> Value {
        json!({
            "price_cap": exact(self.seat),
            "seats": self.assurance.seats(),
            "most": exact(self.most),
            "deposit": exact(self.deposit),
        })
    }
}

impl std::fmt::Display for Cost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let most = tfuel(self.most);
        match (self.assurance.replicas, self.assurance.audit_rate) {
            (1, 0) => write!(f, "at most {most} for 1 worker")?,
            (replicas, rate) => {
                let workers = workers(replicas);
                let auditor = if rate == 0 { "" } else { " and an auditor" };
                write!(
                    f,
                    "at most {most}: {workers}{auditor} for at most {} each",
                    tfuel(self.seat)
                )?;
            }
        }
        write!(f, "; the deposit of {} comes back", tfuel(self.deposit))
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use edgeproof_primitives::{Deadlines, Demands, ProgramId, UNIT};

    pub const RULES: Rules = Rules {
        max_replicas: 5,
        max_audit_rate: 500_000,
        workers_per_replica: 4,
        max_draw: 50,
        min_execution: 10,
        operations_per_block: 1_000_000,
        window_base: 10,
        max_window: 10_000,
        price_floor: UNIT,
        program_deposit: UNIT,
        byte_deposit: 0,
        job_deposit: UNIT / 10,
        min_operator_stake: UNIT,
        unbonding: 100,
        bond_factor: 2,
        rate: UNIT / 20,
        answer: 20,
        judges: 5,
        judgement: 100,
        judge_fee: UNIT / 10,
        chunk_fee: UNIT / 100,
    };

    fn assurance(replicas: u8, audit_rate: u32, window: Option<BlockNumber>) -> Assurance {
        Assurance {
            replicas,
            audit_rate,
            window,
        }
    }

    fn level(level: Level) -> Wanted {
        Wanted {
            assurance: Some(level),
            ..Wanted::default()
        }
    }

    #[test]
    fn without_a_level_one_worker_computes_and_nobody_audits() {
        assert_eq!(
            Wanted::default().assurance(10, &RULES).unwrap(),
            Assurance::SINGLE
        );
    }

    #[test]
    fn every_level_is_read_by_its_name_and_passes_the_check() {
        #[derive(clap::Parser)]
        struct Line {
            #[command(flatten)]
            wanted: Wanted,
        }
        for named in Level::ALL {
            let line = <Line as clap::Parser>::try_parse_from(["job", "--assurance", named.name()]);
            let wanted = line.unwrap_or_else(|error| panic!("{error}")).wanted;
            assert_eq!(wanted, level(named));
            let expected = named.assurance(10, &RULES);
            assert_eq!(wanted.assurance(10, &RULES).unwrap(), expected);
        }
    }

    #[test]
    fn what_is_said_differs_from_the_level() {
        let wanted = Wanted {
            assurance: Some(Level::Standard),
            replicas: Some(4),
            audit_rate: Some(0),
            window: Some(5),
        };
        assert_eq!(
            wanted.assurance(10, &RULES).unwrap(),
            assurance(4, 0, Some(5)),
            "several workers need no long window"
        );
    }

    #[test]
    fn what_the_chain_would_refuse_is_refused_before_anything_is_paid() {
        let refused = |wanted: Wanted| wanted.assurance(10, &RULES).unwrap_err();
        for (wanted, expected) in [
            (
                Wanted {
                    replicas: Some(6),
                    ..Wanted::default()
                },
                "6 workers where a job has 1 to 5",
            ),
            (
                Wanted {
                    replicas: Some(0),
                    ..Wanted::default()
                },
                "0 workers",
            ),
            (
                Wanted {
                    audit_rate: Some(500_001),
                    ..Wanted::default()
                },
                "50.0001 % where the chain allows 50 %",
            ),
            (
                Wanted {
                    window: Some(29),
                    ..Wanted::default()
                },
                "too short for 1 worker: at least 30",
            ),
            (
                Wanted {
                    window: Some(0),
                    ..level(Level::Standard)
                },
                "too short for 2 workers: at least 1",
            ),
            (
                Wanted {
                    window: Some(10_001),
                    ..Wanted::default()
                },
                "where the chain allows 10000",
            ),
        ] {
            let refusal = refused(wanted);
            assert!(refusal.to_string().contains(expected), "{refusal}");
            assert_eq!(refusal.code(), 2);
        }
    }

    fn cost(assurance: Assurance, price_cap: TfuelBalance) -> Result<Cost, Failure> {
        let spec = JobSpec {
            program: ProgramId::default(),
            inputs: Default::default(),
            params: Default::default(),
            assurance,
            demands: Demands::default(),
            price_cap,
            deadlines: Deadlines {
                draw: 10,
                execution: 10,
            },
            inline_output: false,
        };
        Cost::of(&spec, &RULES)
    }

    #[test]
    fn the_cost_counts_each_worker_and_a_possible_auditor() {
        let text = |assurance| cost(assurance, 2 * UNIT).unwrap().to_string();
        assert_eq!(
            text(Assurance::SINGLE),
            "at most 2 TFUEL for 1 worker; the deposit of 0.1 TFUEL comes back"
        );
        assert_eq!(
            text(assurance(3, 50_000, None)),
            "at most 8 TFUEL: 3 workers and an auditor for at most 2 TFUEL each; the deposit of 0.1 TFUEL comes back"
        );
        assert_eq!(
            text(assurance(2, 0, None)),
            "at most 4 TFUEL: 2 workers for at most 2 TFUEL each; the deposit of 0.1 TFUEL comes back"
        );
        let value = cost(assurance(1, 80_000, None), UNIT / 2).unwrap().value();
        assert_eq!(
            value,
            json!({ "price_cap": "0.5", "seats": 2, "most": "1", "deposit": "0.1" })
        );
    }

    #[test]
    fn a_cost_beyond_every_amount_is_refused() {
        let refusal = cost(assurance(2, 0, None), u128::MAX).unwrap_err();
        assert!(refusal.to_string().contains("--cap"), "{refusal}");
    }
}
