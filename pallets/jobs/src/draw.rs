//! Drawing the workers of a job.

use crate::{
    types::{DrawnOf, Due, JobState, Seat},
    Config, Event, JobOf, Jobs, Pallet, SeatsOf,
};
use alloc::vec::Vec;
use edgeproof_primitives::{BlockNumber, JobId, Reason, TfuelBalance};
use pallet_support::{DrawRequest, FirstSeat, JobRules, SeatEnd, Seed, SeedSource, SeedStatus, WorkerDraw};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

/// Domain of the seeds of draws.
pub const DRAW_DOMAIN: &[u8] = b"edgeproof/draw";

/// Subject of the seeds of a round: job and round, so that no two draws, and no two audits, share one.
pub fn draw_subject(job: JobId, round: u8) -> Vec<u8> {
    let mut subject = job.to_le_bytes().to_vec();
    subject.push(round);
    subject
}

/// The event whose seed decides, and the block in which to ask for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NextSeed {
    pub event: BlockNumber,
    pub at: BlockNumber,
}

impl NextSeed {
    /// After an event in block `event`: its seed of `outputs` outputs is known at the start of `at`.
    pub fn after(event: BlockNumber, outputs: u32) -> Self {
        Self {
            event,
            at: event.saturating_add(outputs).saturating_add(1),
        }
    }

    /// After a draw in block `now` that found too few workers. The event is chosen so that its seed becomes known only
    /// when it is used.
    pub fn again(now: BlockNumber, outputs: u32, rules: &JobRules) -> Self {
        let delay = outputs.saturating_add(1);
        let at = now.saturating_add(rules.redraw_interval.max(delay));
        Self {
            event: at.saturating_sub(delay),
            at,
        }
    }
}

/// Who is sought beside those that have a seat.
pub(crate) struct Sought {
    pub seats: u32,
    pub first: FirstSeat,
    pub least_workers: u32,
}

impl Sought {
    /// One worker, whoever it is: an auditor.
    pub const ANYONE: Self = Self {
        seats: 1,
        first: FirstSeat::Anyone,
        least_workers: 0,
    };
}

/// Active workers without which nobody is drawn for so many replicas: several are drawn from a crowd.
pub(crate) fn least_workers(replicas: u8, rules: &JobRules) -> u32 {
    if replicas < 2 {
        return 0;
    }
    rules.workers_per_replica.saturating_mul(replicas.into())
}

/// The seats that replicas have still to fill. The first of a job goes to the cheapest that fits; where others have
/// committed already, chance alone decides.
pub(crate) fn missing_replicas<T: Config>(job: &JobOf<T>, rules: &JobRules) -> Sought {
    let replicas = job.spec.assurance.replicas;
    Sought {
        seats: u32::from(replicas).saturating_sub(job.seats.len().saturated_into()),
        first: if job.seats.is_empty() {
            FirstSeat::Cheapest
        } else {
            FirstSeat::Anyone
        },
        least_workers: least_workers(replicas, rules),
    }
}

impl<T: Config> Pallet<T> {
    /// The seed that decides now, or when to ask again.
    pub(crate) fn seed_of(
        domain: &[u8],
        (id, round): (JobId, u8),
        event: BlockNumber,
        outputs: u32,
    ) -> Result<Seed, NextSeed> {
        let now = Self::now();
        match T::Seeds::seed(domain, &draw_subject(id, round), event, outputs) {
            SeedStatus::Ready(seed) => Ok(seed),
            SeedStatus::Pending => Err(NextSeed {
                event,
                at: now.saturating_add(1),
            }),
            SeedStatus::Forgotten => Err(NextSeed::after(now, outputs)),
        }
    }

    /// Opens a job for the workers that it misses, from randomness that comes after this block. Stores the job.
    pub(crate) fn open_for_draw(id: JobId, mut job: JobOf<T>) {
        let now = Self::now();
        let next = NextSeed::after(now, T::Rules::get().draw_outputs);
        job.state = JobState::open(now, job.spec.deadlines.draw);
        Self::plan(id, &mut job, Due::Draw, next.at);
        Jobs::<T>::insert(id, job);
    }

