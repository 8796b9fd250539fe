//! A matrix product of f32 by burn's wgpu backend, which tunes itself when it is warmed up.

use std::time::{Duration, Instant};

use anyhow::Result;
use burn::{
    backend::{wgpu::WgpuDevice, Wgpu},
    tensor::{backend::Backend, Distribution, Tensor},
};

type Adapter = Wgpu<f32, i32>;

pub struct Product {
    device: WgpuDevice,
    a: Tensor<Adapter, 2>,
    b: Tensor<Adapter, 2>,
}

impl Product {
    pub fn new(size: u32) -> Self {
        let device = WgpuDevice::default();
        let random = || Tensor::random([size as usize; 2], Distribution::Uniform(-1.0, 1.0), &device);
        Self {
            a: random(),
            b: random(),
            device,
        }
    }

    pub fn time(&mut self) -> Result<Duration> {
        Adapter::sync(&self.device)?;
        let started = Instant::now();
        let product = self.a.clone().matmul(self.b.clone());
        Adapter::sync(&self.device)?;
        let took = started.elapsed();
        drop(product);
        Ok(took)
    }
}
