// One generation of Conway's Game of Life on a torus, 32 cells per invocation.
//
// A row is `across` words; bit b of word w is the cell in column 32 w + b. The neighbours of 32 cells are counted at
// once: bit b of `ones`, `twos` and `fours` is a digit of the count of cell b.

@group(0) @binding(0) var<storage, read> board: array<u32>;

struct Params {
    across: u32,
    rows: u32,
}
@group(0) @binding(1) var<uniform> params: Params;

fn kernel(index: u32) -> u32 {
    let word = index % params.across;
    let row = index / params.across;
    let left = (word + params.across - 1u) % params.across;
    let right = (word + 1u) % params.across;

    var ones = 0u;
    var twos = 0u;
    var fours = 0u;
    for (var i = 0u; i < 3u; i++) {
        let start = ((row + params.rows + i - 1u) % params.rows) * params.across;
        let cells = board[start + word];
        let west = (cells << 1u) | (board[start + left] >> 31u);
        let east = (cells >> 1u) | (board[start + right] << 31u);
        for (var j = 0u; j < 3u; j++) {
            let itself = i == 1u && j == 1u;
            let one = select(select(select(east, cells, j == 1u), west, j == 0u), 0u, itself);
            let two = ones & one;
            ones ^= one;
            // Eight neighbours count as none: both leave the cell dead.
            fours ^= twos & two;
            twos ^= two;
        }
    }
    let alive = board[row * params.across + word];
    return twos & ~fours & (ones | alive);
}
