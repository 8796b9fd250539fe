//! Statements: branches, switches and calls.
//!
//! The kernel language has `if`, `loop` and `break`. What leaves a loop becomes a `break`; what leaves something else
//! moves the statements that follow into the other side of the branch, or behind a flag where both sides may fall
//! through.

use std::{collections::HashSet, rc::Rc};

use edgeproof_kernel::{Binary, Bound, Type};
use naga::{Expression, Handle, LocalVariable, Statement, SwitchCase, SwitchValue};

use super::{
    diagnostics::{Checked, RefuseAt},
    emitter::{bool_operand, constant, u32_operand, Side},
    ir::{Instruction, Operand},
    lowerer::{Frame, Lowerer, Region, Returned},
    values::{Storage, Value},
    ways::{self, Ways},
    Refusal,
};

/// Functions that are being inlined into each other at once.
pub(super) const CALLS_DEEP: usize = 64;
/// Cases of a switch that are compared one after the other.
const CHAIN: usize = 6;
/// Early returns up to which the rest of a function moves into the other side.
const RETURNS_NESTED: usize = 6;

/// Statements of a block with their places.
type Items<'a> = [(&'a Statement, naga::Span)];

fn items(block: &naga::Block) -> Vec<(&Statement, naga::Span)> {
    block
        .span_iter()
        .map(|(statement, span)| (statement, *span))
        .collect()
}

/// Statements to lower: the rest of a block, then the rest around it.
#[derive(Clone, Copy)]
struct Rest<'a> {
    items: &'a Items<'a>,
    outer: Option<&'a Rest<'a>>,
}

const NOTHING: Rest<'_> = Rest {
    items: &[],
    outer: None,
};

impl Rest<'_> {
    fn is_empty(&self) -> bool {
        self.items.is_empty() && self.outer.is_none_or(Rest::is_empty)
    }
}

impl<'m> Lowerer<'m> {
    /// Lowers a block; whether what follows it may run.
    pub fn block(&mut self, block: &naga::Block) -> Checked<bool> {
        self.run_then(block, &NOTHING)
    }

    fn run_then(&mut self, block: &naga::Block, rest: &Rest<'_>) -> Checked<bool> {
        self.run(Rest {
            items: &items(block),
            outer: Some(rest),
        })
    }

    fn run(&mut self, mut rest: Rest<'_>) -> Checked<bool> {
        loop {
            let Some(((statement, span), items)) = rest.items.split_first() else {
                match rest.outer {
                    Some(outer) => rest = *outer,
                    None => return Ok(true),
                }
                continue;
            };
            rest.items = items;
            self.work(1)?;
            self.emitter.place = span.to_range().or_else(|| self.emitter.place.take());
            match statement {
                Statement::Emit(range) => {
                    for expression in range.clone() {
                        self.emit(expression)?;
                    }
                }
                Statement::Block(block) => return self.run_then(block, &rest),
                Statement::If {
                    condition,
                    accept,
                    reject,
                } => {
                    if let Some(done) = self.branch(*condition, accept, reject, &rest)? {
                        return Ok(done);
                    }
                }
                Statement::Switch { selector, cases } => {
                    if let Some(done) = self.switch(*selector, cases, &rest)? {
                        return Ok(done);
                    }
                }
                Statement::Loop {
                    body,
                    continuing,
                    break_if,
                } => {
                    let ways = self.repeat(body, continuing, *break_if, span.to_range())?;
                    if let Some(done) = self.after_loop(ways, &rest)? {
                        return Ok(done);
                    }
                }
                Statement::Break => {
                    match self.frame().regions.last() {
                        Some(Region::Switch(left)) => {
                            let left = *left;
                            self.emitter.assign(left, bool_operand(true))?;
                        }
                        _ => self.emitter.push(Instruction::Break)?,
                    }
                    return Ok(false);
                }
                Statement::Continue => {
                    let body = self.frame().regions.iter().rev().find_map(|region| match region {
                        Region::Body(left) => Some(*left),
                        Region::Switch(_) => None,
                    });
                    if let Some(left) = body {
                        self.emitter.assign(left, bool_operand(true))?;
                    }
                    return Ok(false);
                }
                Statement::Return { value } => {
                    self.return_(*value)?;
                    return Ok(false);
                }
                Statement::Store { pointer, value } => {
                    let location = self.location(*pointer)?;
                    let words = self.words(*value)?;
                    let inner = self.pointee(*pointer);
                    self.store(location, &inner, &words)?;
                }
                Statement::Call {
                    function,
                    arguments,
                    result,
                } => {
                    let words = self.call(*function, arguments)?;
                    if let Some(result) = result {
                        self.frame().values[result.index()] = Some(Value::Words(words));
                    }
                }
                other => return self.emitter.refuse(unsupported(other)),
            }
        }
    }

