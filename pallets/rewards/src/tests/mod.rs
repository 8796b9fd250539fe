//! Tests, by concern.

mod claims;
mod credit;
mod eras;
mod rates;
mod sequences;
