//! The Mandelbrot set in fixed point.

use crate::{recipe::source, GalleryError, Outcome, Picture, Recipe, Source, Task};

pub const SOURCE: Source = source!("mandelbrot", "mandelbrot.wgsl");

/// Fractional bits of coordinates.
pub const FRACTION: u32 = 28;
/// Colours of the palette.
const COLOURS: u32 = 192;
/// Most rounds that the program declares.
pub const MAX_ROUNDS: u32 = 20_000;

/// What to look at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    pub width: u32,
    pub height: u32,
    /// Real and imaginary part of the middle.
    pub centre: (f64, f64),
    /// Extent of the picture along its width.
    pub across: f64,
    /// Rounds after which a point counts as inside.
    pub rounds: u32,
}

impl View {
    /// Distance between samples, of which a pixel has two by two, with [`FRACTION`] bits.
    fn half_pixel(&self) -> Result<u32, GalleryError> {
        let step = (self.across / f64::from(self.width) / 2.0 * f64::from(1u32 << FRACTION)).round();
        let reach = f64::from(self.width.max(self.height)) * step / f64::from(1u32 << FRACTION);
        let centre = self.centre.0.abs().max(self.centre.1.abs());
        if !self.centre.0.is_finite() || !self.centre.1.is_finite() || centre + reach >= 4.0 {
            return Err(GalleryError::input(
                "the picture reaches beyond -4 to 4; look closer",
            ));
        }
        if step.is_nan() || step < 1.0 {
            return Err(GalleryError::input(
                "coordinates have 28 fractional bits, too few to look this close",
            ));
        }
        Ok(step as u32)
    }
}

/// The job that draws `view`.
///
/// # Errors
/// A picture that is too large, or a view beyond the numbers' range or precision.
pub fn task(view: &View) -> Result<Task, GalleryError> {
    let area = Picture::area(view.width, view.height)?;
    let fixed = |part: f64| ((part * f64::from(1u32 << FRACTION)).round() as i32).cast_unsigned();
    if view.rounds > MAX_ROUNDS {
        return Err(GalleryError::input(format!("at most {MAX_ROUNDS} rounds")));
    }
    let half_pixel = view.half_pixel()?;
    let program = Recipe::new(SOURCE)
        .words("palette", COLOURS)
        .words("picture", area);
    Ok(Task {
        name: SOURCE.name,
        program: program.build()?,
        inputs: vec![palette()],
        params: vec![
            view.width,
            view.height,
            fixed(view.centre.0),
            fixed(view.centre.1),
            half_pixel,
            view.rounds,
            COLOURS,
        ],
    })
}

/// The picture.
pub fn picture(view: &View, outcome: &Outcome) -> Picture {
    Picture::new(view.width, view.height, outcome.outputs[0].clone())
}

/// Night, sky, snow and amber, and back to night, turned so that night surrounds the set.
fn palette() -> Vec<u32> {
    const STOPS: [(u32, [u32; 3]); 6] = [
        (0, [4, 8, 52]),
        (32, [24, 82, 177]),
        (72, [232, 248, 255]),
        (112, [255, 176, 24]),
        (150, [96, 20, 16]),
        (COLOURS, [4, 8, 52]),
    ];
    let mut colours = Vec::new();
    for pair in STOPS.windows(2) {
        let [(from, a), (to, b)] = [pair[0], pair[1]];
        for at in 0..to - from {
            let byte = |n: usize| (a[n] * (to - from - at) + b[n] * at) / (to - from);
            colours.push(byte(0) | byte(1) << 8 | byte(2) << 16 | 0xff00_0000);
        }
    }
    colours.rotate_right(112);
    colours
}