    /// A branch with what follows it, if that has moved into the branch; whether what follows then may run.
    fn branch(
        &mut self,
        condition: Handle<Expression>,
        accept: &naga::Block,
        reject: &naga::Block,
        rest: &Rest<'_>,
    ) -> Checked<Option<bool>> {
        if self.logic(condition, accept, reject)? {
            return Ok(None);
        }
        let condition = self.word(condition)?;
        if let Some(known) = condition.constant() {
            let taken = if known.bits() == 0 { reject } else { accept };
            return self.run_then(taken, rest).map(Some);
        }
        let [a, b] = [accept, reject].map(|block| self.ways(block));
        let soft = (a | b) & self.soft();
        if soft.is_empty() {
            let (then, _) = self.side((condition, true), accept, &NOTHING)?;
            let (otherwise, _) = self.side((condition, false), reject, &NOTHING)?;
            self.emitter.branch(condition, then, otherwise)?;
            return Ok((!(a | b).falls()).then_some(false));
        }
        if a.falls() && b.falls() {
            let (then, _) = self.side((condition, true), accept, &NOTHING)?;
            let (otherwise, _) = self.side((condition, false), reject, &NOTHING)?;
            self.emitter.branch(condition, then, otherwise)?;
            return self.unless_left(soft, rest).map(Some);
        }
        let [after_accept, after_reject] = [a, b].map(|ways| if ways.falls() { rest } else { &NOTHING });
        let (then, x) = self.side((condition, true), accept, after_accept)?;
        let (otherwise, y) = self.side((condition, false), reject, after_reject)?;
        self.emitter.branch(condition, then, otherwise)?;
        Ok(Some(x || y))
    }

    /// One side of a branch, in which the condition is as stated.
    fn side(
        &mut self,
        condition: (Operand, bool),
        block: &naga::Block,
        rest: &Rest<'_>,
    ) -> Checked<(Side, bool)> {
        let mark = self.emitter.mark();
        let outer = self.emitter.enter()?;
        self.emitter.assume(condition.0, condition.1);
        let falls = self.run_then(block, rest)?;
        Ok((self.emitter.end_side(mark, outer, falls), falls))
    }

    /// The rest, where nothing has been left.
    fn unless_left(&mut self, soft: Ways, rest: &Rest<'_>) -> Checked<bool> {
        if rest.is_empty() {
            return Ok(true);
        }
        let left = self.left(soft)?;
        let mark = self.emitter.mark();
        let outer = self.emitter.enter()?;
        let nothing = self.emitter.end_side(mark, outer, true);
        let outer = self.emitter.enter()?;
        let falls = self.run(*rest)?;
        let otherwise = self.emitter.end_side(mark, outer, falls);
        self.emitter.branch(left, nothing, otherwise)?;
        Ok(true)
    }

    /// Whether something has been left.
    fn left(&mut self, soft: Ways) -> Checked<Operand> {
        let frame = self.frame();
        let mut flags = Vec::new();
        if soft.has(Ways::RETURNS) {
            flags.push(frame.returned);
        }
        let innermost = |body: bool| {
            frame.regions.iter().rev().find_map(|region| match region {
                Region::Body(left) if body => Some(*left),
                Region::Switch(left) if !body => Some(*left),
                _ => None,
            })
        };
        flags.extend(innermost(true).filter(|_| soft.has(Ways::CONTINUES)));
        flags.extend(innermost(false).filter(|_| soft.has(Ways::LEAVES)));
        let mut left = bool_operand(false);
        for flag in flags {
            let flag = self.emitter.read(flag)?;
            left = self.emitter.binary(Binary::Or, left, flag)?;
        }
        Ok(left)
    }

    fn ways(&mut self, block: &naga::Block) -> Ways {
        let in_switch = matches!(self.frame().regions.last(), Some(Region::Switch(_)));
        ways::of(block, in_switch)
    }

    /// The ways out that no `break` of the kernel language takes here.
    fn soft(&mut self) -> Ways {
        let soft = Ways::CONTINUES | Ways::LEAVES;
        if self.frame().loops > 0 {
            soft
        } else {
            soft | Ways::RETURNS
        }
    }

