use super::*;
use crate::{Error, Event, HoldReason, JobState, NextJob, Programs};
use edgeproof_primitives::{Outcome, Reason, Region, MAX_SCORE, UNIT};
use polkadot_sdk::polkadot_sdk_frame::token::fungible::hold::Inspect;

/// `edit` makes the usual job one that is refused with `error`.
fn refused(edit: impl FnOnce(&mut JobSpec), error: Error<Test>) {
    TestExt::new().execute_with(|| {
        let mut spec = usual_spec();
        edit(&mut spec);
        assert_noop!(Jobs::submit_job(signed(REQUESTER), spec), error);
    });
}

/// `edit` makes the usual job another that is taken.
fn taken(edit: impl FnOnce(&mut JobSpec)) {
    TestExt::new().execute_with(|| {
        let mut spec = usual_spec();
        edit(&mut spec);
        assert_ok!(Jobs::submit_job(signed(REQUESTER), spec));
    });
}

#[test]
fn a_posted_job_holds_its_cap_and_deposit_and_waits_for_the_draw() {
    TestExt::new().execute_with(|| {
        let spec = usual_spec();
        events();
        let id = submit(REQUESTER, spec.clone());
        assert_eq!(id, 0);
        assert_eq!(NextJob::<Test>::get(), 1);
        assert_eq!(
            Balances::balance_on_hold(&HoldReason::Escrow.into(), &REQUESTER),
            CAP + DEPOSIT
        );
        let info = Programs::<Test>::get(spec.program).unwrap();
        let job = job(id);
        assert_eq!(
            job.state,
            JobState::Open {
                event: POSTED,
                draw_by: POSTED + 50,
                attempted: false
            }
        );
        assert_eq!(job.operations, info.operations);
        assert_eq!((job.window, job.watched, job.round), (WINDOW, true, 0));
        assert_eq!(info.references, 1);
        assert_eq!(
            events(),
            [Event::JobSubmitted {
                job: id,
                requester: REQUESTER,
                program: spec.program,
                operations: info.operations,
                price_cap: CAP
            }]
        );
        assert_eq!(submit(OTHER, spec), 1);
    });
}

#[test]
fn the_demanded_memory_is_at_least_the_peak_of_the_program() {
    TestExt::new().execute_with(|| {
        let peak = Programs::<Test>::get(usual_program()).unwrap().peak_memory;
        assert!(peak > 0);
        let modest = submit(REQUESTER, usual_spec());
        let mut spec = usual_spec();
        spec.demands.memory = peak + 1;
        let more = submit(REQUESTER, spec);
        assert_eq!(job(modest).spec.demands.memory, peak);
        assert_eq!(job(more).spec.demands.memory, peak + 1);
    });
}

#[test]
fn a_job_needs_a_stored_program() {
    refused(|spec| spec.program = ProgramId([9; 32]), Error::UnknownProgram);
}

#[test]
fn inputs_have_the_number_and_lengths_of_the_programs_buffers() {
    refused(|spec| spec.inputs = Default::default(), Error::WrongInputCount);
    let another = BlobRef {
        hash: BlobHash([1; 32]),
        bytes: 16,
    };
    refused(
        |spec| spec.inputs.try_push(another).unwrap(),
        Error::WrongInputCount,
    );
    refused(|spec| spec.inputs[0].bytes = 15, Error::WrongInputLength);
    refused(|spec| spec.inputs[0].bytes = 0, Error::WrongInputLength);
    refused(|spec| spec.inputs[0].bytes = u64::MAX, Error::WrongInputLength);
}

#[test]
fn parameters_have_the_number_and_maxima_that_the_program_declares() {
    refused(
        |spec| spec.params = Default::default(),
        Error::WrongParameterCount,
    );
    refused(
        |spec| spec.params.try_push(1).unwrap(),
        Error::WrongParameterCount,
    );
    refused(|spec| spec.params[0] = 10, Error::ParameterTooLarge);
    refused(|spec| spec.params[0] = u32::MAX, Error::ParameterTooLarge);
    taken(|spec| spec.params[0] = 9);
}

