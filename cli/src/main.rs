//! The `edgeproof` command.

mod balance;
mod confirm;
mod context;
mod example;
mod failure;
mod format;
mod gov;
mod job;
mod keys;
mod program;
mod progress;
mod report;
mod stake;
mod status;
mod table;
mod worker;

use clap::{error::ErrorKind, Parser};
use context::Context;
use failure::Failure;
use report::Report;
use std::{
    env,
    io::{self, Write},
    process::ExitCode,
};
use tracing_subscriber::EnvFilter;

/// Post jobs to the Edgeproof chain, follow them, and fetch results that can be proven to others
#[derive(Parser, Debug)]
#[command(
    name = "edgeproof",
    version,
    infer_subcommands = true,
    arg_required_else_help = true
)]
#[command(after_help = "On a development chain: edgeproof example digits --key //Alice")]
struct Args {
    #[command(flatten)]
    context: Context,
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand, Debug)]
enum Command {
    /// Make, store and show keys
    #[command(subcommand)]
    Keys(keys::Command),
    /// Show what an account has of both tokens
    Balance(balance::Args),
    /// Build, inspect and run programs
    #[command(subcommand)]
    Program(program::Command),
    /// Post, follow, fetch and withdraw jobs
    #[command(subcommand)]
    Job(job::Command),
    /// See who offers to compute
    #[command(subcommand)]
    Worker(worker::Command),
    /// Back validators or become one, and see what it earns
    #[command(subcommand)]
    Stake(stake::Command),
    /// Propose changes of the chain, and vote on them with THETA
    #[command(subcommand)]
    Gov(gov::Command),
    /// Show node, chain, tokens, jobs and workers
    Status,
    /// Run a real job from start to end
    #[command(subcommand)]
    Example(example::Command),
}

#[tokio::main]
async fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return refuse_arguments(&error),
    };
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("off")))
        .with_writer(io::stderr)
        .init();
    let json = args.context.json;
    let done = match run(args.command, &args.context).await {
        Ok(report) => report.print(json).map(|()| report.code()).map_err(Failure::from),
        Err(failure) => Err(failure),
    };
    match done {
        Ok(code) => code.into(),
        Err(failure) => tell(&failure, json),
    }
}

async fn run(command: Command, context: &Context) -> Result<Report, Failure> {
    match command {
        Command::Keys(command) => command.run(context),
        Command::Balance(args) => balance::run(args, context).await,
        Command::Program(command) => program::run(command),
        Command::Job(command) => job::run(command, context).await,
        Command::Worker(command) => worker::run(command, context).await,
        Command::Stake(command) => stake::run(command, context).await,
        Command::Gov(command) => gov::run(command, context).await,
        Command::Status => status::run(context).await,
        Command::Example(command) => example::run(command, context).await,
    }
}

/// Help and version are answers; the rest is a wrong use. Both may meet a closed pipe.
fn refuse_arguments(error: &clap::Error) -> ExitCode {
    let json = env::args_os().any(|argument| argument == "--json");
    let is_answer = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    if json && !is_answer {
        return tell(&Failure::usage(plain(error)).next("see `edgeproof --help`"), json);
    }
    let _ = error.print();
    if is_answer {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(2)
    }
}

/// The message of the parser without colours and its own headings.
fn plain(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let end = ["\n\nUsage:", "\n\nFor more information"]
        .iter()
        .filter_map(|heading| text.find(heading))
        .min();
    let message = text.get(..end.unwrap_or(text.len())).unwrap_or_default();
    let words: Vec<_> = message.trim_start_matches("error: ").split_whitespace().collect();
    words.join(" ")
}

fn tell(failure: &Failure, json: bool) -> ExitCode {
    let text = if json {
        failure.value().to_string()
    } else {
        failure.to_string()
    };
    // Nobody listens: the exit code still tells.
    let _ = writeln!(io::stderr().lock(), "{text}");
    ExitCode::from(failure.code())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn refusal(arguments: &str) -> String {
        let arguments = format!("edgeproof {arguments}");
        plain(&Args::try_parse_from(arguments.split_whitespace()).unwrap_err())
    }

    #[test]
    fn the_arguments_are_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn wrong_arguments_are_refused_with_what_was_wrong() {
        let refusals = [
            ("job submit p --cap 1,5", "18 decimals"),
            ("job submit p --cap 1ETH", "`ETH` is no unit of TFUEL"),
            ("job submit p --region Germany", "`Germany` is no country"),
            ("job submit p --memory 2GB", "`GB` is no unit of memory"),
            ("job submit p --param -1", "-1"),
            ("job submit", "<PROGRAM>"),
            (
                "job demand 3 --output 256",
                "invalid value '256' for '--output <N>'",
            ),
            ("job watch first", "invalid value 'first' for '<JOB>'"),
            (
                "program run k.wgsl --on tpu",
                "[possible values: gpu, interpreter, both]",
            ),
            ("example digits --cap much", "write `1.5 TFUEL`"),
            ("gov vote 0 perhaps", "[possible values: aye, nay, abstain]"),
            ("gov vote 0 aye 5 --conviction 7", "7 is not in 0..=6"),
            ("gov propose set worker.rate", "write `group.name=value`"),
            ("gov propose set fees.rate=1", "no group of governed values"),
            ("gov propose call --track parameters 0x1g", "hexadecimal"),
        ];
        for (arguments, expected) in refusals {
            let refusal = refusal(arguments);
            assert!(refusal.contains(expected), "{arguments}: {refusal}");
            assert!(
                !refusal.contains('\n') && !refusal.contains("--help"),
                "{arguments}: {refusal}"
            );
        }
    }

    #[test]
    fn global_options_may_stand_after_the_command() {
        let args =
            Args::try_parse_from(["edgeproof", "status", "--json", "--url", "ws://node:9944"]).unwrap();
        assert!(args.context.json);
        assert_eq!(args.context.url, "ws://node:9944");
    }
}
