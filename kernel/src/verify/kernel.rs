//! Checks of one kernel: types, bounds, structure and the limits of one invocation.

use alloc::{vec, vec::Vec};

use super::types;
use crate::{limits, Bound, Cost, Kernel, Local, Place, Rejection, Rule, Statement, Type, Value, ValueKind};

/// Cost of one invocation of the `number`th kernel, once every rule holds.
pub(super) fn verify(number: u16, kernel: &Kernel) -> Result<Cost, Rejection> {
    let here = |rule| Rejection {
        place: Place::Kernel(number),
        rule,
    };
    declarations(kernel).map_err(here)?;

    let mut checker = Checker {
        kernel,
        number,
        statement: 0,
        counters: vec![false; kernel.registers.len()],
    };
    checker.block(&kernel.code, 0, false)?;
    kernel
        .result
        .iter()
        .try_for_each(|value| integer(kernel, *value))
        .map_err(here)?;

    let cost = Cost::of(kernel).map_err(here)?;
    let most = cost.with(&kernel.params);
    if most.operations > limits::OPERATIONS {
        return Err(here(Rule::TooManyOperations(most.operations)));
    }
    if most.loads > limits::LOADS {
        return Err(here(Rule::TooManyLoads(most.loads)));
    }
    Ok(cost)
}

fn declarations(kernel: &Kernel) -> Result<(), Rule> {
    if kernel.inputs > limits::KERNEL_INPUTS {
        return Err(Rule::TooManyKernelInputs);
    }
    if kernel.params.len() > limits::PARAMS {
        return Err(Rule::TooManyParams);
    }
    if kernel.constants.len() > limits::VALUES || kernel.registers.len() > limits::VALUES {
        return Err(Rule::TooManyValues);
    }
    if kernel.locals.len() > limits::LOCALS {
        return Err(Rule::TooManyLocals);
    }
    if kernel.locals.contains(&0) {
        return Err(Rule::EmptyLocal);
    }
    if kernel.locals.iter().map(|words| u32::from(*words)).sum::<u32>() > limits::LOCAL_WORDS {
        return Err(Rule::TooManyLocalWords);
    }
    match kernel.width() {
        1 | 2 | 4 => Ok(()),
        other => Err(Rule::Width(u8::try_from(other).unwrap_or(u8::MAX))),
    }
}

fn type_of(kernel: &Kernel, value: Value) -> Result<Type, Rule> {
    kernel.type_of(value).ok_or(Rule::NoSuchValue(value))
}

fn integer(kernel: &Kernel, value: Value) -> Result<(), Rule> {
    match type_of(kernel, value)? {
        Type::U32 | Type::I32 => Ok(()),
        found => Err(Rule::OperandType { value, found }),
    }
}

struct Checker<'k> {
    kernel: &'k Kernel,
    number: u16,
    /// Statements seen so far.
    statement: u32,
    /// Registers that count an enclosing loop.
    counters: Vec<bool>,
}

