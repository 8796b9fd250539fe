//! Writes instructions, and keeps what is known of the values that they compute.

use std::rc::Rc;

use edgeproof_kernel::{limits, Binary, Constant, Quaternary, Ternary, Type, Unary};

use super::{
    diagnostics::{Checked, Place, Report},
    ir::{breaks, Instruction, Op, Operand, Operation, Reg, COPY},
    range::{self, Range},
    Refusal,
};

/// Instructions written for one kernel, before any is found to be idle.
pub(super) const INSTRUCTIONS: usize = 200_000;

/// What is known of a register at the point that is being written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Knowledge {
    range: Range,
    /// Of a variable: what it was assigned last, which no later assignment changes.
    value: Option<Operand>,
}

/// How a register that is computed once is computed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Definition {
    pub operation: Operation,
    /// Of a copied variable: how often it had been assigned.
    pub version: u32,
}

#[derive(Debug)]
struct Register {
    type_: Type,
    now: Knowledge,
    /// For registers that are computed once: the range where they are.
    at_definition: Range,
    definition: Option<Definition>,
    /// How often it has been assigned, as far as the text has come.
    version: u32,
    /// Whether its value is followed through the text.
    followed: bool,
}

/// What holds when a condition does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    Less { x: Operand, y: Operand },
    LessOrEqual { x: Operand, y: Operand },
    Equal { x: Operand, y: Operand },
    Different { x: Operand, y: Operand },
}

#[derive(Debug, Default)]
pub(super) struct Emitter {
    registers: Vec<Register>,
    pub params: Vec<u32>,
    block: Vec<Instruction>,
    /// Instructions that run before the code.
    prologue: Vec<Instruction>,
    in_prologue: bool,
    pub locals: Vec<u16>,
    /// Local arrays that no variable uses any more.
    free: Vec<u8>,
    tables: Vec<(Rc<[Constant]>, u8)>,
    /// What was known before it changed, to go back to.
    trail: Vec<(Reg, Knowledge)>,
    /// Variables in the order in which they were assigned.
    assigned: Vec<Reg>,
    /// Branches of which a side was left with nothing but a flag set.
    left: usize,
    pub loops: usize,
    depth: u32,
    written: usize,
    /// Where the text being lowered stands, for refusals that belong to no expression.
    pub place: Place,
}

impl Emitter {
    pub fn refuse<T>(&self, refusal: Refusal) -> Checked<T> {
        Err(Report::new(refusal, self.place.clone()))
    }

    pub fn type_of(&self, operand: Operand) -> Type {
        match operand {
            Operand::Index | Operand::Param(_) => Type::U32,
            Operand::Constant(constant) => constant.type_(),
            Operand::Register(register) => self.registers[register as usize].type_,
        }
    }

    pub fn range(&self, operand: Operand) -> Range {
        match operand {
            Operand::Register(register) => self.registers[register as usize].now.range,
            other => self.fixed_range(other),
        }
    }

    /// The range that a value has wherever it is computed.
    pub fn range_at_definition(&self, operand: Operand) -> Range {
        match operand {
            Operand::Register(register) => self.registers[register as usize].at_definition,
            other => self.fixed_range(other),
        }
    }

    fn fixed_range(&self, operand: Operand) -> Range {
        match operand {
            Operand::Param(param) => Range::new(
                0,
                i64::from(self.params.get(usize::from(param)).copied().unwrap_or(u32::MAX)),
            ),
            Operand::Constant(constant) => Range::exactly(constant),
            _ => Range::of(Type::U32),
        }
    }

    pub fn definition(&self, operand: Operand) -> Option<Definition> {
        match operand {
            Operand::Register(register) => self.registers[register as usize].definition,
            _ => None,
        }
    }

    pub fn version(&self, register: Reg) -> u32 {
        self.registers[register as usize].version
    }

    pub fn types(&self) -> Vec<Type> {
        self.registers.iter().map(|register| register.type_).collect()
    }

    /// The whole code, once everything is written.
    pub fn finish(&mut self) -> Vec<Instruction> {
        let mut code = std::mem::take(&mut self.prologue);
        code.append(&mut self.block);
        code
    }

    fn register(&mut self, type_: Type, followed: bool) -> Reg {
        let all = Range::of(type_);
        self.registers.push(Register {
            type_,
            now: Knowledge {
                range: all,
                value: None,
            },
            at_definition: all,
            definition: None,
            version: 0,
            followed,
        });
        (self.registers.len() - 1) as Reg
    }

