//! Kernels, statement by statement.

use alloc::vec::Vec;
use core::{cell::RefCell, marker::PhantomData};

use super::{
    expression::{Expr, Integer, Operand, Scalar, Var},
    finish,
};
use crate::{Binary, Bound, Constant, Kernel, Local, Quaternary, Statement, Ternary, Type, Unary, Value};

/// Writes one kernel. Expressions borrow it, and every operator on them appends a statement.
#[derive(Debug, Default)]
pub struct KernelBuilder {
    state: RefCell<State>,
}

/// What has been written so far. Values are numbered as [`finish::Draft`] says until the kernel is finished.
#[derive(Debug, Default)]
pub(super) struct State {
    pub inputs: u8,
    pub params: Vec<u32>,
    pub constants: Vec<Constant>,
    pub registers: Vec<Type>,
    pub locals: Vec<u16>,
    /// The statements of the block that is being written.
    pub block: Vec<Statement>,
}

/// A buffer that the kernel reads.
#[derive(Clone, Copy, Debug)]
pub struct Input<'k> {
    kernel: &'k KernelBuilder,
    number: u8,
}

/// A parameter word: an operand, and the bound of a loop.
#[derive(Clone, Copy, Debug)]
pub struct Param<'k> {
    pub(super) kernel: &'k KernelBuilder,
    number: u8,
}

/// A local array of words, zero at first.
#[derive(Clone, Copy, Debug)]
pub struct Array<'k> {
    kernel: &'k KernelBuilder,
    local: Local,
}

/// What bounds a loop: a literal or a [`Param`].
pub trait LoopBound {
    fn bound(self) -> Bound;
}

impl LoopBound for u32 {
    fn bound(self) -> Bound {
        Bound::Constant(self)
    }
}

impl LoopBound for Param<'_> {
    fn bound(self) -> Bound {
        Bound::Parameter(self.number)
    }
}

/// What a kernel returns: one integer, or an array of 2 or 4.
pub trait Returned<'k> {
    fn values(self, kernel: &'k KernelBuilder) -> Vec<Value>;
}

impl<'k, T: Integer> Returned<'k> for Expr<'k, T> {
    fn values(self, _: &'k KernelBuilder) -> Vec<Value> {
        [self.value].into()
    }
}

impl<'k, T: Integer> Returned<'k> for Var<'k, T> {
    fn values(self, _: &'k KernelBuilder) -> Vec<Value> {
        [self.0.value].into()
    }
}

impl<'k, R: Returned<'k>, const N: usize> Returned<'k> for [R; N] {
    fn values(self, kernel: &'k KernelBuilder) -> Vec<Value> {
        self.into_iter().flat_map(|item| item.values(kernel)).collect()
    }
}

impl KernelBuilder {
    pub fn new() -> Self {
        Self::default()
    }

