//! What is going on, on standard error.

use indicatif::{ProgressBar, ProgressStyle};
use std::{
    fmt::Display,
    io::{self, Write},
    time::Duration,
};

const TICK: Duration = Duration::from_millis(100);

/// A spinner with what has been done above it. Without a terminal only the latter is written.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    pub fn start() -> Self {
        let style = ProgressStyle::with_template("{spinner} {msg} {elapsed:.dim}");
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = style {
            bar.set_style(style);
        }
        bar.enable_steady_tick(TICK);
        Self { bar }
    }

    /// Says what is being waited for.
    pub fn waiting(&self, for_what: impl Display) {
        self.bar.reset_elapsed();
        self.bar.set_message(for_what.to_string());
    }

    /// Says what has happened.
    pub fn done(&self, what: impl Display) {
        if self.bar.is_hidden() {
            // Progress is a courtesy: nobody is told when nobody listens.
            let _ = writeln!(io::stderr().lock(), "{what}");
        } else {
            self.bar.println(what.to_string());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
