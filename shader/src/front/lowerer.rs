//! From naga's functions to instructions: what is shared by all parts.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use edgeproof_kernel::{Constant, Type};
use naga::{
    valid::{FunctionInfo, ModuleInfo},
    Expression, Function, Handle, LocalVariable, Module, TypeInner,
};

use super::{
    diagnostics::{Checked, Place, RefuseAt, Report},
    emitter::Emitter,
    interface::Interface,
    ir::{Operand, Reg},
    types::Layouts,
    values::{Location, Root, Storage, Value},
    Refusal,
};

/// Statements and expressions that are looked at for one kernel, inlined ones each time.
const WORK: usize = 2_000_000;

/// What `break`, `continue` and `return` leave when no loop of the kernel language is there to break.
#[derive(Debug)]
pub(super) enum Region {
    /// The body of a loop: left by `continue`.
    Body(Reg),
    /// A switch: left by `break`.
    Switch(Reg),
}

/// A function that is being inlined.
pub(super) struct Frame<'m> {
    pub function: &'m Function,
    pub info: &'m FunctionInfo,
    pub values: Vec<Option<Value>>,
    pub arguments: Vec<Value>,
    /// Variables by position of the local variable.
    pub locals: Vec<usize>,
    pub result: Returned,
    /// Set once a return has been met.
    pub returned: Reg,
    pub regions: Vec<Region>,
    /// Loops of this function around the point that is being written.
    pub loops: usize,
}

/// How a function hands over its result.
pub(super) enum Returned {
    /// By the only return at its end; the value once that was met.
    AtEnd(Option<Rc<[Operand]>>),
    /// In registers, from several places.
    Registers(Rc<[Reg]>),
}

pub(super) struct Lowerer<'m> {
    pub module: &'m Module,
    pub info: &'m ModuleInfo,
    pub interface: &'m Interface,
    pub layouts: Layouts<'m>,
    pub emitter: Emitter,
    pub variables: Vec<Storage>,
    pub frames: Vec<Frame<'m>>,
    /// Local variables of functions whose elements a variable chooses.
    pub indexed_locals: HashMap<Handle<Function>, Rc<HashSet<Handle<LocalVariable>>>>,
    /// Registers of the variables that naga makes for logical operators.
    pub nameless: HashSet<Reg>,
    work: usize,
}

impl<'m> Lowerer<'m> {
    pub fn new(module: &'m Module, info: &'m ModuleInfo, interface: &'m Interface) -> Self {
        let mut emitter = Emitter::default();
        emitter
            .params
            .extend(interface.params.iter().map(|param| param.maximum));
        Self {
            module,
            info,
            interface,
            layouts: Layouts::new(module),
            emitter,
            variables: Vec::new(),
            frames: Vec::new(),
            indexed_locals: HashMap::new(),
            nameless: HashSet::new(),
            work: 0,
        }
    }

    /// Counts what is looked at, so that functions that call functions that call functions come to an end.
    pub fn work(&mut self, amount: usize) -> Checked<()> {
        self.work += amount;
        if self.work > WORK {
            return self.emitter.refuse(Refusal::TooLarge);
        }
        Ok(())
    }