    fn after_loop(&mut self, ways: Ways, rest: &Rest<'_>) -> Checked<Option<bool>> {
        if !ways.has(Ways::RETURNS) {
            return Ok((!ways.falls()).then_some(false));
        }
        if self.frame().loops == 0 {
            if !ways.falls() {
                return Ok(Some(false));
            }
            return self.unless_left(Ways::RETURNS, rest).map(Some);
        }
        if !ways.falls() {
            self.emitter.push(Instruction::Break)?;
            return Ok(Some(false));
        }
        let returned = self.left(Ways::RETURNS)?;
        self.break_if(returned)?;
        Ok(None)
    }

    /// `if condition { break; }`
    pub fn break_if(&mut self, condition: Operand) -> Checked<()> {
        let mark = self.emitter.mark();
        let outer = self.emitter.enter()?;
        self.emitter.push(Instruction::Break)?;
        let then = self.emitter.end_side(mark, outer, false);
        let outer = self.emitter.enter()?;
        self.emitter.assume(condition, false);
        let otherwise = self.emitter.end_side(mark, outer, true);
        self.emitter.branch(condition, then, otherwise)
    }

    fn return_(&mut self, value: Option<Handle<Expression>>) -> Checked<()> {
        let words = match value {
            Some(value) => self.words(value)?,
            None => [].into(),
        };
        let frame = self.frame();
        let (returned, loops) = (frame.returned, frame.loops);
        match &mut frame.result {
            Returned::AtEnd(result) => *result = Some(words),
            Returned::Registers(registers) => {
                let registers = registers.clone();
                for (register, word) in registers.iter().zip(&*words) {
                    self.emitter.assign(*register, *word)?;
                }
            }
        }
        self.emitter.assign(returned, bool_operand(true))?;
        if loops > 0 {
            self.emitter.push(Instruction::Break)?;
        }
        Ok(())
    }

    fn switch(
        &mut self,
        selector: Handle<Expression>,
        cases: &[SwitchCase],
        rest: &Rest<'_>,
    ) -> Checked<Option<bool>> {
        let selector = self.word(selector)?;
        let mark = self.emitter.mark();
        let left = self.emitter.flag(Type::Bool);
        self.emitter.assign(left, bool_operand(false))?;
        let outside = self.frame().regions.len();
        self.frame().regions.push(Region::Switch(left));
        let clauses = clauses(cases);
        let ways = clauses
            .iter()
            .fold(Ways::NONE, |ways, clause| ways | ways::of(clause.body, true));
        self.clauses(selector, &clauses)?;
        self.emitter.meet(mark);
        self.frame().regions.truncate(outside);

        let falls = ways.falls() || ways.has(Ways::LEAVES);
        let soft = ways & self.soft() & !Ways::LEAVES;
        if !falls {
            return Ok(Some(false));
        }
        if soft.is_empty() {
            return Ok(None);
        }
        self.unless_left(soft, rest).map(Some)
    }

