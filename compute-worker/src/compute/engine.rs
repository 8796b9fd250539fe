use super::{device::attestation, ComputeError, Computed, Device, Finished, Task};
use edgeproof_client::{blobs::BlobStore, result::store_outputs};
use edgeproof_engine::{Execution, Job};
use edgeproof_kernel::Verified;
use edgeproof_primitives::JobSpec;
use std::{
    ops::ControlFlow,
    sync::{mpsc::Receiver, Arc},
    time::Instant,
};
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
    pub fn run(mut self) {
        while let Ok(task) = self.queue.recv() {
            let result = self.compute(&task);
            if let Err(ComputeError::Engine(error)) = &result {
                self.device.note(error);
            }
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

    fn compute(&mut self, task: &Task) -> Result<Computed, ComputeError> {
        let program = Verified::from_bytes(&task.code)?;
        let inputs = self.fetch(&task.spec)?;
        let inputs: Vec<&[u8]> = inputs.iter().map(Vec::as_slice).collect();
        let job = Job {
            program: &program,
            inputs: &inputs,
            params: &task.spec.params,
            samples_per_step: self.samples,
            seed: rand::random(),
        };
        let executor = self.device.executor()?;
        let began = Instant::now();
        let Execution {
            outputs, rechecked, ..
        } = executor.run(&job, &mut |_| ControlFlow::Continue(()))?;
        let took = began.elapsed();
        let attestation = attestation(executor.adapter());
        let output_root = store_outputs(self.store.as_ref(), &outputs)?;
        Ok(Computed {
            output_root,
            attestation,
            took,
            rechecked,
        })
    }

    fn fetch(&self, spec: &JobSpec) -> Result<Vec<Vec<u8>>, ComputeError> {
        let inputs = spec.inputs.iter().enumerate();
        inputs
            .map(|(number, blob)| {
                self.store
                    .get_exact(blob)
                    .map_err(|source| ComputeError::Input { number, source })
            })
            .collect()
    }
}
