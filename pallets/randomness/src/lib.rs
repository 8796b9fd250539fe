//! The ring of VRF outputs and the seeds drawn from it.
//!
//! Each block brings one VRF output of its author. The last [`RING`] of them are kept here, and decisions about an event
//! are seeded with the first outputs after it ([`pallet_support::SeedSource`]), so that nobody who chose an input of the
//! event could know the seed.
//!
//! What it is worth: an author knows its own outputs two epochs ahead. Whoever authors a share `s` of the blocks
//! foreknows a seed of `d` outputs with chance `s^d`, and may choose between two seeds by withholding a block.
//!
//! The pallet must come before its users in the runtime: its `on_initialize` records the output of the parent block, so
//! a seed of one output for an event in block `N` is ready for whatever runs after it in block `N + 2`.
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_possible_wrap,
        clippy::panic
    )
)]

extern crate alloc;

use polkadot_sdk::polkadot_sdk_frame as frame;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
#[cfg(test)]
mod mock;
mod ring;
mod seed;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
pub mod weights;

pub use pallet::*;
pub use types::{RecordedOutput, RingState, MAX_OUTPUTS, RING};
pub use weights::WeightInfo;

// In what FRAME's macros generate: a pallet is expected to be part of its runtime.
#[allow(clippy::expect_used)]
#[frame::pallet]
pub mod pallet {
    use crate::{frame, RecordedOutput, RingState, WeightInfo};
    use frame::prelude::*;
    use pallet_support::Seed;

    /// What this pallet needs from the runtime.
    #[pallet::config]
    pub trait Config: polkadot_sdk::frame_system::Config {
        /// The VRF output of the parent block, read while a block is initialised; `None` when the parent brought none.
        ///
        /// With BABE: `AuthorVrfRandomness`, which it writes when a block ends. Secondary slots without a VRF must not be
        /// allowed: BABE leaves the output of an earlier block there, which would be recorded twice.
        type VrfOutput: Get<Option<Seed>>;

        /// Weights of the hook and of a seed.
        type WeightInfo: WeightInfo;
    }

    #[pallet::pallet]
    pub struct Pallet<T>(_);

    /// The last outputs: the output with number `n` stands at `n` modulo [`crate::RING`].
    #[pallet::storage]
    pub type Outputs<T: Config> = StorageMap<_, Identity, u8, RecordedOutput>;

    /// Where the ring stands.
    #[pallet::storage]
    pub type Ring<T: Config> = StorageValue<_, RingState, ValueQuery>;

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn on_initialize(now: BlockNumberFor<T>) -> Weight {
            Self::record_parent(now.saturated_into())
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), frame::deps::sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }
}
