//! Jobs to lie about: random ones, those of the gallery, the digits network.

use edgeproof_digits::{inputs, program as digits, Network, TestSet, PIXELS};
use edgeproof_gallery::{
    convolution, kmeans, life, mandelbrot, ntt, path_tracer, sha256, sobel, Picture, Task,
};
use edgeproof_kernel::{
    builder::{KernelBuilder, ProgramBuilder},
    testing::{generate, Random},
    ConvShape, Verified,
};

use crate::support::Case;

/// The job of a seed.
pub fn case(seed: u64) -> Case {
    let mut random = Random::new(seed);
    match random.below(16) {
        0 => task(&life(&mut random)),
        1 => task(&mandelbrot(&mut random)),
        2 => task(&kmeans(&mut random)),
        3 => task(&ntt(&mut random)),
        4 => task(&path_tracer(&mut random)),
        5 => {
            task(&sha256::task("edgeproof ", random.word() >> 8, 100 + random.below(300)).expect("a search"))
        }
        6 => task(&sobel::task(&picture(&mut random)).expect("a picture")),
        7 => task(&convolution(&mut random)),
        8 => reader(&mut random),
        9 => long_repeat(&mut random),
        10 => deep_buffers(&mut random),
        11 => convolutions(&mut random),
        _ => generate(seed).into(),
    }
}

fn task(task: &Task) -> Case {
    Case::new(task.name, task.program.clone(), &task.inputs, task.params.clone())
}

fn random_words(random: &mut Random, count: u32) -> Vec<u32> {
    (0..count).map(|_| random.word()).collect()
}

fn picture(random: &mut Random) -> Picture {
    let (width, height) = (5 + random.below(60), 5 + random.below(40));
    Picture::new(width, height, random_words(random, width * height))
}

fn life(random: &mut Random) -> Task {
    let mut board = life::Board::new(32 + random.below(64), 8 + random.below(60)).expect("a board");
    for _ in 0..600 {
        let (column, row) = (random.below(board.columns()), random.below(board.rows()));
        board.raise(column, row);
    }
    life::task(&board, 2 + random.below(60)).expect("generations")
}

fn mandelbrot(random: &mut Random) -> Task {
    let view = mandelbrot::View {
        width: 20 + random.below(30),
        height: 20 + random.below(20),
        centre: (-0.7, 0.1),
        across: 2.5,
        rounds: 60,
    };
    mandelbrot::task(&view).expect("a view")
}

fn kmeans(random: &mut Random) -> Task {
    let points: Vec<kmeans::Point> = (0..300 + random.below(500))
        .map(|_| [(); 3].map(|()| random.below(kmeans::MAX_COORDINATE + 1)))
        .collect();
    kmeans::task(&points, &points[..4], 1 + random.below(5)).expect("points")
}

fn ntt(random: &mut Random) -> Task {
    let length = 1 << (3 + random.below(6));
    let mut polynomial = || (0..length).map(|_| random.below(1 << 20)).collect();
    let (left, right) = (polynomial(), polynomial());
    ntt::task(left, right).expect("polynomials")
}

fn path_tracer(random: &mut Random) -> Task {
    let settings = path_tracer::Settings {
        width: 8 + random.below(8),
        height: 8 + random.below(6),
        samples: 4 + random.below(12),
        exposure: 0.9,
        seed: random.word(),
    };
    path_tracer::task(&path_tracer::Scene::room(), &settings).expect("a scene")
}

fn convolution(random: &mut Random) -> Task {
    let weights = (0..9).map(|_| random.word() as i8).collect();
    let filter = convolution::Filter::new(weights, 7, 3).expect("a filter");
    convolution::task(&picture(random), &filter).expect("a picture")
}

/// The network that reads some of the digits.
fn reader(random: &mut Random) -> Case {
    let images = 1 + random.below(20);
    let mut blobs = inputs(&Network::embedded(), &TestSet::embedded());
    blobs[0].truncate((images * PIXELS) as usize);
    Case {
        name: "digits".into(),
        program: digits(images).expect("few images"),
        inputs: blobs,
        params: Vec::new(),
    }
}

/// A chain of thousands of steps, whose trace has several levels of openings.
pub fn chain(times: u32, words: u32, last: u32) -> Verified {
    let k = KernelBuilder::new();
    let x = k.input();
    let mixed = k.finish((x.load(k.index()) ^ k.index()) * 0x9e37_79b1u32 + x.load(k.index() + 1));
    let k = KernelBuilder::new();
    let x = k.input();
    let at = k.index() * 4;
    let four = [0, 1, 2, 3].map(|lane| (at + lane) ^ x.load((at + lane) % words));
    let spread = k.finish(four);
    let mut p = ProgramBuilder::new();
    let x = p.input(words);
    let ends = p.repeat(times, &[x], |p, states| {
        vec![p.map(&mixed, &[states[0]], &[], words)]
    });
    let out = p.map(&spread, &[ends[0]], &[], last);
    p.output(out);
    p.build().expect("keeps every rule")
}

fn long_repeat(random: &mut Random) -> Case {
    let words = 16 + random.below(16);
    let times = 1_000 + random.below(3_000);
    let input = random_words(random, words);
    Case::new("chain", chain(times, words, 64), &[input], Vec::new())
}

/// Buffers of several levels of openings.
fn deep_buffers(random: &mut Random) -> Case {
    let words = 20_000 + random.below(40_000);
    let input = random_words(random, words);
    Case::new(
        "deep",
        chain(2, words, 4 * (5_000 + random.below(20_000))),
        &[input],
        Vec::new(),
    )
}

/// Convolutions over one another, with a map between that makes bytes of sums.
fn convolutions(random: &mut Random) -> Case {
    let shape = ConvShape {
        batch: 1 + random.below(2),
        height: 4 + random.below(12),
        width: 4 + random.below(12),
        channels: 16,
        out_channels: 64,
        kernel: [3, 3],
        stride: [1, 1],
        dilation: [1 + random.below(2), 1],
        padding: [2, 1, 2, 1],
        groups: [1, 2, 16][random.below(3) as usize],
    };
    let sizes = shape.sizes().expect("a shape");
    let k = KernelBuilder::new();
    let sums = k.input();
    let narrow =
        k.finish(k.pack_i8([0, 1, 2, 3].map(|lane| sums.load(k.index() * 4 + lane).as_i32() >> 6u32)));
    let second = ConvShape {
        height: sizes.out_height,
        width: sizes.out_width,
        channels: 64,
        out_channels: 4,
        groups: 4,
        ..shape
    };
    let again = second.sizes().expect("a shape");
    let mut p = ProgramBuilder::new();
    let input = p.input(sizes.input_words as u32);
    let weights = p.input(sizes.weight_words as u32);
    let others = p.input(again.weight_words as u32);
    let sums = p.conv2d(input, weights, shape);
    let bytes = p.map(&narrow, &[sums], &[], again.input_words as u32);
    let out = p.conv2d(bytes, others, second);
    p.output(out);
    p.output(sums);
    let blobs: Vec<Vec<u32>> = [sizes.input_words, sizes.weight_words, again.weight_words]
        .map(|words| random_words(random, words as u32))
        .into();
    Case::new(
        "convolutions",
        p.build().expect("keeps every rule"),
        &blobs,
        Vec::new(),
    )
}
