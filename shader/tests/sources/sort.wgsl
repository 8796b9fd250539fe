// Sorts eight signed numbers, and returns the least, the greatest, the median and how many were swapped.
const INVOCATIONS = 32u;
@group(0) @binding(0) var<storage, read> numbers: array<vec4<i32>, 64>;

fn swap(a: ptr<function, i32>, b: ptr<function, i32>) -> u32 {
    let kept = *a;
    *a = *b;
    *b = kept;
    return 1u;
}

fn sort(x: ptr<function, array<i32, 8>>) -> u32 {
    var swaps = 0u;
    for (var i = 1; i < 8; i++) {
        for (var j = i; j > 0; j--) {
            if (*x)[j - 1] <= (*x)[j] { break; }
            var a = (*x)[j - 1];
            var b = (*x)[j];
            swaps += swap(&a, &b);
            (*x)[j - 1] = a;
            (*x)[j] = b;
        }
    }
    return swaps;
}

fn kernel(index: u32) -> vec4<i32> {
    var x: array<i32, 8>;
    for (var i = 0u; i < 8u; i++) {
        x[i] = numbers[2u * index + i / 4u][i % 4u];
    }
    let swaps = sort(&x);
    return vec4(x[0], x[7], x[3] / 2 + x[4] / 2, i32(swaps));
}
