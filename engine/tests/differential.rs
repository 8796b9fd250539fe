//! Random programs mean the same to the interpreter and to the adapter.
//!
//! `EDGEPROOF_SEED` chooses the first seed, `EDGEPROOF_CASES` how many follow; a failure names its seed.

mod common;

use common::{agree, engine, seeds};
use edgeproof_engine::Options;
use edgeproof_kernel::testing::generate;

const CASES: u64 = 150;

#[test]
fn random_programs_agree_bit_for_bit_with_the_interpreter() {
    let engine = engine(Options::default());
    let seeds = seeds(CASES);
    let cases = seeds.end - seeds.start;
    let words: u64 = seeds
        .map(|seed| {
            agree(
                &engine,
                &generate(seed),
                &format!("EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1"),
            )
        })
        .sum();
    println!("{words} words agree");
    assert!(words > cases, "the programs computed something");
}
