//! What an invocation costs at most, known before it runs.
//!
//! Every statement is one operation. A branch adds its dearer side. A loop adds, for each round up to its
//! bound, its body and one operation for the counter. An invocation adds one operation and one for each local
//! word, which it has to clear.

use alloc::{boxed::Box, vec::Vec};

use crate::{limits, Bound, Kernel, Rule, Statement};

/// Operations and loads, saturating.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    pub operations: u64,
    pub loads: u64,
}

impl Work {
    const OPERATION: Self = Self {
        operations: 1,
        loads: 0,
    };
    const LOAD: Self = Self {
        operations: 1,
        loads: 1,
    };

    fn plus(self, other: Self) -> Self {
        Self {
            operations: self.operations.saturating_add(other.operations),
            loads: self.loads.saturating_add(other.loads),
        }
    }

    fn times(self, rounds: u32) -> Self {
        Self {
            operations: self.operations.saturating_mul(u64::from(rounds)),
            loads: self.loads.saturating_mul(u64::from(rounds)),
        }
    }

    fn max(self, other: Self) -> Self {
        Self {
            operations: self.operations.max(other.operations),
            loads: self.loads.max(other.loads),
        }
    }
}

/// Cost of code as a function of the parameter words. What does not depend on them is already summed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    fixed: Work,
    variable: Vec<Variable>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Variable {
    Loop(Bound, Cost),
    Branch(Box<[Cost; 2]>),
}

impl Cost {
    /// Cost of one invocation of a kernel whose nesting has been checked.
    ///
    /// # Errors
    /// [`Rule::TooManyVariableCosts`] beyond [`limits::VARIABLE_COSTS`].
    pub(crate) fn of(kernel: &Kernel) -> Result<Self, Rule> {
        let mut budget = limits::VARIABLE_COSTS;
        let mut cost = Self::of_block(&kernel.code, &mut budget)?;
        let cleared = kernel.locals.iter().map(|words| u64::from(*words)).sum();
        cost.fixed = cost.fixed.plus(Work::OPERATION).plus(Work {
            operations: cleared,
            loads: 0,
        });
        Ok(cost)
    }

    /// Cost with these parameter words.
    pub fn with(&self, params: &[u32]) -> Work {
        self.variable.iter().fold(self.fixed, |sum, variable| {
            sum.plus(match variable {
                Variable::Loop(bound, body) => body.with(params).times(rounds(*bound, params)),
                Variable::Branch(sides) => {
                    let [then, otherwise] = &**sides;
                    then.with(params).max(otherwise.with(params))
                }
            })
        })
    }

    fn of_block(block: &[Statement], budget: &mut u32) -> Result<Self, Rule> {
        let mut sum = Self::default();
        for statement in block {
            match statement {
                Statement::Load { .. } => sum.fixed = sum.fixed.plus(Work::LOAD),
                Statement::If { then, otherwise, .. } => {
                    sum.fixed = sum.fixed.plus(Work::OPERATION);
                    let sides = [Self::of_block(then, budget)?, Self::of_block(otherwise, budget)?];
                    let [then, otherwise] = &sides;
                    if then.variable.is_empty() && otherwise.variable.is_empty() {
                        sum.fixed = sum.fixed.plus(then.fixed.max(otherwise.fixed));
                    } else {
                        take(budget)?;
                        sum.variable.push(Variable::Branch(Box::new(sides)));
                    }
                }
                Statement::Loop { bound, body, .. } => {
                    sum.fixed = sum.fixed.plus(Work::OPERATION);
                    let mut round = Self::of_block(body, budget)?;
                    round.fixed = round.fixed.plus(Work::OPERATION);
                    match bound {
                        Bound::Constant(n) if round.variable.is_empty() => {
                            sum.fixed = sum.fixed.plus(round.fixed.times(*n));
                        }
                        _ => {
                            take(budget)?;
                            sum.variable.push(Variable::Loop(*bound, round));
                        }
                    }
                }
                _ => sum.fixed = sum.fixed.plus(Work::OPERATION),
            }
        }
        Ok(sum)
    }
}

/// Rounds of a loop at these parameter words.
pub(crate) fn rounds(bound: Bound, params: &[u32]) -> u32 {
    match bound {
        Bound::Constant(n) => n,
        Bound::Parameter(n) => params.get(usize::from(n)).copied().unwrap_or(0),
    }
}

fn take(budget: &mut u32) -> Result<(), Rule> {
    *budget = budget.checked_sub(1).ok_or(Rule::TooManyVariableCosts)?;
    Ok(())
}
