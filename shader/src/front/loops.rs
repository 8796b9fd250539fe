//! Loops, and the proof that they end.
//!
//! A loop ends when some check on every round leaves it, unless a value lies on one side of a limit, and the value
//! moves towards the limit by a constant on every round. The least and the greatest values that the checked
//! operands can have then bound the rounds.

use edgeproof_kernel::{Binary, Bound, Type, Unary};
use naga::{Block, Expression, Handle};

use super::{
    diagnostics::{Checked, Place},
    emitter::{bool_operand, Fact},
    ir::{breaks, each_assigned, Instruction, Op, Operand, Operation, Reg, COPY},
    lowerer::{Lowerer, Region},
    range::Range,
    ways::{self, Ways},
    Refusal,
};

/// What is known of the variables of a loop before its first round.
type Start = Vec<(Reg, Range, u32)>;

/// A variable that moves by the same amount on every round.
#[derive(Clone, Copy, Debug)]
struct Induction {
    variable: Reg,
    start: Range,
    step: i64,
    /// Its version as a round starts.
    version: u32,
    /// Where in the body it moves.
    at: usize,
}

/// A check that leaves the loop, and what it proves.
#[derive(Clone, Copy, Debug)]
struct Proof {
    bound: Bound,
    /// The check, if the bound alone leaves the loop at the very same round.
    exact: Option<usize>,
    induction: Induction,
    /// Parameter without a maximum that bounds the loop.
    unlimited: Option<u8>,
}

