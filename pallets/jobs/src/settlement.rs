//! How jobs end.

use crate::{
    types::{Due, Split},
    AgendaEntry, Config, Event, InlineOutputs, JobOf, Jobs, Pallet, Receipts, SeatOf, SeatsOf,
};
use alloc::vec::Vec;
use edgeproof_primitives::{Hash, JobId, JobSpec, Outcome, Reason, Receipt};
use pallet_support::{SeatEnd, WorkerDraw};
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

impl<T: Config> Pallet<T> {
    /// The agenda's step for a job whose window has passed.
    pub(crate) fn settle_due(id: JobId, mut job: JobOf<T>) {
        let Some(seat) = core::mem::take(&mut job.seats).into_iter().next() else {
            return;
        };
        let split = Self::pay(id, &job, &seat.worker.stash, seat.worker.fee);
        T::Workers::end_seat(&seat.worker, &job.requester, SeatEnd::Succeeded);
        SeatsOf::<T>::remove(&seat.worker.operator, id);
        Self::end_job(
            id,
            job,
            Some(seat),
            Outcome::Succeeded,
            Reason::WindowPassed,
            split,
        );
    }

    /// Turns a job whose escrow has been distributed and whose seats have ended into a receipt. `seat` is the one whose
    /// result stood, or that failed last.
    pub(crate) fn end_job(
        id: JobId,
        job: JobOf<T>,
        seat: Option<SeatOf<T>>,
        outcome: Outcome,
        reason: Reason,
        split: Split,
    ) {
        let now = Self::now();
        let Split {
            paid,
            burned,
            refunded,
        } = split;
        let committed = seat.as_ref().and_then(|seat| seat.committed);
        let operator = seat.as_ref().map(|seat| seat.worker.operator.clone());
        let revealed = seat.and_then(|seat| seat.revealed);
        let receipt = Receipt {
            job: id,
            program: job.spec.program,
            inputs: inputs_hash(&job.spec),
            output_root: revealed.as_ref().map(|revealed| revealed.output_root),
            worker: operator.or_else(|| job.excluded.last().cloned()),
            operations: job.operations,
            paid,
            burned,
            refunded,
            outcome,
            reason,
            watched: job.watched,
            posted_at: job.posted_at,
            drawn_at: job.drawn_at,
            committed_at: committed.map(|committed| committed.at),
            revealed_at: revealed.as_ref().map(|revealed| revealed.at),
            attestation: revealed.map(|revealed| revealed.attestation),
            ended_at: now,
            requester: job.requester,
        };
        Jobs::<T>::remove(id);
        Receipts::<T>::insert(id, receipt);
        Self::drop_program_reference(job.spec.program);
        let entry = AgendaEntry {
            job: id,
            due: Due::Prune,
            round: job.round,
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
