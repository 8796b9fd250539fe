use super::{
    config::WorkConfig,
    decide::{decide, Action, Heights},
    report::{self, Milestone},
    Draining,
};
use crate::{
    chain::{Chain, Tick},
    compute::{Compute, ComputeError, Finished, Task},
    data::DataAnswers,
    disputes::Disputes,
    journal::{digest, Answer, End, Entry, Journal, JournalError, Key},
    WorkerError,
};
use edgeproof_client::{blobs::BlobStore, AccountId, JobInfo, JobPhase, JobState, SeatInfo};
use edgeproof_primitives::{BlockNumber, Outcome, Receipt, RevealOpening, TfuelBalance};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use tracing::{debug, info, warn};

const MILLION: TfuelBalance = 1_000_000;

/// The loop and what it holds.
pub struct Work<C> {
    chain: C,
    operator: AccountId,
    journal: Journal,
    compute: Compute,
    disputes: Disputes,
    data: DataAnswers,
    store: Arc<dyn BlobStore>,
    config: WorkConfig,
    drain: Draining,
    tick: Tick,
    memory: Memory,
}

/// What may be forgotten when the worker is killed.
#[derive(Default)]
struct Memory {
    /// Jobs that are being computed.
    running: HashSet<Key>,
    /// What went wrong last, and when to try again.
    setbacks: HashMap<Key, Setback>,
    /// Inputs that were reported as missing.
    reported: HashSet<Key>,
    /// Calls that the node did not take.
    unsent: HashSet<Key>,
    /// How far each seat was when it was last seen.
    milestones: HashMap<Key, Milestone>,
    /// Since when the chain has not known a journaled seat.
    vanished: HashMap<Key, BlockNumber>,
}

struct Setback {
    text: String,
    retry_at: BlockNumber,
}

impl<C: Chain> Work<C> {
    /// A loop that has not looked at the chain yet.
    pub fn new(
        chain: C,
        journal: Journal,
        compute: Compute,
        disputes: Disputes,
        store: Arc<dyn BlobStore>,
        config: WorkConfig,
        drain: Draining,
    ) -> Self {
        let operator = chain.operator();
        let tick = Tick {
            block: 0,
            finalized: 0,
            seats: Vec::new(),
        };
        Self {
            data: DataAnswers::new(operator, store.clone()),
            chain,
            operator,
            journal,
            compute,
            disputes,
            store,
            config,
            drain,
            tick,
            memory: Memory::default(),
        }
    }

    /// Works until it is drained.
    ///
    /// # Errors
    /// The journal cannot be written, or the computing thread has died. Nothing else ends the loop.
    pub async fn run(mut self) -> Result<(), WorkerError> {
        let mut drain = self.drain.clone();
        let mut announced = false;
        loop {
            tokio::select! {
                tick = self.chain.next() => {
                    self.tick = tick;
                    self.attend_all().await?;
                    let Tick { block, seats, .. } = &self.tick;
                    self.disputes.attend(&self.chain, seats, &HashSet::new(), *block).await;
                    self.data.attend(&self.chain, *block).await;
                    self.settle().await?;
                }
                found = self.data.found() => self.data.take(found),
                answered = self.disputes.answered() => self.disputes.take(&self.chain, answered).await,
                finished = self.compute.finished() => {
                    let key = self.finished(finished.ok_or(ComputeError::Stopped)?).await?;
                    self.attend_again(key).await?;
                }
                () = drain.started(), if !announced => {
                    announced = true;
                    info!("draining: what has begun is finished, revealed and defended, nothing new begins");
                }
            }
            if self.drain.is_on() && self.is_idle()? {
                self.report_exposed();
                return Ok(());
            }
        }
    }

    async fn attend_all(&mut self) -> Result<(), WorkerError> {
        for job in self.tick.seats.clone() {
            self.attend(&job).await?;
        }
        Ok(())
    }

    async fn attend_again(&mut self, key: Key) -> Result<(), WorkerError> {
        let holds = |job: &&JobInfo| self.key_in(job) == Some(key);
        match self.tick.seats.iter().find(holds).cloned() {
            Some(job) => self.attend(&job).await,
            None => Ok(()),
        }
    }

