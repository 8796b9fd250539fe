//! A dispute in one call: a wrong element whose step reads nothing but inputs of the job.

use crate::{descent, program, types::Phase, Config, Error, Event, Pallet, WeightInfo};
use alloc::vec::Vec;
use edgeproof_primitives::{BlobHash, ElementProof, Hash, JobId};
use pallet_support::{DisputedJobs, StashLookup};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_prove_element(
        who: T::AccountId,
        job: JobId,
        output_root: BlobHash,
        proof: ElementProof,
    ) -> DispatchResultWithPostInfo {
        let subject = Self::subject(job)?;
        let (program, bytes) = Self::load_program(&subject.program)?;
        let mut dispute = Self::dispute_of(job, || program::shape(&program))?;
        let is_wrong = |claim: &crate::ClaimOf<T>| claim.output_root == output_root;
        ensure!(dispute.claims.iter().any(is_wrong), Error::<T>::NobodyClaims);

        let output = usize::from(proof.output);
        let position = program.output_position(output).ok_or(Error::<T>::NoSuchElement)?;
        let verdict = Self::execute(
            &program,
            &subject,
            (position, proof.invocation),
            &proof.witness,
            None,
        )?;
        let written = program::step_output(&program, position).ok_or(Error::<T>::NoSuchElement)?;
        let claimed = Self::claimed_words(&proof, &output_root, &dispute.shape.outputs, written)?;
        ensure!(claimed != verdict.words, Error::<T>::ElementIsRight);

        Self::deposit_event(Event::Refereed {
            job,
            position,
            invocation: proof.invocation,
            words: verdict.words,
        });
        if matches!(dispute.phase, Phase::Decided) {
            T::Jobs::suspend(job);
        }
        let finder = T::Stashes::stash_of(&who).unwrap_or(who);
        let refuted_before = core::mem::take(&mut dispute.refuted);
        Self::remove(job, &mut dispute, is_wrong);
        Self::slash_refuted(job, &subject, &mut dispute, Some(&finder));
        dispute.refuted = refuted_before;
        // The claims that are left play on, or join the game that will begin.
        if !matches!(dispute.phase, Phase::Waiting) {
            Self::clear_openings(job);
            Self::begin_round(job, &subject, &mut dispute);
        }
        Self::store(job, dispute);
        let weight = T::WeightInfo::prove_element(Self::witness_bytes(&proof.witness))
            .saturating_add(T::WeightInfo::execute(verdict.operations))
            .saturating_add(Self::program_weight(bytes))
            .saturating_add(T::WeightInfo::finish());
        Ok(Some(weight).into())
    }

    /// The words that a result claims for an invocation.
    fn claimed_words(
        proof: &ElementProof,
        output_root: &BlobHash,
        outputs: &[u32],
        written: program::StepOutput,
    ) -> Result<BoundedVec<u32, ConstU32<4>>, Error<T>> {
        let roots: Vec<Hash> = proof.roots.iter().map(|root| root.0).collect();
        let output = usize::from(proof.output);
        let root = edgeproof_proofs::root_of_output(&output_root.0, &roots, outputs.len(), output)
            .ok_or(Error::<T>::ElementProofInvalid)?;
        let first = proof
            .invocation
            .checked_mul(written.width)
            .ok_or(Error::<T>::NoSuchElement)?;
        let mut opened = proof
            .claimed
            .verify(&root, written.bytes, 1)
            .map_err(|_| Error::<T>::ElementProofInvalid)?;
        let chunk = opened
            .chunk(first >> 8)
            .map_err(|_| Error::<T>::ElementProofInvalid)?;
        descent::words_of(chunk, first, written.width).ok_or(Error::<T>::NoSuchElement)
    }
}
