//! Expressions.

use std::rc::Rc;

use edgeproof_kernel::{Binary, Constant, Ternary, Type, Unary};
use naga::{BinaryOperator, Expression, Handle, RelationalFunction, ScalarKind, TypeInner, UnaryOperator};

use super::{
    diagnostics::Checked,
    emitter::{constant, u32_operand},
    ir::Operand,
    lowerer::{literal, Lowerer},
    values::{Location, Root, Value},
    Refusal,
};

type Words = Rc<[Operand]>;

impl Lowerer<'_> {
    /// Evaluates an expression at this point.
    pub fn emit(&mut self, expression: Handle<Expression>) -> Checked<()> {
        let value = self.evaluate(expression)?;
        self.frame().values[expression.index()] = Some(value);
        Ok(())
    }

    pub fn value(&mut self, expression: Handle<Expression>) -> Checked<Value> {
        if let Some(value) = &self.frame().values[expression.index()] {
            return Ok(value.clone());
        }
        self.emit(expression)?;
        self.value(expression)
    }

    pub fn words(&mut self, expression: Handle<Expression>) -> Checked<Words> {
        match self.value(expression)? {
            Value::Words(words) => Ok(words),
            Value::Place(_) => {
                let place = self.place_of(expression);
                self.refuse_at(place, Refusal::Unsupported("a pointer as a value".into()))
            }
        }
    }

    pub fn word(&mut self, expression: Handle<Expression>) -> Checked<Operand> {
        match *self.words(expression)? {
            [word] => Ok(word),
            _ => {
                let place = self.place_of(expression);
                self.refuse_at(place, Refusal::Unsupported("this value".into()))
            }
        }
    }

    pub fn location(&mut self, pointer: Handle<Expression>) -> Checked<Location> {
        match self.value(pointer)? {
            Value::Place(location) => Ok(location),
            Value::Words(_) => {
                let place = self.place_of(pointer);
                self.refuse_at(place, Refusal::Unsupported("this pointer".into()))
            }
        }
    }

    fn evaluate(&mut self, expression: Handle<Expression>) -> Checked<Value> {
        self.work(1)?;
        if let Some(place) = self.function().expressions.get_span(expression).to_range() {
            self.emitter.place = Some(place);
        }
        let function = self.function();
        let words: Words = match &function.expressions[expression] {
            Expression::Literal(number) => match literal(*number) {
                Ok(constant) => [Operand::Constant(constant)].into(),
                Err(refusal) => return self.emitter.refuse(refusal),
            },
            Expression::Constant(number) => self.constant(self.module.constants[*number].init)?,
            Expression::ZeroValue(type_) => {
                let types = self.flatten(self.layouts.inner(*type_))?;
                types
                    .into_iter()
                    .map(|type_| Operand::Constant(constant(type_, 0)))
                    .collect()
            }
            Expression::Compose { components, ty } => {
                self.flatten(self.layouts.inner(*ty))?;
                let mut all = Vec::new();
                for component in components {
                    all.extend_from_slice(&self.words(*component)?);
                }
                all.into()
            }
            Expression::Splat { size, value } => vec![self.word(*value)?; *size as usize].into(),
            Expression::Swizzle {
                size,
                vector,
                pattern,
            } => {
                let words = self.words(*vector)?;
                pattern[..*size as usize]
                    .iter()
                    .map(|component| words[*component as usize])
                    .collect()
            }
            Expression::FunctionArgument(number) => {
                return Ok(self.frame().arguments[*number as usize].clone())
            }
            Expression::LocalVariable(local) => {
                let variable = self.frame().locals[local.index()];
                return Ok(Value::Place(Location::of(Root::Variable(variable))));
            }
            Expression::GlobalVariable(global) => match self.interface.root(*global) {
                Some(root) => return Ok(Value::Place(Location::of(root))),
                None => return self.emitter.refuse(Refusal::Unsupported("this variable".into())),
            },
            Expression::Access { base, index } => return self.access(*base, *index),
            Expression::AccessIndex { base, index } => return self.access_index(*base, *index),
            Expression::Load { pointer } => {
                let location = self.location(*pointer)?;
                self.load(location, &self.pointee(*pointer))?
            }
            Expression::Unary { op, expr } => self.unary(*op, *expr)?,
            Expression::Binary { op, left, right } => self.binary(*op, *left, *right)?,
            Expression::Select {
                condition,
                accept,
                reject,
            } => self.select(*condition, *accept, *reject)?,
            Expression::Relational { fun, argument } => self.relational(*fun, *argument)?,
            Expression::Math {
                fun,
                arg,
                arg1,
                arg2,
                arg3,
            } => {
                let mut arguments = vec![self.words(*arg)?];
                for argument in [arg1, arg2, arg3].into_iter().flatten() {
                    arguments.push(self.words(*argument)?);
                }
                self.math(*fun, &arguments)?
            }
            Expression::As { expr, kind, convert } => self.convert(*expr, *kind, *convert)?,
            Expression::ArrayLength(array) => [self.array_length(*array)?].into(),
            Expression::Override(_) => return self.emitter.refuse(Refusal::Override),
            Expression::CallResult(_) => {
                return self.emitter.refuse(Refusal::Unsupported("this call".into()))
            }
            Expression::Derivative { .. } => {
                return self
                    .emitter
                    .refuse(Refusal::Float("a derivative".into(), "operation"))
            }
            Expression::ImageSample { .. } | Expression::ImageLoad { .. } | Expression::ImageQuery { .. } => {
                return self.emitter.refuse(Refusal::Texture)
            }
            Expression::AtomicResult { .. } => return self.emitter.refuse(Refusal::Atomic),
            _ => {
                return self
                    .emitter
                    .refuse(Refusal::Unsupported("this expression".into()))
            }
        };
        Ok(Value::Words(words))
    }

    fn access(&mut self, base: Handle<Expression>, index: Handle<Expression>) -> Checked<Value> {
        let index = self.word(index)?;
        match self.value(base)? {
            Value::Place(location) => {
                let inner = self.pointee(base);
                Ok(Value::Place(self.indexed(location, &inner, index)?))
            }
            Value::Words(words) => Ok(Value::Words(self.element(&words, self.inner(base), index)?)),
        }
    }

    fn access_index(&mut self, base: Handle<Expression>, index: u32) -> Checked<Value> {
        match self.value(base)? {
            Value::Place(location) => {
                let inner = self.pointee(base);
                if let Some((Some(count), _)) = self.layouts.elements(&inner) {
                    if index >= count {
                        // Out of bounds, as the language means it.
                        return Ok(Value::Place(self.indexed(
                            location,
                            &inner,
                            u32_operand(index),
                        )?));
                    }
                }
                Ok(Value::Place(self.part(location, &inner, index)?))
            }
            Value::Words(words) => {
                let inner = self.inner(base);
                let part = self.layouts.part_words(inner, index);
                match (self.layouts.before(inner, index), part) {
                    (Some((start, _)), Some(count)) => {
                        let part = words.get(start as usize..start as usize + count as usize);
                        Ok(Value::Words(part.unwrap_or_default().into()))
                    }
                    _ => self.emitter.refuse(Refusal::Unsupported("this access".into())),
                }
            }
        }
    }

    fn array_length(&mut self, array: Handle<Expression>) -> Checked<Operand> {
        let location = self.location(array)?;
        let Root::Buffer(input) = location.root else {
            return self.emitter.refuse(Refusal::Unsupported("this length".into()));
        };
        let buffer = &self.interface.inputs[usize::from(input)];
        match (buffer.words, self.layouts.elements(&self.pointee(array))) {
            (Some(words), Some((_, element))) => Ok(u32_operand(words / element.placed.max(1))),
            _ => self.emitter.refuse(Refusal::UnknownLength(buffer.name.clone())),
        }
    }

    /// One operation on each component.
    pub fn each(
        &mut self,
        x: &[Operand],
        mut op: impl FnMut(&mut Self, Operand) -> Checked<Operand>,
    ) -> Checked<Words> {
        let mut words = Vec::with_capacity(x.len());
        for x in x {
            words.push(op(self, *x)?);
        }
        Ok(words.into())
    }

    /// One operation on each pair of components; a scalar goes with every component.
    pub fn each_pair(
        &mut self,
        x: &[Operand],
        y: &[Operand],
        mut op: impl FnMut(&mut Self, Operand, Operand) -> Checked<Operand>,
    ) -> Checked<Words> {
        let mut words = Vec::new();
        for component in 0..x.len().max(y.len()) {
            words.push(op(self, part(x, component), part(y, component))?);
        }
        Ok(words.into())
    }

    fn unary(&mut self, op: UnaryOperator, x: Handle<Expression>) -> Checked<Words> {
        let x = self.words(x)?;
        self.each(&x, |lowerer, x| {
            let op = match op {
                UnaryOperator::Negate => Unary::Negate,
                UnaryOperator::LogicalNot => Unary::LogicalNot,
                UnaryOperator::BitwiseNot => Unary::Complement,
            };
            lowerer.emitter.unary(op, x)
        })
    }

    fn binary(
        &mut self,
        op: BinaryOperator,
        left: Handle<Expression>,
        right: Handle<Expression>,
    ) -> Checked<Words> {
        let (x, y) = (self.words(left)?, self.words(right)?);
        self.each_pair(&x, &y, |lowerer, x, y| {
            let signed = lowerer.emitter.type_of(x) == Type::I32;
            let of = |unsigned, for_signed| if signed { for_signed } else { unsigned };
            let (op, x, y) = match op {
                BinaryOperator::Add => (Binary::Add, x, y),
                BinaryOperator::Subtract => (Binary::Sub, x, y),
                BinaryOperator::Multiply => (Binary::Mul, x, y),
                BinaryOperator::Divide => (of(Binary::DivU, Binary::DivI), x, y),
                BinaryOperator::Modulo => (of(Binary::RemU, Binary::RemI), x, y),
                BinaryOperator::Equal => (Binary::Eq, x, y),
                BinaryOperator::NotEqual => (Binary::Ne, x, y),
                BinaryOperator::Less => (of(Binary::LtU, Binary::LtI), x, y),
                BinaryOperator::LessEqual => (of(Binary::LeU, Binary::LeI), x, y),
                BinaryOperator::Greater => (of(Binary::LtU, Binary::LtI), y, x),
                BinaryOperator::GreaterEqual => (of(Binary::LeU, Binary::LeI), y, x),
                BinaryOperator::And | BinaryOperator::LogicalAnd => (Binary::And, x, y),
                BinaryOperator::InclusiveOr | BinaryOperator::LogicalOr => (Binary::Or, x, y),
                BinaryOperator::ExclusiveOr => (Binary::Xor, x, y),
                BinaryOperator::ShiftLeft => (Binary::Shl, x, y),
                BinaryOperator::ShiftRight => (of(Binary::ShrU, Binary::ShrI), x, y),
            };
            lowerer.emitter.binary(op, x, y)
        })
    }

    fn select(
        &mut self,
        condition: Handle<Expression>,
        accept: Handle<Expression>,
        reject: Handle<Expression>,
    ) -> Checked<Words> {
        let condition = self.words(condition)?;
        let (yes, no) = (self.words(accept)?, self.words(reject)?);
        let mut words = Vec::with_capacity(yes.len());
        for component in 0..yes.len() {
            let (no, yes, condition) = (no[component], yes[component], part(&condition, component));
            words.push(self.emitter.ternary(Ternary::Select, no, yes, condition)?);
        }
        Ok(words.into())
    }

    fn relational(&mut self, fun: RelationalFunction, argument: Handle<Expression>) -> Checked<Words> {
        let op = match fun {
            RelationalFunction::All => Binary::And,
            RelationalFunction::Any => Binary::Or,
            RelationalFunction::IsNan | RelationalFunction::IsInf => {
                return self.emitter.refuse(Refusal::Float("this".into(), "operation"))
            }
        };
        let words = self.words(argument)?;
        let mut all = words[0];
        for word in &words[1..] {
            all = self.emitter.binary(op, all, *word)?;
        }
        Ok([all].into())
    }

    fn convert(&mut self, x: Handle<Expression>, kind: ScalarKind, width: Option<u8>) -> Checked<Words> {
        let to = match (kind, width) {
            (ScalarKind::Uint, None | Some(4)) => Type::U32,
            (ScalarKind::Sint, None | Some(4)) => Type::I32,
            (ScalarKind::Bool, _) => Type::Bool,
            (ScalarKind::Float | ScalarKind::AbstractFloat, _) => {
                return self.emitter.refuse(Refusal::Float("this".into(), "conversion"))
            }
            _ => {
                return self
                    .emitter
                    .refuse(Refusal::Unsupported("an integer that has not 32 bits".into()))
            }
        };
        let words = self.words(x)?;
        self.each(&words, |lowerer, x| {
            let emitter = &mut lowerer.emitter;
            match (emitter.type_of(x), to) {
                (Type::U32, Type::I32) => emitter.unary(Unary::AsI32, x),
                (Type::I32, Type::U32) => emitter.unary(Unary::AsU32, x),
                (Type::Bool, Type::U32) => {
                    emitter.ternary(Ternary::Select, u32_operand(0), u32_operand(1), x)
                }
                (Type::Bool, Type::I32) => {
                    let [no, yes] = [0, 1].map(|value| Operand::Constant(Constant::I32(value)));
                    emitter.ternary(Ternary::Select, no, yes, x)
                }
                (from @ (Type::U32 | Type::I32), Type::Bool) => {
                    emitter.binary(Binary::Ne, x, Operand::Constant(constant(from, 0)))
                }
                _ => Ok(x),
            }
        })
    }
}

/// A component, or the scalar that goes with every component.
pub(super) fn part(words: &[Operand], component: usize) -> Operand {
    match words {
        [scalar] => *scalar,
        _ => words[component],
    }
}

impl super::types::Layouts<'_> {
    /// Words of a part of a value.
    pub fn part_words(&self, inner: &TypeInner, part: u32) -> Option<u32> {
        let words = match inner {
            TypeInner::Struct { members, .. } => {
                self.words(self.inner(members.get(usize::try_from(part).ok()?)?.ty))
            }
            _ => {
                let (_, element) = self.elements(inner)?;
                u64::from(element.words)
            }
        };
        u32::try_from(words).ok()
    }
}
