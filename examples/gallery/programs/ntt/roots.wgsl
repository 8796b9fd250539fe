// The powers of a root of unity modulo 998244353, in Montgomery form: root^index * 2^32.

struct Params {
    root: u32, // in Montgomery form
}
@group(0) @binding(0) var<uniform> params: Params;
const MAX_ROOT = 998244352u;

const PRIME = 998244353u;
const PRIME_INVERSE = 3296722945u; // modulo 2^32
const ONE = 301989884u; // 2^32 modulo the prime

// x * y / 2^32 modulo the prime.
fn product(x: u32, y: u32) -> u32 {
    let high = mul_hi_u32(x, y);
    let excess = mul_hi_u32(x * y * PRIME_INVERSE, PRIME);
    return select(high - excess, high + PRIME - excess, high < excess);
}

fn kernel(index: u32) -> u32 {
    var power = ONE;
    for (var bit = 0u; bit < 23u; bit++) {
        power = product(power, power);
        if ((index >> (22u - bit)) & 1u) == 1u {
            power = product(power, params.root);
        }
    }
    return power;
}
