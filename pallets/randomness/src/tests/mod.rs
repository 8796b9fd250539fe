//! Tests, by concern.

mod properties;
mod ring;
mod seeds;

use crate::{frame, mock::*};
use pallet_support::{Seed, SeedSource, SeedStatus};

pub(super) const DOMAIN: &[u8] = b"edgeproof/test";

/// The seed as its definition says.
pub(super) fn seed_from(subject: &[u8], blocks: impl IntoIterator<Item = u32>) -> Seed {
    let mut preimage = [DOMAIN, subject].concat();
    blocks
        .into_iter()
        .for_each(|block| preimage.extend(output_of(block)));
    frame::hashing::blake2_256(&preimage)
}

pub(super) fn seed(event: u32, outputs: u32) -> SeedStatus {
    Randomness::seed(DOMAIN, b"job", event, outputs)
}

pub(super) fn ready(blocks: impl IntoIterator<Item = u32>) -> SeedStatus {
    SeedStatus::Ready(seed_from(b"job", blocks))
}
