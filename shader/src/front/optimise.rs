//! Makes code shorter without changing what it means.
//!
//! Rounds of four passes: operands become what they are copies of, results are computed where they are wanted,
//! small branches become selections, and what nobody reads goes.

use edgeproof_kernel::{Binary, Constant, Ternary, Type, Unary};

use std::collections::HashMap;

use super::{
    emitter::simpler,
    ir::{breaks, each_assigned, Instruction, Op, Operand, Operation, Reg, COPY},
};

/// Marks loads among operations.
const LOAD: u64 = 1 << 32;
const ROUNDS: usize = 4;
/// Instructions between a result and its copy up to which the two are made one.
const WINDOW: usize = 64;

pub(super) fn optimise(code: &mut Vec<Instruction>, types: &[Type], result: &mut [Operand]) {
    for _ in 0..ROUNDS {
        let before = count(code);
        Aliases::new(code, types).run(code, result);
        merge_copies(code, types.len(), result);
        select_branches(code, types);
        Liveness::new(types.len(), result).run(code);
        if count(code) == before {
            break;
        }
    }
}

pub(super) fn count(code: &[Instruction]) -> usize {
    code.iter()
        .map(|instruction| 1 + instruction.blocks().map(count).iter().sum::<usize>())
        .sum()
}

/// Forward: what each register is a copy of, while both keep their values.
struct Aliases<'a> {
    types: &'a [Type],
    /// Assigned by more than one instruction, or by a loop.
    variable: Vec<bool>,
    /// Grows with every assignment that the text passes; never comes back to an earlier number.
    versions: Vec<u32>,
    next_version: u32,
    aliases: Vec<Option<Alias>>,
    /// What has been computed: operation and versions of operands, to the register and its version.
    computed: HashMap<[u64; 5], (Reg, u32)>,
}

#[derive(Clone, Copy)]
struct Alias {
    /// Of the register itself.
    version: u32,
    operand: Operand,
    operand_version: u32,
}

impl<'a> Aliases<'a> {
    fn new(code: &[Instruction], types: &'a [Type]) -> Self {
        let mut assignments = vec![0u32; types.len()];
        each_assigned(code, &mut |register| assignments[register as usize] += 1);
        mark_counters(code, &mut assignments);
        Self {
            types,
            variable: assignments.into_iter().map(|count| count > 1).collect(),
            versions: vec![0; types.len()],
            next_version: 0,
            aliases: vec![None; types.len()],
            computed: HashMap::new(),
        }
    }

    fn run(mut self, code: &mut Vec<Instruction>, result: &mut [Operand]) {
        self.block(code);
        for operand in result {
            *operand = self.resolve(*operand);
        }
    }

    fn version(&self, operand: Operand) -> u32 {
        match operand {
            Operand::Register(register) => self.versions[register as usize],
            _ => 0,
        }
    }

    fn resolve(&self, operand: Operand) -> Operand {
        let Operand::Register(register) = operand else {
            return operand;
        };
        match self.aliases[register as usize] {
            Some(alias)
                if alias.version == self.versions[register as usize]
                    && alias.operand_version == self.version(alias.operand) =>
            {
                alias.operand
            }
            _ => operand,
        }
    }

    fn assign(&mut self, register: Reg) {
        self.next_version += 1;
        self.versions[register as usize] = self.next_version;
    }

    fn alias(&mut self, register: Reg, operand: Operand) {
        self.aliases[register as usize] = Some(Alias {
            version: self.versions[register as usize],
            operand,
            operand_version: self.version(operand),
        });
    }

    fn type_of(&self, operand: Operand) -> Type {
        match operand {
            Operand::Index | Operand::Param(_) => Type::U32,
            Operand::Constant(constant) => constant.type_(),
            Operand::Register(register) => self.types[register as usize],
        }
    }