    /// Does what one seat needs next.
    async fn attend(&mut self, job: &JobInfo) -> Result<(), WorkerError> {
        let Some(seat) = job.seat_of(&self.operator).cloned() else {
            return Ok(());
        };
        let key = key_of(job, &seat);
        self.report(key, job, &seat);
        match self.action(job, &seat)? {
            Action::Wait => {}
            Action::Execute => self.execute(key, job, &seat).await?,
            Action::Commit(answer) => self.commit(key, &answer).await?,
            Action::Reveal(answer) => self.reveal(key, job, answer).await?,
            Action::TooLate => {
                let text = "the deadline cannot be met any more; the job goes to another worker";
                self.setback(key, text.into(), BlockNumber::MAX);
            }
            Action::NotMine => {
                let text = "the chain holds a commitment of this operator key that this journal cannot open; restore \
                            the journal that was lost, or stop the other worker with this key, or the bond is slashed";
                self.setback(key, text.into(), BlockNumber::MAX);
            }
        }
        Ok(())
    }

    fn action(&self, job: &JobInfo, seat: &SeatInfo) -> Result<Action, JournalError> {
        let entry = self.entry(job, seat)?;
        let mut config = self.config;
        if self.memory.unsent.contains(&key_of(job, seat)) {
            config.resend = 0;
        }
        let heights = Heights {
            best: self.tick.block,
            finalized: self.tick.finalized,
        };
        Ok(decide(job, seat, entry.as_ref(), heights, &config))
    }

    fn entry(&self, job: &JobInfo, seat: &SeatInfo) -> Result<Option<Entry>, JournalError> {
        self.journal.entry(key_of(job, seat), &digest(job))
    }

    fn key_in(&self, job: &JobInfo) -> Option<Key> {
        job.seat_of(&self.operator).map(|seat| key_of(job, seat))
    }

    fn report(&mut self, key: Key, job: &JobInfo, seat: &SeatInfo) {
        let milestone = Milestone::of(seat);
        if self.memory.milestones.insert(key, milestone) != Some(milestone) {
            report::milestone(key, job, seat);
        }
    }

    async fn execute(&mut self, key: Key, job: &JobInfo, seat: &SeatInfo) -> Result<(), WorkerError> {
        let waits = self
            .memory
            .setbacks
            .get(&key)
            .is_some_and(|setback| self.tick.block < setback.retry_at);
        if waits || self.drain.is_on() || self.memory.running.contains(&key) {
            return Ok(());
        }
        let code = match self.chain.program(job.spec.program).await {
            Ok(code) => code,
            Err(error) => {
                self.setback(key, error.to_string(), self.tick.block + 1);
                return Ok(());
            }
        };
        self.journal.began(key, digest(job), pay(job, seat))?;
        self.memory.running.insert(key);
        info!("{key} executing");
        Ok(self.compute.submit(Task {
            key,
            spec: job.spec.clone(),
            code,
        })?)
    }

    /// Notes a result before anything is done with it.
    async fn finished(&mut self, finished: Finished) -> Result<Key, WorkerError> {
        let Finished { key, result } = finished;
        self.memory.running.remove(&key);
        match result {
            Ok(computed) => {
                let root = report::short(&computed.output_root.0);
                let (took, checked) = (computed.took.as_secs_f64(), computed.rechecked);
                info!("{key} computed in {took:.3} s, {checked} invocations checked again, root {root}");
                let (output_root, attestation) = (computed.output_root, computed.attestation);
                let answer = Answer {
                    output_root,
                    salt: rand::random(),
                    attestation,
                };
                match self.journal.computed(key, answer) {
                    // The job ended meanwhile.
                    Err(JournalError::Unknown(_)) => {}
                    noted => noted?,
                }
                self.memory.setbacks.remove(&key);
            }
            Err(error) => {
                let retry_at = if error.may_pass() {
                    self.tick.block + self.retry_of(key)
                } else {
                    BlockNumber::MAX
                };
                self.setback(key, error.to_string(), retry_at);
                if let ComputeError::Input { number, .. } = error {
                    self.report_missing(key, number).await;
                }
            }
        }
        Ok(key)
    }

