//! What the parties to a dispute say.

use crate::BlobHash;
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use edgeproof_proofs::{ChunkOpening, MultiProof, Node, NodeOpening};
use scale_info::TypeInfo;

/// Most buffers that one invocation reads.
pub const MAX_INVOCATION_INPUTS: u32 = 7;

/// Ties a result to the trace that its worker has computed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct TraceOpening {
    /// BLAKE3 hash of the trace: the roots of all step outputs, 32 bytes each, in order.
    pub trace_root: BlobHash,
    /// The chunks of the trace that hold the roots of the program's outputs, and no others. They must give the claimed
    /// output root, so that claims of different results have different traces.
    pub outputs: MultiProof,
    /// The top of the trace.
    pub opening: NodeOpening,
}

/// What one invocation reads: everything that the runtime needs to compute it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Witness {
    /// The chunks of the trace that hold the roots of those inputs that earlier steps have written; none when the step
    /// reads inputs of the job only.
    pub trace: Option<MultiProof>,
    /// For each input of the step the chunks of it that the invocation reads, exactly; none for an input of which it
    /// reads nothing.
    pub inputs: BoundedVec<Option<MultiProof>, ConstU32<MAX_INVOCATION_INPUTS>>,
}

/// A wrong word of a result whose step reads nothing but inputs of the job: a dispute in one call.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct ElementProof {
    /// Which output of the program.
    pub output: u8,
    /// The invocation that writes the word.
    pub invocation: u32,
    /// The roots of all outputs, in order, where the program has several; they must give the claimed output root.
    pub roots: BoundedVec<BlobHash, ConstU32<{ crate::MAX_BUFFERS }>>,
    /// The chunk of the output that holds what the invocation writes.
    pub claimed: MultiProof,
    /// What the invocation reads.
    pub witness: Witness,
}

/// Which tree is being descended.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Tree {
    /// The trace.
    #[codec(index = 0)]
    Trace,
    /// The output of the step at this position of the trace.
    #[codec(index = 1)]
    Output(u32),
}

/// What the parties owe next.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Move {
    /// Every claim opens the top of its trace, unless it has.
    #[codec(index = 0)]
    OpenTraces,
    /// Every hash that is claimed for a node is opened, by anybody who claims it.
    #[codec(index = 1)]
    OpenNode {
        /// In which tree.
        tree: Tree,
        /// Which node of it.
        node: Node,
    },
    /// Anybody shows what the first invocation reads whose result is not agreed.
    #[codec(index = 2)]
    Referee {
        /// Position of the step in the trace.
        position: u32,
        /// Which of its invocations.
        invocation: u32,
    },
}

/// A chunk of a result whose root is on the chain.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct ChunkProof {
    /// The roots of all outputs, in order, where the program has several; they must give the output root of the result.
    pub roots: BoundedVec<BlobHash, ConstU32<{ crate::MAX_BUFFERS }>>,
    /// The chunk, and its way to the root of its output.
    pub opening: ChunkOpening,
}
