//! Values and places of the source, as words.

use std::rc::Rc;

use edgeproof_kernel::{Binary, Constant, Ternary, Type, Unary};
use naga::TypeInner;

use super::{
    diagnostics::Checked,
    emitter::{constant, u32_operand, Emitter},
    ir::{Operand, Reg},
    lowerer::Lowerer,
    types::Element,
    Refusal,
};

/// An address that is out of the bounds of everything, with room for offsets and for others of its kind.
const NOWHERE: u32 = 1 << 28;
/// More words than any buffer has.
const BUFFER_END: u32 = (1 << 25) + 1;

#[derive(Clone, Debug)]
pub(super) enum Value {
    Words(Rc<[Operand]>),
    Place(Location),
}

/// Where a pointer points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Location {
    pub root: Root,
    /// Words from the root: in the layout of the root.
    pub offset: u32,
    /// Added to the offset; guarded, so that what is out of bounds is nowhere.
    pub index: Option<Operand>,
    /// In roots without addresses: how many parts `index` chooses from, and the words of each.
    pub choices: u32,
    pub stride: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Root {
    /// A variable of the source, by number.
    Variable(usize),
    Params,
    Buffer(u8),
}

/// Where a variable of the source lives.
#[derive(Clone, Debug)]
pub(super) enum Storage {
    Registers(Rc<[Reg]>),
    Local { local: u8, types: Rc<[Type]> },
}

impl Location {
    pub fn of(root: Root) -> Self {
        Self {
            root,
            offset: 0,
            index: None,
            choices: 0,
            stride: 0,
        }
    }
}

impl Value {
    pub fn word(operand: Operand) -> Self {
        Self::Words([operand].into())
    }
}

