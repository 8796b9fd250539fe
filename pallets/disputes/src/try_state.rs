//! What must hold between any two blocks.

use crate::{
    types::{Phase, MAX_CLAIMS},
    Config, Disputes, Openings, Pallet, Queue, QueueEnds, Turns, WaitingClaims,
};
use alloc::collections::BTreeMap;
use edgeproof_primitives::JobId;
use pallet_support::DisputedJobs;
use polkadot_sdk::polkadot_sdk_frame::{deps::sp_runtime::TryRuntimeError, prelude::*};

impl<T: Config> Pallet<T> {
    /// Checks every invariant of this pallet.
    ///
    /// # Errors
    /// The first one that is broken.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        Self::check_disputes()?;
        Self::check_places()?;
        Self::check_waiting()?;
        Self::check_openings()
    }

    fn check_disputes() -> Result<(), TryRuntimeError> {
        for (job, dispute) in Disputes::<T>::iter() {
            ensure!(T::Jobs::subject(job).is_some(), "a dispute about nothing");
            ensure!(
                !dispute.claims.is_empty() || dispute.phase == Phase::Waiting,
                "a dispute without a claim"
            );
            ensure!(
                matches!(dispute.phase, Phase::Playing(_)) || dispute.refuted.is_empty(),
                "a refuted claim was not slashed"
            );
            let claims = dispute.claims.len().saturating_add(dispute.refuted.len());
            ensure!(claims <= MAX_CLAIMS as usize, "a game has too many claims");
            match &dispute.phase {
                Phase::Decided => ensure!(!dispute.is_disputed(), "a decided dispute is disputed"),
                Phase::Playing(_) => ensure!(dispute.is_disputed(), "a game about nothing"),
                Phase::Waiting => {}
            }
        }
        Ok(())
    }

    /// Each dispute that is played has a deadline, each that waits a place in the queue, and no other.
    fn check_places() -> Result<(), TryRuntimeError> {
        let turns = Turns::<T>::get();
        let (first, next) = QueueEnds::<T>::get();
        ensure!(
            Queue::<T>::iter().count() == next.wrapping_sub(first) as usize,
            "the queue has gaps"
        );
        let queued: alloc::vec::Vec<JobId> = Queue::<T>::iter_values().collect();
        for (job, dispute) in Disputes::<T>::iter() {
            let places = (
                turns.iter().filter(|turn| turn.job == job).count(),
                queued.iter().filter(|other| **other == job).count(),
            );
            let expected = match dispute.phase {
                Phase::Playing(_) => (1, 0),
                Phase::Waiting => (0, 1),
                Phase::Decided => (0, 0),
            };
            ensure!(places == expected, "a dispute is not where its phase says");
        }
        ensure!(
            turns.iter().all(|turn| Disputes::<T>::contains_key(turn.job)),
            "a deadline of no dispute"
        );
        Ok(())
    }

    fn check_waiting() -> Result<(), TryRuntimeError> {
        let mut waiting = BTreeMap::<JobId, u32>::new();
        for (job, number, _) in WaitingClaims::<T>::iter() {
            let dispute = Disputes::<T>::get(job).ok_or("a claim waits for nothing")?;
            ensure!(
                (dispute.first_waiting..dispute.next_waiting).contains(&number),
                "a waiting claim was passed over"
            );
            let count = waiting.entry(job).or_default();
            *count = count.saturating_add(1);
        }
        for (job, dispute) in Disputes::<T>::iter() {
            let expected = dispute.next_waiting.saturating_sub(dispute.first_waiting);
            ensure!(
                waiting.get(&job).copied().unwrap_or(0) == expected,
                "waiting claims are missing"
            );
            ensure!(
                expected == 0 || dispute.phase != Phase::Decided,
                "a claim waits for a game that will not come"
            );
        }
        Ok(())
    }

    fn check_openings() -> Result<(), TryRuntimeError> {
        for (job, _) in Openings::<T>::iter_keys() {
            let played =
                Disputes::<T>::get(job).is_some_and(|dispute| matches!(dispute.phase, Phase::Playing(_)));
            ensure!(played, "an opening has outlived its game");
        }
        Ok(())
    }
}
