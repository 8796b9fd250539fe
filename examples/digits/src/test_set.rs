use crate::PIXELS;

/// Held-out images.
pub const IMAGES: u32 = 360;

const PIXEL_BYTES: &[u8; (IMAGES * PIXELS) as usize] = include_bytes!("../data/images.i8");
const TRUTH: &[u8; IMAGES as usize] = include_bytes!("../data/truth.txt");
const PREDICTED: &[u8; IMAGES as usize] = include_bytes!("../data/predicted.txt");

/// Images that the network has not been trained on.
#[derive(Clone, Debug)]
pub struct TestSet {
    /// [`IMAGES`] x [`PIXELS`] bytes of 0 to 16: the job's first input blob.
    pub images: &'static [u8],
    /// What was written.
    pub truth: Vec<u32>,
    /// What the integer network of `train.py` read.
    pub predicted: Vec<u32>,
}

impl TestSet {
    /// The images that `train.py` held out.
    pub fn embedded() -> Self {
        Self {
            images: PIXEL_BYTES,
            truth: digits(TRUTH),
            predicted: digits(PREDICTED),
        }
    }

    /// The pixels of one image; `None` beyond the last.
    pub fn image(&self, number: usize) -> Option<&'static [u8]> {
        self.images.chunks_exact(PIXELS as usize).nth(number)
    }
}

/// The labels in a job's output blob: one little-endian word each.
pub fn labels(output: &[u8]) -> Vec<u32> {
    output
        .as_chunks()
        .0
        .iter()
        .map(|word| u32::from_le_bytes(*word))
        .collect()
}

/// The share of `truth` that `labels` says; a missing label is a wrong one.
pub fn accuracy(labels: &[u32], truth: &[u32]) -> f64 {
    let correct = labels
        .iter()
        .zip(truth)
        .filter(|(label, truth)| label == truth)
        .count();
    correct as f64 / truth.len().max(1) as f64
}

fn digits(text: &[u8]) -> Vec<u32> {
    text.iter()
        .map(|digit| u32::from(digit.saturating_sub(b'0')))
        .collect()
}
