//! Random invocations of a step, executed again in the interpreter on the very buffers that the GPU read.

use std::collections::HashMap;

use edgeproof_kernel::{Fault, ReadWords};
use rand::Rng;

use crate::{gpu::Gpu, EngineError, Job};

/// Words fetched at a time.
const PAGE_WORDS: u32 = 4096;

/// Compares `job.samples_per_step` invocations and returns how many.
///
/// Reads only the pages that the samples load from, while the step's buffers are still alive.
pub(crate) fn recheck(
    gpu: &Gpu,
    job: &Job<'_>,
    step: usize,
    inputs: &[(wgpu::Buffer, u32)],
    out: &wgpu::Buffer,
    random: &mut impl Rng,
) -> Result<u64, EngineError> {
    let plan = &job.program.steps()[step];
    let width = u32::from(plan.width);
    let mut reader = Pages {
        gpu,
        inputs,
        pages: HashMap::new(),
    };
    let samples = job.samples_per_step.min(plan.invocations);
    for _ in 0..samples {
        let index = random.random_range(0..plan.invocations);
        let expected = match job.program.invoke(step, index, job.params, &mut reader) {
            Ok(output) => output.words().to_vec(),
            Err(Fault::Read(error)) => return Err(error),
            Err(Fault::NoSuchInvocation) => return Err(EngineError::Refused("no such invocation".into())),
        };
        let found = words(&gpu.read(out, index * width..(index + 1) * width)?);
        if found != expected {
            return Err(EngineError::Miscomputed {
                step,
                index,
                expected,
                found,
            });
        }
    }
    Ok(u64::from(samples))
}

pub(crate) fn words(bytes: &[u8]) -> Vec<u32> {
    bytes
        .as_chunks()
        .0
        .iter()
        .map(|word| u32::from_le_bytes(*word))
        .collect()
}

struct Pages<'a> {
    gpu: &'a Gpu,
    inputs: &'a [(wgpu::Buffer, u32)],
    pages: HashMap<(u8, u32), Vec<u32>>,
}

impl ReadWords for Pages<'_> {
    type Error = EngineError;

    fn words(&self, input: u8) -> u32 {
        self.inputs.get(usize::from(input)).map_or(0, |(_, words)| *words)
    }

    fn read(&mut self, input: u8, at: u32) -> Result<u32, EngineError> {
        let page = at / PAGE_WORDS;
        if !self.pages.contains_key(&(input, page)) {
            let (buffer, length) = &self.inputs[usize::from(input)];
            let start = page * PAGE_WORDS;
            let end = start.saturating_add(PAGE_WORDS).min(*length);
            self.pages
                .insert((input, page), words(&self.gpu.read(buffer, start..end)?));
        }
        Ok(self.pages[&(input, page)][(at % PAGE_WORDS) as usize])
    }
}
