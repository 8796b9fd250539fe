//! Disputes, played from the first opening to the referee without any chain.
//!
//! `EDGEPROOF_SEED` chooses the first seed of a random test, `EDGEPROOF_CASES` how many follow; a failure names its seed.

mod device;
mod folder;
mod liar;
mod lies;
mod programs;
mod referee;
mod results;
mod sizes;
mod support;
mod witnesses;
