//! The `gallery` command: programs that people recognise, run on this machine.

mod commands;
mod context;

use std::process::ExitCode;

use clap::Parser;
use context::{Context, Report};
use edgeproof_gallery::GalleryError;

/// Run programs that people recognise, in integers only: the same bits on every machine
#[derive(Parser, Debug)]
#[command(
    name = "gallery",
    version,
    infer_subcommands = true,
    arg_required_else_help = true
)]
#[command(
    after_help = "To begin with: gallery path-tracer picture.png && gallery sobel picture.png edges.png"
)]
struct Args {
    #[command(flatten)]
    context: Context,
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand, Debug)]
enum Command {
    /// Blur, sharpen or emboss a picture
    Convolution(commands::convolution::Args),
    /// Find the edges of a picture
    Sobel(commands::sobel::Args),
    /// Draw the Mandelbrot set
    Mandelbrot(commands::mandelbrot::Args),
    /// Render spheres of mirror, glass and gold in a room
    PathTracer(commands::path_tracer::Args),
    /// Play the Game of Life
    Life(commands::life::Args),
    /// Search for a hash that begins with many zero bits
    Sha256(commands::sha256::Args),
    /// Find clusters of points
    Kmeans(commands::kmeans::Args),
    /// Multiply two large numbers by way of their spectra
    Ntt(commands::ntt::Args),
}

fn main() -> ExitCode {
    let args = Args::parse();
    match run(args.command, &args.context) {
        Ok(report) => args.context.print(&report),
        Err(error) => args.context.fail(&error),
    }
}

fn run(command: Command, context: &Context) -> Result<Report, GalleryError> {
    match command {
        Command::Convolution(args) => args.run(context),
        Command::Sobel(args) => args.run(context),
        Command::Mandelbrot(args) => args.run(context),
        Command::PathTracer(args) => args.run(context),
        Command::Life(args) => args.run(context),
        Command::Sha256(args) => args.run(context),
        Command::Kmeans(args) => args.run(context),
        Command::Ntt(args) => args.run(context),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn the_commands_of_the_readme_are_understood() {
        let readme = include_str!("../../README.md");
        let commands: Vec<_> = readme
            .lines()
            .filter(|line| line.starts_with("gallery "))
            .collect();
        assert!(commands.len() >= 8, "{commands:?}");
        for command in commands {
            let words = command.replace(['"', '\''], "");
            let parsed = Args::try_parse_from(words.split_whitespace());
            assert!(parsed.is_ok(), "{command}: {}", parsed.unwrap_err());
        }
    }
}