impl Checker<'_> {
    fn block(&mut self, block: &[Statement], depth: u32, in_loop: bool) -> Result<(), Rejection> {
        let mut ended = false;
        for statement in block {
            let place = Place::Statement {
                kernel: self.number,
                statement: self.statement,
            };
            let here = |rule| Rejection { place, rule };
            self.statement = self.statement.saturating_add(1);
            if ended {
                return Err(here(Rule::CodeAfterBreak));
            }
            match statement {
                Statement::If {
                    condition,
                    then,
                    otherwise,
                } => {
                    self.expect(*condition, Type::Bool).map_err(here)?;
                    let depth = deeper(depth).map_err(here)?;
                    self.block(then, depth, in_loop)?;
                    self.block(otherwise, depth, in_loop)?;
                }
                Statement::Loop { counter, bound, body } => {
                    let register = self.assign(*counter, Type::U32).map_err(here)?;
                    self.bound(*bound).map_err(here)?;
                    let depth = deeper(depth).map_err(here)?;
                    self.count_with(register, true);
                    self.block(body, depth, true)?;
                    self.count_with(register, false);
                }
                Statement::Break if !in_loop => return Err(here(Rule::BreakOutsideLoop)),
                Statement::Break => ended = true,
                _ => self.plain(statement).map_err(here)?,
            }
        }
        Ok(())
    }

    fn plain(&self, statement: &Statement) -> Result<(), Rule> {
        let refused = |value, found| Rule::OperandType { value, found };
        match statement {
            Statement::Unary { op, out, x } => {
                let found = type_of(self.kernel, *x)?;
                let result = types::unary(*op, found).ok_or(refused(*x, found))?;
                self.assign(*out, result)?;
            }
            Statement::Binary { op, out, x, y } => {
                let found = type_of(self.kernel, *x)?;
                let (second, result) = types::binary(*op, found).ok_or(refused(*x, found))?;
                self.expect(*y, second)?;
                self.assign(*out, result)?;
            }
            Statement::Ternary {
                op,
                out,
                args: [x, y, z],
            } => {
                let found = type_of(self.kernel, *x)?;
                let ([second, third], result) = types::ternary(*op, found).ok_or(refused(*x, found))?;
                self.expect(*y, second)?;
                self.expect(*z, third)?;
                self.assign(*out, result)?;
            }
            Statement::Quaternary {
                op,
                out,
                args: [x, rest @ ..],
            } => {
                let found = type_of(self.kernel, *x)?;
                let (expected, result) = types::quaternary(*op, found).ok_or(refused(*x, found))?;
                rest.iter()
                    .zip(expected)
                    .try_for_each(|(value, type_)| self.expect(*value, type_))?;
                self.assign(*out, result)?;
            }
            Statement::Load { out, input, at } => {
                if *input >= self.kernel.inputs {
                    return Err(Rule::NoSuchInput(*input));
                }
                self.expect(*at, Type::U32)?;
                self.assign(*out, Type::U32)?;
            }
            Statement::ReadLocal { out, local, at } => {
                self.local(*local)?;
                self.expect(*at, Type::U32)?;
                self.assign(*out, Type::U32)?;
            }
            Statement::WriteLocal { local, at, x } => {
                self.local(*local)?;
                self.expect(*at, Type::U32)?;
                self.expect(*x, Type::U32)?;
            }
            Statement::If { .. } | Statement::Loop { .. } | Statement::Break => {}
        }
        Ok(())
    }

    fn expect(&self, value: Value, expected: Type) -> Result<(), Rule> {
        let found = type_of(self.kernel, value)?;
        if found == expected {
            Ok(())
        } else {
            Err(Rule::TypeMismatch {
                value,
                expected,
                found,
            })
        }
    }

    /// The register that `value` is, if it can take a `type_` here.
    fn assign(&self, value: Value, type_: Type) -> Result<usize, Rule> {
        self.expect(value, type_)?;
        let Some(ValueKind::Register(register)) = self.kernel.kind(value) else {
            return Err(Rule::NotAssignable(value));
        };
        match self.counters.get(register) {
            Some(false) => Ok(register),
            _ => Err(Rule::CounterAssigned(value)),
        }
    }

    fn local(&self, local: Local) -> Result<(), Rule> {
        self.kernel
            .locals
            .get(usize::from(local.0))
            .map(|_| ())
            .ok_or(Rule::NoSuchLocal(local.0))
    }

    fn bound(&self, bound: Bound) -> Result<(), Rule> {
        match bound {
            Bound::Parameter(n) if usize::from(n) >= self.kernel.params.len() => Err(Rule::NoSuchParam(n)),
            _ => Ok(()),
        }
    }

    fn count_with(&mut self, register: usize, counting: bool) {
        if let Some(counter) = self.counters.get_mut(register) {
            *counter = counting;
        }
    }
}

fn deeper(depth: u32) -> Result<u32, Rule> {
    if depth >= limits::NESTING {
        return Err(Rule::TooDeep);
    }
    Ok(depth.saturating_add(1))
}
