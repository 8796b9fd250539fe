//! Computing: fetch inputs, execute, keep outputs.
//!
//! A thread of its own does the blocking work, one job after the other, so that the loop never misses a block.

mod device;
mod engine;
mod error;
#[cfg(test)]
pub(crate) mod testing;

pub(crate) use device::Patient;
pub use device::{attestation, open_adapter, Device};
pub use edgeproof_engine::{adapters, AdapterInfo, Executor, Selection};
pub(crate) use engine::fetch;
pub use error::ComputeError;

use crate::journal::Key;
use edgeproof_client::blobs::BlobStore;
use edgeproof_primitives::{Attestation, BlobHash, JobSpec};
use std::{sync::Arc, time::Duration};
use tokio::sync::mpsc;

/// A job to compute.
#[derive(Clone, Debug)]
pub struct Task {
    /// Which.
    pub key: Key,
    /// As posted.
    pub spec: JobSpec,
    /// Encoding of its program.
    pub code: Vec<u8>,
}

/// A computed job, its outputs kept in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Computed {
    /// Root of the output.
    pub output_root: BlobHash,
    /// Where it was computed.
    pub attestation: Attestation,
    /// How long the execution took, without fetching and keeping.
    pub took: Duration,
    /// Invocations that the interpreter has re-executed.
    pub rechecked: u64,
}

/// What came of a [`Task`].
#[derive(Debug)]
pub struct Finished {
    /// Which.
    pub key: Key,
    /// The result.
    pub result: Result<Computed, ComputeError>,
}

/// Hands jobs to the thread that computes.
pub struct Compute {
    tasks: std::sync::mpsc::Sender<Task>,
    finished: mpsc::UnboundedReceiver<Finished>,
}

impl Compute {
    /// Starts the thread. It ends when this handle is dropped, after the job at hand. Of every step `samples` random
    /// invocations are executed again in the interpreter before a result is handed out.
    pub fn start(device: Device, store: Arc<dyn BlobStore>, samples: u32) -> Self {
        let (tasks, queue) = std::sync::mpsc::channel();
        let (results, finished) = mpsc::unbounded_channel();
        let engine = engine::Engine {
            device,
            store,
            samples,
            queue,
            results,
        };
        std::thread::spawn(move || engine.run());
        Self { tasks, finished }
    }

    /// Queues a job. Its result comes from [`Self::finished`].
    ///
    /// # Errors
    /// The thread has died.
    pub fn submit(&self, task: Task) -> Result<(), ComputeError> {
        self.tasks.send(task).map_err(|_| ComputeError::Stopped)
    }

    /// Waits for the next result; `None` when the thread has died. Dropping the future loses nothing.
    pub async fn finished(&mut self) -> Option<Finished> {
        self.finished.recv().await
    }
}
