//! A convolution against the formula written with signed coordinates and one byte at a time.

use edgeproof_kernel::{builder::ProgramBuilder, limits, testing::Random, BufferId, ConvShape, Rule};
use proptest::prelude::*;

const SMALL: ConvShape = ConvShape {
    batch: 1,
    height: 5,
    width: 6,
    channels: 4,
    out_channels: 2,
    kernel: [3, 3],
    stride: [1, 1],
    dilation: [1, 1],
    padding: [1, 1, 1, 1],
    groups: 1,
};

fn byte(words: &[u32], at: usize) -> i32 {
    i32::from(words[at / 4].to_le_bytes()[at % 4] as i8)
}

/// The formula of [`edgeproof_kernel::Conv2d`].
fn expected(shape: &ConvShape, input: &[u32], weights: &[u32]) -> Vec<u32> {
    let s = |x: u32| i64::from(x);
    let [top, left, bottom, right] = shape.padding.map(i64::from);
    let extent = |extent: u32, before: i64, after: i64, axis: usize| {
        (s(extent) + before + after - s(shape.dilation[axis]) * (s(shape.kernel[axis]) - 1) - 1)
            / s(shape.stride[axis])
            + 1
    };
    let (out_height, out_width) = (
        extent(shape.height, top, bottom, 0),
        extent(shape.width, left, right, 1),
    );
    let group_channels = s(shape.channels / shape.groups);
    let filter_bytes = (s(shape.kernel[0]) * s(shape.kernel[1]) * group_channels + 3) / 4 * 4;
    let mut out = Vec::new();
    for b in 0..s(shape.batch) {
        for y in 0..out_height {
            for x in 0..out_width {
                for o in 0..s(shape.out_channels) {
                    let group = o / s(shape.out_channels / shape.groups);
                    let mut sum = 0i64;
                    for r in 0..s(shape.kernel[0]) {
                        for t in 0..s(shape.kernel[1]) {
                            let iy = y * s(shape.stride[0]) + r * s(shape.dilation[0]) - top;
                            let ix = x * s(shape.stride[1]) + t * s(shape.dilation[1]) - left;
                            if iy < 0 || ix < 0 || iy >= s(shape.height) || ix >= s(shape.width) {
                                continue;
                            }
                            for c in 0..group_channels {
                                let at = ((b * s(shape.height) + iy) * s(shape.width) + ix)
                                    * s(shape.channels)
                                    + group * group_channels
                                    + c;
                                let weight =
                                    o * filter_bytes + (r * s(shape.kernel[1]) + t) * group_channels + c;
                                sum += i64::from(byte(input, at as usize))
                                    * i64::from(byte(weights, weight as usize));
                            }
                        }
                    }
                    out.push(sum as i32 as u32);
                }
            }
        }
    }
    out
}

fn check(shape: ConvShape, seed: u64) {
    let sizes = shape.sizes().expect("keeps the rules");
    let mut random = Random::new(seed);
    let mut words = |count: u64| (0..count).map(|_| random.corner()).collect::<Vec<u32>>();
    let (input, weights) = (words(sizes.input_words), words(sizes.weight_words));
    let mut p = ProgramBuilder::new();
    let ids = (p.input(input.len() as u32), p.input(weights.len() as u32));
    let out = p.conv2d(ids.0, ids.1, shape);
    p.output(out);
    let program = p.build().expect("keeps every rule");
    let outputs = program.run(&[input.clone(), weights.clone()], &[]);
    assert_eq!(outputs, Ok(vec![expected(&shape, &input, &weights)]), "{shape:?}");
}

