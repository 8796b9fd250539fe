//! Looking for data. Blocking work, in threads of its own.

use crate::compute::ComputeError;
use edgeproof_client::{
    blobs::{BlobError, BlobStore},
    result::{fetch_outputs, prove_chunk, ResultError},
    DataAsked, DataSubject,
};
use edgeproof_kernel::Verified;
use edgeproof_primitives::{ChunkProof, JobSpec};

/// Why something was not found.
#[derive(Debug, thiserror::Error)]
pub(super) enum SearchError {
    #[error(transparent)]
    Result(#[from] ResultError),
    #[error(transparent)]
    Blob(#[from] BlobError),
    #[error(transparent)]
    Compute(#[from] ComputeError),
    #[error("the search has stopped: a defect of this program")]
    Died,
    #[error("the job has no input {0}")]
    NoInput(u8),
}

/// What was looked for, and found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Find {
    /// A demanded chunk.
    Chunk(Box<ChunkProof>),
    /// All of what judges are asked about.
    Whole,
}

/// Looks for what is asked, and checks every byte of it.
pub(super) fn search(
    store: &dyn BlobStore,
    spec: &JobSpec,
    code: &[u8],
    asked: &DataAsked,
) -> Result<Find, SearchError> {
    let output_words = || -> Result<Vec<u32>, SearchError> {
        let program = Verified::from_bytes(code).map_err(ComputeError::from)?;
        Ok(program.output_words())
    };
    match asked {
        DataAsked::Chunk {
            output_root,
            output,
            chunk,
        } => {
            let proof = prove_chunk(store, output_root, &output_words()?, *output, *chunk)?;
            Ok(Find::Chunk(Box::new(proof)))
        }
        DataAsked::Judgement { about, .. } => {
            match about {
                DataSubject::Result(root) => {
                    fetch_outputs(store, root, &output_words()?)?;
                }
                DataSubject::Input(input) => {
                    let blob = spec.inputs.get(usize::from(*input));
                    store.get_exact(blob.ok_or(SearchError::NoInput(*input))?)?;
                }
            }
            Ok(Find::Whole)
        }
    }
}
