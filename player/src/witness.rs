//! What one invocation reads, as the referee gets it.

use std::collections::{BTreeMap, BTreeSet};

use bounded_collections::{BoundedVec, ConstU32};
use edgeproof_engine::Replayer;
use edgeproof_kernel::{Execution, ReadWords, Source};
use edgeproof_primitives::{BlobHash, ElementProof, Witness, MAX_INVOCATION_INPUTS};
use edgeproof_proofs::{trace, MultiProof, Outboard, Source as _, WordPlace, CHUNK_BYTES};

use crate::{
    blob::{Blob, Reader},
    Checked, Player, PlayerError,
};

impl Player {
    /// What an invocation of the step at a position reads: exactly the chunks of its inputs that hold the words which it
    /// loads, and the chunks of the trace that hold the roots of those inputs which earlier steps have written.
    ///
    /// # Errors
    /// A position or an invocation that is not there; when the executor or the folder fails.
    pub fn witness(
        &mut self,
        executor: &dyn Replayer,
        position: u32,
        invocation: u32,
    ) -> Result<Witness, PlayerError> {
        let (_, sources) = self.sources(position)?;
        let roots: BTreeSet<u32> = sources
            .iter()
            .filter_map(|source| match source {
                Source::Trace(before) => Some(*before),
                Source::Input(_) => None,
            })
            .collect();
        let trace = if roots.is_empty() {
            None
        } else {
            let roots: Vec<u32> = roots.iter().copied().collect();
            let blob = self.known_trace(executor)?.blob();
            Some(blob.outboard.prove(&trace::chunks(&roots), &mut blob.reader()?)?)
        };
        self.bring(executor, &roots)?;
        Ok(Witness {
            trace,
            inputs: self.read_chunks(position, invocation)?,
        })
    }

    /// Shows in one call that `published`, the blobs of all outputs, is wrong: at the first place that [`Self::check`] has
    /// found in an output whose step reads nothing but inputs of the job. `None` where it takes a game. Computes nothing
    /// again.
    ///
    /// # Errors
    /// Blobs that are not those of the program's outputs, or that were not checked.
    pub fn direct_proof(
        &self,
        published: &[&[u8]],
        checked: &[Checked],
    ) -> Result<Option<ElementProof>, PlayerError> {
        for Checked { output, wrong, .. } in checked {
            let Some(word) = *wrong else { continue };
            let position = self.program.output_position(usize::from(*output));
            let position = position.ok_or(PlayerError::NoSuchOutput(*output))?;
            let (execution, _) = self.sources(position)?;
            match self.element_proof(published, *output, word / self.width(&execution)) {
                Err(PlayerError::NotDirect(_)) => {}
                proof => return proof.map(Some),
            }
        }
        Ok(None)
    }

    /// Shows in one call that word `invocation * width` or one after it is wrong in `published`, the blobs of all outputs,
    /// where the step that writes the output reads nothing but inputs of the job. Computes nothing again.
    ///
    /// # Errors
    /// [`PlayerError::NotDirect`] where the step reads more; blobs that are not those of the program's outputs; an
    /// invocation that is not there.
    pub fn element_proof(
        &self,
        published: &[&[u8]],
        output: u8,
        invocation: u32,
    ) -> Result<ElementProof, PlayerError> {
        self.check_lengths(published)?;
        let at = usize::from(output);
        let (Some(position), Some(wrong)) = (self.program.output_position(at), published.get(at)) else {
            return Err(PlayerError::NoSuchOutput(output));
        };
        let (execution, sources) = self.sources(position)?;
        if !sources.iter().all(|source| matches!(source, Source::Input(_))) {
            return Err(PlayerError::NotDirect(output));
        }
        let inputs = self.read_chunks(position, invocation)?;
        let chunk = WordPlace::of(invocation * self.width(&execution)).chunk;
        let roots = match published {
            [_] => Vec::new(),
            several => several
                .iter()
                .map(|blob| BlobHash(edgeproof_proofs::blob_root(blob)))
                .collect(),
        };
        Ok(ElementProof {
            output,
            invocation,
            roots: BoundedVec::truncate_from(roots),
            claimed: Outboard::new(wrong)?.prove(&[chunk], &mut &wrong[..])?,
            witness: Witness { trace: None, inputs },
        })
    }

    /// Words that one invocation of a step writes.
    fn width(&self, execution: &Execution) -> u32 {
        let plan = self.program.steps().get(execution.step);
        plan.map_or(1, |plan| u32::from(plan.width).max(1))
    }

    /// The chunks that an invocation reads of inputs that are all at hand.
    fn read_chunks(
        &self,
        position: u32,
        invocation: u32,
    ) -> Result<BoundedVec<Option<MultiProof>, ConstU32<MAX_INVOCATION_INPUTS>>, PlayerError> {
        let (execution, sources) = self.sources(position)?;
        let blobs = sources
            .iter()
            .map(|source| self.blob(*source))
            .collect::<Result<Vec<_>, _>>()?;
        let mut reading = Reading(blobs.iter().map(Input::new).collect::<Result<_, _>>()?);
        self.program
            .invoke(execution.step, invocation, &self.params, &mut reading)
            .map_err(|fault| PlayerError::invocation(fault, position, invocation))?;
        let proofs = reading
            .0
            .iter()
            .zip(&blobs)
            .map(|(input, blob)| {
                let chunks: Vec<u32> = input.chunks.keys().copied().collect();
                if chunks.is_empty() {
                    return Ok(None);
                }
                Ok(Some(blob.outboard.prove(&chunks, &mut blob.reader()?)?))
            })
            .collect::<Result<Vec<_>, PlayerError>>()?;
        Ok(BoundedVec::truncate_from(proofs))
    }
}

/// Serves words, and remembers the chunks that hold them.
struct Reading<'a>(Vec<Input<'a>>);

struct Input<'a> {
    bytes: u64,
    reader: Reader<'a>,
    chunks: BTreeMap<u32, Vec<u8>>,
}

impl<'a> Input<'a> {
    fn new(blob: &Blob<'a>) -> Result<Self, PlayerError> {
        Ok(Self {
            bytes: blob.outboard.root().blob_bytes(),
            reader: blob.reader()?,
            chunks: BTreeMap::new(),
        })
    }

    fn word(&mut self, at: u32) -> Result<u32, PlayerError> {
        let place = WordPlace::of(at);
        if !self.chunks.contains_key(&place.chunk) {
            let first = u64::from(place.chunk) * CHUNK_BYTES as u64;
            let bytes = (self.bytes - first).min(CHUNK_BYTES as u64);
            let mut chunk = vec![0; bytes as usize];
            self.reader.read_at(first, &mut chunk)?;
            self.chunks.insert(place.chunk, chunk);
        }
        let word = self.chunks[&place.chunk].get(place.offset as usize..);
        let word = word.and_then(|rest| rest.first_chunk()).copied();
        Ok(u32::from_le_bytes(word.unwrap_or_default()))
    }
}

impl ReadWords for Reading<'_> {
    type Error = PlayerError;

    fn words(&self, input: u8) -> u32 {
        let bytes = self.0.get(usize::from(input)).map_or(0, |input| input.bytes);
        u32::try_from(bytes / 4).unwrap_or(u32::MAX)
    }

    fn read(&mut self, input: u8, at: u32) -> Result<u32, PlayerError> {
        match self.0.get_mut(usize::from(input)) {
            Some(input) => input.word(at),
            None => Ok(0),
        }
    }
}
