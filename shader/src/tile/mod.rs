//! Tuned shaders: every invocation computes a tile of the result in registers, so that a word that is loaded once is
//! multiplied many times.

mod conv2d;
mod matmul;
mod products;

pub use conv2d::{conv2d_tile, tiled_conv2d_params, tiled_conv2d_shader, tiled_conv2d_units};
pub use matmul::{tiled_matmul_params, tiled_matmul_shader, tiled_matmul_units};

/// Lanes that load the rows of a tile for their subgroup, one each. No subgroup may be smaller.
pub const BROADCAST_LANES: u32 = 8;

/// How the elements of a product are dealt to invocations, and how these multiply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tile {
    /// Rows of the result that an invocation computes.
    pub rows: u32,
    /// Columns of the result that an invocation computes.
    pub columns: u32,
    /// Words that one load brings: 4 where the operands' rows are whole `vec4<u32>`, otherwise 1.
    pub load_words: u32,
    pub dot: Dot,
    pub sharing: Sharing,
}

/// How four products of bytes come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dot {
    /// `dot4I8Packed`: one instruction where the hardware has it.
    Packed,
    /// Bytes apart, those of the left operand taken 128 too large and without a sign; the excess is subtracted at the
    /// end. An adapter without the instruction unpacks every byte once per tile, and compilers for CPUs know that
    /// products of so few bits take their faster multiplication.
    Apart,
}

/// Which lanes load the rows of a tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sharing {
    /// Each its own.
    None,
    /// The lanes of a workgroup have the same rows, and [`BROADCAST_LANES`] of each subgroup load them for all.
    Subgroup,
}

impl Tile {
    /// Invocations of a workgroup.
    pub fn workgroup(&self) -> u32 {
        match self.sharing {
            Sharing::None => crate::WORKGROUP,
            Sharing::Subgroup => 32,
        }
    }

    /// The tile that loads so many words at once.
    pub fn loading(self, load_words: u32) -> Self {
        Self { load_words, ..self }
    }

    /// Invocations for one row of so many tiles: whole workgroups where lanes share their rows.
    fn whole_workgroups(&self, tiles: u32) -> u32 {
        match self.sharing {
            Sharing::None => tiles,
            Sharing::Subgroup => tiles.next_multiple_of(self.workgroup()),
        }
    }

    fn element(&self) -> (&'static str, &'static str) {
        match self.load_words {
            4 => ("vec4<u32>", "vec4<u32>(0u, 0u, 0u, 0u)"),
            _ => ("u32", "0u"),
        }
    }
}
