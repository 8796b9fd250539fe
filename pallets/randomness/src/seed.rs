//! Seeds.

use crate::{frame, Config, Outputs, Pallet, Ring, MAX_OUTPUTS};
use alloc::vec::Vec;
use edgeproof_primitives::BlockNumber;
use frame::deps::sp_io::hashing::blake2_256;
use pallet_support::{SeedSource, SeedStatus};

/// Zero `outputs` count as one, more than [`MAX_OUTPUTS`] as so many.
impl<T: Config> SeedSource for Pallet<T> {
    fn seed(domain: &[u8], subject: &[u8], event: BlockNumber, outputs: u32) -> SeedStatus {
        let outputs = outputs.clamp(1, MAX_OUTPUTS).into();
        let ring = Ring::<T>::get();
        if ring.forgotten.is_some_and(|block| block > event) {
            return SeedStatus::Forgotten;
        }
        let Some(first) = Self::first_after(&ring, event) else {
            return SeedStatus::Pending;
        };
        let end = first.saturating_add(outputs);
        if end > ring.count {
            return SeedStatus::Pending;
        }
        let mut preimage: Vec<u8> = [domain, subject].concat();
        for number in first..end {
            // Cannot be missing; if it were, waiting would not bring it back.
            let Some(recorded) = Outputs::<T>::get(Self::place(number)) else {
                return SeedStatus::Forgotten;
            };
            preimage.extend_from_slice(&recorded.output);
        }
        SeedStatus::Ready(blake2_256(&preimage))
    }
}
