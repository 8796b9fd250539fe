//! How a party plays a dispute: every answer that the chain asks for, from the job alone.
//!
//! A [`Player`] computes the job again when it is first asked, through any [`edgeproof_engine::Replayer`], and keeps the
//! hash of every step output. The outputs themselves it keeps within a budget, in memory or in a folder; what was dropped
//! is computed again from what is there. It knows no chain and no network.

mod blob;
mod check;
mod error;
mod outputs;
mod player;
mod recorder;
mod trace;
mod witness;

pub use check::{Checked, Means};
pub use error::PlayerError;
pub use outputs::Place;
pub use player::{Options, Player};
