//! Typed expressions and their operators.

use core::{marker::PhantomData, ops};

use super::kernel::{KernelBuilder, Param};
use crate::{Binary, Constant, Quaternary, Statement, Ternary, Type, Unary, Value};

/// A Rust type that registers can hold.
pub trait Scalar: Copy {
    const TYPE: Type;
    fn constant(self) -> Constant;
}

/// `u32` or `i32`, with the operations whose meaning depends on the sign.
pub trait Integer: Scalar {
    const MUL_HI: Binary;
    const DIV: Binary;
    const REM: Binary;
    const SHR: Binary;
    const LT: Binary;
    const LE: Binary;
    const MIN: Binary;
    const MAX: Binary;
    const CLAMP: Ternary;
    const EXTRACT_BITS: Ternary;
    const FIRST_LEADING_BIT: Unary;
}

impl Scalar for u32 {
    const TYPE: Type = Type::U32;
    fn constant(self) -> Constant {
        Constant::U32(self)
    }
}

impl Scalar for i32 {
    const TYPE: Type = Type::I32;
    fn constant(self) -> Constant {
        Constant::I32(self)
    }
}

impl Scalar for bool {
    const TYPE: Type = Type::Bool;
    fn constant(self) -> Constant {
        Constant::Bool(self)
    }
}

impl Integer for u32 {
    const MUL_HI: Binary = Binary::MulHiU;
    const DIV: Binary = Binary::DivU;
    const REM: Binary = Binary::RemU;
    const SHR: Binary = Binary::ShrU;
    const LT: Binary = Binary::LtU;
    const LE: Binary = Binary::LeU;
    const MIN: Binary = Binary::MinU;
    const MAX: Binary = Binary::MaxU;
    const CLAMP: Ternary = Ternary::ClampU;
    const EXTRACT_BITS: Ternary = Ternary::ExtractBitsU;
    const FIRST_LEADING_BIT: Unary = Unary::FirstLeadingBitU;
}

impl Integer for i32 {
    const MUL_HI: Binary = Binary::MulHiI;
    const DIV: Binary = Binary::DivI;
    const REM: Binary = Binary::RemI;
    const SHR: Binary = Binary::ShrI;
    const LT: Binary = Binary::LtI;
    const LE: Binary = Binary::LeI;
    const MIN: Binary = Binary::MinI;
    const MAX: Binary = Binary::MaxI;
    const CLAMP: Ternary = Ternary::ClampI;
    const EXTRACT_BITS: Ternary = Ternary::ExtractBitsI;
    const FIRST_LEADING_BIT: Unary = Unary::FirstLeadingBitI;
}

/// A value of the kernel that is being written.
#[derive(Debug)]
pub struct Expr<'k, T> {
    pub(super) kernel: &'k KernelBuilder,
    pub(super) value: Value,
    pub(super) type_: PhantomData<T>,
}

impl<T> Clone for Expr<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Expr<'_, T> {}

/// A variable: an expression that can be assigned. As an operand it has the value of that moment.
#[derive(Debug)]
pub struct Var<'k, T>(pub(super) Expr<'k, T>);

impl<T> Clone for Var<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Var<'_, T> {}

/// What an operator takes: an expression, a variable, a parameter or a literal.
pub trait Operand<'k, T> {
    fn value(self, kernel: &'k KernelBuilder) -> Value;
}

impl<'k, T> Operand<'k, T> for Expr<'k, T> {
    fn value(self, _: &'k KernelBuilder) -> Value {
        self.value
    }
}

impl<'k, T> Operand<'k, T> for Var<'k, T> {
    fn value(self, _: &'k KernelBuilder) -> Value {
        self.0.value
    }
}

impl<'k> Operand<'k, u32> for Param<'k> {
    fn value(self, kernel: &'k KernelBuilder) -> Value {
        kernel.param_value(self)
    }
}

impl<'k, T: Scalar> Operand<'k, T> for T {
    fn value(self, kernel: &'k KernelBuilder) -> Value {
        kernel.constant(self).value
    }
}

