//! A product of bytes on the CPU: a plain loop that the compiler vectorises, over all threads.

use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::edgeproof::Operands;

/// Columns that are computed at once, so that a row is loaded once for all of them.
const COLUMNS: usize = 4;

pub fn time(operands: &Operands) -> Duration {
    let size = operands.size as usize;
    let mut out = vec![0i32; size * size];
    let started = Instant::now();
    out.par_chunks_mut(size).enumerate().for_each(|(row, out)| {
        let a = &operands.a[row * size..][..size];
        for (first, out) in out.chunks_mut(COLUMNS).enumerate() {
            let columns: [&[i8]; COLUMNS] =
                std::array::from_fn(|column| &operands.b[(first * COLUMNS + column) * size..][..size]);
            out.copy_from_slice(&columns.map(|b| dot(a, b)));
        }
    });
    let took = started.elapsed();
    std::hint::black_box(&out);
    took
}

fn dot(a: &[i8], b: &[i8]) -> i32 {
    a.iter().zip(b).map(|(x, y)| i32::from(*x) * i32::from(*y)).sum()
}
