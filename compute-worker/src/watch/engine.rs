use super::{
    check::{Checks, Found, Order, Prepared, Verdict},
    decide::{decide, Action, Facts, Sent},
    report::{self, Counters},
    WatchConfig,
};
use crate::{
    chain::{Chain, Tick},
    compute::Device,
    disputes::{Case, DisputeConfig, DisputeError, Disputes},
    journal::{ClaimEntry, Journal, JournalError},
    work::Draining,
    WorkerError,
};
use edgeproof_client::{blobs::BlobStore, AccountId, ClientError, DisputeInfo, JobInfo, JobPhase, JobState};
use edgeproof_primitives::{BlobHash, BlockNumber, JobId};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use tracing::{debug, info, warn};

/// The loop of a watchtower and what it holds.
pub struct Watch<C> {
    chain: C,
    operator: AccountId,
    journal: Journal,
    checks: Checks,
    disputes: Disputes,
    config: WatchConfig,
    /// Blocks after which a claim about a job that the chain does not know is forgotten.
    forget: BlockNumber,
    drain: Draining,
    tick: Tick,
    jobs: HashMap<Case, Watched>,
    /// A wrong result was found against which something is still to be sent.
    refutes: bool,
    counters: Counters,
    reported: (BlockNumber, Counters),
}

/// What is known of a job. May be forgotten when the process is killed.
#[derive(Default)]
struct Watched {
    verdicts: HashMap<BlobHash, Verdict>,
    prepared: Option<Box<Prepared>>,
    /// Proofs that were sent.
    proofs: HashMap<BlobHash, Sent>,
    /// Something is being found out.
    doing: Option<Doing>,
    /// After a failure, when to try again.
    retry_at: BlockNumber,
    /// What was said last.
    said: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doing {
    Checks,
    /// In the folder of the job's player.
    Prepares,
}

impl<C: Chain> Watch<C> {
    /// A watchtower that has not looked at the chain yet. Claims are played by players in the folder of `disputes`.
    pub fn new(
        chain: C,
        journal: Journal,
        device: Device,
        store: Arc<dyn BlobStore>,
        config: WatchConfig,
        disputes: DisputeConfig,
        drain: Draining,
    ) -> Self {
        let operator = chain.operator();
        Self {
            chain,
            operator,
            journal,
            forget: disputes.forget,
            checks: Checks::new(device.clone(), store.clone(), disputes.clone()),
            disputes: Disputes::new(operator, device, store, disputes),
            config,
            drain,
            tick: Tick {
                block: 0,
                finalized: 0,
                seats: Vec::new(),
            },
            jobs: HashMap::new(),
            refutes: false,
            counters: Counters::default(),
            reported: Default::default(),
        }
    }

    /// Watches until it is drained: then nothing new is checked, what was found wrong is refuted, and claims are defended
    /// until their jobs have ended.
    ///
    /// # Errors
    /// The journal cannot be written. Nothing else ends the loop.
    pub async fn run(mut self) -> Result<(), WorkerError> {
        let mut drain = self.drain.clone();
        let mut announced = false;
        loop {
            tokio::select! {
                tick = self.chain.next() => {
                    self.tick = tick;
                    self.look().await?;
                }
                (case, found) = self.checks.finished() => self.found(case, found),
                answered = self.disputes.answered() => self.disputes.take(&self.chain, answered).await,
                () = drain.started(), if !announced => {
                    announced = true;
                    info!("draining: claims are defended until their jobs have ended, nothing new is checked");
                }
            }
            if self.drain.is_on() && self.is_idle()? {
                info!("{}", self.counters);
                info!("drained");
                return Ok(());
            }
        }
    }

    /// True when nothing that has begun is left to do.
    fn is_idle(&self) -> Result<bool, JournalError> {
        if self.disputes.is_playing() || self.checks.running() > 0 || self.refutes {
            return Ok(false);
        }
        Ok(self.journal.claims()?.iter().all(|(_, claim)| claim.lost))
    }

