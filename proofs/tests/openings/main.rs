//! Openings against the `blake3` and `bao-tree` crates, and against people who forge them.

mod bao;
mod blobs;
mod chunks;
mod forged;
mod hostile;
mod nodes;
mod trace;
