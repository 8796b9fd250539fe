//! Randomness that nobody who chose an input could know.

use edgeproof_primitives::BlockNumber;

/// 32 unpredictable bytes.
pub type Seed = [u8; 32];

/// Whether the seed of an event exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeedStatus {
    /// It does.
    Ready(Seed),
    /// Not enough blocks with a VRF output have followed the event.
    Pending,
    /// The event is older than the ring of outputs.
    Forgotten,
}

/// Seeds for decisions about events of past blocks.
pub trait SeedSource {
    /// `BLAKE2b-256(domain | subject | o_1 .. o_outputs)`, where `o_i` are the first `outputs` VRF outputs of blocks after
    /// `event`. With `outputs = d` and no block missing its output it is ready at the start of block
    /// `event + d + 1`.
    ///
    /// An author knows its own outputs two epochs ahead: a share `s` of the authors foreknows a seed with chance
    /// `s^outputs`, and may add one bit by withholding a block.
    fn seed(domain: &[u8], subject: &[u8], event: BlockNumber, outputs: u32) -> SeedStatus;
}
