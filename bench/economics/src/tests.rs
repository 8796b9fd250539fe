//! That cheating loses where the formula says so, and that the games themselves are right. Seeds are fixed: a failure
//! repeats, and names its point.

use fastrand::Rng;

use crate::{
    chance::{Chance, Owner, Place},
    formula,
    game::{settle, Account, Answer, Play},
    grid::{self, USUAL_SHARE},
    setting::{Assurance, Setting, FINDER_SHARE, LEVELS, RETURNED_BURN, WORKER_SHARE},
    simulate::simulate,
    strategy::{Strategy, ALL},
};

const SEED: u64 = 7;
const GAMES: u32 = 4_000;

const ACCOUNTS: [Account; 6] = [
    Account::Player,
    Account::Strangers,
    Account::Requester,
    Account::Burned,
    Account::Issued,
    Account::Outside,
];

fn check(points: &[grid::Point], games: u32) {
    for outcome in grid::outcomes(points, games, SEED) {
        assert!(
            !outcome.denies(),
            "seed {SEED}, {:?}: {outcome}",
            outcome.setting.assurance
        );
    }
}

#[test]
fn at_every_level_cheating_loses_where_the_formula_says_so() {
    check(&grid::levels(), 10 * GAMES);
}

#[test]
fn over_replicas_audits_and_bonds_cheating_loses_where_the_formula_says_so() {
    check(&grid::sweep(), GAMES);
}

#[test]
fn the_formula_says_so_often_enough_to_be_a_test() {
    let points = grid::sweep();
    let losing = |strategy| {
        let of_strategy = points.iter().filter(|(of, _)| *of == strategy);
        of_strategy
            .filter(|(of, setting)| formula::profit(*of, setting) < 0.0)
            .count()
    };
    for strategy in ALL {
        assert!(losing(strategy) >= 40, "{strategy:?}");
    }
    let paying = points
        .iter()
        .filter(|(of, setting)| formula::profit(*of, setting) > 0.0)
        .count();
    assert!(
        paying >= 40,
        "and cheating pays where bonds and audits are too small"
    );
}

#[test]
fn at_every_level_whoever_cheats_alone_loses() {
    for level in LEVELS {
        for strategy in ALL.into_iter().filter(|strategy| !strategy.colludes()) {
            assert!(
                formula::profit(strategy, &Setting::alone(level, 0.0)) < 0.0,
                "{strategy:?} {level:?}"
            );
        }
    }
}

#[test]
fn sampling_covers_what_the_design_says() {
    let covered = |level| formula::covered_gain(&Setting::together(level, USUAL_SHARE, 0.0));
    for (level, stated) in LEVELS.into_iter().zip([0.4, 1.0, 1.5]) {
        assert!(
            (covered(level) - stated).abs() < 0.1,
            "{}: {}",
            level.name,
            covered(level)
        );
    }
}

#[test]
fn at_the_covered_gain_a_lie_brings_nothing() {
    for level in LEVELS {
        for watched in [0.0, 0.2] {
            let free = Setting {
                watched,
                ..Setting::together(level, USUAL_SHARE, 0.0)
            };
            let gain = formula::covered_gain(&free);
            let profit = formula::profit(Strategy::Collusion, &Setting { gain, ..free });
            assert!(profit.abs() < 1e-9, "{profit}");
        }
    }
}

#[test]
fn at_the_watch_that_is_needed_a_lie_brings_nothing() {
    for level in LEVELS {
        let great = Setting::together(level, USUAL_SHARE, grid::GREAT_GAIN);
        let watched = formula::watch_needed(&great);
        assert!(watched > 0.0 && watched < 0.5);
        assert!(formula::profit(Strategy::Collusion, &Setting { watched, ..great }).abs() < 1e-9);
    }
}

#[test]
fn silence_is_not_cheaper_than_a_lie() {
    for level in LEVELS {
        let usual = Setting::together(level, USUAL_SHARE, 0.2);
        // The same seed draws the same games.
        let lie = simulate(Strategy::Collusion, usual, GAMES, SEED);
        let silence = simulate(Strategy::Withholding, usual, GAMES, SEED);
        assert!(
            (silence.mean - lie.mean).abs() < 1e-9,
            "{} {}",
            silence.mean,
            lie.mean
        );
    }
}

