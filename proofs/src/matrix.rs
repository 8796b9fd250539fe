//! Shapes of `i8` x `i8` -> `i32` matrix products, and their elements.

use core::fmt;

/// Largest `k`: 131,071 * 128 * 128 is below 2^31, so that no sum of this many products of two `i8` wraps.
pub const MAX_K: u32 = 131_071;
/// Words of one matrix, at most: 128 MiB.
pub const MAX_MATRIX_WORDS: u64 = 1 << 25;

/// A shape that no product has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShapeError {
    /// A dimension is 0.
    Empty,
    /// `k` is not a multiple of 4, so rows do not fill words.
    RowNotWords(u32),
    /// `k` is above [`MAX_K`]: sums could wrap.
    SumCouldWrap(u32),
    /// A matrix has more than [`MAX_MATRIX_WORDS`].
    MatrixTooLong(u64),
}

impl fmt::Display for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("a matrix has at least one row and one column"),
            Self::RowNotWords(k) => write!(f, "k = {k} is not a multiple of 4"),
            Self::SumCouldWrap(k) => write!(f, "k = {k} is above {MAX_K}: sums could wrap"),
            Self::MatrixTooLong(words) => {
                write!(f, "a matrix of {words} words is longer than {MAX_MATRIX_WORDS}")
            }
        }
    }
}

impl core::error::Error for ShapeError {}

/// The shape of `c = a b^T`: `a` is `m` x `k`, `b` is `n` x `k`, both row-major `i8`, four to a word; `c` is `m` x `n`,
/// row-major `i32`. Little-endian, so that the rows of a blob's bytes are the rows of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    m: u32,
    n: u32,
    k: u32,
}

impl Shape {
    /// # Errors
    /// When no product has this shape.
    pub fn new(m: u32, n: u32, k: u32) -> Result<Self, ShapeError> {
        if m == 0 || n == 0 || k == 0 {
            return Err(ShapeError::Empty);
        }
        if k & 3 != 0 {
            return Err(ShapeError::RowNotWords(k));
        }
        if k > MAX_K {
            return Err(ShapeError::SumCouldWrap(k));
        }
        let words = u64::from(k >> 2);
        for (rows, columns) in [(m, words), (n, words), (m, n.into())] {
            let words = u64::from(rows).saturating_mul(columns);
            if words > MAX_MATRIX_WORDS {
                return Err(ShapeError::MatrixTooLong(words));
            }
        }
        Ok(Self { m, n, k })
    }

    /// Rows of `a` and of `c`.
    pub fn m(&self) -> u32 {
        self.m
    }

    /// Rows of `b`, columns of `c`.
    pub fn n(&self) -> u32 {
        self.n
    }

    /// Elements, hence bytes, of a row of `a` or `b`.
    pub fn k(&self) -> u32 {
        self.k
    }

    /// Bytes of `a`.
    pub fn a_bytes(&self) -> u64 {
        u64::from(self.m).saturating_mul(self.k.into())
    }

    /// Bytes of `b`.
    pub fn b_bytes(&self) -> u64 {
        u64::from(self.n).saturating_mul(self.k.into())
    }

    /// Bytes of `c`.
    pub fn c_bytes(&self) -> u64 {
        u64::from(self.m).saturating_mul(self.c_row_bytes())
    }

    /// Bytes of a row of `c`.
    pub fn c_row_bytes(&self) -> u64 {
        u64::from(self.n).saturating_mul(4)
    }
}

/// The elements of a row of `a` or `b`.
pub(crate) fn elements(row: &[u8]) -> impl Iterator<Item = i8> + '_ {
    row.iter().map(|byte| byte.cast_signed())
}

/// The elements of a row of `c`.
pub(crate) fn sums(row: &[u8]) -> impl Iterator<Item = i32> + '_ {
    row.as_chunks().0.iter().map(|bytes| i32::from_le_bytes(*bytes))
}

/// One element of the product: the sum over a row of `a` and a row of `b`.
pub(crate) fn dot(a_row: &[u8], b_row: &[u8]) -> i32 {
    elements(a_row).zip(elements(b_row)).fold(0i32, |sum, (a, b)| {
        sum.wrapping_add(i32::from(a).wrapping_mul(i32::from(b)))
    })
}
