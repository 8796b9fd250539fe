//! The search for a nonce whose SHA-256 begins with many zero bits.

use sha2::{Digest, Sha256};

use crate::{recipe::source, GalleryError, Outcome, Recipe, Source, Task};

pub const SOURCE: Source = source!("sha256", "hunt.wgsl", "best.wgsl");

/// Nonces that one invocation tries, and findings that one invocation compares.
const GROUP: u32 = 64;
/// Bytes of a nonce: eight hexadecimal digits.
const DIGITS: usize = 8;
/// Longest text before the nonce: both fit in one block of the hash.
pub const MAX_PREFIX: usize = 64 - 9 - DIGITS;
/// Most nonces of one job.
pub const MAX_NONCES: u32 = GROUP * GROUP * GROUP * GROUP;

/// A nonce, and how many zero bits its hash begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    pub nonce: u32,
    pub zeros: u32,
}

/// The job that tries `nonces` nonces from `first` on behind `prefix`. The number is rounded up to 64.
///
/// # Errors
/// A prefix that is too long, or too many nonces.
pub fn task(prefix: &str, first: u32, nonces: u32) -> Result<Task, GalleryError> {
    if prefix.len() > MAX_PREFIX {
        return Err(GalleryError::input(format!(
            "the text before the nonce has at most {MAX_PREFIX} bytes"
        )));
    }
    if nonces == 0 || nonces > MAX_NONCES {
        return Err(GalleryError::input(format!(
            "1 to {MAX_NONCES} nonces in one job"
        )));
    }
    let found = nonces.div_ceil(GROUP);
    let better = found.div_ceil(GROUP);
    let best = better.div_ceil(GROUP);
    let program = Recipe::new(SOURCE)
        .words("found", found * 2)
        .words("better", better * 2)
        .words("best", best * 2);
    Ok(Task {
        name: SOURCE.name,
        program: program.build()?,
        inputs: vec![block(prefix)],
        params: vec![first, u32::try_from(prefix.len()).unwrap_or(u32::MAX)],
    })
}

/// The finding with the most zeros, the first of equal ones.
pub fn best(outcome: &Outcome) -> Finding {
    let findings = outcome.outputs[0].as_chunks().0.iter();
    let mut best = Finding { nonce: 0, zeros: 0 };
    for [nonce, zeros] in findings {
        if best == (Finding { nonce: 0, zeros: 0 }) || *zeros > best.zeros {
            best = Finding {
                nonce: *nonce,
                zeros: *zeros,
            };
        }
    }
    best
}

/// The text with its nonce.
pub fn text(prefix: &str, nonce: u32) -> String {
    format!("{prefix}{nonce:08x}")
}

/// The hash of a text in hexadecimal, by a library that the kernel shares nothing with.
pub fn hash(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}

/// The padded block of `prefix` and a nonce whose bytes are 0.
fn block(prefix: &str) -> Vec<u32> {
    let length = prefix.len() + DIGITS;
    let mut block = prefix.as_bytes().to_vec();
    block.resize(length, 0);
    block.push(0x80);
    block.resize(56, 0);
    block.extend((length as u64 * 8).to_be_bytes());
    block
        .as_chunks()
        .0
        .iter()
        .map(|word| u32::from_be_bytes(*word))
        .collect()
}
