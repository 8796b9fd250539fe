//! Units. Amounts of both tokens are in planck: 10^18 planck are one token.

/// Height of a block.
pub type BlockNumber = u32;
/// An amount of TFUEL in planck. Pays for every operation and every reward.
pub type TfuelBalance = u128;
/// An amount of THETA in planck. Is staked and votes.
pub type ThetaBalance = u128;
/// A number of integer operations, as the kernel language counts them.
pub type Ops = u64;

/// Decimals of both tokens.
pub const PLANCK_DECIMALS: u8 = 18;
/// One token in planck.
pub const UNIT: u128 = 1_000_000_000_000_000_000;
