//! What a requester hears before it posts, and why nothing happens.

use super::*;
use crate::{JobState, MAX_ASSIGNMENTS};
use edgeproof_primitives::{
    Clause, Quote, QuoteError, Region, TermsError, Timing, Verdict, Waiting, WhyNot, MAX_SCORE,
};

const OPERATIONS: u64 = 4;

/// A quote of the requester for the usual deadline, without demands and without a cap.
fn quote(assurance: Assurance) -> Result<Quote, QuoteError> {
    quote_for(Demands::default(), assurance, None)
}

fn quote_for(demands: Demands, assurance: Assurance, cap: Option<TfuelBalance>) -> Result<Quote, QuoteError> {
    Jobs::quote(REQUESTER, OPERATIONS, demands, assurance, EXECUTION, cap)
}

fn assurance(replicas: u8, audit_rate: u32) -> Assurance {
    Assurance {
        replicas,
        audit_rate,
        window: None,
    }
}

#[test]
fn a_quote_says_what_each_seat_and_the_job_cost_and_how_long_it_takes() {
    crowd(10).execute_with(|| {
        let quote = quote(assurance(2, 60_000)).unwrap();
        let fees: Vec<_> = quote
            .prices
            .iter()
            .map(|price| (price.percent, price.fee))
            .collect();
        assert_eq!(
            fees,
            [
                (10, FEE),
                (25, FEE + 2),
                (50, FEE + 4),
                (75, FEE + 7),
                (90, FEE + 8)
            ]
        );
        let median = quote.prices[2];
        assert_eq!((median.replicas, median.audit_reserve), (2 * (FEE + 4), FEE + 4));
        assert_eq!((quote.seats, quote.least_workers, quote.deposit), (2, 2, DEPOSIT));
        assert_eq!(quote.least_cap, TfuelBalance::from(OPERATIONS));
        assert_eq!((quote.survey.active, quote.survey.fitting), (10, 10));
        assert_eq!(
            quote.timing,
            Timing {
                draw: DRAWN - POSTED,
                execution: EXECUTION,
                decision: 4,
                reveal: REVEAL,
                window: WINDOW + 1
            }
        );
    });
}

#[test]
fn a_job_posted_as_quoted_holds_and_lasts_what_was_said() {
    crowd(4).execute_with(|| {
        let spec = spec_of(3, 0);
        let operations = crate::Programs::<Test>::get(spec.program).unwrap().operations;
        let said = Jobs::quote(
            REQUESTER,
            operations,
            spec.demands.clone(),
            spec.assurance,
            EXECUTION,
            None,
        );
        let said = said.unwrap();
        let dearest = said.prices.last().unwrap();
        let id = submit(
            REQUESTER,
            JobSpec {
                price_cap: dearest.fee,
                ..spec
            },
        );
        assert_eq!(held(REQUESTER), dearest.most() + said.deposit);
        advance(said.timing.draw - 1);
        assert!(matches!(state(id), JobState::Open { .. }));
        advance(1);
        assert_eq!(seated(id).len(), 3);
        advance(said.timing.execution);
        commit_all(id);
        advance(said.timing.reveal);
        reveal_all(id);
        assert_eq!(now() + said.timing.window, POSTED + said.timing.total());
        advance(said.timing.window - 1);
        assert!(matches!(state(id), JobState::Revealed { .. }));
        advance(1);
        assert_eq!(receipt(id).ended_at, POSTED + said.timing.total());
    });
}

#[test]
fn that_nobody_fits_is_an_answer_that_names_the_clause() {
    three_workers().execute_with(|| {
        let demands = Demands {
            memory: u64::MAX,
            ..Demands::default()
        };
        let answer = quote_for(demands, assurance(1, 0), None).unwrap();
        assert!(answer.prices.is_empty());
        assert_eq!(answer.survey.fitting, 0);
        let strictest = answer.survey.strictest().unwrap();
        assert_eq!((strictest.clause, strictest.first), (Clause::Memory, 3));
        assert_eq!(answer.survey.fitting_without(strictest), 3);
    });
}

