//! The verdict: the runtime executes one invocation.

use crate::{types::DisputeOf, Config, Error, Event, Pallet, SubjectOf, WeightInfo};
use alloc::vec::Vec;
use edgeproof_kernel::{limits, Fault, ReadWords, Source, Verified};
use edgeproof_primitives::{BlobHash, Hash, JobId, Move, Witness, MAX_PROGRAM_BYTES};
use edgeproof_proofs::{trace, MultiProof, OpenedChunks, ReadError, PROOF_CHUNKS};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

const BYTES_PER_WORD: u64 = 4;
/// Bytes that a sibling hash and the number of a chunk weigh in hashing.
const BYTES_PER_SIBLING: u32 = 64;

/// What an invocation computes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub words: BoundedVec<u32, ConstU32<4>>,
    /// Operations of the invocation, at most.
    pub operations: u32,
}

/// A verdict on this chain.
pub(crate) type RefereedOf<T> = Refereed<DisputeOf<T>, SubjectOf<T>>;

/// A verdict, and about what.
pub(crate) struct Refereed<Dispute, Subject> {
    pub dispute: Dispute,
    pub subject: Subject,
    /// Position of the step in the trace.
    pub position: u32,
    /// Which of its invocations.
    pub invocation: u32,
    pub verdict: Verdict,
    /// Traces that say otherwise.
    pub wrong: Vec<BlobHash>,
    pub program_bytes: u32,
}

/// One input of the disputed invocation.
struct Input<'w> {
    words: u32,
    opened: Option<OpenedChunks<'w>>,
}

struct Inputs<'w>(Vec<Input<'w>>);

impl ReadWords for Inputs<'_> {
    type Error = ReadError;

    fn words(&self, input: u8) -> u32 {
        self.0.get(usize::from(input)).map_or(0, |input| input.words)
    }

    fn read(&mut self, input: u8, at: u32) -> Result<u32, ReadError> {
        self.0
            .get_mut(usize::from(input))
            .and_then(|input| input.opened.as_mut())
            .ok_or(ReadError::ChunkMissing(at >> 8))?
            .get(at)
    }
}

fn proof_bytes(proof: &MultiProof) -> u32 {
    let bytes: u32 = proof.bytes.len().saturated_into();
    let hashes: u32 = proof
        .siblings
        .len()
        .saturating_add(proof.chunks.len())
        .saturated_into();
    bytes.saturating_add(hashes.saturating_mul(BYTES_PER_SIBLING))
}

/// Traces that agree on everything before the disputed step: roots of earlier outputs are read from any of them.
pub(crate) struct AgreedTraces {
    pub roots: Vec<BlobHash>,
    pub steps: u32,
}

impl<T: Config> Pallet<T> {
    /// What hashing a witness weighs like, in bytes.
    pub(crate) fn witness_bytes(witness: &Witness) -> u32 {
        witness
            .inputs
            .iter()
            .flatten()
            .chain(&witness.trace)
            .fold(0, |bytes, proof| bytes.saturating_add(proof_bytes(proof)))
    }

    /// Executes an invocation on what the witness shows. Roots of earlier outputs come from `agreed`; without it the step
    /// must read inputs of the job alone.
    pub(crate) fn execute(
        program: &Verified,
        subject: &SubjectOf<T>,
        (position, invocation): (u32, u32),
        witness: &Witness,
        agreed: Option<&AgreedTraces>,
    ) -> Result<Verdict, Error<T>> {
        let execution = program.execution(position).ok_or(Error::<T>::NoSuchElement)?;
        let step = program.step(execution.step).ok_or(Error::<T>::NoSuchElement)?;
        let ids = step.inputs();
        ensure!(witness.inputs.len() >= ids.len(), Error::<T>::WitnessIncomplete);
        ensure!(witness.inputs.len() == ids.len(), Error::<T>::WitnessExcessive);
        let sources = (0..ids.len())
            .map(|input| program.source(&execution, input))
            .collect::<Option<Vec<_>>>()
            .ok_or(Error::<T>::NoSuchElement)?;
        let roots = Self::roots(subject, &sources, witness, agreed)?;

        let mut inputs = Vec::new();
        for ((id, root), proof) in ids.iter().zip(&roots).zip(&witness.inputs) {
            let words = program.buffer_words(*id);
            let bytes = u64::from(words).saturating_mul(BYTES_PER_WORD);
            let opened = proof
                .as_ref()
                .map(|proof| proof.verify(root, bytes, PROOF_CHUNKS))
                .transpose()
                .map_err(|_| Error::<T>::WitnessInvalid)?;
            inputs.push(Input { words, opened });
        }
        let mut inputs = Inputs(inputs);
        let output = program
            .invoke(execution.step, invocation, &subject.params, &mut inputs)
            .map_err(|fault| match fault {
                Fault::NoSuchInvocation => Error::<T>::NoSuchElement,
                Fault::Read(_) => Error::<T>::WitnessIncomplete,
            })?;
        let unread = inputs.0.iter().any(|input| {
            input
                .opened
                .as_ref()
                .is_some_and(|opened| opened.unread().is_some())
        });
        ensure!(!unread, Error::<T>::WitnessExcessive);

        let invocations = program
            .steps()
            .get(execution.step)
            .map_or(1, |plan| plan.invocations.max(1));
        let operations = program
            .step_operations(execution.step, &subject.params)
            .checked_div(invocations.into())
            .unwrap_or(0);
        Ok(Verdict {
            words: BoundedVec::truncate_from(output.words().to_vec()),
            operations: operations.saturated_into(),
        })
    }

