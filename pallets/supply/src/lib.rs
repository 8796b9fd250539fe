//! How much of a token there is, where it came from and where it went: `issuance = genesis + minted - burned`.
//!
//! One instance for each token. Everything that leaves the issuance passes one of these, and is counted:
//! - [`CountedBurn`] burns a credit: dust, slashes;
//! - [`BurnFeeTipAuthor`] burns the fee of a transaction and hands the tip to the author of the block;
//! - [`pallet_support::OnBurned`] is told by pallets that burned from an account themselves.
//!
//! Everything that enters it passes [`pallet_support::IssueTfuel`], which the default instance alone implements: that of
//! TFUEL. The instance of THETA has no way to mint, so there `issuance = genesis - burned`.
//!
//! The pallet must come after its token in the runtime, so that genesis sees what the token's genesis issued.
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

use polkadot_sdk::polkadot_sdk_frame as frame;

#[cfg(test)]
mod mock;
mod payments;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;

pub use pallet::*;
pub use payments::{BurnFeeTipAuthor, CountedBurn};
pub use types::{BalanceOf, CreditOf};

// In what FRAME's macros generate: a pallet is expected to be part of its runtime.
#[allow(clippy::expect_used)]
#[frame::pallet]
pub mod pallet {
    use crate::{frame, BalanceOf};
    use frame::prelude::*;

    /// What an instance needs from the runtime.
    #[pallet::config]
    pub trait Config<I: 'static = ()>: polkadot_sdk::frame_system::Config {
        /// The token that is counted.
        type Token: fungible::Balanced<Self::AccountId>;
    }

    #[pallet::pallet]
    pub struct Pallet<T, I = ()>(_);

    /// What genesis issued, in planck. Written by genesis only.
    #[pallet::storage]
    pub type GenesisIssuance<T: Config<I>, I: 'static = ()> = StorageValue<_, BalanceOf<T, I>, ValueQuery>;

    /// What was minted since, in planck.
    #[pallet::storage]
    pub type Minted<T: Config<I>, I: 'static = ()> = StorageValue<_, BalanceOf<T, I>, ValueQuery>;

    /// What was burned since, in planck.
    #[pallet::storage]
    pub type Burned<T: Config<I>, I: 'static = ()> = StorageValue<_, BalanceOf<T, I>, ValueQuery>;

    /// Nothing to configure: genesis counts what the token's own genesis issued.
    #[pallet::genesis_config]
    #[derive(DefaultNoBound)]
    pub struct GenesisConfig<T: Config<I>, I: 'static = ()> {
        /// Binds the configuration to its runtime.
        #[serde(skip)]
        pub _config: PhantomData<(T, I)>,
    }

    #[pallet::genesis_build]
    impl<T: Config<I>, I: 'static> BuildGenesisConfig for GenesisConfig<T, I> {
        fn build(&self) {
            GenesisIssuance::<T, I>::put(Pallet::<T, I>::issuance());
        }
    }

    #[pallet::hooks]
    impl<T: Config<I>, I: 'static> Hooks<BlockNumberFor<T>> for Pallet<T, I> {
        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), frame::deps::sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::view_functions]
    impl<T: Config<I>, I: 'static> Pallet<T, I> {
        /// What there is of the token now, in planck.
        pub fn issuance() -> BalanceOf<T, I> {
            <T::Token as fungible::Inspect<T::AccountId>>::total_issuance()
        }

        /// What genesis issued, in planck.
        pub fn genesis_issuance() -> BalanceOf<T, I> {
            GenesisIssuance::<T, I>::get()
        }

        /// What was minted since genesis, in planck. Of THETA nothing ever is.
        pub fn minted() -> BalanceOf<T, I> {
            Minted::<T, I>::get()
        }

        /// What was burned since genesis, in planck.
        pub fn burned() -> BalanceOf<T, I> {
            Burned::<T, I>::get()
        }
    }
}