#[test]
fn replicas_are_at_least_one_and_at_most_what_the_rule_says() {
    for replicas in [0, 5, 9, u8::MAX] {
        refused(
            |spec| spec.assurance.replicas = replicas,
            Error::ReplicasOutOfRange,
        );
    }
    for replicas in 1..=4 {
        taken(|spec| spec.assurance.replicas = replicas);
    }
    // Whatever the rule says, eight are the most.
    TestExt::new()
        .rules(|rules| rules.max_replicas = u8::MAX)
        .execute_with(|| {
            let mut spec = usual_spec();
            spec.assurance.replicas = 9;
            assert_noop!(
                Jobs::submit_job(signed(REQUESTER), spec.clone()),
                Error::<Test>::ReplicasOutOfRange
            );
            spec.assurance.replicas = 8;
            assert_ok!(Jobs::submit_job(signed(REQUESTER), spec));
        });
}

#[test]
fn the_audit_rate_has_a_maximum() {
    TestExt::new()
        .rules(|rules| rules.max_audit_rate = 500_000)
        .execute_with(|| {
            let mut spec = usual_spec();
            for rate in [500_001, 1_000_000, u32::MAX] {
                spec.assurance.audit_rate = rate;
                assert_noop!(
                    Jobs::submit_job(signed(REQUESTER), spec.clone()),
                    Error::<Test>::AuditRateTooHigh
                );
            }
            spec.assurance.audit_rate = 500_000;
            assert_ok!(Jobs::submit_job(signed(REQUESTER), spec));
        });
}

#[test]
fn the_escrow_holds_the_cap_of_every_seat_that_may_have_to_be_paid() {
    for (replicas, audit_rate, seats) in [(1, 0, 1), (1, 1, 2), (3, 0, 3), (4, 1_000_000, 5)] {
        TestExt::new().execute_with(|| {
            let mut spec = usual_spec();
            (spec.assurance.replicas, spec.assurance.audit_rate) = (replicas, audit_rate);
            assert_eq!(spec.most(), Some(seats * CAP));
            let id = submit(REQUESTER, spec);
            assert_eq!(job(id).escrow(), seats * CAP + DEPOSIT);
            assert_eq!(held(REQUESTER), seats * CAP + DEPOSIT);
            assert_ok!(Jobs::cancel(signed(REQUESTER), id));
            assert_made_whole(0);
        });
    }
}

#[test]
fn an_absurd_price_of_several_seats_is_an_insufficient_balance() {
    for price in [ENDOWMENT / 3, TfuelBalance::MAX / 3 + 1, TfuelBalance::MAX] {
        refused(
            |spec| {
                (spec.assurance.replicas, spec.assurance.audit_rate) = (2, 1);
                spec.price_cap = price;
            },
            Error::InsufficientBalance,
        );
    }
}

#[test]
fn several_replicas_may_choose_a_shorter_window_but_not_none() {
    let with = |replicas, window| {
        move |spec: &mut JobSpec| {
            (spec.assurance.replicas, spec.assurance.window) = (replicas, Some(window));
        }
    };
    refused(with(2, 0), Error::WindowTooShort);
    refused(with(2, 61), Error::WindowTooLong);
    for (window, watched) in [(1, false), (WINDOW - 1, false), (WINDOW, true)] {
        TestExt::new().execute_with(|| {
            let mut spec = usual_spec();
            with(2, window)(&mut spec);
            let id = submit(REQUESTER, spec);
            assert_eq!((job(id).window, job(id).watched), (window, watched));
        });
    }
    // An audit does not make one worker several.
    refused(
        |spec| (spec.assurance.audit_rate, spec.assurance.window) = (1, Some(WINDOW - 1)),
        Error::WindowTooShort,
    );
    // Left out, the window is the rule's for every number of replicas.
    TestExt::new().execute_with(|| {
        let mut spec = usual_spec();
        spec.assurance.replicas = 3;
        let id = submit(REQUESTER, spec);
        assert_eq!((job(id).window, job(id).watched), (WINDOW, true));
    });
}

#[test]
fn the_window_is_never_shorter_than_the_rule_nor_longer_than_the_maximum() {
    refused(|spec| spec.assurance.window = Some(0), Error::WindowTooShort);
    refused(
        |spec| spec.assurance.window = Some(WINDOW - 1),
        Error::WindowTooShort,
    );
    taken(|spec| spec.assurance.window = Some(WINDOW));
    taken(|spec| spec.assurance.window = Some(60));
    refused(|spec| spec.assurance.window = Some(61), Error::WindowTooLong);
    refused(
        |spec| spec.assurance.window = Some(u32::MAX),
        Error::WindowTooLong,
    );
    // The rule itself may be beyond the maximum; such a job is refused, not shortened.
    taken(|spec| spec.deadlines.execution = 25);
    refused(|spec| spec.deadlines.execution = 26, Error::WindowTooLong);
}

