//! Random programs that the verifier accepts: every operation, branches, loops, local arrays, all widths.

use super::{corners::Operation, Case, Random};
use crate::{
    builder::ProgramBuilder, Bound, BufferId, Constant, Kernel, Local, Statement, Type, Unary, Value, Word,
};

const TYPES: [Type; 3] = [Type::U32, Type::I32, Type::Bool];
/// Registers of each type, so that every operand has one to name.
const REGISTERS_PER_TYPE: usize = 5;
const CONSTANTS_PER_TYPE: usize = 4;
const PARAM_MAXIMUM: u32 = 6;

/// The program, inputs and parameter words of a seed.
///
/// # Panics
/// If the generator breaks a rule of the language, which is a defect of the generator.
#[allow(clippy::panic)]
pub fn generate(seed: u64) -> Case {
    let mut random = Random::new(seed);
    let mut program = ProgramBuilder::new();
    let mut inputs = Vec::new();
    let mut ids: Vec<BufferId> = Vec::new();
    for _ in 0..=random.below(3) {
        let words = random.below(200).saturating_add(1);
        ids.push(program.input(words));
        inputs.push((0..words).map(|_| random.corner()).collect::<Vec<u32>>());
    }
    let words: Vec<Word> = (0..2).map(|_| program.param(PARAM_MAXIMUM)).collect();
    let params = vec![random.below(PARAM_MAXIMUM.saturating_add(1)), random.below(3)];

    if random.one_in(3) {
        let (m, n) = (
            random.below(9).saturating_add(1),
            random.below(9).saturating_add(1),
        );
        let k = random.below(16).saturating_add(1).saturating_mul(4);
        let mut operand = |rows: u32| {
            let words = rows.saturating_mul(k / 4);
            inputs.push((0..words).map(|_| random.corner()).collect());
            program.input(words)
        };
        let (a, b) = (operand(m), operand(n));
        let product = program.matmul(a, b, m, n, k);
        program.output(product);
        ids.push(product);
    }
    for _ in 0..=random.below(2) {
        let kernel = kernel(&mut random);
        let reads: Vec<BufferId> = (0..kernel.inputs)
            .map(|_| random.pick(&ids).unwrap_or(BufferId(0)))
            .collect();
        let passed: Vec<Word> = kernel
            .params
            .iter()
            .map(|_| match random.pick(&words) {
                Some(word) if !random.one_in(4) => word,
                _ => Word::Constant(random.below(PARAM_MAXIMUM)),
            })
            .collect();
        let width = u32::try_from(kernel.width()).unwrap_or(1);
        let out = program.map(
            &kernel,
            &reads,
            &passed,
            random.below(150).saturating_add(1).saturating_mul(width),
        );
        program.output(out);
        ids.push(out);
    }
    match program.build() {
        Ok(program) => Case {
            name: format!("seed {seed}"),
            program,
            inputs,
            params,
        },
        Err(rejection) => panic!("seed {seed} breaks a rule: {rejection}"),
    }
}

/// A random kernel.
pub fn kernel(random: &mut Random) -> Kernel {
    let mut constants = Vec::new();
    for _ in 0..CONSTANTS_PER_TYPE {
        constants.push(Constant::U32(random.corner()));
        constants.push(Constant::I32(random.corner().cast_signed()));
        constants.push(Constant::Bool(random.one_in(2)));
    }
    let mut registers: Vec<Type> = (0..REGISTERS_PER_TYPE).flat_map(|_| TYPES).collect();
    // Counters, one per level of loops, which nothing else assigns.
    let counters = registers.len()..registers.len().saturating_add(3);
    registers.extend([Type::U32; 3]);
    let mut kernel = Kernel {
        inputs: u8::try_from(random.below(3)).unwrap_or(0),
        params: vec![PARAM_MAXIMUM; usize::try_from(random.below(3)).unwrap_or(0)],
        constants,
        registers,
        locals: (0..random.below(3))
            .map(|_| u16::try_from(random.below(12).saturating_add(1)).unwrap_or(1))
            .collect(),
        code: Vec::new(),
        result: Vec::new(),
    };
    let mut writer = Writer {
        random,
        kernel: &kernel,
        counters,
    };
    let statements = writer.random.below(18).saturating_add(4);
    let code = writer.block(statements, 0, 0);
    let width = writer.random.pick(&[1, 2, 4]).unwrap_or(1);
    let result = (0..width)
        .map(|_| {
            let type_ = if writer.random.one_in(2) {
                Type::U32
            } else {
                Type::I32
            };
            writer.operand(type_)
        })
        .collect();
    kernel.code = code;
    kernel.result = result;
    kernel
}

