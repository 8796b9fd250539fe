//! Tests, by concern.

mod genesis;
mod properties;
mod set_rules;
