use edgeproof_client::{blobs::BlobError, result::ResultError};
use edgeproof_engine::EngineError;
use edgeproof_kernel::Rejection;

/// Why a job could not be computed. No variant says anything about its result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ComputeError {
    /// An input is missing or damaged. It may still come.
    #[error("input {number}: {source}")]
    Input {
        /// Its place in the job.
        number: usize,
        /// What is wrong.
        source: BlobError,
    },
    /// The program breaks a rule. The chain verified it, so this worker speaks another version of the language.
    #[error("the program is refused ({0}); update this worker")]
    Program(#[from] Rejection),
    /// The adapter is missing or failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The adapter computes test programs wrong.
    #[error("{adapter} computes {wrong} of {programs} test programs wrong, {first:?} first; update its driver, or choose another adapter with --adapter")]
    Nonconforming {
        /// Its name.
        adapter: String,
        /// Programs with a wrong result.
        wrong: usize,
        /// Programs that were tried.
        programs: usize,
        /// Name of the first with a wrong result.
        first: String,
    },
    /// The outputs could not be kept.
    #[error("the outputs cannot be kept: {0}")]
    Outputs(#[from] ResultError),
    /// The computing thread has died.
    #[error("the computing thread has stopped; restart the worker")]
    Stopped,
}

impl ComputeError {
    /// True when another attempt at the same job may succeed.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Input { .. } | Self::Outputs(_) => true,
            Self::Engine(error) => matches!(
                error,
                EngineError::DeviceLost(_)
                    | EngineError::Hung(_)
                    | EngineError::OutOfMemory { .. }
                    | EngineError::NoDevice { .. }
                    | EngineError::NoAdapter
                    | EngineError::Cancelled
            ),
            Self::Program(_) | Self::Nonconforming { .. } | Self::Stopped => false,
        }
    }
}