    /// The roots of the inputs of a step, in order.
    fn roots(
        subject: &SubjectOf<T>,
        sources: &[Source],
        witness: &Witness,
        agreed: Option<&AgreedTraces>,
    ) -> Result<Vec<Hash>, Error<T>> {
        let earlier: Vec<u32> = sources
            .iter()
            .filter_map(|source| match source {
                Source::Trace(position) => Some(*position),
                Source::Input(_) => None,
            })
            .collect();
        let leaves = match (&witness.trace, agreed) {
            (None, _) if earlier.is_empty() => Vec::new(),
            (Some(_), _) if earlier.is_empty() => return Err(Error::<T>::WitnessExcessive),
            (_, None) => return Err(Error::<T>::NotFromInputsAlone),
            (None, Some(_)) => return Err(Error::<T>::WitnessIncomplete),
            (Some(proof), Some(agreed)) => agreed
                .roots
                .iter()
                .find_map(|root| trace::leaves(proof, &root.0, agreed.steps, &earlier).ok())
                .ok_or(Error::<T>::WitnessInvalid)?,
        };
        let mut leaves = leaves.into_iter();
        sources
            .iter()
            .map(|source| match source {
                Source::Input(input) => subject
                    .inputs
                    .get(usize::from(*input))
                    .map(|input| input.hash.0)
                    .ok_or(Error::<T>::NoSuchElement),
                Source::Trace(_) => leaves.next().ok_or(Error::<T>::WitnessIncomplete),
            })
            .collect()
    }

    /// The verdict, when this witness would be taken now.
    pub(crate) fn check_referee(job: JobId, witness: &Witness) -> Result<RefereedOf<T>, Error<T>> {
        let (dispute, game) = Self::played(job)?;
        let Move::Referee { position, invocation } = game.next else {
            return Err(Error::<T>::NotNext);
        };
        let subject = Self::subject(job)?;
        let (program, program_bytes) = Self::load_program(&subject.program)?;
        let agreed = AgreedTraces {
            roots: game.sides.iter().map(|side| side.trace_root).collect(),
            steps: dispute.shape.steps,
        };
        let verdict = Self::execute(&program, &subject, (position, invocation), witness, Some(&agreed))?;
        let wrong = game
            .sides
            .iter()
            .filter(|side| side.words != verdict.words)
            .map(|side| side.trace_root)
            .collect();
        Ok(Refereed {
            dispute,
            subject,
            position,
            invocation,
            verdict,
            wrong,
            program_bytes,
        })
    }

    /// What executing an invocation costs, in the call and in the check whether the call is free. `bytes`: of the program.
    pub(crate) fn execution_weight(operations: u32, bytes: u32) -> Weight {
        T::WeightInfo::execute(operations)
            .saturating_add(Self::program_weight(bytes))
            .saturating_mul(2)
    }

    /// The most that refereeing with a witness of so many bytes can cost.
    pub(crate) fn referee_weight(bytes: u32) -> Weight {
        T::WeightInfo::referee(bytes)
            .saturating_add(Self::execution_weight(
                limits::OPERATIONS.saturated_into(),
                MAX_PROGRAM_BYTES,
            ))
            .saturating_add(T::WeightInfo::finish())
    }

    pub(crate) fn do_referee(job: JobId, witness: Witness) -> DispatchResultWithPostInfo {
        let Refereed {
            mut dispute,
            subject,
            position,
            invocation,
            verdict,
            wrong,
            program_bytes,
        } = Self::check_referee(job, &witness)?;
        Self::deposit_event(Event::Refereed {
            job,
            position,
            invocation,
            words: verdict.words,
        });
        let spent = Self::remove_traces(job, &subject, &mut dispute, &wrong);
        Self::store(job, dispute);
        let weight = T::WeightInfo::referee(Self::witness_bytes(&witness))
            .saturating_add(Self::execution_weight(verdict.operations, program_bytes))
            .saturating_add(Self::spent_weight(spent));
        Ok(Some(weight).into())
    }
}