    /// The index of the invocation.
    pub fn index(&self) -> Expr<'_, u32> {
        self.expr(finish::INDEX)
    }

    /// The next input buffer.
    pub fn input(&self) -> Input<'_> {
        let mut state = self.state.borrow_mut();
        let number = state.inputs;
        state.inputs = number.saturating_add(1);
        Input { kernel: self, number }
    }

    /// The next parameter word, at most `maximum`.
    pub fn param(&self, maximum: u32) -> Param<'_> {
        let mut state = self.state.borrow_mut();
        let number = u8::try_from(state.params.len()).unwrap_or(u8::MAX);
        state.params.push(maximum);
        Param { kernel: self, number }
    }

    /// A literal as an expression.
    pub fn constant<T: Scalar>(&self, value: T) -> Expr<'_, T> {
        let mut state = self.state.borrow_mut();
        let constant = value.constant();
        let known = state.constants.iter().position(|known| *known == constant);
        let number = known.unwrap_or_else(|| {
            state.constants.push(constant);
            state.constants.len().saturating_sub(1)
        });
        self.expr(finish::constant(number))
    }

    /// A variable that starts as `initial`.
    pub fn var<'k, T: Scalar>(&'k self, initial: impl Operand<'k, T>) -> Var<'k, T> {
        let variable = Var(self.expr(self.register(T::TYPE)));
        variable.set(initial);
        variable
    }

    /// A local array of `words` words, zero at first.
    pub fn array(&self, words: u16) -> Array<'_> {
        let mut state = self.state.borrow_mut();
        let local = Local(u8::try_from(state.locals.len()).unwrap_or(u8::MAX));
        state.locals.push(words);
        Array { kernel: self, local }
    }

    /// Runs `body` with 0, 1, .. below `bound`.
    pub fn for_loop<'k>(&'k self, bound: impl LoopBound, body: impl FnOnce(Expr<'k, u32>)) {
        let counter = self.register(Type::U32);
        let body = self.block(|| body(self.expr(counter)));
        self.push(Statement::Loop {
            counter,
            bound: bound.bound(),
            body,
        });
    }

    /// Leaves the innermost loop.
    pub fn break_loop(&self) {
        self.push(Statement::Break);
    }

    pub fn if_then<'k>(&'k self, condition: impl Operand<'k, bool>, then: impl FnOnce()) {
        self.if_else(condition, then, || ());
    }

    pub fn if_else<'k>(
        &'k self,
        condition: impl Operand<'k, bool>,
        then: impl FnOnce(),
        otherwise: impl FnOnce(),
    ) {
        let condition = condition.value(self);
        let then = self.block(then);
        let otherwise = self.block(otherwise);
        self.push(Statement::If {
            condition,
            then,
            otherwise,
        });
    }

    /// `yes` if the condition holds, otherwise `no`; both are evaluated.
    pub fn select<'k, T: Scalar>(
        &'k self,
        condition: impl Operand<'k, bool>,
        yes: impl Operand<'k, T>,
        no: impl Operand<'k, T>,
    ) -> Expr<'k, T> {
        let args = [no.value(self), yes.value(self), condition.value(self)];
        self.emit(|out| Statement::Ternary {
            op: Ternary::Select,
            out,
            args,
        })
    }

    /// Low bytes of four signed words, clamped to -128..=127, first in the lowest byte.
    pub fn pack_i8_clamp<'k>(&'k self, lanes: [Expr<'k, i32>; 4]) -> Expr<'k, u32> {
        self.quaternary(Quaternary::PackI8Clamp, lanes.map(|lane| lane.value))
    }

    /// Low bytes of four unsigned words, clamped to 0..=255, first in the lowest byte.
    pub fn pack_u8_clamp<'k>(&'k self, lanes: [Expr<'k, u32>; 4]) -> Expr<'k, u32> {
        self.quaternary(Quaternary::PackU8Clamp, lanes.map(|lane| lane.value))
    }

    /// Low bytes of four signed words, first in the lowest byte.
    pub fn pack_i8<'k>(&'k self, lanes: [Expr<'k, i32>; 4]) -> Expr<'k, u32> {
        self.quaternary(Quaternary::PackI8, lanes.map(|lane| lane.value))
    }

    /// Low bytes of four unsigned words, first in the lowest byte.
    pub fn pack_u8<'k>(&'k self, lanes: [Expr<'k, u32>; 4]) -> Expr<'k, u32> {
        self.quaternary(Quaternary::PackU8, lanes.map(|lane| lane.value))
    }

    /// Ends the kernel, which returns `result`, and leaves the builder empty. Values of another builder make
    /// no sense here; the verifier refuses what they happen to name if it has the wrong type.
    pub fn finish<'k>(&'k self, result: impl Returned<'k>) -> Kernel {
        let result = result.values(self);
        finish::finish(self.state.take(), result)
    }

    pub(super) fn unary<T: Scalar>(&self, op: Unary, x: Value) -> Expr<'_, T> {
        self.emit(|out| Statement::Unary { op, out, x })
    }

    pub(super) fn binary<T: Scalar>(&self, op: Binary, x: Value, y: Value) -> Expr<'_, T> {
        self.emit(|out| Statement::Binary { op, out, x, y })
    }

    pub(super) fn ternary<T: Scalar>(&self, op: Ternary, args: [Value; 3]) -> Expr<'_, T> {
        self.emit(|out| Statement::Ternary { op, out, args })
    }

    pub(super) fn quaternary<T: Scalar>(&self, op: Quaternary, args: [Value; 4]) -> Expr<'_, T> {
        self.emit(|out| Statement::Quaternary { op, out, args })
    }

    pub(super) fn push(&self, statement: Statement) {
        self.state.borrow_mut().block.push(statement);
    }

    pub(super) fn param_value(&self, param: Param<'_>) -> Value {
        finish::param(param.number)
    }

    fn emit<T: Scalar>(&self, statement: impl FnOnce(Value) -> Statement) -> Expr<'_, T> {
        let out = self.register(T::TYPE);
        self.push(statement(out));
        self.expr(out)
    }

    fn register(&self, type_: Type) -> Value {
        let mut state = self.state.borrow_mut();
        state.registers.push(type_);
        finish::register(state.registers.len().saturating_sub(1))
    }

    fn expr<T>(&self, value: Value) -> Expr<'_, T> {
        Expr {
            kernel: self,
            value,
            type_: PhantomData,
        }
    }

    /// The statements that `write` appends, as a block of their own.
    fn block(&self, write: impl FnOnce()) -> Vec<Statement> {
        let outer = core::mem::take(&mut self.state.borrow_mut().block);
        write();
        core::mem::replace(&mut self.state.borrow_mut().block, outer)
    }
}

impl<'k> Input<'k> {
    /// The word at `at`; 0 when out of bounds.
    pub fn load(self, at: impl Operand<'k, u32>) -> Expr<'k, u32> {
        let at = at.value(self.kernel);
        self.kernel.emit(|out| Statement::Load {
            out,
            input: self.number,
            at,
        })
    }
}

impl<'k> Array<'k> {
    /// The word at `at`; 0 when out of bounds.
    pub fn read(self, at: impl Operand<'k, u32>) -> Expr<'k, u32> {
        let at = at.value(self.kernel);
        self.kernel.emit(|out| Statement::ReadLocal {
            out,
            local: self.local,
            at,
        })
    }

    /// Writes the word at `at`; nothing when out of bounds.
    pub fn write(self, at: impl Operand<'k, u32>, word: impl Operand<'k, u32>) {
        let (at, x) = (at.value(self.kernel), word.value(self.kernel));
        self.kernel.push(Statement::WriteLocal {
            local: self.local,
            at,
            x,
        });
    }
}
