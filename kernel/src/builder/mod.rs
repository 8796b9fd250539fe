//! A pleasant way to write kernels and programs in Rust.
//!
//! ```
//! use edgeproof_kernel::builder::{KernelBuilder, ProgramBuilder};
//!
//! // out[i] = sum of the first `count` words of x, times (i + 1)
//! let k = KernelBuilder::new();
//! let (x, count) = (k.input(), k.param(8));
//! let sum = k.var(0u32);
//! k.for_loop(count, |i| sum.set(sum + x.load(i)));
//! let kernel = k.finish(sum * (k.index() + 1));
//!
//! let mut p = ProgramBuilder::new();
//! let x = p.input(8);
//! let count = p.param(8);
//! let y = p.map(&kernel, &[x], &[count], 4);
//! p.output(y);
//! let program = p.build()?;
//!
//! let outputs = program.run(&[vec![1, 2, 3, 4, 5, 6, 7, 8]], &[3]).unwrap();
//! assert_eq!(outputs, [[6, 12, 18, 24]]);
//! # Ok::<(), edgeproof_kernel::Rejection>(())
//! ```

mod expression;
mod finish;
mod kernel;
mod program;

pub use expression::{Expr, Integer, Operand, Scalar, Var};
pub use kernel::{Array, Input, KernelBuilder, LoopBound, Param, Returned};
pub use program::ProgramBuilder;
