/// Pixels of an image: 8 x 8, row-major.
pub const PIXELS: u32 = 64;
/// Neurons of the hidden layer.
pub const HIDDEN: u32 = 64;
/// The digits.
pub const CLASSES: u32 = 10;

const HIDDEN_WEIGHTS: &[u8; (HIDDEN * PIXELS) as usize] = include_bytes!("../data/hidden_weights.i8");
const HIDDEN_REQUANT: &[u8; (HIDDEN * 2 * 4) as usize] = include_bytes!("../data/hidden_requant.i32");
const OUTPUT_WEIGHTS: &[u8; (CLASSES * HIDDEN) as usize] = include_bytes!("../data/output_weights.i8");
const OUTPUT_BIAS: &[u8; (CLASSES * 4) as usize] = include_bytes!("../data/output_bias.i32");

/// The trained layers, as the bytes of the job's input blobs.
#[derive(Clone, Copy, Debug)]
pub struct Network {
    /// [`HIDDEN`] x [`PIXELS`] `i8`.
    pub hidden_weights: &'static [u8],
    /// [`HIDDEN`] pairs of bias and multiplier, `i32`.
    pub hidden_requant: &'static [u8],
    /// [`CLASSES`] x [`HIDDEN`] `i8`.
    pub output_weights: &'static [u8],
    /// [`CLASSES`] `i32`.
    pub output_bias: &'static [u8],
}

impl Network {
    /// The network that `train.py` wrote.
    pub fn embedded() -> Self {
        Self {
            hidden_weights: HIDDEN_WEIGHTS,
            hidden_requant: HIDDEN_REQUANT,
            output_weights: OUTPUT_WEIGHTS,
            output_bias: OUTPUT_BIAS,
        }
    }
}
