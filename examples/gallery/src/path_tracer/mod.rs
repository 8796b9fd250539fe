//! A room with spheres, lit by one lamp, rendered by following light backwards.

mod scene;
mod vector;

pub use scene::{Camera, Lamp, Material, Scene, Sphere, Surface};
pub use vector::Vector;

use crate::{recipe::source, GalleryError, Outcome, Picture, Recipe, Source, Task};

pub const SOURCE: Source = source!("path-tracer", "black.wgsl", "sample.wgsl", "develop.wgsl");

/// Samples that one pass adds to a pixel.
pub const SAMPLES_PER_PASS: u32 = 4;
/// Most samples of a pixel: their sum fits in a word.
pub const MAX_SAMPLES: u32 = 65_536;
/// Exposure 1.0 as the program takes it.
const EXPOSURE: f64 = 4_096.0;

/// How a scene is rendered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    pub width: u32,
    pub height: u32,
    /// Samples of each pixel, rounded up to whole passes.
    pub samples: u32,
    /// Factor on the brightness.
    pub exposure: f64,
    /// Decides the grain.
    pub seed: u32,
}

/// The job that renders `scene`.
///
/// # Errors
/// A picture that is too large, too many samples, or a scene that does not fit the renderer's numbers.
pub fn task(scene: &Scene, settings: &Settings) -> Result<Task, GalleryError> {
    let area = Picture::area(settings.width, settings.height)?;
    if settings.samples == 0 || settings.samples > MAX_SAMPLES {
        return Err(GalleryError::input(format!(
            "1 to {MAX_SAMPLES} samples per pixel"
        )));
    }
    if !(0.0..16.0).contains(&settings.exposure) {
        return Err(GalleryError::input("the exposure is a number from 0 to 16"));
    }
    let words = scene.words()?;
    let program = Recipe::new(SOURCE)
        .words("scene", u32::try_from(words.len()).unwrap_or(u32::MAX))
        .words("black", area * 4)
        .words("more", area * 4)
        .words("picture", area)
        .times(settings.samples.div_ceil(SAMPLES_PER_PASS));
    Ok(Task {
        name: SOURCE.name,
        program: program.build()?,
        inputs: vec![words],
        params: vec![
            settings.width,
            settings.height,
            u32::try_from(scene.spheres.len()).unwrap_or(u32::MAX),
            settings.seed,
            (settings.exposure * EXPOSURE) as u32,
        ],
    })
}

/// The picture.
pub fn picture(settings: &Settings, outcome: &Outcome) -> Picture {
    Picture::new(settings.width, settings.height, outcome.outputs[0].clone())
}
