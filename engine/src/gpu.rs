//! One device: transfers and dispatches, with every failure as a value.

use std::{
    sync::{mpsc, Arc, Mutex, PoisonError},
    time::Duration,
};

use edgeproof_shader::{
    job_words, Range, BROADCAST_LANES, FIRST_INPUT_BINDING, JOB_BINDING, JOB_WORDS, OUT_BINDING,
};

use crate::{
    adapter::largest_buffer,
    buffers::{Buffer, Pool, Segment},
    EngineError,
};

/// Beyond this a dispatch, cut to a fraction of a second, will not end.
const PATIENCE: Duration = Duration::from_secs(300);
/// Bytes copied out at a time, which bounds the memory that mapping takes.
const READ_BYTES: u64 = 4 << 20;
const WORD: u64 = 4;

pub(crate) struct Gpu {
    pub device: wgpu::Device,
    queue: wgpu::Queue,
    pub limits: wgpu::Limits,
    /// Bytes of the largest binding.
    pub largest_binding: u64,
    /// Whether lanes can hand words to their subgroup.
    pub broadcasts: bool,
    /// The first failure since it was last asked for.
    failure: Arc<Mutex<Option<EngineError>>>,
}

/// A pipeline with the layout of its bindings.
#[derive(Clone)]
pub(crate) struct Pipeline {
    pub pipeline: wgpu::ComputePipeline,
    pub layout: wgpu::BindGroupLayout,
}

impl Gpu {
    /// Opens a device whose bindings have at most `largest_binding` bytes, or what the adapter allows.
    pub fn open(adapter: &wgpu::Adapter, largest_binding: Option<u64>) -> Result<Self, EngineError> {
        let has = adapter.limits();
        let limits = wgpu::Limits {
            max_storage_buffers_per_shader_stage: has.max_storage_buffers_per_shader_stage,
            max_storage_buffer_binding_size: has.max_storage_buffer_binding_size,
            max_buffer_size: has.max_buffer_size,
            max_compute_workgroups_per_dimension: has.max_compute_workgroups_per_dimension,
            ..wgpu::Limits::downlevel_defaults()
        };
        let info = adapter.get_info();
        let broadcasts = adapter.features().contains(wgpu::Features::SUBGROUP)
            && info.subgroup_min_size >= BROADCAST_LANES;
        let descriptor = wgpu::DeviceDescriptor {
            required_limits: limits.clone(),
            required_features: if broadcasts {
                wgpu::Features::SUBGROUP
            } else {
                wgpu::Features::empty()
            },
            ..Default::default()
        };
        let (device, queue) = pollster::block_on(adapter.request_device(&descriptor)).map_err(|error| {
            EngineError::NoDevice {
                adapter: info.name,
                reason: error.to_string(),
            }
        })?;

        let failure = Arc::new(Mutex::new(None));
        let (lost, refused) = (failure.clone(), failure.clone());
        device.set_device_lost_callback(move |reason, message| {
            // Dropping the device is how it is meant to end.
            if reason != wgpu::DeviceLostReason::Destroyed {
                record(&lost, EngineError::DeviceLost(message));
            }
        });
        device.on_uncaptured_error(Arc::new(move |error| {
            let failure = match error {
                wgpu::Error::OutOfMemory { .. } => EngineError::OutOfMemory { needed: 0 },
                other => EngineError::Refused(other.to_string()),
            };
            record(&refused, failure);
        }));
        let allowed = largest_buffer(&limits);
        Ok(Self {
            device,
            queue,
            limits,
            largest_binding: largest_binding.map_or(allowed, |asked| asked.min(allowed)),
            broadcasts,
            failure,
        })
    }

    /// The failure that happened since the last call, if any. A lost device stays lost.
    pub fn check(&self) -> Result<(), EngineError> {
        let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        match &*failure {
            Some(lost @ EngineError::DeviceLost(_)) => Err(lost.clone()),
            _ => failure.take().map_or(Ok(()), Err),
        }
    }

    /// Memory straight from the device; see [`Pool`].
    pub fn allocate(&self, bytes: u64, usage: wgpu::BufferUsages) -> Result<wgpu::Buffer, EngineError> {
        let buffer = self.raw_buffer(bytes, usage);
        self.check()?;
        Ok(buffer)
    }

