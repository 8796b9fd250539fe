use crate::*;
use alloc::vec::Vec;
use polkadot_sdk::{
    pallet_session::{historical, SessionManager},
    sp_runtime::traits::Convert,
    sp_staking::SessionIndex,
};

/// Keeps the validators of genesis in office. An elected set replaces it by answering `new_session`.
pub struct GenesisValidators;

impl SessionManager<AccountId> for GenesisValidators {
    fn new_session(_: SessionIndex) -> Option<Vec<AccountId>> {
        None
    }

    fn start_session(_: SessionIndex) {}

    fn end_session(_: SessionIndex) {}
}

impl historical::SessionManager<AccountId, ()> for GenesisValidators {
    fn new_session(_: SessionIndex) -> Option<Vec<(AccountId, ())>> {
        None
    }

    fn start_session(_: SessionIndex) {}

    fn end_session(_: SessionIndex) {}
}

/// A validator is identified by its account alone.
pub struct UnitIdentification;

impl Convert<AccountId, Option<()>> for UnitIdentification {
    fn convert(_: AccountId) -> Option<()> {
        Some(())
    }
}
