//! Programs: steps over immutable buffers.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;

use crate::Kernel;

/// The version of the language that this crate speaks.
pub const VERSION: u8 = 1;

/// A buffer, by position in [`Program::buffers`].
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, DecodeWithMemTracking, TypeInfo,
)]
pub struct BufferId(pub u16);

impl BufferId {
    pub fn at(self) -> usize {
        usize::from(self.0)
    }
}

/// A parameter word that a step passes to its kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Word {
    #[codec(index = 0)]
    Constant(u32),
    /// The nth parameter word of the job.
    #[codec(index = 1)]
    Job(u8),
}

/// `out[i*W .. i*W+W] = kernel(i)`, as often as fills `out`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Map {
    /// Position in [`Program::kernels`].
    pub kernel: u16,
    pub inputs: Vec<BufferId>,
    pub params: Vec<Word>,
    pub out: BufferId,
}

/// `out[i*n + j] = sum over l of a[i*k + l] * b[j*k + l]`, products of `i8` summed in `i32`.
///
/// `a` is m x k and `b` is n x k, row-major, four elements to a word with the first in the lowest byte;
/// `out` has m * n words.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct MatMul {
    pub m: u32,
    pub n: u32,
    /// A multiple of 4, at most [`crate::limits::MATMUL_K`].
    pub k: u32,
    pub a: BufferId,
    pub b: BufferId,
    pub out: BufferId,
}

/// A step writes one fresh buffer. Indices 2 and 3 of the encoding are those of `Conv2d` and `Repeat`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Step {
    #[codec(index = 0)]
    Map(Map),
    #[codec(index = 1)]
    MatMul(MatMul),
}

impl Step {
    /// The buffer that the step writes.
    pub fn out(&self) -> BufferId {
        match self {
            Self::Map(map) => map.out,
            Self::MatMul(product) => product.out,
        }
    }

    /// The buffers that the step reads, in the order in which an invocation numbers them.
    pub fn inputs(&self) -> Vec<BufferId> {
        match self {
            Self::Map(map) => map.inputs.clone(),
            Self::MatMul(product) => [product.a, product.b].into(),
        }
    }
}

/// A program as its author wrote it. Nothing holds until it is [`crate::Verified`].
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Program {
    /// [`VERSION`].
    pub version: u8,
    pub kernels: Vec<Kernel>,
    /// Words of each buffer.
    pub buffers: Vec<u32>,
    /// Buffers that the job brings, in the job's order.
    pub inputs: Vec<BufferId>,
    /// Declared maximum of every parameter word of the job.
    pub params: Vec<u32>,
    pub steps: Vec<Step>,
    /// Buffers that are the result, in order.
    pub outputs: Vec<BufferId>,
}
