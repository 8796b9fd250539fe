//! The adapter plays as the interpreter does.

use edgeproof_engine::{Engine, Interpreter, Replayer, Selection};
use edgeproof_kernel::testing::Random;
use edgeproof_player::Place;

use crate::{
    liar::{Flip, Liar},
    programs::case,
    referee::{play, Party},
    support::seeds,
};

#[test]
fn a_party_with_an_adapter_wins_against_random_lies() {
    let engine = Engine::open(&Selection::Best).expect("an adapter; scripts/setup installs the software one");
    for seed in seeds(32) {
        let case = case(seed);
        let hint = format!("EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1 ({})", case.name);
        let mut random = Random::new(seed ^ 0x69f0);
        let liar = Liar {
            flips: vec![Flip::random(&case.program, &mut random)],
            computes_on: random.one_in(2),
        };
        let executors: [&dyn Replayer; 3] = [&liar, &engine, &Interpreter];
        let mut parties = executors.map(|executor| Party {
            player: case.player(Place::Memory, u64::from(random.below(200_000))),
            executor,
        });
        let (standing, games) = play(&case, &mut parties, 1);
        assert_eq!(standing, [1, 2], "{hint}: {liar:?}");
        assert_eq!(games.len(), 1, "{hint}");
    }
}
