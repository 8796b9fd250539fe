use edgeproof_proofs::freivalds::Shape;

/// The product as its plain definition, modulo 2^32.
pub fn product(shape: Shape, a: &[u8], b: &[u8]) -> Vec<i32> {
    let k = shape.k() as usize;
    a.chunks(k)
        .flat_map(|a_row| {
            b.chunks(k).map(move |b_row| {
                a_row.iter().zip(b_row).fold(0i32, |sum, (a, b)| {
                    sum.wrapping_add(i32::from(*a as i8) * i32::from(*b as i8))
                })
            })
        })
        .collect()
}

pub fn bytes_of(elements: &[i32]) -> Vec<u8> {
    elements
        .iter()
        .flat_map(|element| element.to_le_bytes())
        .collect()
}

/// Bytes that a seed gives.
pub fn random(bytes: usize, seed: u64) -> Vec<u8> {
    let mut random = vec![0; bytes];
    blake3::Hasher::new()
        .update(&seed.to_le_bytes())
        .finalize_xof()
        .fill(&mut random);
    random
}
