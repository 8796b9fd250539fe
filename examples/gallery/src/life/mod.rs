//! Conway's Game of Life on a torus.

mod board;
mod rle;

pub use board::Board;
pub use rle::{parse, PATTERNS};

use crate::{recipe::source, GalleryError, Outcome, Recipe, Source, Task};

pub const SOURCE: Source = source!("life", "life.wgsl");

/// Most generations of one job: a program unrolls to at most 2^18 steps.
pub const MAX_GENERATIONS: u32 = 1 << 18;

/// The job that lets `board` live for some generations.
///
/// # Errors
/// No generation, or more than a job may have.
pub fn task(board: &Board, generations: u32) -> Result<Task, GalleryError> {
    if generations == 0 || generations > MAX_GENERATIONS {
        return Err(GalleryError::input(format!("1 to {MAX_GENERATIONS} generations")));
    }
    let words = board.across() * board.rows();
    let program = Recipe::new(SOURCE)
        .words("start", words)
        .words("after", words)
        .times(generations);
    Ok(Task {
        name: SOURCE.name,
        program: program.build()?,
        inputs: vec![board.words().to_vec()],
        params: vec![board.across(), board.rows()],
    })
}

/// The board after the last generation.
pub fn after(board: &Board, outcome: &Outcome) -> Board {
    board.with(outcome.outputs[0].clone())
}
