//! Traces: the blob of all step output roots, 32 bytes each, in order, with repeats unrolled.
//!
//! A trace is a blob like any other: its root is its BLAKE3 hash, it is opened node by node in a referee game, and
//! its leaves are read out of a [`MultiProof`]. A trace of 4,096 steps is 128 KiB and takes two openings.

use alloc::vec::Vec;
use core::fmt;

use crate::{blob_root, output_root, LengthError, MultiProof, Node, OpenedChunks, ProofError, ReadError};

/// Bytes of a leaf: the root of one step's output.
pub const LEAF_BYTES: u64 = 32;
/// Leaves of one chunk.
pub const LEAVES_PER_CHUNK: u32 = 32;

/// The blob of a trace.
pub fn bytes(leaves: &[[u8; 32]]) -> &[u8] {
    leaves.as_flattened()
}

/// The root of a trace. A trace has at least one step; that of none is refused wherever lengths are checked.
pub fn root(leaves: &[[u8; 32]]) -> [u8; 32] {
    blob_root(bytes(leaves))
}

/// The top of the tree of a trace of `steps` steps.
///
/// # Errors
/// When there is no step.
pub fn node(steps: u32) -> Result<Node, LengthError> {
    Node::root(u64::from(steps).saturating_mul(LEAF_BYTES))
}

/// The chunks that hold these leaves, ascending, each once: what a proof of the leaves opens.
pub fn chunks(steps: &[u32]) -> Vec<u32> {
    let mut chunks: Vec<u32> = steps
        .iter()
        .filter_map(|step| step.checked_div(LEAVES_PER_CHUNK))
        .collect();
    chunks.sort_unstable();
    chunks.dedup();
    chunks
}

impl OpenedChunks<'_> {
    /// The root of the output of step `step`, where the blob is a trace.
    ///
    /// # Errors
    /// When its chunk was not opened, or the trace ends before.
    pub fn leaf(&mut self, step: u32) -> Result<[u8; 32], ReadError> {
        self.record(step.into())
    }
}

/// Why leaves of a trace do not bear out a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TraceError {
    /// The proof of the leaves does not stand.
    Proof(ProofError),
    /// A leaf is not opened.
    Leaf { step: u32, why: ReadError },
    /// A chunk is opened that holds none of the leaves.
    ChunkExtra(u32),
    /// The leaves give another output root than the claimed one.
    OtherOutputs,
}

impl fmt::Display for TraceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Proof(error) => error.fmt(f),
            Self::Leaf { step, why } => write!(f, "the leaf of step {step} cannot be read: {why}"),
            Self::ChunkExtra(chunk) => write!(f, "chunk {chunk} holds none of the leaves"),
            Self::OtherOutputs => f.write_str("the outputs in the trace give another output root"),
        }
    }
}

impl core::error::Error for TraceError {}

impl From<ProofError> for TraceError {
    fn from(error: ProofError) -> Self {
        Self::Proof(error)
    }
}

/// The leaves of `wanted` steps, in the order asked for, from a proof that opens exactly their chunks.
///
/// # Errors
/// When the proof does not stand, or opens less or more.
pub fn leaves(
    proof: &MultiProof,
    trace_root: &[u8; 32],
    steps: u32,
    wanted: &[u32],
) -> Result<Vec<[u8; 32]>, TraceError> {
    let most = u32::try_from(wanted.len()).unwrap_or(u32::MAX);
    let trace_bytes = u64::from(steps).saturating_mul(LEAF_BYTES);
    let mut opened = proof.verify(trace_root, trace_bytes, most)?;
    let leaves = wanted
        .iter()
        .map(|step| {
            opened
                .leaf(*step)
                .map_err(|why| TraceError::Leaf { step: *step, why })
        })
        .collect::<Result<Vec<_>, _>>()?;
    match opened.unread() {
        Some(chunk) => Err(TraceError::ChunkExtra(chunk)),
        None => Ok(leaves),
    }
}

/// Checks that a trace ends in the claimed outputs: the leaves of `outputs`, the steps that write the program's
/// outputs in their order, must give `claimed`. Hence claims of different outputs have different trace roots.
///
/// # Errors
/// When the proof does not stand, opens less or more than the leaves, or they give another root.
pub fn check_outputs(
    proof: &MultiProof,
    trace_root: &[u8; 32],
    steps: u32,
    outputs: &[u32],
    claimed: &[u8; 32],
) -> Result<(), TraceError> {
    let roots = leaves(proof, trace_root, steps, outputs)?;
    if output_root(&roots) == *claimed {
        Ok(())
    } else {
        Err(TraceError::OtherOutputs)
    }
}
