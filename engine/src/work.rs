//! What a step asks of the device: a shader, its parameters and how its units fill the output.

use edgeproof_kernel::{Conv2d, Kernel, MatMul};
use edgeproof_shader::{
    conv2d_params, conv2d_tile, matmul_params, segmented_conv2d_shader, segmented_map_shader,
    segmented_matmul_shader, tiled_conv2d_params, tiled_conv2d_shader, tiled_conv2d_units,
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
    /// A tile of rows of so many words; `across` units for each `rows` of them.
    Tiles {
        rows: u32,
        words: u32,
        across: u32,
        workgroup: u32,
    },
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
                let tile = tile.loading(if row_words.is_multiple_of(4) { 4 } else { 1 });
                Self {
                    wgsl: tiled_matmul_shader(&tile, segments),
                    bindings,
                    params: tiled_matmul_params(&tile, product).to_vec(),
                    units: Units::Tiles {
                        rows: tile.rows,
                        words: product.n,
                        across: tiled_matmul_units(&tile, tile.rows, product.n),
                        workgroup: tile.workgroup(),
                    },
                }
            }
        }
    }

    /// A convolution, in tiles if it can be, or element by element.
    pub fn conv2d(convolution: &Conv2d, tile: Option<Tile>, segments: &Segments) -> Self {
        let bindings = segments.bindings();
        let shape = &convolution.shape;
        match tile.and_then(|tile| conv2d_tile(tile, shape)) {
            None => Self {
                wgsl: segmented_conv2d_shader(shape, segments),
                bindings,
                params: conv2d_params(convolution),
                units: Units::Elements { words: 1 },
            },
            Some(tile) => Self {
                wgsl: tiled_conv2d_shader(&tile, segments),
                bindings,
                params: tiled_conv2d_params(&tile, convolution),
                units: Units::Tiles {
                    rows: tile.rows,
                    words: shape.out_channels,
                    across: tiled_conv2d_units(&tile, tile.rows, shape),
                    workgroup: tile.workgroup(),
                },
            },
        }
    }
}

impl Units {
    /// Units of a workgroup: dispatches start at multiples of it.
    pub fn workgroup(self) -> u32 {
        match self {
            Self::Elements { .. } => WORKGROUP,
            Self::Tiles { workgroup, .. } => workgroup,
        }
    }

    /// The units that fill these words of the output.
    pub fn filling(self, words: std::ops::Range<u32>) -> Range {
        match self {
            Self::Elements { words: width } => Range {
                first: words.start / width,
                end: words.end.div_ceil(width),
            },
            Self::Tiles {
                rows,
                words: width,
                across,
                ..
            } => Range {
                first: words.start / width / rows * across,
                end: words.end.div_ceil(width).div_ceil(rows) * across,
            },
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
