//! The largest games.

use edgeproof_engine::Interpreter;
use edgeproof_kernel::limits::{BUFFER_WORDS, UNROLLED_STEPS};
use edgeproof_player::Place;

use crate::{
    liar::{Flip, Liar},
    programs::chain,
    referee::{most_rounds, play, Party},
    support::Case,
};

const LARGEST: u64 = BUFFER_WORDS as u64 * 4;

#[test]
fn five_rounds_are_enough_for_4096_steps_and_128_mib() {
    assert_eq!(most_rounds(4_096 * 32, LARGEST), 5);
    assert_eq!(most_rounds(32, 4), 2);
    // One more for a program that unrolls to the very limit.
    assert_eq!(most_rounds(u64::from(UNROLLED_STEPS) * 32, LARGEST), 6);
}

#[test]
fn a_game_over_4096_steps_and_an_output_of_128_mib_takes_five_rounds() {
    let input = (0..16u32).map(|i| i.wrapping_mul(0x9e37_79b9)).collect();
    let case = Case::new("largest", chain(4_095, 16, BUFFER_WORDS), &[input], Vec::new());
    assert_eq!(case.program.trace_length(), 4_096);
    let flip = Flip {
        position: 4_095,
        word: 0x123_4567,
        mask: 0x8000_0000,
    };
    let liar = Liar {
        flips: vec![flip],
        computes_on: true,
    };
    let mut parties = [
        Party {
            player: case.player(Place::Memory, LARGEST * 2),
            executor: &liar,
        },
        Party {
            player: case.rich_player(),
            executor: &Interpreter,
        },
    ];
    let (standing, games) = play(&case, &mut parties, 1);
    assert_eq!(standing, [1]);
    assert_eq!(games.len(), 1);
    assert_eq!((games[0].rounds, games[0].position), (5, 4_095));
    assert_eq!(games[0].invocation, 0x123_4567 / 4);
}
