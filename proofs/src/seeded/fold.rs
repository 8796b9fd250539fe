/// Elements of one run.
pub const RUN: usize = 16;

/// Folds a run of neighbouring elements of a row of the product into one word: MurmurHash3 (x86, 32 bits, seed 0) of
/// their 64 little-endian bytes.
///
/// The fold must not be linear. A sum `c_1 + .. + c_16` of a row of `a` with 16 rows of `b` is `a (b_1 + .. + b_16)`: one
/// product instead of sixteen, for any fixed weights too. Here every element passes a multiplication, a rotation and a
/// multiplication before the next one comes in; rotations do not commute with sums, so each element must be known
/// in full, and a worker has no cheaper way to know it than to compute it. (Nothing here resists someone who looks
/// for collisions; there is nothing to gain from one, since the samples are checked against the right elements.)
pub fn fold(run: &[i32; RUN]) -> u32 {
    let mut hash = 0u32;
    for element in run {
        let mixed = element
            .cast_unsigned()
            .wrapping_mul(0xcc9e_2d51)
            .rotate_left(15)
            .wrapping_mul(0x1b87_3593);
        hash = (hash ^ mixed)
            .rotate_left(13)
            .wrapping_mul(5)
            .wrapping_add(0xe654_6b64);
    }
    // The length in bytes, then the finaliser.
    hash ^= 64;
    hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35);
    hash ^ (hash >> 16)
}