#[test]
fn a_copied_commitment_earns_nothing_and_costs_the_bond() {
    for level in LEVELS {
        let outcome = simulate(Strategy::Copycat, Setting::alone(level, 0.0), 1_000, SEED);
        assert!(outcome.mean < -level.bond + 1.0);
    }
}

#[test]
fn whoever_owns_requester_workers_auditor_and_challenger_still_loses() {
    for bond in [1.0, 2.0, 20.0] {
        let level = Assurance { bond, ..LEVELS[2] };
        let everybody = Setting::together(level, 1.0, 0.0);
        let outcome = simulate(Strategy::SelfChallenge, everybody, 1_000, SEED);
        assert!(outcome.mean < 0.0, "{bond}: {outcome}");
    }
}

#[test]
fn issuance_never_repays_what_a_job_to_oneself_burns() {
    for level in LEVELS {
        let everybody = Setting::together(level, 1.0, 0.0);
        let outcome = simulate(Strategy::SelfDealing, everybody, 10_000, SEED);
        let least = (1.0 - WORKER_SHARE) * (1.0 - RETURNED_BURN) * level.replicas as f64;
        assert!(outcome.mean <= -least + 1e-9, "{outcome}");
    }
}

#[test]
fn colluders_find_every_seat_their_own_as_often_as_the_design_says() {
    for level in LEVELS {
        let outcome = simulate(
            Strategy::Collusion,
            Setting::together(level, USUAL_SHARE, 0.0),
            20_000,
            SEED,
        );
        let expected = USUAL_SHARE.powi(level.replicas as i32 - 1);
        assert!((outcome.frequency / expected - 1.0).abs() < 0.05, "{outcome}");
    }
}

#[test]
fn the_rules_are_those_of_a_public_chain() {
    let presets = include_str!("../../../pallets/params/src/presets.rs");
    let percent = |share: f64| (100.0 * share) as u32;
    for rule in [
        format!("bond_factor: {},", LEVELS[0].bond),
        format!("worker_share: Permill::from_percent({}),", percent(WORKER_SHARE)),
        format!("finder_share: Permill::from_percent({}),", percent(FINDER_SHARE)),
    ] {
        assert!(presets.contains(&rule), "{rule}");
    }
}

#[test]
fn a_seed_repeats_its_games() {
    let point = [(
        Strategy::Collusion,
        Setting::together(LEVELS[1], USUAL_SHARE, 0.5),
    )];
    let mean = |seed| grid::outcomes(&point, GAMES, seed)[0].mean;
    assert_eq!(mean(1), mean(1));
    assert_ne!(mean(1), mean(2));
}

/// Anything a player could do, sensible or not.
fn any_play(rng: &mut Rng) -> Play {
    let answer = |rng: &mut Rng| {
        rng.choice([Answer::Right, Answer::Wrong, Answer::Copied])
            .unwrap()
    };
    Play {
        answer: answer(rng),
        audit: answer(rng),
        silent: rng.bool(),
        posts: rng.bool(),
        challenges: rng.bool(),
        spent: rng.f64(),
        returned: RETURNED_BURN * rng.f64(),
    }
}

#[test]
fn no_game_loses_money_or_takes_more_than_the_bonds() {
    let mut rng = Rng::with_seed(SEED);
    for _ in 0..20_000 {
        let level = Assurance {
            replicas: rng.usize(1..=5),
            audit_rate: rng.f64(),
            bond: 30.0 * rng.f64(),
            ..LEVELS[0]
        };
        let setting = Setting {
            watched: rng.f64(),
            ..Setting::together(level, rng.f64(), rng.f64())
        };
        let place = rng.choice([Place::FirstSeat, Place::Auditor]).unwrap();
        let chance = Chance::draw(&mut rng, &setting, place);
        let play = any_play(&mut rng);
        let ledger = settle(&setting, &chance, &play);

        let sum: f64 = ACCOUNTS.into_iter().map(|account| ledger.of(account)).sum();
        assert!(sum.abs() < 1e-9, "{sum}");
        assert!(ledger.of(Account::Burned) >= -1e-9);
        assert!(
            ledger.of(Account::Strangers) >= -1e-9,
            "honest work is never punished"
        );
        let owned = chance.own_seats + usize::from(chance.auditor == Some(Owner::Player));
        let bonds = owned as f64 * level.bond;
        let fees = if play.posts {
            level.replicas as f64 + 1.0
        } else {
            0.0
        };
        assert!(ledger.of(Account::Player) >= -(bonds + fees + play.spent) - 1e-9);
    }
}
