// Double SHA-256 of a header of 13 words with the invocation as its nonce: the first word of the digest.
const INVOCATIONS = 64u;
@group(0) @binding(0) var<storage, read> header: array<u32, 13>;

const K = array<u32, 64>(
    0x428a2f98u, 0x71374491u, 0xb5c0fbcfu, 0xe9b5dba5u, 0x3956c25bu, 0x59f111f1u, 0x923f82a4u, 0xab1c5ed5u,
    0xd807aa98u, 0x12835b01u, 0x243185beu, 0x550c7dc3u, 0x72be5d74u, 0x80deb1feu, 0x9bdc06a7u, 0xc19bf174u,
    0xe49b69c1u, 0xefbe4786u, 0x0fc19dc6u, 0x240ca1ccu, 0x2de92c6fu, 0x4a7484aau, 0x5cb0a9dcu, 0x76f988dau,
    0x983e5152u, 0xa831c66du, 0xb00327c8u, 0xbf597fc7u, 0xc6e00bf3u, 0xd5a79147u, 0x06ca6351u, 0x14292967u,
    0x27b70a85u, 0x2e1b2138u, 0x4d2c6dfcu, 0x53380d13u, 0x650a7354u, 0x766a0abbu, 0x81c2c92eu, 0x92722c85u,
    0xa2bfe8a1u, 0xa81a664bu, 0xc24b8b70u, 0xc76c51a3u, 0xd192e819u, 0xd6990624u, 0xf40e3585u, 0x106aa070u,
    0x19a4c116u, 0x1e376c08u, 0x2748774cu, 0x34b0bcb5u, 0x391c0cb3u, 0x4ed8aa4au, 0x5b9cca4fu, 0x682e6ff3u,
    0x748f82eeu, 0x78a5636fu, 0x84c87814u, 0x8cc70208u, 0x90befffau, 0xa4506cebu, 0xbef9a3f7u, 0xc67178f2u);

struct State { low: vec4<u32>, high: vec4<u32> }

const START = State(
    vec4(0x6a09e667u, 0xbb67ae85u, 0x3c6ef372u, 0xa54ff53au),
    vec4(0x510e527fu, 0x9b05688cu, 0x1f83d9abu, 0x5be0cd19u));

fn rotate(x: u32, by: u32) -> u32 {
    return (x >> by) | (x << (32u - by));
}

fn compress(start: State, block: ptr<function, array<u32, 16>>) -> State {
    var s = start;
    for (var i = 0u; i < 64u; i++) {
        let at = i & 15u;
        if i >= 16u {
            let a = (*block)[(i + 1u) & 15u];
            let b = (*block)[(i + 14u) & 15u];
            let x = rotate(a, 7u) ^ rotate(a, 18u) ^ (a >> 3u);
            let y = rotate(b, 17u) ^ rotate(b, 19u) ^ (b >> 10u);
            (*block)[at] += x + (*block)[(i + 9u) & 15u] + y;
        }
        let s1 = rotate(s.high.x, 6u) ^ rotate(s.high.x, 11u) ^ rotate(s.high.x, 25u);
        let choice = (s.high.x & s.high.y) ^ (~s.high.x & s.high.z);
        let t1 = s.high.w + s1 + choice + K[i] + (*block)[at];
        let s0 = rotate(s.low.x, 2u) ^ rotate(s.low.x, 13u) ^ rotate(s.low.x, 22u);
        let majority = (s.low.x & s.low.y) ^ (s.low.x & s.low.z) ^ (s.low.y & s.low.z);
        s.high = vec4(s.low.w + t1, s.high.xyz);
        s.low = vec4(t1 + s0 + majority, s.low.xyz);
    }
    return State(start.low + s.low, start.high + s.high);
}

fn kernel(index: u32) -> u32 {
    var block: array<u32, 16>;
    for (var i = 0u; i < 13u; i++) {
        block[i] = header[i];
    }
    block[0] = index;
    block[13] = 0x80000000u;
    block[15] = 416u;
    let first = compress(START, &block);
    var again = array<u32, 16>(
        first.low.x, first.low.y, first.low.z, first.low.w, first.high.x, first.high.y, first.high.z, first.high.w,
        0x80000000u, 0u, 0u, 0u, 0u, 0u, 0u, 256u);
    return compress(START, &again).low.x;
}