struct Writer<'a> {
    random: &'a mut Random,
    kernel: &'a Kernel,
    counters: std::ops::Range<usize>,
}

impl Writer<'_> {
    fn block(&mut self, statements: u32, depth: u32, loops: usize) -> Vec<Statement> {
        let mut block = Vec::new();
        for _ in 0..statements {
            block.extend(self.statement(depth, loops));
        }
        if loops > 0 && self.random.one_in(6) {
            block.push(Statement::Break);
        }
        block
    }

    fn statement(&mut self, depth: u32, loops: usize) -> Option<Statement> {
        let inner = self.random.below(5);
        match self.random.below(12) {
            0 if depth < 4 => Some(Statement::If {
                condition: self.operand(Type::Bool),
                then: self.block(inner, depth.saturating_add(1), loops),
                otherwise: self.block(inner / 2, depth.saturating_add(1), loops),
            }),
            1 if loops < self.counters.len() => {
                let counter = self.register(self.counters.start.saturating_add(loops));
                let bound = match u8::try_from(self.kernel.params.len()) {
                    Ok(params @ 1..) if self.random.one_in(2) => {
                        let param = self.random.below(u32::from(params));
                        Bound::Parameter(u8::try_from(param).unwrap_or(0))
                    }
                    _ => Bound::Constant(self.random.below(6)),
                };
                let body = self.block(inner, depth.saturating_add(1), loops.saturating_add(1));
                Some(Statement::Loop { counter, bound, body })
            }
            2 | 3 if self.kernel.inputs > 0 => Some(Statement::Load {
                out: self.target(Type::U32),
                input: u8::try_from(self.random.below(u32::from(self.kernel.inputs))).unwrap_or(0),
                at: self.operand(Type::U32),
            }),
            4 => Some(Statement::ReadLocal {
                local: self.local()?,
                out: self.target(Type::U32),
                at: self.operand(Type::U32),
            }),
            5 => Some(Statement::WriteLocal {
                local: self.local()?,
                at: self.operand(Type::U32),
                x: self.operand(Type::U32),
            }),
            6 => {
                let type_ = self.random.pick(&TYPES)?;
                let (out, x) = (self.target(type_), self.operand(type_));
                Some(Statement::Unary {
                    op: Unary::Copy,
                    out,
                    x,
                })
            }
            _ => self.operation(),
        }
    }

    fn operation(&mut self) -> Option<Statement> {
        let all: Vec<Operation> = Operation::all().collect();
        let operation = self.random.pick(&all)?;
        let (types, out) = TYPES
            .into_iter()
            .cycle()
            .skip(usize::try_from(self.random.below(3)).ok()?)
            .take(3)
            .find_map(|type_| operation.types(type_))?;
        let args: Vec<Value> = types.into_iter().map(|type_| self.operand(type_)).collect();
        operation.statement(self.target(out), &args)
    }

    /// Any value of the type, constants and counters included.
    fn operand(&mut self, type_: Type) -> Value {
        let all: Vec<Value> = (0..=u16::MAX)
            .map(Value)
            .take_while(|value| self.kernel.type_of(*value).is_some())
            .collect();
        let fit: Vec<Value> = all
            .into_iter()
            .filter(|value| self.kernel.type_of(*value) == Some(type_))
            .collect();
        self.random.pick(&fit).unwrap_or(Value(0))
    }

    /// Any register of the type but the counters.
    fn target(&mut self, type_: Type) -> Value {
        let fit: Vec<usize> = (0..self.counters.start)
            .filter(|register| self.kernel.registers.get(*register) == Some(&type_))
            .collect();
        let register = self.random.pick(&fit).unwrap_or(0);
        self.register(register)
    }

    fn register(&self, number: usize) -> Value {
        let before = self
            .kernel
            .params
            .len()
            .saturating_add(self.kernel.constants.len());
        Value(u16::try_from(before.saturating_add(number).saturating_add(1)).unwrap_or(u16::MAX))
    }

    fn local(&mut self) -> Option<Local> {
        let count = u32::try_from(self.kernel.locals.len())
            .ok()
            .filter(|count| *count > 0)?;
        Some(Local(u8::try_from(self.random.below(count)).ok()?))
    }
}
