//! What a command has to say, and how it reaches standard output.

use serde_json::Value;
use std::io::{self, Write};

/// The result of a command: a text for people and a value for programs.
#[derive(Debug)]
pub struct Report {
    pub text: String,
    pub value: Value,
    bad_news: bool,
}

impl Report {
    pub fn new(text: impl Into<String>, value: Value) -> Self {
        Self {
            text: text.into(),
            value,
            bad_news: false,
        }
    }

    /// Marks a report that is complete but tells of a failure, for instance of a job: exit code 1.
    pub fn bad_news_if(self, bad_news: bool) -> Self {
        Self { bad_news, ..self }
    }

    pub fn code(&self) -> u8 {
        u8::from(self.bad_news)
    }

    /// Prints the text, or the value on one line.
    ///
    /// # Errors
    /// Whatever standard output fails with, except that nobody listens any more.
    pub fn print(&self, json: bool) -> io::Result<()> {
        if json {
            line(&self.value)
        } else {
            line(&self.text)
        }
    }
}

/// Prints a line that is part of a longer answer. A closed pipe is no error: the reader has seen enough.
///
/// # Errors
/// Whatever else standard output fails with.
pub fn line(text: impl std::fmt::Display) -> io::Result<()> {
    match writeln!(io::stdout().lock(), "{text}").and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
