//! Random programs mean the same to the interpreter and to the adapter.
//!
//! `EDGEPROOF_SEED` chooses the first seed, `EDGEPROOF_CASES` how many follow; a failure names its seed.

mod common;

use common::{agree, engine, seeds};
use edgeproof_engine::Options;
use edgeproof_kernel::testing::generate;

/// Of all four tests together. Compiling shaders takes the time, so they run side by side.
const CASES: u64 = 1_000;
const TESTS: u64 = 4;

fn random_programs_agree(test: u64) {
    let engine = engine(Options::default());
    let (mut cases, mut words) = (0, 0);
    for seed in seeds(CASES).filter(|seed| seed % TESTS == test) {
        let hint = format!("EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1");
        words += agree(&engine, &generate(seed), &hint);
        cases += 1;
    }
    println!("{words} words of {cases} programs agree");
    assert!(words >= cases, "the programs computed something");
}

#[test]
fn random_programs_agree_bit_for_bit_with_the_interpreter_first_quarter() {
    random_programs_agree(0);
}

#[test]
fn random_programs_agree_bit_for_bit_with_the_interpreter_second_quarter() {
    random_programs_agree(1);
}

#[test]
fn random_programs_agree_bit_for_bit_with_the_interpreter_third_quarter() {
    random_programs_agree(2);
}

#[test]
fn random_programs_agree_bit_for_bit_with_the_interpreter_last_quarter() {
    random_programs_agree(3);
}
