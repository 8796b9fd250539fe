//! From the builder's draft to a kernel: numbers values for good and drops copies that nobody needs.
//!
//! While a kernel is written, its counts of parameters and constants still grow, so a draft value holds its
//! kind in the two highest bits and its position in the rest.

use alloc::{collections::BTreeMap, vec, vec::Vec};

use super::kernel::State;
use crate::{Kernel, Statement, Type, Unary, Value};

const KIND: u16 = 3 << 14;
const PARAM: u16 = 1 << 14;
const CONSTANT: u16 = 2 << 14;
const REGISTER: u16 = 3 << 14;

pub(super) const INDEX: Value = Value(0);

pub(super) fn param(number: u8) -> Value {
    Value(PARAM | u16::from(number))
}

pub(super) fn constant(number: usize) -> Value {
    Value(CONSTANT | position(number))
}

pub(super) fn register(number: usize) -> Value {
    Value(REGISTER | position(number))
}

/// Beyond what the bits hold, the last position: such a kernel is far above the limit and is refused.
fn position(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX).min(!KIND)
}

pub(super) fn finish(state: State, mut result: Vec<Value>) -> Kernel {
    let State {
        inputs,
        params,
        constants,
        registers,
        locals,
        mut block,
    } = state;
    let mut reads = BTreeMap::new();
    let mut count = |value: &mut Value| {
        let reads: &mut u32 = reads.entry(value.0).or_default();
        *reads = reads.saturating_add(1);
    };
    each_read(&mut block, &mut count);
    result.iter_mut().for_each(&mut count);
    merge_copies(&mut block, &reads);

    let mut numbering = Numbering {
        params: params.len(),
        constants: constants.len(),
        old: &registers,
        new: vec![None; registers.len()],
        registers: Vec::new(),
    };
    each_value(&mut block, &mut |value| numbering.renumber(value));
    result.iter_mut().for_each(|value| numbering.renumber(value));
    let registers = numbering.registers;
    Kernel {
        inputs,
        params,
        constants,
        registers,
        locals,
        code: block,
        result,
    }
}

struct Numbering<'a> {
    params: usize,
    constants: usize,
    old: &'a [Type],
    new: Vec<Option<usize>>,
    registers: Vec<Type>,
}

impl Numbering<'_> {
    /// Registers are numbered as they appear; the other values as they were made.
    fn renumber(&mut self, value: &mut Value) {
        let number = usize::from(value.0 & !KIND);
        let position = match value.0 & KIND {
            PARAM => number.saturating_add(1),
            CONSTANT => number.saturating_add(self.params).saturating_add(1),
            REGISTER => {
                let known = self.new.get(number).copied().flatten();
                let register = known.unwrap_or_else(|| {
                    self.registers.extend(self.old.get(number));
                    self.registers.len().saturating_sub(1)
                });
                if let Some(slot) = self.new.get_mut(number) {
                    *slot = Some(register);
                }
                register
                    .saturating_add(self.params)
                    .saturating_add(self.constants)
                    .saturating_add(1)
            }
            _ => number,
        };
        *value = Value(u16::try_from(position).unwrap_or(u16::MAX));
    }
}

/// `t = x + y; v = t` becomes `v = x + y` when nothing else reads `t`.
fn merge_copies(block: &mut Vec<Statement>, reads: &BTreeMap<u16, u32>) {
    let mut merged: Vec<Statement> = Vec::with_capacity(block.len());
    for mut statement in block.drain(..) {
        for inner in blocks(&mut statement) {
            merge_copies(inner, reads);
        }
        if let Statement::Unary {
            op: Unary::Copy,
            out,
            x,
        } = statement
        {
            if let Some(last) = merged.last_mut().and_then(assigned) {
                if *last == x && reads.get(&x.0) == Some(&1) {
                    *last = out;
                    continue;
                }
            }
        }
        merged.push(statement);
    }
    *block = merged;
}

fn assigned(statement: &mut Statement) -> Option<&mut Value> {
    match statement {
        Statement::Unary { out, .. }
        | Statement::Binary { out, .. }
        | Statement::Ternary { out, .. }
        | Statement::Quaternary { out, .. }
        | Statement::Load { out, .. }
        | Statement::ReadLocal { out, .. } => Some(out),
        _ => None,
    }
}

fn blocks(statement: &mut Statement) -> Vec<&mut Vec<Statement>> {
    match statement {
        Statement::If { then, otherwise, .. } => [then, otherwise].into(),
        Statement::Loop { body, .. } => [body].into(),
        _ => Vec::new(),
    }
}

/// Visits every value that is read, in the order of the text.
fn each_read(block: &mut [Statement], visit: &mut impl FnMut(&mut Value)) {
    for statement in block {
        match statement {
            Statement::Unary { x, .. } => visit(x),
            Statement::Binary { x, y, .. } => [x, y].into_iter().for_each(&mut *visit),
            Statement::Ternary { args, .. } => args.iter_mut().for_each(&mut *visit),
            Statement::Quaternary { args, .. } => args.iter_mut().for_each(&mut *visit),
            Statement::Load { at, .. } | Statement::ReadLocal { at, .. } => visit(at),
            Statement::WriteLocal { at, x, .. } => [at, x].into_iter().for_each(&mut *visit),
            Statement::If {
                condition,
                then,
                otherwise,
            } => {
                visit(condition);
                each_read(then, visit);
                each_read(otherwise, visit);
            }
            Statement::Loop { body, .. } => each_read(body, visit),
            Statement::Break => {}
        }
    }
}

/// Visits every value, read or assigned, once.
fn each_value(block: &mut [Statement], visit: &mut impl FnMut(&mut Value)) {
    for statement in block {
        match statement {
            Statement::If {
                condition,
                then,
                otherwise,
            } => {
                visit(condition);
                each_value(then, visit);
                each_value(otherwise, visit);
            }
            Statement::Loop { counter, body, .. } => {
                visit(counter);
                each_value(body, visit);
            }
            _ => {
                each_read(core::slice::from_mut(statement), visit);
                if let Some(out) = assigned(statement) {
                    visit(out);
                }
            }
        }
    }
}