#[test]
fn a_cap_leaves_the_cheaper_ones() {
    three_workers().execute_with(|| {
        let answer = quote_for(Demands::default(), assurance(1, 0), Some(FEE)).unwrap();
        assert_eq!(answer.survey.fitting, 1);
        assert!(answer.prices.iter().all(|price| price.fee == FEE));
        let strictest = answer.survey.strictest().unwrap();
        assert_eq!((strictest.clause, strictest.first), (Clause::TooDear, 2));
    });
}

#[test]
fn what_posting_refuses_has_no_quote() {
    three_workers().execute_with(|| {
        let single = assurance(1, 0);
        let none = Jobs::quote(REQUESTER, 0, Demands::default(), single, EXECUTION, None);
        assert_eq!(none, Err(QuoteError::NoOperations));
        let nowhere = Demands {
            regions: vec![Region(*b"d1")].try_into().unwrap(),
            ..Demands::default()
        };
        let perfect = Demands {
            reputation: MAX_SCORE + 1,
            ..Demands::default()
        };
        let in_blocks =
            |execution| Jobs::quote(REQUESTER, OPERATIONS, Demands::default(), single, execution, None);
        let with_window = |window| {
            quote(Assurance {
                window: Some(window),
                ..single
            })
        };
        for (answer, expected) in [
            (quote_for(nowhere, single, None), TermsError::InvalidRegion),
            (
                quote_for(perfect, single, None),
                TermsError::ReputationOutOfReach { most: MAX_SCORE },
            ),
            (
                quote_for(Demands::default(), single, Some(3)),
                TermsError::PriceCapBelowFloor { least: Some(4) },
            ),
            (quote(assurance(0, 0)), TermsError::ReplicasOutOfRange { most: 4 }),
            (quote(assurance(5, 0)), TermsError::ReplicasOutOfRange { most: 4 }),
            (
                quote(assurance(1, 1_000_001)),
                TermsError::AuditRateTooHigh { most: 1_000_000 },
            ),
            (in_blocks(1), TermsError::ExecutionDeadlineTooShort { least: 2 }),
            (in_blocks(41), TermsError::ExecutionDeadlineTooLong { most: 40 }),
            (
                with_window(WINDOW - 1),
                TermsError::WindowTooShort { least: WINDOW },
            ),
            (with_window(61), TermsError::WindowTooLong { most: 60 }),
        ] {
            assert_eq!(answer, Err(QuoteError::Terms(expected)));
        }
        assert!(in_blocks(2).is_ok() && with_window(60).is_ok());
    });
}

#[test]
fn operations_without_bound_are_refused_and_do_not_overflow() {
    three_workers()
        .rules(|rules| rules.price_floor = TfuelBalance::MAX)
        .execute_with(|| {
            let single = assurance(1, 0);
            let refused = Jobs::quote(REQUESTER, u64::MAX, Demands::default(), single, EXECUTION, None);
            assert!(matches!(
                refused,
                Err(QuoteError::Terms(TermsError::ExecutionDeadlineTooShort { .. }))
            ));
            let dear = Jobs::quote(REQUESTER, 2_000_000_000, Demands::default(), single, 40, None);
            assert!(dear.is_err());
        });
}

#[test]
fn a_view_changes_nothing() {
    three_workers().execute_with(|| {
        let id = submit(REQUESTER, usual_spec());
        assert_storage_noop!({
            let _ = quote(assurance(2, 1));
            Jobs::why_waits(id);
            Jobs::why_not(OPERATOR, 10);
        });
    });
}

#[test]
fn an_open_job_waits_for_randomness_and_then_for_whom_it_lacks() {
    three_workers().execute_with(|| {
        let mut spec = usual_spec();
        spec.price_cap = FEE - 1;
        let id = submit(REQUESTER, spec);
        let waiting = |attempted, next_draw| Waiting {
            seats: 1,
            least_workers: 0,
            next_draw,
            attempted,
            survey: Jobs::why_waits(id).unwrap().survey,
        };
        assert_eq!(Jobs::why_waits(id), Some(waiting(false, DRAWN)));
        let survey = waiting(false, DRAWN).survey;
        assert_eq!((survey.active, survey.fitting), (3, 0));
        assert_eq!(survey.strictest().unwrap().clause, Clause::TooDear);
        advance_to(DRAWN);
        assert_eq!(Jobs::why_waits(id), Some(waiting(true, DRAWN + 5)));
    });
}

