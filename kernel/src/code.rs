//! Kernels: structured code over 32-bit registers.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;

/// Type of a register. Every register holds 32 bits; a `Bool` holds 0 or 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Type {
    #[codec(index = 0)]
    U32,
    #[codec(index = 1)]
    I32,
    #[codec(index = 2)]
    Bool,
}

/// A literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Constant {
    #[codec(index = 0)]
    U32(u32),
    #[codec(index = 1)]
    I32(i32),
    #[codec(index = 2)]
    Bool(bool),
}

impl Constant {
    pub fn type_(self) -> Type {
        match self {
            Self::U32(_) => Type::U32,
            Self::I32(_) => Type::I32,
            Self::Bool(_) => Type::Bool,
        }
    }

    /// The 32 bits that a register holding this constant has.
    pub fn bits(self) -> u32 {
        match self {
            Self::U32(value) => value,
            Self::I32(value) => value.cast_unsigned(),
            Self::Bool(value) => u32::from(value),
        }
    }
}

/// What an operand names. Values are numbered in this order: the invocation's index, the kernel's
/// parameters, its constants, its registers. One number space makes an operand one array access.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, DecodeWithMemTracking, TypeInfo,
)]
pub struct Value(pub u16);

/// A [`Value`], told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// The index of the invocation, a `u32`.
    Index,
    /// The nth parameter word, a `u32`.
    Parameter(usize),
    /// The nth constant.
    Constant(usize),
    /// The nth register: the only kind that can be assigned.
    Register(usize),
}

/// A local array of the kernel, by position in [`Kernel::locals`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Local(pub u8);

/// Operations of one operand. `T` stands for `u32` or `i32`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Unary {
    /// The operand itself, of any type.
    #[codec(index = 0)]
    Copy,
    /// `!x` on a bool.
    #[codec(index = 1)]
    LogicalNot,
    /// `~x` on `T`.
    #[codec(index = 2)]
    Complement,
    /// `-x` on `i32`, wrapping.
    #[codec(index = 3)]
    Negate,
    /// `abs(x)` on `i32`; `abs(INT_MIN)` is `INT_MIN`.
    #[codec(index = 4)]
    Abs,
    /// `bitcast<u32>` of an `i32`.
    #[codec(index = 5)]
    AsU32,
    /// `bitcast<i32>` of a `u32`.
    #[codec(index = 6)]
    AsI32,
    #[codec(index = 7)]
    CountOneBits,
    #[codec(index = 8)]
    CountLeadingZeros,
    #[codec(index = 9)]
    CountTrailingZeros,
    #[codec(index = 10)]
    ReverseBits,
    /// Position of the highest set bit of a `u32`, or all ones.
    #[codec(index = 11)]
    FirstLeadingBitU,
    /// Position of the highest bit of an `i32` that differs from its sign, or -1.
    #[codec(index = 12)]
    FirstLeadingBitI,
    /// Position of the lowest set bit of `T`, or all ones.
    #[codec(index = 13)]
    FirstTrailingBit,
}

/// Operations of two operands. `T` stands for `u32` or `i32`; a suffix `U` or `I` fixes the type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Binary {
    /// `x + y` on `T`, wrapping.
    #[codec(index = 0)]
    Add,
    /// `x - y` on `T`, wrapping.
    #[codec(index = 1)]
    Sub,
    /// `x * y` on `T`, wrapping.
    #[codec(index = 2)]
    Mul,
    /// High word of the 64-bit product.
    #[codec(index = 3)]
    MulHiU,
    /// `floor(x * y / 2^32)`.
    #[codec(index = 4)]
    MulHiI,
    /// `x / y`; `x / 0` is `x`.
    #[codec(index = 5)]
    DivU,
    /// `x / y` towards zero; `x / 0` is `x`, `INT_MIN / -1` is `INT_MIN`.
    #[codec(index = 6)]
    DivI,
    /// `x % y`; `x % 0` is 0.
    #[codec(index = 7)]
    RemU,
    /// `x % y` with the sign of `x`; `x % 0` and `INT_MIN % -1` are 0.
    #[codec(index = 8)]
    RemI,
    /// On `T` or bool.
    #[codec(index = 9)]
    And,
    /// On `T` or bool.
    #[codec(index = 10)]
    Or,
    /// On `T` or bool.
    #[codec(index = 11)]
    Xor,
    /// `x << (y mod 32)` of `T` by a `u32`.
    #[codec(index = 12)]
    Shl,
    /// `x >> (y mod 32)` of a `u32` by a `u32`.
    #[codec(index = 13)]
    ShrU,
    /// `x >> (y mod 32)` of an `i32` by a `u32`, with the sign.
    #[codec(index = 14)]
    ShrI,
    /// On any type, to bool.
    #[codec(index = 15)]
    Eq,
    /// On any type, to bool.
    #[codec(index = 16)]
    Ne,
    #[codec(index = 17)]
    LtU,
    #[codec(index = 18)]
    LtI,
    #[codec(index = 19)]
    LeU,
    #[codec(index = 20)]
    LeI,
    #[codec(index = 21)]
    MinU,
    #[codec(index = 22)]
    MinI,
    #[codec(index = 23)]
    MaxU,
    #[codec(index = 24)]
    MaxI,
    /// Sum of the four products of signed bytes of two `u32`, to `i32`.
    #[codec(index = 25)]
    Dot4I8,
    /// Sum of the four products of unsigned bytes of two `u32`, to `u32`.
    #[codec(index = 26)]
    Dot4U8,
    /// Signed byte `y mod 4` of the `u32` `x`, to `i32`.
    #[codec(index = 27)]
    UnpackI8,
    /// Unsigned byte `y mod 4` of the `u32` `x`, to `u32`.
    #[codec(index = 28)]
    UnpackU8,
}

