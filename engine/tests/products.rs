//! Tuned products mean what the plain loop of the language means, for every tile and every shape.

mod common;

use common::{agree, engine, seeds};
use edgeproof_engine::{Dot, Engine, Options, Products, Sharing, Tile};
use edgeproof_kernel::{
    builder::ProgramBuilder,
    testing::{Case, Random},
    ConvShape,
};

/// A product of random bytes, most of them at the ends of their range.
fn product(random: &mut Random, m: u32, n: u32, k: u32) -> Case {
    let mut program = ProgramBuilder::new();
    let (a, b) = (program.input(m * k / 4), program.input(n * k / 4));
    let out = program.matmul(a, b, m, n, k);
    program.output(out);
    let mut operand = |rows: u32| (0..rows * k / 4).map(|_| random.corner()).collect();
    Case {
        name: format!("{m} x {n} x {k}"),
        inputs: vec![operand(m), operand(n)],
        params: Vec::new(),
        program: program.build().expect("keeps every rule"),
    }
}

fn multiplying(products: Products) -> Engine {
    engine(Options {
        products,
        ..Options::default()
    })
}

/// Every tile that is tried at the start, and shapes of tiles that are not.
fn tiles() -> Vec<Tile> {
    let other = |rows, columns, dot, sharing| Tile {
        rows,
        columns,
        load_words: 4,
        dot,
        sharing,
    };
    let mut tiles = vec![
        other(4, 8, Dot::Packed, Sharing::Subgroup),
        other(12, 2, Dot::Apart, Sharing::Subgroup),
        other(3, 5, Dot::Apart, Sharing::None),
        other(1, 1, Dot::Packed, Sharing::None),
    ];
    let measured = multiplying(Products::Measured).measured().expect("measures");
    tiles.extend(measured.iter().filter_map(|way| way.tile));
    tiles
}

#[test]
fn every_way_that_is_tried_at_the_start_is_exact() {
    let engine = multiplying(Products::Measured);
    let started = std::time::Instant::now();
    let measured = engine.measured().expect("measures");
    println!("{measured:#?} in {:?}", started.elapsed());
    assert!(measured.len() > 2);
    assert!(measured.iter().all(|way| way.speed > 0));
    let started = std::time::Instant::now();
    assert_eq!(engine.measured().expect("remembers"), measured);
    assert!(started.elapsed().as_millis() < 10);
}

#[test]
fn every_tile_computes_products_of_every_shape() {
    let engines: Vec<(Tile, Engine)> = tiles()
        .into_iter()
        .map(|tile| (tile, multiplying(Products::Tiled(tile))))
        .collect();
    let fixed = [
        (1, 1, 4),
        (1, 67, 20),
        (67, 1, 16),
        (17, 131, 36),
        (33, 129, 64),
        (8, 8, 4),
    ];
    for seed in seeds(6) {
        let mut random = Random::new(seed);
        let mut shapes = fixed.to_vec();
        shapes.push((
            1 + random.below(70),
            1 + random.below(300),
            4 * (1 + random.below(40)),
        ));
        let (m, n, k) = shapes[(seed % shapes.len() as u64) as usize];
        for (m, n, k) in [(m, n, k), shapes[shapes.len() - 1]] {
            let case = product(&mut random, m, n, k);
            for (tile, engine) in &engines {
                agree(
                    engine,
                    &case,
                    &format!("EDGEPROOF_SEED={seed} {} {tile:?}", case.name),
                );
            }
        }
    }
}

/// A convolution of any kind whose groups are whole words, or a depthwise one.
fn convolution(random: &mut Random) -> Option<Case> {
    let mut up_to = |most: u32| random.below(most) + 1;
    let (groups, kernel, dilation) = (
        [1, 1, 2, 3][up_to(4) as usize - 1],
        [up_to(3), up_to(3)],
        [up_to(2), up_to(2)],
    );
    let group_channels = [4, 8, 16, 32, 3][up_to(5) as usize - 1];
    let shape = ConvShape {
        batch: up_to(2),
        height: kernel[0] * dilation[0] + up_to(9),
        width: kernel[1] * dilation[1] + up_to(9),
        channels: group_channels * groups,
        out_channels: groups * up_to(21),
        kernel,
        stride: [up_to(2), up_to(2)],
        dilation,
        padding: [(); 4].map(|()| up_to(3) - 1),
        groups,
    };
    let sizes = shape.sizes()?;
    let mut program = ProgramBuilder::new();
    let words = [sizes.input_words as u32, sizes.weight_words as u32];
    let [input, weights] = words.map(|words| program.input(words));
    let out = program.conv2d(input, weights, shape);
    program.output(out);
    Some(Case {
        name: format!("{shape:?}"),
        inputs: words
            .map(|words| (0..words).map(|_| random.corner()).collect())
            .to_vec(),
        params: Vec::new(),
        program: program.build().expect("keeps every rule"),
    })
}

#[test]
fn every_tile_computes_convolutions_of_every_shape() {
    let engines: Vec<(Tile, Engine)> = tiles()
        .into_iter()
        .map(|tile| (tile, multiplying(Products::Tiled(tile))))
        .collect();
    for seed in seeds(12) {
        let mut random = Random::new(seed);
        let case = std::iter::repeat_with(|| convolution(&mut random)).find_map(|case| case);
        let case = case.expect("most shapes are possible");
        for (tile, engine) in &engines {
            agree(
                engine,
                &case,
                &format!("EDGEPROOF_SEED={seed} {} {tile:?}", case.name),
            );
        }
    }
}

#[test]
fn the_longest_sums_run_to_their_end() {
    let mut random = Random::new(3);
    let most = edgeproof_kernel::limits::MATMUL_K;
    for k in [most / 16 * 16, most / 4 * 4] {
        let mut case = product(&mut random, 3, 2, k);
        // The largest sum that there is: every byte -128.
        case.inputs[0][..k as usize / 4].fill(0x8080_8080);
        case.inputs[1][..k as usize / 4].fill(0x8080_8080);
        for way in multiplying(Products::Measured)
            .measured()
            .expect("measures")
            .iter()
        {
            let products = way.tile.map_or(Products::Plain, Products::Tiled);
            agree(
                &multiplying(products),
                &case,
                &format!("{} {products:?}", case.name),
            );
        }
    }
}
