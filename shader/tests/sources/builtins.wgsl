// Every builtin of integers that drivers agree on, on words as they come.
const INVOCATIONS = 128u;
@group(0) @binding(0) var<storage, read> words: array<u32, 256>;

struct Pair { a: u32, b: i32 }
alias Pairs = array<Pair, 3>;

fn mix(h: u32, x: u32) -> u32 {
    return (h ^ x) * 0x9e3779b1u + (h >> 15u);
}

fn of_signed(x: vec2<i32>) -> u32 {
    var h = 1u;
    h = mix(h, u32(dot(x, vec2(3, -5))));
    h = mix(h, bitcast<u32>(abs(x.x)));
    h = mix(h, u32(sign(x).y + 1));
    h = mix(h, u32(clamp(x, vec2(-100), vec2(1 << 20u)).x));
    h = mix(h, u32(max(x.x, x.y) - min(x.x, x.y)));
    h = mix(h, u32(firstLeadingBit(x).x));
    h = mix(h, u32(countOneBits(x.y) + reverseBits(x.x)));
    h = mix(h, u32(x.x >> (u32(x.y) & 31u)));
    h = mix(h, u32(-x.y ^ ~x.x));
    h = mix(h, u32(x.x / 7 + x.y % 9));
    return h;
}

fn of_unsigned(x: vec3<u32>) -> u32 {
    var h = 2u;
    h = mix(h, countLeadingZeros(x.x) + countTrailingZeros(x.y));
    h = mix(h, firstTrailingBit(x.z) + firstLeadingBit(x.y));
    h = mix(h, u32(dot4I8Packed(x.x, x.y)) + dot4U8Packed(x.y, x.z));
    h = mix(h, mul_hi_u32(x.x, x.y) + u32(mul_hi_i32(i32(x.y), i32(x.z))));
    h = mix(h, x.x / (x.y | 1u) + x.z % ((x.x & 255u) + 1u));
    h = mix(h, select(x.x, x.y, x.z > x.x));
    h = mix(h, u32(all(x > vec3(1000u))) + 2u * u32(any(x.zyx < vec3(1u << 30u))));
    let chosen = select(x.xy, x.yz, vec2<bool>(x.x > x.y, x.y > x.z));
    h = mix(h, chosen.x - chosen.y);
    h = mix(h, extractBits(x.x, 5u, 9u) + insertBits(x.y, x.z, 3u, 11u));
    h = mix(h, pack4xU8(unpack4xU8(x.x).wzyx) + u32(unpack4xI8(x.y).z));
    return h;
}

fn of_memory(index: u32) -> u32 {
    var pairs: Pairs;
    for (var i = 0u; i < 3u; i++) {
        pairs[i] = Pair(words[index + i], i32(i) - 1);
    }
    pairs[index % 3u].b += 5;
    let copied = pairs;
    var v = vec4(1u, 2u, 3u, 4u);
    v[index & 3u] = 9u;
    v.y *= 3u;
    var sum = copied[(index + 1u) % 3u].a + v.x + 10u * v.y + 100u * v.z + 1000u * v[(index >> 2u) & 3u];
    for (var i = 2; i >= 0; i--) {
        sum = mix(sum, u32(pairs[i].b));
    }
    return sum;
}

fn kernel(index: u32) -> vec2<u32> {
    let x = vec3(words[index], words[index + 1u], words[(index * 7u) & 255u]);
    return vec2(of_unsigned(x) ^ of_memory(index), of_signed(vec2(bitcast<i32>(x.y), i32(x.z))));
}
