//! Random programs that the verifier accepts: every operation, branches, loops, local arrays, all widths.

use super::{corners::Operation, Case, Random};
use crate::{
    builder::ProgramBuilder, Bound, BufferId, Constant, ConvShape, Kernel, Local, Statement, Type, Unary,
    Value, Word,
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
    let words_of_job: Vec<Word> = (0..2).map(|_| program.param(PARAM_MAXIMUM)).collect();
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
    if random.one_in(3) {
        let shape = conv_shape(&mut random);
        if let Some(sizes) = shape.sizes() {
            let mut operand = |words: u64| {
                let words = u32::try_from(words).unwrap_or(0);
                inputs.push((0..words).map(|_| random.corner()).collect());
                program.input(words)
            };
            let (input, weights) = (operand(sizes.input_words), operand(sizes.weight_words));
            let out = program.conv2d(input, weights, shape);
            program.output(out);
            ids.push(out);
        }
    }
    for _ in 0..=random.below(2) {
        let words = random.below(150).saturating_add(1).saturating_mul(4);
        let out = map(&mut program, &mut random, &ids, &words_of_job, words);
        program.output(out);
        ids.push(out);
    }
    if random.one_in(2) {
        for out in repeat(&mut program, &mut random, &ids, &words_of_job, 0) {
            program.output(out);
        }
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

/// A step that runs a random kernel over some of the buffers.
fn map(
    program: &mut ProgramBuilder,
    random: &mut Random,
    ids: &[BufferId],
    job: &[Word],
    words: u32,
) -> BufferId {
    let fits = |kernel: &Kernel| {
        let width = u32::try_from(kernel.width()).unwrap_or(1);
        words.checked_rem(width) == Some(0)
    };
    let kernel = core::iter::repeat_with(|| kernel(random)).find(fits);
    let Some(kernel) = kernel else {
        return BufferId(0);
    };
    let reads: Vec<BufferId> = (0..kernel.inputs)
        .map(|_| random.pick(ids).unwrap_or(BufferId(0)))
        .collect();
    let passed: Vec<Word> = kernel
        .params
        .iter()
        .map(|_| match random.pick(job) {
            Some(word) if !random.one_in(4) => word,
            _ => Word::Constant(random.below(PARAM_MAXIMUM)),
        })
        .collect();
    program.map(&kernel, &reads, &passed, words)
}

/// A `Repeat` that carries one or two buffers, sometimes with another inside.
fn repeat(
    program: &mut ProgramBuilder,
    random: &mut Random,
    ids: &[BufferId],
    job: &[Word],
    depth: u32,
) -> Vec<BufferId> {
    let initial: Vec<BufferId> = (0..=random.below(2)).filter_map(|_| random.pick(ids)).collect();
    let times = random.below(4).saturating_add(1);
    program.repeat(times, &initial, |program, states| {
        let mut ids: Vec<BufferId> = ids.iter().chain(states).copied().collect();
        if depth < 2 && random.one_in(3) {
            let inner = repeat(program, random, &ids, job, depth.saturating_add(1));
            ids.extend(inner);
        }
        let lengths: Vec<u32> = states.iter().map(|state| program.words(*state)).collect();
        let mut next = Vec::new();
        for words in lengths {
            let out = map(program, random, &ids, job, words);
            ids.push(out);
            next.push(out);
        }
        next
    })
}

/// A small convolution of any kind: padded, strided, dilated, grouped, depthwise.
fn conv_shape(random: &mut Random) -> ConvShape {
    let mut up_to = |most: u32| random.below(most).saturating_add(1);
    let groups = [1, 1, 2, 4]
        .get(usize::try_from(up_to(4)).unwrap_or(1).saturating_sub(1))
        .copied()
        .unwrap_or(1);
    let channels = up_to(3).saturating_mul(4);
    // As many groups as channels is depthwise.
    let groups = if up_to(3) == 1 { channels } else { groups };
    let kernel = [up_to(3), up_to(3)];
    let dilation = [up_to(2), up_to(2)];
    let reach = |taps: u32, dilation: u32| taps.saturating_sub(1).saturating_mul(dilation).saturating_add(1);
    ConvShape {
        batch: up_to(2),
        height: reach(kernel[0], dilation[0]).saturating_add(up_to(5)),
        width: reach(kernel[1], dilation[1]).saturating_add(up_to(5)),
        channels,
        out_channels: groups.saturating_mul(up_to(3)),
        kernel,
        stride: [up_to(3), up_to(3)],
        dilation,
        padding: [(); 4].map(|()| up_to(3).saturating_sub(1)),
        groups,
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
