//! What all tiles have in common: sums, products and stores.

use super::{Dot, Sharing, Tile, BROADCAST_LANES};
use crate::text::Text;

impl Tile {
    /// The entry point up to the place of the tile: `unit`, counted over all dispatches.
    pub(super) fn entry_point(&self, text: &mut Text, body: impl FnOnce(&mut Text)) {
        let workgroup = self.workgroup();
        text.line(&format!("@compute @workgroup_size({workgroup})"));
        match self.sharing {
            Sharing::None => text.block(
                "fn main(@builtin(global_invocation_id) id: vec3<u32>)",
                |text| {
                    text.line("let unit = job.first + id.y * job.row + id.x;");
                    text.block("if unit >= job.end", |text| text.line("return;"));
                    body(text);
                },
            ),
            Sharing::Subgroup => text.block(
                "fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) local: u32, \
                 @builtin(subgroup_invocation_id) lane: u32)",
                |text| {
                    text.line(&format!(
                        "let first = job.first + workgroup.y * job.row + workgroup.x * {workgroup}u;"
                    ));
                    text.block("if first >= job.end", |text| text.line("return;"));
                    text.line("let unit = first + local;");
                    body(text);
                },
            ),
        }
    }

    /// Loads that one invocation makes for the rows of its tile.
    pub(super) fn row_loads(&self) -> u32 {
        match self.sharing {
            Sharing::None => self.rows,
            Sharing::Subgroup => self.rows.div_ceil(BROADCAST_LANES),
        }
    }

    /// The row that load `n` brings, counted from the first of the tile.
    pub(super) fn loaded_row(&self, n: u32) -> String {
        match self.sharing {
            Sharing::None => format!("{n}u"),
            Sharing::Subgroup => format!("{}u + lane % {BROADCAST_LANES}u", n * BROADCAST_LANES),
        }
    }

    pub(super) fn declare_sums(&self, text: &mut Text) {
        for row in 0..self.rows {
            for column in 0..self.columns {
                text.line(&format!("var sum{row}_{column} = 0i;"));
            }
        }
        if self.dot == Dot::Apart {
            text.line("// What the left bytes are too large, in units of 128.");
            for column in 0..self.columns {
                text.line(&format!("var excess{column} = 0i;"));
            }
        }
    }

    /// Adds the products of what `a0` and following and `b0` and following hold.
    pub(super) fn multiply(&self, text: &mut Text) {
        let (element, _) = self.element();
        if self.dot == Dot::Apart {
            for load in 0..self.row_loads() {
                text.line(&format!("let raised{load} = a{load} ^ {element}(0x80808080u);"));
            }
        }
        let words = match self.load_words {
            4 => &[".x", ".y", ".z", ".w"][..],
            _ => &[""],
        };
        for word in words {
            text.block("", |text| self.multiply_word(text, word));
        }
    }

    fn multiply_word(&self, text: &mut Text, word: &str) {
        let left = match self.dot {
            Dot::Packed => "a",
            Dot::Apart => "raised",
        };
        for row in 0..self.rows {
            let value = match self.sharing {
                Sharing::None => format!("{left}{row}{word}"),
                Sharing::Subgroup => {
                    let (load, lane) = (row / BROADCAST_LANES, row % BROADCAST_LANES);
                    format!("subgroupBroadcast({left}{load}{word}, {lane}u)")
                }
            };
            text.line(&format!("let x{row} = {value};"));
        }
        for column in 0..self.columns {
            text.line(&format!("let y{column} = b{column}{word};"));
        }
        match self.dot {
            Dot::Packed => self.each(text, |row, column| {
                format!("sum{row}_{column} += dot4I8Packed(x{row}, y{column});")
            }),
            Dot::Apart => {
                for byte in 0..4 {
                    text.block("", |text| self.multiply_byte(text, byte));
                }
            }
        }
    }

    fn multiply_byte(&self, text: &mut Text, byte: u32) {
        for row in 0..self.rows {
            text.line(&format!(
                "let p{row} = bitcast<i32>((x{row} >> {}u) & 0xffu);",
                8 * byte
            ));
        }
        for column in 0..self.columns {
            text.line(&format!(
                "let q{column} = bitcast<i32>(y{column} << {}u) >> 24u;",
                24 - 8 * byte
            ));
            text.line(&format!("excess{column} += q{column};"));
        }
        self.each(text, |row, column| {
            format!("sum{row}_{column} += p{row} * q{column};")
        });
    }

    /// Stores the tile. `place` is the first word of a row of it; what is beyond the matrix or the binding is dropped.
    pub(super) fn store(&self, text: &mut Text, place: impl Fn(u32) -> String) {
        text.line("// A place before the binding wraps around to behind it.");
        for row in 0..self.rows {
            text.line(&format!("let place{row} = {} - job.base;", place(row)));
        }
        self.each(text, |row, column| {
            let value = match self.dot {
                Dot::Packed => format!("sum{row}_{column}"),
                Dot::Apart => format!("sum{row}_{column} - (excess{column} << 7u)"),
            };
            format!("store(place{row}, {column}u, within, bitcast<u32>({value}));")
        });
    }

    fn each(&self, text: &mut Text, line: impl Fn(u32, u32) -> String) {
        for row in 0..self.rows {
            for column in 0..self.columns {
                text.line(&line(row, column));
            }
        }
    }
}

/// Stores word `column` of a row of a tile that has `within` columns.
pub(super) const STORE: &str = "
fn store(row: u32, column: u32, within: u32, word: u32) {
    if column < within && row + column < arrayLength(&out) {
        out[row + column] = word;
    }
}
";
