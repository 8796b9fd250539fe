//! The edges of a picture.

use crate::{recipe::source, GalleryError, Outcome, Picture, Recipe, Source, Task};

pub const SOURCE: Source = source!("sobel", "luma.wgsl", "sobel.wgsl");

/// The job that finds the edges of `picture`.
///
/// # Errors
/// A picture that is too large.
pub fn task(picture: &Picture) -> Result<Task, GalleryError> {
    let area = Picture::area(picture.width, picture.height)?;
    let program = Recipe::new(SOURCE)
        .words("picture", area)
        .words("luma", area)
        .words("edges", area);
    Ok(Task {
        name: SOURCE.name,
        program: program.build()?,
        inputs: vec![picture.pixels.clone()],
        params: vec![picture.width, picture.height],
    })
}

/// The edges, white on black.
pub fn edges(picture: &Picture, outcome: &Outcome) -> Picture {
    Picture::new(picture.width, picture.height, outcome.outputs[0].clone())
}
