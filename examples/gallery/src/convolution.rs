//! A filter over a picture: blur, sharpen, emboss or any square of weights.

use crate::{recipe::source, task::words, GalleryError, Outcome, Picture, Recipe, Source, Task};

pub const SOURCE: Source = source!("convolution", "widen.wgsl", "narrow.wgsl");

/// Largest side of a filter: what a referee can open of one sum.
pub const MAX_SIDE: usize = 27;
/// Red, green, blue and alpha.
const CHANNELS: usize = 4;

/// Weights that stand around a pixel, row by row: the new pixel is their sum with the old ones, divided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    weights: Vec<i8>,
    divisor: u32,
    bias: u8,
}

impl Filter {
    /// A square of weights with an odd side. `divisor` divides the sums, `bias` is added then.
    ///
    /// # Errors
    /// When the weights are no such square or the divisor is 0.
    pub fn new(weights: Vec<i8>, divisor: u32, bias: u8) -> Result<Self, GalleryError> {
        let side = weights.len().isqrt();
        if side * side != weights.len() || side.is_multiple_of(2) || side > MAX_SIDE {
            return Err(GalleryError::input(format!(
                "{} weights are not a square with an odd side of at most {MAX_SIDE}; give for instance 9 or 25",
                weights.len()
            )));
        }
        if divisor == 0 || divisor > 1 << 16 {
            return Err(GalleryError::input("the divisor is a number from 1 to 65536"));
        }
        Ok(Self {
            weights,
            divisor,
            bias,
        })
    }

    /// The divisor that keeps the brightness: the sum of the weights, or 1 if that is not positive.
    pub fn natural_divisor(weights: &[i8]) -> u32 {
        let sum: i32 = weights.iter().map(|weight| i32::from(*weight)).sum();
        u32::try_from(sum.max(1)).unwrap_or(1)
    }

    pub fn weights(&self) -> &[i8] {
        &self.weights
    }

    pub fn divisor(&self) -> u32 {
        self.divisor
    }

    pub fn bias(&self) -> u8 {
        self.bias
    }

    /// Pixels on a side.
    pub fn side(&self) -> u32 {
        u32::try_from(self.weights.len().isqrt()).unwrap_or(u32::MAX)
    }

    /// The blob of weights: the same filter for each channel, padded to whole words.
    fn blob(&self) -> Vec<u32> {
        let mut filter: Vec<u8> = self.weights.iter().map(|weight| weight.cast_unsigned()).collect();
        filter.resize(filter.len().next_multiple_of(4), 0);
        words(&filter.repeat(CHANNELS))
    }

    /// What narrow.wgsl adds to a sum. The picture's bytes are less 128, which the weights have multiplied; half a
    /// divisor rounds.
    fn offset(&self) -> i32 {
        let sum: i32 = self.weights.iter().map(|weight| i32::from(*weight)).sum();
        let divisor = self.divisor.cast_signed();
        128 * sum + i32::from(self.bias) * divisor + divisor / 2
    }
}

/// The job that filters `picture`.
///
/// # Errors
/// A picture that is too large.
pub fn task(picture: &Picture, filter: &Filter) -> Result<Task, GalleryError> {
    let (width, height) = (picture.width, picture.height);
    let area = Picture::area(width, height)?;
    let (side, margin) = (filter.side(), filter.side() / 2);
    let (wide, high) = (width + 2 * margin, height + 2 * margin);
    let weights = filter.blob();
    let program = Recipe::new(SOURCE)
        .words("picture", area)
        .words("weights", u32::try_from(weights.len()).unwrap_or(u32::MAX))
        .words("wide", wide.saturating_mul(high))
        .convolution("sums", "height", high)
        .convolution("sums", "width", wide)
        .convolution("sums", "kernel", vec![side, side])
        .words("filtered", area);
    Ok(Task {
        name: SOURCE.name,
        program: program.build()?,
        inputs: vec![picture.pixels.clone(), weights],
        params: vec![
            width,
            height,
            margin,
            filter.offset().cast_unsigned(),
            filter.divisor,
        ],
    })
}

/// The filtered picture, opaque.
pub fn filtered(picture: &Picture, outcome: &Outcome) -> Picture {
    Picture::new(picture.width, picture.height, outcome.outputs[0].clone())
}
