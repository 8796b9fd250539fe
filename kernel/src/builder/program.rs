//! Programs, step by step.

use alloc::vec::Vec;

use crate::{BufferId, Kernel, Map, MatMul, Program, Rejection, Step, Verified, Word, VERSION};

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
