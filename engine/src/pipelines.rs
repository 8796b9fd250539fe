//! Compiled shaders, kept for the next job of the same program.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use edgeproof_shader::{ENTRY_POINT, FIRST_INPUT_BINDING, JOB_BINDING, OUT_BINDING};

use crate::{
    gpu::{Gpu, Pipeline},
    EngineError,
};

/// Shaders kept. When there are more, all are dropped: programs come in runs.
const KEPT: usize = 256;

#[derive(Default)]
pub(crate) struct Pipelines(Mutex<HashMap<String, Pipeline>>);

impl Pipelines {
    /// The pipeline of a shader with so many bindings for inputs.
    pub fn get(&self, gpu: &Gpu, wgsl: &str, inputs: u32) -> Result<Pipeline, EngineError> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pipeline) = known.get(wgsl) {
            return Ok(pipeline.clone());
        }
        let pipeline = compile(gpu, wgsl, inputs);
        gpu.check()?;
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(wgsl.into(), pipeline.clone());
        Ok(pipeline)
    }
}

fn compile(gpu: &Gpu, wgsl: &str, inputs: u32) -> Pipeline {
    let module = gpu.device.create_shader_module(wgpu::ShaderModuleDescriptor {
        label: None,
        source: wgpu::ShaderSource::Wgsl(wgsl.into()),
    });
    let entry = |binding, ty| wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::COMPUTE,
        ty: wgpu::BindingType::Buffer {
            ty,
            has_dynamic_offset: false,
            min_binding_size: None,
        },
        count: None,
    };
    let storage = |read_only| wgpu::BufferBindingType::Storage { read_only };
    let mut entries = vec![
        entry(JOB_BINDING, wgpu::BufferBindingType::Uniform),
        entry(OUT_BINDING, storage(false)),
    ];
    entries.extend((0..inputs).map(|input| entry(FIRST_INPUT_BINDING + input, storage(true))));
    let layout = gpu
        .device
        .create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: None,
            entries: &entries,
        });
    let pipeline_layout = gpu
        .device
        .create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: None,
            bind_group_layouts: &[Some(&layout)],
            immediate_size: 0,
        });
    let pipeline = gpu
        .device
        .create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label: None,
            layout: Some(&pipeline_layout),
            module: &module,
            entry_point: Some(ENTRY_POINT),
            compilation_options: Default::default(),
            cache: None,
        });
    Pipeline { pipeline, layout }
}
