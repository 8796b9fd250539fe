//! The interpreter: one invocation at a time, reading only what it loads.

use alloc::{vec, vec::Vec};
use core::convert::Infallible;

use crate::{cost, ops, Kernel, Local, Statement, Value};

/// Where an invocation's loads come from. A referee serves opened chunks, a test serves slices.
pub trait ReadWords {
    /// Why a word that exists cannot be served, for example because its chunk was not opened. No verdict.
    type Error;

    /// Words of the input buffer; loads beyond are 0 and are not asked for.
    fn words(&self, input: u8) -> u32;

    /// The word at `at`, which is below [`Self::words`].
    ///
    /// # Errors
    /// When the word is not at hand.
    fn read(&mut self, input: u8, at: u32) -> Result<u32, Self::Error>;

    /// The word at `at`, or 0 out of bounds: what a load means.
    ///
    /// # Errors
    /// When the word is not at hand.
    fn read_or_zero(&mut self, input: u8, at: u32) -> Result<u32, Self::Error> {
        if at < self.words(input) {
            self.read(input, at)
        } else {
            Ok(0)
        }
    }
}

/// A reader over buffers in memory, in the order of the inputs.
#[derive(Clone, Copy, Debug)]
pub struct Slices<'a>(pub &'a [&'a [u32]]);

impl ReadWords for Slices<'_> {
    type Error = Infallible;

    fn words(&self, input: u8) -> u32 {
        self.0
            .get(usize::from(input))
            .map_or(0, |words| u32::try_from(words.len()).unwrap_or(u32::MAX))
    }

    fn read(&mut self, input: u8, at: u32) -> Result<u32, Infallible> {
        let word = self
            .0
            .get(usize::from(input))
            .and_then(|words| words.get(usize::try_from(at).ok()?));
        Ok(word.copied().unwrap_or(0))
    }
}

/// What an invocation returned: 1, 2 or 4 words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Output {
    words: [u32; 4],
    width: usize,
}

impl Output {
    pub(crate) fn one(word: u32) -> Self {
        Self {
            words: [word, 0, 0, 0],
            width: 1,
        }
    }

    /// The words, as many as the kernel is wide.
    pub fn words(&self) -> &[u32] {
        self.words.get(..self.width).unwrap_or(&self.words)
    }
}

/// A kernel with its parameter words, ready to run any of its invocations.
///
/// Total on every kernel; on a verified one it does what WGSL does.
#[derive(Clone, Debug)]
pub struct Machine<'k> {
    kernel: &'k Kernel,
    params: Vec<u32>,
    /// All values as an invocation finds them, apart from its index.
    initial: Vec<u32>,
    values: Vec<u32>,
    locals: Vec<Vec<u32>>,
}

enum Flow {
    Next,
    Break,
}

impl<'k> Machine<'k> {
    /// `params` are the kernel's own; missing ones are 0.
    pub fn new(kernel: &'k Kernel, params: &[u32]) -> Self {
        let mut params = params.to_vec();
        params.resize(kernel.params.len(), 0);
        let mut initial = vec![0];
        initial.extend(&params);
        initial.extend(kernel.constants.iter().map(|constant| constant.bits()));
        initial.resize(initial.len().saturating_add(kernel.registers.len()), 0);
        let locals = kernel
            .locals
            .iter()
            .map(|words| vec![0; usize::from(*words)])
            .collect();
        Self {
            kernel,
            params,
            values: initial.clone(),
            initial,
            locals,
        }
    }

    /// Evaluates one invocation.
    ///
    /// # Errors
    /// What the reader fails with; nothing else can go wrong.
    pub fn invoke<R: ReadWords>(&mut self, index: u32, reader: &mut R) -> Result<Output, R::Error> {
        self.values.copy_from_slice(&self.initial);
        self.set(Value(0), index);
        for local in &mut self.locals {
            local.fill(0);
        }
        let kernel = self.kernel;
        self.block(&kernel.code, reader)?;

        let mut output = Output {
            words: [0; 4],
            width: kernel.width(),
        };
        for (word, value) in output.words.iter_mut().zip(&kernel.result) {
            *word = self.get(*value);
        }
        Ok(output)
    }

    fn block<R: ReadWords>(&mut self, block: &[Statement], reader: &mut R) -> Result<Flow, R::Error> {
        for statement in block {
            match statement {
                Statement::Binary { op, out, x, y } => {
                    self.set(*out, ops::binary(*op, self.get(*x), self.get(*y)));
                }
                Statement::Unary { op, out, x } => self.set(*out, ops::unary(*op, self.get(*x))),
                Statement::Ternary { op, out, args } => {
                    let [x, y, z] = args.map(|value| self.get(value));
                    self.set(*out, ops::ternary(*op, x, y, z));
                }
                Statement::Quaternary { op, out, args } => {
                    self.set(*out, ops::quaternary(*op, args.map(|value| self.get(value))));
                }
                Statement::Load { out, input, at } => {
                    let word = reader.read_or_zero(*input, self.get(*at))?;
                    self.set(*out, word);
                }
                Statement::ReadLocal { out, local, at } => {
                    let word = self.local(*local, *at).map_or(0, |word| *word);
                    self.set(*out, word);
                }
                Statement::WriteLocal { local, at, x } => {
                    let word = self.get(*x);
                    if let Some(slot) = self.local(*local, *at) {
                        *slot = word;
                    }
                }
                Statement::If {
                    condition,
                    then,
                    otherwise,
                } => {
                    let side = if self.get(*condition) == 0 {
                        otherwise
                    } else {
                        then
                    };
                    if let Flow::Break = self.block(side, reader)? {
                        return Ok(Flow::Break);
                    }
                }
                Statement::Loop { counter, bound, body } => {
                    let rounds = cost::rounds(*bound, &self.params);
                    let mut round = 0u32;
                    self.set(*counter, round);
                    while round < rounds {
                        if let Flow::Break = self.block(body, reader)? {
                            break;
                        }
                        round = round.saturating_add(1);
                        self.set(*counter, round);
                    }
                }
                Statement::Break => return Ok(Flow::Break),
            }
        }
        Ok(Flow::Next)
    }

    #[inline]
    fn get(&self, value: Value) -> u32 {
        self.values.get(usize::from(value.0)).copied().unwrap_or(0)
    }

    #[inline]
    fn set(&mut self, value: Value, bits: u32) {
        if let Some(slot) = self.values.get_mut(usize::from(value.0)) {
            *slot = bits;
        }
    }

    fn local(&mut self, local: Local, at: Value) -> Option<&mut u32> {
        let at = usize::try_from(self.get(at)).ok()?;
        self.locals.get_mut(usize::from(local.0))?.get_mut(at)
    }
}
