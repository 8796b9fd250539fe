//! A program that keeps every rule, with what was learnt while checking.

use alloc::vec::Vec;
use core::fmt;

use codec::DecodeLimit;

use crate::{
    conv2d, limits, matmul, trace::Definition, verify, BufferId, Cost, Machine, Output, ParamError, Place,
    Program, ReadWords, Rejection, Rule, Step, Word,
};

/// A program that keeps every rule of the language. The only way to get one is to check it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub(crate) program: Program,
    /// Of each kernel, for one invocation.
    pub(crate) costs: Vec<Cost>,
    pub(crate) plans: Vec<StepPlan>,
    /// Where each buffer gets its content.
    pub(crate) definitions: Vec<Definition>,
    pub(crate) peak_words: u64,
    pub(crate) operations: u64,
}

/// What is known of a step before it runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepPlan {
    /// Invocations of one execution, each of which writes `width` words; 0 of a `Repeat`.
    pub invocations: u32,
    /// 1, 2 or 4.
    pub width: u8,
    /// Operations of one execution at the declared maxima of parameters; 0 of a `Repeat`, whose body has its own.
    pub operations: u64,
    /// How often one run of the program executes the step.
    pub executions: u32,
    /// Executions of steps that it takes: 1, or all of a `Repeat`.
    pub length: u32,
    /// Executions that the same round of the surrounding block takes before it.
    pub(crate) offset: u32,
    /// Number of the `Repeat` around it.
    pub(crate) around: Option<u16>,
    /// Position in the surrounding block.
    pub(crate) at: u16,
    /// Steps inside, at any depth. They have the numbers that follow.
    pub(crate) inner: u16,
    /// Buffers that nothing touches after an execution.
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

    /// One plan per step. Steps are numbered from 0 in the order of the text, a `Repeat` before its body.
    pub fn steps(&self) -> &[StepPlan] {
        &self.plans
    }

    /// The step of this number.
    pub fn step(&self, number: usize) -> Option<&Step> {
        let plan = self.plans.get(number)?;
        let block = match plan.around {
            Some(around) => self.step(usize::from(around))?.body(),
            None => &self.program.steps,
        };
        block.get(usize::from(plan.at))
    }

    /// Numbers of the steps of a block, in order: the body of the `Repeat` of this number, or the program.
    pub fn block(&self, around: Option<usize>) -> impl Iterator<Item = usize> + '_ {
        let (first, end) = match around {
            Some(repeat) => {
                let inner = self.plans.get(repeat).map_or(0, |plan| usize::from(plan.inner));
                let first = repeat.saturating_add(1);
                (first, first.saturating_add(inner))
            }
            None => (0, self.plans.len()),
        };
        let within = move |number: &usize| *number < end;
        core::iter::successors(Some(first).filter(within), move |number| {
            let inner = usize::from(self.plans.get(*number)?.inner);
            number.checked_add(inner)?.checked_add(1).filter(within)
        })
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
        Ok(steps.fold(0u64, |sum, (step, plan)| {
            let all = self
                .step_operations(step, params)
                .saturating_mul(u64::from(plan.executions));
            sum.saturating_add(all)
        }))
    }

    /// Operations of one execution of a step with these parameter words of the job; 0 for a step that is not there
    /// and for a `Repeat`.
    pub fn step_operations(&self, step: usize, params: &[u32]) -> u64 {
        let (Some(found), Some(plan)) = (self.step(step), self.plans.get(step)) else {
            return 0;
        };
        let one = match found {
            Step::Map(map) => {
                let cost = self.costs.get(usize::from(map.kernel));
                cost.map_or(0, |cost| cost.with(&self.step_params(step, params)).operations)
            }
            Step::MatMul(product) => product.element_operations(),
            Step::Conv2d(convolution) => convolution.shape.element_operations(),
            Step::Repeat(_) => 0,
        };
        one.saturating_mul(u64::from(plan.invocations))
    }

    /// The words that a step passes to its kernel when the job brings `params`.
    pub fn step_params(&self, step: usize, params: &[u32]) -> Vec<u32> {
        let Some(Step::Map(map)) = self.step(step) else {
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
        let (Some(found), Some(plan)) = (self.step(step), self.plans.get(step)) else {
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
            Step::Conv2d(convolution) => conv2d::conv2d_element(convolution, index, reader).map(Output::one),
            Step::Repeat(_) => return Err(Fault::NoSuchInvocation),
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
