// The Mandelbrot set in fixed point with 16 bits behind the point: rounds until escape.
const INVOCATIONS = 1024u;
const WIDTH = 32u;
struct Params { rounds: u32, zoom: i32 }
@group(0) @binding(0) var<uniform> params: Params;
const MAX_ROUNDS = 200u;

fn multiply(x: i32, y: i32) -> i32 {
    let low = u32(x) * u32(y);
    return i32((u32(mul_hi_i32(x, y)) << 16u) | (low >> 16u));
}

fn kernel(index: u32) -> u32 {
    let c = vec2<i32>(i32(index % WIDTH) - 22, i32(index / WIDTH) - 16) * (params.zoom & 0x1fff);
    var z = vec2<i32>(0);
    var n = 0u;
    while n < params.rounds && multiply(z.x, z.x) + multiply(z.y, z.y) < 4 << 16u {
        z = vec2(multiply(z.x, z.x) - multiply(z.y, z.y), 2 * multiply(z.x, z.y)) + c;
        n++;
    }
    return n;
}
