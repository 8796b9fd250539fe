//! Why a program is refused, and where.

use core::fmt;

use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;

use crate::{limits, BufferId, Type, Value};

/// Where a rule was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Place {
    Program,
    Buffer(BufferId),
    Kernel(u16),
    /// A statement, counted from 0 in the order of the text, blocks included.
    Statement {
        kernel: u16,
        statement: u32,
    },
    /// A step, counted from 0 in the order of the text, a `Repeat` before its body.
    Step(u16),
}

/// The rule that was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Rule {
    TooManyBytes,
    NotAProgram,
    UnknownVersion(u8),
    TooManyKernels,
    TooManyBuffers,
    TooManySteps,
    TooManyUnrolledSteps,
    TooManyInputs,
    TooManyOutputs,
    TooManyParams,
    NoStep,
    NoOutput,
    BufferLength(u32),
    TotalBufferLength,
    InputTwice,
    OutputTwice,
    OutputNotWritten,
    NoSuchBuffer(BufferId),
    ReadBeforeWritten(BufferId),
    WrittenTwice(BufferId),
    NeverWritten,
    OnlyInsideRepeat(BufferId),
    RepeatTooDeep,
    RepeatsNothing,
    CarriedLength {
        buffer: BufferId,
        expected: u32,
        found: u32,
    },
    CarriedTwice(BufferId),
    NextNotWritten(BufferId),
    NoSuchKernel(u16),
    InputCount {
        expected: u8,
        found: u16,
    },
    ParamCount {
        expected: u16,
        found: u16,
    },
    NoSuchJobParam(u8),
    ParamAboveMaximum {
        param: u8,
        value: u32,
        maximum: u32,
    },
    OutputNotWholeInvocations {
        words: u32,
        width: u8,
    },
    MatMulShape,
    ConvShape,
    OperandLength {
        buffer: BufferId,
        expected: u64,
        found: u32,
    },
    CostOverflow,
    TooManyKernelInputs,
    TooManyValues,
    TooManyLocals,
    TooManyLocalWords,
    EmptyLocal,
    Width(u8),
    NoSuchValue(Value),
    NotAssignable(Value),
    CounterAssigned(Value),
    TypeMismatch {
        value: Value,
        expected: Type,
        found: Type,
    },
    OperandType {
        value: Value,
        found: Type,
    },
    NoSuchInput(u8),
    NoSuchLocal(u8),
    NoSuchParam(u8),
    BreakOutsideLoop,
    CodeAfterBreak,
    TooDeep,
    TooManyVariableCosts,
    TooManyOperations(u64),
    TooManyLoads(u64),
}

