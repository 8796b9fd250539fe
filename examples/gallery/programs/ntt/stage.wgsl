// One stage of a number-theoretic transform modulo 998244353, after Stockham: no stage shuffles, the last one leaves
// the spectrum in order. Stage s turns pairs half the data apart into sums and turned differences.

@group(0) @binding(0) var<storage, read> data: array<u32>;
// Powers of the root of unity of the data's length, in Montgomery form.
@group(0) @binding(1) var<storage, read> roots: array<u32>;
@group(0) @binding(2) var<storage, read> stage: array<u32>;

struct Params {
    half: u32, // of the data's length
}
@group(0) @binding(3) var<uniform> params: Params;

const PRIME = 998244353u;
const PRIME_INVERSE = 3296722945u; // modulo 2^32

// x * y / 2^32 modulo the prime.
fn product(x: u32, y: u32) -> u32 {
    let high = mul_hi_u32(x, y);
    let excess = mul_hi_u32(x * y * PRIME_INVERSE, PRIME);
    return select(high - excess, high + PRIME - excess, high < excess);
}

fn kernel(index: u32) -> u32 {
    let s = stage[0];
    let group = index >> s;
    let turn = (group >> 1u) << s;
    let at = turn + (index & ((1u << s) - 1u));
    let a = data[at];
    let b = data[at + params.half];
    let sum = a + b;
    let difference = a + PRIME - b;
    return select(select(sum, sum - PRIME, sum >= PRIME), product(difference, roots[turn]), (group & 1u) == 1u);
}
