//! Recording outputs, and finding the first one after an event.

use crate::{frame, Config, Outputs, Pallet, RecordedOutput, Ring, RingState, WeightInfo};
use edgeproof_primitives::BlockNumber;
use frame::prelude::*;
use pallet_support::Seed;

impl<T: Config> Pallet<T> {
    /// Records the output of the parent of block `now`, if it brought one.
    pub(crate) fn record_parent(now: BlockNumber) -> Weight {
        let Some(output) = T::VrfOutput::get() else {
            return T::WeightInfo::record_nothing();
        };
        Self::record(now.saturating_sub(1), output);
        T::WeightInfo::record_output()
    }

    /// Records the output of `block`. One that is not newer than the newest is ignored: the order of the ring is what
    /// the search relies on.
    pub(crate) fn record(block: BlockNumber, output: Seed) {
        let mut ring = Ring::<T>::get();
        if ring.count > 0 && block <= ring.newest {
            return;
        }
        let place = Self::place(ring.count);
        if let Some(overwritten) = Outputs::<T>::get(place) {
            ring.forgotten = Some(overwritten.block);
        }
        Outputs::<T>::insert(place, RecordedOutput { block, output });
        ring.newest = block;
        ring.count = ring.count.saturating_add(1);
        Ring::<T>::put(ring);
    }

    /// The place of the output with this number.
    pub(crate) fn place(number: u64) -> u8 {
        let [place, ..] = number.to_le_bytes();
        place
    }

    /// The number of the first output of a block after `event`, among those in the ring.
    ///
    /// A binary search over at most [`crate::RING`] outputs. It starts at the place where the output stands when no
    /// block missed its own: one read in the usual case.
    pub(crate) fn first_after(ring: &RingState, event: BlockNumber) -> Option<u64> {
        if ring.count == 0 || ring.newest <= event {
            return None;
        }
        // A block brings at most one output, so at most this many came after the event.
        let most = u64::from(ring.newest.saturating_sub(event));
        let mut low = ring.count.saturating_sub(most).max(ring.oldest());
        let mut high = ring.count.saturating_sub(1);
        let mut probe = low;
        // Everything before `low` is at or before the event; `high` is after it.
        while low < high {
            if Self::is_after(probe, event) {
                high = probe;
            } else {
                low = probe.saturating_add(1);
            }
            probe = low.saturating_add(high.saturating_sub(low) / 2);
        }
        Some(high)
    }

    fn is_after(number: u64, event: BlockNumber) -> bool {
        Outputs::<T>::get(Self::place(number)).is_some_and(|recorded| recorded.block > event)
    }
}
