//! Blind audits: whether there is one, and who does it, is decided after the last commitment and before any reveal.

use crate::{
    draw::{NextSeed, Sought},
    types::{Due, JobState},
    Config, Event, JobOf, Jobs, Pallet,
};
use edgeproof_primitives::JobId;
use pallet_support::Seed;
use polkadot_sdk::polkadot_sdk_frame::{hashing::blake2_256, prelude::*};

/// Domain of the seeds of audits.
pub const AUDIT_DOMAIN: &[u8] = b"edgeproof/audit";

const MILLION: u128 = 1_000_000;

/// Whether a job with this audit rate (parts per million) is audited. Hashes the seed once more, so that the decision
/// says nothing about whom the same seed draws.
pub(crate) fn is_audited(seed: &Seed, rate: u32) -> bool {
    let hash = (AUDIT_DOMAIN, seed).using_encoded(blake2_256);
    // Biased by less than 2^-200.
    let part = U256::from_little_endian(&hash).checked_rem(MILLION.into());
    part.is_some_and(|part| part < rate.into())
}

impl<T: Config> Pallet<T> {
    /// All replicas have committed: randomness that comes after this block decides about an audit. Stores the job.
    pub(crate) fn await_decision(id: JobId, job: JobOf<T>) {
        Self::await_audit(id, job, false);
    }

    /// The auditor has lost its seat: another is sought while there are draws. Stores the job.
    pub(crate) fn audit_missed(id: JobId, mut job: JobOf<T>) {
        if Self::next_round(&mut job) {
            Self::await_audit(id, job, true);
        } else {
            Self::give_up_audit(id, job);
        }
    }

    fn await_audit(id: JobId, mut job: JobOf<T>, audited: bool) {
        let now = Self::now();
        let next = NextSeed::after(now, T::Rules::get().audit_outputs);
        // A time to draw that is shorter than the seed takes allows one attempt.
        let draw_by = now.saturating_add(job.spec.deadlines.draw).max(next.at);
        job.state = JobState::Deciding {
            event: now,
            draw_by,
            audited,
        };
        Self::plan(id, &mut job, Due::Audit, next.at);
        Jobs::<T>::insert(id, job);
    }

    /// The agenda's step for a job that waits for the decision, or for an auditor. It tries before it gives up, and waits
    /// for the decision however long that takes, so that neither an agenda that is behind nor missing randomness spares
    /// anybody an audit.
    pub(crate) fn audit_due(id: JobId, mut job: JobOf<T>) {
        let JobState::Deciding {
            event,
            draw_by,
            audited,
        } = job.state
        else {
            return;
        };
        let rules = T::Rules::get();
        let outputs = rules.audit_outputs;
        let (now, rate) = (Self::now(), job.spec.assurance.audit_rate);
        let (next, audited) = match Self::seed_of(AUDIT_DOMAIN, (id, job.round), event, outputs) {
            Ok(seed) if audited || Self::decide_audit(id, &seed, rate) => {
                if Self::draw_auditor(id, &mut job, seed) {
                    return;
                }
                (NextSeed::again(now, outputs, &rules), true)
            }
            Ok(_) => return Self::open_reveals(id, job),
            Err(next) => (next, audited),
        };
        if audited && now > draw_by {
            return Self::give_up_audit(id, job);
        }
        job.state = JobState::Deciding {
            event: next.event,
            draw_by,
            audited,
        };
        let at = if audited {
            next.at.min(draw_by.saturating_add(1))
        } else {
            next.at
        };
        Self::plan(id, &mut job, Due::Audit, at);
        Jobs::<T>::insert(id, job);
    }

    pub(crate) fn decide_audit(id: JobId, seed: &Seed, rate: u32) -> bool {
        let audited = is_audited(seed, rate);
        Self::deposit_event(Event::AuditDecided { job: id, audited });
        audited
    }

    /// Seats the auditor that `seed` draws. False, and nothing has changed, when nobody fits.
    pub(crate) fn draw_auditor(id: JobId, job: &mut JobOf<T>, seed: Seed) -> bool {
        let Some(worker) = Self::draw(job, seed, &Sought::ANYONE).into_iter().next() else {
            return false;
        };
        let commit_by = Self::now().saturating_add(job.spec.deadlines.execution);
        let (operator, fee) = (worker.operator.clone(), worker.fee);
        Self::seat(id, job, worker, true);
        job.state = JobState::Auditing { commit_by };
        Self::plan(id, job, Due::Commit, commit_by.saturating_add(1));
        Jobs::<T>::insert(id, &*job);
        Self::deposit_event(Event::AuditorAssigned {
            job: id,
            operator,
            fee,
            commit_by,
        });
        true
    }

    fn give_up_audit(id: JobId, job: JobOf<T>) {
        Self::deposit_event(Event::AuditGivenUp { job: id });
        Self::open_reveals(id, job);
    }
}
