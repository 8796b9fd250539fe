//! Referenda, votes, and the values that they govern.

mod calls;
mod convert;
mod due;
mod proposal;
mod rules;
mod types;
mod view;

pub use due::Due;
pub use proposal::Proposal;
pub use rules::{Rule, RuleKind, RULE_GROUPS};
pub use types::*;
