use edgeproof_gallery::mandelbrot::{picture, task, View, FRACTION};
use rand::Rng;

use crate::support::{assert_golden, both, gpu, random};

/// The program's formulas on wide integers, where nothing wraps.
struct Reference {
    palette: Vec<u32>,
    params: Vec<u32>,
}

impl Reference {
    fn pixels(&self) -> Vec<u32> {
        let (width, height) = (i128::from(self.params[0]), i128::from(self.params[1]));
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        pixels
            .map(|(x, y)| self.pixel(2 * x - width, height - 2 * y))
            .collect()
    }

    fn pixel(&self, column: i128, row: i128) -> u32 {
        let half = i128::from(self.params[4]);
        let centre = [2, 3].map(|n| i128::from(self.params[n].cast_signed()));
        let mut sums = [0u32; 4];
        for (right, down) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let colour = self.sample(
                centre[0] + (column + right) * half,
                centre[1] + (row - down) * half,
            );
            for (sum, byte) in sums.iter_mut().zip(colour.to_le_bytes()) {
                *sum += u32::from(byte);
            }
        }
        u32::from_le_bytes(sums.map(|sum| ((sum + 2) / 4) as u8))
    }

    fn sample(&self, cx: i128, cy: i128) -> u32 {
        let times = |x: i128, y: i128| (x * y) >> FRACTION;
        let (mut x, mut y) = (0, 0);
        for round in 0..self.params[5] {
            // Four, compared with the 24 fractional bits of each square's high word.
            if ((x * x) >> 32) + ((y * y) >> 32) > 4 << 24 {
                return self.colour([x, y, cx, cy].map(|part| part >> (FRACTION - 16)), round);
            }
            (x, y) = (times(x, x) - times(y, y) + cx, times(x, y) * 2 + cy);
        }
        0xff00_0000
    }

    fn colour(&self, [mut x, mut y, cx, cy]: [i128; 4], round: u32) -> u32 {
        let times = |x: i128, y: i128| (x * y) >> 16;
        for _ in 0..2 {
            (x, y) = (times(x, x) - times(y, y) + cx, times(x, y) * 2 + cy);
        }
        let size = ((x * x) >> 32) + ((y * y) >> 32);
        let time = (u64::from(round) + 22) * 65536 - log2(log2(size.max(2) as u64));
        let place = log2(time >> 8) * 12;
        let colours = self.palette.len() as u64;
        let at = |n: u64| self.palette[(n % colours) as usize].to_le_bytes().map(u64::from);
        let (first, share) = (place >> 14, place >> 6 & 255);
        let bytes = [0, 1, 2, 3].map(|n| (at(first)[n] * (256 - share) + at(first + 1)[n] * share) / 256);
        u32::from_le_bytes(bytes.map(|byte| byte as u8))
    }
}

/// Sixteen fractional bits.
fn log2(x: u64) -> u64 {
    let whole = u64::from(x.ilog2());
    let rest = if whole >= 16 {
        (x >> (whole - 16)) & 0xffff
    } else {
        (x << (16 - whole)) & 0xffff
    };
    whole * 65536 + rest + (((rest * (65536 - rest)) / 65536) * 22544) / 65536
}

fn check(view: View) {
    let task = task(&view).unwrap();
    let reference = Reference {
        palette: task.inputs[0].clone(),
        params: task.params.clone(),
    };
    assert!(both(&task).outputs == [reference.pixels()], "{view:?}");
}

const WHOLE: View = View {
    width: 96,
    height: 72,
    centre: (-0.65, 0.0),
    across: 3.2,
    rounds: 300,
};

#[test]
fn the_whole_set_is_what_wide_integers_say() {
    check(View {
        width: 48,
        height: 36,
        rounds: 100,
        ..WHOLE
    });
}

#[test]
fn random_views_are_what_wide_integers_say() {
    let mut random = random();
    for _ in 0..4 {
        let (width, height) = (random.random_range(1..24), random.random_range(1..24));
        // A tall picture reaches further than it is wide, and none may reach beyond -4 to 4.
        let widest = 4.0 * f64::from(width) / f64::from(width.max(height));
        check(View {
            width,
            height,
            centre: (random.random_range(-2.0..0.6), random.random_range(-1.2..1.2)),
            across: 10f64.powf(random.random_range(-5.0..0.5)).min(widest),
            rounds: random.random_range(0..150),
        });
    }
}

#[test]
fn points_that_are_known_to_be_inside_are_black() {
    // The origin, the period-2 disc, and the tip, which is a point of the set but no disc around it.
    for centre in [(0.0, 0.0), (-1.0, 0.0), (-0.12, 0.75)] {
        let view = View {
            width: 2,
            height: 2,
            centre,
            across: 0.01,
            rounds: 500,
        };
        let outcome = both(&task(&view).unwrap());
        assert_eq!(outcome.outputs, [vec![0xff00_0000; 4]], "{centre:?}");
    }
}

#[test]
fn the_whole_set_is_the_golden_picture() {
    let outcome = gpu(&task(&WHOLE).unwrap());
    assert_golden(&picture(&WHOLE, &outcome), "mandelbrot.png");
}

#[test]
fn a_view_beyond_the_numbers_is_refused() {
    let refused = |view: View| assert!(task(&view).is_err(), "{view:?}");
    refused(View {
        across: 12.0,
        ..WHOLE
    });
    refused(View {
        centre: (5.0, 0.0),
        ..WHOLE
    });
    refused(View {
        across: 1e-9,
        ..WHOLE
    });
    refused(View {
        rounds: 20_001,
        ..WHOLE
    });
    refused(View { width: 0, ..WHOLE });
    refused(View {
        across: f64::NAN,
        ..WHOLE
    });
    refused(View {
        across: -1.0,
        ..WHOLE
    });
}
