//! What must hold after every block.

use crate::{frame, Config, Pallet};
use frame::{deps::sp_runtime::TryRuntimeError, prelude::*};

impl<T: Config<I>, I: 'static> Pallet<T, I> {
    /// Asserts that the token was neither made nor lost uncounted: `issuance = genesis + minted - burned`.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let expected = Self::genesis_issuance()
            .checked_add(&Self::minted())
            .and_then(|made| made.checked_sub(&Self::burned()))
            .ok_or("supply: more was burned than there ever was")?;
        ensure!(
            Self::issuance() == expected,
            "supply: the issuance is not what was made less what was burned"
        );
        Ok(())
    }
}
