//! Jobs that try a second execution of the language against the interpreter: random ones and corner cases.

mod corners;
mod generate;
mod random;
mod seeds;

pub use corners::corners;
pub use generate::{generate, kernel as random_kernel};
pub use random::Random;
pub use seeds::seeds;

use crate::Verified;

/// A program with inputs and parameter words that it takes.
#[derive(Clone, Debug)]
pub struct Case {
    pub name: String,
    pub program: Verified,
    pub inputs: Vec<Vec<u32>>,
    pub params: Vec<u32>,
}

/// Words at which integer arithmetic has its corners.
pub const CORNERS: [u32; 20] = [
    0,
    1,
    2,
    7,
    8,
    31,
    32,
    33,
    64,
    127,
    128,
    255,
    0xffff,
    0x1_0000,
    0x7fff_ffff,
    0x8000_0000,
    0x8000_0001,
    0x8080_8080,
    0xffff_fffe,
    0xffff_ffff,
];
