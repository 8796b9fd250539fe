//! The worker of an edge operator: takes what the chain assigns to it, computes it, answers, and is paid.
//!
//! | part | does |
//! | --- | --- |
//! | [`chain`] | follows best blocks over a node that may come and go |
//! | [`compute`] | fetches inputs, executes, keeps outputs |
//! | [`journal`] | notes each action before it is taken |
//! | [`work`] | the loop between them |
//! | [`disputes`] | defends what was revealed or claimed |
//! | [`watch`] | the loop that looks for wrong results of others |

pub mod chain;
pub mod compute;
mod data;
mod defect;
pub mod disputes;
mod error;
pub mod journal;
mod register;
mod run;
#[cfg(test)]
mod town;
pub mod watch;
mod why;
pub mod work;

pub use error::WorkerError;
pub use register::{register, Registration};
pub use run::{run, run_watch, RunConfig, WatchRunConfig};
pub use why::why_not;
