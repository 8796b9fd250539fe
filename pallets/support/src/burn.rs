//! Burns are counted, so that `issuance = genesis + minted - burned` can be asserted.

/// Counts what leaves the issuance of one token. The caller has burned `amount` already.
pub trait OnBurned<Balance> {
    /// Notes that `amount` (planck) was burned.
    fn on_burned(amount: Balance);
}

impl<Balance> OnBurned<Balance> for () {
    fn on_burned(_: Balance) {}
}
