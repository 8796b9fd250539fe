//! Corner cases of every operation, written down by hand.

use edgeproof_kernel::{
    builder::{KernelBuilder, ProgramBuilder},
    ops::{binary, quaternary, ternary, unary},
    Binary as B, Kernel, Quaternary as Q, Ternary as T, Unary as U,
};

const MIN: u32 = 0x8000_0000;
const MINUS_ONE: u32 = u32::MAX;

fn i(value: i32) -> u32 {
    value.cast_unsigned()
}

#[test]
fn arithmetic_wraps() {
    assert_eq!(binary(B::Add, u32::MAX, 1), 0);
    assert_eq!(binary(B::Sub, 0, 1), u32::MAX);
    assert_eq!(binary(B::Mul, 0x1_0001, 0x1_0001), 0x2_0001);
    assert_eq!(binary(B::Mul, MIN, MINUS_ONE), MIN);
    assert_eq!(unary(U::Negate, MIN), MIN);
    assert_eq!(unary(U::Abs, MIN), MIN);
    assert_eq!(unary(U::Abs, i(-5)), 5);
}

#[test]
fn division_has_no_undefined_corner() {
    assert_eq!(binary(B::DivU, 7, 0), 7);
    assert_eq!(binary(B::RemU, 7, 0), 0);
    assert_eq!(binary(B::DivI, i(-7), 0), i(-7));
    assert_eq!(binary(B::RemI, i(-7), 0), 0);
    assert_eq!(binary(B::DivI, MIN, MINUS_ONE), MIN);
    assert_eq!(binary(B::RemI, MIN, MINUS_ONE), 0);
    assert_eq!(binary(B::DivI, i(-7), 2), i(-3));
    assert_eq!(binary(B::RemI, i(-7), 2), i(-1));
    assert_eq!(binary(B::RemI, 7, i(-2)), 1);
}

#[test]
fn shifts_count_modulo_32() {
    assert_eq!(binary(B::Shl, 1, 33), 2);
    assert_eq!(binary(B::ShrU, MIN, 63), 1);
    assert_eq!(binary(B::ShrI, MIN, 31), MINUS_ONE);
    assert_eq!(binary(B::ShrI, MIN, 32), MIN);
}

#[test]
fn high_words_of_products_round_down() {
    assert_eq!(binary(B::MulHiU, u32::MAX, u32::MAX), u32::MAX - 1);
    assert_eq!(binary(B::MulHiI, MINUS_ONE, 1), MINUS_ONE);
    assert_eq!(binary(B::MulHiI, MIN, MIN), 0x4000_0000);
    assert_eq!(binary(B::MulHiI, MIN, MINUS_ONE), 0);
}

#[test]
fn signs_matter_where_they_should() {
    assert_eq!(binary(B::LtU, MINUS_ONE, 0), 0);
    assert_eq!(binary(B::LtI, MINUS_ONE, 0), 1);
    assert_eq!(binary(B::LeI, MIN, MIN), 1);
    assert_eq!(binary(B::MinI, MINUS_ONE, 1), MINUS_ONE);
    assert_eq!(binary(B::MinU, MINUS_ONE, 1), 1);
    assert_eq!(binary(B::MaxI, MIN, 1), 1);
    assert_eq!(ternary(T::ClampU, 5, 8, 3), 3);
    assert_eq!(ternary(T::ClampI, i(-9), i(-3), 3), i(-3));
    assert_eq!(ternary(T::Select, 1, 2, 0), 1);
    assert_eq!(ternary(T::Select, 1, 2, 1), 2);
}

#[test]
fn bits_are_counted_and_found_as_wgsl_says() {
    assert_eq!(unary(U::CountLeadingZeros, 0), 32);
    assert_eq!(unary(U::CountTrailingZeros, 0), 32);
    assert_eq!(unary(U::CountOneBits, MINUS_ONE), 32);
    assert_eq!(unary(U::ReverseBits, 1), MIN);
    assert_eq!(unary(U::FirstLeadingBitU, 0), MINUS_ONE);
    assert_eq!(unary(U::FirstLeadingBitU, MIN), 31);
    assert_eq!(unary(U::FirstLeadingBitI, MINUS_ONE), MINUS_ONE);
    assert_eq!(unary(U::FirstLeadingBitI, 0), MINUS_ONE);
    assert_eq!(unary(U::FirstLeadingBitI, i(-2)), 0);
    assert_eq!(unary(U::FirstLeadingBitI, MIN), 30);
    assert_eq!(unary(U::FirstTrailingBit, 0), MINUS_ONE);
    assert_eq!(unary(U::FirstTrailingBit, 12), 2);
}

