//! Whoever lies about any word of any step loses, and the honest party never does.

use edgeproof_engine::Interpreter;
use edgeproof_kernel::testing::Random;
use edgeproof_player::Place;

use crate::{
    liar::{Flip, Liar},
    programs::case,
    referee::{most_rounds, output_bytes, play, Party, Played},
    support::{seeds, Case},
};

/// Budgets of bytes: nothing beyond one step, a little, everything.
const BUDGETS: [u64; 3] = [0, 10_000, u64::MAX];

fn party<'e>(case: &Case, random: &mut Random, executor: &'e dyn edgeproof_engine::Replayer) -> Party<'e> {
    let budget = random.pick(&BUDGETS).expect("there are some");
    Party {
        player: case.player(Place::Memory, budget),
        executor,
    }
}

fn within_bounds(case: &Case, played: &Played, hint: &str) {
    let trace = u64::from(case.program.trace_length()) * 32;
    let most = most_rounds(trace, output_bytes(&case.program, played.position));
    assert!(
        played.rounds <= most.min(5),
        "{hint}: {} rounds, {most} are enough",
        played.rounds
    );
}

#[test]
fn a_random_flipped_word_loses_to_the_truth() {
    let mut changed = 0;
    for seed in seeds(160) {
        let case = case(seed);
        let hint = format!("EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1 ({})", case.name);
        let mut random = Random::new(seed ^ 0x11e5);
        let flip = Flip::random(&case.program, &mut random);
        let liar = Liar {
            flips: vec![flip],
            computes_on: random.one_in(2),
        };
        let mut parties = [
            party(&case, &mut random, &Interpreter),
            party(&case, &mut random, &liar),
        ];
        let roots: Vec<_> = parties
            .iter_mut()
            .map(|party| party.player.output_root(party.executor).expect("computes"))
            .collect();
        changed += usize::from(roots[0] != roots[1]);
        let (standing, games) = play(&case, &mut parties, 0);
        assert_eq!(standing, [0], "{hint}: {liar:?}");
        let [game] = &games[..] else {
            panic!("{hint}: {games:?}");
        };
        within_bounds(&case, game, &hint);
        let width = output_width(&case, flip.position);
        assert_eq!(
            (game.position, game.invocation),
            (flip.position, flip.word / width),
            "{hint}"
        );
    }
    println!("{changed} of the lies change the result");
}

fn output_width(case: &Case, position: u32) -> u32 {
    let step = case.program.execution(position).expect("in the trace").step;
    u32::from(case.program.steps()[step].width)
}

#[test]
fn the_truth_outlasts_random_liars_some_of_whom_agree() {
    for seed in seeds(40) {
        let case = case(seed);
        let hint = format!("EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1 ({})", case.name);
        let mut random = Random::new(seed ^ 0x5ab1);
        let shared = Flip::random(&case.program, &mut random);
        let liars: Vec<Liar> = (0..2 + random.below(4))
            .map(|_| {
                let mut flips = vec![Flip::random(&case.program, &mut random)];
                // Sybils share a false prefix, or the whole lie.
                if random.one_in(2) {
                    flips.push(shared);
                }
                if random.one_in(3) {
                    flips = vec![shared];
                }
                Liar {
                    flips,
                    computes_on: random.one_in(2),
                }
            })
            .collect();
        let honest = random.below(liars.len() as u32 + 1) as usize;
        let mut executors: Vec<&dyn edgeproof_engine::Replayer> = liars
            .iter()
            .map(|liar| liar as &dyn edgeproof_engine::Replayer)
            .collect();
        executors.insert(honest, &Interpreter);
        let mut parties: Vec<Party<'_>> = executors
            .into_iter()
            .map(|executor| party(&case, &mut random, executor))
            .collect();
        let right = parties[honest]
            .player
            .output_root(&Interpreter)
            .expect("computes");
        let (standing, games) = play(&case, &mut parties, honest);
        assert!(standing.contains(&honest), "{hint}: {liars:?}");
        assert!(games.len() <= liars.len(), "{hint}: {games:?}");
        for game in &games {
            within_bounds(&case, game, &hint);
        }
        // Flips of one word can cancel out: then a liar has told the truth.
        for party in standing {
            let Party { player, executor } = &mut parties[party];
            let root = player.output_root(*executor);
            assert_eq!(root.expect("computes"), right, "{hint}: {liars:?}");
        }
    }
}
