//! Many games of one strategy.

use fastrand::Rng;

use crate::{
    chance::Chance,
    formula,
    game::{settle, Account},
    setting::Setting,
    strategy::Strategy,
};

/// Deviations between formula and mean that chance does not explain.
pub const MOST_DEVIATIONS: f64 = 5.0;

/// What came out at one point.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    pub strategy: Strategy,
    pub setting: Setting,
    /// Part of the draws after which the strategy was played.
    pub frequency: f64,
    /// Mean profit of a game over that of honest behaviour, in fees.
    pub mean: f64,
    /// Standard error of the mean.
    pub error: f64,
    /// What the formula says.
    pub formula: f64,
}

impl Outcome {
    /// How far the mean is from the formula, in standard errors. A mean without error must agree but for rounding.
    pub fn deviations(&self) -> f64 {
        (self.mean - self.formula).abs() / self.error.max(1e-6)
    }

    /// The formula says that cheating loses, by more than what chance can hide.
    pub fn must_lose(&self) -> bool {
        self.formula < -MOST_DEVIATIONS * self.error
    }

    /// The mean denies the formula: it is elsewhere, or cheating pays where the formula says that it loses.
    pub fn denies(&self) -> bool {
        self.deviations() > MOST_DEVIATIONS || (self.must_lose() && self.mean >= 0.0)
    }
}

/// Plays `games` games of `strategy`, drawing until it has the chance to.
pub fn simulate(strategy: Strategy, setting: Setting, games: u32, seed: u64) -> Outcome {
    let mut rng = Rng::with_seed(seed);
    let (mut draws, mut played) = (0u64, 0u32);
    let (mut sum, mut squares) = (0.0, 0.0);
    while played < games {
        draws += 1;
        let chance = Chance::draw(&mut rng, &setting, strategy.place());
        let Some(play) = strategy.play(&chance) else {
            continue;
        };
        played += 1;
        let profit = |play| settle(&setting, &chance, &play).of(Account::Player);
        let advantage = profit(play) - strategy.honest().map_or(0.0, profit);
        sum += advantage;
        squares += advantage * advantage;
    }
    let count = f64::from(played);
    let mean = sum / count;
    let variance = (squares / count - mean * mean).max(0.0);
    Outcome {
        strategy,
        setting,
        frequency: count / draws as f64,
        mean,
        error: (variance / count).sqrt(),
        formula: formula::profit(strategy, &setting),
    }
}