impl Lowerer<'_> {
    /// Lowers a loop; the ways out of it.
    pub fn repeat(
        &mut self,
        body: &Block,
        continuing: &Block,
        break_if: Option<Handle<Expression>>,
        place: Place,
    ) -> Checked<Ways> {
        let ways = ways::of_loop(body, continuing, break_if.is_some());
        let assigned = self.assigned_in(&[body, continuing]);
        let ranges: Vec<(Reg, Range)> = assigned
            .iter()
            .map(|register| (*register, self.emitter.range(Operand::Register(*register))))
            .collect();
        let mark = self.emitter.mark();
        let outer = self.emitter.enter()?;
        self.emitter.forget(&assigned);
        let start: Start = ranges
            .into_iter()
            .map(|(register, range)| (register, range, self.emitter.version(register)))
            .collect();
        self.round(body, continuing, break_if)?;
        let mut code = self.emitter.leave(outer);
        self.emitter.after_loop(mark, &assigned);
        self.emitter.place = place;

        let Some(proof) = self.prove(&code, &start) else {
            return self.emitter.refuse(Refusal::UnboundedLoop);
        };
        if let Some(param) = proof.unlimited {
            let name = self.interface.params[usize::from(param)].name.clone();
            return self.emitter.refuse(Refusal::NoMaximum(name));
        }
        let counter = self.emitter.flag(Type::U32);
        let behind = self.simplify(&mut code, &proof, counter);
        self.emitter.push(Instruction::Loop {
            counter,
            bound: proof.bound,
            body: code,
        })?;
        if let Some(behind) = behind {
            self.emitter.push(behind)?;
        }
        Ok(ways)
    }

    fn round(
        &mut self,
        body: &Block,
        continuing: &Block,
        break_if: Option<Handle<Expression>>,
    ) -> Checked<()> {
        let continued = self.emitter.flag(Type::Bool);
        self.emitter.assign(continued, bool_operand(false))?;
        self.emitter.loops += 1;
        self.frame().loops += 1;
        let regions = self.frame().regions.len();
        self.frame().regions.push(Region::Body(continued));
        let mark = self.emitter.mark();
        let falls = self.block(body)?;
        self.emitter.meet(mark);
        if falls || !matches!(self.emitter.written().last(), Some(Instruction::Break)) {
            self.block(continuing)?;
            if let Some(condition) = break_if {
                let condition = self.word(condition)?;
                match condition.constant() {
                    Some(known) if known.bits() == 0 => {}
                    Some(_) => self.emitter.push(Instruction::Break)?,
                    None => self.break_if(condition)?,
                }
            }
        }
        self.frame().regions.truncate(regions);
        self.frame().loops -= 1;
        self.emitter.loops -= 1;
        Ok(())
    }

    /// The best proof that a body is left.
    fn prove(&self, body: &[Instruction], start: &Start) -> Option<Proof> {
        if breaks(body) {
            // Left in its first round.
            let nothing = Induction {
                variable: Reg::MAX,
                start: Range::new(0, 0),
                step: 0,
                version: 0,
                at: 0,
            };
            return Some(Proof {
                bound: Bound::Constant(1),
                exact: None,
                induction: nothing,
                unlimited: None,
            });
        }
        let inductions = self.inductions(body, start);
        let mut best: Option<(u64, Proof)> = None;
        let mut effects = false;
        for (at, instruction) in body.iter().enumerate() {
            if let Instruction::If {
                condition,
                then,
                otherwise,
            } = instruction
            {
                let stays = match (leaves(then), leaves(otherwise)) {
                    (true, false) => Some(false),
                    (false, true) => Some(true),
                    _ => None,
                };
                let facts = stays
                    .map(|truth| self.emitter.facts(*condition, truth))
                    .unwrap_or_default();
                let alone = self.emitter.is_comparison(*condition);
                for fact in facts {
                    let check = Check {
                        at,
                        alone,
                        effects,
                        fact,
                    };
                    let Some((rounds, proof)) = self.bound(&inductions, &check) else {
                        continue;
                    };
                    if best.as_ref().is_none_or(|(least, _)| rounds < *least) {
                        best = Some((rounds, proof));
                    }
                }
            }
            effects |= self.has_effect(instruction, start);
        }
        best.map(|(_, proof)| proof)
    }

    /// Variables that move by a constant on every round.
    fn inductions(&self, body: &[Instruction], start: &Start) -> Vec<Induction> {
        let mut assignments = std::collections::HashMap::new();
        each_assigned(body, &mut |register| {
            *assignments.entry(register).or_insert(0u32) += 1
        });
        let mut inductions = Vec::new();
        for (at, instruction) in body.iter().enumerate() {
            let Instruction::Compute { out, operation } = instruction else {
                continue;
            };
            let Some((variable, range, version)) = start.iter().find(|(variable, ..)| variable == out) else {
                continue;
            };
            if assignments.get(variable) != Some(&1) || operation.op != COPY {
                continue;
            }
            if let Some(step) = self.step(operation.operands()[0], *variable, *version) {
                let induction = Induction {
                    variable: *variable,
                    start: *range,
                    step,
                    version: *version,
                    at,
                };
                inductions.push(induction);
            }
        }
        inductions
    }

    /// By how much the operand is ahead of the variable at the start of the round.
    fn step(&self, operand: Operand, variable: Reg, version: u32) -> Option<i64> {
        let definition = self.emitter.definition(operand)?;
        match (definition.operation.op, definition.operation.operands()) {
            (COPY, [Operand::Register(of)]) if *of == variable && definition.version == version => Some(0),
            (Op::Binary(Binary::Add), [x, y]) => {
                let (x, by) = if y.constant().is_some() { (x, y) } else { (y, x) };
                Some(self.step(*x, variable, version)?.checked_add(signed(*by)?)?)
            }
            (Op::Binary(Binary::Sub), [x, y]) => {
                Some(self.step(*x, variable, version)?.checked_sub(signed(*y)?)?)
            }
            (Op::Unary(Unary::AsU32 | Unary::AsI32), _) => None,
            _ => None,
        }
        .filter(|step| step.abs() <= i64::from(u32::MAX))
    }

    fn bound(&self, inductions: &[Induction], check: &Check) -> Option<(u64, Proof)> {
        let (x, y, relation) = match check.fact {
            Fact::Less { x, y } => (x, y, Relation::Less),
            Fact::LessOrEqual { x, y } => (x, y, Relation::LessOrEqual),
            Fact::Different { x, y } => (x, y, Relation::Different),
            Fact::Equal { .. } => return None,
        };
        let sides = [(x, y, relation), (y, x, relation.mirrored())];
        sides.into_iter().find_map(|(value, limit, relation)| {
            let (induction, ahead) = inductions.iter().find_map(|induction| {
                let ahead = self.step(value, induction.variable, induction.version)?;
                (ahead == 0 || ahead == induction.step).then_some((induction, ahead))
            })?;
            self.rounds(*induction, ahead, limit, relation, check)
        })
    }

    fn rounds(
        &self,
        induction: Induction,
        ahead: i64,
        limit: Operand,
        relation: Relation,
        check: &Check,
    ) -> Option<(u64, Proof)> {
        let all = Range::of(self.emitter.type_of(Operand::Register(induction.variable)));
        let range = self.emitter.range_at_definition(limit);
        let first = Range::new(induction.start.low + ahead, induction.start.high + ahead);
        let step = induction.step;
        if ahead != 0 && (first.low < all.low || first.high > all.high) {
            return None;
        }
        let passes = match (relation, step > 0) {
            (_, _) if step == 0 => return None,
            (Relation::Less, true) => up(first, range.high, step, all)?,
            (Relation::LessOrEqual, true) => up(first, range.high + 1, step, all)?,
            (Relation::Greater, false) => down(first, range.low, -step, all)?,
            (Relation::GreaterOrEqual, false) => down(first, range.low - 1, -step, all)?,
            (Relation::Different, true) if step == 1 && first.high <= range.low => range.high - first.low,
            (Relation::Different, false) if step == -1 && first.low >= range.high => first.high - range.low,
            (Relation::Different, _) => {
                let (start, end) = (first.exact()?, range.exact()?);
                let distance = end - start;
                if distance % step != 0 || distance / step < 0 {
                    return None;
                }
                distance / step
            }
            _ => return None,
        };
        let passes = u64::try_from(passes.max(0)).ok()?;
        // What stands before the check runs once more.
        let rounds = if check.effects || ahead != 0 {
            passes + 1
        } else {
            passes
        };
        let is_exact = check.alone && rounds == passes && first.exact().is_some();
        let is_param = is_exact && step == 1 && first.low == 0 && relation == Relation::Less;
        let param = self.param_of(limit);
        let unlimited = self.param_behind(limit).filter(|param| {
            self.interface.params[usize::from(*param)].maximum == u32::MAX
                && passes > edgeproof_kernel::limits::OPERATIONS
        });
        let (bound, exact) = match param {
            Some(param) if is_param => (Bound::Parameter(param), true),
            _ => (
                Bound::Constant(u32::try_from(rounds).unwrap_or(u32::MAX)),
                is_exact && range.exact().is_some(),
            ),
        };
        let exact = exact.then_some(check.at);
        Some((
            rounds,
            Proof {
                bound,
                exact,
                induction,
                unlimited,
            },
        ))
    }

    /// The parameter whose number an operand is.
    fn param_of(&self, operand: Operand) -> Option<u8> {
        let param = self.param_behind(operand)?;
        let is_same = matches!(operand, Operand::Param(_))
            || self.emitter.range(Operand::Param(param)).high <= i64::from(i32::MAX);
        is_same.then_some(param)
    }

    /// The parameter whose bits an operand has.
    fn param_behind(&self, operand: Operand) -> Option<u8> {
        if let Operand::Param(param) = operand {
            return Some(param);
        }
        let definition = self.emitter.definition(operand)?;
        match (definition.operation.op, definition.operation.operands()) {
            (Op::Unary(Unary::AsI32), [Operand::Param(param)]) => Some(*param),
            _ => None,
        }
    }

    /// Whether something of an instruction outlasts the round.
    fn has_effect(&self, instruction: &Instruction, start: &Start) -> bool {
        match instruction {
            Instruction::Compute { out, .. } => {
                start.iter().any(|(variable, ..)| variable == out) && !self.nameless.contains(out)
            }
            Instruction::Load { .. } | Instruction::ReadLocal { .. } => false,
            Instruction::If { then, otherwise, .. } => {
                let only_breaks = |block: &[Instruction]| matches!(block, [] | [Instruction::Break]);
                !(only_breaks(then) && only_breaks(otherwise))
            }
            _ => true,
        }
    }

    /// Leaves to the loop what it does by itself: the check, and counting from 0.
    /// Returns what then stands behind it.
    fn simplify(&self, body: &mut Vec<Instruction>, proof: &Proof, counter: Reg) -> Option<Instruction> {
        let Induction {
            variable,
            start,
            step,
            at,
            ..
        } = proof.induction;
        let counts = step == 1 && start.exact() == Some(0) && at + 1 == body.len();
        if counts {
            body.pop();
        }
        if let Some(check) = proof.exact {
            body.remove(check);
        }
        counts.then(|| {
            let type_ = self.emitter.type_of(Operand::Register(variable));
            let op = if type_ == Type::I32 {
                Op::Unary(Unary::AsI32)
            } else {
                COPY
            };
            let operation = Operation::new(op, &[Operand::Register(counter)]);
            let count = Instruction::Compute {
                out: variable,
                operation,
            };
            body.insert(0, count.clone());
            count
        })
    }
}

struct Check {
    at: usize,
    /// Whether nothing else is checked with it.
    alone: bool,
    /// Whether something happens before it that outlasts the round.
    effects: bool,
    fact: Fact,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Different,
}

impl Relation {
    fn mirrored(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
            Self::Different => Self::Different,
        }
    }
}

/// Values from `first` on that stay below `end`, which must not be passed by wrapping.
fn up(first: Range, end: i64, step: i64, all: Range) -> Option<i64> {
    if end - 1 + step > all.high {
        return None;
    }
    Some((end - first.low + step - 1).div_euclid(step))
}

/// Values from `first` on that stay above `end`, which must not be passed by wrapping.
fn down(first: Range, end: i64, step: i64, all: Range) -> Option<i64> {
    if end + 1 - step < all.low {
        return None;
    }
    Some((first.high - end + step - 1).div_euclid(step))
}

fn signed(operand: Operand) -> Option<i64> {
    // Adding 2^32 - 1 to a u32 is taking 1 away.
    operand
        .constant()
        .map(|constant| i64::from(constant.bits().cast_signed()))
}

fn leaves(block: &[Instruction]) -> bool {
    matches!(block.last(), Some(Instruction::Break))
}
