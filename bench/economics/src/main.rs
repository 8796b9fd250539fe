//! `scripts/bench economics`: plays cheating strategies against the rules of the chain, beside the formula of their mean
//! profit. Fails when cheating pays where the formula says that it loses.

mod chance;
mod formula;
mod game;
mod grid;
mod plot;
mod report;
mod setting;
mod simulate;
mod strategy;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use anyhow::{ensure, Context, Result};
use lexopt::{Arg, Parser, ValueExt};

const USAGE: &str = "usage: scripts/bench economics [--json] [--seed N] [--games N] [--plot FILE.svg]";

/// Fewest games of a row: a tenth of it, at the lowest audit rate of the sweep, sees 75 audits by strangers.
const LEAST_GAMES: u32 = 50_000;

/// What was asked for.
struct Options {
    json: bool,
    seed: u64,
    /// Games of each row of the table and of each dot of the plot; a tenth of it at each point of the sweep.
    games: u32,
    plot: PathBuf,
}

impl Options {
    fn parse() -> Result<Self> {
        let mut options = Self {
            json: false,
            seed: 1,
            games: 200_000,
            plot: std::env::temp_dir().join("edgeproof-economics.svg"),
        };
        let mut parser = Parser::from_env();
        while let Some(argument) = parser.next().context(USAGE)? {
            match argument {
                Arg::Long("json") => options.json = true,
                Arg::Long("seed") => options.seed = parser.value()?.parse()?,
                Arg::Long("games") => options.games = parser.value()?.parse()?,
                Arg::Long("plot") => options.plot = parser.value()?.into(),
                other => return Err(other.unexpected()).context(USAGE),
            }
        }
        ensure!(
            options.games >= LEAST_GAMES,
            "--games must be at least {LEAST_GAMES}: in fewer, audits are too rare for their mean to say anything"
        );
        Ok(options)
    }
}

fn main() -> Result<()> {
    let options = Options::parse()?;
    println!("seed {}, {} games for each row\n", options.seed, options.games);
    let rows = grid::outcomes(&grid::levels(), options.games, options.seed);
    report::table(&rows);

    let sweep = grid::outcomes(&grid::sweep(), options.games / 10, options.seed);
    let all: Vec<_> = rows.iter().chain(&sweep).copied().collect();
    let summary = report::Summary::of(&all);
    println!("\n{summary}");

    plot::draw(&options.plot, options.games, options.seed)
        .with_context(|| format!("cannot draw {}", options.plot.display()))?;
    println!("plot: {}", options.plot.display());
    if options.json {
        println!("{}", report::json(&options, &rows, &summary));
    }
    ensure!(
        summary.denied == 0,
        "the mean of {} points denies the formula",
        summary.denied
    );
    Ok(())
}