    pub fn frame(&mut self) -> &mut Frame<'m> {
        self.frames.last_mut().expect("a function is being inlined")
    }

    pub fn function(&self) -> &'m Function {
        self.frames.last().expect("a function is being inlined").function
    }

    pub fn place_of(&self, expression: Handle<Expression>) -> Place {
        let place = self.function().expressions.get_span(expression).to_range();
        place.or_else(|| self.emitter.place.clone())
    }

    /// Type of an expression of the current function.
    pub fn inner(&self, expression: Handle<Expression>) -> &'m TypeInner {
        let info = self.frames.last().expect("a function is being inlined").info;
        info[expression].ty.inner_with(&self.module.types)
    }

    /// What a pointer points to.
    pub fn pointee(&self, pointer: Handle<Expression>) -> TypeInner {
        match *self.inner(pointer) {
            TypeInner::Pointer { base, .. } => self.layouts.inner(base).clone(),
            TypeInner::ValuePointer {
                size: Some(size),
                scalar,
                ..
            } => TypeInner::Vector { size, scalar },
            TypeInner::ValuePointer {
                size: None, scalar, ..
            } => TypeInner::Scalar(scalar),
            ref other => other.clone(),
        }
    }

    pub fn flatten(&self, inner: &TypeInner) -> Checked<Vec<Type>> {
        self.layouts.flatten(inner).at(self.emitter.place.clone())
    }

    pub fn flatten_placed(&self, inner: &TypeInner) -> Checked<Vec<(Type, u32)>> {
        self.layouts.flatten_placed(inner).at(self.emitter.place.clone())
    }

    pub fn refuse_at<T>(&self, place: Place, refusal: Refusal) -> Checked<T> {
        Err(Report::new(refusal, place))
    }

    /// A constant expression of the module.
    pub fn constant(&self, expression: Handle<Expression>) -> Checked<Rc<[Operand]>> {
        let place = self.module.global_expressions.get_span(expression).to_range();
        let words = constant_words(self.module, &self.layouts, expression)
            .at(place.or_else(|| self.emitter.place.clone()))?;
        Ok(words.into_iter().map(Operand::Constant).collect())
    }

    /// The variable that a pointer expression of the current function points into.
    pub fn variable_of(&self, pointer: Handle<Expression>) -> Option<usize> {
        let frame = self.frames.last()?;
        match frame.function.expressions[pointer] {
            Expression::Access { base, .. } | Expression::AccessIndex { base, .. } => self.variable_of(base),
            Expression::LocalVariable(local) => frame.locals.get(local.index()).copied(),
            Expression::FunctionArgument(number) => match frame.arguments.get(number as usize) {
                Some(Value::Place(Location {
                    root: Root::Variable(variable),
                    ..
                })) => Some(*variable),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Words of a constant expression of the module.
pub(super) fn constant_words(
    module: &Module,
    layouts: &Layouts<'_>,
    expression: Handle<Expression>,
) -> Result<Vec<Constant>, Refusal> {
    match &module.global_expressions[expression] {
        Expression::Literal(literal) => Ok(vec![self::literal(*literal)?]),
        Expression::Constant(constant) => constant_words(module, layouts, module.constants[*constant].init),
        Expression::ZeroValue(type_) => {
            let types = layouts.flatten(layouts.inner(*type_))?;
            Ok(types
                .into_iter()
                .map(|type_| super::emitter::constant(type_, 0))
                .collect())
        }
        Expression::Compose { ty, components } => {
            let words = layouts.words(layouts.inner(*ty));
            if words > super::types::VALUE_WORDS {
                return Err(Refusal::ValueTooLarge(words));
            }
            let mut all = Vec::new();
            for component in components {
                all.extend(constant_words(module, layouts, *component)?);
            }
            Ok(all)
        }
        Expression::Splat { size, value } => {
            let word = constant_words(module, layouts, *value)?;
            Ok(word.repeat(*size as usize))
        }
        Expression::Override(_) => Err(Refusal::Override),
        _ => Err(Refusal::Unsupported("this constant".into())),
    }
}

pub(super) fn literal(literal: naga::Literal) -> Result<Constant, Refusal> {
    use naga::Literal;
    match literal {
        Literal::U32(value) => Ok(Constant::U32(value)),
        Literal::I32(value) => Ok(Constant::I32(value)),
        Literal::Bool(value) => Ok(Constant::Bool(value)),
        Literal::AbstractInt(value) => i32::try_from(value)
            .map(Constant::I32)
            .map_err(|_| Refusal::Unsupported(format!("the integer {value}, which no i32 holds,"))),
        Literal::F32(_) | Literal::F64(_) | Literal::F16(_) | Literal::AbstractFloat(_) => {
            Err(Refusal::Float("this".into(), "number"))
        }
        _ => Err(Refusal::Unsupported("an integer that has not 32 bits".into())),
    }
}