    fn block(&mut self, block: &mut Vec<Instruction>) {
        let mut kept = Vec::with_capacity(block.len());
        for mut instruction in std::mem::take(block) {
            if breaks(&kept) {
                break;
            }
            for operand in instruction.reads_mut() {
                *operand = self.resolve(*operand);
            }
            match instruction {
                Instruction::Compute { out, operation } => {
                    let operation = self.fold(operation);
                    let key = self.key(operation.op.code(), operation.operands());
                    let copied = (operation.op == COPY).then(|| operation.operands()[0]);
                    self.computes(
                        out,
                        copied,
                        key,
                        Instruction::Compute { out, operation },
                        &mut kept,
                    );
                }
                Instruction::Load { out, input, at } => {
                    let key = self.key(LOAD | u64::from(input), &[at]);
                    self.computes(out, None, key, Instruction::Load { out, input, at }, &mut kept);
                }
                Instruction::If {
                    condition,
                    mut then,
                    mut otherwise,
                } => {
                    if let Some(known) = condition.constant() {
                        let mut taken = if known.bits() == 0 { otherwise } else { then };
                        self.block(&mut taken);
                        kept.append(&mut taken);
                        continue;
                    }
                    let before = self.versions_of(&[&then, &otherwise]);
                    self.block(&mut then);
                    for (register, version) in &before {
                        self.versions[*register as usize] = *version;
                    }
                    self.block(&mut otherwise);
                    before.iter().for_each(|(register, _)| self.assign(*register));
                    kept.push(Instruction::If {
                        condition,
                        then,
                        otherwise,
                    });
                }
                Instruction::Loop {
                    counter,
                    bound,
                    mut body,
                } => {
                    let assigned = self.versions_of(&[&body]);
                    self.assign(counter);
                    assigned.iter().for_each(|(register, _)| self.assign(*register));
                    self.block(&mut body);
                    self.assign(counter);
                    assigned.iter().for_each(|(register, _)| self.assign(*register));
                    kept.push(Instruction::Loop { counter, bound, body });
                }
                other => {
                    if let Some(out) = other.out() {
                        self.assign(out);
                    }
                    kept.push(other);
                }
            }
        }
        *block = kept;
    }

    /// Keeps an instruction that computes, as a copy if the same has been computed.
    fn computes(
        &mut self,
        out: Reg,
        copied: Option<Operand>,
        key: [u64; 5],
        instruction: Instruction,
        kept: &mut Vec<Instruction>,
    ) {
        let copied = match self.computed.get(&key) {
            _ if copied.is_some() => copied,
            Some((same, version)) if self.versions[*same as usize] == *version => {
                Some(Operand::Register(*same))
            }
            _ => None,
        };
        match copied {
            Some(x) if x == Operand::Register(out) => {}
            Some(x) => {
                self.assign(out);
                self.copied(out, x);
                kept.push(Instruction::Compute {
                    out,
                    operation: Operation::new(COPY, &[x]),
                });
            }
            None => {
                self.assign(out);
                self.computed.insert(key, (out, self.versions[out as usize]));
                kept.push(instruction);
            }
        }
    }

    /// An operation on operands as they are now. What loads gives is the same at any time: buffers do not change.
    fn key(&self, code: u64, operands: &[Operand]) -> [u64; 5] {
        let mut key = [code, 0, 0, 0, 0];
        for (slot, operand) in key[1..].iter_mut().zip(operands) {
            *slot = match *operand {
                Operand::Index => 1 << 62,
                Operand::Param(param) => 1 << 63 | u64::from(param),
                Operand::Constant(constant) => {
                    3 << 62 | (constant.type_() as u64) << 32 | u64::from(constant.bits())
                }
                Operand::Register(register) => {
                    u64::from(register) << 32 | u64::from(self.versions[register as usize])
                }
            };
        }
        key
    }

    /// Learns from `out = x`. Of a temporary and a variable, the variable is the one to name.
    fn copied(&mut self, out: Reg, x: Operand) {
        match x {
            Operand::Register(from) if self.variable[out as usize] && !self.variable[from as usize] => {
                self.alias(from, Operand::Register(out));
            }
            _ => self.alias(out, x),
        }
    }

    fn versions_of(&self, blocks: &[&[Instruction]]) -> Vec<(Reg, u32)> {
        let mut assigned = Vec::new();
        for block in blocks {
            each_assigned(block, &mut |register| assigned.push(register));
        }
        assigned.sort_unstable();
        assigned.dedup();
        assigned
            .into_iter()
            .map(|register| (register, self.versions[register as usize]))
            .collect()
    }

    fn fold(&self, operation: Operation) -> Operation {
        let type_ = operation.op.result(self.type_of(operation.operands()[0]));
        if let Some(bits) = operation.value() {
            return Operation::new(COPY, &[Operand::Constant(super::emitter::constant(type_, bits))]);
        }
        match simpler(&operation) {
            Some(operand) => Operation::new(COPY, &[operand]),
            None => operation,
        }
    }
}

/// Counts loop counters as assigned many times.
fn mark_counters(code: &[Instruction], assignments: &mut [u32]) {
    for instruction in code {
        if let Instruction::Loop { counter, .. } = instruction {
            assignments[*counter as usize] += 2;
        }
        instruction
            .blocks()
            .iter()
            .for_each(|block| mark_counters(block, assignments));
    }
}

/// `t = x + y; ..; v = t` becomes `v = x + y; ..` when nothing between reads or assigns `v`, and all that reads `t`
/// stands there.
fn merge_copies(code: &mut Vec<Instruction>, registers: usize, result: &[Operand]) {
    let mut merge = Merge {
        reads: vec![0; registers],
        assignments: vec![0; registers],
    };
    merge.count_reads(code);
    each_assigned(code, &mut |register| merge.assignments[register as usize] += 1);
    mark_counters(code, &mut merge.assignments);
    for operand in result {
        if let Operand::Register(register) = operand {
            merge.reads[*register as usize] += 1;
        }
    }
    merge.block(code);
}

