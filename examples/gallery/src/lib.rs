//! Programs that people recognise, in integers only, so that anybody can check every bit of their results.
//!
//! Each lies in a folder of `programs/`: kernels in WGSL and a `program.toml` that strings them together. A module
//! here turns what a person has (a picture, points, a text) into a [`Task`] and the result into what a person
//! looks at. A [`Computer`] runs tasks on the GPU or in the interpreter, with the same result.

mod computer;
pub mod convolution;
mod error;
pub mod kmeans;
pub mod life;
pub mod mandelbrot;
pub mod ntt;
pub mod path_tracer;
mod picture;
mod recipe;
pub mod sha256;
pub mod sobel;
mod task;

pub use computer::{Computer, On, Outcome};
pub use error::GalleryError;
pub use picture::{animation, Picture, MAX_SIDE};
pub use recipe::{Recipe, Source};
pub use task::Task;