    /// Runs the clause that the selector names. The last one runs for whatever is left.
    fn clauses(&mut self, selector: Operand, clauses: &[Clause<'_>]) -> Checked<bool> {
        let (first, others) = match clauses {
            [] => return Ok(true),
            [last] => return self.block(last.body),
            [first, others @ ..] if clauses.len() <= CHAIN => (std::slice::from_ref(first), others),
            _ => clauses.split_at(clauses.len() / 2),
        };
        let mut chosen = bool_operand(false);
        for value in first.iter().flat_map(|clause| &clause.values) {
            let value = Operand::Constant(constant(self.emitter.type_of(selector), *value));
            let is_this = self.emitter.binary(Binary::Eq, selector, value)?;
            chosen = self.emitter.binary(Binary::Or, chosen, is_this)?;
        }
        if let Some(known) = chosen.constant() {
            return self.clauses(selector, if known.bits() == 0 { others } else { first });
        }
        let mut sides = Vec::new();
        for (clauses, truth) in [(first, true), (others, false)] {
            let mark = self.emitter.mark();
            let outer = self.emitter.enter()?;
            self.emitter.assume(chosen, truth);
            let falls = self.clauses(selector, clauses)?;
            sides.push((self.emitter.end_side(mark, outer, falls), falls));
        }
        let (Some((otherwise, y)), Some((then, x))) = (sides.pop(), sides.pop()) else {
            return Ok(true);
        };
        self.emitter.branch(chosen, then, otherwise)?;
        Ok(x || y)
    }

    /// Inlines a call.
    fn call(
        &mut self,
        function: Handle<naga::Function>,
        arguments: &[Handle<Expression>],
    ) -> Checked<Rc<[Operand]>> {
        let mut values = Vec::with_capacity(arguments.len());
        for argument in arguments {
            values.push(self.value(*argument)?);
        }
        if let Some(op) = self.interface.natives.get(&function) {
            let mut words = Vec::new();
            for value in &values {
                if let Value::Words(word) = value {
                    words.extend_from_slice(word);
                }
            }
            return Ok([self.emitter.compute(*op, &words)?].into());
        }
        let place = self.emitter.place.clone();
        let words = self.inline(function, values).map_err(|report| {
            let name = self.module.functions[function].name.clone().unwrap_or_default();
            match report.labels.len() {
                1 if report.labels.first().map(|(at, _)| at) != place.as_ref() => {
                    report.and(place.clone(), format!("`{name}` is called here"))
                }
                _ => report,
            }
        })?;
        self.emitter.place = place;
        Ok(words)
    }

    pub fn inline(
        &mut self,
        handle: Handle<naga::Function>,
        arguments: Vec<Value>,
    ) -> Checked<Rc<[Operand]>> {
        if self.frames.len() >= CALLS_DEEP {
            return self.emitter.refuse(Refusal::CallsTooDeep);
        }
        let function = &self.module.functions[handle];
        self.work(function.expressions.len())?;
        let outer_loops = self.emitter.loops;
        let returns = ways::returns(&function.body);
        let result = match &function.result {
            _ if returns.at_end => Returned::AtEnd(None),
            None => Returned::Registers([].into()),
            Some(result) => {
                let types = self.flatten(self.layouts.inner(result.ty))?;
                Returned::Registers(types.iter().map(|type_| self.emitter.flag(*type_)).collect())
            }
        };
        let returned = self.emitter.flag(Type::Bool);
        let first_variable = self.variables.len();
        self.frames.push(Frame {
            function,
            info: &self.info[handle],
            values: vec![None; function.expressions.len()],
            arguments,
            locals: Vec::new(),
            result,
            returned,
            regions: Vec::new(),
            loops: 0,
        });
        self.declare(handle)?;
        let mark = self.emitter.mark();
        self.emitter.assign(returned, bool_operand(false))?;
        if returns.outside_of_loops > RETURNS_NESTED {
            self.once(&function.body)?;
        } else {
            self.block(&function.body)?;
        }
        self.emitter.meet(mark);
        self.emitter.loops = outer_loops;
        for variable in first_variable..self.variables.len() {
            if let Storage::Local { local, .. } = self.variables[variable] {
                if !self.emitter.is_table(local) {
                    self.emitter.release(local);
                }
            }
        }
        match self.frames.pop().map(|frame| frame.result) {
            Some(Returned::AtEnd(words)) => Ok(words.unwrap_or_default()),
            Some(Returned::Registers(registers)) => registers
                .iter()
                .map(|register| self.emitter.read(*register))
                .collect::<Checked<Vec<_>>>()
                .map(Rc::from),
            None => Ok([].into()),
        }
    }

    /// A body that a return leaves by breaking a loop of one round, which nests no deeper with every return.
    fn once(&mut self, body: &naga::Block) -> Checked<()> {
        let counter = self.emitter.flag(Type::U32);
        let mark = self.emitter.mark();
        let outer = self.emitter.enter()?;
        self.frame().loops += 1;
        self.block(body)?;
        self.frame().loops -= 1;
        let body = self.emitter.leave(outer);
        let assigned = self.emitter.assigned_since(mark);
        self.emitter.push(Instruction::Loop {
            counter,
            bound: Bound::Constant(1),
            body,
        })?;
        self.emitter.after_loop(mark, &assigned);
        Ok(())
    }

    /// Makes the variables of a function, with their initial values.
    fn declare(&mut self, handle: Handle<naga::Function>) -> Checked<()> {
        let function = &self.module.functions[handle];
        let indexed = self.indexed_locals_of(handle);
        for (local, variable) in function.local_variables.iter() {
            let place = function.local_variables.get_span(local).to_range();
            let inner = self.layouts.inner(variable.ty);
            let types = self.layouts.flatten(inner).at(place.clone())?;
            self.emitter.place = place.or_else(|| self.emitter.place.take());
            let initial = match variable.init {
                Some(initial) => self.words(initial)?,
                None => types
                    .iter()
                    .map(|type_| Operand::Constant(constant(*type_, 0)))
                    .collect(),
            };
            let storage = if indexed.contains(&local) {
                let (local, used) = self.emitter.local(types.len() as u32)?;
                self.fill(local, &initial, used || self.emitter.loops > 0)?;
                Storage::Local {
                    local,
                    types: types.into(),
                }
            } else {
                let registers = self.emitter.variables(&types);
                if variable.name.is_none() {
                    self.nameless.extend(registers.iter());
                }
                for (register, word) in registers.iter().zip(&*initial) {
                    self.emitter.assign(*register, *word)?;
                }
                Storage::Registers(registers)
            };
            let number = self.variables.len();
            self.variables.push(storage);
            self.frame().locals.push(number);
        }
        Ok(())
    }

    /// Writes initial words to a local array, which holds zeros unless it has been used.
    fn fill(&mut self, local: u8, words: &[Operand], used: bool) -> Checked<()> {
        let is_zero = |word: &Operand| word.is(0);
        if used && words.len() > 8 && words.iter().all(is_zero) {
            let counter = self.emitter.flag(Type::U32);
            let body = self
                .emitter
                .nested(|emitter| emitter.write_local(local, Operand::Register(counter), u32_operand(0)))?;
            let bound = Bound::Constant(words.len() as u32);
            return self.emitter.push(Instruction::Loop { counter, bound, body });
        }
        for (at, word) in (0u32..).zip(words) {
            if used || !is_zero(word) {
                let word = self.as_word(*word)?;
                self.emitter.write_local(local, u32_operand(at), word)?;
            }
        }
        Ok(())
    }

    /// Local variables of a function that live in local arrays: a variable chooses their elements, or they are handed
    /// to functions, which might let one.
    fn indexed_locals_of(&mut self, handle: Handle<naga::Function>) -> Rc<HashSet<Handle<LocalVariable>>> {
        if let Some(known) = self.indexed_locals.get(&handle) {
            return known.clone();
        }
        let function = &self.module.functions[handle];
        let mut pointers = Vec::new();
        ways::passed(&function.body, &mut pointers);
        pointers.extend(
            function
                .expressions
                .iter()
                .filter_map(|(_, expression)| match expression {
                    Expression::Access { base, .. } => Some(*base),
                    _ => None,
                }),
        );
        let mut indexed = HashSet::new();
        for mut pointer in pointers {
            while let Expression::Access { base, .. } | Expression::AccessIndex { base, .. } =
                function.expressions[pointer]
            {
                pointer = base;
            }
            if let Expression::LocalVariable(local) = function.expressions[pointer] {
                let inner = self.layouts.inner(function.local_variables[local].ty);
                if self.layouts.has_array(inner) {
                    indexed.insert(local);
                }
            }
        }
        let indexed = Rc::new(indexed);
        self.indexed_locals.insert(handle, indexed.clone());
        indexed
    }

    /// Variables, of those that pointers of a block may write, that live in registers.
    pub fn assigned_in(&mut self, blocks: &[&naga::Block]) -> Vec<u32> {
        let mut pointers = Vec::new();
        for block in blocks {
            ways::written_pointers(block, &mut pointers);
        }
        let mut registers = Vec::new();
        for pointer in pointers {
            let variable = self.variable_of(pointer);
            if let Some(Storage::Registers(of)) = variable.and_then(|variable| self.variables.get(variable)) {
                registers.extend(of.iter().copied());
            }
        }
        registers.sort_unstable();
        registers.dedup();
        registers
    }
}

/// One body of a switch with the values that choose it; none for whatever no other body has.
struct Clause<'a> {
    values: Vec<u32>,
    body: &'a naga::Block,
}

