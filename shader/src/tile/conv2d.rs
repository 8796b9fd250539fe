//! A convolution in tiles: output pixels by output channels of one group.

use edgeproof_kernel::{Conv2d, ConvShape};

use super::{products::STORE, Sharing, Tile};
use crate::{job::Segments, text::Text};

/// The tile for a convolution of this shape, if it can be computed in such tiles: the channels of a group must be
/// whole words, and lanes can only share pixels where they see the same channels.
pub fn conv2d_tile(tile: Tile, shape: &ConvShape) -> Option<Tile> {
    let group_channels = shape.channels / shape.groups;
    let shares = tile.sharing == Sharing::Subgroup;
    if !group_channels.is_multiple_of(4) || (shares && shape.groups > 1) {
        return None;
    }
    Some(tile.loading(if group_channels.is_multiple_of(16) { 4 } else { 1 }))
}

/// The shader of every convolution for which [`conv2d_tile`] gives this tile; the shape comes in as
/// [`tiled_conv2d_params`]. A unit of work is a tile: [`tiled_conv2d_units`].
pub fn tiled_conv2d_shader(tile: &Tile, segments: &Segments) -> String {
    let (element, zero) = tile.element();
    let mut text = Text::default();
    text.line(&format!(
        "// i8 x i8 -> i32, images of height x width x channels, {} pixels x {} channels per invocation",
        tile.rows, tile.columns
    ));
    for part in [
        segments.interface("u32", element),
        segments.checked_loads(element, zero),
        STORE.into(),
    ] {
        part.lines().for_each(|line| text.line(line));
    }
    text.line("");
    tile.entry_point(&mut text, |text| body(tile, text));
    text.finish()
}

/// Parameter words of the shader; lengths of rows are in loads.
pub fn tiled_conv2d_params(tile: &Tile, convolution: &Conv2d) -> Vec<u32> {
    let shape = &convolution.shape;
    let Some(sizes) = shape.sizes() else {
        return Vec::new();
    };
    vec![
        shape.height,
        shape.width,
        sizes.out_width,
        sizes.out_height,
        shape.channels / 4 / tile.load_words,
        sizes.filter_words / tile.load_words,
        shape.out_channels,
        shape.out_channels / shape.groups,
        shape.batch * sizes.out_height * sizes.out_width,
        shape.kernel[1],
        shape.stride[0],
        shape.stride[1],
        shape.dilation[0],
        shape.dilation[1],
        shape.padding[0],
        shape.padding[1],
        sizes.group_channels / 4 / tile.load_words,
        across(tile, shape),
        shape.groups,
    ]
}

/// Units of work for this many output pixels.
pub fn tiled_conv2d_units(tile: &Tile, pixels: u32, shape: &ConvShape) -> u32 {
    pixels.div_ceil(tile.rows).saturating_mul(across(tile, shape))
}

fn across(tile: &Tile, shape: &ConvShape) -> u32 {
    let tiles = (shape.out_channels / shape.groups).div_ceil(tile.columns);
    tile.whole_workgroups(shape.groups.saturating_mul(tiles))
}

fn body(tile: &Tile, text: &mut Text) {
    for line in [
        "let height = job.params[0].x;",
        "let width = job.params[0].y;",
        "let out_width = job.params[0].z;",
        "let out_height = job.params[0].w;",
        "let pixel_loads = job.params[1].x;",
        "let filter_loads = job.params[1].y;",
        "let out_channels = job.params[1].z;",
        "let group_out_channels = job.params[1].w;",
        "let pixels = job.params[2].x;",
        "let taps_across = job.params[2].y;",
        "let stride = job.params[2].zw;",
        "let dilation = job.params[3].xy;",
        "let before = job.params[3].zw;",
        "let group_loads = job.params[4].x;",
        "let across = job.params[4].y;",
        "let groups = job.params[4].z;",
    ] {
        text.line(line);
    }
    text.line(&format!("let row = unit / across * {}u;", tile.rows));
    text.line(&format!(
        "let tiles = (group_out_channels + {}u) / {}u;",
        tile.columns - 1,
        tile.columns
    ));
    text.line("let group = min(unit % across / tiles, groups - 1u);");
    text.line(&format!(
        "let column = (unit % across - group * tiles) * {}u;",
        tile.columns
    ));
    text.line("// What a tile has beyond the image or the group repeats the last pixel or channel, and is not stored.");
    for load in 0..tile.row_loads() {
        let row = tile.loaded_row(load);
        text.line(&format!("let pixel{load} = min(row + {row}, pixels - 1u);"));
        text.line(&format!(
            "let top{load} = pixel{load} / out_width % out_height * stride.x - before.x;"
        ));
        text.line(&format!(
            "let left{load} = pixel{load} % out_width * stride.y - before.y;"
        ));
        text.line(&format!(
            "let image{load} = pixel{load} / out_width / out_height * height;"
        ));
        text.line(&format!("var at{load} = 0u;"));
    }
    text.line("let first_channel = group * group_out_channels;");
    for column in 0..tile.columns {
        text.line(&format!(
            "let filter{column} = (first_channel + min(column + {column}u, group_out_channels - 1u)) * filter_loads;"
        ));
    }
    tile.declare_sums(text);
    text.line("var tap = vec2<u32>(0u, 0u);");
    text.line("var channel = 0u;");
    text.line("// One loop over taps and channels, because some drivers count loops.");
    text.block("for (var i = 0u; i < filter_loads; i += 1u)", |text| {
        text.block("if channel == 0u", |text| {
            text.line("// Above or left of the image wraps around to more than its extent; nothing is loaded there.");
            for load in 0..tile.row_loads() {
                text.line(&format!("let y{load} = top{load} + tap.x * dilation.x;"));
                text.line(&format!("let x{load} = left{load} + tap.y * dilation.y;"));
                text.line(&format!(
                    "let place{load} = ((image{load} + y{load}) * width + x{load}) * pixel_loads + group * group_loads;"
                ));
                text.line(&format!(
                    "at{load} = select(0x80000000u, place{load}, y{load} < height && x{load} < width);"
                ));
            }
        });
        for load in 0..tile.row_loads() {
            text.line(&format!("let a{load} = load0(at{load} + channel);"));
        }
        for column in 0..tile.columns {
            text.line(&format!("let b{column} = load1(filter{column} + i);"));
        }
        tile.multiply(text);
        text.line("channel += 1u;");
        text.block("if channel == group_loads", |text| {
            text.line("channel = 0u;");
            text.line("tap.y += 1u;");
            text.block("if tap.y == taps_across", |text| {
                text.line("tap = vec2<u32>(tap.x + 1u, 0u);");
            });
        });
    });
    text.line("let within = group_out_channels - min(column, group_out_channels);");
    tile.store(text, |row| {
        format!("(row + {row}u) * out_channels + first_channel + column")
    });
}
