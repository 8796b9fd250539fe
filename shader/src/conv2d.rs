//! The shader of a convolution: one element per invocation.

use edgeproof_kernel::{Conv2d, ConvShape};

use crate::job::{self, Segments};

/// The shader of every convolution whose groups are whole words or not; the shape comes in as [`conv2d_params`].
pub fn conv2d_shader(shape: &ConvShape) -> String {
    segmented_conv2d_shader(shape, &Segments::whole(2))
}

/// As [`conv2d_shader`], with operands that are bound in segments.
pub fn segmented_conv2d_shader(shape: &ConvShape, segments: &Segments) -> String {
    let products = if whole_words(shape) { WORDS } else { BYTES };
    format!(
        "// i8 x i8 -> i32, images of height x width x channels
{}{}
{products}
fn kernel(index: u32) -> u32 {{
    let height = job.params[0].x;
    let width = job.params[0].y;
    let out_width = job.params[0].z;
    let out_height = job.params[0].w;
    let pixel_words = job.params[1].x;
    let filter_words = job.params[1].y;
    let out_channels = job.params[1].z;
    let group_out_channels = job.params[1].w;
    let taps = job.params[2].xy;
    let stride = job.params[2].zw;
    let dilation = job.params[3].xy;
    let before = job.params[3].zw;
    let group_channels = job.params[4].x;

    let channel = index % out_channels;
    let pixel = index / out_channels;
    let x = pixel % out_width;
    let y = pixel / out_width % out_height;
    let image = pixel / out_width / out_height;
    let first_channel = channel / group_out_channels * group_channels;
    let filter_at = channel * filter_words;
    var sum = 0i;
    for (var r = 0u; r < taps.x; r += 1u) {{
        // Above or left of the image wraps around to more than its extent.
        let input_y = y * stride.x + r * dilation.x - before.x;
        if input_y >= height {{
            continue;
        }}
        for (var s = 0u; s < taps.y; s += 1u) {{
            let input_x = x * stride.y + s * dilation.y - before.y;
            if input_x >= width {{
                continue;
            }}
            let pixel_at = ((image * height + input_y) * width + input_x) * pixel_words;
            let tap = (r * taps.y + s) * group_channels;
            sum += products(pixel_at, first_channel, filter_at, tap, group_channels);
        }}
    }}
    return bitcast<u32>(sum);
}}

{}",
        segments.interface("u32", "u32"),
        segments.unchecked_loads("u32", "0u"),
        job::entry_point()
    )
}

/// Parameter words of the shader.
pub fn conv2d_params(convolution: &Conv2d) -> Vec<u32> {
    let shape = &convolution.shape;
    let Some(sizes) = shape.sizes() else {
        return Vec::new();
    };
    vec![
        shape.height,
        shape.width,
        sizes.out_width,
        sizes.out_height,
        shape.channels / 4,
        sizes.filter_words,
        shape.out_channels,
        shape.out_channels / shape.groups,
        shape.kernel[0],
        shape.kernel[1],
        shape.stride[0],
        shape.stride[1],
        shape.dilation[0],
        shape.dilation[1],
        shape.padding[0],
        shape.padding[1],
        sizes.group_channels,
    ]
}

fn whole_words(shape: &ConvShape) -> bool {
    (shape.channels / shape.groups).is_multiple_of(4)
}

const WORDS: &str = "// The channels of one group at one pixel, four to a word.
fn products(pixel: u32, channel: u32, taps: u32, tap: u32, channels: u32) -> i32 {
    let x = pixel + channel / 4u;
    let w = taps + tap / 4u;
    var sum = 0i;
    for (var i = 0u; i < channels / 4u; i += 1u) {
        sum += dot4I8Packed(load0(x + i), load1(w + i));
    }
    return sum;
}
";

const BYTES: &str = "// Byte `at` counted from word `word`.
fn signed_byte(word: u32, at: u32) -> i32 {
    return bitcast<i32>(word << ((3u - (at & 3u)) * 8u)) >> 24u;
}

fn product(pixel: u32, channel: u32, taps: u32, tap: u32) -> i32 {
    return signed_byte(load0(pixel + channel / 4u), channel) * signed_byte(load1(taps + tap / 4u), tap);
}

// The channels of one group at one pixel, byte by byte. Four in a row, because some drivers count loops.
fn products(pixel: u32, channel: u32, taps: u32, tap: u32, channels: u32) -> i32 {
    var sum = 0i;
    for (var i = 0u; i < channels; i += 4u) {
        sum += product(pixel, channel + i, taps, tap + i);
        if i + 1u < channels {
            sum += product(pixel, channel + i + 1u, taps, tap + i + 1u);
        }
        if i + 2u < channels {
            sum += product(pixel, channel + i + 2u, taps, tap + i + 2u);
        }
        if i + 3u < channels {
            sum += product(pixel, channel + i + 3u, taps, tap + i + 3u);
        }
    }
    return sum;
}
";
