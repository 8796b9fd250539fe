//! The SDK's traits on plain functions of the pallets.

mod author;
mod filter;
mod session;
mod supply;
mod voting;

pub use author::{Author, AuthorVrf, Authors};
pub use filter::CountedBurnsOnly;
pub use session::{ElectedValidators, Offenders, UnitIdentification};
pub use supply::CountedLoss;
pub use voting::VotingTheta;
