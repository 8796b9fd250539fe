//! Is a published result right, and if not, where is it wrong first?

use std::collections::BTreeMap;

use edgeproof_engine::Replayer;
use edgeproof_kernel::{Source, Step};
use edgeproof_proofs::{
    freivalds::{wrong_element, wrong_row, Shape},
    Source as _, CHUNK_BYTES,
};

use crate::{outputs::Room, Player, PlayerError};

/// Bytes compared at a time.
const PIECE: usize = CHUNK_BYTES << 10;

/// How an output was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// Freivalds' check with two private random vectors: a wrong product passes with a chance below 2^-121.
    Freivalds,
    /// Computed again.
    Replay,
}

/// What came of checking one output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Which output of the program.
    pub output: u8,
    pub by: Means,
    /// Its first wrong word, if it is wrong.
    pub wrong: Option<u32>,
}

/// A product of two inputs of the job.
struct Product<'a> {
    shape: Shape,
    a: &'a [u8],
    b: &'a [u8],
}

impl Player {
    /// Checks `published`, the blobs of all outputs, as cheaply as each allows: a product whose operands are inputs of the
    /// job by Freivalds' check, all others by computing them again.
    ///
    /// # Errors
    /// Blobs that are not those of the program's outputs; when the executor or the folder fails.
    pub fn check(
        &mut self,
        executor: &dyn Replayer,
        published: &[&[u8]],
    ) -> Result<Vec<Checked>, PlayerError> {
        self.check_lengths(published)?;
        let mut products = BTreeMap::new();
        let mut others = Vec::new();
        for (output, blob) in (0u8..).zip(published) {
            match self.product(output) {
                Some(product) => {
                    products.insert(output, product.first_wrong(blob)?);
                }
                None => others.push(output),
            }
        }
        let wrong = self.replayed(executor, published, &others)?;
        let checked = (0u8..)
            .take(published.len())
            .map(|output| match products.get(&output) {
                Some(word) => Checked {
                    output,
                    by: Means::Freivalds,
                    wrong: *word,
                },
                None => Checked {
                    output,
                    by: Means::Replay,
                    wrong: wrong.get(&output).copied(),
                },
            });
        Ok(checked.collect())
    }

    /// One blob for each output, each of its length.
    pub(crate) fn check_lengths(&self, published: &[&[u8]]) -> Result<(), PlayerError> {
        let expected = self.program.output_words();
        if expected.len() != published.len() {
            return Err(PlayerError::OutputCount {
                expected: expected.len(),
                found: published.len(),
            });
        }
        for (output, (words, blob)) in (0u8..).zip(expected.into_iter().zip(published)) {
            let (expected, found) = (u64::from(words) * 4, blob.len() as u64);
            if expected != found {
                return Err(PlayerError::OutputLength {
                    output,
                    expected,
                    found,
                });
            }
        }
        Ok(())
    }

    /// The first wrong word of each of these outputs that has one, by what the executor computes.
    fn replayed(
        &mut self,
        executor: &dyn Replayer,
        published: &[&[u8]],
        outputs: &[u8],
    ) -> Result<BTreeMap<u8, u32>, PlayerError> {
        let positions: BTreeMap<u32, u8> = outputs
            .iter()
            .filter_map(|output| Some((self.program.output_position(usize::from(*output))?, *output)))
            .collect();
        let mut wrong: BTreeMap<u8, u32> = BTreeMap::new();
        let mut compare = |position: u32, first: u64, piece: &[u8]| {
            let output = positions[&position];
            if let Some(word) = differs(published[usize::from(output)], first, piece) {
                wrong.entry(output).or_insert(word);
            }
        };
        let missing = self.missing(&positions.keys().copied().collect())?;
        for position in positions.keys().filter(|position| !missing.contains(position)) {
            self.pass(*position, &mut compare)?;
        }
        if !missing.is_empty() {
            self.compute(executor, &missing, Room::WhileFree, &mut compare)?;
        }
        Ok(wrong)
    }

    /// Shows an output at hand piece by piece.
    fn pass(&self, position: u32, watch: &mut dyn FnMut(u32, u64, &[u8])) -> Result<(), PlayerError> {
        let bytes = self.output_bytes(position)?;
        let mut reader = self.output(position)?.reader()?;
        for first in (0..bytes).step_by(PIECE) {
            let length = (bytes - first).min(PIECE as u64);
            let mut piece = vec![0; length as usize];
            reader.read_at(first, &mut piece)?;
            watch(position, first, &piece);
        }
        Ok(())
    }

    fn product(&self, output: u8) -> Option<Product<'_>> {
        let position = self.program.output_position(usize::from(output))?;
        let (execution, sources) = self.sources(position).ok()?;
        let (Some(Step::MatMul(product)), [Source::Input(a), Source::Input(b)]) =
            (self.program.step(execution.step), &sources[..])
        else {
            return None;
        };
        Some(Product {
            shape: Shape::new(product.m, product.n, product.k).ok()?,
            a: &self.inputs[usize::from(*a)],
            b: &self.inputs[usize::from(*b)],
        })
    }
}

impl Product<'_> {
    /// The first wrong word of `c`, which has the length of the product.
    fn first_wrong(&self, c: &[u8]) -> Result<Option<u32>, PlayerError> {
        let unfit = |error: edgeproof_proofs::freivalds::RowError| PlayerError::Proof(error.to_string());
        let found = wrong_row(self.shape, self.a, self.b, c, &mut rand::rng()).map_err(unfit)?;
        let Some(row) = found else {
            return Ok(None);
        };
        let (k, n) = (self.shape.k() as usize, self.shape.n() as usize);
        let at = row as usize;
        let element = wrong_element(
            &self.a[at * k..(at + 1) * k],
            self.b.chunks(k),
            &c[at * n * 4..(at + 1) * n * 4],
        );
        Ok(element.map(|element| row * self.shape.n() + element.column))
    }
}

/// The first word in which `published` differs from a piece of what it should be.
fn differs(published: &[u8], first: u64, piece: &[u8]) -> Option<u32> {
    let start = usize::try_from(first).ok()?;
    let said = published.get(start..start + piece.len())?;
    if said == piece {
        return None;
    }
    let byte = said.iter().zip(piece).position(|(said, right)| said != right)?;
    u32::try_from((start + byte) / 4).ok()
}
