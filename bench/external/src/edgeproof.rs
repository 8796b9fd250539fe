//! Our side: programs and operands.

use std::{
    ops::ControlFlow,
    time::{Duration, Instant},
};

use anyhow::Result;
use edgeproof_engine::{Engine, Executor, Job, Options, Products, Selection};
use edgeproof_kernel::{
    builder::{KernelBuilder, ProgramBuilder},
    testing::Random,
    ConvShape, Verified,
};

/// Two square matrices of bytes, `b` transposed.
pub struct Operands {
    pub size: u32,
    pub a: Vec<i8>,
    pub b: Vec<i8>,
}

impl Operands {
    pub fn random(size: u32) -> Self {
        let mut random = Random::new(1);
        let mut matrix = || -> Vec<i8> { (0..size * size).map(|_| random.word() as i8).collect() };
        Self {
            size,
            a: matrix(),
            b: matrix(),
        }
    }

    pub fn blobs(&self) -> [Vec<u8>; 2] {
        [&self.a, &self.b].map(|matrix| matrix.iter().map(|byte| *byte as u8).collect())
    }
}

/// Random bytes for a convolution.
pub struct ConvOperands([Vec<u8>; 2]);

impl ConvOperands {
    pub fn random(shape: &ConvShape) -> Self {
        let sizes = shape.sizes().expect("a possible shape");
        let mut random = Random::new(2);
        Self([sizes.input_words, sizes.weight_words].map(|words| {
            (0..words).flat_map(|_| random.word().to_le_bytes()).collect()
        }))
    }

    pub fn blobs(&self) -> [Vec<u8>; 2] {
        self.0.clone()
    }
}

/// The step.
pub fn product(size: u32) -> Verified {
    let mut p = ProgramBuilder::new();
    let (a, b) = (p.input(size * size / 4), p.input(size * size / 4));
    let out = p.matmul(a, b, size, size, size);
    p.output(out);
    p.build().expect("keeps every rule")
}

/// The same product as a kernel that an author would write.
pub fn product_as_map(size: u32) -> Verified {
    let k = KernelBuilder::new();
    let (a, b) = (k.input(), k.input());
    let words = size / 4;
    let (row, column) = (k.index() / size * words, k.index() % size * words);
    let sum = k.var(0i32);
    k.for_loop(words, |i| sum.set(sum + a.load(row + i).dot4_i8(b.load(column + i))));
    let kernel = k.finish(sum.as_u32());
    let mut p = ProgramBuilder::new();
    let (a, b) = (p.input(size * words), p.input(size * words));
    let out = p.map(&kernel, &[a, b], &[], size * size);
    p.output(out);
    p.build().expect("keeps every rule")
}

/// Layers as networks for images have them.
pub fn convolutions() -> [(&'static str, ConvShape); 2] {
    let shape = |side, channels, kernel, padding| ConvShape {
        batch: 1,
        height: side,
        width: side,
        channels,
        out_channels: channels,
        kernel: [kernel; 2],
        stride: [1, 1],
        dilation: [1, 1],
        padding: [padding; 4],
        groups: 1,
    };
    [
        ("3 x 3, 56 x 56 pixels, 64 channels", shape(56, 64, 3, 1)),
        ("1 x 1, 28 x 28 pixels, 256 channels", shape(28, 256, 1, 0)),
    ]
}

pub fn convolution(shape: &ConvShape) -> Verified {
    let sizes = shape.sizes().expect("a possible shape");
    let mut p = ProgramBuilder::new();
    let (input, weights) = (p.input(sizes.input_words as u32), p.input(sizes.weight_words as u32));
    let out = p.conv2d(input, weights, *shape);
    p.output(out);
    p.build().expect("keeps every rule")
}

/// An engine that computes products and convolutions element by element.
pub fn plain_engine() -> Result<Engine> {
    let options = Options {
        products: Products::Plain,
        ..Options::default()
    };
    Ok(Engine::open_with(&Selection::Best, options)?)
}

/// Time on the adapter, each dispatch waited for; without transfers.
pub fn time(engine: &Engine, program: &Verified, blobs: &[Vec<u8>]) -> Result<Duration> {
    let job = Job {
        program,
        inputs: &blobs.iter().map(Vec::as_slice).collect::<Vec<_>>(),
        params: &[],
        samples_per_step: 0,
        seed: 0,
    };
    let execution = engine.run(&job, &mut |_| ControlFlow::Continue(()))?;
    Ok(execution.timings.execute)
}

/// A loop of mixed arithmetic in the interpreter.
pub fn interpreted_operations_per_second() -> f64 {
    let k = KernelBuilder::new();
    let state = k.var(k.index());
    k.for_loop(100_000, |i| state.set((state * 1_664_525 + 1_013_904_223) ^ (i >> 3u32)));
    let kernel = k.finish(state);
    let mut p = ProgramBuilder::new();
    let out = p.map(&kernel, &[], &[], 20);
    p.output(out);
    let program = p.build().expect("keeps every rule");
    let started = Instant::now();
    let words = program.run(&[], &[]).expect("takes no input");
    let took = started.elapsed();
    std::hint::black_box(words);
    program.operations() as f64 / took.as_secs_f64()
}