    /// A register for a variable.
    pub fn variable(&mut self, type_: Type) -> Reg {
        self.register(type_, true)
    }

    /// A register whose value nothing can be concluded from.
    pub fn flag(&mut self, type_: Type) -> Reg {
        self.register(type_, false)
    }

    pub fn push(&mut self, instruction: Instruction) -> Checked<()> {
        self.written += 1;
        if self.written > INSTRUCTIONS {
            return self.refuse(Refusal::TooLarge);
        }
        if self.in_prologue {
            self.prologue.push(instruction);
        } else {
            self.block.push(instruction);
        }
        Ok(())
    }

    /// Computes a value, or knows it already.
    pub fn compute(&mut self, op: Op, operands: &[Operand]) -> Checked<Operand> {
        let operation = Operation::new(op, operands);
        let type_ = op.result(self.type_of(operands[0]));
        if let Some(bits) = operation.value() {
            return Ok(Operand::Constant(constant(type_, bits)));
        }
        if let Some(operand) = simpler(&operation) {
            return Ok(operand);
        }
        let ranges: Vec<Range> = operands.iter().map(|operand| self.range(*operand)).collect();
        let range = range::of_operation(op, &ranges, type_);
        if let (Type::Bool, Some(bit)) = (type_, range.exact()) {
            return Ok(Operand::Constant(Constant::Bool(bit != 0)));
        }
        let out = self.temporary(type_, range, operation, 0);
        self.push(Instruction::Compute { out, operation })?;
        Ok(Operand::Register(out))
    }

    pub fn unary(&mut self, op: Unary, x: Operand) -> Checked<Operand> {
        self.compute(Op::Unary(op), &[x])
    }

    pub fn binary(&mut self, op: Binary, x: Operand, y: Operand) -> Checked<Operand> {
        self.compute(Op::Binary(op), &[x, y])
    }

    pub fn ternary(&mut self, op: Ternary, x: Operand, y: Operand, z: Operand) -> Checked<Operand> {
        self.compute(Op::Ternary(op), &[x, y, z])
    }

    pub fn quaternary(&mut self, op: Quaternary, operands: [Operand; 4]) -> Checked<Operand> {
        self.compute(Op::Quaternary(op), &operands)
    }

    fn temporary(&mut self, type_: Type, range: Range, operation: Operation, version: u32) -> Reg {
        let out = self.register(type_, true);
        let register = &mut self.registers[out as usize];
        register.now.range = range;
        register.at_definition = range;
        register.definition = Some(Definition { operation, version });
        out
    }

    /// The value of a variable at this point.
    pub fn read(&mut self, variable: Reg) -> Checked<Operand> {
        let Register {
            type_, now, version, ..
        } = self.registers[variable as usize];
        if let Some(value) = now.value {
            return Ok(value);
        }
        let operation = Operation::new(COPY, &[Operand::Register(variable)]);
        let out = self.temporary(type_, now.range, operation, version);
        self.push(Instruction::Compute { out, operation })?;
        Ok(Operand::Register(out))
    }

    pub fn assign(&mut self, variable: Reg, x: Operand) -> Checked<()> {
        let range = self.range(x);
        self.registers[variable as usize].version += 1;
        if self.registers[variable as usize].followed {
            self.assigned.push(variable);
            self.learn(
                variable,
                Knowledge {
                    range,
                    value: Some(x),
                },
            );
        }
        let operation = Operation::new(COPY, &[x]);
        self.push(Instruction::Compute {
            out: variable,
            operation,
        })
    }

    fn learn(&mut self, register: Reg, knowledge: Knowledge) {
        let now = &mut self.registers[register as usize].now;
        self.trail.push((register, *now));
        *now = knowledge;
    }

    /// Forgets what is known of variables that a loop assigns.
    pub fn forget(&mut self, variables: &[Reg]) {
        self.assigned.extend(variables);
        for variable in variables {
            let range = Range::of(self.registers[*variable as usize].type_);
            self.registers[*variable as usize].version += 1;
            self.learn(*variable, Knowledge { range, value: None });
        }
    }

    pub fn load(&mut self, input: u8, at: Operand) -> Checked<Operand> {
        let out = self.register(Type::U32, true);
        self.push(Instruction::Load { out, input, at })?;
        Ok(Operand::Register(out))
    }

    pub fn read_local(&mut self, local: u8, at: Operand) -> Checked<Operand> {
        let out = self.register(Type::U32, true);
        self.push(Instruction::ReadLocal { out, local, at })?;
        Ok(Operand::Register(out))
    }

