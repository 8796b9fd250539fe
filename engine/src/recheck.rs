//! Random invocations of a step, executed again in the interpreter on the very buffers that the GPU read.

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use edgeproof_kernel::{BufferId, Fault, ReadWords, Verified};

use crate::{
    buffers::{Buffer, Pool},
    gpu::Gpu,
    EngineError,
};

/// Words fetched at a time.
const PAGE_WORDS: u32 = 4096;

/// Invocations of steps, evaluated over buffers of the device. A buffer that fusion has left out is evaluated too,
/// word by word, by the step that would have written it.
pub(crate) struct Checker<'a> {
    pub gpu: &'a Gpu,
    pub pool: &'a Arc<Pool>,
    /// The program as its author wrote it.
    pub program: &'a Verified,
    pub params: &'a [u32],
    pub buffers: BTreeMap<BufferId, Arc<Buffer>>,
    /// The step that writes each buffer that was left out, one word per invocation.
    pub left_out: BTreeMap<BufferId, usize>,
    pub pages: BTreeMap<(BufferId, u32), Vec<u32>>,
}

impl Checker<'_> {
    /// What invocation `index` of a step means.
    pub fn invoke(&mut self, step: usize, index: u32) -> Result<Vec<u32>, EngineError> {
        let inputs = self.program.step(step).map_or(Vec::new(), |step| step.inputs());
        let (program, params) = (self.program, self.params);
        let mut reader = Reader {
            checker: self,
            inputs: &inputs,
        };
        match program.invoke(step, index, params, &mut reader) {
            Ok(output) => Ok(output.words().to_vec()),
            Err(Fault::Read(error)) => Err(error),
            Err(Fault::NoSuchInvocation) => Err(EngineError::Refused("no such invocation".into())),
        }
    }

    /// The words that the device has in a buffer.
    pub fn found(&self, buffer: &Buffer, range: Range<u32>) -> Result<Vec<u32>, EngineError> {
        Ok(words(&self.gpu.read(self.pool, buffer, range)?))
    }

    fn word(&mut self, id: BufferId, at: u32) -> Result<u32, EngineError> {
        if let Some(step) = self.left_out.get(&id) {
            let output = self.invoke(*step, at)?;
            return Ok(output.first().copied().unwrap_or(0));
        }
        let page = at / PAGE_WORDS;
        let within = (at % PAGE_WORDS) as usize;
        if let Some(words) = self.pages.get(&(id, page)) {
            return Ok(words[within]);
        }
        let Some(buffer) = self.buffers.get(&id) else {
            return Err(EngineError::Refused(format!("buffer {} is not alive", id.0)));
        };
        let start = page * PAGE_WORDS;
        let end = start.saturating_add(PAGE_WORDS).min(buffer.words());
        let words = self.found(buffer, start..end)?;
        let word = words[within];
        self.pages.insert((id, page), words);
        Ok(word)
    }
}

pub(crate) fn words(bytes: &[u8]) -> Vec<u32> {
    bytes
        .as_chunks()
        .0
        .iter()
        .map(|word| u32::from_le_bytes(*word))
        .collect()
}

/// The inputs of one step.
struct Reader<'c, 'a> {
    checker: &'c mut Checker<'a>,
    inputs: &'c [BufferId],
}

impl ReadWords for Reader<'_, '_> {
    type Error = EngineError;

    fn words(&self, input: u8) -> u32 {
        let id = self.inputs.get(usize::from(input));
        id.map_or(0, |id| self.checker.program.buffer_words(*id))
    }

    fn read(&mut self, input: u8, at: u32) -> Result<u32, EngineError> {
        match self.inputs.get(usize::from(input)) {
            Some(id) => self.checker.word(*id, at),
            None => Ok(0),
        }
    }
}
