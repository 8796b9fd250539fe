//! How jobs end.

use crate::{
    types::{Due, Job, Seat, Split},
    AgendaEntry, Config, Event, InlineOutputs, JobOf, Jobs, Pallet, Receipts, SeatOf,
};
use alloc::vec::Vec;
use edgeproof_primitives::{Hash, JobId, JobSpec, Reason, Receipt, MAX_SEATS};
use pallet_support::{Disputes, OnJobEnded, SeatEnd};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

/// BLAKE3 of the concatenated input hashes and little-endian parameter words.
fn inputs_hash(spec: &JobSpec) -> Hash {
    let words: Vec<[u8; 4]> = spec.params.iter().map(|word| word.to_le_bytes()).collect();
    let parts: Vec<&[u8]> = spec
        .inputs
        .iter()
        .map(|input| input.hash.0.as_slice())
        .chain(words.iter().map(|word| word.as_slice()))
        .collect();
    edgeproof_proofs::hash_parts(&parts)
}

/// Whom the receipt names: who is paid, or who failed last.
fn named<A: Clone, S>(job: &Job<A, S>, seats: &[Seat<A, S>]) -> BoundedVec<A, ConstU32<MAX_SEATS>> {
    let operators: Vec<A> = match &job.standing {
        Some(claimed) => alloc::vec![claimed.operator.clone()],
        None if seats.is_empty() => job.excluded.last().cloned().into_iter().collect(),
        None => seats.iter().map(|seat| seat.worker.operator.clone()).collect(),
    };
    BoundedVec::truncate_from(operators)
}

impl<T: Config> Pallet<T> {
    /// The agenda's step for a job whose window has passed. True when there was a dispute about it.
    pub(crate) fn settle_due(id: JobId, mut job: JobOf<T>) -> bool {
        let seats = Self::end_seats(id, &mut job, SeatEnd::Succeeded);
        let payees: Vec<_> = match &job.standing {
            Some(claimed) => alloc::vec![(claimed.stash.clone(), job.first_fee)],
            None => seats
                .iter()
                .map(|seat| (seat.worker.stash.clone(), seat.worker.fee))
                .collect(),
        };
        let split = Self::pay(id, &job, &payees);
        Self::end_job(id, job, seats, Reason::WindowPassed, split);
        T::Disputes::close(id)
    }

    /// Turns a job whose escrow has been distributed and whose seats have ended into a receipt. `seats` are those whose
    /// result stood, or that failed last.
    pub(crate) fn end_job(id: JobId, job: JobOf<T>, seats: Vec<SeatOf<T>>, reason: Reason, split: Split) {
        let now = Self::now();
        let outcome = reason.outcome();
        let Split {
            paid,
            burned,
            refunded,
        } = split;
        let workers = named(&job, &seats);
        let audited = seats.iter().any(|seat| seat.auditor && seat.revealed.is_some());
        let first = seats.into_iter().next();
        let committed_at = first
            .as_ref()
            .and_then(|seat| seat.committed)
            .map(|committed| committed.at);
        let revealed = first.and_then(|seat| seat.revealed);
        let claimed_root = job.standing.map(|claimed| claimed.output_root);
        let receipt = Receipt {
            job: id,
            program: job.spec.program,
            inputs: inputs_hash(&job.spec),
            output_root: revealed
                .as_ref()
                .map(|revealed| revealed.output_root)
                .or(claimed_root),
            workers,
            operations: job.operations,
            paid,
            burned,
            refunded,
            outcome,
            reason,
            watched: job.watched,
            replicas: job.spec.assurance.replicas,
            audited,
            posted_at: job.posted_at,
            drawn_at: job.drawn_at,
            committed_at,
            revealed_at: revealed.as_ref().map(|revealed| revealed.at),
            attestation: revealed.map(|revealed| revealed.attestation),
            ended_at: now,
            requester: job.requester,
        };
        Jobs::<T>::remove(id);
        Receipts::<T>::insert(id, receipt);
        Self::drop_program_reference(job.spec.program);
        T::OnEnded::on_job_ended(id);
        let entry = AgendaEntry {
            job: id,
            due: Due::Prune,
            turn: job.turn,
        };
        Self::schedule(now.saturating_add(T::Rules::get().receipt_retention), entry);
        Self::deposit_event(Event::JobEnded {
            job: id,
            outcome,
            reason,
            paid,
            burned,
            refunded,
        });
    }

    /// The agenda's step for a receipt that has been kept long enough.
    pub(crate) fn prune_due(id: JobId) {
        if Receipts::<T>::take(id).is_some() {
            InlineOutputs::<T>::remove(id);
            Self::deposit_event(Event::ReceiptPruned { job: id });
        }
    }
}
