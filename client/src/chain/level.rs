use super::Rules;
use edgeproof_primitives::{Assurance, BlockNumber};
use std::{fmt, str::FromStr};

/// A critical job's window, as a multiple of the chain's rule.
const CRITICAL_WINDOWS: BlockNumber = 4;

/// How certain a result is made, in three steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// 1 worker, a blind audit in 8 % of all jobs: for results that are checked downstream.
    Economy,
    /// 2 workers, a blind audit in 6 % of all jobs.
    Standard,
    /// 3 workers, a blind audit in 5 % of all jobs, and four times the usual window: where much depends on a result.
    Critical,
}

impl Level {
    /// Each, the cheapest first.
    pub const ALL: [Self; 3] = [Self::Economy, Self::Standard, Self::Critical];

    /// The name that [`Self::from_str`] knows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Economy => "economy",
            Self::Standard => "standard",
            Self::Critical => "critical",
        }
    }

    /// What a job with this execution deadline, in blocks, asks for.
    pub fn assurance(self, execution: BlockNumber, rules: &Rules) -> Assurance {
        let (replicas, audit_rate, window) = match self {
            Self::Economy => (1, 80_000, None),
            Self::Standard => (2, 60_000, None),
            Self::Critical => {
                let rule = rules.window(execution);
                let long = rule.saturating_mul(CRITICAL_WINDOWS).min(rules.max_window);
                (3, 50_000, Some(long.max(rule)))
            }
        };
        Assurance {
            replicas,
            audit_rate,
            window,
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No level has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no level of assurance is called {0:?}; there are economy, standard and critical")]
pub struct UnknownLevel(String);

impl FromStr for Level {
    type Err = UnknownLevel;

    fn from_str(name: &str) -> Result<Self, UnknownLevel> {
        let known = Self::ALL.into_iter().find(|level| level.name() == name);
        known.ok_or_else(|| UnknownLevel(name.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::rules::tests::RULES;

    #[test]
    fn levels_are_those_of_the_economy() {
        let assurance = |level: Level| {
            let Assurance {
                replicas,
                audit_rate,
                window,
            } = level.assurance(10, &RULES);
            (replicas, audit_rate, window)
        };
        assert_eq!(assurance(Level::Economy), (1, 80_000, None));
        assert_eq!(assurance(Level::Standard), (2, 60_000, None));
        let long = 4 * RULES.window(10);
        assert_eq!(assurance(Level::Critical), (3, 50_000, Some(long)));
    }

    #[test]
    fn a_long_window_is_never_longer_than_the_chain_allows_nor_shorter_than_its_rule() {
        let window = |max_window| {
            let rules = Rules { max_window, ..RULES };
            Level::Critical.assurance(10, &rules).window
        };
        let rule = RULES.window(10);
        assert_eq!(window(rule + 1), Some(rule + 1));
        assert_eq!(window(rule - 1), Some(rule), "and the chain refuses it");
    }

    #[test]
    fn a_level_is_known_by_its_name_alone() {
        for level in Level::ALL {
            assert_eq!(level.to_string().parse(), Ok(level));
        }
        let refused = "Economy".parse::<Level>().unwrap_err().to_string();
        assert!(refused.contains("economy, standard and critical"), "{refused}");
    }
}
