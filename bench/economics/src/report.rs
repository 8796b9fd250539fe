//! The table, the summary and the JSON object.

use std::fmt;

use serde_json::{json, Value};

use crate::{
    formula,
    grid::USUAL_SHARE,
    setting::{Setting, LEVELS},
    simulate::Outcome,
    Options,
};

/// One row for each outcome, grouped by level.
pub fn table(rows: &[Outcome]) {
    println!("profit over honesty for each game in which the strategy is played, in fees of one seat");
    for level in LEVELS {
        let usual = Setting::together(level, USUAL_SHARE, 0.0);
        println!(
            "\n{}: k = {}, q = {:.0} %, b = {}; with {:.0} % colluding, sampling alone covers gains up to {:.2} F",
            level.name,
            level.replicas,
            level.audit_rate * 100.0,
            level.bond,
            USUAL_SHARE * 100.0,
            formula::covered_gain(&usual),
        );
        println!(
            "{:<16}{:>10}{:>8}{:>9}{:>11}{:>22}{:>11}  verdict",
            "strategy", "colluding", "gain", "watched", "frequency", "mean", "formula"
        );
        for row in rows.iter().filter(|row| row.setting.assurance.name == level.name) {
            println!("{row}");
        }
    }
}

impl Outcome {
    fn verdict(&self) -> String {
        if self.formula < 0.0 {
            "loses".into()
        } else {
            let watch = formula::watch_needed(&self.setting);
            format!("pays unless watched with a chance of {:.0} %", watch * 100.0)
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Setting {
            colluding,
            gain,
            watched,
            ..
        } = self.setting;
        write!(
            f,
            "{:<16}{:>8.0} %{:>8.2}{:>7.0} %{:>9.1} %{:>14.3} ± {:<5.3}{:>11.3}  {}",
            self.strategy.name(),
            colluding * 100.0,
            gain,
            watched * 100.0,
            self.frequency * 100.0,
            self.mean,
            self.error,
            self.formula,
            self.verdict(),
        )
    }
}

/// What all points say together.
pub struct Summary {
    pub points: usize,
    /// Points at which the formula says that cheating loses.
    pub losing: usize,
    /// Points whose mean denies the formula.
    pub denied: usize,
    /// Greatest distance between mean and formula, in standard errors.
    pub most_deviations: f64,
}

impl Summary {
    pub fn of(outcomes: &[Outcome]) -> Self {
        Self {
            points: outcomes.len(),
            losing: outcomes.iter().filter(|outcome| outcome.formula < 0.0).count(),
            denied: outcomes.iter().filter(|outcome| outcome.denies()).count(),
            most_deviations: outcomes.iter().map(Outcome::deviations).fold(0.0, f64::max),
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} points over strategies, k, q and b: the formula says that cheating loses at {}; the mean denies the formula \
             at {}; it is at most {:.1} standard errors away",
            self.points, self.losing, self.denied, self.most_deviations
        )
    }
}

fn row(outcome: &Outcome) -> Value {
    let Setting {
        assurance,
        colluding,
        gain,
        watched,
    } = outcome.setting;
    json!({
        "strategy": outcome.strategy.name(),
        "assurance": assurance.name,
        "replicas": assurance.replicas,
        "audit_rate": assurance.audit_rate,
        "bond": assurance.bond,
        "colluding": colluding,
        "gain": gain,
        "watched": watched,
        "frequency": outcome.frequency,
        "mean": outcome.mean,
        "error": outcome.error,
        "formula": outcome.formula,
    })
}

/// Everything that was found, as one object.
pub fn json(options: &Options, rows: &[Outcome], summary: &Summary) -> Value {
    let covered: serde_json::Map<String, Value> = LEVELS
        .into_iter()
        .map(|level| {
            let usual = Setting::together(level, USUAL_SHARE, 0.0);
            (level.name.to_owned(), formula::covered_gain(&usual).into())
        })
        .collect();
    json!({
        "seed": options.seed,
        "games": options.games,
        "points": summary.points,
        "losing": summary.losing,
        "denied": summary.denied,
        "most_deviations": summary.most_deviations,
        "covered_gain": covered,
        "plot": options.plot,
        "rows": rows.iter().map(row).collect::<Vec<_>>(),
    })
}
