// Turns a spectrum's spectrum back into the data: the other way round, and by a factor.

@group(0) @binding(0) var<storage, read> data: array<u32>;

struct Params {
    last: u32, // length of the data less 1
    factor: u32, // 2^64 / length modulo the prime
}
@group(0) @binding(1) var<uniform> params: Params;

const PRIME = 998244353u;
const PRIME_INVERSE = 3296722945u; // modulo 2^32

fn kernel(index: u32) -> u32 {
    let x = data[(0u - index) & params.last];
    let high = mul_hi_u32(x, params.factor);
    let excess = mul_hi_u32(x * params.factor * PRIME_INVERSE, PRIME);
    return select(high - excess, high + PRIME - excess, high < excess);
}
