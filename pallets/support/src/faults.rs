//! Drivers that compute wrong, through no fault of those who use them.

use edgeproof_primitives::Label;

/// The list of faulty drivers that governance keeps.
pub trait DriverFaults {
    /// Whether this driver is on the list.
    fn is_listed(driver: &Label) -> bool;

    /// Puts a driver on the list, for benchmarks of callers.
    #[cfg(feature = "runtime-benchmarks")]
    fn ensure_listed(driver: &Label);
}
