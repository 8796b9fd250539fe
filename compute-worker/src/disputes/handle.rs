//! Players, each in a thread of its own, so that neither the loop nor another dispute waits for a replay.

use super::{decide::Ask, folders, DisputeConfig, DisputeError};
use crate::{
    compute::{fetch, Device},
    defect::contained,
    journal::digest,
};
use edgeproof_client::{blobs::BlobStore, JobInfo};
use edgeproof_kernel::Verified;
use edgeproof_player::{Options, Place, Player};
use edgeproof_primitives::{Hash, JobId, JobSpec, TraceOpening, Witness};
use edgeproof_proofs::NodeOpening;
use std::{
    collections::HashMap,
    sync::{mpsc, Arc},
    thread,
};
use tokio::sync::mpsc::{unbounded_channel, UnboundedReceiver, UnboundedSender};

/// A job about which there is, or may be, a dispute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Case {
    pub job: JobId,
    /// Identifies what is to be computed.
    pub digest: Hash,
}

impl Case {
    pub fn of(job: &JobInfo) -> Self {
        Self {
            job: job.id,
            digest: digest(job),
        }
    }

    pub fn folder(&self) -> String {
        folders::name(self.job, &self.digest)
    }
}

/// What a player says.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    Trace(Box<TraceOpening>),
    Node(NodeOpening),
    Witness(Box<Witness>),
}

/// What came of a question.
#[derive(Debug)]
pub(crate) struct Answered {
    pub case: Case,
    pub(super) ask: Ask,
    pub(super) result: Result<Answer, DisputeError>,
}

/// The way to a player.
struct Seated {
    questions: mpsc::Sender<Ask>,
    /// Questions that it has not answered yet.
    asked: usize,
}

/// Hands questions to players.
pub(super) struct Players {
    device: Device,
    store: Arc<dyn BlobStore>,
    config: DisputeConfig,
    seated: HashMap<Case, Seated>,
    answers: UnboundedSender<Answered>,
    answered: UnboundedReceiver<Answered>,
}

impl Players {
    pub fn new(device: Device, store: Arc<dyn BlobStore>, config: DisputeConfig) -> Self {
        let (answers, answered) = unbounded_channel();
        Self {
            device,
            store,
            config,
            seated: HashMap::new(),
            answers,
            answered,
        }
    }

    pub fn is_seated(&self, case: &Case) -> bool {
        self.seated.contains_key(case)
    }

    /// Starts the player of a job with this program.
    pub fn seat(&mut self, case: Case, spec: JobSpec, code: Vec<u8>) {
        let (questions, asked) = mpsc::channel();
        let seat = Seat {
            case,
            spec,
            code,
            device: self.device.clone(),
            store: self.store.clone(),
            config: self.config.clone(),
            asked,
            answers: self.answers.clone(),
        };
        thread::spawn(move || seat.play());
        self.seated.insert(case, Seated { questions, asked: 0 });
    }

    /// Asks a seated player. Its answer comes from [`Self::answered`].
    pub fn ask(&mut self, case: &Case, ask: Ask) -> Result<(), DisputeError> {
        let seated = self.seated.get_mut(case).ok_or(DisputeError::Died)?;
        if seated.questions.send(ask).is_err() {
            self.seated.remove(case);
            return Err(DisputeError::Died);
        }
        seated.asked += 1;
        Ok(())
    }

    /// Lets players go except those of these cases and those that think, so that no other comes into their folders. What
    /// they computed stays there.
    pub fn keep(&mut self, is_kept: impl Fn(&Case) -> bool) {
        self.seated
            .retain(|case, seated| seated.asked > 0 || is_kept(case));
    }

    /// Lets the player of a case go; false while it thinks.
    pub fn release(&mut self, case: &Case) -> bool {
        let thinks = self.seated.get(case).is_some_and(|seated| seated.asked > 0);
        if !thinks {
            self.seated.remove(case);
        }
        !thinks
    }

    /// Cases that have a player.
    pub fn cases(&self) -> impl Iterator<Item = &Case> {
        self.seated.keys()
    }

    /// Waits for the next answer. Dropping the future loses nothing.
    pub async fn answered(&mut self) -> Answered {
        match self.answered.recv().await {
            Some(answered) => {
                if let Some(seated) = self.seated.get_mut(&answered.case) {
                    seated.asked = seated.asked.saturating_sub(1);
                }
                answered
            }
            // This handle keeps a sender itself.
            None => std::future::pending().await,
        }
    }
}

/// The thread of a player.
struct Seat {
    case: Case,
    spec: JobSpec,
    code: Vec<u8>,
    device: Device,
    store: Arc<dyn BlobStore>,
    config: DisputeConfig,
    asked: mpsc::Receiver<Ask>,
    answers: UnboundedSender<Answered>,
}

impl Seat {
    fn play(self) {
        let mut seated = None;
        while let Ok(ask) = self.asked.recv() {
            let answered = contained(|| self.answer(&mut seated, &ask));
            let result = answered.unwrap_or(Err(DisputeError::Died));
            if matches!(result, Err(DisputeError::Died)) {
                seated = None;
            }
            let (case, ask) = (self.case, ask);
            if self.answers.send(Answered { case, ask, result }).is_err() {
                return;
            }
        }
    }

    fn answer(&self, seated: &mut Option<Player>, ask: &Ask) -> Result<Answer, DisputeError> {
        let player = match seated {
            Some(player) => player,
            None => {
                let folder = self.config.folder.join(self.case.folder());
                seated.insert(player(
                    &self.spec,
                    &self.code,
                    self.store.as_ref(),
                    Options {
                        place: Place::Folder(folder),
                        budget: self.config.budget,
                        samples_per_step: self.config.samples,
                    },
                )?)
            }
        };
        Ok(match *ask {
            Ask::Trace { output_root } => {
                if player.output_root(&self.device)? != output_root {
                    return Err(DisputeError::OtherResult);
                }
                Answer::Trace(Box::new(player.trace_opening(&self.device)?))
            }
            Ask::Node { tree, node, claimed } => {
                let opening = player.open(&self.device, tree, node)?;
                if opening.verify(&node, &claimed).is_err() {
                    return Err(DisputeError::OtherTrace);
                }
                Answer::Node(opening)
            }
            Ask::Witness { position, invocation } => {
                Answer::Witness(Box::new(player.witness(&self.device, position, invocation)?))
            }
        })
    }
}

/// A player of a job whose inputs are in the store.
pub(crate) fn player(
    spec: &JobSpec,
    code: &[u8],
    store: &dyn BlobStore,
    options: Options,
) -> Result<Player, DisputeError> {
    let program = Verified::from_bytes(code).map_err(crate::compute::ComputeError::from)?;
    let inputs = fetch(store, spec)?;
    Ok(Player::new(program, inputs, spec.params.to_vec(), options)?)
}
