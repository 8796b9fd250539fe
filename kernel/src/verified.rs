//! A program that keeps every rule, with what was learnt while checking.

use alloc::vec::Vec;
use core::fmt;

use codec::DecodeLimit;

use crate::{
    limits, matmul, verify, BufferId, Cost, Machine, Output, ParamError, Place, Program, ReadWords,
    Rejection, Rule, Step, Word,
};

/// A program that keeps every rule of the language. The only way to get one is to check it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub(crate) program: Program,
    /// Of each kernel, for one invocation.
    pub(crate) costs: Vec<Cost>,
    pub(crate) plans: Vec<StepPlan>,
    pub(crate) peak_words: u64,
    pub(crate) operations: u64,
}

/// What is known of a step before it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepPlan {
    /// Invocations, each of which writes `width` words.
    pub invocations: u32,
    /// 1, 2 or 4.
    pub width: u8,
    /// Operations of all invocations at the declared maxima of parameters.
    pub operations: u64,
    /// Buffers that no later step touches.
    pub released: Vec<BufferId>,
}

/// Why an invocation was not evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault<E> {
    /// The program has no such step, or the step no such invocation.
    NoSuchInvocation,
    /// The reader could not serve a word. No verdict about anyone.
    Read(E),
}

impl Program {
    /// Decodes a program, in memory proportional to `bytes`. It is not verified yet.
    ///
    /// # Errors
    /// [`Rule::TooManyBytes`] beyond [`limits::PROGRAM_BYTES`]; [`Rule::NotAProgram`] when the bytes are not
    /// exactly one program or nest deeper than [`limits::DECODE_DEPTH`].
    pub fn from_bytes(mut bytes: &[u8]) -> Result<Self, Rejection> {
        let rejected = |rule| Rejection {
            place: Place::Program,
            rule,
        };
        if bytes.len() > limits::PROGRAM_BYTES {
            return Err(rejected(Rule::TooManyBytes));
        }
        Self::decode_all_with_depth_limit(limits::DECODE_DEPTH, &mut bytes)
            .map_err(|_| rejected(Rule::NotAProgram))
    }

    /// Checks every rule of the language, in time linear in the program.
    ///
    /// # Errors
    /// The first rule that is broken, and where.
    pub fn verify(self) -> Result<Verified, Rejection> {
        verify::verify(self)
    }
}

impl Verified {
    /// Decodes and checks a program.
    ///
    /// # Errors
    /// As [`Program::from_bytes`] and [`Program::verify`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Rejection> {
        Program::from_bytes(bytes)?.verify()
    }

    pub fn program(&self) -> &Program {
        &self.program
    }

    /// One plan per step.
    pub fn steps(&self) -> &[StepPlan] {
        &self.plans
    }

    /// Cost of one invocation of each kernel.
    pub fn kernel_costs(&self) -> &[Cost] {
        &self.costs
    }

    /// Operations of the whole program at the declared maxima of parameters.
    pub fn operations(&self) -> u64 {
        self.operations
    }

    /// Operations of the whole program with these parameter words: what a quote prices.
    ///
    /// # Errors
    /// Words that the program does not take.
    pub fn operations_with(&self, params: &[u32]) -> Result<u64, ParamError> {
        self.check_params(params)?;
        let steps = self.plans.iter().enumerate();
        Ok(steps.fold(0u64, |sum, (step, _)| {
            sum.saturating_add(self.step_operations(step, params))
        }))
    }

    /// Operations of one step with these parameter words of the job; 0 for a step that is not there.
    pub fn step_operations(&self, step: usize, params: &[u32]) -> u64 {
        let (Some(found), Some(plan)) = (self.program.steps.get(step), self.plans.get(step)) else {
            return 0;
        };
        let one = match found {
            Step::Map(map) => {
                let cost = self.costs.get(usize::from(map.kernel));
                cost.map_or(0, |cost| cost.with(&self.step_params(step, params)).operations)
            }
            Step::MatMul(product) => product.element_operations(),
        };
        one.saturating_mul(u64::from(plan.invocations))
    }

    /// The words that a step passes to its kernel when the job brings `params`.
    pub fn step_params(&self, step: usize, params: &[u32]) -> Vec<u32> {
        let Some(Step::Map(map)) = self.program.steps.get(step) else {
            return Vec::new();
        };
        let word = |word: &Word| match *word {
            Word::Constant(value) => value,
            Word::Job(n) => params.get(usize::from(n)).copied().unwrap_or(0),
        };
        map.params.iter().map(word).collect()
    }

    /// Words of a buffer; 0 for one that is not there.
    pub fn buffer_words(&self, id: BufferId) -> u32 {
        self.program.buffers.get(id.at()).copied().unwrap_or(0)
    }

    /// Words of each input blob, in the job's order.
    pub fn input_words(&self) -> Vec<u32> {
        self.program
            .inputs
            .iter()
            .map(|id| self.buffer_words(*id))
            .collect()
    }

    /// Words of each output blob, in order.
    pub fn output_words(&self) -> Vec<u32> {
        self.program
            .outputs
            .iter()
            .map(|id| self.buffer_words(*id))
            .collect()
    }

    /// Declared maximum of each parameter word of a job.
    pub fn params(&self) -> &[u32] {
        &self.program.params
    }

    /// Most bytes of buffers that exist at once, when each lives from its first to its last use.
    pub fn peak_bytes(&self) -> u64 {
        self.peak_words.saturating_mul(4)
    }

    /// Evaluates one invocation of one step: the unit of dispute. `params` are the job's; `reader` serves the
    /// step's inputs, numbered as [`Step::inputs`] lists them.
    ///
    /// # Errors
    /// [`Fault::NoSuchInvocation`], or what the reader fails with.
    pub fn invoke<R: ReadWords>(
        &self,
        step: usize,
        index: u32,
        params: &[u32],
        reader: &mut R,
    ) -> Result<Output, Fault<R::Error>> {
        let (Some(found), Some(plan)) = (self.program.steps.get(step), self.plans.get(step)) else {
            return Err(Fault::NoSuchInvocation);
        };
        if index >= plan.invocations {
            return Err(Fault::NoSuchInvocation);
        }
        match found {
            Step::Map(map) => {
                let kernel = self.program.kernels.get(usize::from(map.kernel));
                let kernel = kernel.ok_or(Fault::NoSuchInvocation)?;
                Machine::new(kernel, &self.step_params(step, params)).invoke(index, reader)
            }
            Step::MatMul(product) => matmul::matmul_element(product, index, reader).map(Output::one),
        }
        .map_err(Fault::Read)
    }
}

impl<E: fmt::Display> fmt::Display for Fault<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchInvocation => write!(f, "the program has no such invocation"),
            Self::Read(error) => write!(f, "a word of an input is not at hand: {error}"),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> core::error::Error for Fault<E> {}
