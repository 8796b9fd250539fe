// The best of 64 findings: the first with the most zero bits.

// Pairs of a nonce and its zero bits.
@group(0) @binding(0) var<storage, read> found: array<u32>;

const GROUP = 64u;

fn kernel(index: u32) -> vec2<u32> {
    var best = vec2<u32>(0u);
    for (var i = 0u; i < GROUP; i++) {
        let at = (index * GROUP + i) * 2u;
        let zeros = found[at + 1u];
        if zeros > best.y || i == 0u {
            best = vec2<u32>(found[at], zeros);
        }
    }
    return best;
}
