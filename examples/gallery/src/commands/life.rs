use std::{fs, path::PathBuf};

use edgeproof_gallery::{
    animation,
    life::{self, Board, PATTERNS},
    GalleryError,
};
use serde_json::json;

use crate::context::{Context, Report};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Pattern in run-length encoding, or glider, gun, acorn or r-pentomino
    pattern: String,
    /// PNG file to write
    output: PathBuf,
    #[arg(long, default_value = "100")]
    generations: u32,
    /// Write an animation with a frame for every so many generations
    #[arg(long, value_name = "GENERATIONS")]
    every: Option<u32>,
    /// Columns of the board, rounded up to a multiple of 32
    #[arg(long, default_value = "128")]
    width: u32,
    #[arg(long, default_value = "96")]
    height: u32,
    /// Pixels of a cell
    #[arg(long, default_value = "4")]
    scale: u32,
    /// Milliseconds of a frame
    #[arg(long, default_value = "80", requires = "every")]
    delay: u16,
}

impl Args {
    pub fn run(self, context: &Context) -> Result<Report, GalleryError> {
        let start = self.start()?;
        let mut session = context.open()?;
        let mut board = start.clone();
        let mut frames = Vec::new();
        let mut left = self.generations;
        while left > 0 {
            let now = self.every.unwrap_or(left).clamp(1, left);
            if self.every.is_some() {
                frames.push(board.picture(self.scale)?);
            }
            let outcome = session.run(&life::task(&board, now)?, "life")?;
            board = life::after(&board, &outcome);
            left -= now;
        }
        frames.push(board.picture(self.scale)?);
        animation(&frames, self.delay, &self.output)?;
        let text = format!(
            "{}: {} cells live after {} generations, {} at the start, on a torus of {} x {}",
            self.output.display(),
            board.population(),
            self.generations,
            start.population(),
            board.columns(),
            board.rows()
        );
        let value = json!({
            "file": self.output.display().to_string(),
            "generations": self.generations,
            "population": board.population(),
            "frames": frames.len(),
        });
        Ok(session.report(text, value))
    }

    fn start(&self) -> Result<Board, GalleryError> {
        let board = Board::new(self.width, self.height)?;
        let known = PATTERNS.iter().find(|(name, _)| *name == self.pattern);
        match known {
            Some((_, text)) => life::parse(text, board),
            None => {
                let text = fs::read_to_string(&self.pattern).map_err(|error| GalleryError::File {
                    path: self.pattern.clone().into(),
                    error,
                })?;
                life::parse(&text, board)
            }
        }
    }
}