    pub fn write_local(&mut self, local: u8, at: Operand, x: Operand) -> Checked<()> {
        self.push(Instruction::WriteLocal { local, at, x })
    }

    /// A local array, and whether it has been used before.
    pub fn local(&mut self, words: u32) -> Checked<(u8, bool)> {
        let fits = self
            .free
            .iter()
            .position(|local| u32::from(self.locals[usize::from(*local)]) == words);
        if let Some(position) = fits {
            return Ok((self.free.remove(position), true));
        }
        let sum = self
            .locals
            .iter()
            .map(|words| u32::from(*words))
            .sum::<u32>()
            .saturating_add(words);
        if sum > limits::LOCAL_WORDS {
            return self.refuse(Refusal::LocalWords(sum));
        }
        if self.locals.len() >= limits::LOCALS {
            return self.refuse(Refusal::TooManyLocals);
        }
        self.locals.push(words as u16);
        Ok(((self.locals.len() - 1) as u8, false))
    }

    /// Lets later variables use a local array.
    pub fn release(&mut self, local: u8) {
        self.free.push(local);
    }

    /// A local array that holds a table of constants from the start.
    pub fn table(&mut self, words: Rc<[Constant]>) -> Checked<u8> {
        if let Some((_, local)) = self.tables.iter().find(|(known, _)| *known == words) {
            return Ok(*local);
        }
        // Fresh, because it is filled before everything else.
        let free = std::mem::take(&mut self.free);
        let (local, _) = self.local(u32::try_from(words.len()).unwrap_or(u32::MAX))?;
        self.free = free;
        self.in_prologue = true;
        for (at, word) in (0u32..).zip(&*words) {
            if word.bits() != 0 {
                self.write_local(local, u32_operand(at), u32_operand(word.bits()))?;
            }
        }
        self.in_prologue = false;
        self.tables.push((words, local));
        Ok(local)
    }

    /// Whether a local array holds a table.
    pub fn is_table(&self, local: u8) -> bool {
        self.tables.iter().any(|(_, table)| *table == local)
    }

    /// Variables that were assigned since the mark, on whatever way.
    pub fn assigned_since(&self, mark: Mark) -> Vec<Reg> {
        let mut assigned = self.assigned[mark.assigned..].to_vec();
        assigned.sort_unstable();
        assigned.dedup();
        assigned
    }

    /// What `write` appends, as a block of its own.
    pub fn nested(&mut self, write: impl FnOnce(&mut Self) -> Checked<()>) -> Checked<Vec<Instruction>> {
        let outer = self.enter()?;
        write(self)?;
        Ok(self.leave(outer))
    }

    /// Starts a block; hand what this returns to [`Self::leave`].
    pub fn enter(&mut self) -> Checked<Vec<Instruction>> {
        if self.depth >= limits::NESTING {
            return self.refuse(Refusal::BlocksTooDeep);
        }
        self.depth += 1;
        Ok(std::mem::take(&mut self.block))
    }

    /// Ends a block and returns it.
    pub fn leave(&mut self, outer: Vec<Instruction>) -> Vec<Instruction> {
        self.depth -= 1;
        std::mem::replace(&mut self.block, outer)
    }

    /// Instructions of the current block.
    pub fn written(&self) -> &[Instruction] {
        &self.block
    }

    /// A point to return to with [`Self::rewind`].
    pub fn mark(&self) -> Mark {
        Mark {
            trail: self.trail.len(),
            assigned: self.assigned.len(),
            left: self.left,
        }
    }

    /// Goes back to what was known at the mark; returns what was known of the registers that changed.
    fn rewind(&mut self, mark: Mark) -> Vec<(Reg, Knowledge)> {
        let mut latest = Vec::new();
        while self.trail.len() > mark.trail {
            if let Some((register, before)) = self.trail.pop() {
                let now = &mut self.registers[register as usize].now;
                latest.push((register, *now));
                *now = before;
            }
        }
        // The first that was popped is the last that was learnt.
        latest.reverse();
        latest
    }

    /// Goes back to what was known before a loop, and forgets the variables that it assigns.
    pub fn after_loop(&mut self, mark: Mark, assigned: &[Reg]) {
        self.rewind(mark);
        self.forget(assigned);
    }

    /// Where the ways out of a region meet: when one of them began inside of a branch, what was learnt since the mark held
    /// on the others only.
    pub fn meet(&mut self, mark: Mark) {
        if self.left > mark.left {
            let assigned = self.assigned_since(mark);
            self.after_loop(mark, &assigned);
        }
    }

