//! What holds after every block.

use crate::{
    Config, FaultyDrivers, Index, IndexLen, Pallet, StashOf, WorkerState, Workers, MAX_FAULTY_DRIVERS,
};
use edgeproof_primitives::MAX_EVIDENCE;
use frame::{deps::sp_runtime::TryRuntimeError, prelude::*};
use polkadot_sdk::polkadot_sdk_frame as frame;

impl<T: Config> Pallet<T> {
    /// The three maps name the same workers, the index is dense, no slot is taken twice, no more evidence is kept than is
    /// remembered, and each operator key lives. The fault list is as long as it says and may be. What the seats put at
    /// risk is the stake ledger's to check.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let (mut workers, mut active) = (0usize, 0usize);
        for (stash, worker) in Workers::<T>::iter() {
            workers = workers.saturating_add(1);
            ensure!(
                StashOf::<T>::get(&worker.operator) == Some(stash.clone()),
                "an operator serves another stash"
            );
            ensure!(worker.operator != stash, "a stash is its own operator");
            ensure!(
                worker.seats_held <= worker.capability.slots,
                "more seats are held than there are slots"
            );
            ensure!(
                frame_system::Pallet::<T>::providers(&worker.operator) > 0,
                "an operator key is dead"
            );
            let evidence = worker.reputation.evidence;
            ensure!(
                evidence.successes.max(evidence.failures) <= MAX_EVIDENCE,
                "more evidence than is remembered"
            );
            if let WorkerState::Active { position } = worker.state {
                active = active.saturating_add(1);
                ensure!(
                    Index::<T>::get(position) == Some(stash),
                    "a worker is not where it says"
                );
                ensure!(
                    position < IndexLen::<T>::get(),
                    "a worker stands behind the end of the index"
                );
            }
        }
        ensure!(
            StashOf::<T>::iter().count() == workers,
            "an operator key has no worker"
        );
        ensure!(
            Index::<T>::iter().count() == active,
            "the index names a worker that is not active"
        );
        ensure!(
            usize::try_from(IndexLen::<T>::get()) == Ok(active),
            "the index has another length"
        );
        Self::check_faulty_drivers()
    }

    fn check_faulty_drivers() -> Result<(), TryRuntimeError> {
        let mut listed = 0u32;
        for driver in FaultyDrivers::<T>::iter_keys() {
            ensure!(!driver.is_empty(), "a driver without a name is listed");
            listed = listed.saturating_add(1);
        }
        ensure!(
            listed == FaultyDrivers::<T>::count(),
            "the fault list has another length"
        );
        ensure!(listed <= MAX_FAULTY_DRIVERS, "the fault list is too long");
        Ok(())
    }
}
