//! What can go wrong, and what to do about it.

use edgeproof_kernel::JobError;

/// Why a job was not executed. No variant says anything about the job's result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    #[error(
        "no GPU adapter found; install a Vulkan driver for the card, or the package mesa-vulkan-drivers for \
         the software adapter"
    )]
    NoAdapter,
    #[error("no adapter matches {wanted:?}; this machine has: {}", .found.join(", "))]
    NoSuchAdapter { wanted: String, found: Vec<String> },
    #[error("{adapter} does not give a device: {reason}; update its driver or select another adapter")]
    NoDevice { adapter: String, reason: String },
    #[error("the job does not fit its program: {0}")]
    Job(#[from] JobError),
    #[error("input {input} has {bytes} bytes, which is not a whole number of 4-byte words")]
    NotWords { input: usize, bytes: usize },
    #[error(
        "step {step} needs {needed} storage bindings because a binding has at most {largest} bytes, and the adapter \
         allows {allowed} in one shader; decline programs of this size or use another adapter"
    )]
    TooManyBindings {
        step: usize,
        needed: u32,
        allowed: u32,
        largest: u64,
    },
    #[error("the adapter is out of memory; the job needs {needed} bytes at its peak")]
    OutOfMemory { needed: u64 },
    #[error("the device is lost ({0}); open the engine again, and check the driver if it recurs")]
    DeviceLost(String),
    #[error("the device has not answered for {0} seconds; open the engine again")]
    Hung(u64),
    #[error("the device refuses a command, which is a defect of this program: {0}")]
    Refused(String),
    #[error(
        "the adapter computes step {step}, invocation {index} as {found:?} where the language says \
         {expected:?}; do not use it for work before its driver is fixed"
    )]
    Miscomputed {
        step: usize,
        index: u32,
        expected: Vec<u32>,
        found: Vec<u32>,
    },
    #[error("the program's trace has no position {0}")]
    NoSuchPosition(u32),
    #[error("{found} bytes were supplied as the output at position {position}, which has {expected}")]
    SuppliedLength {
        position: u32,
        expected: u64,
        found: u64,
    },
    #[error("cancelled")]
    Cancelled,
}
