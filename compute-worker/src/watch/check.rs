//! Is a result right? Blocking work, in threads of its own.

use crate::{
    compute::{Device, Patient},
    defect::contained,
    disputes::{player, Case, DisputeConfig, DisputeError},
};
use edgeproof_client::{
    blobs::BlobStore,
    result::{check_inline, fetch_outputs},
};
use edgeproof_engine::EngineError;
use edgeproof_player::{Means, Options, Place, Player, PlayerError};
use edgeproof_primitives::{BlobHash, ElementProof, JobSpec, TraceOpening};
use std::{sync::Arc, thread};
use tokio::sync::mpsc::{unbounded_channel, UnboundedReceiver, UnboundedSender};
use tracing::debug;

/// What was found out about a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Right,
    Wrong {
        /// Shows it in one call.
        proof: Option<Box<ElementProof>>,
    },
}

impl Verdict {
    pub fn proof(&self) -> Option<&ElementProof> {
        match self {
            Self::Wrong { proof } => proof.as_deref(),
            Self::Right => None,
        }
    }
}

/// How a result was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// Freivalds' check of every output.
    Products,
    /// At least one output was computed again.
    Replay,
    /// The outputs are not to be had: all of it was computed again, and the roots compared.
    Roots,
}

/// The right result, and how it comes about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Prepared {
    pub output_root: BlobHash,
    pub trace: TraceOpening,
}

/// What to find out.
pub(super) enum Order {
    /// Whether a result is right; with its bytes, when they came inline.
    Check(BlobHash, Option<Vec<u8>>),
    /// What the right result is, computed in the folder of the job's player.
    Prepare,
}

/// What was found out.
#[derive(Debug)]
pub(super) enum Found {
    Checked(BlobHash, Result<(Verdict, How), DisputeError>),
    Prepared(Result<Box<Prepared>, DisputeError>),
}

/// Hands orders to threads.
pub(super) struct Checks {
    device: Patient,
    store: Arc<dyn BlobStore>,
    config: DisputeConfig,
    running: usize,
    found: UnboundedSender<(Case, Found)>,
    finds: UnboundedReceiver<(Case, Found)>,
}

impl Checks {
    pub fn new(device: Device, store: Arc<dyn BlobStore>, config: DisputeConfig) -> Self {
        let (found, finds) = unbounded_channel();
        Self {
            device: Patient(device),
            store,
            config,
            running: 0,
            found,
            finds,
        }
    }

    pub fn running(&self) -> usize {
        self.running
    }

    /// Starts a thread for the order. What it finds comes from [`Self::finished`].
    pub fn start(&mut self, case: Case, spec: JobSpec, code: Vec<u8>, order: Order) {
        self.running += 1;
        let inquiry = Inquiry {
            case,
            spec,
            code,
            device: self.device.clone(),
            store: self.store.clone(),
            config: self.config.clone(),
        };
        let found = self.found.clone();
        thread::spawn(move || {
            let result = match order {
                Order::Check(root, inline) => {
                    let checked = contained(|| inquiry.check(&root, inline));
                    Found::Checked(root, checked.unwrap_or(Err(DisputeError::Died)))
                }
                Order::Prepare => {
                    let prepared = contained(|| inquiry.prepare().map(Box::new));
                    Found::Prepared(prepared.unwrap_or(Err(DisputeError::Died)))
                }
            };
            // Nobody listens when the process ends.
            let _ = found.send((case, result));
        });
    }

    /// Waits for the next find. Dropping the future loses nothing.
    pub async fn finished(&mut self) -> (Case, Found) {
        match self.finds.recv().await {
            Some(found) => {
                self.running -= 1;
                found
            }
            // This handle keeps a sender itself.
            None => std::future::pending().await,
        }
    }
}

/// The thread of one order.
struct Inquiry {
    case: Case,
    spec: JobSpec,
    code: Vec<u8>,
    device: Patient,
    store: Arc<dyn BlobStore>,
    config: DisputeConfig,
}

impl Inquiry {
    fn player(&self, place: Place, budget: u64) -> Result<Player, DisputeError> {
        let options = Options {
            place,
            budget,
            samples_per_step: self.config.samples,
        };
        player(&self.spec, &self.code, self.store.as_ref(), options)
    }

    fn check(&self, root: &BlobHash, inline: Option<Vec<u8>>) -> Result<(Verdict, How), DisputeError> {
        // What is right need not be kept.
        let mut player = self.player(Place::Memory, 0)?;
        let Some(outputs) = self.published(&player, root, inline) else {
            let right = in_turn(|| player.output_root(&self.device))? == *root;
            return Ok((verdict(right, None), How::Roots));
        };
        let published: Vec<&[u8]> = outputs.iter().map(Vec::as_slice).collect();
        let checked = in_turn(|| player.check(&self.device, &published))?;
        let how = if checked.iter().all(|checked| checked.by == Means::Freivalds) {
            How::Products
        } else {
            How::Replay
        };
        let right = checked.iter().all(|checked| checked.wrong.is_none());
        let proof = player.direct_proof(&published, &checked).unwrap_or_else(|error| {
            debug!("job {}: no proof in one call: {error}", self.case.job);
            None
        });
        Ok((verdict(right, proof), how))
    }

    /// The outputs behind a root, if anybody has published them.
    fn published(&self, player: &Player, root: &BlobHash, inline: Option<Vec<u8>>) -> Option<Vec<Vec<u8>>> {
        if let Some(output) = inline.and_then(|bytes| check_inline(bytes, root).ok()) {
            return Some(vec![output]);
        }
        match fetch_outputs(self.store.as_ref(), root, &player.program().output_words()) {
            Ok(outputs) => Some(outputs),
            Err(error) => {
                debug!("job {}: {error}", self.case.job);
                None
            }
        }
    }

    fn prepare(&self) -> Result<Prepared, DisputeError> {
        let folder = self.config.folder.join(self.case.folder());
        let mut player = self.player(Place::Folder(folder), self.config.budget)?;
        Ok(Prepared {
            output_root: in_turn(|| player.output_root(&self.device))?,
            trace: in_turn(|| player.trace_opening(&self.device))?,
        })
    }
}

/// Asks again while the device is given up to disputes. What was kept by then is not computed again.
fn in_turn<T>(mut ask: impl FnMut() -> Result<T, PlayerError>) -> Result<T, PlayerError> {
    loop {
        match ask() {
            Err(PlayerError::Engine(EngineError::Cancelled)) => {}
            done => return done,
        }
    }
}

fn verdict(right: bool, proof: Option<ElementProof>) -> Verdict {
    if right {
        Verdict::Right
    } else {
        Verdict::Wrong {
            proof: proof.map(Box::new),
        }
    }
}
