//! The type rules of operations. The first operand's type decides the others and the result.

use crate::{
    Binary, Quaternary, Ternary,
    Type::{self, Bool, I32, U32},
    Unary,
};

/// Type of the result, if the operation takes an `x` of this type.
pub(crate) fn unary(op: Unary, x: Type) -> Option<Type> {
    match (op, x) {
        (Unary::Copy, any) => Some(any),
        (Unary::LogicalNot, Bool) => Some(Bool),
        (Unary::Negate | Unary::Abs | Unary::FirstLeadingBitI, I32) => Some(I32),
        (Unary::AsU32, I32) | (Unary::FirstLeadingBitU, U32) => Some(U32),
        (Unary::AsI32, U32) => Some(I32),
        (
            Unary::Complement
            | Unary::CountOneBits
            | Unary::CountLeadingZeros
            | Unary::CountTrailingZeros
            | Unary::ReverseBits
            | Unary::FirstTrailingBit,
            U32 | I32,
        ) => Some(x),
        _ => None,
    }
}

/// Types of `y` and of the result.
pub(crate) fn binary(op: Binary, x: Type) -> Option<(Type, Type)> {
    match (op, x) {
        (Binary::Add | Binary::Sub | Binary::Mul, U32 | I32)
        | (Binary::And | Binary::Or | Binary::Xor, _)
        | (Binary::MulHiU | Binary::DivU | Binary::RemU | Binary::MinU | Binary::MaxU, U32)
        | (Binary::MulHiI | Binary::DivI | Binary::RemI | Binary::MinI | Binary::MaxI, I32) => Some((x, x)),
        (Binary::Shl, U32 | I32) | (Binary::ShrU, U32) | (Binary::ShrI, I32) => Some((U32, x)),
        (Binary::Eq | Binary::Ne, _)
        | (Binary::LtU | Binary::LeU, U32)
        | (Binary::LtI | Binary::LeI, I32) => Some((x, Bool)),
        (Binary::Dot4I8 | Binary::UnpackI8, U32) => Some((U32, I32)),
        (Binary::Dot4U8 | Binary::UnpackU8, U32) => Some((U32, U32)),
        _ => None,
    }
}

/// Types of `y`, of `z` and of the result.
pub(crate) fn ternary(op: Ternary, x: Type) -> Option<([Type; 2], Type)> {
    match (op, x) {
        (Ternary::Select, any) => Some(([any, Bool], any)),
        (Ternary::ClampU, U32) | (Ternary::ClampI, I32) => Some(([x, x], x)),
        (Ternary::ExtractBitsU, U32) | (Ternary::ExtractBitsI, I32) => Some(([U32, U32], x)),
        _ => None,
    }
}

/// Types of the last three operands and of the result.
pub(crate) fn quaternary(op: Quaternary, x: Type) -> Option<([Type; 3], Type)> {
    match (op, x) {
        (Quaternary::InsertBits, U32 | I32) => Some(([x, U32, U32], x)),
        (Quaternary::PackI8 | Quaternary::PackI8Clamp, I32)
        | (Quaternary::PackU8 | Quaternary::PackU8Clamp, U32) => Some(([x; 3], U32)),
        _ => None,
    }
}
