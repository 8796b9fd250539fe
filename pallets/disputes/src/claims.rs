//! Standing for a result.

use crate::{
    program,
    types::{Claim, ClaimOf, Dispute, DisputeOf, Phase, MAX_BACKERS},
    Config, Disputes, Error, Event, Openings, Pallet, SubjectOf, TraceShape, WaitingClaims, WeightInfo,
};
use edgeproof_primitives::{BlobHash, JobId, Move, TraceOpening};
use edgeproof_proofs::trace::{self, TraceError};
use pallet_support::{DisputedJobs, Standing, StashLookup};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

impl<T: Config> Pallet<T> {
    pub(crate) fn subject(job: JobId) -> Result<SubjectOf<T>, Error<T>> {
        T::Jobs::subject(job).ok_or(Error::<T>::NothingToDispute)
    }

    /// The dispute about a job, new when there is none yet.
    pub(crate) fn dispute_of(
        job: JobId,
        shape: impl FnOnce() -> Result<TraceShape, Error<T>>,
    ) -> Result<DisputeOf<T>, Error<T>> {
        match Disputes::<T>::get(job) {
            Some(dispute) => Ok(dispute),
            None => Ok(Self::new_dispute(shape()?, T::Jobs::standing(job))),
        }
    }

    pub(crate) fn new_dispute(
        shape: TraceShape,
        standing: alloc::vec::Vec<Standing<T::AccountId, crate::StakeOf<T>>>,
    ) -> DisputeOf<T> {
        let claims = standing.into_iter().map(|standing| Claim {
            operator: standing.operator,
            stash: standing.stash,
            bond: standing.bond,
            seat: true,
            output_root: standing.output_root,
            trace_root: None,
        });
        Dispute {
            shape,
            claims: BoundedVec::truncate_from(claims.collect()),
            refuted: BoundedVec::new(),
            first_waiting: 0,
            next_waiting: 0,
            phase: Phase::Decided,
        }
    }

    /// Checks that a trace leads to a result, and its first opening.
    pub(crate) fn check_trace(
        shape: &TraceShape,
        output_root: &BlobHash,
        opened: &TraceOpening,
    ) -> Result<(), Error<T>> {
        let TraceOpening {
            trace_root,
            outputs,
            opening,
        } = opened;
        trace::check_outputs(
            outputs,
            &trace_root.0,
            shape.steps,
            &shape.outputs,
            &output_root.0,
        )
        .map_err(|error| match error {
            TraceError::OtherOutputs => Error::<T>::TraceGivesOtherResult,
            _ => Error::<T>::TraceProofInvalid,
        })?;
        let top = trace::node(shape.steps).map_err(|_| Error::<T>::OpeningInvalid)?;
        opening
            .verify(&top, &trace_root.0)
            .map_err(|_| Error::<T>::OpeningInvalid)
    }

    pub(crate) fn do_claim(
        who: T::AccountId,
        job: JobId,
        output_root: BlobHash,
        opened: TraceOpening,
    ) -> DispatchResultWithPostInfo {
        let subject = Self::subject(job)?;
        ensure!(Self::now() <= subject.window_ends, Error::<T>::ClaimTooLate);
        let mut read = 0;
        let mut dispute = Self::dispute_of(job, || {
            let (program, bytes) = Self::load_program(&subject.program)?;
            read = bytes;
            program::shape::<T>(&program)
        })?;
        let has_claim = |claims: &[ClaimOf<T>]| claims.iter().any(|claim| claim.operator == who);
        ensure!(
            !has_claim(&dispute.claims) && !has_claim(&dispute.refuted),
            Error::<T>::AlreadyClaims
        );
        Self::check_trace(&dispute.shape, &output_root, &opened)?;
        let backs = dispute
            .claims
            .iter()
            .any(|claim| claim.agrees(&output_root, &opened.trace_root));
        ensure!(
            !backs || dispute.claims.len() < MAX_BACKERS,
            Error::<T>::TooManyBackers
        );
        let stash = T::Stashes::stash_of(&who).unwrap_or_else(|| who.clone());
        Self::lock_bond(&stash, subject.bond)?;

        let is_new = dispute
            .claims
            .iter()
            .all(|claim| claim.output_root != output_root);
        let claim = Claim {
            operator: who.clone(),
            stash,
            bond: subject.bond,
            seat: false,
            output_root,
            trace_root: Some(opened.trace_root),
        };
        Self::deposit_event(Event::Claimed {
            job,
            operator: who,
            output_root,
            bond: subject.bond,
        });
        Self::admit(job, &subject, &mut dispute, claim, opened)?;
        if is_new {
            T::Jobs::extend(job, Self::now().saturating_add(subject.window));
        }
        Self::store(job, dispute);
        let spent = T::WeightInfo::claim().saturating_add(Self::program_weight(read));
        Ok(Some(spent).into())
    }

    /// Gives a claim its place: in the game that has just begun, in a new one, or in the next.
    fn admit(
        job: JobId,
        subject: &SubjectOf<T>,
        dispute: &mut DisputeOf<T>,
        claim: ClaimOf<T>,
        opened: TraceOpening,
    ) -> Result<(), Error<T>> {
        let joins = match &dispute.phase {
            Phase::Decided | Phase::Waiting => true,
            Phase::Playing(game) => game.next == Move::OpenTraces,
        };
        if !joins || !dispute.has_room() {
            let number = dispute.next_waiting;
            dispute.next_waiting = number.checked_add(1).ok_or(Error::<T>::TooManyClaims)?;
            WaitingClaims::<T>::insert(job, number, claim);
            return Ok(());
        }
        // There is room: that was asked just before.
        let _ = dispute.claims.try_push(claim);
        if matches!(dispute.phase, Phase::Playing(_)) {
            Openings::<T>::insert(job, opened.trace_root.0, opened.opening);
            return Ok(());
        }
        if matches!(dispute.phase, Phase::Decided) && dispute.is_disputed() {
            T::Jobs::suspend(job);
            if Self::has_free_game() {
                Openings::<T>::insert(job, opened.trace_root.0, opened.opening);
            }
            Self::start_or_queue(job, subject, dispute);
        }
        Ok(())
    }
}
