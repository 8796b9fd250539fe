//! Disputes: what this operator answers for, it defends by itself.
//!
//! On each best block the engine looks at every dispute in which the operator holds a claim and does what the game asks
//! for. The answers come from players, one thread for each job, which compute the job again when they are first asked and
//! keep what they computed in a folder. So nothing is remembered that the chain's state and the folders do not say, and a
//! worker that was killed anywhere plays on where it was.

mod config;
mod decide;
mod engine;
mod error;
mod folders;
mod handle;
#[cfg(test)]
mod tests;

pub use config::DisputeConfig;
pub use engine::Disputes;
pub use error::DisputeError;
pub(crate) use handle::{player, Case};