    /// Learns what follows from the sides of a branch. Sides that leave teach nothing.
    fn join(&mut self, sides: [(Vec<(Reg, Knowledge)>, bool); 2]) {
        let [(then, then_leaves), (otherwise, otherwise_leaves)] = sides;
        if then_leaves || otherwise_leaves {
            let stays = if then_leaves { otherwise } else { then };
            stays
                .into_iter()
                .for_each(|(register, knowledge)| self.learn(register, knowledge));
            return;
        }
        let last = |side: &[(Reg, Knowledge)]| -> std::collections::BTreeMap<Reg, Knowledge> {
            side.iter().copied().collect()
        };
        let (then, otherwise) = (last(&then), last(&otherwise));
        let changed: std::collections::BTreeSet<Reg> = then.keys().chain(otherwise.keys()).copied().collect();
        for register in changed {
            let now = self.registers[register as usize].now;
            let [a, b] = [&then, &otherwise].map(|side| side.get(&register).copied().unwrap_or(now));
            let value = a.value.filter(|_| a.value == b.value);
            self.learn(
                register,
                Knowledge {
                    range: a.range.join(b.range),
                    value,
                },
            );
        }
    }

    /// Ends one side of a branch.
    pub fn end_side(&mut self, mark: Mark, outer: Vec<Instruction>, falls: bool) -> Side {
        let block = self.leave(outer);
        let learnt = self.rewind(mark);
        let ends = breaks(&block);
        self.left += usize::from(!falls && !ends);
        Side {
            block,
            learnt,
            leaves: !falls || ends,
        }
    }

    pub fn branch(&mut self, condition: Operand, then: Side, otherwise: Side) -> Checked<()> {
        self.push(Instruction::If {
            condition,
            then: then.block,
            otherwise: otherwise.block,
        })?;
        self.join([(then.learnt, then.leaves), (otherwise.learnt, otherwise.leaves)]);
        Ok(())
    }

    /// What follows from a condition being `truth`.
    pub fn facts(&self, condition: Operand, truth: bool) -> Vec<Fact> {
        let mut facts = Vec::new();
        let mut open = vec![(condition, truth)];
        // A condition of many parts is read from its end; what is left out only proves less.
        while let (Some((condition, truth)), true) = (open.pop(), facts.len() < 32) {
            let Some(Definition { operation, .. }) = self.definition(condition) else {
                continue;
            };
            match (operation.op, operation.operands()) {
                (Op::Unary(Unary::LogicalNot), [x]) => open.push((*x, !truth)),
                (Op::Binary(Binary::And), [x, y]) if truth => open.extend([(*x, true), (*y, true)]),
                (Op::Binary(Binary::Or), [x, y]) if !truth => open.extend([(*x, false), (*y, false)]),
                (Op::Binary(op), [x, y]) => facts.extend(fact(op, *x, *y, truth)),
                _ => {}
            }
        }
        facts
    }

    /// Whether a condition says nothing but one comparison.
    pub fn is_comparison(&self, condition: Operand) -> bool {
        let mut condition = condition;
        while let Some(Definition { operation, .. }) = self.definition(condition) {
            match (operation.op, operation.operands()) {
                (Op::Unary(Unary::LogicalNot), [x]) => condition = *x,
                (Op::Binary(op), _) => return !matches!(op, Binary::And | Binary::Or),
                _ => return false,
            }
        }
        false
    }

    /// Narrows what is known by a condition that holds from here on.
    pub fn assume(&mut self, condition: Operand, truth: bool) {
        for fact in self.facts(condition, truth) {
            let (Fact::Less { x, y }
            | Fact::LessOrEqual { x, y }
            | Fact::Equal { x, y }
            | Fact::Different { x, y }) = fact;
            let (a, b) = (self.range(x), self.range(y));
            let (a, b) = match fact {
                Fact::Less { .. } => (
                    a.meet(Range::new(a.low, b.high - 1)),
                    b.meet(Range::new(a.low + 1, b.high)),
                ),
                Fact::LessOrEqual { .. } => (
                    a.meet(Range::new(a.low, b.high)),
                    b.meet(Range::new(a.low, b.high)),
                ),
                Fact::Equal { .. } => (a.meet(b), b.meet(a)),
                Fact::Different { .. } => (without(a, b), without(b, a)),
            };
            self.narrow(x, a);
            self.narrow(y, b);
        }
    }

