// Where lightness changes, and how fast: the length of Sobel's gradient at each pixel, as a grey picture.

// One word per pixel, 0 to 255.
@group(0) @binding(0) var<storage, read> luma: array<u32>;

struct Params {
    width: u32,
    height: u32,
}
@group(0) @binding(1) var<uniform> params: Params;

// The lightness at a pixel. Beyond the border stands the border's pixel.
fn at(x: i32, y: i32) -> i32 {
    let column = clamp(x, 0, i32(params.width) - 1);
    let row = clamp(y, 0, i32(params.height) - 1);
    return i32(luma[u32(row) * params.width + u32(column)]);
}

// floor(sqrt(x)) of an x below 2^24, one bit at a time.
fn root(x: u32) -> u32 {
    var rest = x;
    var found = 0u;
    var bit = 0x400000u;
    for (var i = 0u; i < 12u; i++) {
        let tried = found + bit;
        found = found >> 1u;
        if rest >= tried {
            rest -= tried;
            found += bit;
        }
        bit = bit >> 2u;
    }
    return found;
}

fn kernel(index: u32) -> u32 {
    let x = i32(index % params.width);
    let y = i32(index / params.width);
    var across = 0;
    var down = 0;
    for (var i = 0; i < 3; i++) {
        // 1, 2, 1 along the edge.
        let weight = 2 - abs(i - 1);
        across += weight * (at(x + 1, y + i - 1) - at(x - 1, y + i - 1));
        down += weight * (at(x + i - 1, y + 1) - at(x + i - 1, y - 1));
    }
    let length = min(root(u32(across * across + down * down)), 255u);
    return length * 0x010101u | 0xff000000u;
}