/// The bodies of a switch, the default last.
fn clauses(cases: &[SwitchCase]) -> Vec<Clause<'_>> {
    let mut clauses = Vec::new();
    let mut default = None;
    let (mut values, mut is_default) = (Vec::new(), false);
    for case in cases {
        match case.value {
            SwitchValue::I32(value) => values.push(value.cast_unsigned()),
            SwitchValue::U32(value) => values.push(value),
            SwitchValue::Default => is_default = true,
        }
        // Several selectors of one body come as empty bodies that fall through.
        if case.fall_through {
            continue;
        }
        let clause = Clause {
            values: std::mem::take(&mut values),
            body: &case.body,
        };
        if std::mem::take(&mut is_default) {
            default = Some(clause);
        } else {
            clauses.push(clause);
        }
    }
    clauses.extend(default);
    clauses
}

fn unsupported(statement: &Statement) -> Refusal {
    match statement {
        Statement::ControlBarrier(_) | Statement::MemoryBarrier(_) => Refusal::Barrier,
        Statement::Atomic { .. } | Statement::ImageAtomic { .. } => Refusal::Atomic,
        Statement::ImageStore { .. } => Refusal::Texture,
        Statement::WorkGroupUniformLoad { .. } => Refusal::SharedMemory("workgroup"),
        Statement::Kill => Refusal::Unsupported("`discard`".into()),
        _ => Refusal::Unsupported("this statement".into()),
    }
}
