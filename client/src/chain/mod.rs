//! The chain: connecting, reading, writing, watching.

mod calls;
mod client;
mod convert;
mod error;
mod governance;
mod level;
mod market;
mod next_step;
mod rules;
mod runtime;
mod staking;
mod submit;
mod types;
mod view;
mod view_functions;
mod watch;

pub use client::Client;
pub use error::{ClientError, Refusal};
pub use governance::*;
pub use level::{Level, UnknownLevel};
pub use market::{clause_words, QuoteRequest};
pub use rules::Rules;
pub use staking::{Delegation, EraInfo, Exit, Guardian, StakingTerms, ValidatorInfo};
pub use submit::Pending;
pub use types::*;
pub use view::View;

/// How this chain differs from other Substrate chains: not at all.
type Config = subxt::SubstrateConfig;
