//! `edgeproof job challenge`: is the result of a job right, and if not, the chain is shown so.

mod own;
mod play;
mod stakes;

use super::fetch;
use crate::{
    confirm::confirm,
    context::Context,
    failure::Failure,
    format::{exact, theta},
    job::blocks::Blocks,
    progress::Progress,
    report::Report,
};
use edgeproof_client::{
    blobs::DirectoryStore, keys::Signer, Client, ClientError, DisputeInfo, JobInfo, JobState, View,
};
use edgeproof_primitives::{BlobHash, BlockNumber, JobId};
use own::{On, Own};
use play::{has_moved_on, End, Party};
use serde_json::{json, Value};
use stakes::Stakes;

/// Blocks in which a bond, a claim and the proofs before it get into the chain.
const CLAIM_BLOCKS: BlockNumber = 10;

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Number of the job
    job: JobId,
    #[command(flatten)]
    on: On,
    /// Put a bond at risk without asking
    #[arg(long, short)]
    yes: bool,
}

pub async fn run(args: Args, context: &Context) -> Result<Report, Failure> {
    let client = context.client().await?;
    let challenge = Challenge::begin(client, context, &args).await?;
    challenge.run(&args, context).await
}

/// A job, and what this machine says about it.
struct Challenge {
    client: Client,
    store: DirectoryStore,
    job: JobId,
    own: Own,
    root: BlobHash,
    /// Blocks that came while the job was computed.
    took: BlockNumber,
    /// Results that stood and that this machine does not compute.
    wrong: Vec<BlobHash>,
}

impl Challenge {
    /// Computes the job and compares.
    async fn begin(client: Client, context: &Context, args: &Args) -> Result<Self, Failure> {
        let progress = Progress::start();
        progress.waiting("fetching program and inputs");
        let view = client.best().await?;
        let store = context.blobs()?;
        let (job, _) = disputable(&view, args.job).await?;
        let program = fetch::program(&view, args.job, &job.spec.program).await?;
        let mut own = Own::new(program, &job.spec, &store, &args.on)?;
        progress.waiting(format!("computing job {} on {}", args.job, own.device()));
        let root = own.output_root()?;
        // It may have taken a while: what stands now counts.
        let now = client.best().await?;
        let wrong = wrong(&now, args.job, &root).await?;
        Ok(Self {
            client,
            store,
            job: args.job,
            own,
            root,
            took: now.number().saturating_sub(view.number()),
            wrong,
        })
    }

    async fn run(mut self, args: &Args, context: &Context) -> Result<Report, Failure> {
        if self.wrong.is_empty() {
            return Ok(self.right());
        }
        let progress = Progress::start();
        progress.done(format!(
            "job {}: {} computes {}, and {} stands",
            self.job,
            self.own.device(),
            self.root,
            list(&self.wrong)
        ));
        progress.waiting(format!("checking {}", self.own.device()));
        self.own.check_device()?;
        let signer = context.signer()?;
        self.prove_elements(&signer, &progress).await?;
        let is_left = self.is_left(&self.client.best().await?).await?;
        drop(progress);
        if !is_left {
            return Ok(self.refuted());
        }
        let bond = self.claim(&signer, args.yes).await?;
        self.play(&signer, bond, context.json).await
    }

    /// Whether a wrong result stands still. A job whose only result was refuted has none.
    async fn is_left(&self, view: &View) -> Result<bool, Failure> {
        match view.job(self.job).await? {
            Some(JobState::Live(job)) => {
                let dispute = view.dispute(self.job).await?;
                let standing = job.standing_results(dispute.as_ref());
                Ok(standing.iter().any(|root| *root != self.root))
            }
            Some(JobState::Ended(receipt)) if receipt.output_root.is_some_and(|root| root != self.root) => {
                Err(Failure::new(format!(
                    "too late: job {} has settled with a wrong result",
                    self.job
                ))
                .next("post it again, with more replicas or a longer window"))
            }
            _ => Ok(false),
        }
    }

