//! Runs verified programs on a GPU, and makes sure that the GPU means what the language says.
//!
//! Real drivers miscompile integers. So [`Engine::conformance`] tries an adapter before it takes work, and
//! every [`Executor::run`] re-executes random invocations in the interpreter before it hands out a result.

mod adapter;
mod conformance;
mod engine;
mod error;
mod executor;
mod gpu;
mod pipelines;
mod recheck;
mod run;

pub use adapter::{adapters, AdapterInfo, Selection};
pub use conformance::{ConformanceReport, Disagreement};
pub use engine::Engine;
pub use error::EngineError;
pub use executor::{Execution, Executor, Job, Progress, Timings};
