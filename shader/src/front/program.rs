//! Programs of one kernel, from one WGSL file that states its sizes.

use edgeproof_kernel::{limits, BufferId, Map, Program, Step, Verified, Word, VERSION};

use super::{
    diagnostics::{Checked, Diagnostics, Report},
    lower_source, Lengths, Lowered, Refusal,
};

/// A program with the names that its source gives to what a job brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedProgram {
    pub program: Verified,
    /// Names of the input blobs, in the job's order.
    pub inputs: Vec<String>,
    /// Names of the parameter words, in the job's order.
    pub params: Vec<String>,
    /// Names of the output blobs, in order.
    pub outputs: Vec<String>,
}

/// Sizes that the source need not state. They win over those that it does, except over the types of its buffers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// How often the kernel runs.
    pub invocations: Option<u32>,
    /// Words of buffers, by name.
    pub words: Vec<(String, u32)>,
}

/// A program of one step from one WGSL source, which states `INVOCATIONS` and the length of every buffer. `name` is
/// the file name in diagnostics.
///
/// # Errors
/// As [`super::kernel_from_wgsl`]; [`Refusal::NoInvocations`] and [`Refusal::NoLength`] when a size is not stated.
pub fn program_from_wgsl(name: &str, source: &str) -> Result<Verified, Diagnostics> {
    named_program_from_wgsl(name, source, &Sizes::default()).map(|named| named.program)
}

/// As [`program_from_wgsl`], with sizes from elsewhere and with names.
///
/// # Errors
/// As [`program_from_wgsl`]; [`Refusal::Unknown`] and [`Refusal::Length`] when the sizes do not fit the source.
pub fn named_program_from_wgsl(name: &str, source: &str, sizes: &Sizes) -> Result<NamedProgram, Diagnostics> {
    build(name, source, sizes).map_err(|report| Diagnostics::new(name, source, *report))
}

fn build(name: &str, source: &str, sizes: &Sizes) -> Checked<NamedProgram> {
    let Lowered {
        wgsl,
        input_places,
        kernel_place,
    } = lower_source(
        source,
        Lengths {
            by_position: &[],
            by_name: &sizes.words,
        },
    )?;
    for (name, words) in &sizes.words {
        let Some(at) = wgsl.inputs.iter().position(|input| input.name == *name) else {
            return Err(Report::new(Refusal::Unknown("buffer", name.clone()), None));
        };
        match wgsl.inputs[at].words {
            Some(declared) if declared != *words => {
                let refusal = Refusal::Length(name.clone(), u64::from(*words), u64::from(declared));
                return Err(Report::new(refusal, input_places[at].clone()));
            }
            _ => {}
        }
    }
    let Some(invocations) = sizes.invocations.or(wgsl.invocations) else {
        return Err(Report::new(Refusal::NoInvocations, kernel_place));
    };
    let mut buffers = Vec::new();
    for (input, place) in wgsl.inputs.iter().zip(&input_places) {
        match input.words {
            Some(words) if words == 0 || words > limits::BUFFER_WORDS => {
                let refusal = Refusal::BufferLength(input.name.clone(), u64::from(words));
                return Err(Report::new(refusal, place.clone()));
            }
            Some(words) => buffers.push(words),
            None => return Err(Report::new(Refusal::NoLength(input.name.clone()), place.clone())),
        }
    }
    let words = u64::from(invocations) * wgsl.kernel.width() as u64;
    let out_name = result_name(name);
    match u32::try_from(words) {
        Ok(words) if words > 0 && words <= limits::BUFFER_WORDS => buffers.push(words),
        _ => return Err(Report::new(Refusal::BufferLength(out_name, words), kernel_place)),
    }
    let inputs: Vec<BufferId> = (0..u16::from(wgsl.kernel.inputs)).map(BufferId).collect();
    let out = BufferId(u16::from(wgsl.kernel.inputs));
    let params = wgsl.kernel.params.clone();
    let program = Program {
        version: VERSION,
        kernels: vec![wgsl.kernel],
        buffers,
        inputs: inputs.clone(),
        steps: vec![Step::Map(Map {
            kernel: 0,
            inputs,
            params: (0u8..)
                .zip(&params)
                .map(|(number, _)| Word::Job(number))
                .collect(),
            out,
        })],
        params,
        outputs: vec![out],
    };
    let program = program
        .verify()
        .map_err(|rejection| Report::new(Refusal::Rejected(rejection), kernel_place))?;
    Ok(NamedProgram {
        program,
        inputs: wgsl.inputs.into_iter().map(|input| input.name).collect(),
        params: wgsl.params.into_iter().map(|param| param.name).collect(),
        outputs: vec![out_name],
    })
}

/// What a kernel computes is named after its file.
fn result_name(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.strip_suffix(".wgsl").unwrap_or(name).to_owned()
}
