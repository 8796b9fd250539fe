//! No bytes and no mutation of a program make the crate panic, and what it accepts runs.

use codec::Encode;
use edgeproof_kernel::{
    limits,
    testing::{generate, Random},
    Fault, Kernel, Program, ReadWords, Rule, Statement, Value, Verified,
};
use proptest::prelude::*;

/// Verifies, and runs a few invocations of whatever is accepted.
fn feed(bytes: &[u8]) {
    let Ok(verified) = Verified::from_bytes(bytes) else {
        return;
    };
    let params = verified.params().to_vec();
    assert!(verified.operations_with(&params).is_ok());
    for step in 0..verified.steps().len().min(4) {
        let _ = verified.invoke(step, 0, &params, &mut Ramp);
    }
}

/// Inputs of any length, word i being i.
struct Ramp;

impl ReadWords for Ramp {
    type Error = ();

    fn words(&self, _: u8) -> u32 {
        u32::MAX
    }

    fn read(&mut self, _: u8, at: u32) -> Result<u32, ()> {
        Ok(at)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        feed(&bytes);
    }

    #[test]
    fn mutated_programs_never_panic(seed: u64, edits in proptest::collection::vec((any::<u16>(), any::<u8>()), 1..6)) {
        let mut bytes = generate(seed).program.program().encode();
        for (at, byte) in edits {
            let at = usize::from(at) % bytes.len();
            bytes[at] = byte;
        }
        feed(&bytes);
    }

    #[test]
    fn truncated_or_extended_programs_are_refused(seed: u64, cut in 1usize..64) {
        let bytes = generate(seed).program.program().encode();
        let short = &bytes[..bytes.len().saturating_sub(cut)];
        prop_assert!(Verified::from_bytes(short).is_err());
        let long = [&bytes[..], &[0]].concat();
        prop_assert_eq!(Verified::from_bytes(&long).unwrap_err().rule, Rule::NotAProgram);
    }

    #[test]
    fn programs_survive_encoding_and_run(seed: u64) {
        let case = generate(seed);
        let bytes = case.program.program().encode();
        prop_assert_eq!(Verified::from_bytes(&bytes), Ok(case.program.clone()));
        let outputs = case.program.run(&case.inputs, &case.params).unwrap();
        let lengths: Vec<usize> = case.program.output_words().iter().map(|words| *words as usize).collect();
        prop_assert_eq!(outputs.iter().map(Vec::len).collect::<Vec<_>>(), lengths);
        let least = case.program.operations_with(&vec![0; case.params.len()]).unwrap();
        prop_assert!(least <= case.program.operations());
    }

    #[test]
    fn an_invocation_alone_equals_the_whole_run(seed: u64, pick: u32) {
        let case = generate(seed);
        let outputs = case.program.run(&case.inputs, &case.params).unwrap();
        let program = case.program.program();
        // The generator makes the buffer of every step that is not repeated an output, in order.
        let steps: Vec<usize> = case.program.block(None).filter(|step| case.program.step(*step).unwrap().out().is_some()).collect();
        let nth = pick as usize % steps.len();
        let step = steps[nth];
        let plan = &case.program.steps()[step];
        let index = pick % plan.invocations;
        let buffer = |id| match program.inputs.iter().position(|input| *input == id) {
            Some(input) => &case.inputs[input],
            None => &outputs[program.outputs.iter().position(|output| *output == id).unwrap()],
        };
        let inputs = case.program.step(step).unwrap().inputs();
        let slices: Vec<&[u32]> = inputs.iter().map(|id| buffer(*id).as_slice()).collect();
        let output =
            case.program.invoke(step, index, &case.params, &mut edgeproof_kernel::Slices(&slices)).unwrap();
        let at = index as usize * usize::from(plan.width);
        prop_assert_eq!(output.words(), &outputs[nth][at..at + usize::from(plan.width)]);
        let beyond = case.program.invoke(step, plan.invocations, &case.params, &mut Ramp);
        prop_assert_eq!(beyond, Err(Fault::NoSuchInvocation));
    }
}

#[test]
fn a_length_that_claims_gigabytes_is_refused_without_taking_them() {
    // Version 1, then a vector of 2^30 - 1 kernels.
    assert_eq!(
        Verified::from_bytes(&[1, 0xfe, 0xff, 0xff, 0xff])
            .unwrap_err()
            .rule,
        Rule::NotAProgram
    );
}

#[test]
fn nesting_of_a_hundred_thousand_blocks_is_refused() {
    let mut program = generate(1).program.program().clone();
    let leaf = Statement::If {
        condition: Value(0),
        then: vec![],
        otherwise: vec![],
    };
    program.kernels.truncate(0);
    program.kernels.push(Kernel {
        inputs: 0,
        params: vec![],
        constants: vec![],
        registers: vec![],
        locals: vec![],
        code: vec![leaf],
        result: vec![],
    });
    let bytes = program.encode();
    let leaf_bytes = [7, 0, 0, 0, 0];
    let at = bytes.windows(5).position(|window| window == leaf_bytes).unwrap();
    let deep = [
        &bytes[..at],
        &[7, 0, 0, 4].repeat(50_000),
        &leaf_bytes,
        &bytes[at + 5..],
    ]
    .concat();
    assert_eq!(Verified::from_bytes(&deep).unwrap_err().rule, Rule::NotAProgram);
}

#[test]
fn an_encoding_above_the_limit_is_refused_unread() {
    assert_eq!(
        Verified::from_bytes(&vec![0; limits::PROGRAM_BYTES + 1])
            .unwrap_err()
            .rule,
        Rule::TooManyBytes
    );
}

#[test]
fn a_reader_that_fails_gives_no_verdict() {
    struct Closed;
    impl ReadWords for Closed {
        type Error = &'static str;
        fn words(&self, _: u8) -> u32 {
            10
        }
        fn read(&mut self, _: u8, _: u32) -> Result<u32, &'static str> {
            Err("chunk not opened")
        }
    }
    let mut p = edgeproof_kernel::builder::ProgramBuilder::new();
    let a = p.input(1);
    let c = p.matmul(a, a, 1, 1, 4);
    p.output(c);
    let program = p.build().unwrap();
    assert_eq!(
        program.invoke(0, 0, &[], &mut Closed),
        Err(Fault::Read("chunk not opened"))
    );
}

#[test]
fn the_most_verbose_program_decodes_in_linear_time() {
    let mut random = Random::new(3);
    let mut program: Program = generate(3).program.program().clone();
    let statement = || Statement::Unary {
        op: edgeproof_kernel::Unary::Copy,
        out: Value(1),
        x: Value(0),
    };
    let mut kernel = edgeproof_kernel::testing::random_kernel(&mut random);
    kernel.code = (0..40_000).map(|_| statement()).collect();
    program.kernels = vec![kernel];
    let started = std::time::Instant::now();
    let _ = Verified::from_bytes(&program.encode());
    assert!(started.elapsed().as_millis() < 500, "{:?}", started.elapsed());
}
