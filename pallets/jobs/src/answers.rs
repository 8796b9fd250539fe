//! Commitments and reveals. Each has one check, which the call and its feeless rule share: a call that passes it cannot
//! fail.

use crate::{
    types::{Committed, JobState, Revealed},
    Config, Error, Event, InlineOutputs, JobOf, Jobs, Pallet, Receipts, SeatOf,
};
use edgeproof_primitives::{commitment, Commitment, JobId, RevealOpening};
use pallet_support::WorkerDraw;
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

impl<T: Config> Pallet<T> {
    /// The live job, or whether it has ended or never was.
    pub(crate) fn live_job(id: JobId) -> Result<JobOf<T>, Error<T>> {
        Jobs::<T>::get(id).ok_or_else(|| {
            if Receipts::<T>::contains_key(id) {
                Error::<T>::JobHasEnded
            } else {
                Error::<T>::UnknownJob
            }
        })
    }

    fn seat_in<'a>(job: &'a JobOf<T>, operator: &T::AccountId) -> Result<&'a SeatOf<T>, Error<T>> {
        job.seat_of(operator).ok_or(Error::<T>::NotAssigned)
    }

    /// The job, when a commitment of `operator` would be taken now.
    pub(crate) fn check_commit(operator: &T::AccountId, id: JobId) -> Result<JobOf<T>, Error<T>> {
        let job = Self::live_job(id)?;
        let seat = Self::seat_in(&job, operator)?;
        ensure!(seat.committed.is_none(), Error::<T>::AlreadyCommitted);
        let commit_by = job.state.commit_by().ok_or(Error::<T>::NotAssigned)?;
        ensure!(Self::now() <= commit_by, Error::<T>::CommitTooLate);
        Ok(job)
    }

    /// The job, when this opening of `operator`'s commitment would be taken now.
    pub(crate) fn check_reveal(
        operator: &T::AccountId,
        id: JobId,
        opening: &RevealOpening,
    ) -> Result<JobOf<T>, Error<T>> {
        let job = Self::live_job(id)?;
        let seat = Self::seat_in(&job, operator)?;
        let committed = seat.committed.as_ref().ok_or(Error::<T>::NotCommitted)?;
        ensure!(seat.revealed.is_none(), Error::<T>::AlreadyRevealed);
        let JobState::Committed { reveal_by } = job.state else {
            return Err(Error::<T>::RevealsNotOpen);
        };
        ensure!(Self::now() <= reveal_by, Error::<T>::RevealTooLate);
        let key = T::Workers::key_bytes(operator);
        let opened = commitment(id, seat.round, &key, &opening.output_root, &opening.salt);
        ensure!(opened == committed.commitment, Error::<T>::CommitmentMismatch);
        Self::check_inline_output(&job, opening)?;
        Ok(job)
    }

    fn check_inline_output(job: &JobOf<T>, opening: &RevealOpening) -> Result<(), Error<T>> {
        match (job.inline_bytes, &opening.inline_output) {
            (None, None) => Ok(()),
            (None, Some(_)) => Err(Error::<T>::InlineOutputNotAsked),
            (Some(_), None) => Err(Error::<T>::InlineOutputMissing),
            (Some(bytes), Some(output)) => {
                ensure!(
                    output.len() == bytes as usize,
                    Error::<T>::InlineOutputWrongLength
                );
                let root = edgeproof_proofs::blob_root(output);
                ensure!(root == opening.output_root.0, Error::<T>::InlineOutputMismatch);
                Ok(())
            }
        }
    }

    pub(crate) fn do_commit(operator: T::AccountId, id: JobId, commitment: Commitment) -> DispatchResult {
        let mut job = Self::check_commit(&operator, id)?;
        let now = Self::now();
        if let Some(seat) = job.seat_of_mut(&operator) {
            seat.committed = Some(Committed { commitment, at: now });
        }
        Self::deposit_event(Event::ResultCommitted {
            job: id,
            operator,
            commitment,
        });
        if job.seats.iter().any(|seat| seat.committed.is_none()) {
            Jobs::<T>::insert(id, job);
        } else if job.spec.assurance.audit_rate > 0 && !matches!(job.state, JobState::Auditing { .. }) {
            Self::await_decision(id, job);
        } else {
            Self::open_reveals(id, job);
        }
        Ok(())
    }

    /// True when this was the last result and it differs from another.
    pub(crate) fn do_reveal(
        operator: T::AccountId,
        id: JobId,
        opening: RevealOpening,
    ) -> Result<bool, DispatchError> {
        let mut job = Self::check_reveal(&operator, id, &opening)?;
        let now = Self::now();
        let RevealOpening {
            output_root,
            attestation,
            inline_output,
            ..
        } = opening;
        if let Some(seat) = job.seat_of_mut(&operator) {
            seat.revealed = Some(Revealed {
                output_root,
                attestation,
                at: now,
            });
        }
        if let Some(output) = inline_output.filter(|_| job.inline_root.is_none()) {
            job.inline_root = Some(output_root);
            InlineOutputs::<T>::insert(id, output);
        }
        Self::deposit_event(Event::ResultRevealed {
            job: id,
            operator,
            output_root,
        });
        if job.seats.iter().any(|seat| seat.revealed.is_none()) {
            Jobs::<T>::insert(id, job);
            return Ok(false);
        }
        Ok(Self::conclude(id, job))
    }
}
