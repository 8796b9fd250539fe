//! Generated WGSL that a person can read.

use edgeproof_kernel::{
    builder::{KernelBuilder, ProgramBuilder},
    ConvShape, Kernel,
};
use edgeproof_shader::{
    conv2d_shader, map_shader, matmul_shader, segmented_map_shader, tiled_conv2d_shader, tiled_matmul_shader,
    Dot, Range, Segments, Sharing, Tile,
};

/// The shader of a kernel that keeps every rule.
fn shader(kernel: &Kernel) -> String {
    let mut p = ProgramBuilder::new();
    let inputs: Vec<_> = (0..kernel.inputs).map(|_| p.input(64)).collect();
    let params: Vec<_> = kernel.params.iter().map(|maximum| p.param(*maximum)).collect();
    let out = p.map(kernel, &inputs, &params, 64);
    p.output(out);
    p.build().expect("keeps every rule");
    map_shader(kernel)
}

#[test]
fn requantisation() {
    let k = KernelBuilder::new();
    let (sums, bias, columns) = (k.input(), k.input(), k.param(1 << 12));
    let first = k.index() * 4;
    let lane = |n: u32| {
        let at = first + n;
        let sum = sums.load(at).as_i32() + bias.load(at % columns).as_i32();
        (sum.mul_hi(1_342_177_280) >> 4u32).clamp(0, 127)
    };
    insta::assert_snapshot!(shader(&k.finish(k.pack_i8_clamp([
        lane(0),
        lane(1),
        lane(2),
        lane(3)
    ]))));
}

#[test]
fn argmax() {
    let k = KernelBuilder::new();
    let x = k.input();
    let best = k.var(i32::MIN);
    let label = k.var(0u32);
    let base = k.index() * 10;
    k.for_loop(10, |i| {
        let score = x.load(base + i).as_i32();
        k.if_then(score.gt(best), || {
            best.set(score);
            label.set(i);
        });
    });
    insta::assert_snapshot!(shader(&k.finish(label)));
}

#[test]
fn local_arrays_and_early_exit() {
    let k = KernelBuilder::new();
    let (x, rounds) = (k.input(), k.param(64));
    let histogram = k.array(16);
    k.for_loop(rounds, |i| {
        let word = x.load(k.index() * 64 + i);
        k.if_else(
            word.eq(u32::MAX),
            || k.break_loop(),
            || {
                let bin = word >> 28u32;
                histogram.write(bin, histogram.read(bin) + 1);
            },
        );
    });
    insta::assert_snapshot!(shader(&k.finish([
        histogram.read(0u32),
        histogram.read(1u32),
        histogram.read(2u32),
        histogram.read(3u32),
    ])));
}

#[test]
fn operators_on_literals_are_hidden_from_constant_folding() {
    let k = KernelBuilder::new();
    let quotient = k.constant(i32::MIN) / 0;
    let sum = k.constant(2_147_483_647i32) + 1;
    let shifted = k.constant(1u32) << 40u32;
    insta::assert_snapshot!(shader(&k.finish([quotient.as_u32() ^ shifted, sum.as_u32()])));
}

#[test]
fn matrix_product() {
    insta::assert_snapshot!(matmul_shader());
}

#[test]
fn tiles() {
    let tile = Tile {
        rows: 2,
        columns: 2,
        load_words: 1,
        dot: Dot::Packed,
        sharing: Sharing::None,
    };
    let whole = Segments::whole(2);
    insta::assert_snapshot!("tile_of_packed_products", tiled_matmul_shader(&tile, &whole));
    insta::assert_snapshot!("tile_of_a_convolution", tiled_conv2d_shader(&tile, &whole));
    let tile = Tile {
        dot: Dot::Apart,
        sharing: Sharing::Subgroup,
        ..tile.loading(4)
    };
    insta::assert_snapshot!(
        "tile_of_bytes_apart_that_shares_rows",
        tiled_matmul_shader(&tile, &whole)
    );
}

#[test]
fn inputs_in_segments() {
    let k = KernelBuilder::new();
    let (x, y) = (k.input(), k.input());
    let kernel = k.finish(x.load(k.index()) + y.load(k.index()));
    insta::assert_snapshot!(segmented_map_shader(&kernel, &Segments::new(vec![1, 3])));
}

#[test]
fn convolution() {
    let shape = |channels, groups| ConvShape {
        batch: 1,
        height: 8,
        width: 8,
        channels,
        out_channels: channels,
        kernel: [3, 3],
        stride: [1, 1],
        dilation: [1, 1],
        padding: [1, 1, 1, 1],
        groups,
    };
    insta::assert_snapshot!("convolution_of_whole_words", conv2d_shader(&shape(8, 2)));
    insta::assert_snapshot!("depthwise_convolution", conv2d_shader(&shape(8, 8)));
}

#[test]
fn long_ranges_continue_in_rows_of_workgroups() {
    assert_eq!(Range { first: 0, end: 64 }.workgroups(64, 65_535), (1, 1));
    assert_eq!(Range { first: 5, end: 70 }.workgroups(64, 65_535), (2, 1));
    assert_eq!(
        Range {
            first: 0,
            end: 65_535 * 64
        }
        .workgroups(64, 65_535),
        (65_535, 1)
    );
    assert_eq!(
        Range {
            first: 0,
            end: 65_535 * 64 + 1
        }
        .workgroups(64, 65_535),
        (65_535, 2)
    );
}
