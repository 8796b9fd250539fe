//! From instructions to a kernel: numbers what is used.

use std::collections::HashMap;

use edgeproof_kernel::{Binary, Constant, Kernel, Local, Statement, Type, Value};

use super::ir::{Instruction, Op, Operand, Operation, Reg, COPY};

/// Numbers of the kernel; values that do not fit are one that no kernel has, and the verifier refuses it.
struct Numbering<'a> {
    types: &'a [Type],
    params: usize,
    constants: Vec<Constant>,
    known_constants: HashMap<(u8, u32), usize>,
    registers: Vec<Type>,
    known_registers: HashMap<Reg, usize>,
    known_locals: HashMap<u8, usize>,
}

pub(super) fn finish(
    mut code: Vec<Instruction>,
    result: &[Operand],
    types: &[Type],
    inputs: usize,
    params: Vec<u32>,
    locals: &[u16],
) -> Kernel {
    drop_zeros(&mut code);
    let mut reads = HashMap::new();
    count_reads(&code, &mut reads);
    straighten(&mut code, &reads);
    let mut read = Vec::new();
    locals_read(&code, &mut read);
    drop_writes(&mut code, &read);
    read.sort_unstable();
    read.dedup();

    let mut numbering = Numbering {
        types,
        params: params.len(),
        constants: Vec::new(),
        known_constants: HashMap::new(),
        registers: Vec::new(),
        known_registers: HashMap::new(),
        known_locals: read
            .iter()
            .enumerate()
            .map(|(number, local)| (*local, number))
            .collect(),
    };
    // Constants are numbered before registers, so they have to be known first.
    numbering.find_constants(&code);
    result.iter().for_each(|operand| numbering.find(*operand));
    let code = numbering.block(&code);
    let result = result.iter().map(|operand| numbering.value(*operand)).collect();
    Kernel {
        inputs: inputs as u8,
        params,
        constants: numbering.constants,
        registers: numbering.registers,
        locals: read.iter().map(|local| locals[usize::from(*local)]).collect(),
        code,
        result,
    }
}

/// Registers start at zero: what says so first is idle.
fn drop_zeros(code: &mut Vec<Instruction>) {
    let mut touched = std::collections::HashSet::new();
    code.retain(|instruction| {
        if let Instruction::Compute { out, operation } = instruction {
            if operation.op == COPY && operation.operands()[0].is(0) && !touched.contains(out) {
                return false;
            }
        }
        touch(instruction, &mut touched);
        true
    });
}

fn touch(instruction: &Instruction, touched: &mut std::collections::HashSet<Reg>) {
    touched.extend(instruction.out());
    instruction
        .blocks()
        .iter()
        .for_each(|block| block.iter().for_each(|inner| touch(inner, touched)));
}

/// `if x < y {} else { .. }` becomes `if y <= x { .. }`, where nothing else reads the condition.
fn straighten(block: &mut [Instruction], reads: &HashMap<Reg, u32>) {
    for at in 0..block.len() {
        block[at]
            .blocks_mut()
            .into_iter()
            .for_each(|inner| straighten(inner, reads));
        let (before, from) = block.split_at_mut(at);
        let Some(Instruction::If {
            condition: Operand::Register(condition),
            then,
            otherwise,
        }) = from.first_mut()
        else {
            continue;
        };
        if !then.is_empty() {
            continue;
        }
        let Some(Instruction::Compute { out, operation }) = before.last_mut() else {
            continue;
        };
        if out != condition || reads.get(out) != Some(&1) {
            continue;
        }
        if let Some(opposite) = opposite(operation) {
            *operation = opposite;
            std::mem::swap(then, otherwise);
        }
    }
}

fn count_reads(block: &[Instruction], reads: &mut HashMap<Reg, u32>) {
    for instruction in block {
        instruction.each_read(&mut |register| *reads.entry(register).or_insert(0) += 1);
        instruction
            .blocks()
            .iter()
            .for_each(|inner| count_reads(inner, reads));
    }
}

fn opposite(operation: &Operation) -> Option<Operation> {
    let [x, y] = operation.operands() else {
        return None;
    };
    Some(match operation.op {
        Op::Binary(Binary::LtU) => Operation::new(Op::Binary(Binary::LeU), &[*y, *x]),
        Op::Binary(Binary::LtI) => Operation::new(Op::Binary(Binary::LeI), &[*y, *x]),
        Op::Binary(Binary::LeU) => Operation::new(Op::Binary(Binary::LtU), &[*y, *x]),
        Op::Binary(Binary::LeI) => Operation::new(Op::Binary(Binary::LtI), &[*y, *x]),
        Op::Binary(Binary::Eq) => Operation::new(Op::Binary(Binary::Ne), &[*x, *y]),
        Op::Binary(Binary::Ne) => Operation::new(Op::Binary(Binary::Eq), &[*x, *y]),
        _ => return None,
    })
}

