//! What a kernel takes and returns: its buffers, its parameters and its signature.

use std::collections::HashMap;

use edgeproof_kernel::{limits, Type};
use naga::{AddressSpace, ArraySize, GlobalVariable, Handle, Module, TypeInner};

use super::{
    diagnostics::{Checked, Place, RefuseAt, Report},
    ir::Op,
    lowerer::constant_words,
    native,
    scan::Scan,
    types::{unsupported, Layouts},
    values::Root,
    Lengths, Refusal,
};

/// Name of the function that is the kernel.
pub(super) const KERNEL: &str = "kernel";
/// Name of the constant that says how often the kernel runs.
const INVOCATIONS: &str = "INVOCATIONS";
/// How the names of constants begin that declare the largest value of a parameter.
const MAXIMUM: &str = "MAX_";
/// How the names of constants begin that give a type to others.
const TYPED: &str = "edgeproof_";

/// A buffer that a kernel reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputDecl {
    pub name: String,
    /// Its length, if the source states it or whoever builds the program has.
    pub words: Option<u32>,
}

/// A parameter word of a kernel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParamDecl {
    /// As the source names it; components of vectors as `name.x`.
    pub name: String,
    /// Whether the source reads it as `i32`.
    pub signed: bool,
    /// The largest value, read as `u32`.
    pub maximum: u32,
}

#[derive(Debug)]
pub(super) struct Input {
    pub name: String,
    pub words: Option<u32>,
    pub type_: Handle<naga::Type>,
    pub place: Place,
}

#[derive(Debug)]
pub(super) struct Interface {
    pub inputs: Vec<Input>,
    pub params: Vec<ParamDecl>,
    pub invocations: Option<u32>,
    pub kernel: Handle<naga::Function>,
    /// Functions that are operations of the kernel language.
    pub natives: HashMap<Handle<naga::Function>, Op>,
    roots: HashMap<Handle<GlobalVariable>, Root>,
}

impl Interface {
    /// Reads the declarations. `lengths` are those of buffers whose source states none.
    pub fn of(module: &Module, scan: &Scan, natives: bool, lengths: Lengths<'_>) -> Checked<Self> {
        let layouts = Layouts::new(module);
        if let Some(entry) = module.entry_points.first() {
            let place = scan.functions.get(&entry.name).cloned();
            return Err(Report::new(Refusal::EntryPoint(entry.name.clone()), place));
        }
        if let Some((handle, _)) = module.overrides.iter().next() {
            return Err(Report::new(
                Refusal::Override,
                module.overrides.get_span(handle).to_range(),
            ));
        }
        let (mut buffers, mut uniform) = (Vec::new(), None);
        for (handle, global) in module.global_variables.iter() {
            let place = module.global_variables.get_span(handle).to_range();
            match global.space {
                AddressSpace::Storage { access } => {
                    if access.contains(naga::StorageAccess::STORE) {
                        return Err(Report::new(Refusal::WritableBuffer(name_of(global)), place));
                    }
                    buffers.push(handle);
                }
                AddressSpace::Uniform => {
                    if uniform.replace(handle).is_some() {
                        return Err(Report::new(Refusal::SecondUniform, place));
                    }
                }
                AddressSpace::WorkGroup => {
                    return Err(Report::new(Refusal::SharedMemory("workgroup"), place))
                }
                AddressSpace::Private => return Err(Report::new(Refusal::SharedMemory("private"), place)),
                _ => return Err(Report::new(unsupported(layouts.inner(global.ty)), place)),
            }
        }
        let mut interface = Self {
            inputs: Vec::new(),
            params: Vec::new(),
            invocations: constant(module, &layouts, INVOCATIONS, 1, limits::BUFFER_WORDS)?,
            kernel: signature(module, scan)?,
            natives: if natives {
                native::functions(module)
            } else {
                HashMap::new()
            },
            roots: HashMap::new(),
        };
        interface.buffers(module, &layouts, buffers, lengths)?;
        if let Some(uniform) = uniform {
            interface.uniform(module, &layouts, uniform)?;
        }
        Ok(interface)
    }

    pub fn root(&self, global: Handle<GlobalVariable>) -> Option<Root> {
        self.roots.get(&global).copied()
    }

