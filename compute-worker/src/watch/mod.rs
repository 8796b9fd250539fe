//! The watchtower: checks the results of others, and proves or claims against those that it finds wrong.
//!
//! Every result of a watched job is checked as cheaply as it allows. A wrong one is refuted in one call where its step
//! reads nothing but inputs of the job; otherwise the right result is computed a second time, claimed with a bond, and
//! defended to the end. Nothing is ever claimed unless that second computation, too, differs from what it is claimed
//! against.

mod check;
mod config;
mod decide;
mod engine;
mod report;
#[cfg(test)]
mod tests;

pub use config::{Filter, WatchConfig};
pub use engine::Watch;