fn locals_read(block: &[Instruction], read: &mut Vec<u8>) {
    for instruction in block {
        if let Instruction::ReadLocal { local, .. } = instruction {
            read.push(*local);
        }
        instruction
            .blocks()
            .iter()
            .for_each(|block| locals_read(block, read));
    }
}

fn drop_writes(block: &mut Vec<Instruction>, read: &[u8]) {
    block.retain(
        |instruction| !matches!(instruction, Instruction::WriteLocal { local, .. } if !read.contains(local)),
    );
    for instruction in block {
        instruction
            .blocks_mut()
            .into_iter()
            .for_each(|inner| drop_writes(inner, read));
    }
}

impl Numbering<'_> {
    fn find_constants(&mut self, block: &[Instruction]) {
        for instruction in block {
            match instruction {
                Instruction::Compute { operation, .. } => {
                    operation
                        .operands()
                        .iter()
                        .for_each(|operand| self.find(*operand));
                }
                Instruction::Load { at, .. } | Instruction::ReadLocal { at, .. } => self.find(*at),
                Instruction::WriteLocal { at, x, .. } => {
                    [at, x].into_iter().for_each(|operand| self.find(*operand))
                }
                Instruction::If { condition, .. } => self.find(*condition),
                Instruction::Loop { .. } | Instruction::Break => {}
            }
            instruction
                .blocks()
                .iter()
                .for_each(|block| self.find_constants(block));
        }
    }

    fn find(&mut self, operand: Operand) {
        if let Operand::Constant(constant) = operand {
            let number = self.constants.len();
            self.known_constants.entry(key(constant)).or_insert_with(|| {
                self.constants.push(constant);
                number
            });
        }
    }

    fn value(&mut self, operand: Operand) -> Value {
        let number = match operand {
            Operand::Index => 0,
            Operand::Param(param) => 1 + usize::from(param),
            Operand::Constant(constant) => {
                1 + self.params
                    + self
                        .known_constants
                        .get(&key(constant))
                        .copied()
                        .unwrap_or(usize::from(u16::MAX))
            }
            Operand::Register(register) => {
                let next = self.registers.len();
                let number = *self.known_registers.entry(register).or_insert_with(|| {
                    self.registers.push(self.types[register as usize]);
                    next
                });
                1 + self.params + self.constants.len() + number
            }
        };
        Value(u16::try_from(number).unwrap_or(u16::MAX))
    }

    fn block(&mut self, block: &[Instruction]) -> Vec<Statement> {
        block
            .iter()
            .map(|instruction| self.statement(instruction))
            .collect()
    }

    fn statement(&mut self, instruction: &Instruction) -> Statement {
        match instruction {
            Instruction::Compute { out, operation } => self.operation(*out, operation),
            Instruction::Load { out, input, at } => {
                let at = self.value(*at);
                Statement::Load {
                    out: self.value(Operand::Register(*out)),
                    input: *input,
                    at,
                }
            }
            Instruction::ReadLocal { out, local, at } => {
                let at = self.value(*at);
                Statement::ReadLocal {
                    out: self.value(Operand::Register(*out)),
                    local: self.local(*local),
                    at,
                }
            }
            Instruction::WriteLocal { local, at, x } => {
                let (at, x) = (self.value(*at), self.value(*x));
                Statement::WriteLocal {
                    local: self.local(*local),
                    at,
                    x,
                }
            }
            Instruction::If {
                condition,
                then,
                otherwise,
            } => Statement::If {
                condition: self.value(*condition),
                then: self.block(then),
                otherwise: self.block(otherwise),
            },
            Instruction::Loop { counter, bound, body } => Statement::Loop {
                counter: self.value(Operand::Register(*counter)),
                bound: *bound,
                body: self.block(body),
            },
            Instruction::Break => Statement::Break,
        }
    }

    fn operation(&mut self, out: Reg, operation: &Operation) -> Statement {
        let mut args = [Value(0); 4];
        for (value, operand) in args.iter_mut().zip(operation.operands()) {
            *value = self.value(*operand);
        }
        let [x, y, z, _] = args;
        let out = self.value(Operand::Register(out));
        match operation.op {
            Op::Unary(op) => Statement::Unary { op, out, x },
            Op::Binary(op) => Statement::Binary { op, out, x, y },
            Op::Ternary(op) => Statement::Ternary {
                op,
                out,
                args: [x, y, z],
            },
            Op::Quaternary(op) => Statement::Quaternary { op, out, args },
        }
    }

    fn local(&self, local: u8) -> Local {
        Local(
            self.known_locals
                .get(&local)
                .and_then(|number| u8::try_from(*number).ok())
                .unwrap_or(u8::MAX),
        )
    }
}

fn key(constant: Constant) -> (u8, u32) {
    (constant.type_() as u8, constant.bits())
}
