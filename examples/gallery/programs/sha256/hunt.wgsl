// Tries TRIES nonces per invocation: the SHA-256 of a text that ends with the nonce in hexadecimal, eight digits.
// Returns the first nonce whose hash begins with the most zero bits, and how many these are.

// The text as the one padded block of the hash, 16 words of which the first byte is the highest. Its digits are 0.
@group(0) @binding(0) var<storage, read> block: array<u32, 16>;

struct Params {
    first: u32, // nonce
    place: u32, // of the first digit in the block, in bytes
}
@group(0) @binding(1) var<uniform> params: Params;
const MAX_PLACE = 47u;

const TRIES = 64u;

const K = array<u32, 64>(
    0x428a2f98u, 0x71374491u, 0xb5c0fbcfu, 0xe9b5dba5u, 0x3956c25bu, 0x59f111f1u, 0x923f82a4u, 0xab1c5ed5u,
    0xd807aa98u, 0x12835b01u, 0x243185beu, 0x550c7dc3u, 0x72be5d74u, 0x80deb1feu, 0x9bdc06a7u, 0xc19bf174u,
    0xe49b69c1u, 0xefbe4786u, 0x0fc19dc6u, 0x240ca1ccu, 0x2de92c6fu, 0x4a7484aau, 0x5cb0a9dcu, 0x76f988dau,
    0x983e5152u, 0xa831c66du, 0xb00327c8u, 0xbf597fc7u, 0xc6e00bf3u, 0xd5a79147u, 0x06ca6351u, 0x14292967u,
    0x27b70a85u, 0x2e1b2138u, 0x4d2c6dfcu, 0x53380d13u, 0x650a7354u, 0x766a0abbu, 0x81c2c92eu, 0x92722c85u,
    0xa2bfe8a1u, 0xa81a664bu, 0xc24b8b70u, 0xc76c51a3u, 0xd192e819u, 0xd6990624u, 0xf40e3585u, 0x106aa070u,
    0x19a4c116u, 0x1e376c08u, 0x2748774cu, 0x34b0bcb5u, 0x391c0cb3u, 0x4ed8aa4au, 0x5b9cca4fu, 0x682e6ff3u,
    0x748f82eeu, 0x78a5636fu, 0x84c87814u, 0x8cc70208u, 0x90befffau, 0xa4506cebu, 0xbef9a3f7u, 0xc67178f2u,
);

fn rotate(x: u32, by: u32) -> u32 {
    return (x >> by) | (x << (32u - by));
}

// Four digits of the lower 16 bits, as characters.
fn digits(x: u32) -> u32 {
    let bytes = ((x & 0xff00u) << 8u) | (x & 0xffu);
    let nibbles = (bytes | (bytes << 4u)) & 0x0f0f0f0fu;
    let letters = ((nibbles + 0x06060606u) >> 4u) & 0x01010101u;
    return nibbles + 0x30303030u + letters * 39u;
}

// Leading zero bits of the hash, of which the first two words are looked at.
fn zeros(nonce: u32) -> u32 {
    var w: array<u32, 16>;
    for (var i = 0u; i < 16u; i++) {
        w[i] = block[i];
    }
    let word = params.place / 4u;
    let shift = (params.place % 4u) * 8u;
    let high = digits(nonce >> 16u);
    let low = digits(nonce);
    w[word] |= high >> shift;
    w[word + 1u] |= select((high << (32u - shift)) | (low >> shift), low, shift == 0u);
    w[word + 2u] |= select(low << (32u - shift), 0u, shift == 0u);

    var a = 0x6a09e667u;
    var b = 0xbb67ae85u;
    var c = 0x3c6ef372u;
    var d = 0xa54ff53au;
    var e = 0x510e527fu;
    var f = 0x9b05688cu;
    var g = 0x1f83d9abu;
    var h = 0x5be0cd19u;
    for (var i = 0u; i < 64u; i++) {
        if i >= 16u {
            let early = w[(i + 1u) & 15u];
            let late = w[(i + 14u) & 15u];
            let s0 = rotate(early, 7u) ^ rotate(early, 18u) ^ (early >> 3u);
            let s1 = rotate(late, 17u) ^ rotate(late, 19u) ^ (late >> 10u);
            w[i & 15u] += s0 + w[(i + 9u) & 15u] + s1;
        }
        let sum1 = rotate(e, 6u) ^ rotate(e, 11u) ^ rotate(e, 25u);
        let choice = (e & f) ^ (~e & g);
        let t1 = h + sum1 + choice + K[i] + w[i & 15u];
        let sum0 = rotate(a, 2u) ^ rotate(a, 13u) ^ rotate(a, 22u);
        let majority = (a & b) ^ (a & c) ^ (b & c);
        h = g;
        g = f;
        f = e;
        e = d + t1;
        d = c;
        c = b;
        b = a;
        a = t1 + sum0 + majority;
    }
    let first = countLeadingZeros(a + 0x6a09e667u);
    let second = countLeadingZeros(b + 0xbb67ae85u);
    return select(first, 32u + second, first == 32u);
}

fn kernel(index: u32) -> vec2<u32> {
    var best = vec2<u32>(0u);
    for (var i = 0u; i < TRIES; i++) {
        let nonce = params.first + index * TRIES + i;
        let found = zeros(nonce);
        if found > best.y || i == 0u {
            best = vec2<u32>(nonce, found);
        }
    }
    return best;
}
