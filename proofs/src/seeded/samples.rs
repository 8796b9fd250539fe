use alloc::vec::Vec;

use super::{Challenge, SampleError};
use crate::{MultiProof, NodeHash, ReadError, WORDS_PER_CHUNK};

/// Runs that an answer opens. Who skips a quarter of the work passes with 0.75^16, 1 %.
pub const SAMPLES: usize = 16;

/// One run of one product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The product, from 0.
    pub product: u32,
    /// The run within the product: row after row.
    pub run: u32,
}

impl Challenge {
    /// The samples that a seed of later randomness draws: independent and uniform, so one may come twice. The bias of
    /// each is below the number of folded words over 2^64.
    pub fn samples(&self, randomness: &[u8; 32]) -> [Sample; SAMPLES] {
        let mut bits = blake3::Hasher::new()
            .update(b"edgeproof/samples")
            .update(randomness)
            .finalize_xof();
        let words = u128::from(self.products()).wrapping_mul(self.runs().into());
        [(); SAMPLES].map(|()| {
            let mut number = [0; 8];
            bits.fill(&mut number);
            // A number below 2^64 times the words, over 2^64, is a number below the words.
            let word = u128::from(u64::from_le_bytes(number)).wrapping_mul(words) >> 64;
            let runs = u128::from(self.runs());
            let part = |number: Option<u128>| number.and_then(|it| u32::try_from(it).ok()).unwrap_or(0);
            Sample {
                product: part(word.checked_div(runs)),
                run: part(word.checked_rem(runs)),
            }
        })
    }

    /// The chunks of the folded words that hold the samples, ascending, each once: what an answer opens.
    pub fn chunks(&self, samples: &[Sample]) -> Vec<u32> {
        let mut chunks: Vec<u32> = samples
            .iter()
            .filter_map(|sample| self.place(*sample)?.checked_div(WORDS_PER_CHUNK.into()))
            .filter_map(|chunk| u32::try_from(chunk).ok())
            .collect();
        chunks.sort_unstable();
        chunks.dedup();
        chunks
    }

    /// Checks an answer: `proof` must open exactly the chunks of the samples under `root`, and each sampled word must
    /// be what the seed gives. Hashes first, then `16 k` multiplications for each sample.
    ///
    /// # Errors
    /// What is wrong with the answer.
    pub fn check(&self, root: &NodeHash, proof: &MultiProof, samples: &[Sample]) -> Result<(), SampleError> {
        let most = u32::try_from(samples.len()).unwrap_or(u32::MAX);
        let mut opened = proof.verify(root, self.folded().blob_bytes(), most)?;
        let mut words = Vec::new();
        for sample in samples {
            let none = SampleError::NoSuchSample {
                product: sample.product,
                run: sample.run,
            };
            let place = self.place(*sample).ok_or(none)?;
            let word = opened.record(place).map_err(|error| match error {
                ReadError::ChunkMissing(chunk) => SampleError::ChunkMissing(chunk),
                ReadError::OutOfBlob => none,
            })?;
            words.push(u32::from_le_bytes(word));
        }
        if let Some(chunk) = opened.unread() {
            return Err(SampleError::ChunkExtra(chunk));
        }
        for (sample, found) in samples.iter().zip(words) {
            let Sample { product, run } = *sample;
            let expected = self
                .word(*sample)
                .ok_or(SampleError::NoSuchSample { product, run })?;
            if expected != found {
                return Err(SampleError::WrongWord {
                    product,
                    run,
                    expected,
                    found,
                });
            }
        }
        Ok(())
    }
}
