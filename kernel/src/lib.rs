//! The kernel language: the one definition of what a job computes.
//!
//! A [`Program`] is a list of steps over immutable buffers of 32-bit words; each step writes one fresh
//! buffer. A [`Kernel`] is a pure function from an index to 1, 2 or 4 words: it reads input buffers and
//! parameter words and can write nowhere else, so there are no races and no order to argue about.
//!
//! Programs arrive as bytes that nobody vouches for. [`Verified::from_bytes`] decodes them in bounded
//! memory and checks them in linear time; everything downstream takes a [`Verified`].
//! [`Verified::invoke`] evaluates one invocation (the unit of dispute) and [`Verified::run`] the whole.
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_possible_wrap,
        clippy::panic
    )
)]

extern crate alloc;

pub mod builder;
#[allow(clippy::cast_possible_truncation)] // derived encoders cast the numbers of variants
mod code;
mod conv2d;
mod cost;
mod interpret;
#[allow(clippy::cast_possible_truncation)] // derived encoders cast the numbers of variants
mod job;
pub mod limits;
mod matmul;
pub mod ops;
#[allow(clippy::cast_possible_truncation)] // derived encoders cast the numbers of variants
mod program;
#[allow(clippy::cast_possible_truncation)] // derived encoders cast the numbers of variants
mod rejection;
mod run;
#[cfg(feature = "std")]
pub mod testing;
mod trace;
mod verified;
mod verify;

pub use code::{
    Binary, Bound, Constant, Kernel, Local, Quaternary, Statement, Ternary, Type, Unary, Value, ValueKind,
};
pub use conv2d::{conv2d_element, ConvSizes, CONV_INPUT, CONV_WEIGHTS};
pub use cost::{Cost, Work};
pub use interpret::{Machine, Output, ReadWords, Slices};
pub use job::{JobError, ParamError};
pub use matmul::{matmul_element, MATMUL_A, MATMUL_B};
pub use program::{BufferId, Carried, Conv2d, ConvShape, Map, MatMul, Program, Repeat, Step, Word, VERSION};
pub use rejection::{Place, Rejection, Rule};
pub use trace::{Execution, Source};
pub use verified::{Fault, StepPlan, Verified};
