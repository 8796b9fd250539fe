//! Which points are simulated.

use crate::{
    formula,
    setting::{Assurance, Setting, LEVELS},
    simulate::{simulate, Outcome},
    strategy::{Strategy, ALL},
};

/// A gain that no sampling covers.
pub const GREAT_GAIN: f64 = 5.0;
/// The share of colluders for which economy.md states what sampling covers.
pub const USUAL_SHARE: f64 = 0.3;

/// A strategy at a point.
pub type Point = (Strategy, Setting);

/// What a person wants to see of one level of assurance.
fn of_level(assurance: Assurance) -> Vec<Point> {
    let together = |colluding, gain| Setting::together(assurance, colluding, gain);
    let usual = together(USUAL_SHARE, 0.0);
    let half_covered = formula::covered_gain(&usual) / 2.0;
    let great = together(USUAL_SHARE, GREAT_GAIN);
    let watched = Setting {
        watched: 0.5,
        ..great
    };
    vec![
        (Strategy::Lazy, Setting::alone(assurance, 0.0)),
        (Strategy::RandomLies, Setting::alone(assurance, half_covered)),
        (Strategy::Collusion, together(0.1, 0.0)),
        (Strategy::Collusion, usual),
        (Strategy::Collusion, together(0.5, 0.0)),
        (Strategy::Collusion, together(USUAL_SHARE, half_covered)),
        (Strategy::Collusion, great),
        (Strategy::Collusion, watched),
        (Strategy::Copycat, Setting::alone(assurance, 0.0)),
        (Strategy::Withholding, together(USUAL_SHARE, half_covered)),
        (Strategy::SelfChallenge, usual),
        (Strategy::SelfDealing, usual),
    ]
}

/// The levels that requesters choose from.
pub fn levels() -> Vec<Point> {
    LEVELS.into_iter().flat_map(of_level).collect()
}

/// Every strategy over replicas, audit rates, bonds, shares of colluders, gains and watchers.
pub fn sweep() -> Vec<Point> {
    let mut points = Vec::new();
    for replicas in 1..=4 {
        for audit_rate in [0.03, 0.08, 0.2] {
            for bond in [2.0, 10.0, 20.0, 40.0] {
                let assurance = Assurance {
                    name: "free",
                    replicas,
                    audit_rate,
                    bond,
                };
                points.extend(ALL.into_iter().flat_map(|strategy| around(strategy, assurance)));
            }
        }
    }
    points
}

fn around(strategy: Strategy, assurance: Assurance) -> Vec<Point> {
    let shares: &[f64] = if strategy.colludes() { &[0.2, 0.5] } else { &[0.0] };
    let mut points = Vec::new();
    for colluding in shares {
        for gain in [0.0, 1.0] {
            for watched in [0.0, 0.1] {
                points.push((
                    strategy,
                    Setting {
                        assurance,
                        colluding: *colluding,
                        gain,
                        watched,
                    },
                ));
            }
        }
    }
    points
}

/// Simulates every point, each with a seed of its own that follows from `seed`.
pub fn outcomes(points: &[Point], games: u32, seed: u64) -> Vec<Outcome> {
    (seed..)
        .zip(points)
        .map(|(seed, (strategy, setting))| simulate(*strategy, *setting, games, seed))
        .collect()
}
