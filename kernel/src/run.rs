//! Reference execution of a whole program.

use alloc::{vec, vec::Vec};

use crate::{matmul, JobError, Machine, Slices, Step, Verified};

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
        for step in 0..self.program.steps.len() {
            self.run_step(step, params, &mut buffers);
        }
        let output = |id: &crate::BufferId| buffers.get(id.at()).cloned().unwrap_or_default();
        Ok(self.program.outputs.iter().map(output).collect())
    }

    fn run_step(&self, number: usize, params: &[u32], buffers: &mut [Vec<u32>]) {
        let (Some(step), Some(plan)) = (self.program.steps.get(number), self.plans.get(number)) else {
            return;
        };
        let mut out = Vec::new();
        {
            let inputs = step.inputs();
            let inputs: Vec<&[u32]> = inputs
                .iter()
                .map(|id| buffers.get(id.at()).map_or(&[][..], |words| words))
                .collect();
            let mut reader = Slices(&inputs);
            match step {
                Step::Map(map) => {
                    let Some(kernel) = self.program.kernels.get(usize::from(map.kernel)) else {
                        return;
                    };
                    let mut machine = Machine::new(kernel, &self.step_params(number, params));
                    for index in 0..plan.invocations {
                        let Ok(output) = machine.invoke(index, &mut reader);
                        out.extend_from_slice(output.words());
                    }
                }
                Step::MatMul(product) => {
                    for index in 0..plan.invocations {
                        let Ok(word) = matmul::matmul_element(product, index, &mut reader);
                        out.push(word);
                    }
                }
            }
        }
        if let Some(buffer) = buffers.get_mut(step.out().at()) {
            *buffer = out;
        }
    }
}
