// Sums of a filter as bytes again: divided, rounded and clamped. The picture is opaque.

// Red, green, blue and alpha per pixel.
@group(0) @binding(0) var<storage, read> sums: array<i32>;

struct Params {
    offset: i32, // added to each sum before it is divided
    divisor: u32,
}
@group(0) @binding(1) var<uniform> params: Params;

fn channel(at: u32) -> u32 {
    return min(u32(max(sums[at] + params.offset, 0)) / params.divisor, 255u);
}

fn kernel(index: u32) -> u32 {
    let at = index * 4u;
    return channel(at) | (channel(at + 1u) << 8u) | (channel(at + 2u) << 16u) | 0xff000000u;
}
