//! What must hold after every block.

use crate::{frame, Config, Pallet};
use frame::{deps::sp_runtime::TryRuntimeError, prelude::*};

impl<T: Config<I>, I: 'static> Pallet<T, I> {
    /// Asserts that the token was neither made nor lost uncounted.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let expected = Self::genesis_issuance()
            .checked_sub(&Self::burned())
            .ok_or("rewards: more was burned than genesis issued")?;
        ensure!(
            Self::issuance() == expected,
            "rewards: the issuance is not what genesis issued less what was burned"
        );
        Ok(())
    }
}