    async fn look(&mut self) -> Result<(), WorkerError> {
        let (claimed, mut aside) = self.attend_claims().await?;
        let prepares = |(_, watched): &(&Case, &Watched)| watched.doing == Some(Doing::Prepares);
        aside.extend(self.jobs.iter().filter(prepares).map(|(case, _)| *case));
        if !self.config.dry_run {
            let now = self.tick.block;
            self.disputes.attend(&self.chain, &claimed, &aside, now).await;
        }
        let mut jobs = match self.chain.live_jobs().await {
            Ok(jobs) => jobs,
            Err(error) => {
                debug!("{error}");
                return Ok(());
            }
        };
        let live: HashSet<Case> = jobs.iter().map(Case::of).collect();
        self.jobs
            .retain(|case, watched| live.contains(case) || watched.doing.is_some());
        jobs.retain(|job| job.window_end().is_some() && self.config.filter.admits(job));
        jobs.sort_by_key(JobInfo::window_end);
        let mut refutes = false;
        for job in &jobs {
            refutes |= self.look_at(job).await?;
        }
        self.refutes = refutes;
        self.report();
        Ok(())
    }

    /// Brings the journal up to date about claims, and returns the live jobs that they are about, and those that could not
    /// be read now.
    async fn attend_claims(&mut self) -> Result<(Vec<JobInfo>, HashSet<Case>), JournalError> {
        let (mut live, mut unread) = (Vec::new(), HashSet::new());
        for (id, claim) in self.journal.claims()? {
            match self.chain.job(id).await {
                Ok(Some(JobState::Live(job))) if Case::of(&job).digest == claim.digest => {
                    self.attend_claim(&job, claim).await?;
                    live.push(*job);
                }
                Ok(Some(JobState::Ended(receipt))) => {
                    let stood = receipt.output_root == Some(claim.output_root);
                    let end = if stood {
                        "the claimed result stood"
                    } else {
                        "without the claimed result"
                    };
                    info!("job {id} ended at block {}: {end}", receipt.ended_at);
                    self.journal.forget_claim(id)?;
                }
                Ok(_) if self.tick.block.saturating_sub(claim.sent) >= self.forget => {
                    self.journal.forget_claim(id)?;
                }
                Ok(_) => {}
                Err(error) => {
                    debug!("job {id}: {error}");
                    unread.insert(Case {
                        job: id,
                        digest: claim.digest,
                    });
                }
            }
        }
        Ok((live, unread))
    }

    async fn attend_claim(&self, job: &JobInfo, mut claim: ClaimEntry) -> Result<(), JournalError> {
        let stands = match self.stands(job.id).await {
            Ok(stands) => stands,
            Err(error) => {
                debug!("job {}: {error}", job.id);
                return Ok(());
            }
        };
        let before = claim.clone();
        match (stands, claim.stands_since) {
            (true, None) => {
                info!("job {}: the claim stands", job.id);
                claim.stands_since = Some(self.tick.block);
            }
            (false, Some(since)) if since <= self.tick.finalized && !claim.lost => {
                warn!("job {}: the claim was removed", job.id);
                claim.lost = true;
            }
            // A reorganisation took it back, and it may be sent again.
            (false, Some(since)) if since > self.tick.finalized => claim.stands_since = None,
            _ => {}
        }
        if claim != before {
            self.journal.note_claim(job.id, &claim)?;
        }
        Ok(())
    }

    /// Whether the chain has a claim of this operator.
    async fn stands(&self, job: JobId) -> Result<bool, ClientError> {
        let dispute = self.chain.dispute(job).await?;
        let claims = dispute.is_some_and(|dispute| dispute.claim_of(&self.operator).is_some());
        Ok(claims || self.chain.has_waiting_claim(job).await?)
    }

