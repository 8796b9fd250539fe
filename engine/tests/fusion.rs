//! Chains of maps that run as one mean what they mean one by one.

mod common;

use std::ops::ControlFlow;

use common::{engine, seeds};
use edgeproof_engine::{Engine, Execution, Executor, Job, Options};
use edgeproof_kernel::{
    builder::{KernelBuilder, ProgramBuilder},
    testing::{random_kernel, Random},
    BufferId, Kernel, Statement, Value, Verified, Word,
};

fn run(engine: &Engine, program: &Verified, inputs: &[Vec<u32>], params: &[u32]) -> Execution {
    let blobs: Vec<Vec<u8>> = inputs
        .iter()
        .map(|words| words.iter().flat_map(|word| word.to_le_bytes()).collect())
        .collect();
    let job = Job {
        program,
        inputs: &blobs.iter().map(Vec::as_slice).collect::<Vec<_>>(),
        params,
        samples_per_step: 3,
        seed: 5,
    };
    engine
        .run(&job, &mut |_| ControlFlow::Continue(()))
        .unwrap_or_else(|error| panic!("{error}"))
}

fn bytes(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// A random kernel whose loads are all at the index.
fn element_wise(random: &mut Random, width: Option<usize>) -> Kernel {
    fn at_index(code: &mut [Statement]) {
        for statement in code {
            match statement {
                Statement::Load { at, .. } => *at = Value(0),
                Statement::If { then, otherwise, .. } => {
                    at_index(then);
                    at_index(otherwise);
                }
                Statement::Loop { body, .. } => at_index(body),
                _ => {}
            }
        }
    }
    loop {
        let mut kernel = random_kernel(random);
        if kernel.inputs > 0 && width.is_none_or(|width| kernel.width() == width) {
            at_index(&mut kernel.code);
            return kernel;
        }
    }
}

/// Maps over one another, in the program and in a `Repeat`. Returns how many there are.
fn chains(random: &mut Random) -> (Verified, Vec<Vec<u32>>, Vec<u32>) {
    let words = 1 + random.below(150);
    let mut program = ProgramBuilder::new();
    let inputs: Vec<BufferId> = (0..2).map(|_| program.input(words)).collect();
    let job = program.param(6);
    let extend = |program: &mut ProgramBuilder, random: &mut Random, ids: &[BufferId], length: u32| {
        let mut ids = ids.to_vec();
        for _ in 0..length {
            let kernel = element_wise(random, Some(1));
            // Most of the time the newest buffer.
            let reads: Vec<BufferId> = (0..kernel.inputs)
                .map(|input| match input {
                    0 => ids[ids.len() - 1],
                    _ => random.pick(&ids[..3.min(ids.len())]).unwrap_or(ids[0]),
                })
                .collect();
            let params: Vec<Word> = kernel
                .params
                .iter()
                .map(|_| {
                    if random.one_in(2) {
                        job
                    } else {
                        Word::Constant(random.below(6))
                    }
                })
                .collect();
            ids.push(program.map(&kernel, &reads, &params, words));
        }
        ids[ids.len() - 1]
    };
    let length = 2 + random.below(4);
    let last = extend(&mut program, random, &inputs, length);
    program.output(last);
    let times = 1 + random.below(3);
    let after = program.repeat(times, &[last], |program, states| {
        let length = 1 + random.below(3);
        vec![extend(program, random, &[inputs[0], states[0]], length)]
    });
    program.output(after[0]);
    let contents = (0..2)
        .map(|_| (0..words).map(|_| random.corner()).collect())
        .collect();
    let params = vec![random.below(7)];
    (program.build().expect("keeps every rule"), contents, params)
}

#[test]
fn random_chains_agree_fused_and_one_by_one() {
    let fused = engine(Options::default());
    let apart = engine(Options {
        fusion: false,
        ..Options::default()
    });
    let mut saved = 0;
    for seed in seeds(30) {
        let (program, inputs, params) = chains(&mut Random::new(seed));
        let expected: Vec<Vec<u8>> = program
            .run(&inputs, &params)
            .expect("takes the job")
            .iter()
            .map(|words| bytes(words))
            .collect();
        let (one, other) = (
            run(&fused, &program, &inputs, &params),
            run(&apart, &program, &inputs, &params),
        );
        assert_eq!(one.outputs, expected, "EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1");
        assert_eq!(other.outputs, expected, "EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1");
        saved += other.rechecked - one.rechecked;
    }
    println!("{saved} samples fewer, because fewer steps ran");
    assert!(saved > 0);
}

/// x -> x + 1, then -> x * 3, ..: as many steps as asked.
fn ladder(steps: u32, words: u32) -> Verified {
    let kernel = |factor: u32| {
        let k = KernelBuilder::new();
        let x = k.input();
        k.finish(x.load(k.index()) * factor + 1)
    };
    let mut p = ProgramBuilder::new();
    let mut last = p.input(words);
    for step in 0..steps {
        last = p.map(&kernel(step * 2 + 1), &[last], &[], words);
    }
    p.output(last);
    p.build().expect("keeps every rule")
}

#[test]
fn a_chain_runs_as_one_step_and_is_rechecked_as_one() {
    let program = ladder(5, 1000);
    let input: Vec<u32> = (0..1000).collect();
    let execution = run(
        &engine(Options::default()),
        &program,
        std::slice::from_ref(&input),
        &[],
    );
    assert_eq!(execution.rechecked, 3);
    let expected = program.run(&[input], &[]).expect("takes the job");
    assert_eq!(execution.outputs, vec![bytes(&expected[0])]);
}

#[test]
fn what_others_read_or_read_elsewhere_stays_a_step() {
    let k = KernelBuilder::new();
    let x = k.input();
    let next = k.finish(x.load(k.index() + 1));
    let k = KernelBuilder::new();
    let x = k.input();
    let same = k.finish(x.load(k.index()));
    let input: Vec<u32> = (0..64).collect();
    let engine = engine(Options::default());
    let steps = |program: &Verified| run(&engine, program, std::slice::from_ref(&input), &[]).rechecked / 3;

    let mut p = ProgramBuilder::new();
    let x = p.input(64);
    let y = p.map(&same, &[x], &[], 64);
    let z = p.map(&next, &[y], &[], 64);
    p.output(z);
    assert_eq!(
        steps(&p.build().expect("keeps every rule")),
        2,
        "read at another index"
    );

    let mut p = ProgramBuilder::new();
    let x = p.input(64);
    let y = p.map(&same, &[x], &[], 64);
    let z = p.map(&same, &[y], &[], 64);
    p.output(y);
    p.output(z);
    assert_eq!(steps(&p.build().expect("keeps every rule")), 2, "an output");

    let mut p = ProgramBuilder::new();
    let x = p.input(64);
    let y = p.map(&same, &[x], &[], 64);
    let z = p.map(&same, &[y], &[], 32);
    p.output(z);
    assert_eq!(
        steps(&p.build().expect("keeps every rule")),
        2,
        "another number of invocations"
    );

    let mut p = ProgramBuilder::new();
    let x = p.input(64);
    let y = p.map(&same, &[x], &[], 64);
    let z = p.map(&same, &[y], &[], 64);
    p.output(z);
    assert_eq!(steps(&p.build().expect("keeps every rule")), 1, "a chain");
}

#[test]
fn memory_that_is_used_again_leaks_nothing() {
    // Shorter and shorter buffers of one size class, summed over more than their length.
    let k = KernelBuilder::new();
    let x = k.input();
    let sum = k.var(0u32);
    k.for_loop(1100, |i| sum.set(sum + x.load(i)));
    let sums = k.finish(sum + k.index());
    let k = KernelBuilder::new();
    let x = k.input();
    let shifted = k.finish(x.load(k.index() + 1) ^ 0x5555_5555);
    let mut p = ProgramBuilder::new();
    let mut last = p.input(1024);
    for words in (1000..1020).rev() {
        last = p.map(&shifted, &[last], &[], words);
        let total = p.map(&sums, &[last], &[], 4);
        p.output(total);
    }
    let program = p.build().expect("keeps every rule");
    let input: Vec<u32> = (0..1024u32).map(|i| i.wrapping_mul(0x9e37_79b9)).collect();
    let expected: Vec<Vec<u8>> = program
        .run(std::slice::from_ref(&input), &[])
        .expect("takes the job")
        .iter()
        .map(|words| bytes(words))
        .collect();
    let engine = engine(Options::default());
    for _ in 0..2 {
        assert_eq!(
            run(&engine, &program, std::slice::from_ref(&input), &[]).outputs,
            expected
        );
    }
}

#[test]
fn roots_are_the_hashes_of_the_outputs() {
    let program = ladder(2, 3_000_000);
    let input: Vec<u32> = (0..3_000_000).collect();
    let execution = run(&engine(Options::default()), &program, &[input], &[]);
    let roots: Vec<[u8; 32]> = execution
        .outputs
        .iter()
        .map(|output| edgeproof_proofs::blob_root(output))
        .collect();
    assert_eq!(execution.roots, roots);
}