impl Lowerer<'_> {
    /// The part of a place that a constant chooses.
    pub fn part(&self, place: Location, inner: &TypeInner, part: u32) -> Checked<Location> {
        let Some((words, placed)) = self.layouts.before(inner, part) else {
            return self.emitter.refuse(Refusal::Unsupported("this access".into()));
        };
        let offset = if matches!(place.root, Root::Buffer(_)) {
            placed
        } else {
            words
        };
        Ok(Location {
            offset: place.offset.saturating_add(offset),
            ..place
        })
    }

    /// The part of a place that a variable chooses.
    pub fn indexed(&mut self, place: Location, inner: &TypeInner, index: Operand) -> Checked<Location> {
        let Some((count, element)) = self.layouts.elements(inner) else {
            return self.emitter.refuse(Refusal::Unsupported("this access".into()));
        };
        let index = self.as_u32(index)?;
        if let (Some(constant), Some(count)) = (index.constant(), count) {
            if constant.bits() < count {
                return self.part(place, inner, constant.bits());
            }
        }
        match self.root_words(place.root) {
            Some(root_words) => {
                let whole = match place.root {
                    Root::Buffer(input) => {
                        *inner
                            == *self
                                .layouts
                                .inner(self.interface.inputs[usize::from(input)].type_)
                    }
                    _ => {
                        place.offset == 0
                            && place.index.is_none()
                            && count.map(|count| u64::from(count) * u64::from(element.words))
                                == Some(u64::from(root_words))
                    }
                };
                self.addressed(place, index, count, &element, whole)
            }
            None if place.index.is_some() => self.emitter.refuse(Refusal::Unsupported(
                "a second variable index into parameters".into(),
            )),
            None => Ok(Location {
                index: Some(index),
                choices: count.unwrap_or(0),
                stride: element.words,
                ..place
            }),
        }
    }

    /// Words of a root that has addresses; `u32::MAX` when they are not known here.
    fn root_words(&self, root: Root) -> Option<u32> {
        match root {
            Root::Params => None,
            Root::Buffer(_) => Some(u32::MAX),
            Root::Variable(variable) => match &self.variables[variable] {
                Storage::Registers(_) => None,
                Storage::Local { types, .. } => Some(types.len() as u32),
            },
        }
    }

    fn addressed(
        &mut self,
        place: Location,
        index: Operand,
        count: Option<u32>,
        element: &Element,
        whole: bool,
    ) -> Checked<Location> {
        let in_buffer = matches!(place.root, Root::Buffer(_));
        let stride = if in_buffer { element.placed } else { element.words };
        let count = count.unwrap_or_else(|| BUFFER_END.div_ceil(stride.max(1)));
        let fits = self.emitter.range(index).high < i64::from(count);
        let address = if fits {
            self.emitter.binary(Binary::Mul, index, u32_operand(stride))?
        } else if whole && stride == 1 {
            index
        } else if whole {
            let index = self.emitter.binary(Binary::MinU, index, u32_operand(count))?;
            self.emitter.binary(Binary::Mul, index, u32_operand(stride))?
        } else {
            let inside = self.emitter.binary(Binary::LtU, index, u32_operand(count))?;
            let address = self.emitter.binary(Binary::Mul, index, u32_operand(stride))?;
            self.emitter
                .ternary(Ternary::Select, u32_operand(NOWHERE), address, inside)?
        };
        let address = match place.index {
            Some(before) => self.emitter.binary(Binary::Add, before, address)?,
            None => address,
        };
        Ok(Location {
            index: Some(address),
            ..place
        })
    }

    pub fn load(&mut self, place: Location, inner: &TypeInner) -> Checked<Rc<[Operand]>> {
        let flat = self.flatten_placed(inner)?;
        let mut words = Vec::with_capacity(flat.len());
        for (number, (type_, placed)) in (0u32..).zip(flat) {
            let word = match place.root {
                Root::Buffer(input) => {
                    let at = self.address(place, placed)?;
                    let word = self.emitter.load(input, at)?;
                    self.typed(word, type_)?
                }
                Root::Params => {
                    let param = |lowerer: &mut Self, number| lowerer.param(number);
                    self.chosen(place, number, type_, param)?
                }
                Root::Variable(variable) => match self.variables[variable].clone() {
                    Storage::Local { local, .. } => {
                        let at = self.address(place, number)?;
                        let word = self.emitter.read_local(local, at)?;
                        self.typed(word, type_)?
                    }
                    Storage::Registers(registers) => {
                        let read = |lowerer: &mut Self, number: u32| {
                            lowerer.emitter.read(registers[number as usize])
                        };
                        self.chosen(place, number, type_, read)?
                    }
                },
            };
            words.push(word);
        }
        Ok(words.into())
    }

    pub fn store(&mut self, place: Location, inner: &TypeInner, words: &[Operand]) -> Checked<()> {
        let Root::Variable(variable) = place.root else {
            return self.emitter.refuse(Refusal::Unsupported(
                "a write to memory that is not the kernel's own".into(),
            ));
        };
        // Refuses what is too large.
        self.flatten_placed(inner)?;
        match self.variables[variable].clone() {
            Storage::Local { local, .. } => {
                for (number, word) in (0u32..).zip(words) {
                    let at = self.address(place, number)?;
                    let word = self.as_word(*word)?;
                    self.emitter.write_local(local, at, word)?;
                }
            }
            Storage::Registers(registers) => {
                let at =
                    |choice: u32, number: usize| (place.offset + choice * place.stride) as usize + number;
                let Some(index) = place.index else {
                    for (number, word) in words.iter().enumerate() {
                        self.emitter.assign(registers[at(0, number)], *word)?;
                    }
                    return Ok(());
                };
                for choice in 0..place.choices {
                    let chosen = self.emitter.binary(Binary::Eq, index, u32_operand(choice))?;
                    for (number, word) in words.iter().enumerate() {
                        let register = registers[at(choice, number)];
                        let old = self.emitter.read(register)?;
                        let new = self.emitter.ternary(Ternary::Select, old, *word, chosen)?;
                        self.emitter.assign(register, new)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn address(&mut self, place: Location, word: u32) -> Checked<Operand> {
        let offset = u32_operand(place.offset.saturating_add(word));
        match place.index {
            Some(index) => self.emitter.binary(Binary::Add, index, offset),
            None => Ok(offset),
        }
    }

    /// A word of a place without addresses: by number, or one of several by comparing the index.
    fn chosen(
        &mut self,
        place: Location,
        number: u32,
        type_: Type,
        mut word: impl FnMut(&mut Self, u32) -> Checked<Operand>,
    ) -> Checked<Operand> {
        let Some(index) = place.index else {
            return word(self, place.offset + number);
        };
        let mut choices = Vec::new();
        for choice in 0..place.choices {
            choices.push(word(self, place.offset + choice * place.stride + number)?);
        }
        self.select_word(&choices, index, type_)
    }

    /// The word that the index chooses; 0 when it is out of bounds.
    pub fn select_word(&mut self, words: &[Operand], index: Operand, type_: Type) -> Checked<Operand> {
        let mut chosen = Operand::Constant(constant(type_, 0));
        let inside = self.emitter.range(index).high < words.len() as i64;
        for (number, word) in (0u32..).zip(words) {
            if number == 0 && inside {
                chosen = *word;
                continue;
            }
            let is_this = self.emitter.binary(Binary::Eq, index, u32_operand(number))?;
            chosen = self.emitter.ternary(Ternary::Select, chosen, *word, is_this)?;
        }
        Ok(chosen)
    }

    /// A parameter word in its type.
    fn param(&mut self, number: u32) -> Checked<Operand> {
        let operand = Operand::Param(u8::try_from(number).unwrap_or(u8::MAX));
        match self.interface.params.get(number as usize) {
            Some(param) if param.signed => self.emitter.unary(Unary::AsI32, operand),
            _ => Ok(operand),
        }
    }

    pub fn as_u32(&mut self, word: Operand) -> Checked<Operand> {
        match self.emitter.type_of(word) {
            Type::I32 => self.emitter.unary(Unary::AsU32, word),
            _ => Ok(word),
        }
    }

    pub fn as_word(&mut self, word: Operand) -> Checked<Operand> {
        match self.emitter.type_of(word) {
            Type::Bool => self
                .emitter
                .ternary(Ternary::Select, u32_operand(0), u32_operand(1), word),
            _ => self.as_u32(word),
        }
    }

    pub fn typed(&mut self, word: Operand, type_: Type) -> Checked<Operand> {
        match type_ {
            Type::U32 => Ok(word),
            Type::I32 => self.emitter.unary(Unary::AsI32, word),
            Type::Bool => self.emitter.binary(Binary::Ne, word, u32_operand(0)),
        }
    }

    /// The element of a value that a variable chooses.
    pub fn element(
        &mut self,
        words: &[Operand],
        inner: &TypeInner,
        index: Operand,
    ) -> Checked<Rc<[Operand]>> {
        let Some((Some(count), element)) = self.layouts.elements(inner) else {
            return self.emitter.refuse(Refusal::Unsupported("this access".into()));
        };
        let index = self.as_u32(index)?;
        let types = self.flatten(&element.inner)?;
        if let Some(index) = index.constant() {
            let start = index.bits() as usize * types.len();
            if let Some(found) = words
                .get(start..start + types.len())
                .filter(|_| index.bits() < count)
            {
                return Ok(found.into());
            }
        }
        if let TypeInner::Vector { .. } = inner {
            return Ok([self.select_word(words, index, types[0])?].into());
        }
        let local = match words
            .iter()
            .map(|word| word.constant())
            .collect::<Option<Rc<[Constant]>>>()
        {
            Some(table) => self.emitter.table(table)?,
            None => self.spill(words)?,
        };
        let variable = self.variables.len();
        let all = words.iter().map(|word| self.emitter.type_of(*word)).collect();
        self.variables.push(Storage::Local { local, types: all });
        let place = self.indexed(Location::of(Root::Variable(variable)), inner, index)?;
        self.load(place, &element.inner)
    }

    /// A local array with these words.
    fn spill(&mut self, words: &[Operand]) -> Checked<u8> {
        let (local, _) = self
            .emitter
            .local(u32::try_from(words.len()).unwrap_or(u32::MAX))?;
        for (at, word) in (0u32..).zip(words) {
            let word = self.as_word(*word)?;
            self.emitter.write_local(local, u32_operand(at), word)?;
        }
        Ok(local)
    }
}

impl Emitter {
    /// A register for each word of a variable.
    pub fn variables(&mut self, types: &[Type]) -> Rc<[Reg]> {
        types.iter().map(|type_| self.variable(*type_)).collect()
    }
}
