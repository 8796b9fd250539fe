//! Work in a thread that a loop waits for.

use std::panic::{catch_unwind, AssertUnwindSafe};

/// Does it. Nothing when it panics: a defect that one task meets ends that task alone, and the loop hears of it.
pub(crate) fn contained<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}
