// A picture with a margin that repeats the border's pixels, its bytes made signed: less 128.

// One word per pixel: red, green, blue and alpha, red in the lowest byte.
@group(0) @binding(0) var<storage, read> picture: array<u32>;

struct Params {
    width: u32,
    height: u32,
    margin: u32,
}
@group(0) @binding(1) var<uniform> params: Params;

fn kernel(index: u32) -> u32 {
    let wide = params.width + 2u * params.margin;
    let x = clamp(i32(index % wide) - i32(params.margin), 0, i32(params.width) - 1);
    let y = clamp(i32(index / wide) - i32(params.margin), 0, i32(params.height) - 1);
    return picture[u32(y) * params.width + u32(x)] ^ 0x80808080u;
}