#[test]
fn the_draw_deadline_leaves_time_for_one_draw_and_has_a_maximum() {
    refused(|spec| spec.deadlines.draw = 0, Error::DrawDeadlineOutOfRange);
    refused(|spec| spec.deadlines.draw = 1, Error::DrawDeadlineOutOfRange);
    taken(|spec| spec.deadlines.draw = 2);
    taken(|spec| spec.deadlines.draw = 100);
    refused(|spec| spec.deadlines.draw = 101, Error::DrawDeadlineOutOfRange);
    refused(
        |spec| spec.deadlines.draw = u32::MAX,
        Error::DrawDeadlineOutOfRange,
    );
}

#[test]
fn the_execution_deadline_lies_between_minimum_and_maximum() {
    refused(
        |spec| spec.deadlines.execution = 0,
        Error::ExecutionDeadlineTooShort,
    );
    refused(
        |spec| spec.deadlines.execution = 1,
        Error::ExecutionDeadlineTooShort,
    );
    taken(|spec| spec.deadlines.execution = 2);
    refused(
        |spec| spec.deadlines.execution = 41,
        Error::ExecutionDeadlineTooLong,
    );
    refused(
        |spec| spec.deadlines.execution = u32::MAX,
        Error::ExecutionDeadlineTooLong,
    );
}

#[test]
fn the_execution_deadline_allows_for_the_operations() {
    TestExt::new().execute_with(|| {
        let mut spec = spec_for(register(REQUESTER, program(3_000, 1)));
        let operations = Programs::<Test>::get(spec.program).unwrap().operations;
        let needed = u32::try_from(operations.div_ceil(1_000)).unwrap();
        assert!((3..25).contains(&needed), "{needed}");
        spec.price_cap = operations.into();
        spec.deadlines.execution = needed - 1;
        assert_noop!(
            Jobs::submit_job(signed(REQUESTER), spec.clone()),
            Error::<Test>::ExecutionDeadlineTooShort
        );
        spec.deadlines.execution = needed;
        assert_ok!(Jobs::submit_job(signed(REQUESTER), spec));
    });
}

#[test]
fn rules_of_zero_do_not_divide_by_zero() {
    TestExt::new()
        .rules(|rules| {
            rules.operations_per_block = 0;
            rules.min_execution = 0;
            rules.price_floor = 0;
            (rules.max_execution, rules.max_window) = (1_000, 10_000);
        })
        .execute_with(|| {
            let mut spec = usual_spec();
            spec.deadlines.execution = 1_000;
            spec.price_cap = 0;
            assert_noop!(
                Jobs::submit_job(signed(REQUESTER), spec.clone()),
                Error::<Test>::PriceCapBelowFloor
            );
            spec.price_cap = 1;
            spec.deadlines.execution = 0;
            assert_noop!(
                Jobs::submit_job(signed(REQUESTER), spec),
                Error::<Test>::ExecutionDeadlineTooShort
            );
        });
}

#[test]
fn the_price_cap_is_at_least_the_floor_rounded_up() {
    TestExt::new()
        .rules(|rules| rules.price_floor = 1_000_000_001)
        .execute_with(|| {
            let mut spec = usual_spec();
            let operations = Programs::<Test>::get(spec.program).unwrap().operations;
            // A billionth more than one planck for each operation.
            let floor = TfuelBalance::from(operations) + 1;
            assert_eq!(Jobs::least_price(operations), Some(floor));
            spec.price_cap = floor - 1;
            assert_noop!(
                Jobs::submit_job(signed(REQUESTER), spec.clone()),
                Error::<Test>::PriceCapBelowFloor
            );
            spec.price_cap = 0;
            assert_noop!(
                Jobs::submit_job(signed(REQUESTER), spec.clone()),
                Error::<Test>::PriceCapBelowFloor
            );
            spec.price_cap = floor;
            assert_ok!(Jobs::submit_job(signed(REQUESTER), spec));
        });
}

#[test]
fn an_absurd_price_is_an_insufficient_balance() {
    for price in [ENDOWMENT - DEPOSIT, UNIT * 1_000_000_000_000, TfuelBalance::MAX] {
        refused(|spec| spec.price_cap = price, Error::InsufficientBalance);
    }
}

#[test]
fn an_absurd_floor_is_above_every_price() {
    TestExt::new()
        .rules(|rules| rules.price_floor = TfuelBalance::MAX)
        .execute_with(|| {
            assert_eq!(Jobs::least_price(1_000_000_000), Some(TfuelBalance::MAX));
            assert_eq!(Jobs::least_price(1_000_000_001), None);
            assert_eq!(Jobs::least_price(u64::MAX), None);
            let spec = usual_spec();
            assert_noop!(
                Jobs::submit_job(signed(REQUESTER), spec),
                Error::<Test>::PriceCapBelowFloor
            );
        });
}

