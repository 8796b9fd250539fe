//! The dense index of active workers, and samples of it.

use crate::{Config, Index, IndexLen, Pallet, WorkerOf, WorkerState, Workers, SAMPLE};
use alloc::vec::Vec;
use frame::{deps::sp_io::hashing::blake2_256, prelude::*};
use pallet_support::Seed;
use polkadot_sdk::polkadot_sdk_frame as frame;

impl<T: Config> Pallet<T> {
    /// Puts a paused worker at the end of the index. The caller stores `worker`.
    pub(crate) fn enter_index(stash: &T::AccountId, worker: &mut WorkerOf<T>) -> DispatchResult {
        let position = IndexLen::<T>::get();
        IndexLen::<T>::put(position.checked_add(1).ok_or(ArithmeticError::Overflow)?);
        Index::<T>::insert(position, stash);
        worker.state = WorkerState::Active { position };
        Ok(())
    }

    /// Takes a worker out of the index; the last one moves to its place. The caller stores `worker`.
    pub(crate) fn leave_index(worker: &mut WorkerOf<T>) {
        let WorkerState::Active { position } = worker.state else {
            return;
        };
        let last = IndexLen::<T>::get().saturating_sub(1);
        IndexLen::<T>::put(last);
        if let Some(moved) = Index::<T>::take(last).filter(|_| position != last) {
            Workers::<T>::mutate_extant(&moved, |other| other.state = WorkerState::Active { position });
            Index::<T>::insert(position, moved);
        }
        worker.state = WorkerState::Paused;
    }

    /// [`SAMPLE`] different active workers, or all when there are no more, in a random order: each subset and each order
    /// is equally likely.
    pub(crate) fn sample(seed: &Seed) -> Vec<T::AccountId> {
        positions(seed, IndexLen::<T>::get())
            .into_iter()
            .filter_map(Index::<T>::get)
            .collect()
    }
}

/// The members of a sample in an order that does not depend on that of the sample: each is equally likely, whatever was
/// taken out of the sample because of its place.
pub(crate) fn shuffled<Member>(seed: &Seed, sample: Vec<Member>) -> Vec<Member> {
    let order = (b"edgeproof/seats", seed).using_encoded(blake2_256);
    let mut members: Vec<_> = sample.into_iter().map(Some).collect();
    let places = positions(&order, u32::try_from(members.len()).unwrap_or(u32::MAX));
    places
        .into_iter()
        .filter_map(|place| members.get_mut(usize::try_from(place).ok()?)?.take())
        .collect()
}

/// The first [`SAMPLE`] places of a Fisher-Yates shuffle of `0..len`, without writing out the rest.
fn positions(seed: &Seed, len: u32) -> Vec<u32> {
    let mut swapped: Vec<(u32, u32)> = Vec::new();
    let at = |swapped: &[(u32, u32)], place: u32| {
        swapped
            .iter()
            .rev()
            .find(|(to, _)| *to == place)
            .map_or(place, |(_, value)| *value)
    };
    (0..len.min(SAMPLE))
        .map(|place| {
            let other = place.saturating_add(random_below(seed, place, len.saturating_sub(place)));
            let drawn = at(&swapped, other);
            let displaced = at(&swapped, place);
            swapped.push((other, displaced));
            drawn
        })
        .collect()
}

/// A number below `bound` from the seed, biased by less than 2^-96; 0 when `bound` is 0.
fn random_below(seed: &Seed, place: u32, bound: u32) -> u32 {
    let hash = (b"edgeproof/sample", seed, place).using_encoded(blake2_256);
    let wide = U256::from_little_endian(&hash);
    wide.checked_rem(bound.into()).map_or(0, |rest| rest.low_u32())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn positions_are_different_and_inside(seed in any::<Seed>(), len in any::<u32>()) {
            let drawn = positions(&seed, len);
            prop_assert_eq!(drawn.len(), len.min(SAMPLE) as usize);
            prop_assert!(drawn.iter().all(|position| *position < len));
            prop_assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), drawn.len());
        }

        #[test]
        fn a_shuffle_loses_nobody(seed in any::<Seed>(), len in 0..=SAMPLE) {
            let mut members = shuffled(&seed, (0..len).collect());
            members.sort();
            prop_assert_eq!(members, (0..len).collect::<Vec<_>>());
        }

        #[test]
        fn a_small_index_is_seen_whole(seed in any::<Seed>(), len in 0..=SAMPLE) {
            let seen: BTreeSet<_> = positions(&seed, len).into_iter().collect();
            prop_assert_eq!(seen, (0..len).collect());
        }
    }

    /// For each place of the sample, how often each of `len` positions came there in `rounds` samples.
    fn tally(len: u32, rounds: u32) -> Vec<Vec<u32>> {
        let mut counts = vec![vec![0; len as usize]; len.min(SAMPLE) as usize];
        for round in 0..rounds {
            let seed = round.using_encoded(blake2_256);
            for (place, position) in positions(&seed, len).into_iter().enumerate() {
                counts[place][position as usize] += 1;
            }
        }
        counts
    }

    #[test]
    fn each_position_comes_to_each_place_equally_often() {
        for len in [2, 5, 8, 9, 20] {
            let rounds = 1_000 * len;
            for counts in tally(len, rounds) {
                // 1,000 expected, deviation below 32: five of them.
                assert!(
                    counts.iter().all(|count| count.abs_diff(1_000) < 160),
                    "{len}: {counts:?}"
                );
            }
        }
    }
}
