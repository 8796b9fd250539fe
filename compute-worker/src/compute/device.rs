use super::ComputeError;
use edgeproof_engine::{
    AdapterInfo, Engine, EngineError, Execution, Executor, Job, Replay, Replayer, Selection, Tape,
};
use edgeproof_primitives::{Attestation, Label, MAX_LABEL_BYTES};
use std::{
    ops::ControlFlow,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use tracing::info;

type Open = Box<dyn FnMut() -> Result<Box<dyn Executor>, ComputeError> + Send>;

/// What computes, opened again when its driver loses it. Handles to it are cheap to clone, and it serves one at a time.
///
/// As a [`Replayer`] it answers for disputes, whose deadlines cost bonds: what runs patiently gives way to it.
#[derive(Clone)]
pub struct Device(Arc<Shared>);

struct Shared {
    slot: Mutex<Slot>,
    /// Answers that want the device, or have it.
    urgent: Mutex<usize>,
    /// There are none of them any more.
    calm: Condvar,
}

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
        Ok(Self(Arc::new(Shared {
            slot: Mutex::new(slot),
            urgent: Mutex::new(0),
            calm: Condvar::new(),
        })))
    }

    /// Executes a job while no dispute wants the device. An execution that had to give way begins anew.
    pub(super) fn execute(&self, job: &Job<'_>) -> Result<Executed, ComputeError> {
        loop {
            self.wait_for_calm();
            let executed = self.with(|executor| {
                let began = Instant::now();
                let execution = executor.run(job, &mut |_| self.go_on())?;
                Ok(Executed {
                    execution,
                    took: began.elapsed(),
                    attestation: attestation(executor.adapter()),
                })
            });
            match executed {
                Err(ComputeError::Engine(EngineError::Cancelled)) => {
                    info!("the device is given up to a dispute, the execution begins anew after it");
                }
                done => return done,
            }
        }
    }

    /// The driver, as it is called on chain.
    ///
    /// # Errors
    /// When the device was lost and does not open again.
    pub fn driver(&self) -> Result<Label, ComputeError> {
        self.with(|executor| Ok(attestation(executor.adapter()).driver))
    }

    /// Waits for the device, opens it when it is closed, and closes it when an error has made it useless.
    fn with<T>(&self, work: impl FnOnce(&dyn Executor) -> Result<T, EngineError>) -> Result<T, ComputeError> {
        let mut slot = self.0.slot.lock().unwrap_or_else(PoisonError::into_inner);
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

    fn urgent(&self) -> MutexGuard<'_, usize> {
        self.0.urgent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait_for_calm(&self) {
        let calm = self.0.calm.wait_while(self.urgent(), |urgent| *urgent > 0);
        drop(calm.unwrap_or_else(PoisonError::into_inner));
    }

    fn go_on(&self) -> ControlFlow<()> {
        if *self.urgent() == 0 {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }
}

impl Replayer for Device {
    fn replay(&self, replay: &Replay<'_>, tape: &mut dyn Tape) -> Result<(), EngineError> {
        let _hurry = Hurry::new(self);
        self.with(|executor| executor.replay(replay, tape))
            .map_err(without_device)
    }
}

/// While it lives, nothing patient keeps the device.
struct Hurry<'a>(&'a Device);

impl<'a> Hurry<'a> {
    fn new(device: &'a Device) -> Self {
        *device.urgent() += 1;
        Self(device)
    }
}

impl Drop for Hurry<'_> {
    fn drop(&mut self) {
        let mut urgent = self.0.urgent();
        *urgent -= 1;
        if *urgent == 0 {
            self.0 .0.calm.notify_all();
        }
    }
}

/// A job as the device has executed it.
pub(super) struct Executed {
    pub execution: Execution,
    pub took: Duration,
    pub attestation: Attestation,
}

/// The device for what has time: a replay that has to give way to a dispute ends as [`EngineError::Cancelled`] after an
/// output or a piece of one.
#[derive(Clone)]
pub(crate) struct Patient(pub Device);

impl Replayer for Patient {
    fn replay(&self, replay: &Replay<'_>, tape: &mut dyn Tape) -> Result<(), EngineError> {
        let Self(device) = self;
        device.wait_for_calm();
        let mut tape = Yielding { device, tape };
        device
            .with(|executor| executor.replay(replay, &mut tape))
            .map_err(without_device)
    }
}

/// Breaks off as soon as somebody is in a hurry.
struct Yielding<'a> {
    device: &'a Device,
    tape: &'a mut dyn Tape,
}

impl Tape for Yielding<'_> {
    fn supply(&mut self, position: u32) -> ControlFlow<(), Vec<u8>> {
        self.device.go_on()?;
        self.tape.supply(position)
    }

    fn take(&mut self, position: u32, piece: &[u8]) -> ControlFlow<()> {
        self.tape.take(position, piece)?;
        self.device.go_on()
    }
}

fn without_device(error: ComputeError) -> EngineError {
    match error {
        ComputeError::Engine(error) => error,
        error => EngineError::NoDevice {
            adapter: "the adapter".into(),
            reason: error.to_string(),
        },
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
    use crate::{compute::testing::Interpreter, journal::crash::Fuse, town};
    use edgeproof_kernel::Verified;

    /// Calls for a dispute's answer as soon as an output comes.
    struct Calling<'a> {
        device: &'a Device,
        hurry: Option<Hurry<'a>>,
        outputs: usize,
    }

    impl Tape for Calling<'_> {
        fn supply(&mut self, _: u32) -> ControlFlow<(), Vec<u8>> {
            ControlFlow::Break(())
        }

        fn take(&mut self, _: u32, _: &[u8]) -> ControlFlow<()> {
            self.hurry = Some(Hurry::new(self.device));
            self.outputs += 1;
            ControlFlow::Continue(())
        }
    }

    #[test]
    fn a_patient_replay_gives_way_after_the_output_at_hand() {
        let device = Interpreter::device(&Fuse::never(), &Arc::default());
        let program = Verified::from_bytes(&town::indirect()).unwrap();
        let input = vec![7; 4 * town::WORDS as usize];
        let job = Job {
            program: &program,
            inputs: &[&input],
            params: &[],
            samples_per_step: 0,
            seed: 0,
        };
        let positions = [0, 1, 2];
        let replay = Replay {
            job: &job,
            positions: &positions,
            wanted: &positions,
        };
        let mut tape = Calling {
            device: &device,
            hurry: None,
            outputs: 0,
        };
        let given_up = Patient(device.clone()).replay(&replay, &mut tape);
        assert_eq!((given_up, tape.outputs), (Err(EngineError::Cancelled), 1));
        assert_eq!(device.replay(&replay, &mut tape), Ok(()));
        assert_eq!(tape.outputs, 4, "what answers a dispute does not give way");
    }

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