/// Operations of three operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Ternary {
    /// `select(x, y, c)`: `y` if the bool `c` holds, otherwise `x`. `x` and `y` are of any one type.
    #[codec(index = 0)]
    Select,
    /// `min(max(x, low), high)`.
    #[codec(index = 1)]
    ClampU,
    /// `min(max(x, low), high)`.
    #[codec(index = 2)]
    ClampI,
    /// `extractBits(x, offset, count)` of a `u32`.
    #[codec(index = 3)]
    ExtractBitsU,
    /// `extractBits(x, offset, count)` of an `i32`, with the sign of the field.
    #[codec(index = 4)]
    ExtractBitsI,
}

/// Operations of four operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Quaternary {
    /// `insertBits(x, new, offset, count)` on `T`.
    #[codec(index = 0)]
    InsertBits,
    /// Low bytes of four `i32`, first in the lowest byte, to `u32`.
    #[codec(index = 1)]
    PackI8,
    /// Low bytes of four `u32`, first in the lowest byte, to `u32`.
    #[codec(index = 2)]
    PackU8,
    /// As `PackI8` after clamping to -128..=127.
    #[codec(index = 3)]
    PackI8Clamp,
    /// As `PackU8` after clamping to 0..=255.
    #[codec(index = 4)]
    PackU8Clamp,
}

/// How often a loop runs at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Bound {
    #[codec(index = 0)]
    Constant(u32),
    /// The value of the nth parameter word, whose maximum the kernel declares.
    Parameter(u8),
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Statement {
    #[codec(index = 0)]
    Unary { op: Unary, out: Value, x: Value },
    #[codec(index = 1)]
    Binary {
        op: Binary,
        out: Value,
        x: Value,
        y: Value,
    },
    #[codec(index = 2)]
    Ternary {
        op: Ternary,
        out: Value,
        args: [Value; 3],
    },
    #[codec(index = 3)]
    Quaternary {
        op: Quaternary,
        out: Value,
        args: [Value; 4],
    },
    /// `out = input[at]`, a `u32`; 0 when `at` is out of bounds.
    #[codec(index = 4)]
    Load { out: Value, input: u8, at: Value },
    /// `out = local[at]`, a `u32`; 0 when `at` is out of bounds.
    #[codec(index = 5)]
    ReadLocal { out: Value, local: Local, at: Value },
    /// `local[at] = x`, a `u32`; nothing when `at` is out of bounds.
    #[codec(index = 6)]
    WriteLocal { local: Local, at: Value, x: Value },
    #[codec(index = 7)]
    If {
        condition: Value,
        then: Vec<Statement>,
        otherwise: Vec<Statement>,
    },
    /// `for (counter = 0; counter < bound; counter++) { body }`. The body cannot assign the counter, which
    /// afterwards holds the iteration that broke out, or the bound.
    #[codec(index = 8)]
    Loop {
        counter: Value,
        bound: Bound,
        body: Vec<Statement>,
    },
    /// Leaves the innermost loop. The last statement of its block.
    #[codec(index = 9)]
    Break,
}

/// `fn kernel(index: u32) -> [u32; W]` with `W` of 1, 2 or 4.
///
/// Registers and local arrays start at zero in every invocation.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Kernel {
    /// How many buffers it reads.
    pub inputs: u8,
    /// Declared maximum of each parameter word.
    pub params: Vec<u32>,
    pub constants: Vec<Constant>,
    pub registers: Vec<Type>,
    /// Words of each local array.
    pub locals: Vec<u16>,
    pub code: Vec<Statement>,
    /// The words returned: 1, 2 or 4 values of type `u32` or `i32`.
    pub result: Vec<Value>,
}

impl Kernel {
    /// Words written by each invocation.
    pub fn width(&self) -> usize {
        self.result.len()
    }

    /// What `value` names, if this kernel has it.
    pub fn kind(&self, value: Value) -> Option<ValueKind> {
        let Some(n) = usize::from(value.0).checked_sub(1) else {
            return Some(ValueKind::Index);
        };
        let Some(constant) = n.checked_sub(self.params.len()) else {
            return Some(ValueKind::Parameter(n));
        };
        let Some(register) = constant.checked_sub(self.constants.len()) else {
            return Some(ValueKind::Constant(constant));
        };
        (register < self.registers.len()).then_some(ValueKind::Register(register))
    }

    /// Type of `value`, if this kernel has it.
    pub fn type_of(&self, value: Value) -> Option<Type> {
        match self.kind(value)? {
            ValueKind::Index | ValueKind::Parameter(_) => Some(Type::U32),
            ValueKind::Constant(n) => self.constants.get(n).map(|constant| constant.type_()),
            ValueKind::Register(n) => self.registers.get(n).copied(),
        }
    }
}