    /// Fills a buffer with as many bytes as it has.
    pub fn upload(&self, buffer: &Buffer, bytes: &[u8]) -> Result<(), EngineError> {
        let mut rest = bytes;
        for segment in buffer.segments() {
            let length = usize::try_from(segment.bytes()).unwrap_or(usize::MAX);
            let (now, later) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            self.queue.write_buffer(&segment.buffer, 0, now);
            rest = later;
        }
        self.queue.submit([]);
        self.wait(None)
    }

    /// Bytes of `words`, counted from the start of the buffer.
    pub fn read(
        &self,
        pool: &Arc<Pool>,
        buffer: &Buffer,
        words: std::ops::Range<u32>,
    ) -> Result<Vec<u8>, EngineError> {
        let length = u64::from(words.end - words.start) * WORD;
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
        self.read_pieces(pool, buffer, words, |piece| bytes.extend_from_slice(piece))?;
        Ok(bytes)
    }

    /// Hands out the bytes of `words` piece by piece, while the device copies the next piece.
    pub fn read_pieces(
        &self,
        pool: &Arc<Pool>,
        buffer: &Buffer,
        words: std::ops::Range<u32>,
        mut each: impl FnMut(&[u8]),
    ) -> Result<(), EngineError> {
        let mut coming = None;
        for (segment, piece) in pieces(buffer, words) {
            let next = self.start_read(pool, segment, piece)?;
            if let Some(ready) = coming.replace(next) {
                self.finish_read(ready, &mut each)?;
            }
        }
        coming.map_or(Ok(()), |last| self.finish_read(last, &mut each))
    }

    fn start_read(
        &self,
        pool: &Arc<Pool>,
        segment: &Segment,
        bytes: std::ops::Range<u64>,
    ) -> Result<Reading, EngineError> {
        let length = bytes.end - bytes.start;
        let staging = pool.staging(self, u32::try_from(length / WORD).unwrap_or(u32::MAX))?;
        let [part] = staging.segments() else {
            return Err(EngineError::Refused("a piece is longer than a binding".into()));
        };
        let mut encoder = self.device.create_command_encoder(&Default::default());
        encoder.copy_buffer_to_buffer(&segment.buffer, bytes.start, &part.buffer, 0, length);
        let submission = self.queue.submit([encoder.finish()]);
        let (sender, mapped) = mpsc::channel();
        part.buffer
            .map_async(wgpu::MapMode::Read, ..length, move |result| {
                // The receiver is gone only when waiting has failed already.
                let _ = sender.send(result);
            });
        Ok(Reading {
            staging,
            submission,
            mapped,
            length,
        })
    }

    fn finish_read(&self, reading: Reading, each: &mut impl FnMut(&[u8])) -> Result<(), EngineError> {
        self.wait(Some(reading.submission))?;
        match reading.mapped.recv() {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return Err(EngineError::Refused(error.to_string())),
            Err(_) => return Err(EngineError::DeviceLost("a read was dropped".into())),
        }
        for part in reading.staging.segments() {
            let view = part
                .buffer
                .get_mapped_range(..reading.length)
                .map_err(|error| EngineError::Refused(error.to_string()))?;
            each(&view);
            drop(view);
            part.buffer.unmap();
        }
        Ok(())
    }

    /// A uniform that the dispatches of one run share: each is waited for.
    pub fn uniform(&self) -> Result<wgpu::Buffer, EngineError> {
        let usage = wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST;
        self.allocate(JOB_WORDS as u64 * WORD, usage)
    }

