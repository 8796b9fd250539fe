//! What views say to those who ask before they post, or why nothing happens. Only reads, and looks at no more than a
//! constant number of workers and jobs.

use crate::{
    draw::{least_workers, missing_replicas, NextSeed, Sought},
    quote::{prices, timing},
    terms, Config, JobOf, JobState, Jobs, NextJob, Pallet, MAX_ASSIGNMENTS, MAX_SCAN,
};
use alloc::vec::Vec;
use edgeproof_primitives::{
    Assurance, BlockNumber, Demands, JobId, Ops, Quote, QuoteError, TermsError, TfuelBalance, Verdict,
    Waiting, WhyNot,
};
use pallet_support::{DrawRequest, FirstSeat, WorkerMarket};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_quote(
        requester: &T::AccountId,
        operations: Ops,
        demands: &Demands,
        assurance: &Assurance,
        execution: BlockNumber,
        price_cap: Option<TfuelBalance>,
    ) -> Result<Quote, QuoteError> {
        ensure!(operations > 0, QuoteError::NoOperations);
        let rules = T::Rules::get();
        terms::check_demands(demands).map_err(QuoteError::Terms)?;
        terms::check_execution(execution, operations, &rules).map_err(QuoteError::Terms)?;
        let window = terms::window(assurance, execution, &rules).map_err(QuoteError::Terms)?;
        let cap = price_cap.unwrap_or(TfuelBalance::MAX);
        terms::check_cap(cap, operations, &rules).map_err(QuoteError::Terms)?;
        let (seats, least_workers) = (
            assurance.replicas.into(),
            least_workers(assurance.replicas, &rules),
        );
        let (survey, fees) = T::Workers::survey(&DrawRequest {
            requester,
            operations,
            price_cap: cap,
            demands,
            excluded: &[],
            seats,
            first: FirstSeat::Cheapest,
            least_workers,
        });
        let least = terms::price_floor(operations, &rules);
        Ok(Quote {
            prices: prices(&fees, assurance),
            least_cap: least.ok_or(QuoteError::Terms(TermsError::PriceCapBelowFloor { least }))?,
            deposit: rules.job_deposit,
            seats,
            least_workers,
            survey,
            timing: timing(assurance, execution, window, &rules),
        })
    }

    pub(crate) fn do_why_waits(id: JobId) -> Option<Waiting> {
        let job = Jobs::<T>::get(id)?;
        let rules = T::Rules::get();
        let (sought, next, attempted) = match job.state {
            JobState::Open { event, attempted, .. } => {
                let next = NextSeed::after(event, rules.draw_outputs);
                (missing_replicas::<T>(&job, &rules), next, attempted)
            }
            // Before the decision nobody is sought; after it, the first draw has found nobody.
            JobState::Deciding {
                event, audited: true, ..
            } => (Sought::ANYONE, NextSeed::after(event, rules.audit_outputs), true),
            _ => return None,
        };
        let excluded = Self::barred(&job);
        let (survey, _) = T::Workers::survey(&Self::request(&job, &excluded, &sought));
        Some(Waiting {
            seats: sought.seats,
            least_workers: sought.least_workers,
            next_draw: next.at,
            attempted,
            survey,
        })
    }

    pub(crate) fn do_why_not(operator: &T::AccountId, limit: u32) -> Vec<WhyNot> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX).min(MAX_ASSIGNMENTS);
        let next = NextJob::<T>::get();
        let oldest = next.saturating_sub(MAX_SCAN.into());
        let found = (oldest..next).rev().filter_map(|id| {
            let job = Jobs::<T>::get(id)?;
            Self::why_not_in(operator, id, &job)
        });
        found.take(limit).collect()
    }

    fn why_not_in(operator: &T::AccountId, id: JobId, job: &JobOf<T>) -> Option<WhyNot> {
        let assessment = T::Workers::assess(operator, &Self::request(job, &job.excluded, &Sought::ANYONE))?;
        let verdict = match assessment.failing.first() {
            _ if job.seat_of(operator).is_some() => Verdict::Seated,
            Some(clause) => Verdict::Excluded(*clause),
            None => Verdict::Fits,
        };
        Some(WhyNot {
            job: id,
            drawn_at: job.drawn_at,
            fee: assessment.fee,
            first_fee: job.drawn_at.map(|_| job.first_fee),
            price_cap: job.spec.price_cap,
            verdict,
        })
    }
}
