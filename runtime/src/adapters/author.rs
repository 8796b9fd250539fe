use crate::*;
use polkadot_sdk::frame_support::traits::Get;

/// Who made this block.
pub struct Author;

impl Get<Option<AccountId>> for Author {
    fn get() -> Option<AccountId> {
        Authorship::author()
    }
}

/// BABE's VRF output of the previous block, during `on_initialize`: BABE writes it in `on_finalize`.
pub struct AuthorVrf;

impl Get<Option<[u8; 32]>> for AuthorVrf {
    fn get() -> Option<[u8; 32]> {
        Babe::author_vrf_randomness()
    }
}