#[test]
fn a_job_of_several_waits_for_a_crowd() {
    crowd(3)
        .rules(|rules| rules.workers_per_replica = 4)
        .execute_with(|| {
            let id = submit(REQUESTER, spec_of(2, 0));
            let waiting = Jobs::why_waits(id).unwrap();
            assert_eq!((waiting.seats, waiting.least_workers), (2, 8));
            assert_eq!((waiting.survey.active, waiting.survey.fitting), (3, 3));
            assert!(!waiting.can_be_drawn());
        });
}

#[test]
fn a_job_without_an_auditor_waits_for_one_that_has_no_seat() {
    one_worker().execute_with(|| {
        let id = submit(REQUESTER, spec_of(1, 1_000_000));
        advance_to(DRAWN);
        assert_eq!(Jobs::why_waits(id), None, "it is computed");
        commit_all(id);
        assert_eq!(Jobs::why_waits(id), None, "nobody is sought before the decision");
        advance(4);
        assert!(matches!(state(id), JobState::Deciding { audited: true, .. }));
        let waiting = Jobs::why_waits(id).unwrap();
        assert_eq!((waiting.seats, waiting.attempted), (1, true));
        assert_eq!(waiting.survey.fitting, 0);
        assert_eq!(waiting.survey.strictest().unwrap().clause, Clause::Excluded);
    });
}

#[test]
fn only_a_live_job_waits() {
    one_worker().execute_with(|| {
        assert_eq!(Jobs::why_waits(7), None);
        let id = submit(REQUESTER, usual_spec());
        assert_ok!(Jobs::cancel(signed(REQUESTER), id));
        assert_eq!(Jobs::why_waits(id), None);
    });
}

#[test]
fn a_worker_hears_of_each_live_job_why_it_has_no_seat() {
    three_workers().execute_with(|| {
        let drawn = submit(REQUESTER, usual_spec());
        let mut spec = usual_spec();
        spec.demands.memory = 2 << 30;
        let large = submit(OTHER, spec);
        advance_to(DRAWN);
        let why = |job, drawn_at, fee, first_fee, verdict| WhyNot {
            job,
            drawn_at,
            fee: Some(fee),
            first_fee,
            price_cap: CAP,
            verdict,
        };
        let no_memory = Verdict::Excluded(Clause::Memory);
        assert_eq!(
            Jobs::why_not(OPERATOR_3, 10),
            [
                why(large, None, FEE + 2, None, no_memory),
                why(drawn, Some(DRAWN), FEE + 2, Some(FEE), Verdict::Fits),
            ]
        );
        assert_eq!(Jobs::why_not(OPERATOR_3, 10)[1].dearer_by(), Some(2));
        assert_eq!(
            Jobs::why_not(OPERATOR, 10)[1],
            why(drawn, Some(DRAWN), FEE, Some(FEE), Verdict::Seated)
        );
        assert_eq!(Jobs::why_not(OPERATOR, 1).len(), 1);
        assert!(Jobs::why_not(STRANGER, 10).is_empty());
    });
}

#[test]
fn a_worker_that_failed_a_job_hears_that_it_is_excluded() {
    three_workers().execute_with(|| {
        let id = submit(REQUESTER, usual_spec());
        advance_to(COMMIT_BY + 1);
        let why = Jobs::why_not(OPERATOR, 10);
        assert_eq!(
            (why[0].job, why[0].verdict),
            (id, Verdict::Excluded(Clause::Excluded))
        );
    });
}

#[test]
fn no_answer_lists_more_jobs_than_the_most() {
    one_worker().execute_with(|| {
        let spec = usual_spec();
        for _ in 0..=MAX_ASSIGNMENTS {
            submit(OTHER, spec.clone());
        }
        assert_eq!(Jobs::why_not(OPERATOR, u32::MAX).len(), MAX_ASSIGNMENTS);
        assert!(Jobs::why_not(OPERATOR, 0).is_empty());
    });
}
