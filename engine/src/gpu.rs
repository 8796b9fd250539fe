//! One device: buffers, transfers and dispatches, with every failure as a value.

use std::{
    sync::{mpsc, Arc, Mutex, PoisonError},
    time::Duration,
};

use edgeproof_shader::{job_words, Range, FIRST_INPUT_BINDING, JOB_BINDING, JOB_WORDS, OUT_BINDING};

use crate::{adapter::largest_buffer, EngineError};

/// Beyond this a dispatch, cut to a fraction of a second, will not end.
const PATIENCE: Duration = Duration::from_secs(300);
/// Bytes copied out at a time, which bounds the memory that mapping takes.
const READ_BYTES: u64 = 16 << 20;
const WORD: u64 = 4;

pub(crate) struct Gpu {
    pub device: wgpu::Device,
    queue: wgpu::Queue,
    pub limits: wgpu::Limits,
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
    pub fn open(adapter: &wgpu::Adapter) -> Result<Self, EngineError> {
        let has = adapter.limits();
        let limits = wgpu::Limits {
            // Seven inputs and the output.
            max_storage_buffers_per_shader_stage: 8,
            max_storage_buffer_binding_size: has.max_storage_buffer_binding_size,
            max_buffer_size: has.max_buffer_size,
            max_compute_workgroups_per_dimension: has.max_compute_workgroups_per_dimension,
            ..wgpu::Limits::downlevel_defaults()
        };
        let descriptor = wgpu::DeviceDescriptor {
            required_limits: limits.clone(),
            ..Default::default()
        };
        let (device, queue) = pollster::block_on(adapter.request_device(&descriptor)).map_err(|error| {
            EngineError::NoDevice {
                adapter: adapter.get_info().name,
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
        Ok(Self {
            device,
            queue,
            limits,
            failure,
        })
    }

    /// The failure that happened since the last call, if any.
    pub fn check(&self) -> Result<(), EngineError> {
        let failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner).take();
        failure.map_or(Ok(()), Err)
    }

    /// A storage buffer of this many words.
    pub fn buffer(&self, words: u32) -> Result<wgpu::Buffer, EngineError> {
        let bytes = u64::from(words) * WORD;
        let limit = largest_buffer(&self.limits);
        if bytes > limit {
            return Err(EngineError::BufferTooLarge { bytes, limit });
        }
        let usage = wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_SRC | wgpu::BufferUsages::COPY_DST;
        let buffer = self.raw_buffer(bytes, usage);
        self.check()?;
        Ok(buffer)
    }

    pub fn upload(&self, buffer: &wgpu::Buffer, bytes: &[u8]) -> Result<(), EngineError> {
        self.queue.write_buffer(buffer, 0, bytes);
        self.queue.submit([]);
        self.wait()
    }

    /// Bytes of `words`, counted from the start of the buffer.
    pub fn read(&self, buffer: &wgpu::Buffer, words: std::ops::Range<u32>) -> Result<Vec<u8>, EngineError> {
        let (start, end) = (u64::from(words.start) * WORD, u64::from(words.end) * WORD);
        let mut bytes = Vec::with_capacity((end - start) as usize);
        let mut at = start;
        while at < end {
            let length = READ_BYTES.min(end - at);
            bytes.extend_from_slice(&self.read_piece(buffer, at, length)?);
            at += length;
        }
        Ok(bytes)
    }

    fn read_piece(&self, buffer: &wgpu::Buffer, at: u64, length: u64) -> Result<Vec<u8>, EngineError> {
        let staging = self.raw_buffer(
            length,
            wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
        );
        let mut encoder = self.device.create_command_encoder(&Default::default());
        encoder.copy_buffer_to_buffer(buffer, at, &staging, 0, length);
        self.queue.submit([encoder.finish()]);

        let (sender, receiver) = mpsc::channel();
        staging.map_async(wgpu::MapMode::Read, .., move |mapped| {
            // The receiver is gone only when waiting has failed already.
            let _ = sender.send(mapped);
        });
        self.wait()?;
        match receiver.recv() {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return Err(EngineError::Refused(error.to_string())),
            Err(_) => return Err(EngineError::DeviceLost("a read was dropped".into())),
        }
        let view = staging
            .get_mapped_range(..)
            .map_err(|error| EngineError::Refused(error.to_string()))?;
        Ok(view.to_vec())
    }

    /// Binds a pipeline to buffers, with a uniform of its own.
    pub fn bind(&self, pipeline: &Pipeline, inputs: &[&wgpu::Buffer], out: &wgpu::Buffer) -> Bound {
        let uniform = self.raw_buffer(
            JOB_WORDS as u64 * WORD,
            wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
        );
        let entry = |binding, buffer: &wgpu::Buffer| (binding, buffer.clone());
        let bound: Vec<(u32, wgpu::Buffer)> = [entry(JOB_BINDING, &uniform), entry(OUT_BINDING, out)]
            .into_iter()
            .chain(
                (FIRST_INPUT_BINDING..)
                    .zip(inputs)
                    .map(|(binding, buffer)| entry(binding, buffer)),
            )
            .collect();
        let entries: Vec<wgpu::BindGroupEntry<'_>> = bound
            .iter()
            .map(|(binding, buffer)| wgpu::BindGroupEntry {
                binding: *binding,
                resource: buffer.as_entire_binding(),
            })
            .collect();
        let group = self.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: None,
            layout: &pipeline.layout,
            entries: &entries,
        });
        Bound {
            pipeline: pipeline.pipeline.clone(),
            uniform,
            group,
        }
    }

    /// Runs a range of invocations and waits for it.
    pub fn dispatch(&self, bound: &Bound, range: Range, params: &[u32]) -> Result<(), EngineError> {
        let (x, y) = range.workgroups(self.limits.max_compute_workgroups_per_dimension);
        self.queue.write_buffer(
            &bound.uniform,
            0,
            bytemuck::cast_slice(&job_words(range, x, params)),
        );
        let mut encoder = self.device.create_command_encoder(&Default::default());
        {
            let mut pass = encoder.begin_compute_pass(&Default::default());
            pass.set_pipeline(&bound.pipeline);
            pass.set_bind_group(0, &bound.group, &[]);
            pass.dispatch_workgroups(x, y, 1);
        }
        self.queue.submit([encoder.finish()]);
        self.wait()
    }

    fn wait(&self) -> Result<(), EngineError> {
        let polled = self.device.poll(wgpu::PollType::Wait {
            submission_index: None,
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

/// A pipeline with its buffers.
pub(crate) struct Bound {
    pipeline: wgpu::ComputePipeline,
    uniform: wgpu::Buffer,
    group: wgpu::BindGroup,
}

/// Keeps the first failure: the later ones follow from it.
fn record(slot: &Mutex<Option<EngineError>>, failure: EngineError) {
    slot.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .get_or_insert(failure);
}