    /// The seat with this key.
    fn seat(&self, key: Key) -> Option<(&JobInfo, &SeatInfo)> {
        let holds = |job: &&JobInfo| self.key_in(job) == Some(key);
        let job = self.tick.seats.iter().find(holds)?;
        Some((job, job.seat_of(&self.operator)?))
    }

    /// Blocks until a seat tries again: fewer where there is little time.
    fn retry_of(&self, key: Key) -> BlockNumber {
        let execution = self.seat(key).map(|(job, _)| job.spec.deadlines.execution);
        let quarter = execution.map_or(self.config.retry, |execution| execution / 4);
        self.config.retry.min(quarter).max(1)
    }

    /// Lets judges look for an input that could not be had for long.
    async fn report_missing(&mut self, key: Key, number: usize) {
        let Some((job, seat)) = self.seat(key) else {
            return;
        };
        let patience = self.config.patience.min(job.spec.deadlines.execution / 2);
        let waited = self.tick.block.saturating_sub(seat.drawn_at);
        let Ok(input) = u8::try_from(number) else {
            return;
        };
        if waited < patience || !self.memory.reported.insert(key) {
            return;
        }
        match self.chain.report_unavailable(key.job, input).await {
            Ok(()) => warn!("{key}: input {number} is reported as missing; judges look for it"),
            Err(error) => {
                self.memory.reported.remove(&key);
                debug!("{key}: {error}");
            }
        }
    }

    async fn commit(&mut self, key: Key, answer: &Answer) -> Result<(), WorkerError> {
        self.journal.committing(key, self.tick.block)?;
        let commitment = answer.commitment(key, &self.operator.0);
        let sent = self.chain.commit(key.job, commitment).await;
        self.sent(key, "commitment", sent);
        Ok(())
    }

    async fn reveal(&mut self, key: Key, job: &JobInfo, answer: Answer) -> Result<(), WorkerError> {
        let opening = match self.opening(job, answer) {
            Ok(opening) => opening,
            Err(text) => {
                self.setback(key, text, BlockNumber::MAX);
                return Ok(());
            }
        };
        self.journal.revealing(key, self.tick.block)?;
        let sent = self.chain.reveal(key.job, opening).await;
        self.sent(key, "reveal", sent);
        Ok(())
    }

    fn opening(&self, job: &JobInfo, answer: Answer) -> Result<RevealOpening, String> {
        let mut opening = answer.opening();
        if job.inline_bytes.is_some() {
            let output = self
                .store
                .get(&opening.output_root)
                .map_err(|error| error.to_string())?;
            let output = output
                .try_into()
                .map_err(|_| "the output is too long to be given inline")?;
            opening.inline_output = Some(output);
        }
        Ok(opening)
    }

    fn sent(&mut self, key: Key, what: &str, sent: Result<(), edgeproof_client::ClientError>) {
        match sent {
            Ok(()) => {
                info!("{key} {what} sent");
                self.memory.unsent.remove(&key);
                self.memory.setbacks.remove(&key);
            }
            Err(error) => {
                self.memory.unsent.insert(key);
                self.setback(key, format!("{what} not sent: {error}"), self.tick.block);
            }
        }
    }

    /// Says what went wrong, once.
    fn setback(&mut self, key: Key, text: String, retry_at: BlockNumber) {
        let old = self.memory.setbacks.insert(
            key,
            Setback {
                text: text.clone(),
                retry_at,
            },
        );
        if old.is_none_or(|old| old.text != text) {
            warn!("{key}: {text}");
        }
    }

    /// Finds the end of journaled seats that the worker no longer holds.
    async fn settle(&mut self) -> Result<(), WorkerError> {
        let held: HashSet<Key> = self
            .tick
            .seats
            .iter()
            .filter_map(|job| self.key_in(job))
            .collect();
        for (key, entry) in self.journal.open_entries()? {
            if held.contains(&key) {
                self.memory.vanished.remove(&key);
            } else if !self.memory.running.contains(&key) {
                self.settle_one(key, &entry).await?;
            }
        }
        Ok(())
    }