    /// Does what one job needs next. True while a wrong result of it is to be refuted.
    async fn look_at(&mut self, job: &JobInfo) -> Result<bool, WorkerError> {
        let dispute = match self.dispute(job).await {
            Ok(dispute) => dispute,
            Err(error) => {
                debug!("job {}: {error}", job.id);
                return Ok(self.refutes);
            }
        };
        let case = Case::of(job);
        let watched = self.jobs.entry(case).or_default();
        let facts = Facts {
            job,
            dispute: dispute.as_ref(),
            verdicts: &watched.verdicts,
            proofs: &watched.proofs,
            operator: &self.operator,
        };
        match decide(&facts, self.tick.block, &self.config) {
            Action::Wait => Ok(false),
            Action::Check(root) => {
                self.check(case, job, root).await;
                Ok(false)
            }
            Action::Prove(root) => {
                self.prove(case, root).await;
                Ok(!self.config.dry_run)
            }
            Action::Claim => self.claim(case, job).await,
        }
    }

    async fn dispute(&self, job: &JobInfo) -> Result<Option<DisputeInfo>, ClientError> {
        match job.phase {
            JobPhase::Disputed { .. } => self.chain.dispute(job.id).await,
            _ => Ok(None),
        }
    }

    /// Whether something about the job may be found out now.
    fn has_room(&self, case: &Case) -> bool {
        let watched = self.jobs.get(case);
        let waits =
            watched.is_some_and(|watched| watched.doing.is_some() || self.tick.block < watched.retry_at);
        !waits && self.checks.running() < self.config.replays.max(1)
    }

    async fn check(&mut self, case: Case, job: &JobInfo, root: BlobHash) {
        if self.drain.is_on() || !self.has_room(&case) {
            return;
        }
        let inline = match job.inline_bytes {
            Some(_) => self.chain.inline_output(job.id).await.ok().flatten(),
            None => None,
        };
        self.start(case, job, Order::Check(root, inline)).await;
    }

    async fn start(&mut self, case: Case, job: &JobInfo, order: Order) {
        let watched = self.jobs.entry(case).or_default();
        match self.chain.program(job.spec.program).await {
            Ok(code) => {
                watched.doing = Some(match order {
                    Order::Check(..) => Doing::Checks,
                    Order::Prepare => Doing::Prepares,
                });
                self.checks.start(case, job.spec.clone(), code, order);
            }
            Err(error) => watched.say(&case, error.to_string()),
        }
    }

    fn found(&mut self, case: Case, found: Found) {
        // The next look says whether.
        self.refutes = !self.config.dry_run;
        let watched = self.jobs.entry(case).or_default();
        watched.doing = None;
        match found {
            Found::Checked(root, Ok((verdict, how))) => {
                if verdict == Verdict::Right {
                    self.counters.right += 1;
                    report::right(case.job, how);
                } else {
                    self.counters.wrong += 1;
                    report::wrong(case.job, &root, how);
                }
                watched.verdicts.insert(root, verdict);
            }
            Found::Prepared(Ok(prepared)) => {
                let root = prepared.output_root;
                if let Some(Verdict::Wrong { .. }) = watched.verdicts.insert(root, Verdict::Right) {
                    warn!(
                        "job {}: computed once more, the result is right, so the adapter does not always compute the same; \
                         check its driver",
                        case.job
                    );
                }
                watched.prepared = Some(prepared);
            }
            Found::Checked(_, Err(error)) | Found::Prepared(Err(error)) => {
                self.counters.failed += 1;
                watched.failed(&case, &error, self.tick.block, self.config.retry);
            }
        }
    }

