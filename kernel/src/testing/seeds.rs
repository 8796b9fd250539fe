use std::{
    env,
    ops::Range,
    time::{SystemTime, UNIX_EPOCH},
};

/// The seeds of a random test, as many as `cases` unless `EDGEPROOF_CASES` says otherwise, from `EDGEPROOF_SEED` on or
/// from the time. Prints them, so that a failure can be repeated.
///
/// # Panics
/// When a variable is set to something else than a number.
pub fn seeds(cases: u64) -> Range<u64> {
    let clock = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let first = number("EDGEPROOF_SEED").unwrap_or(clock << 20);
    let cases = number("EDGEPROOF_CASES").unwrap_or(cases);
    println!("{cases} cases from EDGEPROOF_SEED={first}");
    first..first.saturating_add(cases)
}

#[allow(clippy::expect_used)] // a test that ignores its seed would pass for the wrong reason
fn number(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok()?;
    Some(text.parse().expect("the variable is a number"))
}