impl<'k, T: Scalar> Var<'k, T> {
    pub fn set(self, value: impl Operand<'k, T>) {
        let (kernel, out) = (self.0.kernel, self.0.value);
        let x = value.value(kernel);
        kernel.push(Statement::Unary {
            op: Unary::Copy,
            out,
            x,
        });
    }

    /// The value of this moment, which later assignments do not change.
    pub fn get(self) -> Expr<'k, T> {
        self.0.kernel.unary(Unary::Copy, self.0.value)
    }
}

/// Methods that expressions, variables and parameters share.
macro_rules! methods {
    ($name:ident, $this:ident => $expr:expr) => {
        impl<'k, T: Scalar> $name<'k, T> {
            pub fn eq(self, y: impl Operand<'k, T>) -> Expr<'k, bool> {
                let $this = self;
                $expr.binary(Binary::Eq, y)
            }
            pub fn ne(self, y: impl Operand<'k, T>) -> Expr<'k, bool> {
                let $this = self;
                $expr.binary(Binary::Ne, y)
            }
        }

        impl<'k, T: Integer> $name<'k, T> {
            pub fn lt(self, y: impl Operand<'k, T>) -> Expr<'k, bool> {
                let $this = self;
                $expr.binary(T::LT, y)
            }
            pub fn le(self, y: impl Operand<'k, T>) -> Expr<'k, bool> {
                let $this = self;
                $expr.binary(T::LE, y)
            }
            pub fn gt(self, y: impl Operand<'k, T>) -> Expr<'k, bool> {
                let $this = self;
                let kernel = $expr.kernel;
                kernel.binary(T::LT, y.value(kernel), $expr.value)
            }
            pub fn ge(self, y: impl Operand<'k, T>) -> Expr<'k, bool> {
                let $this = self;
                let kernel = $expr.kernel;
                kernel.binary(T::LE, y.value(kernel), $expr.value)
            }
            pub fn min(self, y: impl Operand<'k, T>) -> Expr<'k, T> {
                let $this = self;
                $expr.binary(T::MIN, y)
            }
            pub fn max(self, y: impl Operand<'k, T>) -> Expr<'k, T> {
                let $this = self;
                $expr.binary(T::MAX, y)
            }
            /// High word of the 64-bit product, rounded down.
            pub fn mul_hi(self, y: impl Operand<'k, T>) -> Expr<'k, T> {
                let $this = self;
                $expr.binary(T::MUL_HI, y)
            }
            pub fn clamp(self, low: impl Operand<'k, T>, high: impl Operand<'k, T>) -> Expr<'k, T> {
                let $this = self;
                let kernel = $expr.kernel;
                kernel.ternary(T::CLAMP, [$expr.value, low.value(kernel), high.value(kernel)])
            }
            pub fn extract_bits(
                self,
                offset: impl Operand<'k, u32>,
                count: impl Operand<'k, u32>,
            ) -> Expr<'k, T> {
                let $this = self;
                let kernel = $expr.kernel;
                kernel.ternary(T::EXTRACT_BITS, [$expr.value, offset.value(kernel), count.value(kernel)])
            }
            pub fn insert_bits(
                self,
                new: impl Operand<'k, T>,
                offset: impl Operand<'k, u32>,
                count: impl Operand<'k, u32>,
            ) -> Expr<'k, T> {
                let $this = self;
                let kernel = $expr.kernel;
                let args = [$expr.value, new.value(kernel), offset.value(kernel), count.value(kernel)];
                kernel.quaternary(Quaternary::InsertBits, args)
            }
            pub fn count_one_bits(self) -> Expr<'k, T> {
                let $this = self;
                $expr.unary(Unary::CountOneBits)
            }
            pub fn count_leading_zeros(self) -> Expr<'k, T> {
                let $this = self;
                $expr.unary(Unary::CountLeadingZeros)
            }
            pub fn count_trailing_zeros(self) -> Expr<'k, T> {
                let $this = self;
                $expr.unary(Unary::CountTrailingZeros)
            }
            pub fn reverse_bits(self) -> Expr<'k, T> {
                let $this = self;
                $expr.unary(Unary::ReverseBits)
            }
            pub fn first_leading_bit(self) -> Expr<'k, T> {
                let $this = self;
                $expr.unary(T::FIRST_LEADING_BIT)
            }
            pub fn first_trailing_bit(self) -> Expr<'k, T> {
                let $this = self;
                $expr.unary(Unary::FirstTrailingBit)
            }
        }

        impl<'k> $name<'k, u32> {
            pub fn as_i32(self) -> Expr<'k, i32> {
                let $this = self;
                $expr.unary(Unary::AsI32)
            }
            /// Sum of the four products of signed bytes.
            pub fn dot4_i8(self, y: impl Operand<'k, u32>) -> Expr<'k, i32> {
                let $this = self;
                $expr.binary(Binary::Dot4I8, y)
            }
            /// Sum of the four products of unsigned bytes.
            pub fn dot4_u8(self, y: impl Operand<'k, u32>) -> Expr<'k, u32> {
                let $this = self;
                $expr.binary(Binary::Dot4U8, y)
            }
            /// Signed byte `lane mod 4`.
            pub fn unpack_i8(self, lane: impl Operand<'k, u32>) -> Expr<'k, i32> {
                let $this = self;
                $expr.binary(Binary::UnpackI8, lane)
            }
            /// Unsigned byte `lane mod 4`.
            pub fn unpack_u8(self, lane: impl Operand<'k, u32>) -> Expr<'k, u32> {
                let $this = self;
                $expr.binary(Binary::UnpackU8, lane)
            }
        }

        impl<'k> $name<'k, i32> {
            pub fn as_u32(self) -> Expr<'k, u32> {
                let $this = self;
                $expr.unary(Unary::AsU32)
            }
            pub fn abs(self) -> Expr<'k, i32> {
                let $this = self;
                $expr.unary(Unary::Abs)
            }
        }

        impl<'k> ops::Neg for $name<'k, i32> {
            type Output = Expr<'k, i32>;
            fn neg(self) -> Self::Output {
                let $this = self;
                $expr.unary(Unary::Negate)
            }
        }

        /// On integers all bits, on bools the negation.
        impl<'k, T: Scalar> ops::Not for $name<'k, T> {
            type Output = Expr<'k, T>;
            fn not(self) -> Self::Output {
                let $this = self;
                let op = if T::TYPE == Type::Bool { Unary::LogicalNot } else { Unary::Complement };
                $expr.unary(op)
            }
        }

        operators!($name, $this => $expr, Integer, T:
            Add add Binary::Add, Sub sub Binary::Sub, Mul mul Binary::Mul, Div div T::DIV, Rem rem T::REM);
        operators!($name, $this => $expr, Scalar, T:
            BitAnd bitand Binary::And, BitOr bitor Binary::Or, BitXor bitxor Binary::Xor);
        operators!($name, $this => $expr, Integer, u32: Shl shl Binary::Shl, Shr shr T::SHR);
    };
}

macro_rules! operators {
    ($name:ident, $this:ident => $expr:expr, $bound:ident, $right:ty:
        $($trait_:ident $method:ident $op:expr),*) => {
        $(impl<'k, T: $bound, R: Operand<'k, $right>> ops::$trait_<R> for $name<'k, T> {
            type Output = Expr<'k, T>;
            fn $method(self, y: R) -> Self::Output {
                let $this = self;
                $expr.binary($op, y)
            }
        })*
    };
}

methods!(Expr, this => this);
methods!(Var, this => this.0);

impl<'k> Param<'k> {
    /// The word as an expression.
    pub fn get(self) -> Expr<'k, u32> {
        Expr {
            kernel: self.kernel,
            value: self.kernel.param_value(self),
            type_: PhantomData,
        }
    }
}

impl<'k, T> Expr<'k, T> {
    fn unary<R: Scalar>(self, op: Unary) -> Expr<'k, R> {
        self.kernel.unary(op, self.value)
    }

    fn binary<R: Scalar, O>(self, op: Binary, y: impl Operand<'k, O>) -> Expr<'k, R> {
        self.kernel.binary(op, self.value, y.value(self.kernel))
    }
}