#[test]
fn depthwise_grouped_strided_and_dilated_convolutions_follow_the_formula() {
    check(SMALL, 1);
    check(
        ConvShape {
            groups: 4,
            out_channels: 8,
            ..SMALL
        },
        2,
    );
    check(ConvShape { groups: 2, ..SMALL }, 3);
    check(
        ConvShape {
            channels: 12,
            groups: 4,
            out_channels: 4,
            ..SMALL
        },
        4,
    );
    check(
        ConvShape {
            stride: [2, 3],
            padding: [0, 2, 1, 0],
            ..SMALL
        },
        5,
    );
    check(
        ConvShape {
            dilation: [2, 2],
            batch: 3,
            ..SMALL
        },
        6,
    );
    check(
        ConvShape {
            kernel: [1, 1],
            padding: [0; 4],
            ..SMALL
        },
        7,
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_shape_that_is_accepted_follows_the_formula(
        seed: u64,
        extents in (1u32..3, 1u32..7, 1u32..7, 1u32..4, 1u32..4),
        kernel in (1u32..4, 1u32..4),
        stride in (1u32..4, 1u32..4),
        dilation in (1u32..3, 1u32..3),
        padding: [u8; 4],
        grouping in 0usize..4,
    ) {
        let channels = extents.3 * 4;
        let groups = [1, 2, 4, channels][grouping];
        let shape = ConvShape {
            batch: extents.0,
            height: extents.1,
            width: extents.2,
            channels,
            out_channels: groups * extents.4,
            kernel: kernel.into(),
            stride: stride.into(),
            dilation: dilation.into(),
            padding: padding.map(|zeros| u32::from(zeros % 4)),
            groups,
        };
        prop_assume!(shape.sizes().is_some());
        check(shape, seed);
    }

    #[test]
    fn no_shape_panics(words: [u32; 14]) {
        let [batch, height, width, channels, out_channels, a, b, c, d, e, f, g, h, groups] = words;
        let shape = ConvShape {
            batch, height, width, channels, out_channels, groups,
            kernel: [a, b], stride: [c, d], dilation: [e, f], padding: [g, h, g, h],
        };
        let _ = shape.sizes();
        let _ = shape.element_operations();
    }
}

#[test]
fn shapes_outside_of_the_rules_are_refused() {
    let refused = |shape: ConvShape| assert_eq!(shape.sizes(), None, "{shape:?}");
    refused(ConvShape { batch: 0, ..SMALL });
    refused(ConvShape { height: 0, ..SMALL });
    refused(ConvShape { width: 0, ..SMALL });
    refused(ConvShape { channels: 0, ..SMALL });
    refused(ConvShape { channels: 6, ..SMALL });
    refused(ConvShape {
        out_channels: 0,
        ..SMALL
    });
    refused(ConvShape { groups: 0, ..SMALL });
    refused(ConvShape { groups: 3, ..SMALL });
    refused(ConvShape { groups: 4, ..SMALL });
    refused(ConvShape {
        kernel: [0, 3],
        ..SMALL
    });
    refused(ConvShape {
        kernel: [8, 3],
        ..SMALL
    });
    refused(ConvShape {
        stride: [0, 1],
        ..SMALL
    });
    refused(ConvShape {
        dilation: [1, 0],
        ..SMALL
    });
    refused(ConvShape {
        dilation: [4, 1],
        ..SMALL
    });
    refused(ConvShape {
        padding: [limits::BUFFER_WORDS + 1, 0, 0, 0],
        ..SMALL
    });
    refused(ConvShape {
        batch: u32::MAX,
        height: u32::MAX,
        width: u32::MAX,
        channels: u32::MAX - 3,
        ..SMALL
    });
    // 130 * 1024 products exceed the sum that an i32 holds; 800 taps of 2 chunks exceed one extrinsic.
    let wide = ConvShape {
        channels: 130 * 1024,
        kernel: [1, 1],
        padding: [0; 4],
        ..SMALL
    };
    refused(wide);
    assert!(ConvShape {
        channels: 127 * 1024,
        ..wide
    }
    .sizes()
    .is_some());
    let tall = ConvShape {
        height: 800,
        width: 1,
        kernel: [800, 1],
        padding: [0; 4],
        ..SMALL
    };
    refused(tall);
    assert!(ConvShape {
        kernel: [750, 1],
        ..tall
    }
    .sizes()
    .is_some());
}

#[test]
fn buffers_must_be_as_long_as_the_shape_says() {
    let build = |input: u32, weights: u32| {
        let mut p = ProgramBuilder::new();
        let ids = (p.input(input), p.input(weights));
        let out = p.conv2d(ids.0, ids.1, SMALL);
        p.output(out);
        p.build().map(|_| ()).map_err(|rejection| rejection.rule)
    };
    assert_eq!(build(30, 18), Ok(()));
    let wrong = |buffer, expected, found| {
        Err(Rule::OperandLength {
            buffer: BufferId(buffer),
            expected,
            found,
        })
    };
    assert_eq!(build(31, 18), wrong(0, 30, 31));
    assert_eq!(build(30, 17), wrong(1, 18, 17));
}
