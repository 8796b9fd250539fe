//! Reference execution of a whole program.

use alloc::{vec, vec::Vec};

use crate::{conv2d, matmul, BufferId, JobError, Machine, Slices, Step, Verified};

impl Verified {
    /// Runs the program in the interpreter and returns its outputs, in order.
    ///
    /// # Errors
    /// Inputs or parameter words that the program does not take.
    pub fn run(&self, inputs: &[Vec<u32>], params: &[u32]) -> Result<Vec<Vec<u32>>, JobError> {
        let lengths: Vec<u32> = inputs
            .iter()
            .map(|words| u32::try_from(words.len()).unwrap_or(u32::MAX))
            .collect();
        self.check_job(&lengths, params)?;

        let mut buffers: Vec<Vec<u32>> = vec![Vec::new(); self.program.buffers.len()];
        for (id, words) in self.program.inputs.iter().zip(inputs) {
            if let Some(buffer) = buffers.get_mut(id.at()) {
                buffer.clone_from(words);
            }
        }
        self.run_block(None, params, &mut buffers);
        let output = |id: &BufferId| buffers.get(id.at()).cloned().unwrap_or_default();
        Ok(self.program.outputs.iter().map(output).collect())
    }

    fn run_block(&self, around: Option<usize>, params: &[u32], buffers: &mut [Vec<u32>]) {
        for number in self.block(around) {
            match self.step(number) {
                Some(Step::Repeat(repeat)) => {
                    for iteration in 0..repeat.times {
                        for carried in &repeat.carried {
                            let from = if iteration == 0 {
                                carried.initial
                            } else {
                                carried.next
                            };
                            let words = buffers.get(from.at()).cloned().unwrap_or_default();
                            set(buffers, carried.state, words);
                        }
                        self.run_block(Some(number), params, buffers);
                    }
                }
                Some(step) => {
                    let inputs = step.inputs();
                    let inputs: Vec<&[u32]> = inputs
                        .iter()
                        .map(|id| buffers.get(id.at()).map_or(&[][..], |words| words))
                        .collect();
                    let words = self.run_step(number, params, &inputs);
                    if let Some(out) = step.out() {
                        set(buffers, out, words);
                    }
                }
                None => {}
            }
        }
    }

    /// Runs all invocations of one step, one after the other, and returns its output. `params` are the job's; `inputs`
    /// are the words of the step's inputs, as [`Step::inputs`] lists them. Nothing for a step that is not there and for
    /// a `Repeat`.
    pub fn run_step(&self, number: usize, params: &[u32], inputs: &[&[u32]]) -> Vec<u32> {
        let Some(step) = self.step(number) else {
            return Vec::new();
        };
        let mut reader = Slices(inputs);
        let invocations = 0..self.plans.get(number).map_or(0, |plan| plan.invocations);
        match step {
            Step::Map(map) => {
                let mut out = Vec::new();
                if let Some(kernel) = self.program.kernels.get(usize::from(map.kernel)) {
                    let mut machine = Machine::new(kernel, &self.step_params(number, params));
                    for index in invocations {
                        let Ok(output) = machine.invoke(index, &mut reader);
                        out.extend_from_slice(output.words());
                    }
                }
                out
            }
            Step::MatMul(product) => invocations
                .map(|index| {
                    let Ok(word) = matmul::matmul_element(product, index, &mut reader);
                    word
                })
                .collect(),
            Step::Conv2d(convolution) => invocations
                .map(|index| {
                    let Ok(word) = conv2d::conv2d_element(convolution, index, &mut reader);
                    word
                })
                .collect(),
            Step::Repeat(_) => Vec::new(),
        }
    }
}

fn set(buffers: &mut [Vec<u32>], id: BufferId, words: Vec<u32>) {
    if let Some(buffer) = buffers.get_mut(id.at()) {
        *buffer = words;
    }
}
