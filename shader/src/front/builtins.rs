//! Builtin functions.

use std::rc::Rc;

use edgeproof_kernel::{Binary, Constant, Quaternary, Ternary, Type, Unary};
use naga::MathFunction;

use super::{
    diagnostics::Checked, emitter::u32_operand, expressions::part, ir::Operand, lowerer::Lowerer, Refusal,
};

type Words = Rc<[Operand]>;

impl Lowerer<'_> {
    pub fn math(&mut self, function: MathFunction, arguments: &[Words]) -> Checked<Words> {
        let x = &arguments[0];
        let signed = self.emitter.type_of(x[0]) == Type::I32;
        let unary = match function {
            MathFunction::Abs if signed => Some(Unary::Abs),
            MathFunction::CountOneBits => Some(Unary::CountOneBits),
            MathFunction::CountLeadingZeros => Some(Unary::CountLeadingZeros),
            MathFunction::CountTrailingZeros => Some(Unary::CountTrailingZeros),
            MathFunction::ReverseBits => Some(Unary::ReverseBits),
            MathFunction::FirstTrailingBit => Some(Unary::FirstTrailingBit),
            MathFunction::FirstLeadingBit if signed => Some(Unary::FirstLeadingBitI),
            MathFunction::FirstLeadingBit => Some(Unary::FirstLeadingBitU),
            _ => None,
        };
        if let Some(op) = unary {
            return self.each(x, |lowerer, x| lowerer.emitter.unary(op, x));
        }
        match (function, arguments) {
            (MathFunction::Abs, [x]) => Ok(x.clone()),
            (MathFunction::Sign, [x]) if signed => {
                let [low, high] = [-1, 1].map(|value| Operand::Constant(Constant::I32(value)));
                self.each(x, |lowerer, x| {
                    lowerer.emitter.ternary(Ternary::ClampI, x, low, high)
                })
            }
            (MathFunction::Min, [x, y]) => self.pairs(if signed { Binary::MinI } else { Binary::MinU }, x, y),
            (MathFunction::Max, [x, y]) => self.pairs(if signed { Binary::MaxI } else { Binary::MaxU }, x, y),
            (MathFunction::Clamp, [x, y, z]) => {
                self.triples(if signed { Ternary::ClampI } else { Ternary::ClampU }, x, y, z)
            }
            (MathFunction::ExtractBits, [x, y, z]) => self.triples(
                if signed {
                    Ternary::ExtractBitsI
                } else {
                    Ternary::ExtractBitsU
                },
                x,
                y,
                z,
            ),
            (MathFunction::InsertBits, [x, new, offset, count]) => {
                let mut words = Vec::with_capacity(x.len());
                for component in 0..x.len() {
                    let operands = [x, new, offset, count].map(|words| part(words, component));
                    words.push(self.emitter.quaternary(Quaternary::InsertBits, operands)?);
                }
                Ok(words.into())
            }
            (MathFunction::Dot, [x, y]) => self.dot(x, y),
            (MathFunction::Dot4I8Packed, [x, y]) => self.pairs(Binary::Dot4I8, x, y),
            (MathFunction::Dot4U8Packed, [x, y]) => self.pairs(Binary::Dot4U8, x, y),
            (MathFunction::Pack4xI8, [x]) => self.pack(Quaternary::PackI8, x),
            (MathFunction::Pack4xU8, [x]) => self.pack(Quaternary::PackU8, x),
            (MathFunction::Pack4xI8Clamp, [x]) => self.pack(Quaternary::PackI8Clamp, x),
            (MathFunction::Pack4xU8Clamp, [x]) => self.pack(Quaternary::PackU8Clamp, x),
            (MathFunction::Unpack4xI8, [x]) => self.unpack(Binary::UnpackI8, x[0]),
            (MathFunction::Unpack4xU8, [x]) => self.unpack(Binary::UnpackU8, x[0]),
            _ => self
                .emitter
                .refuse(Refusal::Float(format!("`{}`", name(function)), "function")),
        }
    }

    fn pairs(&mut self, op: Binary, x: &[Operand], y: &[Operand]) -> Checked<Words> {
        self.each_pair(x, y, |lowerer, x, y| lowerer.emitter.binary(op, x, y))
    }

    fn triples(&mut self, op: Ternary, x: &[Operand], y: &[Operand], z: &[Operand]) -> Checked<Words> {
        let mut words = Vec::with_capacity(x.len());
        for component in 0..x.len() {
            let [x, y, z] = [x, y, z].map(|words| part(words, component));
            words.push(self.emitter.ternary(op, x, y, z)?);
        }
        Ok(words.into())
    }

    fn dot(&mut self, x: &[Operand], y: &[Operand]) -> Checked<Words> {
        let products = self.pairs(Binary::Mul, x, y)?;
        let mut sum = products[0];
        for product in &products[1..] {
            sum = self.emitter.binary(Binary::Add, sum, *product)?;
        }
        Ok([sum].into())
    }

    fn pack(&mut self, op: Quaternary, x: &[Operand]) -> Checked<Words> {
        Ok([self.emitter.quaternary(op, [x[0], x[1], x[2], x[3]])?].into())
    }

    fn unpack(&mut self, op: Binary, x: Operand) -> Checked<Words> {
        let lanes = [0, 1, 2, 3].map(u32_operand);
        self.each(&lanes, |lowerer, lane| lowerer.emitter.binary(op, x, lane))
    }
}

/// The name of a builtin as WGSL has it.
fn name(function: MathFunction) -> String {
    let name = format!("{function:?}");
    let mut letters = name.chars();
    letters
        .next()
        .map(|first| first.to_ascii_lowercase())
        .into_iter()
        .chain(letters)
        .collect()
}
