use super::ComputeError;
use edgeproof_engine::{AdapterInfo, Engine, EngineError, Executor, Replay, Replayer, Selection, Tape};
use edgeproof_primitives::{Attestation, Label, MAX_LABEL_BYTES};
use std::sync::{Arc, Mutex, PoisonError};
use tracing::info;

type Open = Box<dyn FnMut() -> Result<Box<dyn Executor>, ComputeError> + Send>;

/// What computes, opened again when its driver loses it. Handles to it are cheap to clone, and it serves one at a time.
#[derive(Clone)]
pub struct Device(Arc<Mutex<Slot>>);

struct Slot {
    open: Open,
    executor: Option<Box<dyn Executor>>,
}

impl Device {
    /// Opens at once, and again whenever the device was lost.
    ///
    /// # Errors
    /// As `open`.
    pub fn open(
        mut open: impl FnMut() -> Result<Box<dyn Executor>, ComputeError> + Send + 'static,
    ) -> Result<Self, ComputeError> {
        let executor = Some(open()?);
        let slot = Slot {
            open: Box::new(open),
            executor,
        };
        Ok(Self(Arc::new(Mutex::new(slot))))
    }

    /// The driver, as it is called on chain.
    ///
    /// # Errors
    /// When the device was lost and does not open again.
    pub fn driver(&self) -> Result<Label, ComputeError> {
        self.with(|executor| Ok(attestation(executor.adapter()).driver))
    }

    /// Waits for the device, opens it when it is closed, and closes it when an error has made it useless.
    pub(super) fn with<T>(
        &self,
        work: impl FnOnce(&dyn Executor) -> Result<T, EngineError>,
    ) -> Result<T, ComputeError> {
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = &mut *slot;
        let executor = match slot.executor.take() {
            Some(executor) => executor,
            None => (slot.open)()?,
        };
        let done = work(executor.as_ref());
        if !matches!(done, Err(EngineError::DeviceLost(_) | EngineError::Hung(_))) {
            slot.executor = Some(executor);
        }
        Ok(done?)
    }
}

impl Replayer for Device {
    fn replay(&self, replay: &Replay<'_>, tape: &mut dyn Tape) -> Result<(), EngineError> {
        self.with(|executor| executor.replay(replay, tape))
            .map_err(|error| match error {
                ComputeError::Engine(error) => error,
                error => EngineError::NoDevice {
                    adapter: "the adapter".into(),
                    reason: error.to_string(),
                },
            })
    }
}

/// Opens an adapter and lets it prove that it computes what the language says.
///
/// # Errors
/// [`ComputeError::Engine`] when there is none, [`ComputeError::Nonconforming`] when it computes wrong.
pub fn open_adapter(selection: &Selection) -> Result<Box<dyn Executor>, ComputeError> {
    let engine = Engine::open(selection)?;
    let name = engine.adapter().name.clone();
    let report = engine.conformance()?;
    if let Some(disagreement) = report.disagreements.first() {
        return Err(ComputeError::Nonconforming {
            adapter: name,
            wrong: report.disagreements.len(),
            programs: report.programs,
            first: disagreement.program.clone(),
        });
    }
    let seconds = report.elapsed.as_secs_f64();
    info!(
        "adapter {name} computes {} test programs as it should ({seconds:.1} s)",
        report.programs
    );
    Ok(Box::new(engine))
}

/// What an adapter is called in registrations and in the attestations of its results.
pub fn attestation(adapter: &AdapterInfo) -> Attestation {
    let driver = format!("{} {}", adapter.driver, adapter.driver_version);
    Attestation {
        adapter: label(&adapter.name),
        driver: label(driver.trim()),
        backend: label(&adapter.backend),
        worker: label(env!("CARGO_PKG_VERSION")),
    }
}

/// A text as the chain keeps it, cut to what fits.
fn label<L: TryFrom<Vec<u8>> + Default>(text: &str) -> L {
    let longest = text.len().min(MAX_LABEL_BYTES as usize);
    let end = (0..=longest)
        .rev()
        .find(|end| text.is_char_boundary(*end))
        .unwrap_or(0);
    text.as_bytes()[..end].to_vec().try_into().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_between_characters() {
        let adapter = AdapterInfo {
            name: "ä".repeat(40),
            driver: "llvmpipe".into(),
            driver_version: "Mesa 22".into(),
            backend: "vulkan".into(),
            kind: "software",
            largest_buffer: 0,
        };
        let attestation = attestation(&adapter);
        assert_eq!(attestation.adapter.to_vec(), "ä".repeat(32).as_bytes());
        assert_eq!(attestation.driver.to_vec(), b"llvmpipe Mesa 22");
        let odd: Vec<u8> = label(&format!("a{}", "ä".repeat(40)));
        assert_eq!(odd.len(), 63);
    }
}
