use crate::*;
use polkadot_sdk::{frame_support::traits::Get, pallet_authorship::EventHandler};

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

/// Credits each block to its author.
pub struct Authors;

impl EventHandler<AccountId, BlockNumber> for Authors {
    fn note_author(author: AccountId) {
        Staking::note_author(&author);
    }
}
