// The product of two spectra modulo 998244353, divided by 2^32.

@group(0) @binding(0) var<storage, read> left: array<u32>;
@group(0) @binding(1) var<storage, read> right: array<u32>;

const PRIME = 998244353u;
const PRIME_INVERSE = 3296722945u; // modulo 2^32

fn kernel(index: u32) -> u32 {
    let x = left[index];
    let y = right[index];
    let high = mul_hi_u32(x, y);
    let excess = mul_hi_u32(x * y * PRIME_INVERSE, PRIME);
    return select(high - excess, high + PRIME - excess, high < excess);
}
