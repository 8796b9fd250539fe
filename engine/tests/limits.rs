//! Buffers longer than a binding change no result.

mod common;

use std::ops::ControlFlow;

use common::{agree, engine, seeds};
use edgeproof_engine::{Dot, EngineError, Executor, Job, Options, Products, Sharing, Tile};
use edgeproof_kernel::{
    builder::{KernelBuilder, ProgramBuilder},
    testing::{generate, Case, Random},
    ConvShape, Verified,
};

fn binding(bytes: u64) -> Options {
    Options {
        largest_binding: Some(bytes),
        ..Options::default()
    }
}

fn case(name: &str, program: Verified, random: &mut Random) -> Case {
    Case {
        name: name.into(),
        inputs: program
            .input_words()
            .iter()
            .map(|words| (0..*words).map(|_| random.corner()).collect())
            .collect(),
        params: Vec::new(),
        program,
    }
}

/// Gathers from everywhere in a buffer of 100,000 words, four words at a time.
fn gather() -> Verified {
    let k = KernelBuilder::new();
    let x = k.input();
    let at = |n: u32| x.load((k.index() * 2_654_435_761 + n * 7_919) % 100_100);
    let kernel = k.finish([at(0), at(1), at(2), at(3)]);
    let mut p = ProgramBuilder::new();
    let x = p.input(100_000);
    let y = p.map(&kernel, &[x], &[], 80_004);
    p.output(y);
    p.build().expect("keeps every rule")
}

fn matmul(m: u32, n: u32, k: u32) -> Verified {
    let mut p = ProgramBuilder::new();
    let (a, b) = (p.input(m * k / 4), p.input(n * k / 4));
    let out = p.matmul(a, b, m, n, k);
    p.output(out);
    p.build().expect("keeps every rule")
}

fn conv2d() -> Verified {
    let shape = ConvShape {
        batch: 2,
        height: 40,
        width: 50,
        channels: 16,
        out_channels: 12,
        kernel: [3, 3],
        stride: [1, 1],
        dilation: [1, 1],
        padding: [1, 1, 1, 1],
        groups: 1,
    };
    let sizes = shape.sizes().expect("a possible shape");
    let words = |words: u64| u32::try_from(words).expect("few");
    let mut p = ProgramBuilder::new();
    let (input, weights) = (
        p.input(words(sizes.input_words)),
        p.input(words(sizes.weight_words)),
    );
    let out = p.conv2d(input, weights, shape);
    p.output(out);
    p.build().expect("keeps every rule")
}

#[test]
fn long_buffers_are_bound_in_segments() {
    let mut random = Random::new(11);
    let tile = |sharing| Tile {
        rows: 4,
        columns: 4,
        load_words: 4,
        dot: Dot::Apart,
        sharing,
    };
    let ways = [
        Products::Measured,
        Products::Plain,
        Products::Tiled(tile(Sharing::None)),
        Products::Tiled(tile(Sharing::Subgroup)),
    ];
    let engines = ways.map(|products| {
        engine(Options {
            products,
            ..binding(64 << 10)
        })
    });
    for (name, program) in [
        ("gather", gather()),
        ("wide product", matmul(150, 333, 440)),
        ("product of whole loads", matmul(130, 257, 512)),
        ("convolution", conv2d()),
    ] {
        let case = case(name, program, &mut random);
        for (engine, way) in engines.iter().zip(ways) {
            agree(engine, &case, &format!("{name} {way:?}"));
        }
    }
}

#[test]
fn random_programs_agree_when_a_binding_is_short() {
    let options = binding(1 << 10);
    for engine in [
        engine(options),
        engine(Options {
            products: Products::Plain,
            fusion: false,
            ..options
        }),
    ] {
        for seed in seeds(25) {
            agree(
                &engine,
                &generate(seed),
                &format!("EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1"),
            );
        }
    }
}

#[test]
fn more_bindings_than_a_shader_may_have_are_refused_with_the_limit() {
    let engine = engine(binding(1 << 10));
    let program = gather();
    let blob = vec![0; 400_000];
    let job = Job {
        program: &program,
        inputs: &[&blob],
        params: &[],
        samples_per_step: 0,
        seed: 0,
    };
    let refused = engine.run(&job, &mut |_| ControlFlow::Continue(()));
    let Err(EngineError::TooManyBindings {
        step: 0,
        needed: 392,
        largest: 1024,
        allowed,
    }) = refused
    else {
        panic!("{refused:?}");
    };
    assert!(allowed >= 8);
}