    /// Shows a wrong element of each result where one call can, and there is time for it. The others need a game.
    async fn prove_elements(&mut self, signer: &Signer, progress: &Progress) -> Result<(), Failure> {
        for root in self.wrong.clone() {
            progress.waiting(format!("looking for a wrong element of {root}"));
            let view = self.client.best().await?;
            let left = self.left(&view).await?;
            if left > 0 && !may_look_for_proofs(left, self.took) {
                progress.done("the window ends soon: claiming without looking for a wrong element");
                return Ok(());
            }
            let lengths = self.own.output_words();
            let Ok(published) = fetch::published(&view, &self.store, self.job, &root, &lengths).await else {
                progress.done(format!("{root} is not at hand: it takes a game"));
                continue;
            };
            let Some(proof) = self.own.element_proof(&published)? else {
                progress.done(format!("{root} comes from earlier steps: it takes a game"));
                continue;
            };
            match self.client.prove_element(signer, self.job, root, &proof).await {
                Ok(included) => progress.done(format!(
                    "block {:>6}  invocation {} of output {} of {root} is wrong, and the chain has seen it",
                    included.block, proof.invocation, proof.output
                )),
                Err(ClientError::Refused(refusal)) if has_moved_on(&refusal) => {
                    progress.done(format!("{root} was refuted by somebody else"));
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Blocks in which something may still be claimed.
    async fn left(&self, view: &View) -> Result<BlockNumber, ClientError> {
        let window_end = match view.job(self.job).await? {
            Some(JobState::Live(job)) => job.window_end(),
            _ => None,
        };
        Ok(window_end.map_or(0, |end| end.saturating_sub(view.number())))
    }

    /// Stands for the own result, unless the signer does already. Returns the bond in planck of THETA.
    async fn claim(&mut self, signer: &Signer, yes: bool) -> Result<u128, Failure> {
        let view = self.client.best().await?;
        let (job, dispute) = disputable(&view, self.job).await?;
        let me = signer.account();
        let waiting = view.waiting_claims(self.job).await?;
        let standing = dispute.iter().flat_map(|dispute| &dispute.claims);
        if let Some(claim) = standing.chain(&waiting).find(|claim| claim.operator == me) {
            if claim.output_root == self.root {
                return Ok(claim.bond);
            }
            return Err(Failure::new(format!(
                "{me} stands for {}, which is wrong: {} is what the job computes",
                claim.output_root, self.root
            ))
            .next("challenge with another --key; the stake of this one is lost"));
        }
        if job.window_end().is_none_or(|end| view.number() >= end) {
            return Err(Failure::new(format!(
                "too late: the window of job {} has passed, and nothing can be claimed any more",
                self.job
            ))
            .next(format!("see how it ends with `edgeproof job watch {}`", self.job)));
        }
        let rules = view.rules().await?;
        let stakes = Stakes::of(&view, &rules, &me, job.first_fee).await?;
        confirm(
            &format!("claiming that job {} computes {} {stakes}", self.job, self.root),
            yes,
        )?;
        let progress = Progress::start();
        progress.waiting("claiming");
        stakes.secure(&self.client, signer).await?;
        let trace = self.own.trace_opening()?;
        let claimed = self.client.claim(signer, self.job, self.root, &trace).await?;
        progress.done(format!(
            "block {:>6}  claimed {} with {} at risk",
            claimed.block,
            self.root,
            theta(stakes.bond)
        ));
        Ok(stakes.bond)
    }

    async fn play(mut self, signer: &Signer, bond: u128, json: bool) -> Result<Report, Failure> {
        let party = Party {
            blocks: Blocks::new(self.client.clone()),
            signer,
            job: self.job,
            own: &mut self.own,
            json,
        };
        let end = party.play().await.map_err(|failure| {
            let again = format!(
                "run `edgeproof job challenge {}` again at once: it goes on where it was",
                self.job
            );
            failure.next(again)
        })?;
        Ok(self.played(&end, bond))
    }

    fn value(&self, right: bool) -> Value {
        json!({
            "job": self.job,
            "right": right,
            "output_root": self.root,
            "wrong": self.wrong,
            "computed_on": self.own.device(),
        })
    }

    fn right(&self) -> Report {
        Report::new(
            format!("right: {} computes {} as well", self.own.device(), self.root),
            self.value(true),
        )
    }

    fn refuted(&self) -> Report {
        let mut value = self.value(false);
        value["end"] = json!("refuted");
        value["bond"] = Value::Null;
        let text = format!(
            "wrong: {} is refuted, and whoever stood for it loses the bond\n`edgeproof job watch {}` shows how the job goes on",
            list(&self.wrong),
            self.job
        );
        Report::new(text, value)
    }

    fn played(&self, end: &End, bond: u128) -> Report {
        let (name, text, lost) = self.told(end);
        let mut value = self.value(false);
        value["end"] = json!(name);
        value["bond"] = json!(exact(bond));
        Report::new(text, value).bad_news_if(lost)
    }

    /// The end in one word, in a sentence, and whether it is bad news.
    fn told(&self, end: &End) -> (&'static str, String, bool) {
        let (job, wrong, root) = (self.job, list(&self.wrong), self.root);
        match end {
            End::Settled(receipt) if receipt.output_root == Some(root) => {
                let text = format!("wrong: {wrong} is refuted; job {job} has settled with {root}");
                ("settled", text, false)
            }
            End::Redrawn => {
                let text = format!(
                    "lost: no result of job {job} is left, so the claim of {root} does not stand either; see `edgeproof job show {job}`"
                );
                ("redrawn", text, true)
            }
            End::Settled(_) | End::Lost => {
                let text = format!(
                    "lost: the claim of {root} does not stand any more; see `edgeproof job show {job}`"
                );
                ("lost", text, true)
            }
        }
    }
}

/// Whether a wrong element may be looked for when so many blocks of the window are left: that takes as long as the
/// computation `took`, where its outputs were not kept, and there must be time for a claim afterwards.
fn may_look_for_proofs(left: BlockNumber, took: BlockNumber) -> bool {
    left > took.saturating_add(CLAIM_BLOCKS)
}

/// A live job with results, and the dispute about it.
async fn disputable(view: &View, job: JobId) -> Result<(JobInfo, Option<DisputeInfo>), Failure> {
    match view.job(job).await?.ok_or(ClientError::UnknownJob(job))? {
        JobState::Live(info) if info.window_end().is_some() => Ok((*info, view.dispute(job).await?)),
        state @ JobState::Live(_) => Err(Failure::new(format!(
            "job {job} has no result to challenge: {}",
            state.name()
        ))
        .next(format!("wait for it with `edgeproof job watch {job}`"))),
        JobState::Ended(receipt) => Err(Failure::new(format!(
            "job {job} has ended ({:?}): its result cannot be challenged any more",
            receipt.outcome
        ))
        .next(format!("see `edgeproof job show {job}`"))),
    }
}

/// Results of the job that stand and are not `own`.
async fn wrong(view: &View, job: JobId, own: &BlobHash) -> Result<Vec<BlobHash>, Failure> {
    let (info, dispute) = disputable(view, job).await?;
    let mut standing = info.standing_results(dispute.as_ref());
    standing.retain(|root| root != own);
    Ok(standing)
}

fn list(roots: &[BlobHash]) -> String {
    let roots: Vec<_> = roots.iter().map(BlobHash::to_string).collect();
    roots.join(" and ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proofs_are_looked_for_only_when_there_is_time_for_a_claim_afterwards() {
        assert!(may_look_for_proofs(CLAIM_BLOCKS + 1, 0));
        assert!(!may_look_for_proofs(CLAIM_BLOCKS, 0));
        assert!(may_look_for_proofs(111, 100));
        assert!(!may_look_for_proofs(110, 100));
        assert!(!may_look_for_proofs(u32::MAX, u32::MAX));
    }
}
