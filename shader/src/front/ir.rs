//! Code on its way to a kernel: as the kernel language has it, with as many registers as it takes.

use edgeproof_kernel::{ops, Binary, Bound, Constant, Quaternary, Ternary, Type, Unary};

/// A register, before registers are counted and numbered for good.
pub(super) type Reg = u32;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operand {
    Index,
    Param(u8),
    Constant(Constant),
    Register(Reg),
}

impl Operand {
    pub fn constant(self) -> Option<Constant> {
        match self {
            Self::Constant(constant) => Some(constant),
            _ => None,
        }
    }

    pub fn is(self, bits: u32) -> bool {
        self.constant().is_some_and(|constant| constant.bits() == bits)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    Unary(Unary),
    Binary(Binary),
    Ternary(Ternary),
    Quaternary(Quaternary),
}

pub(super) const COPY: Op = Op::Unary(Unary::Copy);

impl Op {
    pub fn operands(self) -> usize {
        match self {
            Self::Unary(_) => 1,
            Self::Binary(_) => 2,
            Self::Ternary(_) => 3,
            Self::Quaternary(_) => 4,
        }
    }

    /// A number of its own.
    pub fn code(self) -> u64 {
        match self {
            Self::Unary(op) => op as u64,
            Self::Binary(op) => 1 << 8 | op as u64,
            Self::Ternary(op) => 2 << 8 | op as u64,
            Self::Quaternary(op) => 3 << 8 | op as u64,
        }
    }

    /// Type of the result, given that of the first operand.
    pub fn result(self, x: Type) -> Type {
        match self {
            Self::Unary(Unary::AsU32) => Type::U32,
            Self::Unary(Unary::AsI32) => Type::I32,
            Self::Binary(Binary::Eq | Binary::Ne | Binary::LtU | Binary::LtI | Binary::LeU | Binary::LeI) => {
                Type::Bool
            }
            Self::Binary(Binary::Dot4I8 | Binary::UnpackI8) => Type::I32,
            Self::Quaternary(Quaternary::InsertBits) => x,
            Self::Quaternary(_) => Type::U32,
            _ => x,
        }
    }

    /// Meaning on 32-bit words, of which the first [`Self::operands`] count.
    pub fn compute(self, words: [u32; 4]) -> u32 {
        let [x, y, z, _] = words;
        match self {
            Self::Unary(op) => ops::unary(op, x),
            Self::Binary(op) => ops::binary(op, x, y),
            Self::Ternary(op) => ops::ternary(op, x, y, z),
            Self::Quaternary(op) => ops::quaternary(op, words),
        }
    }
}

/// An operation with its operands, of which the first [`Op::operands`] count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Operation {
    pub op: Op,
    operands: [Operand; 4],
}

impl Operation {
    pub fn new(op: Op, operands: &[Operand]) -> Self {
        let mut all = [Operand::Index; 4];
        all[..operands.len()].copy_from_slice(operands);
        Self { op, operands: all }
    }

    pub fn operands(&self) -> &[Operand] {
        &self.operands[..self.op.operands()]
    }

    pub fn operands_mut(&mut self) -> &mut [Operand] {
        &mut self.operands[..self.op.operands()]
    }

    /// The result when every operand is known.
    pub fn value(&self) -> Option<u32> {
        let mut words = [0; 4];
        for (word, operand) in words.iter_mut().zip(self.operands()) {
            *word = operand.constant()?.bits();
        }
        Some(self.op.compute(words))
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Instruction {
    Compute {
        out: Reg,
        operation: Operation,
    },
    Load {
        out: Reg,
        input: u8,
        at: Operand,
    },
    ReadLocal {
        out: Reg,
        local: u8,
        at: Operand,
    },
    WriteLocal {
        local: u8,
        at: Operand,
        x: Operand,
    },
    If {
        condition: Operand,
        then: Vec<Instruction>,
        otherwise: Vec<Instruction>,
    },
    Loop {
        counter: Reg,
        bound: Bound,
        body: Vec<Instruction>,
    },
    Break,
}

impl Instruction {
    /// The register that it assigns, other than in its blocks.
    pub fn out(&self) -> Option<Reg> {
        match self {
            Self::Compute { out, .. } | Self::Load { out, .. } | Self::ReadLocal { out, .. } => Some(*out),
            Self::Loop { counter, .. } => Some(*counter),
            _ => None,
        }
    }

    pub fn out_mut(&mut self) -> Option<&mut Reg> {
        match self {
            Self::Compute { out, .. } | Self::Load { out, .. } | Self::ReadLocal { out, .. } => Some(out),
            Self::Loop { counter, .. } => Some(counter),
            _ => None,
        }
    }

    /// What it reads, other than in its blocks.
    pub fn reads_mut(&mut self) -> Vec<&mut Operand> {
        match self {
            Self::Compute { operation, .. } => operation.operands_mut().iter_mut().collect(),
            Self::Load { at, .. } | Self::ReadLocal { at, .. } => vec![at],
            Self::WriteLocal { at, x, .. } => vec![at, x],
            Self::If { condition, .. } => vec![condition],
            Self::Loop { .. } | Self::Break => Vec::new(),
        }
    }

    /// Visits the registers that it reads, other than in its blocks.
    pub fn each_read(&self, visit: &mut impl FnMut(Reg)) {
        let mut operand = |operand: &Operand| {
            if let Operand::Register(register) = operand {
                visit(*register);
            }
        };
        match self {
            Self::Compute { operation, .. } => operation.operands().iter().for_each(&mut operand),
            Self::Load { at, .. } | Self::ReadLocal { at, .. } => operand(at),
            Self::WriteLocal { at, x, .. } => [at, x].into_iter().for_each(&mut operand),
            Self::If { condition, .. } => operand(condition),
            Self::Loop { .. } | Self::Break => {}
        }
    }

    pub fn blocks(&self) -> [&[Instruction]; 2] {
        match self {
            Self::If { then, otherwise, .. } => [then, otherwise],
            Self::Loop { body, .. } => [body, &[]],
            _ => [&[], &[]],
        }
    }

    pub fn blocks_mut(&mut self) -> Vec<&mut Vec<Instruction>> {
        match self {
            Self::If { then, otherwise, .. } => vec![then, otherwise],
            Self::Loop { body, .. } => vec![body],
            _ => Vec::new(),
        }
    }
}

/// Visits every register that the block assigns, inner blocks included.
pub(super) fn each_assigned(block: &[Instruction], visit: &mut impl FnMut(Reg)) {
    for instruction in block {
        if let Some(register) = instruction.out() {
            visit(register);
        }
        for inner in instruction.blocks() {
            each_assigned(inner, visit);
        }
    }
}

/// Whether nothing after the block runs.
pub(super) fn breaks(block: &[Instruction]) -> bool {
    match block.last() {
        Some(Instruction::Break) => true,
        Some(Instruction::If { then, otherwise, .. }) => breaks(then) && breaks(otherwise),
        _ => false,
    }
}
