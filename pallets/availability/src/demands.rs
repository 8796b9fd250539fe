//! A chunk of a result that the requester demands, and that everybody may show.

use crate::{
    types::{Demand, DemandOf, Question, QuestionsOf, MAX_DEMANDS},
    Config, Error, Event, Pallet,
};
use alloc::vec::Vec;
use edgeproof_primitives::{ChunkProof, Hash, JobId};
use pallet_support::{DataJobs, Published, StashLookup};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

/// Bytes of a chunk.
const CHUNK_BYTES: u64 = 1_024;

/// Whether a blob of `bytes` bytes has chunk `chunk`.
fn has_chunk(bytes: u64, chunk: u32) -> bool {
    u64::from(chunk) < bytes.div_ceil(CHUNK_BYTES)
}

impl<T: Config> Pallet<T> {
    /// The result of a job, for its requester.
    pub(crate) fn result_for(who: &T::AccountId, job: JobId) -> Result<Published<T::AccountId>, Error<T>> {
        let published = T::Jobs::published(job).ok_or(Error::<T>::NothingPublished)?;
        ensure!(published.requester == *who, Error::<T>::NotRequester);
        Ok(published)
    }

    pub(crate) fn do_demand_chunk(who: T::AccountId, job: JobId, output: u8, chunk: u32) -> DispatchResult {
        let published = Self::result_for(&who, job)?;
        let bytes = published.outputs.get(usize::from(output));
        ensure!(
            bytes.is_some_and(|bytes| has_chunk(*bytes, chunk)),
            Error::<T>::NoSuchChunk
        );
        let mut questions = Self::free_to_ask(job)?;
        ensure!(questions.demanded < MAX_DEMANDS, Error::<T>::TooManyDemands);
        let rules = T::Rules::get();
        let deposit = Self::hold(who, rules.chunk_fee)?;
        let answer_by = Self::now().saturating_add(rules.answer);
        questions.demanded = questions.demanded.saturating_add(1);
        let demand = Demand {
            output_root: published.output_root,
            output,
            chunk,
            deposit,
        };
        Self::ask(
            job,
            questions,
            Question::Demand(demand),
            answer_by.saturating_add(1),
        );
        // Time for the answer, and as much again to ask for another chunk.
        T::Jobs::keep_open(job, answer_by.saturating_add(rules.answer));
        Self::deposit_event(Event::ChunkDemanded {
            job,
            output,
            chunk,
            answer_by,
        });
        Ok(())
    }

    /// The open demand that `proof` answers, with the other questions about the job.
    pub(crate) fn check_chunk(job: JobId, proof: &ChunkProof) -> Result<DemandOf<T>, Error<T>> {
        let mut questions = crate::QuestionsAbout::<T>::get(job).ok_or(Error::<T>::NotAsked)?;
        let Some(Question::Demand(demand)) = questions.open.take() else {
            return Err(Error::<T>::NotAsked);
        };
        ensure!(Self::is_in_time(job), Error::<T>::TooLate);
        let published = T::Jobs::published(job).ok_or(Error::<T>::NothingPublished)?;
        let roots: Vec<Hash> = proof.roots.iter().map(|root| root.0).collect();
        let output = usize::from(demand.output);
        let root =
            edgeproof_proofs::root_of_output(&demand.output_root.0, &roots, published.outputs.len(), output)
                .ok_or(Error::<T>::ChunkInvalid)?;
        let bytes = published.outputs.get(output).ok_or(Error::<T>::NoSuchChunk)?;
        proof
            .opening
            .verify(&root, *bytes, demand.chunk)
            .map_err(|_| Error::<T>::ChunkInvalid)?;
        Ok((questions, demand))
    }

    pub(crate) fn do_serve_chunk(who: T::AccountId, job: JobId, proof: ChunkProof) -> DispatchResult {
        let (questions, mut demand) = Self::check_chunk(job, &proof)?;
        let stash = T::Stashes::stash_of(&who).unwrap_or(who);
        let fee = demand.deposit.amount;
        Self::pay(&mut demand.deposit, &stash, fee);
        Self::release(demand.deposit);
        Self::answered(job, questions);
        Self::deposit_event(Event::ChunkServed {
            job,
            output: demand.output,
            chunk: demand.chunk,
            stash,
            bytes: proof.opening.bytes,
        });
        Ok(())
    }

    /// Nobody has shown the chunk in time.
    pub(crate) fn demand_due(job: JobId, questions: QuestionsOf<T>, demand: Demand<T::AccountId>) {
        Self::answered(job, questions);
        Self::release(demand.deposit);
        Self::deposit_event(Event::ChunkWithheld {
            job,
            output: demand.output,
            chunk: demand.chunk,
        });
        // A result that is disputed, or no longer that one, is judged by its dispute.
        if T::Jobs::published(job).is_some_and(|published| published.output_root == demand.output_root) {
            T::Jobs::withhold(job);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blob_has_as_many_chunks_as_it_begins() {
        for (bytes, chunks) in [(1, 1), (1_024, 1), (1_025, 2), (4_096, 4)] {
            assert!(has_chunk(bytes, chunks - 1));
            assert!(!has_chunk(bytes, chunks));
        }
    }
}
