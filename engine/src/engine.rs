//! An opened adapter.

use std::ops::ControlFlow;

use crate::{
    adapter, conformance, gpu::Gpu, pipelines::Pipelines, run::Run, AdapterInfo, ConformanceReport,
    EngineError, Execution, Executor, Job, Progress, Selection,
};

/// An adapter, ready to execute.
pub struct Engine {
    adapter: AdapterInfo,
    pub(crate) gpu: Gpu,
    pub(crate) pipelines: Pipelines,
}

impl Engine {
    /// Opens an adapter.
    ///
    /// # Errors
    /// When there is none, none matches, or it gives no device.
    pub fn open(selection: &Selection) -> Result<Self, EngineError> {
        let adapter = adapter::select(selection)?;
        let gpu = Gpu::open(&adapter)?;
        Ok(Self {
            adapter: AdapterInfo::of(&adapter),
            gpu,
            pipelines: Pipelines::default(),
        })
    }

    /// Compares the adapter with the interpreter: every operation on its corner cases, and random programs.
    ///
    /// # Errors
    /// When the adapter fails; a wrong result is no error but a disagreement in the report.
    pub fn conformance(&self) -> Result<ConformanceReport, EngineError> {
        conformance::conformance(self)
    }
}

impl Executor for Engine {
    fn adapter(&self) -> &AdapterInfo {
        &self.adapter
    }

    fn run(
        &self,
        job: &Job<'_>,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Execution, EngineError> {
        Run::new(self, job)?
            .execute(progress)
            .map_err(|error| match error {
                EngineError::OutOfMemory { .. } => EngineError::OutOfMemory {
                    needed: job.program.peak_bytes(),
                },
                other => other,
            })
    }
}
