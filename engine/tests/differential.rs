//! Random programs mean the same to the interpreter and to the adapter.
//!
//! `EDGEPROOF_SEED` chooses the first seed, `EDGEPROOF_CASES` how many follow; a failure names its seed.

use std::time::{SystemTime, UNIX_EPOCH};

use edgeproof_engine::{Engine, Executor, Selection};
use edgeproof_kernel::testing::generate;

const CASES: u64 = 150;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable)
        .ok()
        .map(|text| text.parse().expect("the variable is a number"))
}

#[test]
fn random_programs_agree_bit_for_bit_with_the_interpreter() {
    let clock = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("the clock is set")
        .as_secs();
    let first = number("EDGEPROOF_SEED").unwrap_or(clock << 20);
    let cases = number("EDGEPROOF_CASES").unwrap_or(CASES);
    let engine = Engine::open(&Selection::Best).expect("an adapter");
    println!(
        "{} programs from EDGEPROOF_SEED={first} on {}",
        cases,
        engine.adapter().name
    );

    let mut words = 0;
    for seed in first..first + cases {
        let case = generate(seed);
        let (compared, disagreement) = engine.compare(&case).unwrap_or_else(|error| {
            panic!("EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1: {error}");
        });
        assert_eq!(disagreement, None, "EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1");
        words += compared;
    }
    println!("{words} words agree");
    assert!(words > cases, "the programs computed something");
}
