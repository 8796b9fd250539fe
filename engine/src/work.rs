//! What a step asks of the device: a shader, its parameters and how its units fill the output.

use edgeproof_kernel::{Conv2d, Kernel, MatMul};
use edgeproof_shader::{
    conv2d_params, matmul_params, segmented_conv2d_shader, segmented_map_shader, segmented_matmul_shader,
    tiled_matmul_params, tiled_matmul_shader, tiled_matmul_units, Range, Segments, Tile, WORKGROUP,
};

/// The work of one step.
pub(crate) struct Work {
    pub wgsl: String,
    /// Storage bindings of the inputs.
    pub bindings: u32,
    pub params: Vec<u32>,
    pub units: Units,
}

/// What a unit of work writes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Units {
    /// An element of so many words.
    Elements { words: u32 },
    /// A tile of a matrix with so many columns.
    Tiles { tile: Tile, columns: u32 },
}

impl Work {
    pub fn map(kernel: &Kernel, params: Vec<u32>, segments: &Segments) -> Self {
        Self {
            wgsl: segmented_map_shader(kernel, segments),
            bindings: segments.bindings(),
            params,
            units: Units::Elements {
                words: u32::try_from(kernel.width()).unwrap_or(1),
            },
        }
    }

    /// A matrix product, in tiles or element by element.
    pub fn matmul(product: &MatMul, tile: Option<Tile>, segments: &Segments) -> Self {
        let bindings = segments.bindings();
        match tile {
            None => Self {
                wgsl: segmented_matmul_shader(segments),
                bindings,
                params: matmul_params(product).to_vec(),
                units: Units::Elements { words: 1 },
            },
            Some(tile) => {
                let row_words = product.k / 4;
                let tile = tile.loading(if row_words % 4 == 0 { 4 } else { 1 });
                Self {
                    wgsl: tiled_matmul_shader(&tile, segments),
                    bindings,
                    params: tiled_matmul_params(&tile, product).to_vec(),
                    units: Units::Tiles {
                        tile,
                        columns: product.n,
                    },
                }
            }
        }
    }

    pub fn conv2d(convolution: &Conv2d, segments: &Segments) -> Self {
        Self {
            wgsl: segmented_conv2d_shader(&convolution.shape, segments),
            bindings: segments.bindings(),
            params: conv2d_params(convolution),
            units: Units::Elements { words: 1 },
        }
    }
}

impl Units {
    /// Units of a workgroup: dispatches start at multiples of it.
    pub fn workgroup(self) -> u32 {
        match self {
            Self::Elements { .. } => WORKGROUP,
            Self::Tiles { tile, .. } => tile.workgroup(),
        }
    }

    /// The units that fill these words of the output.
    pub fn filling(self, words: std::ops::Range<u32>) -> Range {
        match self {
            Self::Elements { words: width } => Range {
                first: words.start / width,
                end: words.end.div_ceil(width),
            },
            Self::Tiles { tile, columns } => {
                let first_row = words.start / columns / tile.rows * tile.rows;
                Range {
                    first: tiled_matmul_units(&tile, first_row, columns),
                    end: tiled_matmul_units(&tile, words.end.div_ceil(columns), columns),
                }
            }
        }
    }

    /// The first element of an output whose bound part starts at this word.
    pub fn base(self, first: u32) -> u32 {
        match self {
            Self::Elements { words } => first / words,
            Self::Tiles { .. } => first,
        }
    }
}
