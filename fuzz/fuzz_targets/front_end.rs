//! The front end takes any text, and what it makes of it keeps every rule of the language.
#![no_main]

use edgeproof_kernel::builder::ProgramBuilder;
use edgeproof_shader::front::kernel_from_wgsl;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|source: &str| {
    let wgsl = match kernel_from_wgsl("fuzz.wgsl", source) {
        Ok(wgsl) => wgsl,
        Err(refused) => {
            assert!(!refused.to_string().is_empty());
            return;
        }
    };
    let mut program = ProgramBuilder::new();
    let inputs: Vec<_> = wgsl.inputs.iter().map(|input| program.input(input.words.unwrap_or(64))).collect();
    let params: Vec<_> = wgsl.kernel.params.iter().map(|maximum| program.param(*maximum)).collect();
    let out = program.map(&wgsl.kernel, &inputs, &params, 64);
    program.output(out);
    program.build().expect("the front end emits what the verifier accepts");
});
