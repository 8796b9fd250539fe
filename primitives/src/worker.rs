//! What an edge operator says about its device.

use crate::MAX_LABEL_BYTES;
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;

/// ISO 3166-1 alpha-2 code of the country where the device stands, in upper-case ASCII.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub struct Region(pub [u8; 2]);

impl Region {
    /// The code, when it is two upper-case ASCII letters.
    pub fn new(code: &str) -> Option<Self> {
        let region = Self(code.as_bytes().try_into().ok()?);
        region.is_valid().then_some(region)
    }

    /// True for two upper-case ASCII letters.
    pub fn is_valid(&self) -> bool {
        self.0.iter().all(u8::is_ascii_uppercase)
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|byte| write!(f, "{}", char::from(*byte)))
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A short text in UTF-8, such as the name of an adapter or of a driver.
pub type Label = BoundedVec<u8, ConstU32<MAX_LABEL_BYTES>>;

/// What a worker offers.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Capability {
    /// Device memory that a job may use, in bytes.
    pub memory: u64,
    /// Where the device stands.
    pub region: Region,
    /// Jobs that the worker runs at the same time, at least 1.
    pub slots: u16,
    /// Name of the adapter, as its driver reports it.
    pub adapter: Label,
    /// Driver and its version, as [`Attestation::driver`](crate::Attestation::driver) names it; empty when unknown.
    pub driver: Label,
}
