// The Mandelbrot set, one pixel per invocation, four samples per pixel.
//
// Coordinates have 28 fractional bits: 1.0 is 2^28, and a product is taken from the 64 bits of two words.

// Colours by escape time: one word each, red, green, blue and alpha, red in the lowest byte. The last colour leads
// over to the first.
@group(0) @binding(0) var<storage, read> palette: array<u32>;

struct Params {
    width: u32,
    height: u32,
    centre_x: i32, // 28 fractional bits, between -4 and 4
    centre_y: i32,
    half_pixel: u32, // distance between samples, 28 fractional bits
    rounds: u32, // after which a point counts as inside
    colours: u32, // words of the palette
}
@group(0) @binding(1) var<uniform> params: Params;
const MAX_ROUNDS = 20000u;
const MAX_COLOURS = 4096u;

const INSIDE = 0xff000000u;

// The product of two numbers with 28 fractional bits.
fn product(x: i32, y: i32) -> i32 {
    return (mul_hi_i32(x, y) << 4u) | i32(u32(x * y) >> 28u);
}

// The product of two numbers with 16 fractional bits.
fn short_product(x: i32, y: i32) -> i32 {
    return (mul_hi_i32(x, y) << 16u) | i32(u32(x * y) >> 16u);
}

// log2(x) with 16 fractional bits, for x >= 1: the position of the highest bit, then a parabola over the rest.
fn log2_of(x: u32) -> u32 {
    let zeros = countLeadingZeros(x);
    let rest = ((x << zeros) << 1u) >> 16u;
    let bulge = (rest * (65536u - rest)) >> 16u;
    return ((31u - zeros) << 16u) + rest + ((bulge * 22544u) >> 16u);
}

// The colour of a point that escaped at z (28 fractional bits) in this round.
fn colour_of(zx: i32, zy: i32, cx: i32, cy: i32, round: u32) -> u32 {
    // Two more rounds with 16 fractional bits carry z so far out that the way there is smooth.
    var x = zx >> 12u;
    var y = zy >> 12u;
    for (var i = 0u; i < 2u; i++) {
        let wide = short_product(x, x) - short_product(y, y) + (cx >> 12u);
        y = short_product(x, y) * 2 + (cy >> 12u);
        x = wide;
    }
    // log2 |z|^2 of the whole part, and its logarithm: how much of a round too far the escape is.
    let size = u32(mul_hi_i32(x, x)) + u32(mul_hi_i32(y, y));
    let excess = log2_of(log2_of(max(size, 2u)));
    // 16 fractional bits.
    let time = round * 65536u + 22u * 65536u - excess;
    // 48 colours per doubling of the time.
    let place = log2_of(time >> 8u) * 12u;
    let first = (place >> 14u) % params.colours;
    let share = (place >> 6u) & 0xffu;
    return mixed(palette[first], palette[(first + 1u) % params.colours], share);
}

// `a` and `b`, byte by byte, with a share of 0 to 255 of `b`.
fn mixed(a: u32, b: u32, share: u32) -> u32 {
    let even = (a & 0xff00ffu) * (256u - share) + (b & 0xff00ffu) * share;
    let odd = ((a >> 8u) & 0xff00ffu) * (256u - share) + ((b >> 8u) & 0xff00ffu) * share;
    return ((even >> 8u) & 0xff00ffu) | (odd & 0xff00ff00u);
}

fn sample(cx: i32, cy: i32) -> u32 {
    var x = 0;
    var y = 0;
    // Coloured behind the loop: a loop is charged for the dearest way through every round.
    var escape = params.rounds;
    for (var round = 0u; round < params.rounds; round++) {
        // |z|^2 > 4, asked of the high words: 24 fractional bits, and no overflow below |z| = 11.
        if mul_hi_i32(x, x) + mul_hi_i32(y, y) > 0x4000000 {
            escape = round;
            break;
        }
        let real = product(x, x) - product(y, y) + cx;
        y = product(x, y) * 2 + cy;
        x = real;
    }
    if escape < params.rounds {
        return colour_of(x, y, cx, cy, escape);
    }
    return INSIDE;
}

fn kernel(index: u32) -> u32 {
    let column = i32(index % params.width) * 2 - i32(params.width);
    let row = i32(params.height) - i32(index / params.width) * 2;
    var sum = vec4<u32>(0u);
    for (var i = 0; i < 4; i++) {
        let cx = params.centre_x + (column + (i & 1)) * i32(params.half_pixel);
        let cy = params.centre_y + (row - (i >> 1u)) * i32(params.half_pixel);
        let colour = sample(cx, cy);
        sum += vec4<u32>(colour, colour >> 8u, colour >> 16u, colour >> 24u) & vec4<u32>(0xffu);
    }
    let mean = (sum + 2u) >> vec4<u32>(2u);
    return mean.x | (mean.y << 8u) | (mean.z << 16u) | (mean.w << 24u);
}
