//! The interface of every shader.

/// Name of the entry point.
pub const ENTRY_POINT: &str = "main";
/// Invocations of a workgroup.
pub const WORKGROUP: u32 = 64;
/// Binding of the uniform `job`.
pub const JOB_BINDING: u32 = 0;
/// Binding of the output buffer.
pub const OUT_BINDING: u32 = 1;
/// Binding of the first input buffer; the others follow.
pub const FIRST_INPUT_BINDING: u32 = 2;
/// Words of the uniform `job`.
pub const JOB_WORDS: usize = 36;

/// Which invocations a dispatch runs, and how its workgroups are laid out.
///
/// WebGPU allows 65,535 workgroups per dimension, so longer ranges continue in rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first invocation.
    pub first: u32,
    /// One past the last.
    pub end: u32,
}

impl Range {
    /// Workgroups in x and in y.
    pub fn workgroups(self, most_per_dimension: u32) -> (u32, u32) {
        let groups = (self.end - self.first).div_ceil(WORKGROUP);
        let x = groups.min(most_per_dimension);
        (x, groups.div_ceil(x.max(1)))
    }
}

/// The uniform `job` for a range of invocations. `params` are at most 32 words.
pub fn job_words(range: Range, workgroups_x: u32, params: &[u32]) -> [u32; JOB_WORDS] {
    let mut words = [0; JOB_WORDS];
    words[..3].copy_from_slice(&[range.first, range.end, workgroups_x * WORKGROUP]);
    words[4..4 + params.len()].copy_from_slice(params);
    words
}

/// Declarations that every shader starts with.
pub(crate) fn interface(inputs: u8, element: &str) -> String {
    let mut text = format!(
        "struct Job {{
    // The invocations of this dispatch.
    first: u32,
    end: u32,
    // Invocations per row of workgroups.
    row: u32,
    unused: u32,
    params: array<vec4<u32>, 8>,
}}

@group(0) @binding({JOB_BINDING}) var<uniform> job: Job;
@group(0) @binding({OUT_BINDING}) var<storage, read_write> out: array<{element}>;
"
    );
    for input in 0..inputs {
        let binding = FIRST_INPUT_BINDING + u32::from(input);
        text += &format!("@group(0) @binding({binding}) var<storage, read> input{input}: array<u32>;\n");
    }
    text
}

/// The entry point, which runs `kernel` once per invocation.
pub(crate) fn entry_point() -> String {
    format!(
        "@compute @workgroup_size({WORKGROUP})
fn {ENTRY_POINT}(@builtin(global_invocation_id) id: vec3<u32>) {{
    let index = job.first + id.y * job.row + id.x;
    if index < job.end {{
        out[index] = kernel(index);
    }}
}}
"
    )
}
