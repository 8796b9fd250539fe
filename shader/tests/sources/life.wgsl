// One generation of the game of life on a torus, 32 cells to a word.
const INVOCATIONS = 64u;
@group(0) @binding(0) var<storage, read> board: array<u32, 64>;

fn neighbours(word: u32) -> vec2<u32> {
    let left = (word << 1u) | (word >> 31u);
    let right = (word >> 1u) | (word << 31u);
    return vec2(left ^ right, left & right);
}

fn kernel(index: u32) -> u32 {
    var ones = 0u;
    var twos = 0u;
    var fours = 0u;
    for (var row = 0u; row < 3u; row++) {
        let word = board[(index + 63u + row) & 63u];
        let sides = neighbours(word);
        for (var part = 0u; part < 3u; part++) {
            var bits = 0u;
            switch part {
                case 0u: { bits = sides.x; }
                case 1u: { if row == 1u { continue; } bits = word; }
                default: {
                    fours |= twos & sides.y;
                    twos ^= sides.y;
                    continue;
                }
            }
            let carry = ones & bits;
            ones ^= bits;
            fours |= twos & carry;
            twos ^= carry;
        }
    }
    return twos & ~fours & (ones | board[index]);
}