    /// Binds a pipeline to buffers.
    pub fn bind(
        &self,
        pipeline: &Pipeline,
        uniform: &wgpu::Buffer,
        inputs: &[&Buffer],
        out: &Segment,
    ) -> Bound {
        let entry = |binding, resource| wgpu::BindGroupEntry { binding, resource };
        let segments = inputs.iter().flat_map(|input| input.segments());
        let entries: Vec<wgpu::BindGroupEntry<'_>> = [
            entry(JOB_BINDING, uniform.as_entire_binding()),
            entry(OUT_BINDING, out.binding()),
        ]
        .into_iter()
        .chain(
            (FIRST_INPUT_BINDING..)
                .zip(segments)
                .map(|(binding, segment)| entry(binding, segment.binding())),
        )
        .collect();
        let group = self.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: None,
            layout: &pipeline.layout,
            entries: &entries,
        });
        Bound {
            pipeline: pipeline.pipeline.clone(),
            uniform: uniform.clone(),
            group,
        }
    }

    /// Runs a range of units and waits for it.
    pub fn dispatch(&self, bound: &Bound, order: &Order<'_>) -> Result<(), EngineError> {
        let most = self.limits.max_compute_workgroups_per_dimension;
        let (x, y) = order.range.workgroups(order.workgroup, most);
        let words = job_words(order.range, x * order.workgroup, order.base, order.params);
        self.queue
            .write_buffer(&bound.uniform, 0, bytemuck::cast_slice(&words));
        let mut encoder = self.device.create_command_encoder(&Default::default());
        {
            let mut pass = encoder.begin_compute_pass(&Default::default());
            pass.set_pipeline(&bound.pipeline);
            pass.set_bind_group(0, &bound.group, &[]);
            pass.dispatch_workgroups(x, y, 1);
        }
        let submission = self.queue.submit([encoder.finish()]);
        self.wait(Some(submission))
    }

    fn wait(&self, submission_index: Option<wgpu::SubmissionIndex>) -> Result<(), EngineError> {
        let polled = self.device.poll(wgpu::PollType::Wait {
            submission_index,
            timeout: Some(PATIENCE),
        });
        self.check()?;
        match polled {
            Ok(_) => Ok(()),
            Err(wgpu::PollError::Timeout) => Err(EngineError::Hung(PATIENCE.as_secs())),
            Err(other) => Err(EngineError::DeviceLost(other.to_string())),
        }
    }

    fn raw_buffer(&self, size: u64, usage: wgpu::BufferUsages) -> wgpu::Buffer {
        self.device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size,
            usage,
            mapped_at_creation: false,
        })
    }
}

/// What one dispatch runs.
pub(crate) struct Order<'a> {
    pub range: Range,
    /// Units of a workgroup.
    pub workgroup: u32,
    /// The first element of the output that is bound.
    pub base: u32,
    pub params: &'a [u32],
}

/// A pipeline with its buffers.
pub(crate) struct Bound {
    pipeline: wgpu::ComputePipeline,
    uniform: wgpu::Buffer,
    group: wgpu::BindGroup,
}

/// A piece on its way to the host.
struct Reading {
    staging: Buffer,
    submission: wgpu::SubmissionIndex,
    mapped: mpsc::Receiver<Result<(), wgpu::BufferAsyncError>>,
    length: u64,
}

/// The parts of segments, in bytes, that make up `words`.
fn pieces(
    buffer: &Buffer,
    words: std::ops::Range<u32>,
) -> impl Iterator<Item = (&Segment, std::ops::Range<u64>)> {
    buffer.segments().iter().flat_map(move |segment| {
        let within = |word: u32| u64::from(word.saturating_sub(segment.first).min(segment.words)) * WORD;
        let (start, end) = (within(words.start), within(words.end));
        (start..end)
            .step_by(READ_BYTES as usize)
            .map(move |at| (segment, at..(at + READ_BYTES).min(end)))
    })
}

/// Keeps the first failure: the later ones follow from it.
fn record(slot: &Mutex<Option<EngineError>>, failure: EngineError) {
    let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
    // Whatever else a lost device reports is a consequence.
    if slot.is_none() || matches!(failure, EngineError::DeviceLost(_)) {
        *slot = Some(failure);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{adapter, Selection};

    #[test]
    fn a_lost_device_stays_lost_and_other_failures_are_told_once() {
        let adapter = adapter::select(&Selection::Best).expect("an adapter");
        let gpu = Gpu::open(&adapter, None).expect("a device");
        let (refused, lost) = (
            EngineError::Refused("no".into()),
            EngineError::DeviceLost("gone".into()),
        );
        record(&gpu.failure, refused.clone());
        assert_eq!(gpu.check(), Err(refused.clone()));
        assert_eq!(gpu.check(), Ok(()));
        record(&gpu.failure, refused.clone());
        record(&gpu.failure, lost.clone());
        record(&gpu.failure, refused);
        assert_eq!(gpu.check(), Err(lost.clone()));
        assert_eq!(gpu.check(), Err(lost));
    }
}
