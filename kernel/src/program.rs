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

/// Extents of a two-dimensional convolution, in elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct ConvShape {
    /// Images.
    pub batch: u32,
    pub height: u32,
    pub width: u32,
    /// Channels of an input pixel: a multiple of 4 and of `groups`.
    pub channels: u32,
    /// A multiple of `groups`.
    pub out_channels: u32,
    /// Height and width of a filter.
    pub kernel: [u32; 2],
    /// Input pixels from one output pixel to the next, down and across.
    pub stride: [u32; 2],
    /// Input pixels from one filter element to the next, down and across.
    pub dilation: [u32; 2],
    /// Pixels of zeros at the top, left, bottom and right.
    pub padding: [u32; 4],
    /// Output channel `o` sees the channels of group `o / (out_channels / groups)` only. As many groups as channels is
    /// a depthwise convolution.
    pub groups: u32,
}

/// A convolution of `i8`, products summed in `i32`:
/// `out[b, y, x, o] = sum over r, s, c of input[b, y*stride + r*dilation - top, .., group*gc + c] * weights[o, r, s, c]`
/// with `gc` channels in a group, and 0 outside of the image.
///
/// `input` is batch x height x width x channels bytes. `weights` is out_channels x kernel height x kernel width x gc bytes,
/// the filter of each output channel filled up to whole words. `out` is batch x out height x out width x
/// out_channels words. The first of four bytes is the lowest of its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Conv2d {
    pub shape: ConvShape,
    pub input: BufferId,
    pub weights: BufferId,
    pub out: BufferId,
}

/// A buffer that goes from one iteration to the next. The three have one length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Carried {
    /// What `state` is in the first iteration.
    pub initial: BufferId,
    /// A name that only the body knows: `next` of the iteration before.
    pub state: BufferId,
    /// Written by a step of the body. After the last iteration it is what the `Repeat` leaves behind.
    pub next: BufferId,
}

/// `body`, `times` times in a row: it means its own unrolling.
///
/// Each iteration writes the buffers of the body afresh. Outside, only the `next` of what is carried is known.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Repeat {
    pub times: u32,
    pub carried: Vec<Carried>,
    pub body: Vec<Step>,
}

/// A step writes one fresh buffer, or repeats other steps.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Step {
    #[codec(index = 0)]
    Map(Map),
    #[codec(index = 1)]
    MatMul(MatMul),
    #[codec(index = 2)]
    Conv2d(Conv2d),
    #[codec(index = 3)]
    Repeat(Repeat),
}

impl Step {
    /// The buffer that an execution of the step writes; a [`Repeat`] leaves that to its body.
    pub fn out(&self) -> Option<BufferId> {
        match self {
            Self::Map(map) => Some(map.out),
            Self::MatMul(product) => Some(product.out),
            Self::Conv2d(convolution) => Some(convolution.out),
            Self::Repeat(_) => None,
        }
    }

    /// The buffers that the step leaves behind for the steps after it.
    pub fn results(&self) -> Vec<BufferId> {
        match self {
            Self::Repeat(repeat) => repeat.carried.iter().map(|carried| carried.next).collect(),
            other => other.out().into_iter().collect(),
        }
    }

    /// The buffers that the step itself reads, in the order in which an invocation numbers them; those that a
    /// [`Repeat`] starts from.
    pub fn inputs(&self) -> Vec<BufferId> {
        match self {
            Self::Map(map) => map.inputs.clone(),
            Self::MatMul(product) => [product.a, product.b].into(),
            Self::Conv2d(convolution) => [convolution.input, convolution.weights].into(),
            Self::Repeat(repeat) => repeat.carried.iter().map(|carried| carried.initial).collect(),
        }
    }

    /// The steps inside; none unless it is a [`Repeat`].
    pub fn body(&self) -> &[Self] {
        match self {
            Self::Repeat(repeat) => &repeat.body,
            _ => &[],
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
