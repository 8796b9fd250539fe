//! Which registers can be `let` where they are computed, and which must be `var` of the whole function.

use edgeproof_kernel::{Kernel, Statement, Value, ValueKind};

/// Registers that are not computed once, in the block around every use and before it, or only name a literal.
pub(crate) fn variables(kernel: &Kernel) -> Vec<bool> {
    let count = kernel.registers.len();
    let mut scopes = Scopes {
        kernel,
        assigned: vec![false; count],
        open: vec![false; count],
        variable: vec![false; count],
    };
    for register in scopes.block(&kernel.code) {
        scopes.open[register] = true;
    }
    kernel.result.iter().for_each(|value| scopes.read(*value));
    scopes.variable
}

struct Scopes<'k> {
    kernel: &'k Kernel,
    assigned: Vec<bool>,
    /// Assigned in a block that has not ended.
    open: Vec<bool>,
    variable: Vec<bool>,
}

impl Scopes<'_> {
    /// The registers that the block assigns first.
    fn block(&mut self, block: &[Statement]) -> Vec<usize> {
        let mut own = Vec::new();
        for statement in block {
            match statement {
                Statement::Unary { out, x, .. } => {
                    self.operation(&[*x], *out, &mut own);
                    self.hide_literal(*out, *x);
                }
                Statement::Binary { out, x, y, .. } => self.operation(&[*x, *y], *out, &mut own),
                Statement::Ternary { out, args, .. } => self.operation(args, *out, &mut own),
                Statement::Quaternary { out, args, .. } => self.operation(args, *out, &mut own),
                Statement::Load { out, at, .. } | Statement::ReadLocal { out, at, .. } => {
                    self.operation(&[*at], *out, &mut own);
                }
                Statement::WriteLocal { at, x, .. } => {
                    [at, x].into_iter().for_each(|value| self.read(*value))
                }
                Statement::If {
                    condition,
                    then,
                    otherwise,
                } => {
                    self.read(*condition);
                    self.block(then);
                    self.block(otherwise);
                }
                Statement::Loop { counter, body, .. } => {
                    let mut counters = Vec::new();
                    self.assign(*counter, &mut counters);
                    self.block(body);
                    self.close(&counters);
                }
                Statement::Break => {}
            }
        }
        self.close(&own);
        own
    }

    fn operation(&mut self, reads: &[Value], out: Value, own: &mut Vec<usize>) {
        reads.iter().for_each(|value| self.read(*value));
        self.assign(out, own);
    }

    /// naga sees through a `let` of a literal, and refuses what it finds out of bounds.
    fn hide_literal(&mut self, out: Value, x: Value) {
        if let (Some(ValueKind::Register(register)), Some(ValueKind::Constant(_))) =
            (self.kernel.kind(out), self.kernel.kind(x))
        {
            self.variable[register] = true;
        }
    }

    fn read(&mut self, value: Value) {
        if let Some(ValueKind::Register(register)) = self.kernel.kind(value) {
            self.variable[register] |= !self.open[register];
        }
    }

    fn assign(&mut self, value: Value, own: &mut Vec<usize>) {
        if let Some(ValueKind::Register(register)) = self.kernel.kind(value) {
            self.variable[register] |= self.assigned[register];
            self.assigned[register] = true;
            self.open[register] = true;
            own.push(register);
        }
    }

    fn close(&mut self, registers: &[usize]) {
        for register in registers {
            self.open[*register] = false;
        }
    }
}
