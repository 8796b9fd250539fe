//! The work by which a worker proves its speed: matrix products that a seed describes.
//!
//! Product t multiplies the matrices `a_t` (`m` x `k`) and `b_t` (`n` x `k`) of uniform `i8`. They are the first
//! `m k` bytes and the next `n k` bytes of the ChaCha8 key stream with the seed as its key, t as its 64-bit nonce and a
//! 64-bit block counter from 0 (D. J. Bernstein's layout), so any element can be computed alone.
//!
//! Each run of 16 neighbouring elements of a row of `a_t b_t^T` is folded to a word ([`fold`]). The words, product
//! after product, row after row, run after run, little-endian, are the blob whose BLAKE3 root the worker commits to.
//! Randomness drawn later names [`SAMPLES`] runs; their chunks are opened, and [`Challenge::check`] recomputes each
//! from the seed with `17 k` bytes of key stream and `16 k` multiplications.

mod error;
mod fold;
mod samples;

use alloc::{vec, vec::Vec};

use rand_chacha::{
    rand_core::{RngCore, SeedableRng},
    ChaCha8Rng,
};

pub use crate::matrix::{Shape, ShapeError};
use crate::{matrix, Node};
pub use error::{ChallengeError, SampleError};
pub use fold::{fold, RUN};
pub use samples::{Sample, SAMPLES};

/// Seeded products of one shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Challenge {
    seed: [u8; 32],
    products: u32,
    shape: Shape,
    folded: Node,
}

/// One of the two operands.
#[derive(Clone, Copy)]
enum Operand {
    A,
    B,
}

impl Challenge {
    /// `products` products of one shape, whose rows are whole runs.
    ///
    /// # Errors
    /// When `n` is not a multiple of 16, or the folded words make no blob.
    pub fn new(seed: [u8; 32], products: u32, shape: Shape) -> Result<Self, ChallengeError> {
        if shape.n() & 15 != 0 {
            return Err(ChallengeError::RowNotRuns(shape.n()));
        }
        let words = u64::from(products).saturating_mul(runs(&shape).into());
        let folded = Node::root(words.saturating_mul(4))?;
        Ok(Self {
            seed,
            products,
            shape,
            folded,
        })
    }

    /// Products to compute.
    pub fn products(&self) -> u32 {
        self.products
    }

    /// The shape of each.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Runs, hence folded words, of one product: at most 2^21.
    pub fn runs(&self) -> u32 {
        runs(&self.shape)
    }

    /// The top of the tree of the folded words.
    pub fn folded(&self) -> Node {
        self.folded
    }

    /// Fills `into` with the elements of `a` of product `product` from row `row` on, without those before. Products and
    /// rows that the challenge does not have are other parts of the key stream.
    pub fn rows_of_a(&self, product: u32, row: u32, into: &mut [u8]) {
        self.fill(product, Operand::A, row, into);
    }

    /// Fills `into` with the elements of `b` of product `product` from row `row` on, like [`Self::rows_of_a`].
    pub fn rows_of_b(&self, product: u32, row: u32, into: &mut [u8]) {
        self.fill(product, Operand::B, row, into);
    }

    /// The folded word of a run, from the seed alone. Takes `2 k` bytes of memory. None for a sample that the
    /// challenge does not have.
    pub fn word(&self, sample: Sample) -> Option<u32> {
        self.place(sample)?;
        let runs_of_row = self.shape.n() >> 4;
        let row = sample.run.checked_div(runs_of_row)?;
        let column = sample.run.checked_rem(runs_of_row)? << 4;

        let bytes = usize::try_from(self.shape.k()).ok()?;
        let (mut a_row, mut b_row) = (vec![0; bytes], vec![0; bytes]);
        self.rows_of_a(sample.product, row, &mut a_row);
        let mut elements = [0; RUN];
        for (column, element) in (column..).zip(&mut elements) {
            self.rows_of_b(sample.product, column, &mut b_row);
            *element = matrix::dot(&a_row, &b_row);
        }
        Some(fold(&elements))
    }

    /// The number of the folded word of a run in the committed blob.
    pub fn place(&self, sample: Sample) -> Option<u64> {
        (sample.product < self.products && sample.run < self.runs()).then(|| {
            u64::from(sample.product)
                .saturating_mul(self.runs().into())
                .saturating_add(sample.run.into())
        })
    }

    fn fill(&self, product: u32, operand: Operand, row: u32, into: &mut [u8]) {
        let row_words = u64::from(self.shape.k() >> 2);
        let before = match operand {
            Operand::A => 0,
            Operand::B => u64::from(self.shape.m()),
        };
        let word = before.saturating_add(row.into()).saturating_mul(row_words);
        let mut stream = ChaCha8Rng::from_seed(self.seed);
        stream.set_stream(product.into());
        stream.set_word_pos(word.into());
        stream.fill_bytes(into);
    }
}

fn runs(shape: &Shape) -> u32 {
    shape.m().saturating_mul(shape.n() >> 4)
}

/// Folds whole rows of a product, each `n` elements long, into the words to commit to.
pub fn fold_rows(elements: &[i32]) -> Vec<u32> {
    elements.as_chunks().0.iter().map(fold).collect()
}
