//! What every command needs: where to compute, and how to tell.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use edgeproof_gallery::{Computer, GalleryError, On, Outcome, Task};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{json, Value};

const TICK: Duration = Duration::from_millis(100);

/// Options of every command.
#[derive(clap::Args, Clone, Debug)]
#[command(next_help_heading = "Global options")]
pub struct Context {
    /// What computes
    #[arg(long, global = true, value_enum, default_value_t)]
    on: On,
    /// Answer in JSON, on one line; errors, too
    #[arg(long, global = true)]
    json: bool,
    /// Write the program and its input blobs to this folder, too, and say how to post them as a job
    #[arg(long, global = true, value_name = "DIR")]
    save: Option<PathBuf>,
}

/// A line for people and a value for programs.
#[derive(Debug)]
pub struct Report {
    pub text: String,
    pub value: Value,
}

/// Tasks run one after the other, and what they took together.
pub struct Session<'a> {
    context: &'a Context,
    computer: Computer,
    took: Duration,
    operations: u64,
    rechecked: u64,
    submit: Option<String>,
}

impl Context {
    /// Opens what computes.
    pub fn open(&self) -> Result<Session<'_>, GalleryError> {
        Ok(Session {
            context: self,
            computer: Computer::open(self.on)?,
            took: Duration::ZERO,
            operations: 0,
            rechecked: 0,
            submit: None,
        })
    }

    pub fn print(&self, report: &Report) -> ExitCode {
        let text = if self.json {
            report.value.to_string()
        } else {
            report.text.clone()
        };
        // A closed pipe is no failure: the reader has seen enough.
        let _ = writeln!(io::stdout().lock(), "{text}");
        ExitCode::SUCCESS
    }

    pub fn fail(&self, error: &GalleryError) -> ExitCode {
        let text = if self.json {
            json!({ "error": error.to_string() }).to_string()
        } else {
            format!("error: {error}")
        };
        let _ = writeln!(io::stderr().lock(), "{text}");
        ExitCode::FAILURE
    }
}

impl Session<'_> {
    /// Runs a task and shows how far it has come. `label` says in a few words what it is. The first task of a
    /// session is the one that is saved.
    pub fn run(&mut self, task: &Task, label: &str) -> Result<Outcome, GalleryError> {
        if let (Some(folder), None) = (&self.context.save, &self.submit) {
            self.submit = Some(task.save(folder)?);
        }
        let total = task.operations();
        let bar = bar(&self.computer, total, label);
        let outcome = self.computer.run(task, &mut |done| bar.set_position(done));
        bar.finish_and_clear();
        let outcome = outcome?;
        self.took += outcome.took;
        self.operations = self.operations.saturating_add(total);
        self.rechecked += outcome.rechecked;
        Ok(outcome)
    }

    /// The result with where it was computed and how long that took.
    pub fn report(self, text: impl Into<String>, value: Value) -> Report {
        let seconds = self.took.as_secs_f64();
        let mut text = format!(
            "{}\n{} operations in {seconds:.2} s on {}",
            text.into(),
            short(self.operations),
            self.computer.name()
        );
        if self.rechecked > 0 {
            text += &format!(
                "; {} random invocations checked by the interpreter",
                self.rechecked
            );
        }
        let mut value = value;
        value["operations"] = json!(self.operations);
        value["seconds"] = json!(seconds);
        value["on"] = json!(self.computer.name());
        value["rechecked"] = json!(self.rechecked);
        if let Some(submit) = self.submit {
            text += &format!("\npost it as a job: {submit}");
            value["submit"] = json!(submit);
        }
        Report { text, value }
    }
}

/// The value of a report about one file.
pub fn file(path: &Path) -> Value {
    json!({ "file": path.display().to_string() })
}

fn bar(computer: &Computer, total: u64, label: &str) -> ProgressBar {
    let template = match computer {
        Computer::Gpu(_) => "{msg} {wide_bar} {percent:>3} %, {eta} left",
        Computer::Interpreter => "{spinner} {msg} in the interpreter, {elapsed}",
    };
    let bar = ProgressBar::new(total).with_message(label.to_owned());
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(TICK);
    bar
}

/// A large number with three digits and a unit.
fn short(number: u64) -> String {
    let units = [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")];
    let value = number as f64;
    units.iter().find(|(size, _)| value >= *size).map_or_else(
        || number.to_string(),
        |(size, unit)| format!("{:.1} {unit}", value / size),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_short() {
        assert_eq!(short(999), "999");
        assert_eq!(short(1_000), "1.0 k");
        assert_eq!(short(59_432_000_000), "59.4 G");
    }
}