    fn buffers(
        &mut self,
        module: &Module,
        layouts: &Layouts<'_>,
        mut handles: Vec<Handle<GlobalVariable>>,
        lengths: Lengths<'_>,
    ) -> Checked<()> {
        let place = |handle| module.global_variables.get_span(handle).to_range();
        let mut bindings = Vec::new();
        for handle in &handles {
            let global = &module.global_variables[*handle];
            let Some(binding) = global.binding else {
                return Err(Report::new(Refusal::NoBinding(name_of(global)), place(*handle)));
            };
            let binding = (binding.group, binding.binding);
            if let Some((_, before)) = bindings.iter().find(|(known, _)| *known == binding) {
                let before = &module.global_variables[*before];
                let refusal = Refusal::SameBinding(name_of(before), name_of(global));
                return Err(Report::new(refusal, place(*handle)));
            }
            bindings.push((binding, *handle));
        }
        handles.sort_by_key(|handle| {
            module.global_variables[*handle]
                .binding
                .map(|at| (at.group, at.binding))
        });
        for (number, handle) in handles.into_iter().enumerate() {
            if number >= usize::from(limits::KERNEL_INPUTS) {
                return Err(Report::new(Refusal::TooManyBuffers(number + 1), place(handle)));
            }
            let global = &module.global_variables[handle];
            let words = match declared_words(layouts, global).at(place(handle))? {
                Some(words) => Some(words),
                None => lengths.of(number, &name_of(global)),
            };
            self.roots.insert(handle, Root::Buffer(number as u8));
            self.inputs.push(Input {
                name: name_of(global),
                words,
                type_: global.ty,
                place: place(handle),
            });
        }
        Ok(())
    }

    fn uniform(
        &mut self,
        module: &Module,
        layouts: &Layouts<'_>,
        handle: Handle<GlobalVariable>,
    ) -> Checked<()> {
        let global = &module.global_variables[handle];
        let place = module.global_variables.get_span(handle).to_range();
        self.roots.insert(handle, Root::Params);
        let mut words = Vec::new();
        match layouts.inner(global.ty) {
            TypeInner::Struct { members, .. } => {
                for member in members {
                    let name = member.name.clone().unwrap_or_default();
                    name_words(layouts, layouts.inner(member.ty), name, &mut words).at(place.clone())?;
                }
            }
            inner => name_words(layouts, inner, name_of(global), &mut words).at(place.clone())?,
        }
        for (name, type_) in words {
            if type_ == Type::Bool {
                return Err(Report::new(Refusal::UniformType(name_of(global)), place));
            }
            let exact = constant(module, layouts, &maximum_name(&name), 0, u32::MAX)?;
            let of_whole = || match name.split_once(['.', '[']) {
                Some((whole, _)) => constant(module, layouts, &maximum_name(whole), 0, u32::MAX),
                None => Ok(None),
            };
            let maximum = match exact {
                Some(maximum) => Some(maximum),
                None => of_whole()?,
            };
            self.params.push(ParamDecl {
                name,
                signed: type_ == Type::I32,
                maximum: maximum.unwrap_or(u32::MAX),
            });
        }
        if self.params.len() > limits::PARAMS {
            return Err(Report::new(
                Refusal::TooManyParams(self.params.len() as u32),
                place,
            ));
        }
        Ok(())
    }
}

pub(super) fn name_of(global: &GlobalVariable) -> String {
    global.name.clone().unwrap_or_default()
}

/// Name of the constant that declares the largest value of a parameter.
fn maximum_name(param: &str) -> String {
    let name = param.to_uppercase().replace(['.', '['], "_").replace(']', "");
    format!("{MAXIMUM}{name}")
}

/// Words of a buffer whose type has a length.
fn declared_words(layouts: &Layouts<'_>, global: &GlobalVariable) -> Result<Option<u32>, Refusal> {
    let TypeInner::Array { base, size, stride } = layouts.inner(global.ty) else {
        return Err(Refusal::BufferType(name_of(global)));
    };
    layouts
        .flatten(layouts.inner(*base))
        .map_err(|refusal| match refusal {
            Refusal::Unsupported(_) => Refusal::BufferType(name_of(global)),
            other => other,
        })?;
    match size {
        ArraySize::Constant(length) => {
            let words = u64::from(length.get()) * u64::from(stride / 4);
            match u32::try_from(words) {
                Ok(words) if words <= limits::BUFFER_WORDS => Ok(Some(words)),
                _ => Err(Refusal::BufferLength(name_of(global), words)),
            }
        }
        ArraySize::Dynamic => Ok(None),
        ArraySize::Pending(_) => Err(Refusal::Override),
    }
}

