// Turns gathered light into a picture: the average of the samples, a film curve and the sRGB gamma.
// One word per pixel: red, green, blue and an opaque alpha, red in the lowest byte.

// Per pixel red, green, blue, each a sum over samples with 12 fractional bits, and the number of samples.
@group(0) @binding(0) var<storage, read> gathered: array<u32>;

struct Params {
    exposure: u32, // 12 fractional bits
}
@group(0) @binding(1) var<uniform> params: Params;
const MAX_EXPOSURE = 65535u;

// floor(sqrt(x)), one bit at a time.
fn root(x: u32) -> u32 {
    var rest = x;
    var found = 0u;
    var bit = 0x40000000u;
    for (var i = 0u; i < 16u; i++) {
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

// The filmic curve of Narkowicz, x (2.51 x + 0.03) / (x (2.43 x + 0.59) + 0.14), with 12 fractional bits.
fn film(light: u32) -> u32 {
    let x = min(light, 32767u);
    let square = (x * x) >> 12u;
    let above = (square * 643u + x * 8u) >> 8u;
    let below = ((square * 622u + x * 151u) >> 8u) + 573u;
    return min((above << 12u) / below, 4095u);
}

// The sRGB curve as a sum of roots, from 12 fractional bits to a byte.
fn gamma(light: u32) -> u32 {
    let second = root(light << 20u); // 16 fractional bits, as the others
    let fourth = root(second << 16u);
    let eighth = root(fourth << 16u);
    let sum = i32(second * 150u + fourth * 200u) - i32(eighth * 94u);
    return u32(clamp(((sum >> 8u) * 255 + 32768) >> 16u, 0, 255));
}

fn shown(sum: u32, samples: u32) -> u32 {
    let average = sum / max(samples, 1u);
    return gamma(film((average * params.exposure) >> 12u));
}

fn kernel(index: u32) -> u32 {
    let at = index * 4u;
    let samples = gathered[at + 3u];
    let red = shown(gathered[at], samples);
    let green = shown(gathered[at + 1u], samples);
    let blue = shown(gathered[at + 2u], samples);
    return red | (green << 8u) | (blue << 16u) | 0xff000000u;
}