struct Merge {
    reads: Vec<u32>,
    assignments: Vec<u32>,
}

impl Merge {
    fn count_reads(&mut self, block: &[Instruction]) {
        for instruction in block {
            instruction.each_read(&mut |register| self.reads[register as usize] += 1);
            instruction
                .blocks()
                .iter()
                .for_each(|block| self.count_reads(block));
        }
    }

    fn block(&mut self, block: &mut Vec<Instruction>) {
        for instruction in block.iter_mut() {
            instruction
                .blocks_mut()
                .into_iter()
                .for_each(|inner| self.block(inner));
        }
        let mut merged: Vec<Instruction> = Vec::with_capacity(block.len());
        for instruction in block.drain(..) {
            if !self.merge(&instruction, &mut merged) {
                merged.push(instruction);
            }
        }
        *block = merged;
    }

    /// Merges a copy into what computes its source; whether it did.
    fn merge(&self, copy: &Instruction, before: &mut [Instruction]) -> bool {
        let Instruction::Compute { out, operation } = copy else {
            return false;
        };
        let (COPY, [Operand::Register(source)]) = (operation.op, operation.operands()) else {
            return false;
        };
        let (out, source) = (*out, *source);
        if self.assignments[source as usize] != 1 {
            return false;
        }
        let window = before.len().saturating_sub(WINDOW);
        let mut reads = 1;
        for at in (window..before.len()).rev() {
            if before[at].out() == Some(source) {
                if matches!(before[at], Instruction::Loop { .. }) || reads != self.reads[source as usize] {
                    return false;
                }
                if let Some(place) = before[at].out_mut() {
                    *place = out;
                }
                before[at + 1..]
                    .iter_mut()
                    .for_each(|instruction| rename(instruction, source, out));
                return true;
            }
            if touches(&before[at], out) {
                return false;
            }
            reads += reads_of(&before[at], source);
        }
        false
    }
}

fn touches(instruction: &Instruction, register: Reg) -> bool {
    let mut touched = instruction.out() == Some(register);
    instruction.each_read(&mut |read| touched |= read == register);
    touched
        || instruction
            .blocks()
            .iter()
            .any(|block| block.iter().any(|inner| touches(inner, register)))
}

fn reads_of(instruction: &Instruction, register: Reg) -> u32 {
    let mut reads = 0;
    instruction.each_read(&mut |read| reads += u32::from(read == register));
    let inner = instruction
        .blocks()
        .map(|block| block.iter().map(|inner| reads_of(inner, register)).sum::<u32>());
    reads + inner.iter().sum::<u32>()
}

fn rename(instruction: &mut Instruction, from: Reg, to: Reg) {
    for operand in instruction.reads_mut() {
        if *operand == Operand::Register(from) {
            *operand = Operand::Register(to);
        }
    }
    for block in instruction.blocks_mut() {
        block.iter_mut().for_each(|inner| rename(inner, from, to));
    }
}

/// `if c { v = a }` becomes `v = select(v, a, c)`, and the like with two sides.
fn select_branches(block: &mut [Instruction], types: &[Type]) {
    for instruction in block {
        instruction
            .blocks_mut()
            .into_iter()
            .for_each(|inner| select_branches(inner, types));
        let Instruction::If {
            condition,
            then,
            otherwise,
        } = instruction
        else {
            continue;
        };
        let (out, yes, no) = match (copy(then), copy(otherwise)) {
            (Some((out, yes)), Some((same, no))) if out == same => (out, yes, no),
            (Some((out, yes)), None) if otherwise.is_empty() => (out, yes, Operand::Register(out)),
            (None, Some((out, no))) if then.is_empty() => (out, Operand::Register(out), no),
            _ => continue,
        };
        let operation = match (types[out as usize], yes.constant(), no.constant()) {
            (Type::Bool, Some(Constant::Bool(true)), Some(Constant::Bool(false))) => {
                Operation::new(COPY, &[*condition])
            }
            (Type::Bool, Some(Constant::Bool(false)), Some(Constant::Bool(true))) => {
                Operation::new(Op::Unary(Unary::LogicalNot), &[*condition])
            }
            (Type::Bool, Some(Constant::Bool(true)), _) => {
                Operation::new(Op::Binary(Binary::Or), &[*condition, no])
            }
            (Type::Bool, _, Some(Constant::Bool(false))) => {
                Operation::new(Op::Binary(Binary::And), &[*condition, yes])
            }
            _ => Operation::new(Op::Ternary(Ternary::Select), &[no, yes, *condition]),
        };
        *instruction = Instruction::Compute { out, operation };
    }
}

