//! Tests, by concern.

mod burns;
mod fees;
mod issues;
mod properties;
