//! WGSL in, kernels out.
//!
//! naga parses; functions are inlined, vectors and structs become words, and every loop must have a bound that can be
//! proven. What comes out keeps every rule of the kernel language's verifier; everything else is refused with
//! the place and what to write instead.
//!
//! ```
//! let source = "
//! @group(0) @binding(0) var<storage, read> x: array<u32>;
//! fn kernel(index: u32) -> u32 {
//!     return 3u * x[index] + 1u;
//! }";
//! let wgsl = edgeproof_shader::front::kernel_from_wgsl("affine.wgsl", source)?;
//! assert_eq!(wgsl.inputs[0].name, "x");
//! # Ok::<(), edgeproof_shader::front::Diagnostics>(())
//! ```

mod builtins;
mod control;
mod diagnostics;
mod emitter;
mod expressions;
mod finish;
mod interface;
mod ir;
mod logic;
mod loops;
mod lowerer;
mod native;
mod optimise;
mod parse;
mod program;
mod range;
mod refusal;
mod scan;
mod steps;
mod types;
mod values;
mod ways;

use edgeproof_kernel::{BufferId, Kernel, Map, Program, Step, Word, VERSION};

use diagnostics::{Checked, Place, Report};
use interface::Interface;
use ir::Operand;
use lowerer::Lowerer;
use scan::Scan;
use values::Value;

pub use diagnostics::Diagnostics;
pub use interface::{InputDecl, ParamDecl};
pub use program::{named_program_from_wgsl, program_from_wgsl, NamedProgram, Sizes};
pub use refusal::Refusal;
pub use steps::{named_program_from_toml, program_from_toml};

/// A kernel with what its source says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WgslKernel {
    pub kernel: Kernel,
    /// In the order of the kernel's inputs, which is that of the bindings.
    pub inputs: Vec<InputDecl>,
    /// In the order of the kernel's parameter words.
    pub params: Vec<ParamDecl>,
    /// How often the kernel runs, if the source declares `INVOCATIONS`.
    pub invocations: Option<u32>,
}

/// One kernel from one WGSL source. `name` is the file name in diagnostics.
///
/// # Errors
/// The first thing that is not part of the kernel language, or that its verifier refuses.
pub fn kernel_from_wgsl(name: &str, source: &str) -> Result<WgslKernel, Diagnostics> {
    kernel_with_words(name, source, &[])
}

/// As [`kernel_from_wgsl`], with the lengths of buffers whose source states none, in the order of the bindings.
///
/// # Errors
/// As [`kernel_from_wgsl`].
pub fn kernel_with_words(name: &str, source: &str, words: &[Option<u32>]) -> Result<WgslKernel, Diagnostics> {
    lower_source(
        source,
        Lengths {
            by_position: words,
            by_name: &[],
        },
    )
    .map(|lowered| lowered.wgsl)
    .map_err(|report| Diagnostics::new(name, source, *report))
}

/// Words of buffers whose source states none.
#[derive(Clone, Copy)]
struct Lengths<'a> {
    by_position: &'a [Option<u32>],
    by_name: &'a [(String, u32)],
}

impl Lengths<'_> {
    fn of(&self, position: usize, name: &str) -> Option<u32> {
        let named = self.by_name.iter().find(|(known, _)| known == name);
        named
            .map(|(_, words)| *words)
            .or_else(|| self.by_position.get(position).copied().flatten())
    }
}

/// A kernel with the places of what it declares.
struct Lowered {
    wgsl: WgslKernel,
    input_places: Vec<Place>,
    kernel_place: Place,
}

fn lower_source(source: &str, lengths: Lengths<'_>) -> Checked<Lowered> {
    let scan = scan::scan(source)?;
    let appended = native::declarations(&scan);
    let text = format!("{source}{appended}");
    parse::contained(|| lower(&text, source.len(), &scan, !appended.is_empty(), lengths))
}

fn lower(text: &str, length: usize, scan: &Scan, natives: bool, lengths: Lengths<'_>) -> Checked<Lowered> {
    let (mut module, mut info) = parse::parse(text, length)?;
    let typed = interface::typed_declarations(&module, scan);
    if !typed.is_empty() {
        (module, info) = parse::parse(&format!("{text}{typed}"), length)?;
    }
    let interface = Interface::of(&module, scan, natives, lengths)?;
    types::refuse_floats(&module, scan)?;
    let mut lowerer = Lowerer::new(&module, &info, &interface);
    let kernel_place = scan.functions.get(interface::KERNEL).cloned();
    lowerer.emitter.place = kernel_place.clone();
    let result = lowerer.inline(interface.kernel, vec![Value::word(Operand::Index)])?;

    let mut code = lowerer.emitter.finish();
    let types = lowerer.emitter.types();
    let mut result = result.to_vec();
    optimise::optimise(&mut code, &types, &mut result);
    let params: Vec<u32> = interface.params.iter().map(|param| param.maximum).collect();
    let locals = &lowerer.emitter.locals;
    let kernel = finish::finish(code, &result, &types, interface.inputs.len(), params, locals);
    verify(&kernel).map_err(|rejection| Report::new(Refusal::Rejected(rejection), kernel_place.clone()))?;
    let input_places = interface.inputs.iter().map(|input| input.place.clone()).collect();
    let inputs = interface.inputs.into_iter().map(|input| InputDecl {
        name: input.name,
        words: input.words,
    });
    let wgsl = WgslKernel {
        kernel,
        inputs: inputs.collect(),
        params: interface.params,
        invocations: interface.invocations,
    };
    Ok(Lowered {
        wgsl,
        input_places,
        kernel_place,
    })
}

/// Checks a kernel by itself: in the smallest program around it.
fn verify(kernel: &Kernel) -> Result<(), edgeproof_kernel::Rejection> {
    let inputs: Vec<BufferId> = (0..u16::from(kernel.inputs)).map(BufferId).collect();
    let out = BufferId(u16::from(kernel.inputs));
    let program = Program {
        version: VERSION,
        kernels: vec![kernel.clone()],
        buffers: inputs.iter().map(|_| 1).chain([kernel.width() as u32]).collect(),
        inputs: inputs.clone(),
        params: kernel.params.clone(),
        steps: vec![Step::Map(Map {
            kernel: 0,
            inputs,
            params: (0u8..)
                .zip(&kernel.params)
                .map(|(number, _)| Word::Job(number))
                .collect(),
            out,
        })],
        outputs: vec![out],
    };
    program.verify().map(|_| ())
}
