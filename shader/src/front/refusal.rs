//! Why a source is refused, and what to write instead.

use edgeproof_kernel::{limits, Rejection};

use super::{parse, scan};

/// Why a source is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    #[error("{0}")]
    Syntax(String),
    #[error("{0}")]
    Invalid(String),
    #[error("the source has {0} bytes; at most {max} are read", max = scan::SOURCE_BYTES)]
    TooLong(usize),
    #[error("this nests deeper than {max} levels", max = scan::NESTING)]
    NestedTooDeep,
    #[error("one function has more than {max} `else`", max = scan::ELSES)]
    TooManyElses,
    #[error("one expression has more than {max} operators", max = scan::OPERATORS)]
    TooManyOperators,
    #[error("the parser fails on this source, which is a defect of naga {version}: {0}", version = parse::NAGA)]
    ParserPanicked(String),
    #[error("{0} is a floating-point {what}; kernels compute with integers only", what = .1)]
    Float(String, &'static str),
    #[error("{0} is not part of the kernel language")]
    Unsupported(String),
    #[error("an override has no value before the pipeline exists")]
    Override,
    #[error("atomics are not part of the kernel language: no invocation sees another one")]
    Atomic,
    #[error("textures and samplers are not part of the kernel language")]
    Texture,
    #[error("`var<{0}>` is not part of the kernel language: no invocation sees another one")]
    SharedMemory(&'static str),
    #[error("barriers are not part of the kernel language: no invocation sees another one")]
    Barrier,
    #[error("a kernel cannot write to `{0}`: it writes its own result only, by returning it")]
    WritableBuffer(String),
    #[error("`{0}` calls itself; the kernel language has no recursion")]
    Recursion(String),
    #[error("`{0}` is an entry point; the worker writes its own around `fn kernel`")]
    EntryPoint(String),
    #[error("there is no `fn kernel`")]
    NoKernel,
    #[error("`fn kernel` must take one argument `index: u32`")]
    KernelArguments,
    #[error("`fn kernel` must return u32, i32, or a vec2 or vec4 of them")]
    KernelResult,
    #[error("this loop has no bound that can be proven")]
    UnboundedLoop,
    #[error("this loop is bounded by the parameter `{0}`, which has no declared maximum")]
    NoMaximum(String),
    #[error("`{0}` is not in range: it must be a constant integer from {1} to {2}")]
    ConstantRange(String, u32, u32),
    #[error("`{0}` has no group and binding")]
    NoBinding(String),
    #[error("`{0}` and `{1}` have the same binding")]
    SameBinding(String, String),
    #[error("a kernel reads at most {max} buffers; this is number {0}", max = limits::KERNEL_INPUTS)]
    TooManyBuffers(usize),
    #[error("`{0}` is not an array of integers")]
    BufferType(String),
    #[error("the buffer `{0}` has {1} words; a buffer has 1 to {max}", max = limits::BUFFER_WORDS)]
    BufferLength(String, u64),
    #[error("`{0}` must be a struct of u32, i32 and vectors of them, or one of these")]
    UniformType(String),
    #[error("a second uniform; a kernel has one for all parameters")]
    SecondUniform,
    #[error("the parameters take {0} words; at most {max} are allowed", max = limits::PARAMS)]
    TooManyParams(u32),
    #[error("the length of `{0}` is not known here")]
    UnknownLength(String),
    #[error("a value of {0} words is too large; at most {max} are held at once", max = super::types::VALUE_WORDS)]
    ValueTooLarge(u64),
    #[error("arrays that are indexed with a variable take {0} words together; at most {max} are allowed", max = limits::LOCAL_WORDS)]
    LocalWords(u32),
    #[error("more than {max} arrays are indexed with a variable", max = limits::LOCALS)]
    TooManyLocals,
    #[error("blocks nest deeper than {max} once every function is inlined", max = limits::NESTING)]
    BlocksTooDeep,
    #[error("functions call each other more than {max} deep", max = super::control::CALLS_DEEP)]
    CallsTooDeep,
    #[error("inlining every call makes this kernel too large: more than {max} instructions", max = super::emitter::INSTRUCTIONS)]
    TooLarge,
    #[error("the verifier refuses this kernel: {0}")]
    Rejected(Rejection),
    #[error("the program does not state how often the kernel runs")]
    NoInvocations,
    #[error("the words of the buffer `{0}` are not stated")]
    NoLength(String),
    #[error("{0}")]
    Toml(String),
    #[error("`{0}` cannot be read: {1}")]
    Unreadable(String, String),
    #[error("there is no {0} named `{1}`")]
    Unknown(&'static str, String),
    #[error("the name `{0}` is taken")]
    NameTaken(String),
    #[error("this reads `{0}`, which only a later step writes")]
    ReadBeforeWritten(String),
    #[error("this reads `{0}`, which this very step writes")]
    ReadsItself(String),
    #[error("{0} {what} where `{kernel}` takes {1}", what = .2, kernel = .3)]
    Count(usize, usize, &'static str, String),
    #[error("`{0}` has {1} words where {2} are needed")]
    Length(String, u64, u64),
    #[error("{0}")]
    Shape(String),
    #[error("the value {0} is above the declared maximum {1}")]
    AboveMaximum(u64, u32),
    #[error("this step has no kind, or more than one")]
    StepKind,
}

impl Refusal {
    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        let help = match self {
            Self::TooLong(_) => "put tables into storage buffers instead of the source".into(),
            Self::NestedTooDeep => "name parts with `let`, or move them to functions".into(),
            Self::TooManyElses => "write a `switch`, or split the function".into(),
            Self::TooManyOperators => "split the expression with `let`".into(),
            Self::ParserPanicked(_) => {
                "please report the source; until then, write the last change differently".into()
            }
            Self::Float(..) => "use fixed point: an i32 whose lowest bits are the fraction, and \
                                `mul_hi_i32(x, y)` for the high word of a product"
                .into(),
            Self::Override => "write `const`, or read it from the parameters".into(),
            Self::Atomic | Self::Barrier => {
                "let each invocation compute its own result from the inputs; combine results in a next step".into()
            }
            Self::Texture => "read pixels from `var<storage, read> image: array<u32>`".into(),
            Self::SharedMemory(_) => "declare a `var` inside a function".into(),
            Self::WritableBuffer(name) => {
                format!("write `var<storage, read> {name}`, and return what the invocation computes")
            }
            Self::Recursion(_) => "write a loop with a bound".into(),
            Self::EntryPoint(_) => "remove it, and write `fn kernel(index: u32) -> u32`".into(),
            Self::NoKernel | Self::KernelArguments | Self::KernelResult => {
                "write `fn kernel(index: u32) -> u32 { .. }`; it may return u32, i32, or a vec2 or vec4 of them".into()
            }
            Self::UnboundedLoop => {
                "write `for (var i = 0u; i < LIMIT; i++)` with a constant, `min(n, LIMIT)` or a parameter as LIMIT, \
                 and `break` inside; do not assign `i` in the body"
                    .into()
            }
            Self::NoMaximum(name) => format!(
                "declare `const MAX_{} = 64u;` with the largest value that a job may pass",
                name.to_uppercase().replace('.', "_")
            ),
            Self::NoBinding(name) => {
                format!("write `@group(0) @binding(0) var<storage, read> {name}: array<u32>;`")
            }
            Self::BufferType(_) => {
                "write `array<u32>`, `array<i32>`, or an array of vectors of them".into()
            }
            Self::UniformType(_) => "write `struct Params { threshold: u32, rounds: u32 }`".into(),
            Self::SecondUniform => "move its members to the first".into(),
            Self::UnknownLength(name) => format!(
                "pass --words {name}=4096, or build it from a TOML that states the words of each buffer"
            ),
            Self::LocalWords(_) | Self::TooManyLocals => {
                "index with constants, pack four bytes into a word, or read the table from a storage buffer".into()
            }
            Self::BlocksTooDeep => "return early less often inside of branches, or use `select`".into(),
            Self::TooLarge => "call large functions from one place, in a loop".into(),
            Self::NoInvocations => {
                "declare `const INVOCATIONS = 4096u;`, or pass --invocations 4096".into()
            }
            Self::NoLength(name) => format!(
                "write `{name}: array<u32, 4096>`, or pass --words {name}=4096"
            ),
            Self::ReadBeforeWritten(_) => "move the step that writes it before this one".into(),
            Self::ReadsItself(_) => "every step writes a new buffer: choose another name for `out`".into(),
            Self::StepKind => "write one of `map = \"file.wgsl\"`, `matmul = { .. }`, `conv2d = { .. }` and `repeat = 100`".into(),
            Self::Rejected(rejection) => return rejection_help(*rejection),
            _ => return None,
        };
        Some(help)
    }
}

fn rejection_help(rejection: Rejection) -> Option<String> {
    use edgeproof_kernel::Rule;
    let help = match rejection.rule {
        Rule::TooManyOperations(_) => {
            "lower the bounds of the loops, or spread the work over more invocations or steps; a loop counts with \
             its bound, even if it breaks earlier"
        }
        Rule::TooManyLoads(_) => "load less often: keep what was loaded in a variable, or spread the work over steps",
        Rule::TooManyValues => "move repeated code into loops",
        Rule::TooManyVariableCosts => "bound some loops by constants instead of parameters",
        _ => return None,
    };
    Some(help.into())
}