#[test]
fn who_has_no_tokens_posts_no_job() {
    TestExt::new().execute_with(|| {
        let spec = usual_spec();
        assert_noop!(
            Jobs::submit_job(signed(STRANGER), spec),
            Error::<Test>::InsufficientBalance
        );
    });
}

#[test]
fn only_a_single_small_output_can_be_asked_inline() {
    TestExt::new()
        .rules(|rules| rules.operations_per_block = u64::MAX)
        .execute_with(|| {
            let two = register(REQUESTER, program(WORDS, 2));
            let largest = register(REQUESTER, program(16 * 1024, 1));
            let larger = register(REQUESTER, program(16 * 1024 + 1, 1));
            let inline = |program| JobSpec {
                inline_output: true,
                price_cap: 500_000,
                ..spec_for(program)
            };
            assert_noop!(
                Jobs::submit_job(signed(REQUESTER), inline(two)),
                Error::<Test>::InlineOutputNeedsOneOutput
            );
            assert_noop!(
                Jobs::submit_job(signed(REQUESTER), inline(larger)),
                Error::<Test>::InlineOutputTooLarge
            );
            let id = submit(REQUESTER, inline(largest));
            assert_eq!(job(id).inline_bytes, Some(64 * 1024));
        });
}

#[test]
fn regions_are_two_upper_case_letters() {
    for region in [*b"ch", *b"C1", [0, 0], [0xff, b'A']] {
        refused(
            |spec| spec.demands.regions.try_push(Region(region)).unwrap(),
            Error::InvalidRegion,
        );
    }
    taken(|spec| spec.demands.regions.try_push(Region(*b"CH")).unwrap());
}

#[test]
fn a_reputation_that_nobody_can_reach_is_not_demanded() {
    refused(
        |spec| spec.demands.reputation = MAX_SCORE + 1,
        Error::ReputationOutOfReach,
    );
    taken(|spec| spec.demands.reputation = MAX_SCORE);
}

#[test]
fn numbers_of_jobs_are_never_given_twice() {
    TestExt::new().execute_with(|| {
        NextJob::<Test>::put(u64::MAX);
        let spec = usual_spec();
        assert_noop!(
            Jobs::submit_job(signed(REQUESTER), spec),
            Error::<Test>::TooManyJobs
        );
        NextJob::<Test>::put(0);
    });
}

#[test]
fn a_requester_may_cancel_before_the_draw_and_gets_everything_back() {
    TestExt::new().execute_with(|| {
        let id = submit(REQUESTER, usual_spec());
        events();
        assert_noop!(Jobs::cancel(signed(OTHER), id), Error::<Test>::NotRequester);
        assert_ok!(Jobs::cancel(signed(REQUESTER), id));
        assert_made_whole(0);
        assert_eq!(ended(id), (Outcome::Cancelled, Reason::CancelledByRequester));
        assert_eq!(
            events(),
            [Event::JobEnded {
                job: id,
                outcome: Outcome::Cancelled,
                reason: Reason::CancelledByRequester,
                paid: 0,
                burned: 0,
                refunded: CAP + DEPOSIT
            }]
        );
        assert_noop!(Jobs::cancel(signed(REQUESTER), id), Error::<Test>::JobHasEnded);
        assert_noop!(Jobs::cancel(signed(REQUESTER), 77), Error::<Test>::UnknownJob);
        // The planned draw finds nothing.
        Registry::add(OPERATOR, STASH, FEE);
        advance(5);
        assert!(Registry::seeds().is_empty());
    });
}

#[test]
fn a_job_cannot_be_cancelled_after_the_draw() {
    one_worker().execute_with(|| {
        let id = assigned(usual_spec());
        assert_noop!(Jobs::cancel(signed(REQUESTER), id), Error::<Test>::NotOpen);
        assert_ok!(Jobs::commit_result(signed(OPERATOR), id, honest(id, 0, OPERATOR)));
        assert_noop!(Jobs::cancel(signed(REQUESTER), id), Error::<Test>::NotOpen);
        assert_ok!(Jobs::reveal_result(signed(OPERATOR), id, opening()));
        assert_noop!(Jobs::cancel(signed(REQUESTER), id), Error::<Test>::NotOpen);
    });
}
