//! WGSL types as sequences of words.

use edgeproof_kernel::Type;
use naga::{ArraySize, Handle, Module, ScalarKind, TypeInner};

use super::{
    diagnostics::{Checked, Report},
    scan::Scan,
    Refusal,
};

/// Words of the largest value that is held in registers or a variable.
pub(super) const VALUE_WORDS: u64 = 1024;

/// Word counts of all types of a module.
#[derive(Debug)]
pub(super) struct Layouts<'m> {
    module: &'m Module,
    /// Words of each type without padding; 0 for what has none.
    words: Vec<u64>,
}

impl<'m> Layouts<'m> {
    pub fn new(module: &'m Module) -> Self {
        let mut layouts = Self {
            module,
            words: Vec::new(),
        };
        // A type stands behind those that it is made of.
        for (_, type_) in module.types.iter() {
            let words = layouts.words(&type_.inner);
            layouts.words.push(words);
        }
        layouts
    }

    pub fn inner(&self, type_: Handle<naga::Type>) -> &'m TypeInner {
        &self.module.types[type_].inner
    }

    /// Words of a value, saturating.
    pub fn words(&self, inner: &TypeInner) -> u64 {
        let of = |type_: Handle<naga::Type>| self.words.get(type_.index()).copied().unwrap_or(0);
        match inner {
            TypeInner::Scalar(_) => 1,
            TypeInner::Vector { size, .. } => *size as u64,
            TypeInner::Array {
                base,
                size: ArraySize::Constant(length),
                ..
            } => of(*base).saturating_mul(u64::from(length.get())),
            TypeInner::Struct { members, .. } => members
                .iter()
                .fold(0, |sum, member| sum.saturating_add(of(member.ty))),
            _ => 0,
        }
    }

    /// Types of the words of a value.
    pub fn flatten(&self, inner: &TypeInner) -> Result<Vec<Type>, Refusal> {
        Ok(self
            .flatten_placed(inner)?
            .into_iter()
            .map(|(type_, _)| type_)
            .collect())
    }

    /// Types of the words of a value, and where each stands in a buffer, in words.
    pub fn flatten_placed(&self, inner: &TypeInner) -> Result<Vec<(Type, u32)>, Refusal> {
        let words = self.words(inner);
        if words > VALUE_WORDS {
            return Err(Refusal::ValueTooLarge(words));
        }
        let mut flat = Vec::new();
        self.place(inner, 0, &mut flat)?;
        Ok(flat)
    }

    fn place(&self, inner: &TypeInner, at: u32, flat: &mut Vec<(Type, u32)>) -> Result<(), Refusal> {
        match inner {
            TypeInner::Scalar(scalar) => flat.push((scalar_type(*scalar)?, at)),
            TypeInner::Vector { size, scalar } => {
                let type_ = scalar_type(*scalar)?;
                flat.extend((0..*size as u32).map(|component| (type_, at + component)));
            }
            TypeInner::Array {
                base,
                size: ArraySize::Constant(length),
                stride,
            } => {
                for element in 0..length.get() {
                    // An array of nothing is as long as it likes.
                    if self.words[base.index()] == 0 {
                        break;
                    }
                    self.place(self.inner(*base), at + element * (stride / 4), flat)?;
                }
            }
            TypeInner::Struct { members, .. } => {
                for member in members {
                    self.place(self.inner(member.ty), at + member.offset / 4, flat)?;
                }
            }
            _ => return Err(unsupported(inner)),
        }
        Ok(())
    }

    /// Number and type of the elements that an index chooses from; the count is nothing for a runtime-sized array.
    pub fn elements(&self, inner: &TypeInner) -> Option<(Option<u32>, Element)> {
        Some(match inner {
            TypeInner::Vector { size, scalar } => (
                Some(*size as u32),
                Element {
                    words: 1,
                    placed: 1,
                    inner: TypeInner::Scalar(*scalar),
                },
            ),
            TypeInner::Array { base, size, stride } => {
                let count = match size {
                    ArraySize::Constant(length) => Some(length.get()),
                    _ => None,
                };
                let inner = self.inner(*base).clone();
                let words = u32::try_from(self.words(&inner)).ok()?;
                (
                    count,
                    Element {
                        words,
                        placed: stride / 4,
                        inner,
                    },
                )
            }
            _ => return None,
        })
    }

    /// Words that stand before a part of a value: without padding, and in a buffer.
    pub fn before(&self, inner: &TypeInner, part: u32) -> Option<(u32, u32)> {
        if let TypeInner::Struct { members, .. } = inner {
            let part = usize::try_from(part).ok()?;
            let words: u64 = members
                .get(..part)?
                .iter()
                .map(|member| self.words(self.inner(member.ty)))
                .fold(0, u64::saturating_add);
            return Some((u32::try_from(words).ok()?, members.get(part)?.offset / 4));
        }
        let (_, element) = self.elements(inner)?;
        Some((
            element.words.checked_mul(part)?,
            element.placed.checked_mul(part)?,
        ))
    }

    pub fn has_array(&self, inner: &TypeInner) -> bool {
        match inner {
            TypeInner::Array { .. } => true,
            TypeInner::Struct { members, .. } => {
                members.iter().any(|member| self.has_array(self.inner(member.ty)))
            }
            _ => false,
        }
    }
}

