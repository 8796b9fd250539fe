//! What must hold after every block.

use crate::{frame, Config, Outputs, Pallet, Ring, RING};
use edgeproof_primitives::BlockNumber;
use frame::{deps::sp_runtime::TryRuntimeError, prelude::*};

impl<T: Config> Pallet<T> {
    /// Asserts that the ring holds the last outputs and nothing else, in the order of their blocks.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let ring = Ring::<T>::get();
        let held = ring.count.saturating_sub(ring.oldest());
        let stored = u64::try_from(Outputs::<T>::iter_keys().count()).unwrap_or(u64::MAX);
        ensure!(
            stored == held,
            "randomness: the ring holds another number of outputs than it counted"
        );
        ensure!(
            ring.forgotten.is_some() == (ring.count > RING.into()),
            "randomness: outputs are forgotten exactly when the ring is full"
        );

        let mut before: Option<BlockNumber> = ring.forgotten;
        for number in ring.oldest()..ring.count {
            let recorded =
                Outputs::<T>::get(Self::place(number)).ok_or("randomness: an output is missing")?;
            ensure!(
                before.is_none_or(|block| block < recorded.block),
                "randomness: the blocks of the ring must rise"
            );
            before = Some(recorded.block);
        }
        ensure!(
            held == 0 || before == Some(ring.newest),
            "randomness: the newest output is another one"
        );

        let now: BlockNumber = frame_system::Pallet::<T>::block_number().saturated_into();
        ensure!(
            held == 0 || ring.newest < now,
            "randomness: an output is of a block that has not ended"
        );
        Ok(())
    }
}
