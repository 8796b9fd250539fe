//! A matrix product in tiles.

use edgeproof_kernel::MatMul;

use super::{products::STORE, Tile};
use crate::{job::Segments, text::Text};

/// The shader of every matrix product whose operands' rows are whole loads; its shape comes in as
/// [`tiled_matmul_params`]. A unit of work is a tile: [`tiled_matmul_units`].
pub fn tiled_matmul_shader(tile: &Tile, segments: &Segments) -> String {
    let (element, zero) = tile.element();
    let mut text = Text::default();
    text.line(&format!(
        "// out = a * transpose(b): i8 x i8 -> i32, {} x {} elements per invocation",
        tile.rows, tile.columns
    ));
    for part in [
        segments.interface("u32", element),
        segments.unchecked_loads(element, zero),
        STORE.into(),
    ] {
        part.lines().for_each(|line| text.line(line));
    }
    text.line("");
    tile.entry_point(&mut text, |text| body(tile, text));
    text.finish()
}

/// Parameter words of the shader: rows and columns of the result, loads for a row of either operand, and units for a
/// row of tiles.
pub fn tiled_matmul_params(tile: &Tile, product: &MatMul) -> [u32; 4] {
    let loads = product.k / 4 / tile.load_words;
    [product.m, product.n, loads, across(tile, product.n)]
}

/// Units of work for this many rows of the result.
pub fn tiled_matmul_units(tile: &Tile, rows: u32, columns: u32) -> u32 {
    rows.div_ceil(tile.rows).saturating_mul(across(tile, columns))
}

fn across(tile: &Tile, columns: u32) -> u32 {
    tile.whole_workgroups(columns.div_ceil(tile.columns))
}

fn body(tile: &Tile, text: &mut Text) {
    text.line("let rows = job.params[0].x;");
    text.line("let columns = job.params[0].y;");
    text.line("let loads = job.params[0].z;");
    text.line("let across = job.params[0].w;");
    text.line(&format!("let row = unit / across * {}u;", tile.rows));
    text.line(&format!("let column = unit % across * {}u;", tile.columns));
    text.line("// What a tile has beyond the matrix repeats the last row or column, and is not stored.");
    for load in 0..tile.row_loads() {
        let row = tile.loaded_row(load);
        text.line(&format!("let left{load} = min(row + {row}, rows - 1u) * loads;"));
    }
    for column in 0..tile.columns {
        text.line(&format!(
            "let right{column} = min(column + {column}u, columns - 1u) * loads;"
        ));
    }
    tile.declare_sums(text);
    text.block("for (var i = 0u; i < loads; i += 1u)", |text| {
        for load in 0..tile.row_loads() {
            text.line(&format!("let a{load} = load0(left{load} + i);"));
        }
        for column in 0..tile.columns {
            text.line(&format!("let b{column} = load1(right{column} + i);"));
        }
        tile.multiply(text);
    });
    text.line("let within = columns - min(column, columns);");
    tile.store(text, |row| format!("(row + {row}u) * columns + column"));
}
