//! Freivalds' check: is `c = a b^T`, without computing the product?
//!
//! For a random vector `r`, a wrong `c` gives `a (b^T r) = c r` only by chance. Computed over p = 2^61 - 1 with two
//! vectors, independent, uniform and unknown to whoever made `c`, the chance is at most p^-2 < 2^-121, for
//! `2 (m k + n k + m n)` multiplications instead of `m n k`.
//!
//! The entries of `c` are integers here, which is sound only because no sum wraps: [`Shape`] admits no longer `k`.
//! Modulo 2^32 the same check is not sound, whoever draws the vectors: where `c` is wrong by 2^31 in column j, every
//! even `r_j` hides it.
//!
//! The matrices stream by row after row; the memory is `16 n + 32 k` bytes.

mod field;
mod search;

use alloc::{vec, vec::Vec};
use core::fmt;

use rand_core::CryptoRng;

pub use crate::matrix::{Shape, ShapeError, MAX_K, MAX_MATRIX_WORDS};
use crate::{len64, matrix};
pub use field::{Element, Sum, P};
pub use search::{wrong_element, WrongElement};

/// Rows that are not those of the shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowError {
    /// A row or a matrix has another length, in bytes.
    Length { expected: u64, found: u64 },
    /// `b` has another number of rows.
    Count { expected: u32, found: u32 },
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { expected, found } => write!(f, "{found} bytes instead of {expected}"),
            Self::Count { expected, found } => write!(f, "{found} rows of b instead of {expected}"),
        }
    }
}

impl core::error::Error for RowError {}

/// The secret of one check, while the rows of `b` stream by.
///
/// The vectors decide about one claim only: whoever learns them can forge a product that passes.
pub struct Projection {
    shape: Shape,
    /// The two random vectors, `n` long.
    r: Vec<[Element; 2]>,
    /// `b^T r` of the rows so far, `k` long.
    sums: Vec<[Sum; 2]>,
    rows: u32,
}

impl Projection {
    /// Draws the vectors. `rng` must be private to the caller.
    pub fn new(shape: Shape, rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        let r = (0..shape.n())
            .map(|_| [Element::random(rng), Element::random(rng)])
            .collect();
        Self {
            shape,
            r,
            sums: vec![Default::default(); usize::try_from(shape.k()).unwrap_or(0)],
            rows: 0,
        }
    }

    /// Takes the next row of `b`, `k` bytes.
    ///
    /// # Errors
    /// When the row has another length, or `b` has no more rows.
    pub fn row_of_b(&mut self, row: &[u8]) -> Result<(), RowError> {
        check_length(self.shape.k().into(), row)?;
        let next = self.rows.saturating_add(1);
        let r = usize::try_from(self.rows)
            .ok()
            .and_then(|at| self.r.get(at))
            .ok_or(RowError::Count {
                expected: self.shape.n(),
                found: next,
            })?;
        for (sums, b) in self.sums.iter_mut().zip(matrix::elements(row)) {
            for (sum, r) in sums.iter_mut().zip(r) {
                sum.add(b.into(), *r);
            }
        }
        self.rows = next;
        Ok(())
    }

    /// The check of single rows, once all `n` rows of `b` have passed by.
    ///
    /// # Errors
    /// When rows are missing.
    pub fn finish(self) -> Result<RowCheck, RowError> {
        if self.rows != self.shape.n() {
            return Err(RowError::Count {
                expected: self.shape.n(),
                found: self.rows,
            });
        }
        let projected = self
            .sums
            .iter()
            .map(|sums| sums.map(|sum| sum.reduce()))
            .collect();
        Ok(RowCheck {
            shape: self.shape,
            r: self.r,
            projected,
        })
    }
}

/// Judges rows of `c` by the rows of `a`, in any order.
pub struct RowCheck {
    shape: Shape,
    r: Vec<[Element; 2]>,
    /// `b^T r`.
    projected: Vec<[Element; 2]>,
}

impl RowCheck {
    /// True where row i of `c`, `4 n` bytes, is the product of row i of `a`, `k` bytes: always for a right row, with a
    /// chance of at most 2^-121 for a wrong one.
    ///
    /// # Errors
    /// When a row has another length.
    pub fn holds(&self, a_row: &[u8], c_row: &[u8]) -> Result<bool, RowError> {
        check_length(self.shape.k().into(), a_row)?;
        check_length(self.shape.c_row_bytes(), c_row)?;
        let mut differences = [Sum::default(); 2];
        for (a, projected) in matrix::elements(a_row).zip(&self.projected) {
            for (sum, projected) in differences.iter_mut().zip(projected) {
                sum.add(a.into(), *projected);
            }
        }
        for (c, r) in matrix::sums(c_row).zip(&self.r) {
            for (sum, r) in differences.iter_mut().zip(r) {
                sum.subtract(c, *r);
            }
        }
        Ok(differences.iter().all(Sum::vanishes))
    }
}

/// The first row in which `c` is not `a b^T`, over matrices in memory.
///
/// # Errors
/// When a matrix has another length than its shape.
pub fn wrong_row(
    shape: Shape,
    a: &[u8],
    b: &[u8],
    c: &[u8],
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<Option<u32>, RowError> {
    check_length(shape.a_bytes(), a)?;
    check_length(shape.b_bytes(), b)?;
    check_length(shape.c_bytes(), c)?;
    let mut projection = Projection::new(shape, rng);
    for row in rows(b, shape.k().into()) {
        projection.row_of_b(row)?;
    }
    let check = projection.finish()?;
    for (number, (a_row, c_row)) in (0u32..).zip(rows(a, shape.k().into()).zip(rows(c, shape.c_row_bytes())))
    {
        if !check.holds(a_row, c_row)? {
            return Ok(Some(number));
        }
    }
    Ok(None)
}

/// Rows of a matrix whose length was checked.
fn rows(matrix: &[u8], row_bytes: u64) -> impl Iterator<Item = &[u8]> {
    matrix.chunks(usize::try_from(row_bytes).unwrap_or(usize::MAX).max(1))
}

fn check_length(expected: u64, bytes: &[u8]) -> Result<(), RowError> {
    let found = len64(bytes);
    if found == expected {
        Ok(())
    } else {
        Err(RowError::Length { expected, found })
    }
}