/// What an index chooses.
#[derive(Debug)]
pub(super) struct Element {
    pub words: u32,
    /// From one element to the next in a buffer, in words.
    pub placed: u32,
    pub inner: TypeInner,
}

pub(super) fn scalar_type(scalar: naga::Scalar) -> Result<Type, Refusal> {
    match (scalar.kind, scalar.width) {
        (ScalarKind::Uint, 4) => Ok(Type::U32),
        (ScalarKind::Sint, 4) => Ok(Type::I32),
        (ScalarKind::Bool, _) => Ok(Type::Bool),
        (ScalarKind::Float | ScalarKind::AbstractFloat, width) => {
            Err(Refusal::Float(format!("`f{}`", u32::from(width) * 8), "type"))
        }
        (kind, width) => {
            let letter = if kind == ScalarKind::Uint { 'u' } else { 'i' };
            Err(Refusal::Unsupported(format!(
                "`{letter}{}`",
                u32::from(width) * 8
            )))
        }
    }
}

/// The refusal of a type that has no words.
pub(super) fn unsupported(inner: &TypeInner) -> Refusal {
    match inner {
        TypeInner::Scalar(scalar) | TypeInner::Vector { scalar, .. } => scalar_type(*scalar)
            .err()
            .unwrap_or_else(|| Refusal::Unsupported("this type".into())),
        TypeInner::Matrix { .. } => Refusal::Float("a matrix".into(), "type"),
        TypeInner::Atomic(_) => Refusal::Atomic,
        TypeInner::Image { .. } | TypeInner::Sampler { .. } => Refusal::Texture,
        TypeInner::Pointer { .. } | TypeInner::ValuePointer { .. } => {
            Refusal::Unsupported("a pointer inside a value".into())
        }
        TypeInner::Array { .. } => {
            Refusal::Unsupported("an array without a length, outside of a buffer,".into())
        }
        _ => Refusal::Unsupported("this type".into()),
    }
}

/// Refuses a module that computes with floating-point numbers anywhere, even where nothing comes of it.
pub(super) fn refuse_floats(module: &Module, scan: &Scan) -> Checked<()> {
    for (handle, type_) in module.types.iter() {
        let is_float = match type_.inner {
            TypeInner::Scalar(scalar) | TypeInner::Vector { scalar, .. } => scalar.kind == ScalarKind::Float,
            TypeInner::Matrix { .. } => true,
            _ => false,
        };
        if is_float {
            let (name, place) = match &scan.float {
                Some((name, place)) => (name.clone(), Some(place.clone())),
                None => ("this".into(), module.types.get_span(handle).to_range()),
            };
            return Err(Report::new(Refusal::Float(format!("`{name}`"), "type"), place));
        }
    }
    Ok(())
}
