use edgeproof_proofs::Outboard;

/// Lengths around every edge of the tree, in bytes.
pub const LENGTHS: [usize; 17] = [
    1,
    4,
    1023,
    1024,
    1025,
    2048,
    2049,
    31 * 1024,
    32 * 1024,
    32 * 1024 + 4,
    33 * 1024,
    64 * 1024,
    65 * 1024,
    128 * 1024 - 4,
    128 * 1024 + 4,
    1_000_000,
    2 * 1024 * 1024 + 1,
];

/// Bytes that no two chunks of any two blobs share.
pub fn blob(bytes: usize, seed: u64) -> Vec<u8> {
    let mut blob = vec![0; bytes];
    blake3::Hasher::new()
        .update(&seed.to_le_bytes())
        .finalize_xof()
        .fill(&mut blob);
    blob
}

pub fn outboard(blob: &[u8]) -> Outboard {
    Outboard::new(blob).expect("the blob has a byte")
}

/// All sets of chunks for few chunks, otherwise some.
pub fn sets_of_chunks(chunks: u32) -> Vec<Vec<u32>> {
    if chunks <= 7 {
        return (1u32..1 << chunks)
            .map(|set| (0..chunks).filter(|chunk| set >> chunk & 1 == 1).collect())
            .collect();
    }
    let last = chunks - 1;
    vec![
        vec![0],
        vec![last],
        vec![0, last],
        vec![last / 2, last / 2 + 1],
        (0..chunks.min(2_048)).collect(),
        (0..chunks).step_by(7).take(2_048).collect(),
        (0..chunks).filter(|chunk| chunk % 64 < 3).take(2_048).collect(),
    ]
}
