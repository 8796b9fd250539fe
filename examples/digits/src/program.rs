use edgeproof_kernel::{
    builder::{KernelBuilder, ProgramBuilder},
    Kernel, Rejection, Verified,
};

use crate::{CLASSES, HIDDEN, PIXELS};

/// Elements of a word.
const LANES: u32 = 4;
/// Largest activation of a hidden neuron.
const ACTIVATION_MAX: i32 = 127;

/// The program that reads `images` images: one `u32` label for each.
///
/// # Errors
/// More images than a program can hold.
pub fn program(images: u32) -> Result<Verified, Rejection> {
    let words = |rows: u32, bytes: u32| rows.saturating_mul(bytes / LANES);
    let mut p = ProgramBuilder::new();
    let pixels = p.input(words(images, PIXELS));
    let hidden_weights = p.input(words(HIDDEN, PIXELS));
    let hidden_requant = p.input(HIDDEN * 2);
    let output_weights = p.input(words(CLASSES, HIDDEN));
    let output_bias = p.input(CLASSES);

    let sums = p.matmul(pixels, hidden_weights, images, HIDDEN, PIXELS);
    let hidden = p.map(&requantise(), &[sums, hidden_requant], &[], words(images, HIDDEN));
    let scores = p.matmul(hidden, output_weights, images, CLASSES, HIDDEN);
    let labels = p.map(&argmax(), &[scores, output_bias], &[], images);
    p.output(labels);
    p.build()
}

/// `clamp(mul_hi(sum + bias, multiplier), 0, 127)` of four neurons, packed into one word.
fn requantise() -> Kernel {
    let k = KernelBuilder::new();
    let (sums, requant) = (k.input(), k.input());
    let first = k.index() * LANES;
    let lanes = [0, 1, 2, 3].map(|lane| {
        let at = first + lane;
        let pair = (at % HIDDEN) * 2;
        let (bias, multiplier) = (requant.load(pair).as_i32(), requant.load(pair + 1).as_i32());
        (sums.load(at).as_i32() + bias)
            .mul_hi(multiplier)
            .clamp(0, ACTIVATION_MAX)
    });
    k.finish(k.pack_i8(lanes))
}

/// The first class of the largest score.
fn argmax() -> Kernel {
    let k = KernelBuilder::new();
    let (scores, biases) = (k.input(), k.input());
    let first = k.index() * CLASSES;
    let (best, label) = (k.var(i32::MIN), k.var(0u32));
    k.for_loop(CLASSES, |class| {
        let score = scores.load(first + class).as_i32() + biases.load(class).as_i32();
        k.if_then(score.gt(best), || {
            best.set(score);
            label.set(class);
        });
    });
    k.finish(label)
}
