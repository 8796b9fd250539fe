//! WGSL generated from the kernel language.
//!
//! Drivers miscompile corners, so the text leaves none to them: every bounds check, shift mask and division
//! corner is written out in plain integer code, nothing starts uninitialised, and no operator is left with
//! only literal operands. What is generated is meant to be read; its snapshots are in `tests/`.
//!
//! Every shader has the same interface: [`JOB_BINDING`] is a uniform of [`job_words`], [`OUT_BINDING`] the
//! output, [`FIRST_INPUT_BINDING`] and following the inputs; the entry point is [`ENTRY_POINT`].

mod conv2d;
pub mod front;
mod helpers;
mod iterations;
mod job;
mod map;
mod matmul;
mod scopes;
mod text;
mod tile;

pub use conv2d::{conv2d_params, conv2d_shader, segmented_conv2d_shader};
pub use job::{
    job_words, Range, Segments, ENTRY_POINT, FIRST_INPUT_BINDING, JOB_BINDING, JOB_WORDS, OUT_BINDING,
    WORKGROUP,
};
pub use map::{map_shader, segmented_map_shader};
pub use matmul::{matmul_params, matmul_shader, segmented_matmul_shader};
pub use tile::{
    conv2d_tile, tiled_conv2d_params, tiled_conv2d_shader, tiled_conv2d_units, tiled_matmul_params,
    tiled_matmul_shader, tiled_matmul_units, Dot, Sharing, Tile, BROADCAST_LANES,
};
