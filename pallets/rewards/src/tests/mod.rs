//! Tests, by concern.

mod burns;
mod fees;
mod properties;