    fn narrow(&mut self, operand: Operand, range: Range) {
        let Operand::Register(register) = operand else {
            return;
        };
        let now = self.registers[register as usize].now;
        self.learn(register, Knowledge { range, ..now });
        // What holds for a copy holds for the variable, as long as it has not been assigned since.
        if let Some(Definition { operation, version }) = self.definition(operand) {
            if let (COPY, [Operand::Register(variable)]) = (operation.op, operation.operands()) {
                let register = &self.registers[*variable as usize];
                if register.followed && register.version == version {
                    let now = register.now;
                    self.learn(
                        *variable,
                        Knowledge {
                            range: now.range.meet(range),
                            ..now
                        },
                    );
                }
            }
        }
    }
}

/// A place in what was learnt and assigned.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    trail: usize,
    assigned: usize,
    left: usize,
}

/// One side of a branch, and what is known at its end.
#[derive(Debug)]
pub(super) struct Side {
    block: Vec<Instruction>,
    learnt: Vec<(Reg, Knowledge)>,
    leaves: bool,
}

pub(super) fn u32_operand(value: u32) -> Operand {
    Operand::Constant(Constant::U32(value))
}

pub(super) fn bool_operand(value: bool) -> Operand {
    Operand::Constant(Constant::Bool(value))
}

pub(super) fn constant(type_: Type, bits: u32) -> Constant {
    match type_ {
        Type::U32 => Constant::U32(bits),
        Type::I32 => Constant::I32(bits.cast_signed()),
        Type::Bool => Constant::Bool(bits != 0),
    }
}

fn without(range: Range, other: Range) -> Range {
    match other.exact() {
        Some(value) if value == range.low => range.meet(Range::new(range.low + 1, range.high)),
        Some(value) if value == range.high => range.meet(Range::new(range.low, range.high - 1)),
        _ => range,
    }
}

fn fact(op: Binary, x: Operand, y: Operand, truth: bool) -> Option<Fact> {
    Some(match (op, truth) {
        (Binary::LtU | Binary::LtI, true) => Fact::Less { x, y },
        (Binary::LtU | Binary::LtI, false) => Fact::LessOrEqual { x: y, y: x },
        (Binary::LeU | Binary::LeI, true) => Fact::LessOrEqual { x, y },
        (Binary::LeU | Binary::LeI, false) => Fact::Less { x: y, y: x },
        (Binary::Eq, true) | (Binary::Ne, false) => Fact::Equal { x, y },
        (Binary::Ne, true) | (Binary::Eq, false) => Fact::Different { x, y },
        _ => return None,
    })
}

/// An operand or literal that an operation comes down to.
pub(super) fn simpler(operation: &Operation) -> Option<Operand> {
    let zero_of = |operand: Operand| {
        operand
            .constant()
            .map(|constant| self::constant(constant.type_(), 0))
    };
    match (operation.op, operation.operands()) {
        (Op::Binary(Binary::Add | Binary::Or | Binary::Xor), [x, y]) if y.is(0) => Some(*x),
        (Op::Binary(Binary::Add | Binary::Or | Binary::Xor), [x, y]) if x.is(0) => Some(*y),
        (Op::Binary(Binary::Sub | Binary::Shl | Binary::ShrU | Binary::ShrI), [x, y]) if y.is(0) => Some(*x),
        (Op::Binary(Binary::Mul | Binary::DivU | Binary::DivI), [x, y])
            if y.is(1) && y.constant().is_some_and(|one| one.type_() != Type::Bool) =>
        {
            Some(*x)
        }
        (Op::Binary(Binary::Mul), [x, y]) if x.is(1) => Some(*y),
        (Op::Binary(Binary::Mul | Binary::And), [x, y]) if y.is(0) || x.is(0) => {
            let zero = if y.is(0) { zero_of(*y) } else { zero_of(*x) };
            zero.map(Operand::Constant)
        }
        (Op::Binary(Binary::And), [x, y]) if is_all_ones(*y) => Some(*x),
        (Op::Binary(Binary::And), [x, y]) if is_all_ones(*x) => Some(*y),
        (Op::Binary(Binary::And | Binary::Or), [x, y]) if x == y => Some(*x),
        (Op::Ternary(Ternary::Select), [no, yes, condition]) => match condition.constant() {
            Some(condition) => Some(if condition.bits() == 0 { *no } else { *yes }),
            None => (no == yes).then_some(*no),
        },
        _ => None,
    }
}

fn is_all_ones(operand: Operand) -> bool {
    match operand.constant() {
        Some(Constant::Bool(value)) => value,
        Some(constant) => constant.bits() == u32::MAX,
        None => false,
    }
}
