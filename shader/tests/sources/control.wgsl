// Every shape of control flow, nested.
const INVOCATIONS = 256u;
@group(0) @binding(0) var<storage, read> words: array<u32, 64>;
struct Params { limit: u32, step: i32, seed: u32 }
@group(0) @binding(1) var<uniform> params: Params;
const MAX_LIMIT = 40u;

fn collatz(start: u32) -> u32 {
    var n = start;
    var steps = 0u;
    loop {
        if n <= 1u || steps >= 100u { break; }
        if (n & 1u) == 0u {
            n >>= 1u;
        } else {
            n = 3u * n + 1u;
        }
        continuing {
            steps++;
        }
    }
    return steps;
}

fn classify(x: u32) -> i32 {
    if x == 0u { return -1; }
    if x < 10u { return 1; }
    if x < 20u {
        if x % 2u == 0u { return 2; }
    } else if x < 30u {
        switch x {
            case 21u, 22u: { return 3; }
            case 25u: { }
            case 27u: { if (params.seed & 1u) == 1u { break; } return 4; }
            default: { return 5; }
        }
    } else {
        return 6;
    }
    return 7;
}

fn search(target_: u32) -> u32 {
    for (var i = 0u; i < params.limit; i++) {
        for (var j = i; j < 48u; j += 3u) {
            let word = words[j];
            if word % 16u == target_ { return i * 100u + j; }
            if word % 5u == 4u { break; }
            if word % 7u == 3u { continue; }
        }
    }
    return 9999u;
}

fn many(x: u32) -> u32 {
    if x == 1u { return 10u; }
    if x == 2u { return 11u; }
    if x == 3u { return 12u; }
    if x == 4u { return 13u; }
    if x == 5u { return 14u; }
    for (var i = 6u; i < 12u; i++) { if x == i { return i * 2u; } }
    if x == 12u { return 15u; }
    if x == 13u { return 16u; }
    if x == 14u { return 17u; }
    if x == 15u { return 18u; }
    return x;
}

fn switches(x: u32) -> u32 {
    var sum = 0u;
    for (var i = 0; i != 12; i += 2) {
        switch (i32(x) + i) % 17 {
            case 0: { sum += 1u; }
            case 1: { sum += 2u; }
            case 2: { sum += 4u; continue; }
            case 3: { sum += 8u; }
            case 4: { if sum > 100u { break; } sum += 16u; }
            case 5: { sum ^= 32u; }
            case 6: { sum += 64u; }
            case 7, 8, 9: { sum += 128u; }
            case 10: { sum += 256u; if x > 200u { return sum; } }
            case 11: { sum *= 3u; }
            default: { sum += 7u; }
        }
        sum += 1u;
    }
    return sum;
}

fn kernel(index: u32) -> vec4<u32> {
    var down = 0u;
    var i = i32(index % 37u);
    while i > 0 {
        i -= 3;
        if i == 7 { continue; }
        down += u32(i + 3);
    }
    for (var k = min(index, 20u); k > 2u; k--) { down = down * 3u + k; }
    for (var k = max(params.step, -20); k < 9; k++) { if k < 0 { down += 1u; } else { down ^= u32(k); } }
    let flag = index > 3u && (index < 100u || params.limit > 20u) && words[index & 63u] % 3u != 0u;
    return vec4(
        collatz(index + params.seed % 50u),
        u32(classify(index % 40u)) + 1000u * many(index % 19u),
        search(index % 16u),
        switches(index) * 2u + down * 4u + u32(flag));
}
