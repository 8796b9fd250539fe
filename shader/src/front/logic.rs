//! `&&` and `||`, which naga writes as branches that assign a variable without a name.

use edgeproof_kernel::{Binary, Unary};
use naga::{Block, Expression, Function, Handle, Literal, LocalVariable, Statement, UnaryOperator};

use super::{diagnostics::Checked, lowerer::Lowerer, values::Storage};

/// Expressions on the right side up to which it is evaluated in any case, which is cheaper than a branch.
const EAGER: usize = 24;

/// A logical operator as naga writes it.
struct Logic {
    variable: Handle<LocalVariable>,
    left: Handle<Expression>,
    right: Handle<Expression>,
    and: bool,
}

impl Lowerer<'_> {
    /// Lowers a branch that is a logical operator; whether it is one.
    pub fn logic(&mut self, condition: Handle<Expression>, accept: &Block, reject: &Block) -> Checked<bool> {
        let function = self.function();
        let Some(logic) = recognise(function, condition, accept, reject) else {
            return Ok(false);
        };
        let number = self.frame().locals[logic.variable.index()];
        let Storage::Registers(registers) = self.variables[number].clone() else {
            return Ok(false);
        };
        let variable = registers[0];
        let left = self.word(logic.left)?;
        let op = if logic.and { Binary::And } else { Binary::Or };
        let right_matters = left.constant().is_none_or(|left| (left.bits() != 0) == logic.and);
        if !right_matters {
            self.emitter.assign(variable, left)?;
            return Ok(true);
        }
        if left.constant().is_some() || is_eager(function, accept, &mut { EAGER }) {
            self.block(accept)?;
            let right = self.word(logic.right)?;
            let both = self.emitter.binary(op, left, right)?;
            self.emitter.assign(variable, both)?;
            return Ok(true);
        }
        let condition = if logic.and {
            left
        } else {
            self.emitter.unary(Unary::LogicalNot, left)?
        };
        let mut sides = Vec::new();
        for (block, truth) in [(accept, true), (reject, false)] {
            let mark = self.emitter.mark();
            let outer = self.emitter.enter()?;
            self.emitter.assume(condition, truth);
            let falls = self.block(block)?;
            sides.push(self.emitter.end_side(mark, outer, falls));
        }
        if let (Some(otherwise), Some(then)) = (sides.pop(), sides.pop()) {
            self.emitter.branch(condition, then, otherwise)?;
        }
        // Repeats the left side, so that what follows from it can be concluded from the result.
        let right = self.emitter.read(variable)?;
        let both = self.emitter.binary(op, left, right)?;
        self.emitter.assign(variable, both)?;
        Ok(true)
    }
}

fn recognise(
    function: &Function,
    condition: Handle<Expression>,
    accept: &Block,
    reject: &Block,
) -> Option<Logic> {
    let [Statement::Store { pointer, value }] = &**reject else {
        return None;
    };
    let Expression::LocalVariable(variable) = function.expressions[*pointer] else {
        return None;
    };
    let Expression::Literal(Literal::Bool(otherwise)) = function.expressions[*value] else {
        return None;
    };
    let Some(Statement::Store {
        pointer: same,
        value: right,
    }) = accept.last()
    else {
        return None;
    };
    let is_same = matches!(function.expressions[*same], Expression::LocalVariable(same) if same == variable);
    if !is_same || function.local_variables[variable].name.is_some() {
        return None;
    }
    let left = if otherwise {
        match function.expressions[condition] {
            Expression::Unary {
                op: UnaryOperator::LogicalNot,
                expr,
            } => expr,
            _ => return None,
        }
    } else {
        condition
    };
    Some(Logic {
        variable,
        left,
        right: *right,
        and: !otherwise,
    })
}

/// Whether a block computes little and does nothing else.
fn is_eager(function: &Function, block: &Block, budget: &mut usize) -> bool {
    block.iter().all(|statement| match statement {
        Statement::Emit(range) => {
            let count = range.clone().count();
            let fits = count <= *budget;
            *budget = budget.saturating_sub(count);
            fits
        }
        Statement::If {
            condition,
            accept,
            reject,
        } => recognise(function, *condition, accept, reject).is_some() && is_eager(function, accept, budget),
        Statement::Store { pointer, .. } => match function.expressions[*pointer] {
            Expression::LocalVariable(local) => function.local_variables[local].name.is_none(),
            _ => false,
        },
        _ => false,
    })
}