    /// The agenda's step for an open job.
    pub(crate) fn draw_due(id: JobId, mut job: JobOf<T>) {
        let JobState::Open {
            event,
            draw_by,
            attempted,
        } = job.state
        else {
            return;
        };
        let now = Self::now();
        if now > draw_by {
            return Self::end_undrawn(id, job, attempted);
        }
        let rules = T::Rules::get();
        let outputs = rules.draw_outputs;
        let (next, attempted) = match Self::seed_of(DRAW_DOMAIN, (id, job.round), event, outputs) {
            Ok(seed) if Self::draw_replicas(id, &mut job, seed, &rules) => return,
            Ok(_) => (NextSeed::again(now, outputs, &rules), true),
            Err(next) => (next, attempted),
        };
        job.state = JobState::Open {
            event: next.event,
            draw_by,
            attempted,
        };
        Self::plan(id, &mut job, Due::Draw, next.at.min(draw_by.saturating_add(1)));
        Jobs::<T>::insert(id, job);
    }

    /// Fills every seat that a replica misses. False, and nothing has changed, when too few workers fit.
    pub(crate) fn draw_replicas(id: JobId, job: &mut JobOf<T>, seed: Seed, rules: &JobRules) -> bool {
        let drawn = Self::draw(job, seed, &missing_replicas::<T>(job, rules));
        let Some(first) = drawn.first() else {
            return false;
        };
        if job.seats.is_empty() {
            job.first_fee = first.fee;
            job.first_bond = first.bond;
            job.first_value = first.value;
        }
        let now = Self::now();
        let commit_by = now.saturating_add(job.spec.deadlines.execution);
        for worker in drawn {
            let (operator, fee) = (worker.operator.clone(), worker.fee);
            Self::seat(id, job, worker, false);
            Self::deposit_event(Event::JobAssigned {
                job: id,
                operator,
                fee,
                commit_by,
            });
        }
        job.drawn_at = Some(now);
        job.state = JobState::Assigned { commit_by };
        Self::plan(id, job, Due::Commit, commit_by.saturating_add(1));
        Jobs::<T>::insert(id, &*job);
        true
    }

    /// All workers that are sought, or none.
    pub(crate) fn draw(job: &JobOf<T>, seed: Seed, sought: &Sought) -> Vec<DrawnOf<T>> {
        let excluded = Self::barred(job);
        T::Workers::draw(seed, &Self::request(job, &excluded, sought))
    }

    /// Nobody gets two seats, nor another after it has lost one.
    pub(crate) fn barred(job: &JobOf<T>) -> Vec<T::AccountId> {
        let seated = job.seats.iter().map(|seat| &seat.worker.operator);
        job.excluded.iter().chain(seated).cloned().collect()
    }

    /// What a draw for the job asks for.
    pub(crate) fn request<'a>(
        job: &'a JobOf<T>,
        excluded: &'a [T::AccountId],
        sought: &Sought,
    ) -> DrawRequest<'a, T::AccountId, TfuelBalance> {
        DrawRequest {
            requester: &job.requester,
            operations: job.operations,
            price_cap: job.spec.price_cap,
            demands: &job.spec.demands,
            excluded,
            seats: sought.seats,
            first: sought.first,
            least_workers: sought.least_workers,
        }
    }

    /// Gives a drawn worker its seat.
    pub(crate) fn seat(id: JobId, job: &mut JobOf<T>, worker: DrawnOf<T>, auditor: bool) {
        SeatsOf::<T>::insert(&worker.operator, id, ());
        let seat = Seat {
            worker,
            round: job.round,
            auditor,
            drawn_at: Self::now(),
            committed: None,
            revealed: None,
        };
        // No more are sought than there are seats.
        let _ = job.seats.try_push(seat).defensive();
    }

    /// The draw deadline has passed. Whoever has committed meanwhile goes without pay.
    fn end_undrawn(id: JobId, mut job: JobOf<T>, attempted: bool) {
        let reason = if attempted {
            Reason::NoWorkerFits
        } else {
            Reason::DrawDeadlinePassed
        };
        Self::end_seats(id, &mut job, SeatEnd::Released);
        let split = Self::refund(&job);
        Self::end_job(id, job, Vec::new(), reason, split);
    }
}
