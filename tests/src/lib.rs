//! The stage of the whole-system tests: real nodes, real workers and the real command line, as child processes on ports
//! and folders of their own, reaped when the test ends.

mod binaries;
mod cli;
mod deadline;
mod jobs;
mod node;
mod process;
mod worker;

pub use binaries::{binary, next_runtime};
pub use cli::Cli;
pub use deadline::{eventually, within};
pub use jobs::{ended, long_program, short_program, signer, PreparedJob};
pub use node::{Chain, Node};
pub use process::Process;
pub use worker::{Stage, Worker};