    async fn settle_one(&mut self, key: Key, entry: &Entry) -> Result<(), WorkerError> {
        let state = match self.chain.job(key.job).await {
            Ok(state) => state,
            Err(error) => {
                debug!("{key}: {error}");
                return Ok(());
            }
        };
        match state {
            Some(JobState::Ended(receipt)) => self.end(key, self.end_of(&receipt, entry)),
            Some(JobState::Live(job)) if self.key_in(&job) == Some(key) => Ok(()),
            Some(JobState::Live(job)) if has_lost(&job, key) => self.end(
                key,
                End {
                    outcome: None,
                    paid: 0,
                    at: self.tick.block,
                },
            ),
            Some(JobState::Live(_)) | None => self.vanished(key),
        }
    }

    fn end_of(&self, receipt: &Receipt<AccountId>, entry: &Entry) -> End {
        let mine = receipt.workers.contains(&self.operator);
        let stood = mine && receipt.outcome == Outcome::Succeeded;
        End {
            outcome: mine.then_some(receipt.outcome),
            paid: if stood {
                entry.pay.unwrap_or(receipt.paid)
            } else {
                0
            },
            at: receipt.ended_at,
        }
    }

    fn end(&mut self, key: Key, end: End) -> Result<(), WorkerError> {
        self.journal.ended(key, end)?;
        report::end(key, &end);
        self.memory.forget(key);
        Ok(())
    }

    /// A reorganisation took the assignment back; it may come again, and its commitment with it.
    fn vanished(&mut self, key: Key) -> Result<(), WorkerError> {
        let now = self.tick.block;
        let since = *self.memory.vanished.entry(key).or_insert_with(|| {
            info!("{key} dropped: the assignment vanished in a reorganisation");
            now
        });
        if now.saturating_sub(since) >= self.config.forget {
            self.journal.forgotten(key)?;
            self.memory.forget(key);
        }
        Ok(())
    }

    /// Says how long the results that stand can still be disputed, with nobody here to answer.
    fn report_exposed(&self) {
        let ends = self.tick.seats.iter().filter_map(|job| match job.phase {
            JobPhase::Revealed { settles_at } => Some(settles_at),
            _ => None,
        });
        match ends.max() {
            Some(last) => warn!(
                "drained; results of this worker can be disputed before block {last}, and whoever does not answer is slashed"
            ),
            None => info!("drained"),
        }
    }

    /// True when nothing that has begun is left to do.
    fn is_idle(&self) -> Result<bool, JournalError> {
        if !self.memory.running.is_empty() || self.disputes.is_playing() {
            return Ok(false);
        }
        for job in &self.tick.seats {
            let Some(seat) = job.seat_of(&self.operator) else {
                continue;
            };
            let answered = self.entry(job, seat)?.is_some_and(|entry| entry.answer.is_some());
            let hopeless = matches!(self.action(job, seat)?, Action::TooLate | Action::NotMine);
            if answered && seat.revealed.is_none() && !hopeless {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl Memory {
    fn forget(&mut self, key: Key) {
        self.setbacks.remove(&key);
        self.unsent.remove(&key);
        self.reported.remove(&key);
        self.milestones.remove(&key);
        self.vanished.remove(&key);
    }
}

fn key_of(job: &JobInfo, seat: &SeatInfo) -> Key {
    Key {
        job: job.id,
        round: seat.round,
    }
}

/// Whether a live job goes on without a seat that was held, and not because a reorganisation took the draw back: it has
/// been drawn again since, or results are known among which this seat's is not.
fn has_lost(job: &JobInfo, key: Key) -> bool {
    let concluded = matches!(job.phase, JobPhase::Revealed { .. } | JobPhase::Disputed { .. });
    job.round > key.round || (job.round == key.round && concluded)
}

/// What a seat brings its stash when its result stands, in planck of TFUEL.
fn pay(job: &JobInfo, seat: &SeatInfo) -> TfuelBalance {
    let (whole, rest) = (seat.fee / MILLION, seat.fee % MILLION);
    let share = TfuelBalance::from(job.worker_share);
    whole * share + rest * share / MILLION
}
