//! Consent before something is paid or put at risk.

use crate::failure::Failure;
use std::io::{self, IsTerminal, Write};

/// Says `what` will be paid or put at risk, and asks on the terminal unless that was answered with `yes` before.
pub fn confirm(what: &str, yes: bool) -> Result<(), Failure> {
    if yes {
        // Consent was given before: this is for the record, and nobody may listen.
        let _ = writeln!(io::stderr().lock(), "{what}");
        return Ok(());
    }
    if !io::stdin().is_terminal() {
        return Err(Failure::usage(what).next("pass --yes to do so"));
    }
    let mut stderr = io::stderr().lock();
    write!(stderr, "{what}. Go on? [y/N] ")?;
    stderr.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    match answer.trim().to_ascii_lowercase().as_str() {
        "y" | "yes" => Ok(()),
        _ => Err(Failure::new("nothing was sent").next("answer y, or pass --yes")),
    }
}
