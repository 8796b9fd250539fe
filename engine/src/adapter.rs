//! Which adapters this machine has, and which to take.

use serde::Serialize;

use crate::EngineError;

/// What is known of an adapter, for people and for attestations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AdapterInfo {
    pub name: String,
    pub driver: String,
    pub driver_version: String,
    /// `vulkan`, `metal` or `dx12`.
    pub backend: String,
    /// `discrete`, `integrated`, `virtual`, `software` or `other`.
    pub kind: &'static str,
    /// Largest buffer that a shader can bind, in bytes.
    pub largest_buffer: u64,
}

/// Which adapter to open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Selection {
    /// A real GPU if there is one, discrete before integrated; otherwise the software adapter.
    #[default]
    Best,
    /// The software adapter.
    Software,
    /// The first whose name contains this text, in any case.
    Named(String),
}

impl AdapterInfo {
    pub(crate) fn of(adapter: &wgpu::Adapter) -> Self {
        let info = adapter.get_info();
        Self {
            name: info.name,
            driver: info.driver,
            driver_version: info.driver_info,
            backend: info.backend.to_str().into(),
            kind: kind(info.device_type),
            largest_buffer: largest_buffer(&adapter.limits()),
        }
    }

    /// Whether the CPU pretends to be a GPU.
    pub fn is_software(&self) -> bool {
        self.kind == "software"
    }
}

fn kind(type_: wgpu::DeviceType) -> &'static str {
    match type_ {
        wgpu::DeviceType::DiscreteGpu => "discrete",
        wgpu::DeviceType::IntegratedGpu => "integrated",
        wgpu::DeviceType::VirtualGpu => "virtual",
        wgpu::DeviceType::Cpu => "software",
        wgpu::DeviceType::Other => "other",
    }
}

pub(crate) fn largest_buffer(limits: &wgpu::Limits) -> u64 {
    limits.max_buffer_size.min(limits.max_storage_buffer_binding_size)
}

/// Every adapter of this machine, best first.
pub fn adapters() -> Vec<AdapterInfo> {
    enumerate().iter().map(AdapterInfo::of).collect()
}

/// The adapter that the selection means.
pub(crate) fn select(selection: &Selection) -> Result<wgpu::Adapter, EngineError> {
    let found = enumerate();
    if found.is_empty() {
        return Err(EngineError::NoAdapter);
    }
    let names = found.iter().map(|adapter| adapter.get_info().name).collect();
    let wanted = |adapter: &wgpu::Adapter| match selection {
        Selection::Best => true,
        Selection::Software => AdapterInfo::of(adapter).is_software(),
        Selection::Named(text) => adapter
            .get_info()
            .name
            .to_lowercase()
            .contains(&text.to_lowercase()),
    };
    found
        .into_iter()
        .find(wanted)
        .ok_or_else(|| EngineError::NoSuchAdapter {
            wanted: match selection {
                Selection::Named(text) => text.clone(),
                _ => "software".into(),
            },
            found: names,
        })
}

fn enumerate() -> Vec<wgpu::Adapter> {
    // Only Vulkan on Linux: probing GL prints errors on machines without a display.
    let backends = if cfg!(target_os = "linux") {
        wgpu::Backends::VULKAN
    } else {
        wgpu::Backends::PRIMARY
    };
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor {
        backends,
        ..wgpu::InstanceDescriptor::new_without_display_handle()
    });
    let mut adapters = pollster::block_on(instance.enumerate_adapters(backends));
    adapters.sort_by_key(|adapter| match adapter.get_info().device_type {
        wgpu::DeviceType::DiscreteGpu => 0,
        wgpu::DeviceType::IntegratedGpu => 1,
        wgpu::DeviceType::VirtualGpu => 2,
        wgpu::DeviceType::Other => 3,
        wgpu::DeviceType::Cpu => 4,
    });
    adapters
}