/// A refused program: which rule, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Rejection {
    pub place: Place,
    pub rule: Rule,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Program => write!(f, "program"),
            Self::Buffer(id) => write!(f, "buffer {}", id.0),
            Self::Kernel(kernel) => write!(f, "kernel {kernel}"),
            Self::Statement { kernel, statement } => write!(f, "kernel {kernel}, statement {statement}"),
            Self::Step(step) => write!(f, "step {step}"),
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::U32 => "u32",
            Self::I32 => "i32",
            Self::Bool => "bool",
        })
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyBytes => write!(f, "the encoding exceeds {} bytes", limits::PROGRAM_BYTES),
            Self::NotAProgram => write!(f, "the bytes are not exactly one encoded program"),
            Self::UnknownVersion(version) => {
                write!(
                    f,
                    "version {version} is unknown; this chain runs version {}",
                    crate::VERSION
                )
            }
            Self::TooManyKernels => write!(f, "more than {} kernels", limits::KERNELS),
            Self::TooManyBuffers => write!(f, "more than {} buffers", limits::BUFFERS),
            Self::TooManySteps => write!(f, "more than {} steps", limits::STEPS),
            Self::TooManyUnrolledSteps => write!(
                f,
                "more than {} executions of steps when every repeat is unrolled",
                limits::UNROLLED_STEPS
            ),
            Self::TooManyInputs => write!(f, "more than {} inputs", limits::BLOBS),
            Self::TooManyOutputs => write!(f, "more than {} outputs", limits::BLOBS),
            Self::TooManyParams => write!(f, "more than {} parameter words", limits::PARAMS),
            Self::NoStep => write!(f, "there is no step"),
            Self::NoOutput => write!(f, "there is no output"),
            Self::BufferLength(words) => {
                write!(
                    f,
                    "{words} words; a buffer has 1 to {} words",
                    limits::BUFFER_WORDS
                )
            }
            Self::TotalBufferLength => write!(f, "buffers exceed {} words together", limits::TOTAL_WORDS),
            Self::InputTwice => write!(f, "named twice as an input"),
            Self::OutputTwice => write!(f, "named twice as an output"),
            Self::OutputNotWritten => write!(f, "an output must be written by a step"),
            Self::NoSuchBuffer(id) => write!(f, "there is no buffer {}", id.0),
            Self::ReadBeforeWritten(id) => write!(f, "reads buffer {} before a step has written it", id.0),
            Self::WrittenTwice(id) => write!(f, "writes buffer {}, which already has its content", id.0),
            Self::NeverWritten => write!(f, "is neither an input nor written by a step"),
            Self::OnlyInsideRepeat(id) => {
                write!(
                    f,
                    "buffer {} is known inside of a repeat only; carry it to use it outside",
                    id.0
                )
            }
            Self::RepeatTooDeep => write!(f, "repeats nest deeper than {}", limits::REPEAT_NESTING),
            Self::RepeatsNothing => write!(f, "a repeat needs at least one iteration and one step"),
            Self::CarriedLength {
                buffer,
                expected,
                found,
            } => {
                write!(
                    f,
                    "carries buffer {} of {found} words where the initial one has {expected}",
                    buffer.0
                )
            }
            Self::CarriedTwice(id) => write!(f, "carries buffer {} twice", id.0),
            Self::NextNotWritten(id) => {
                write!(f, "carries buffer {}, which no step of the body writes", id.0)
            }
            Self::NoSuchKernel(kernel) => write!(f, "there is no kernel {kernel}"),
            Self::InputCount { expected, found } => {
                write!(f, "passes {found} buffers to a kernel that reads {expected}")
            }
            Self::ParamCount { expected, found } => {
                write!(
                    f,
                    "passes {found} parameter words to a kernel that takes {expected}"
                )
            }
            Self::NoSuchJobParam(param) => write!(f, "the job has no parameter word {param}"),
            Self::ParamAboveMaximum {
                param,
                value,
                maximum,
            } => {
                write!(
                    f,
                    "parameter word {param} may be {value}, above the kernel's maximum {maximum}"
                )
            }
            Self::OutputNotWholeInvocations { words, width } => {
                write!(
                    f,
                    "output of {words} words is no multiple of the kernel's width {width}"
                )
            }
            Self::MatMulShape => write!(
                f,
                "m, n and k must not be 0, k must be a multiple of 4 and at most {}",
                limits::MATMUL_K
            ),
            Self::ConvShape => write!(
                f,
                "nothing but padding may be 0, channels must be a multiple of 4 and of the groups, the filter must fit \
                 into the padded image, and one element may sum {} products from {} chunks",
                limits::CONV_PRODUCTS,
                limits::CONV_CHUNKS
            ),
            Self::OperandLength {
                buffer,
                expected,
                found,
            } => {
                write!(
                    f,
                    "buffer {} has {found} words where the shape needs {expected}",
                    buffer.0
                )
            }
            Self::CostOverflow => write!(f, "the operation count exceeds 64 bits"),
            Self::TooManyKernelInputs => write!(f, "reads more than {} buffers", limits::KERNEL_INPUTS),
            Self::TooManyValues => write!(f, "more than {} constants or registers", limits::VALUES),
            Self::TooManyLocals => write!(f, "more than {} local arrays", limits::LOCALS),
            Self::TooManyLocalWords => write!(f, "local arrays exceed {} words", limits::LOCAL_WORDS),
            Self::EmptyLocal => write!(f, "a local array has no words"),
            Self::Width(width) => write!(f, "returns {width} words; a kernel returns 1, 2 or 4"),
            Self::NoSuchValue(value) => write!(f, "there is no value {}", value.0),
            Self::NotAssignable(value) => write!(f, "assigns value {}, which is no register", value.0),
            Self::CounterAssigned(value) => {
                write!(
                    f,
                    "assigns register {}, the counter of an enclosing loop",
                    value.0
                )
            }
            Self::TypeMismatch {
                value,
                expected,
                found,
            } => {
                write!(f, "value {} is {found} where {expected} is needed", value.0)
            }
            Self::OperandType { value, found } => {
                write!(
                    f,
                    "value {} is {found}, which the operation does not take",
                    value.0
                )
            }
            Self::NoSuchInput(input) => write!(f, "loads from input {input}, which the kernel has not"),
            Self::NoSuchLocal(local) => write!(f, "names local array {local}, which the kernel has not"),
            Self::NoSuchParam(param) => {
                write!(f, "is bounded by parameter {param}, which the kernel has not")
            }
            Self::BreakOutsideLoop => write!(f, "breaks outside a loop"),
            Self::CodeAfterBreak => write!(f, "a statement follows a break"),
            Self::TooDeep => write!(f, "blocks nest deeper than {}", limits::NESTING),
            Self::TooManyVariableCosts => write!(
                f,
                "more than {} loops and branches depend on parameter words",
                limits::VARIABLE_COSTS
            ),
            Self::TooManyOperations(count) => {
                write!(
                    f,
                    "{count} operations per invocation; at most {} are allowed",
                    limits::OPERATIONS
                )
            }
            Self::TooManyLoads(count) => {
                write!(
                    f,
                    "{count} loads per invocation; at most {} are allowed",
                    limits::LOADS
                )
            }
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.rule)
    }
}

impl core::error::Error for Rejection {}
