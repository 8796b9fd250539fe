//! Programs, step by step.

use alloc::vec::Vec;

use crate::{
    BufferId, Carried, Conv2d, ConvShape, Kernel, Map, MatMul, Program, Rejection, Repeat, Step, Verified,
    Word, VERSION,
};

/// Collects buffers, kernels and steps in the order of execution.
#[derive(Clone, Debug)]
pub struct ProgramBuilder {
    program: Program,
}

impl Default for ProgramBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl ProgramBuilder {
    pub fn new() -> Self {
        let program = Program {
            version: VERSION,
            kernels: Vec::new(),
            buffers: Vec::new(),
            inputs: Vec::new(),
            params: Vec::new(),
            steps: Vec::new(),
            outputs: Vec::new(),
        };
        Self { program }
    }

    /// A blob of `words` words that the job brings.
    pub fn input(&mut self, words: u32) -> BufferId {
        let id = self.buffer(words);
        self.program.inputs.push(id);
        id
    }

    /// A parameter word that the job brings, at most `maximum`.
    pub fn param(&mut self, maximum: u32) -> Word {
        let number = u8::try_from(self.program.params.len()).unwrap_or(u8::MAX);
        self.program.params.push(maximum);
        Word::Job(number)
    }

    /// A buffer of `words` words, filled by as many invocations of `kernel` as it takes.
    pub fn map(&mut self, kernel: &Kernel, inputs: &[BufferId], params: &[Word], words: u32) -> BufferId {
        let known = self.program.kernels.iter().position(|known| known == kernel);
        let number = known.unwrap_or_else(|| {
            self.program.kernels.push(kernel.clone());
            self.program.kernels.len().saturating_sub(1)
        });
        let out = self.buffer(words);
        self.program.steps.push(Step::Map(Map {
            kernel: u16::try_from(number).unwrap_or(u16::MAX),
            inputs: inputs.to_vec(),
            params: params.to_vec(),
            out,
        }));
        out
    }

    /// The product of `a` (m x k) and the transpose of `b` (n x k), both of packed `i8`: m x n words of `i32`.
    pub fn matmul(&mut self, a: BufferId, b: BufferId, m: u32, n: u32, k: u32) -> BufferId {
        let out = self.buffer(m.saturating_mul(n));
        self.program
            .steps
            .push(Step::MatMul(MatMul { m, n, k, a, b, out }));
        out
    }

    /// The convolution of `input` with the filters `weights`: see [`Conv2d`] for their layouts.
    pub fn conv2d(&mut self, input: BufferId, weights: BufferId, shape: ConvShape) -> BufferId {
        let words = shape
            .sizes()
            .and_then(|sizes| u32::try_from(sizes.out_words).ok());
        let out = self.buffer(words.unwrap_or(0));
        self.program.steps.push(Step::Conv2d(Conv2d {
            shape,
            input,
            weights,
            out,
        }));
        out
    }

    /// Repeats what `body` appends. `body` is given the states that begin as `initial` and returns what they are next;
    /// the call returns what they are in the end.
    pub fn repeat(
        &mut self,
        times: u32,
        initial: &[BufferId],
        body: impl FnOnce(&mut Self, &[BufferId]) -> Vec<BufferId>,
    ) -> Vec<BufferId> {
        let states: Vec<BufferId> = initial.iter().map(|id| self.buffer(self.words(*id))).collect();
        let outer = core::mem::take(&mut self.program.steps);
        let next = body(self, &states);
        let body = core::mem::replace(&mut self.program.steps, outer);
        let carried = initial.iter().zip(&states).zip(&next);
        self.program.steps.push(Step::Repeat(Repeat {
            times,
            carried: carried
                .map(|((initial, state), next)| Carried {
                    initial: *initial,
                    state: *state,
                    next: *next,
                })
                .collect(),
            body,
        }));
        next
    }

    /// Words of a buffer; 0 for one that is not there.
    pub fn words(&self, id: BufferId) -> u32 {
        self.program.buffers.get(id.at()).copied().unwrap_or(0)
    }

    /// Makes a buffer the next part of the result.
    pub fn output(&mut self, id: BufferId) {
        self.program.outputs.push(id);
    }

    /// The program as it stands, unchecked.
    pub fn into_program(self) -> Program {
        self.program
    }

    /// Checks the program.
    ///
    /// # Errors
    /// The first rule that is broken, and where.
    pub fn build(self) -> Result<Verified, Rejection> {
        self.program.verify()
    }

    fn buffer(&mut self, words: u32) -> BufferId {
        let id = BufferId(u16::try_from(self.program.buffers.len()).unwrap_or(u16::MAX));
        self.program.buffers.push(words);
        id
    }
}
