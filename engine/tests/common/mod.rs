//! What the tests share.
#![allow(dead_code)] // every test binary takes what it needs

use std::time::{SystemTime, UNIX_EPOCH};

use edgeproof_engine::{Engine, Options, Selection};
use edgeproof_kernel::testing::Case;

pub fn number(variable: &str) -> Option<u64> {
    std::env::var(variable)
        .ok()
        .map(|text| text.parse().expect("the variable is a number"))
}

/// The first seed of a random test, and how many follow.
pub fn seeds(cases: u64) -> std::ops::Range<u64> {
    let clock = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("the clock is set")
        .as_secs();
    let first = number("EDGEPROOF_SEED").unwrap_or(clock << 20);
    let cases = number("EDGEPROOF_CASES").unwrap_or(cases);
    println!("{cases} cases from EDGEPROOF_SEED={first}");
    first..first + cases
}

pub fn engine(options: Options) -> Engine {
    Engine::open_with(&Selection::Best, options).expect("an adapter; scripts/setup installs the software one")
}

/// Words that the engine and the interpreter have both computed, with the same result.
pub fn agree(engine: &Engine, case: &Case, hint: &str) -> u64 {
    match engine.compare(case) {
        Ok((words, None)) => words,
        Ok((_, Some(wrong))) => panic!("{hint}: {wrong:?}"),
        Err(error) => panic!("{hint}: {error}"),
    }
}
