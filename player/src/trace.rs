//! The trace of a job, once it is known.

use std::{fs, path::Path};

use edgeproof_proofs::{hash_parts, trace, LengthError, NodeHash, Outboard};

use crate::{
    blob::{disk, Blob, Content},
    PlayerError,
};

const HASH: usize = 32;

/// The roots of all step outputs.
pub(crate) struct Trace {
    leaves: Vec<NodeHash>,
    outboard: Outboard,
}

impl Trace {
    pub fn new(leaves: Vec<NodeHash>) -> Result<Self, LengthError> {
        let outboard = Outboard::new(trace::bytes(&leaves))?;
        Ok(Self { leaves, outboard })
    }

    pub fn leaf(&self, position: u32) -> Option<NodeHash> {
        self.leaves.get(usize::try_from(position).ok()?).copied()
    }

    pub fn blob(&self) -> Blob<'_> {
        Blob {
            outboard: &self.outboard,
            content: Content::Memory(trace::bytes(&self.leaves)),
        }
    }

    /// Writes the trace of the job with this identity to a file.
    pub fn save(&self, path: &Path, job: &NodeHash) -> Result<(), PlayerError> {
        let leaves = trace::bytes(&self.leaves);
        let seal = hash_parts(&[job, leaves]);
        let unfinished = path.with_extension("part");
        fs::write(&unfinished, [&seal, leaves].concat()).map_err(disk(&unfinished))?;
        fs::rename(&unfinished, path).map_err(disk(path))
    }

    /// What [`Self::save`] has written for the same job; `None` for anything else.
    pub fn load(path: &Path, job: &NodeHash, steps: u32) -> Option<Self> {
        let bytes = fs::read(path).ok()?;
        let (seal, leaves) = bytes.split_at_checked(HASH)?;
        let whole = leaves.len() as u64 == u64::from(steps) * trace::LEAF_BYTES;
        if !whole || seal != hash_parts(&[job, leaves]) {
            return None;
        }
        Self::new(leaves.as_chunks::<HASH>().0.to_vec()).ok()
    }
}
