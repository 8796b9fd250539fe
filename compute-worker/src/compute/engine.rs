use super::{device::Executed, ComputeError, Computed, Device, Finished, Task};
use edgeproof_client::{blobs::BlobStore, result::store_outputs};
use edgeproof_engine::{Execution, Job};
use edgeproof_kernel::Verified;
use edgeproof_primitives::JobSpec;
use std::sync::{mpsc::Receiver, Arc};
use tokio::sync::mpsc::UnboundedSender;

/// Computes what is queued until nobody queues any more.
pub(super) struct Engine {
    pub device: Device,
    pub store: Arc<dyn BlobStore>,
    pub samples: u32,
    pub queue: Receiver<Task>,
    pub results: UnboundedSender<Finished>,
}

impl Engine {
    pub fn run(self) {
        while let Ok(task) = self.queue.recv() {
            let result = self.compute(&task);
            if self
                .results
                .send(Finished {
                    key: task.key,
                    result,
                })
                .is_err()
            {
                return;
            }
        }
    }

    fn compute(&self, task: &Task) -> Result<Computed, ComputeError> {
        let program = Verified::from_bytes(&task.code)?;
        let inputs = fetch(self.store.as_ref(), &task.spec)?;
        let inputs: Vec<&[u8]> = inputs.iter().map(Vec::as_slice).collect();
        let job = Job {
            program: &program,
            inputs: &inputs,
            params: &task.spec.params,
            samples_per_step: self.samples,
            seed: rand::random(),
        };
        let Executed {
            execution,
            took,
            attestation,
        } = self.device.execute(&job)?;
        let Execution {
            outputs, rechecked, ..
        } = execution;
        let output_root = store_outputs(self.store.as_ref(), &outputs)?;
        Ok(Computed {
            output_root,
            attestation,
            took,
            rechecked,
        })
    }
}

/// The input blobs of a job.
pub(crate) fn fetch(store: &dyn BlobStore, spec: &JobSpec) -> Result<Vec<Vec<u8>>, ComputeError> {
    let inputs = spec.inputs.iter().enumerate();
    inputs
        .map(|(number, blob)| {
            store
                .get_exact(blob)
                .map_err(|source| ComputeError::Input { number, source })
        })
        .collect()
}
