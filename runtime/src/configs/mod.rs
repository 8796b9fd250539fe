//! One file for each pallet's configuration, or for a few that are one thing.

mod accounts;
mod balances;
mod compute;
mod consensus;
mod governance;
mod session;
mod system;
mod transaction;

pub use accounts::ProxyType;
pub use balances::EXISTENTIAL_DEPOSIT;
pub use consensus::{ReportedSessions, BABE_GENESIS_EPOCH_CONFIG};
pub use governance::{pallet_origins, tracks, Origin};