#[test]
fn bit_fields_are_clipped_to_the_word() {
    assert_eq!(ternary(T::ExtractBitsU, 0xabcd_1234, 28, 8), 0xa);
    assert_eq!(ternary(T::ExtractBitsI, 0xabcd_1234, 28, 8), i(-6));
    assert_eq!(ternary(T::ExtractBitsU, MINUS_ONE, 32, 4), 0);
    assert_eq!(ternary(T::ExtractBitsU, MINUS_ONE, 40, 40), 0);
    assert_eq!(ternary(T::ExtractBitsI, MINUS_ONE, 3, 0), 0);
    assert_eq!(ternary(T::ExtractBitsU, 0x1234_5678, 0, 32), 0x1234_5678);
    assert_eq!(quaternary(Q::InsertBits, [0, MINUS_ONE, 30, 9]), 0xc000_0000);
    assert_eq!(quaternary(Q::InsertBits, [7, MINUS_ONE, 32, 1]), 7);
    assert_eq!(quaternary(Q::InsertBits, [7, 0, 0, 32]), 0);
    assert_eq!(quaternary(Q::InsertBits, [0xffff, 0, 4, 4]), 0xff0f);
}

#[test]
fn bytes_are_packed_lowest_first() {
    assert_eq!(quaternary(Q::PackI8, [i(-1), 1, 256, i(-128)]), 0x8000_01ff);
    assert_eq!(
        quaternary(Q::PackI8Clamp, [i(-1000), 1000, 256, i(-5)]),
        0xfb7f_7f80
    );
    assert_eq!(quaternary(Q::PackU8Clamp, [1000, 3, MINUS_ONE, 0]), 0x00ff_03ff);
    assert_eq!(binary(B::UnpackI8, 0x80ff_7f01, 3), i(-128));
    assert_eq!(binary(B::UnpackI8, 0x80ff_7f01, 6), MINUS_ONE);
    assert_eq!(binary(B::UnpackU8, 0x80ff_7f01, 2), 255);
    assert_eq!(binary(B::Dot4I8, 0x8080_8080, 0x8080_8080), 65_536);
    assert_eq!(binary(B::Dot4I8, 0x8080_8080, 0x7f7f_7f7f), i(-65_024));
    assert_eq!(binary(B::Dot4U8, MINUS_ONE, MINUS_ONE), 4 * 65_025);
}

fn one_word(kernel: &Kernel, x: Vec<u32>, words: u32) -> Vec<u32> {
    let mut p = ProgramBuilder::new();
    let input = p.input(u32::try_from(x.len()).expect("short"));
    let out = p.map(kernel, &[input], &[], words);
    p.output(out);
    p.build()
        .expect("keeps every rule")
        .run(&[x], &[])
        .expect("runs")
        .remove(0)
}

#[test]
fn loads_and_local_reads_out_of_bounds_are_0_and_writes_vanish() {
    let k = KernelBuilder::new();
    let x = k.input();
    let array = k.array(2);
    array.write(k.index(), 9u32);
    array.write(u32::MAX, 8u32);
    let kernel = k.finish([
        x.load(k.index()),
        array.read(0u32),
        array.read(1u32),
        array.read(k.index()),
    ]);
    assert_eq!(
        one_word(&kernel, vec![5, 6], 12),
        [5, 9, 0, 9, 6, 0, 9, 9, 0, 0, 0, 0]
    );
}

#[test]
fn registers_and_arrays_start_at_zero_in_every_invocation() {
    let k = KernelBuilder::new();
    let x = k.input();
    let array = k.array(1);
    let before = array.read(0u32);
    array.write(0u32, x.load(0u32));
    let kernel = k.finish(before);
    assert_eq!(one_word(&kernel, vec![7], 3), [0, 0, 0]);
}

#[test]
fn a_counter_holds_the_round_that_broke_out_or_the_bound() {
    let k = KernelBuilder::new();
    let x = k.input();
    let rounds = k.var(0u32);
    k.for_loop(10, |i| {
        k.if_then(x.load(i).eq(1), || k.break_loop());
        rounds.set(i + 1);
    });
    let kernel = k.finish(rounds);
    assert_eq!(one_word(&kernel, vec![0, 0, 1], 1), [2]);
    assert_eq!(one_word(&kernel, vec![0], 1), [10]);
}

#[test]
fn a_matrix_product_of_the_most_negative_bytes_is_exact() {
    let mut p = ProgramBuilder::new();
    let k = 131_068;
    let a = p.input(k / 4);
    let c = p.matmul(a, a, 1, 1, k);
    p.output(c);
    let program = p.build().expect("keeps every rule");
    let outputs = program.run(&[vec![0x8080_8080; 32_767]], &[]).expect("runs");
    assert_eq!(outputs, [[k * 16_384]]);
}
