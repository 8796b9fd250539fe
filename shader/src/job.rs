//! The interface of every shader.

use crate::text::Text;

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

/// Which units of work a dispatch runs: invocations of a kernel, or tiles of a product.
///
/// WebGPU allows 65,535 workgroups per dimension, so longer ranges continue in rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first unit.
    pub first: u32,
    /// One past the last.
    pub end: u32,
}

impl Range {
    /// Workgroups in x and in y, of `workgroup` units each.
    pub fn workgroups(self, workgroup: u32, most_per_dimension: u32) -> (u32, u32) {
        let groups = (self.end - self.first).div_ceil(workgroup);
        let x = groups.min(most_per_dimension);
        (x, groups.div_ceil(x.max(1)))
    }
}

/// The uniform `job` for a range of units, `row` of them to a row of workgroups. `base` is the first element of the
/// output that is bound. `params` are at most 32 words.
pub fn job_words(range: Range, row: u32, base: u32, params: &[u32]) -> [u32; JOB_WORDS] {
    let mut words = [0; JOB_WORDS];
    words[..4].copy_from_slice(&[range.first, range.end, row, base]);
    words[4..4 + params.len()].copy_from_slice(params);
    words
}

/// How often each input is bound: a buffer longer than a binding may be is bound in segments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segments(Vec<u32>);

impl Segments {
    /// `counts` are the bindings of each input, at least 1.
    pub fn new(counts: Vec<u32>) -> Self {
        Self(counts)
    }

    /// Inputs that are bound whole.
    pub fn whole(inputs: u8) -> Self {
        Self(vec![1; usize::from(inputs)])
    }

    /// Storage bindings of the inputs.
    pub fn bindings(&self) -> u32 {
        self.0.iter().sum()
    }

    fn names(&self) -> impl Iterator<Item = Vec<String>> + '_ {
        self.0.iter().enumerate().map(|(input, count)| match count {
            1 => vec![format!("input{input}")],
            count => (0..*count)
                .map(|segment| format!("input{input}_{segment}"))
                .collect(),
        })
    }

    /// Declarations that every shader starts with.
    pub(crate) fn interface(&self, out: &str, input: &str) -> String {
        let mut text = format!(
            "struct Job {{
    // The units of this dispatch.
    first: u32,
    end: u32,
    // Units per row of workgroups.
    row: u32,
    // The first element of the output that is bound.
    base: u32,
    params: array<vec4<u32>, 8>,
}}

@group(0) @binding({JOB_BINDING}) var<uniform> job: Job;
@group(0) @binding({OUT_BINDING}) var<storage, read_write> out: array<{out}>;
"
        );
        for (binding, name) in (FIRST_INPUT_BINDING..).zip(self.names().flatten()) {
            text += &format!("@group(0) @binding({binding}) var<storage, read> {name}: array<{input}>;\n");
        }
        text
    }

    /// Functions `load0` and following: one element of an input, or `zero` out of bounds.
    pub(crate) fn checked_loads(&self, element: &str, zero: &str) -> String {
        self.loads(element, zero, true)
    }

    /// As [`Self::checked_loads`] for callers that stay within bounds.
    pub(crate) fn unchecked_loads(&self, element: &str, zero: &str) -> String {
        self.loads(element, zero, false)
    }

    fn loads(&self, element: &str, zero: &str, checked: bool) -> String {
        let mut text = Text::default();
        for (input, names) in self.names().enumerate() {
            text.line("");
            text.block(
                &format!("fn load{input}(at: u32) -> {element}"),
                |text| match &names[..] {
                    [name] if !checked => text.line(&format!("return {name}[at];")),
                    [name] => {
                        load_if_within(text, name, "at");
                        text.line(&format!("return {zero};"));
                    }
                    names => {
                        text.line("var rest = at;");
                        for name in names {
                            load_if_within(text, name, "rest");
                            text.line(&format!("rest -= arrayLength(&{name});"));
                        }
                        text.line(&format!("return {zero};"));
                    }
                },
            );
        }
        text.finish()
    }
}

fn load_if_within(text: &mut Text, name: &str, at: &str) {
    text.block(&format!("if {at} < arrayLength(&{name})"), |text| {
        text.line(&format!("return {name}[{at}];"));
    });
}

/// The entry point, which runs `kernel` once per invocation.
pub(crate) fn entry_point() -> String {
    format!(
        "@compute @workgroup_size({WORKGROUP})
fn {ENTRY_POINT}(@builtin(global_invocation_id) id: vec3<u32>) {{
    let index = job.first + id.y * job.row + id.x;
    if index < job.end {{
        out[index - job.base] = kernel(index);
    }}
}}
"
    )
}
