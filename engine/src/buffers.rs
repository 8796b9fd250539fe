//! Words on the device: in segments that the adapter can bind, from a pool that takes them back.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use crate::{gpu::Gpu, EngineError};

const WORD: u64 = 4;
/// A segment starts at a whole `vec4<u32>`, so that no load and no invocation straddles two.
const GRANULE_BYTES: u64 = 16;

/// Words on the device. Dropping it gives its memory back to the pool.
pub(crate) struct Buffer {
    segments: Vec<Segment>,
    words: u32,
    pool: Arc<Pool>,
}

/// A part of a buffer that is bound at once.
pub(crate) struct Segment {
    pub buffer: wgpu::Buffer,
    /// Its first word, counted from the start of the whole.
    pub first: u32,
    /// Words that belong to it. The memory may be longer.
    pub words: u32,
}

impl Buffer {
    pub fn words(&self) -> u32 {
        self.words
    }

    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }
}

impl Segment {
    pub fn bytes(&self) -> u64 {
        u64::from(self.words) * WORD
    }

    /// The segment without what its memory is too long, so that a shader sees its length.
    pub fn binding(&self) -> wgpu::BindingResource<'_> {
        wgpu::BindingResource::Buffer(wgpu::BufferBinding {
            buffer: &self.buffer,
            offset: 0,
            size: wgpu::BufferSize::new(self.bytes()),
        })
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        let mut free = self.pool.free.lock().unwrap_or_else(PoisonError::into_inner);
        for segment in self.segments.drain(..) {
            free.entry((segment.buffer.usage(), segment.buffer.size()))
                .or_default()
                .push(segment.buffer);
        }
    }
}

/// Memory of one run that nothing uses at the moment, by usage and size in bytes.
#[derive(Default)]
pub(crate) struct Pool {
    free: Mutex<HashMap<(wgpu::BufferUsages, u64), Vec<wgpu::Buffer>>>,
}

impl Pool {
    /// A storage buffer. Its content is what the last user left.
    pub fn storage(self: &Arc<Self>, gpu: &Gpu, words: u32) -> Result<Buffer, EngineError> {
        let usage = wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_SRC | wgpu::BufferUsages::COPY_DST;
        self.buffer(gpu, words, usage)
    }

    /// Memory that the host reads, for at most as many words as one binding has.
    pub fn staging(self: &Arc<Self>, gpu: &Gpu, words: u32) -> Result<Buffer, EngineError> {
        let usage = wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ;
        self.buffer(gpu, words, usage)
    }

    fn buffer(
        self: &Arc<Self>,
        gpu: &Gpu,
        words: u32,
        usage: wgpu::BufferUsages,
    ) -> Result<Buffer, EngineError> {
        let most = gpu.largest_binding / GRANULE_BYTES * (GRANULE_BYTES / WORD);
        let most = u32::try_from(most).unwrap_or(u32::MAX).max(1);
        let mut buffer = Buffer {
            segments: Vec::new(),
            words,
            pool: self.clone(),
        };
        let mut first = 0;
        while first < words {
            let length = most.min(words - first);
            let bytes = size_class(u64::from(length) * WORD).min(u64::from(most) * WORD);
            buffer.segments.push(Segment {
                buffer: self.take(gpu, usage, bytes)?,
                first,
                words: length,
            });
            first += length;
        }
        Ok(buffer)
    }

    fn take(&self, gpu: &Gpu, usage: wgpu::BufferUsages, bytes: u64) -> Result<wgpu::Buffer, EngineError> {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(buffer) = free.get_mut(&(usage, bytes)).and_then(Vec::pop) {
            return Ok(buffer);
        }
        match gpu.allocate(bytes, usage) {
            // Memory of other sizes may be what is missing.
            Err(EngineError::OutOfMemory { .. }) if !free.is_empty() => {
                free.clear();
                gpu.allocate(bytes, usage)
            }
            made => made,
        }
    }
}

/// Lengths that share memory: at most an eighth too long.
fn size_class(bytes: u64) -> u64 {
    let step = (bytes.next_power_of_two() / 16).max(256);
    bytes.next_multiple_of(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_class_is_at_most_an_eighth_too_long() {
        for bytes in (4..100_000).step_by(4).chain([1 << 20, (1 << 27) - 4, 1 << 27]) {
            let class = size_class(bytes);
            assert!(class >= bytes && class.is_multiple_of(4));
            assert!(class - bytes <= (bytes / 8).max(256));
        }
    }
}
