//! The meaning of a matrix product, as one plain loop.

use crate::{ops, MatMul, ReadWords};

/// The input number under which a reader serves `a`.
pub const MATMUL_A: u8 = 0;
/// The input number under which a reader serves `b`.
pub const MATMUL_B: u8 = 1;

impl MatMul {
    /// Operations of one element: a multiplication and an addition for each of its `k` products.
    pub fn element_operations(&self) -> u64 {
        u64::from(self.k).saturating_mul(2)
    }
}

/// Word `index` of the product: the sum, an `i32`, as bits.
///
/// # Errors
/// What the reader fails with.
pub fn matmul_element<R: ReadWords>(product: &MatMul, index: u32, reader: &mut R) -> Result<u32, R::Error> {
    let row_words = product.k / 4;
    let row = index.checked_div(product.n).unwrap_or(0).wrapping_mul(row_words);
    let column = index.checked_rem(product.n).unwrap_or(0).wrapping_mul(row_words);
    let mut sum = 0i32;
    for word in 0..row_words {
        let a = reader.read_or_zero(MATMUL_A, row.wrapping_add(word))?;
        let b = reader.read_or_zero(MATMUL_B, column.wrapping_add(word))?;
        sum = sum.wrapping_add(ops::dot4_i8(a, b));
    }
    Ok(sum.cast_unsigned())
}