/// The words of a parameter, each with a name.
fn name_words(
    layouts: &Layouts<'_>,
    inner: &TypeInner,
    name: String,
    words: &mut Vec<(String, Type)>,
) -> Result<(), Refusal> {
    let count = layouts.words(inner);
    if words.len() as u64 + count > limits::PARAMS as u64 {
        let count = u32::try_from(words.len() as u64 + count).unwrap_or(u32::MAX);
        return Err(Refusal::TooManyParams(count));
    }
    match inner {
        TypeInner::Scalar(_) => {
            let type_ = layouts.flatten(inner)?;
            words.extend(type_.into_iter().map(|type_| (name.clone(), type_)));
        }
        TypeInner::Vector { .. } => {
            let types = layouts.flatten(inner)?;
            let components = ["x", "y", "z", "w"];
            words.extend(
                types
                    .into_iter()
                    .zip(components)
                    .map(|(type_, of)| (format!("{name}.{of}"), type_)),
            );
        }
        TypeInner::Array {
            base,
            size: ArraySize::Constant(length),
            ..
        } => {
            for element in 0..length.get() {
                name_words(layouts, layouts.inner(*base), format!("{name}[{element}]"), words)?;
            }
        }
        TypeInner::Struct { members, .. } => {
            for member in members {
                let of = member.name.as_deref().unwrap_or_default();
                name_words(layouts, layouts.inner(member.ty), format!("{name}.{of}"), words)?;
            }
        }
        other => return Err(unsupported(other)),
    }
    Ok(())
}

/// Constants that declare something by their name, and that naga forgets because they have no type of their own:
/// text that makes them `u32`.
pub(super) fn typed_declarations(module: &Module, scan: &Scan) -> String {
    let declares = |name: &&String| *name == INVOCATIONS || name.starts_with(MAXIMUM);
    let forgotten = |name: &&String| {
        !module
            .constants
            .iter()
            .any(|(_, constant)| constant.name.as_deref() == Some(name.as_str()))
    };
    let names = scan.constants.iter().filter(declares).filter(forgotten);
    names
        .map(|name| format!("\nconst {TYPED}{name} = u32({name});"))
        .collect()
}

/// A constant of the module by its name.
fn constant(module: &Module, layouts: &Layouts<'_>, name: &str, low: u32, high: u32) -> Checked<Option<u32>> {
    let typed = format!("{TYPED}{name}");
    let is_it = |found: &str| found == name || found == typed;
    let found = module
        .constants
        .iter()
        .find(|(_, constant)| constant.name.as_deref().is_some_and(is_it));
    let Some((handle, constant)) = found else {
        return Ok(None);
    };
    let place: Place = module.constants.get_span(handle).to_range();
    let words = constant_words(module, layouts, constant.init).at(place.clone())?;
    let value = match words[..] {
        [edgeproof_kernel::Constant::U32(value)] => Some(value),
        [edgeproof_kernel::Constant::I32(value)] => u32::try_from(value).ok(),
        _ => None,
    };
    match value.filter(|value| (low..=high).contains(value)) {
        Some(value) => Ok(Some(value)),
        None => Err(Report::new(Refusal::ConstantRange(name.into(), low, high), place)),
    }
}

/// The kernel, once its signature is as it must be.
fn signature(module: &Module, scan: &Scan) -> Checked<Handle<naga::Function>> {
    let found = module
        .functions
        .iter()
        .find(|(_, function)| function.name.as_deref() == Some(KERNEL));
    let Some((handle, function)) = found else {
        return Err(Report::new(Refusal::NoKernel, None));
    };
    let place = scan.functions.get(KERNEL).cloned();
    let is_u32 = |type_| module.types[type_].inner == TypeInner::Scalar(naga::Scalar::U32);
    match &function.arguments[..] {
        [index] if is_u32(index.ty) => {}
        _ => return Err(Report::new(Refusal::KernelArguments, place)),
    }
    let is_integer = |scalar: naga::Scalar| scalar == naga::Scalar::U32 || scalar == naga::Scalar::I32;
    let fits = function
        .result
        .as_ref()
        .is_some_and(|result| match module.types[result.ty].inner {
            TypeInner::Scalar(scalar) => is_integer(scalar),
            TypeInner::Vector { size, scalar } => is_integer(scalar) && size != naga::VectorSize::Tri,
            _ => false,
        });
    if fits {
        Ok(handle)
    } else {
        Err(Report::new(Refusal::KernelResult, place))
    }
}
