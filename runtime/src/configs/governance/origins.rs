//! For whom an approved referendum speaks when it is not root.

use crate::*;
use polkadot_sdk::frame_support::traits::{EnsureOrigin, OriginTrait};

pub use pallet_origins::Origin;

// In what FRAME's macros generate: a pallet is expected to be part of its runtime, and an enum's index fits a byte.
#[allow(clippy::expect_used, clippy::cast_possible_truncation)]
#[frame_support::pallet]
pub mod pallet_origins {
    use polkadot_sdk::frame_support::pallet_prelude::*;

    #[pallet::config]
    pub trait Config: polkadot_sdk::frame_system::Config {}

    #[pallet::pallet]
    pub struct Pallet<T>(_);

    /// An approved referendum of a track.
    #[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
    #[pallet::origin]
    pub enum Origin {
        /// May set the governed values, return slashes and list faulty drivers.
        Parameters,
        /// May spend the treasury's TFUEL up to a limit.
        Treasurer,
    }
}

impl pallet_origins::Config for Runtime {}

/// Accepts [`Origin::Parameters`].
pub struct EnsureParameters;

impl EnsureOrigin<RuntimeOrigin> for EnsureParameters {
    type Success = ();

    fn try_origin(origin: RuntimeOrigin) -> Result<(), RuntimeOrigin> {
        accept(origin, Origin::Parameters)
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
        Ok(Origin::Parameters.into())
    }
}

/// Accepts [`Origin::Treasurer`].
pub struct EnsureTreasurer;

impl EnsureOrigin<RuntimeOrigin> for EnsureTreasurer {
    type Success = ();

    fn try_origin(origin: RuntimeOrigin) -> Result<(), RuntimeOrigin> {
        accept(origin, Origin::Treasurer)
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
        Ok(Origin::Treasurer.into())
    }
}

fn accept(origin: RuntimeOrigin, wanted: Origin) -> Result<(), RuntimeOrigin> {
    if *origin.caller() == OriginCaller::Origins(wanted) {
        Ok(())
    } else {
        Err(origin)
    }
}
