//! Every operation on every pair of corner words.

use super::{Case, CORNERS};
use crate::{
    builder::ProgramBuilder, Binary, BufferId, Constant, Kernel, Quaternary, Statement, Ternary, Type, Unary,
    Value,
};

const UNARY: [Unary; 13] = [
    Unary::LogicalNot,
    Unary::Complement,
    Unary::Negate,
    Unary::Abs,
    Unary::AsU32,
    Unary::AsI32,
    Unary::CountOneBits,
    Unary::CountLeadingZeros,
    Unary::CountTrailingZeros,
    Unary::ReverseBits,
    Unary::FirstLeadingBitU,
    Unary::FirstLeadingBitI,
    Unary::FirstTrailingBit,
];

const BINARY: [Binary; 29] = [
    Binary::Add,
    Binary::Sub,
    Binary::Mul,
    Binary::MulHiU,
    Binary::MulHiI,
    Binary::DivU,
    Binary::DivI,
    Binary::RemU,
    Binary::RemI,
    Binary::And,
    Binary::Or,
    Binary::Xor,
    Binary::Shl,
    Binary::ShrU,
    Binary::ShrI,
    Binary::Eq,
    Binary::Ne,
    Binary::LtU,
    Binary::LtI,
    Binary::LeU,
    Binary::LeI,
    Binary::MinU,
    Binary::MinI,
    Binary::MaxU,
    Binary::MaxI,
    Binary::Dot4I8,
    Binary::Dot4U8,
    Binary::UnpackI8,
    Binary::UnpackU8,
];

const TERNARY: [Ternary; 5] = [
    Ternary::Select,
    Ternary::ClampU,
    Ternary::ClampI,
    Ternary::ExtractBitsU,
    Ternary::ExtractBitsI,
];

const QUATERNARY: [Quaternary; 5] = [
    Quaternary::InsertBits,
    Quaternary::PackI8,
    Quaternary::PackU8,
    Quaternary::PackI8Clamp,
    Quaternary::PackU8Clamp,
];

/// One operation, whatever its number of operands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Operation {
    Unary(Unary),
    Binary(Binary),
    Ternary(Ternary),
    Quaternary(Quaternary),
}

impl Operation {
    /// Every operation but the plain copy.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        UNARY
            .map(Self::Unary)
            .into_iter()
            .chain(BINARY.map(Self::Binary))
            .chain(TERNARY.map(Self::Ternary))
            .chain(QUATERNARY.map(Self::Quaternary))
    }

    /// Types of the operands and of the result, for an `x` of this type.
    pub(super) fn types(self, x: Type) -> Option<(Vec<Type>, Type)> {
        use crate::verify::types;
        Some(match self {
            Self::Unary(op) => (vec![x], types::unary(op, x)?),
            Self::Binary(op) => {
                let (y, out) = types::binary(op, x)?;
                (vec![x, y], out)
            }
            Self::Ternary(op) => {
                let ([y, z], out) = types::ternary(op, x)?;
                (vec![x, y, z], out)
            }
            Self::Quaternary(op) => {
                let ([y, z, w], out) = types::quaternary(op, x)?;
                (vec![x, y, z, w], out)
            }
        })
    }

    pub(super) fn statement(self, out: Value, args: &[Value]) -> Option<Statement> {
        Some(match (self, args) {
            (Self::Unary(op), [x]) => Statement::Unary { op, out, x: *x },
            (Self::Binary(op), [x, y]) => Statement::Binary {
                op,
                out,
                x: *x,
                y: *y,
            },
            (Self::Ternary(op), args) => Statement::Ternary {
                op,
                out,
                args: args.try_into().ok()?,
            },
            (Self::Quaternary(op), args) => Statement::Quaternary {
                op,
                out,
                args: args.try_into().ok()?,
            },
            _ => return None,
        })
    }
}

/// One program per operation and type: four operand buffers in, one word per tuple of corner words out.
pub fn corners() -> Vec<Case> {
    Operation::all()
        .flat_map(|operation| {
            [Type::U32, Type::I32, Type::Bool]
                .into_iter()
                .filter_map(move |type_| case(operation, type_))
        })
        .collect()
}

fn case(operation: Operation, type_: Type) -> Option<Case> {
    let (types, out) = operation.types(type_)?;
    let inputs = operands(types.len());
    let words = u32::try_from(inputs.first()?.len()).ok()?;
    let mut program = ProgramBuilder::new();
    let ids: Vec<BufferId> = inputs.iter().map(|_| program.input(words)).collect();
    let mapped = program.map(&kernel(operation, &types, out)?, &ids, &[], words);
    program.output(mapped);
    let program = program.build().ok()?;
    Some(Case {
        name: format!("{operation:?} on {type_}"),
        program,
        inputs,
        params: Vec::new(),
    })
}

/// All pairs of corner words; further operands step through them at other paces.
fn operands(count: usize) -> Vec<Vec<u32>> {
    let corners = CORNERS.len();
    let nth = |at: usize| {
        CORNERS
            .get(at.checked_rem(corners).unwrap_or(0))
            .copied()
            .unwrap_or(0)
    };
    let rounds = if count > 2 { 7usize } else { 1 };
    let total = corners.saturating_mul(corners).saturating_mul(rounds);
    let pace = |operand: usize, i: usize| match operand {
        0 => nth(i),
        1 => nth(i.checked_div(corners).unwrap_or(0)),
        2 => nth(i.saturating_mul(3).saturating_add(i.checked_div(7).unwrap_or(0))),
        _ => nth(i.saturating_mul(7).saturating_add(i.checked_div(11).unwrap_or(0))),
    };
    (0..count)
        .map(|operand| (0..total).map(|i| pace(operand, i)).collect())
        .collect()
}

/// Loads the operands, brings them to their types, applies the operation, brings the result to a word.
fn kernel(operation: Operation, types: &[Type], out: Type) -> Option<Kernel> {
    // Values: the index, the constants 0 and 1, then registers.
    let (index, zero, one) = (Value(0), Value(1), Value(2));
    let mut registers = Vec::new();
    let mut register = |type_| {
        registers.push(type_);
        Value(
            u16::try_from(registers.len())
                .unwrap_or(u16::MAX)
                .saturating_add(2),
        )
    };
    let mut code = Vec::new();
    let mut args = Vec::new();
    for (input, type_) in (0u8..).zip(types) {
        let word = register(Type::U32);
        code.push(Statement::Load {
            out: word,
            input,
            at: index,
        });
        args.push(match type_ {
            Type::U32 => word,
            Type::I32 => {
                let out = register(Type::I32);
                code.push(Statement::Unary {
                    op: Unary::AsI32,
                    out,
                    x: word,
                });
                out
            }
            Type::Bool => {
                let bit = register(Type::U32);
                code.push(Statement::Binary {
                    op: Binary::And,
                    out: bit,
                    x: word,
                    y: one,
                });
                let out = register(Type::Bool);
                code.push(Statement::Binary {
                    op: Binary::Ne,
                    out,
                    x: bit,
                    y: zero,
                });
                out
            }
        });
    }
    let mut result = register(out);
    code.push(operation.statement(result, &args)?);
    if out == Type::Bool {
        let word = register(Type::U32);
        code.push(Statement::Ternary {
            op: Ternary::Select,
            out: word,
            args: [zero, one, result],
        });
        result = word;
    }
    Some(Kernel {
        inputs: u8::try_from(types.len()).ok()?,
        params: Vec::new(),
        constants: vec![Constant::U32(0), Constant::U32(1)],
        registers,
        locals: Vec::new(),
        code,
        result: vec![result],
    })
}
