//! An opened adapter.

use std::{ops::ControlFlow, sync::Arc};

use edgeproof_kernel::{ConvShape, MatMul};
use edgeproof_shader::Tile;

use crate::{
    adapter, conformance,
    gpu::Gpu,
    pipelines::Pipelines,
    run::Run,
    tuning::{self, Tuning},
    AdapterInfo, ConformanceReport, EngineError, Execution, Executor, Job, Measured, Products, Progress,
    Replay, Replayer, Selection, Tape,
};

/// How an engine executes. No choice changes a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Bytes of the largest binding, if it shall be less than the adapter allows. At least 16.
    pub largest_binding: Option<u64>,
    /// Whether chains of element-wise maps run as one.
    pub fusion: bool,
    pub products: Products,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            largest_binding: None,
            fusion: true,
            products: Products::Measured,
        }
    }
}

/// An adapter, ready to execute.
pub struct Engine {
    adapter: AdapterInfo,
    pub(crate) gpu: Gpu,
    pub(crate) pipelines: Pipelines,
    pub(crate) options: Options,
    tuning: Tuning,
}

impl Engine {
    /// Opens an adapter.
    ///
    /// # Errors
    /// When there is none, none matches, or it gives no device.
    pub fn open(selection: &Selection) -> Result<Self, EngineError> {
        Self::open_with(selection, Options::default())
    }

    /// Opens an adapter that executes in a certain way.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_with(selection: &Selection, options: Options) -> Result<Self, EngineError> {
        let adapter = adapter::select(selection)?;
        let gpu = Gpu::open(&adapter, options.largest_binding)?;
        Ok(Self {
            adapter: AdapterInfo::of(&adapter),
            gpu,
            pipelines: Pipelines::default(),
            options,
            tuning: Tuning::default(),
        })
    }

    /// The ways to compute products, measured on the adapter at the first call: seconds where software pretends to be a GPU.
    ///
    /// # Errors
    /// When the adapter fails; a wrong result is no error but a speed of 0.
    pub fn measured(&self) -> Result<Arc<[Measured]>, EngineError> {
        self.tuning.get(&self.gpu, &self.pipelines)
    }

    /// How to compute a product; `None` is element by element.
    pub(crate) fn product_tile(&self, product: &MatMul) -> Result<Option<Tile>, EngineError> {
        let (rows, columns) = (product.m, product.n);
        self.tile(u64::from(rows) * u64::from(columns), |tile| {
            Some(tuning::product_elements(tile, rows, columns))
        })
    }

    /// How to compute a convolution; `None` is element by element.
    pub(crate) fn convolution_tile(&self, shape: &ConvShape) -> Result<Option<Tile>, EngineError> {
        let elements = shape.sizes().map_or(0, |sizes| sizes.out_words);
        self.tile(elements, |tile| tuning::convolution_elements(tile, shape))
    }

    fn tile(
        &self,
        elements: u64,
        padded: impl Fn(&Tile) -> Option<u64>,
    ) -> Result<Option<Tile>, EngineError> {
        Ok(match self.options.products {
            Products::Measured => tuning::fastest(&self.measured()?, elements, padded),
            Products::Plain => None,
            Products::Tiled(tile) => Some(tile),
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
        Run::new(self, job, self.options.fusion)?
            .execute(progress)
            .map_err(|error| with_need(error, job))
    }
}

impl Replayer for Engine {
    fn replay(&self, replay: &Replay<'_>, tape: &mut dyn Tape) -> Result<(), EngineError> {
        Run::new(self, replay.job, false)?
            .replay(replay, tape)
            .map_err(|error| with_need(error, replay.job))
    }
}

/// A shortage of memory, with what the job needs.
fn with_need(error: EngineError, job: &Job<'_>) -> EngineError {
    match error {
        EngineError::OutOfMemory { .. } => EngineError::OutOfMemory {
            needed: job.program.peak_bytes(),
        },
        other => other,
    }
}
