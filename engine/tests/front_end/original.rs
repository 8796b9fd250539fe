//! The source as it is, in an entry point around it.

use edgeproof_engine::AdapterInfo;

/// The operations that the kernel language has beyond WGSL, as text.
const NATIVES: &str = "
fn mul_hi_u32(x: u32, y: u32) -> u32 {
    let low = (x & 0xffffu) * (y & 0xffffu);
    let a = (x >> 16u) * (y & 0xffffu) + (low >> 16u);
    let b = (x & 0xffffu) * (y >> 16u) + (a & 0xffffu);
    return (x >> 16u) * (y >> 16u) + (a >> 16u) + (b >> 16u);
}
fn mul_hi_i32(x: i32, y: i32) -> i32 {
    let a = bitcast<u32>(x);
    let b = bitcast<u32>(y);
    return bitcast<i32>(mul_hi_u32(a, b) - select(0u, b, x < 0i) - select(0u, a, y < 0i));
}
";

pub struct Original {
    device: wgpu::Device,
    queue: wgpu::Queue,
}

impl Original {
    pub fn open() -> Self {
        let instance = wgpu::Instance::new(wgpu::InstanceDescriptor {
            backends: wgpu::Backends::VULKAN,
            ..wgpu::InstanceDescriptor::new_without_display_handle()
        });
        let adapters = pollster::block_on(instance.enumerate_adapters(wgpu::Backends::VULKAN));
        let best: Option<AdapterInfo> = edgeproof_engine::adapters().into_iter().next();
        let named = |adapter: &wgpu::Adapter| {
            best.as_ref()
                .is_some_and(|best| best.name == adapter.get_info().name)
        };
        let adapter = adapters.into_iter().find(named).expect("an adapter");
        let (device, queue) =
            pollster::block_on(adapter.request_device(&wgpu::DeviceDescriptor::default())).expect("a device");
        Self { device, queue }
    }

    /// Words that `fn kernel` of the source returns, in the order of the invocations.
    pub fn run(
        &self,
        source: &str,
        inputs: &[Vec<u32>],
        params: &[u32],
        words: usize,
        width: usize,
    ) -> Vec<u32> {
        let result = if width == 1 {
            "u32".to_owned()
        } else {
            format!("vec{width}<u32>")
        };
        let natives = if source.contains("mul_hi_") { NATIVES } else { "" };
        let text = format!(
            "{source}{natives}
@group(1) @binding(0) var<storage, read_write> edgeproof_out: array<{result}>;
@compute @workgroup_size(64)
fn edgeproof_main(@builtin(global_invocation_id) id: vec3<u32>) {{
    if id.x < {}u {{ edgeproof_out[id.x] = bitcast<{result}>(kernel(id.x)); }}
}}",
            words / width
        );
        let module = self.device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: None,
            source: wgpu::ShaderSource::Wgsl(text.into()),
        });
        let pipeline = self
            .device
            .create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
                label: None,
                layout: None,
                module: &module,
                entry_point: Some("edgeproof_main"),
                compilation_options: Default::default(),
                cache: None,
            });
        let storage = wgpu::BufferUsages::STORAGE;
        let mut buffers: Vec<wgpu::Buffer> = inputs.iter().map(|words| self.upload(words, storage)).collect();
        if !params.is_empty() {
            let mut padded = params.to_vec();
            padded.resize(params.len().next_multiple_of(4), 0);
            buffers.push(self.upload(&padded, wgpu::BufferUsages::UNIFORM));
        }
        let out = self.upload(&vec![0; words], storage | wgpu::BufferUsages::COPY_SRC);
        let staging = self.upload(&vec![0; words], wgpu::BufferUsages::MAP_READ);
        let group = |number: u32, buffers: &[wgpu::Buffer]| {
            let entries: Vec<_> = (0..)
                .zip(buffers)
                .map(|(binding, buffer)| wgpu::BindGroupEntry {
                    binding,
                    resource: buffer.as_entire_binding(),
                })
                .collect();
            let layout = pipeline.get_bind_group_layout(number);
            self.device.create_bind_group(&wgpu::BindGroupDescriptor {
                label: None,
                layout: &layout,
                entries: &entries,
            })
        };
        let groups = [group(0, &buffers), group(1, std::slice::from_ref(&out))];
        let mut encoder = self.device.create_command_encoder(&Default::default());
        {
            let mut pass = encoder.begin_compute_pass(&Default::default());
            pass.set_pipeline(&pipeline);
            for (number, group) in (0..).zip(&groups) {
                pass.set_bind_group(number, group, &[]);
            }
            pass.dispatch_workgroups((words / width).div_ceil(64) as u32, 1, 1);
        }
        encoder.copy_buffer_to_buffer(&out, 0, &staging, 0, words as u64 * 4);
        self.queue.submit([encoder.finish()]);
        staging.map_async(wgpu::MapMode::Read, .., |mapped| mapped.expect("maps"));
        self.device
            .poll(wgpu::PollType::wait_indefinitely())
            .expect("the device answers");
        let bytes = staging.get_mapped_range(..).expect("is mapped");
        bytemuck::cast_slice(&bytes).to_vec()
    }

    fn upload(&self, words: &[u32], usage: wgpu::BufferUsages) -> wgpu::Buffer {
        let buffer = self.device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size: words.len() as u64 * 4,
            usage: usage | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        self.queue.write_buffer(&buffer, 0, bytemuck::cast_slice(words));
        buffer
    }
}
