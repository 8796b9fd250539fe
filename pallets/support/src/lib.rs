//! The traits at which the pallets meet.
//!
//! Each pallet states here what it needs from the others and does not know who answers, so each can be read,
//! tested and replaced alone.
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_possible_wrap,
        clippy::panic
    )
)]

extern crate alloc;

mod burn;
mod data;
mod dispute;
mod draw;
mod era;
mod faults;
mod market;
mod priority;
mod rules;
mod seed;
mod stake;

pub use burn::OnBurned;
pub use data::{DataJobs, Judges, OnJobEnded, Published};
pub use dispute::{DisputedJobs, Disputes, Standing, StashLookup, Subject};
pub use draw::{DrawRequest, DrawnWorker, FirstSeat, SeatEnd, WorkerDraw};
pub use era::{ComputeCredit, EraIndex, IssueTfuel, OnEraEnded, OnJobBurned};
pub use faults::DriverFaults;
pub use market::{Assessment, WorkerMarket};
pub use priority::{Answers, CertainAnswer, Prioritize, ANSWER_PRIORITY};
pub use rules::{
    DisputeRules, GovernanceRules, JobRules, RewardRules, StakeRules, WorkerRules, MAX_GAMES, MAX_JUDGES,
    MAX_RETURNED_SHARE, MAX_SEATS,
};
pub use seed::{Seed, SeedSource, SeedStatus};
pub use stake::{SlashOutcome, SlashShares, StakeLedger};