/// The only instruction of a block, if it is a copy.
fn copy(block: &[Instruction]) -> Option<(Reg, Operand)> {
    match block {
        [Instruction::Compute { out, operation }] if operation.op == COPY => {
            Some((*out, operation.operands()[0]))
        }
        _ => None,
    }
}

/// Backward: drops what nobody reads.
struct Liveness {
    live: Bits,
    /// What is read after the innermost loop.
    after_loop: Bits,
}

impl Liveness {
    fn new(registers: usize, result: &[Operand]) -> Self {
        let mut live = Bits::new(registers);
        for operand in result {
            if let Operand::Register(register) = operand {
                live.set(*register, true);
            }
        }
        Self {
            live,
            after_loop: Bits::new(registers),
        }
    }

    fn run(mut self, code: &mut Vec<Instruction>) {
        self.block(code);
    }

    fn block(&mut self, block: &mut Vec<Instruction>) {
        let mut kept = Vec::with_capacity(block.len());
        for mut instruction in block.drain(..).rev() {
            if self.keep(&mut instruction) {
                kept.push(instruction);
            }
        }
        kept.reverse();
        *block = kept;
    }

    fn keep(&mut self, instruction: &mut Instruction) -> bool {
        match instruction {
            Instruction::Compute { out, .. }
            | Instruction::Load { out, .. }
            | Instruction::ReadLocal { out, .. } => {
                if !self.live.get(*out) {
                    return false;
                }
                self.live.set(*out, false);
            }
            Instruction::If { then, otherwise, .. } => {
                let after = self.live.clone();
                self.block(then);
                let at_then = std::mem::replace(&mut self.live, after);
                self.block(otherwise);
                self.live.add(&at_then);
                if then.is_empty() && otherwise.is_empty() {
                    return false;
                }
            }
            Instruction::Loop { counter, body, .. } => {
                let mut read_again = Exposed::new(self.live.len());
                read_again.block(body);
                let outer = std::mem::replace(&mut self.after_loop, self.live.clone());
                let after = self.live.clone();
                self.live.add(&read_again.reads);
                let around = self.live.clone();
                self.block(body);
                self.after_loop = outer;
                if body.is_empty() && !after.get(*counter) {
                    self.live = after;
                    return false;
                }
                // A loop of no round leaves everything as it was.
                self.live.add(&around);
                self.live.set(*counter, false);
            }
            Instruction::Break => self.live = self.after_loop.clone(),
            Instruction::WriteLocal { .. } => {}
        }
        instruction.each_read(&mut |register| self.live.set(register, true));
        true
    }
}

/// Registers that a block may read before it assigns them.
struct Exposed {
    reads: Bits,
    assigned: Bits,
}

impl Exposed {
    fn new(registers: usize) -> Self {
        Self {
            reads: Bits::new(registers),
            assigned: Bits::new(registers),
        }
    }

    fn block(&mut self, block: &[Instruction]) {
        for instruction in block {
            let Self { reads, assigned } = self;
            instruction.each_read(&mut |register| {
                if !assigned.get(register) {
                    reads.set(register, true);
                }
            });
            match instruction {
                Instruction::If { then, otherwise, .. } => {
                    let before = self.assigned.clone();
                    self.block(then);
                    let after_then = std::mem::replace(&mut self.assigned, before);
                    self.block(otherwise);
                    match (breaks(then), breaks(otherwise)) {
                        (_, true) => self.assigned = after_then,
                        (true, _) => {}
                        _ => self.assigned.keep_common(&after_then),
                    }
                }
                Instruction::Loop { counter, body, .. } => {
                    self.assigned.set(*counter, true);
                    let before = self.assigned.clone();
                    self.block(body);
                    self.assigned = before;
                }
                other => {
                    if let Some(out) = other.out() {
                        self.assigned.set(out, true);
                    }
                }
            }
        }
    }
}

/// A set of registers.
#[derive(Clone)]
struct Bits(Vec<u64>);

impl Bits {
    fn new(registers: usize) -> Self {
        Self(vec![0; registers.div_ceil(64)])
    }

    fn len(&self) -> usize {
        self.0.len() * 64
    }

    fn get(&self, register: Reg) -> bool {
        self.0[register as usize / 64] >> (register % 64) & 1 == 1
    }

    fn set(&mut self, register: Reg, value: bool) {
        let bit = 1u64 << (register % 64);
        let word = &mut self.0[register as usize / 64];
        *word = if value { *word | bit } else { *word & !bit };
    }

    fn add(&mut self, other: &Self) {
        self.0
            .iter_mut()
            .zip(&other.0)
            .for_each(|(word, other)| *word |= other);
    }

    fn keep_common(&mut self, other: &Self) {
        self.0
            .iter_mut()
            .zip(&other.0)
            .for_each(|(word, other)| *word &= other);
    }
}
