//! `edgeproof program`.

mod build;
mod inspect;
mod run;
mod source;

use crate::{failure::Failure, report::Report};

pub use build::digits;
pub use source::read;

#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Write a program to a file
    Build(build::Args),
    /// Check a program and show what it does and costs
    Inspect(inspect::Args),
    /// Run a program on this machine: on the GPU, in the interpreter, or on both to compare
    Run(run::Args),
}

pub fn run(command: Command) -> Result<Report, Failure> {
    match command {
        Command::Build(args) => build::run(&args),
        Command::Inspect(args) => inspect::run(&args),
        Command::Run(args) => run::run(&args),
    }
}