    async fn prove(&mut self, case: Case, root: BlobHash) {
        let (now, config) = (self.tick.block, &self.config);
        let Some(watched) = self.jobs.get_mut(&case) else {
            return;
        };
        if config.dry_run {
            return watched.say(&case, "one call would prove it wrong".into());
        }
        let Some(proof) = watched.verdicts.get(&root).and_then(Verdict::proof).cloned() else {
            return;
        };
        let sent = watched.proofs.get(&root);
        if sent.is_some_and(|sent| {
            sent.times >= config.attempts || now.saturating_sub(sent.last) < config.resend
        }) {
            return;
        }
        let times = sent.map_or(1, |sent| sent.times.saturating_add(1));
        match self.chain.prove_element(case.job, root, proof).await {
            Ok(()) => {
                watched.proofs.insert(root, Sent { times, last: now });
                self.counters.proofs += 1;
                info!("job {}: proof of a wrong element sent", case.job);
            }
            Err(error) => watched.say(&case, format!("proof not sent: {error}")),
        }
    }

    /// Stands for the right result, which is computed first. True while that may still come about.
    async fn claim(&mut self, case: Case, job: &JobInfo) -> Result<bool, WorkerError> {
        if self.config.dry_run {
            let watched = self.jobs.entry(case).or_default();
            watched.say(&case, "a claim would be sent".into());
            return Ok(false);
        }
        let now = self.tick.block;
        let known = self.journal.claims()?.into_iter().find(|(id, _)| *id == job.id);
        let known = known
            .map(|(_, claim)| claim)
            .filter(|claim| claim.digest == case.digest);
        if known
            .as_ref()
            .is_some_and(|claim| claim.lost || claim.attempts >= self.config.attempts)
        {
            return Ok(false);
        }
        let is_due = known
            .as_ref()
            .is_none_or(|claim| now < claim.sent || now - claim.sent >= self.config.resend);
        if !is_due || self.chain.has_waiting_claim(job.id).await.unwrap_or(true) {
            return Ok(true);
        }
        let watched = self.jobs.entry(case).or_default();
        let Some(prepared) = watched.prepared.clone() else {
            let is_hopeless = watched.retry_at == BlockNumber::MAX;
            if self.has_room(&case) && self.disputes.release(&case) {
                info!("job {}: computing it once more before claiming", job.id);
                self.start(case, job, Order::Prepare).await;
            }
            return Ok(!is_hopeless);
        };
        self.send_claim(case, known, &prepared).await?;
        Ok(true)
    }

    async fn send_claim(
        &mut self,
        case: Case,
        known: Option<ClaimEntry>,
        prepared: &Prepared,
    ) -> Result<(), WorkerError> {
        let claim = ClaimEntry {
            digest: case.digest,
            output_root: prepared.output_root,
            sent: self.tick.block,
            attempts: known.as_ref().map_or(1, |claim| claim.attempts.saturating_add(1)),
            stands_since: None,
            lost: false,
        };
        self.journal.note_claim(case.job, &claim)?;
        let trace = prepared.trace.clone();
        match self.chain.claim(case.job, prepared.output_root, trace).await {
            Ok(()) => {
                self.counters.claims += 1;
                info!("job {}: claim of {} sent", case.job, prepared.output_root);
            }
            Err(error) => {
                match known {
                    Some(before) => self.journal.note_claim(case.job, &before)?,
                    None => self.journal.forget_claim(case.job)?,
                }
                let watched = self.jobs.entry(case).or_default();
                watched.say(&case, format!("claim not sent: {error}"));
            }
        }
        Ok(())
    }

    /// Writes the counters down when they have changed.
    fn report(&mut self) {
        let (at, told) = self.reported;
        if self.counters != told && self.tick.block.saturating_sub(at) >= self.config.report {
            info!("{}", self.counters);
            self.reported = (self.tick.block, self.counters);
        }
    }
}

impl Watched {
    fn failed(&mut self, case: &Case, error: &DisputeError, now: BlockNumber, retry: BlockNumber) {
        self.retry_at = if error.may_pass() {
            now.saturating_add(retry)
        } else {
            BlockNumber::MAX
        };
        self.say(case, format!("not checked: {error}"));
    }

    /// Says something that is worth a line, once.
    fn say(&mut self, case: &Case, text: String) {
        if self.said != text {
            warn!("job {}: {text}", case.job);
            self.said = text;
        }
    }
}
