//! Runs verified programs on a GPU, and makes sure that the GPU means what the language says.
//!
//! Real drivers miscompile integers. So [`Engine::conformance`] tries an adapter before it takes work, and
//! every [`Executor::run`] re-executes random invocations in the interpreter before it hands out a result.
//! A [`Replayer`] hands out step outputs too, which nobody asks for before a result is disputed.

mod adapter;
mod buffers;
mod conformance;
mod engine;
mod error;
mod executor;
mod fuse;
mod gpu;
mod interpreter;
mod pipelines;
mod recheck;
mod replay;
mod run;
mod tuning;
mod work;

pub use adapter::{adapters, AdapterInfo, Selection};
pub use conformance::{ConformanceReport, Disagreement};
pub use edgeproof_shader::{Dot, Sharing, Tile};
pub use engine::{Engine, Options};
pub use error::EngineError;
pub use executor::{Execution, Executor, Job, Progress, Timings};
pub use interpreter::Interpreter;
pub use replay::{Replay, Replayer, Tape};
pub use tuning::{Measured, Products};
