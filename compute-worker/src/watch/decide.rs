//! What a watched job needs next, as a pure function of the chain's state and of what was found out.

use super::check::Verdict;
use edgeproof_client::{AccountId, DisputeInfo, JobInfo, JobPhase};
use edgeproof_primitives::{BlobHash, BlockNumber};
use std::collections::HashMap;

/// What to do about a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// Nothing now.
    Wait,
    /// Find out whether this result is right.
    Check(BlobHash),
    /// Show in one call that this result is wrong.
    Prove(BlobHash),
    /// Stand for the right result.
    Claim,
}

/// What is known of a job.
pub(super) struct Facts<'a> {
    pub job: &'a JobInfo,
    pub dispute: Option<&'a DisputeInfo>,
    pub verdicts: &'a HashMap<BlobHash, Verdict>,
    /// Results against which a proof in one call has been sent as often as it may be.
    pub unproven: &'a [BlobHash],
    pub operator: &'a AccountId,
}

/// Decides after best block `now`; what is sent now counts in the next block at the earliest.
pub(super) fn decide(facts: &Facts<'_>, now: BlockNumber, last_call: BlockNumber) -> Action {
    let Some(window_ends) = window_end(facts.job) else {
        return Action::Wait;
    };
    // The worker that holds the seat defends it.
    if facts.job.seat_of(facts.operator).is_some() {
        return Action::Wait;
    }
    let results = standing(facts);
    let rightly_claimed = results
        .iter()
        .any(|root| matches!(facts.verdicts.get(root), Some(Verdict::Right)));
    if !rightly_claimed {
        let unknown = results.iter().find(|root| !facts.verdicts.contains_key(root));
        if let Some(root) = unknown {
            return Action::Check(*root);
        }
    }
    let is_wrong = |root: &&BlobHash| match facts.verdicts.get(root) {
        Some(Verdict::Right) => false,
        Some(Verdict::Wrong { .. }) => true,
        // There is one right result.
        None => rightly_claimed,
    };
    let Some(_) = results.iter().find(is_wrong) else {
        return Action::Wait;
    };
    let provable = |root: &&BlobHash| {
        let proof = facts.verdicts.get(root).and_then(Verdict::proof);
        proof.is_some() && !facts.unproven.contains(root)
    };
    if let Some(root) = results.iter().find(provable) {
        return Action::Prove(*root);
    }
    let claims = facts
        .dispute
        .is_some_and(|dispute| dispute.claim_of(facts.operator).is_some());
    if claims || now >= window_ends || (rightly_claimed && window_ends - now > last_call) {
        return Action::Wait;
    }
    Action::Claim
}

/// Last block of the window in which a result may be claimed.
pub(super) fn window_end(job: &JobInfo) -> Option<BlockNumber> {
    match job.phase {
        JobPhase::Revealed { settles_at } => Some(settles_at.saturating_sub(1)),
        JobPhase::Disputed { window_ends } => Some(window_ends),
        _ => None,
    }
}

/// The results that somebody stands for, each once.
fn standing(facts: &Facts<'_>) -> Vec<BlobHash> {
    let Some(dispute) = facts.dispute else {
        return facts.job.results();
    };
    let mut results = Vec::new();
    for claim in &dispute.claims {
        if !results.contains(&claim.output_root) {
            results.push(claim.output_root);
        }
    }
    results
}
