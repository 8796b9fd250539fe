use super::*;
use crate::{Error, Event, JobState, SeatsOf};
use edgeproof_primitives::{Outcome, Reason};
use pallet_support::SeatEnd;

/// Stops the agenda, as if every block were full.
fn stall_agenda() {
    AgendaWeight::set(Weight::zero());
}

#[test]
fn a_commitment_in_the_last_block_counts() {
    one_worker().execute_with(|| {
        let id = assigned(usual_spec());
        advance_to(COMMIT_BY);
        assert_ok!(Jobs::commit_result(signed(OPERATOR), id, honest(id, 0, OPERATOR)));
        advance(1);
        assert!(matches!(state(id), JobState::Committed { .. }));
    });
}

#[test]
fn a_missed_commit_deadline_loses_the_seat_without_a_call() {
    three_workers().execute_with(|| {
        let id = assigned(usual_spec());
        events();
        advance_to(COMMIT_BY);
        assert_eq!(state(id), JobState::Assigned { commit_by: COMMIT_BY });
        advance(1);
        let missed_at = now();
        assert_eq!(
            state(id),
            JobState::Open {
                event: missed_at,
                draw_by: missed_at + 50,
                attempted: false
            }
        );
        assert_eq!(Registry::ends(), [(OPERATOR, SeatEnd::CommitMissed)]);
        assert_eq!(job(id).excluded.to_vec(), [OPERATOR]);
        assert_eq!(job(id).round, 1);
        assert_eq!(
            events(),
            [Event::CommitMissed {
                job: id,
                operator: OPERATOR,
                compensated: 0,
                held: BOND / 100
            }]
        );
        assert_noop!(
            Jobs::commit_result(signed(OPERATOR), id, honest(id, 0, OPERATOR)),
            Error::<Test>::NotAssigned
        );
        assert_eq!(held(REQUESTER), CAP + DEPOSIT);
        check();
        advance(2);
        assert_eq!(seated(id), [OPERATOR_2]);
        assert_eq!(
            state(id),
            JobState::Assigned {
                commit_by: now() + EXECUTION
            }
        );
    });
}

#[test]
fn the_next_worker_answers_in_its_own_round() {
    three_workers().execute_with(|| {
        let id = assigned(usual_spec());
        advance_to(COMMIT_BY + 3);
        assert_ok!(Jobs::commit_result(
            signed(OPERATOR_2),
            id,
            honest(id, 1, OPERATOR_2)
        ));
        assert_noop!(
            Jobs::reveal_result(signed(OPERATOR), id, opening()),
            Error::<Test>::NotAssigned
        );
        assert_ok!(Jobs::reveal_result(signed(OPERATOR_2), id, opening()));
        advance(WINDOW + 1);
        let receipt = receipt(id);
        assert_eq!(receipt.workers.to_vec(), [OPERATOR_2]);
        assert_eq!(receipt.drawn_at, Some(COMMIT_BY + 3));
        assert_eq!(
            Registry::ends(),
            [
                (OPERATOR, SeatEnd::CommitMissed),
                (OPERATOR_2, SeatEnd::Succeeded)
            ]
        );
    });
}

#[test]
fn as_many_missed_commits_as_draws_end_the_job_with_a_full_refund() {
    three_workers().execute_with(|| {
        let id = assigned(usual_spec());
        // Each round takes the two blocks of the draw, the execution deadline and the block after it.
        advance_to(COMMIT_BY + 1 + 2 * (2 + EXECUTION + 1));
        assert_eq!(ended(id), (Outcome::NoWorker, Reason::CommitsMissed));
        assert_eq!(
            Registry::ends(),
            [OPERATOR, OPERATOR_2, OPERATOR_3].map(|operator| (operator, SeatEnd::CommitMissed))
        );
        let receipt = receipt(id);
        assert_eq!(receipt.workers.to_vec(), [OPERATOR_3]);
        assert_eq!(
            (receipt.committed_at, receipt.revealed_at, receipt.output_root),
            (None, None, None)
        );
        assert_eq!(receipt.drawn_at, Some(now() - EXECUTION - 1));
        assert_made_whole(0);
        assert_eq!(SeatsOf::<Test>::iter().count(), 0);
    });
}

#[test]
fn the_number_of_draws_is_a_rule() {
    three_workers()
        .rules(|rules| rules.max_draws = 1)
        .execute_with(|| {
            let id = assigned(usual_spec());
            advance_to(COMMIT_BY + 1);
            assert_eq!(ended(id), (Outcome::NoWorker, Reason::CommitsMissed));
        });
    // Whatever the rule says, there is an end.
    three_workers()
        .rules(|rules| (rules.max_draws, rules.draw_outputs) = (u8::MAX, 0))
        .execute_with(|| {
            for operator in 100..150 {
                Registry::add(operator, STASH, FEE);
            }
            let id = submit(REQUESTER, usual_spec());
            advance(200);
            assert_eq!(ended(id), (Outcome::NoWorker, Reason::CommitsMissed));
            assert_eq!(Registry::ends().len(), 16);
        });
    three_workers()
        .rules(|rules| rules.max_draws = 0)
        .execute_with(|| {
            let id = assigned(usual_spec());
            advance_to(COMMIT_BY + 1);
            assert_eq!(ended(id), (Outcome::NoWorker, Reason::CommitsMissed));
        });
}

#[test]
fn a_job_whose_only_worker_failed_waits_for_another_and_then_ends() {
    one_worker().execute_with(|| {
        let id = assigned(usual_spec());
        let missed_at = COMMIT_BY + 1;
        advance_to(missed_at + 50);
        assert!(matches!(state(id), JobState::Open { attempted: true, .. }));
        advance(1);
        assert_eq!(ended(id), (Outcome::NoWorker, Reason::NoWorkerFits));
        // The receipt names who failed.
        assert_eq!(receipt(id).workers.to_vec(), [OPERATOR]);
        assert_eq!(receipt(id).drawn_at, Some(DRAWN));
        assert_made_whole(0);
    });
}

#[test]
fn a_requester_may_cancel_after_a_worker_failed() {
    one_worker().execute_with(|| {
        let id = assigned(usual_spec());
        advance_to(COMMIT_BY + 1);
        assert_ok!(Jobs::cancel(signed(REQUESTER), id));
        assert_eq!(ended(id), (Outcome::Cancelled, Reason::CancelledByRequester));
        assert_made_whole(0);
    });
}

#[test]
fn a_reveal_in_the_last_block_counts() {
    one_worker().execute_with(|| {
        let id = committed(usual_spec());
        advance_to(DRAWN + REVEAL);
        assert_ok!(Jobs::reveal_result(signed(OPERATOR), id, opening()));
        advance(1);
        assert!(matches!(state(id), JobState::Revealed { .. }));
    });
}

#[test]
fn a_commitment_that_is_not_revealed_loses_the_seat_and_the_job_is_drawn_again() {
    three_workers().execute_with(|| {
        let id = committed(usual_spec());
        events();
        advance_to(DRAWN + REVEAL);
        assert_eq!(
            state(id),
            JobState::Committed {
                reveal_by: DRAWN + REVEAL
            }
        );
        advance(1);
        assert!(matches!(state(id), JobState::Open { .. }));
        assert_eq!(Registry::ends(), [(OPERATOR, SeatEnd::RevealMissed)]);
        assert_eq!(
            events(),
            [Event::RevealMissed {
                job: id,
                operator: OPERATOR,
                compensated: BOND / 5,
                held: BOND * 4 / 5
            }]
        );
        assert_noop!(
            Jobs::reveal_result(signed(OPERATOR), id, opening()),
            Error::<Test>::NotAssigned
        );
        advance(2);
        assert_eq!(seated(id), [OPERATOR_2]);
    });
}

#[test]
fn a_last_worker_that_does_not_reveal_ends_the_job_with_a_full_refund() {
    three_workers()
        .rules(|rules| rules.max_draws = 1)
        .execute_with(|| {
            let id = committed(usual_spec());
            advance_to(DRAWN + REVEAL + 1);
            assert_eq!(ended(id), (Outcome::WorkerFault, Reason::RevealMissed));
            let receipt = receipt(id);
            assert_eq!(receipt.workers.to_vec(), [OPERATOR]);
            assert_eq!((receipt.committed_at, receipt.revealed_at), (Some(DRAWN), None));
            assert_eq!(
                (receipt.paid, receipt.burned, receipt.refunded),
                (0, 0, CAP + DEPOSIT)
            );
            assert_made_whole(0);
        });
}

#[test]
fn a_late_commitment_fails_even_when_the_agenda_is_behind() {
    one_worker().execute_with(|| {
        let id = assigned(usual_spec());
        stall_agenda();
        advance_to(COMMIT_BY + 1);
        assert_eq!(state(id), JobState::Assigned { commit_by: COMMIT_BY });
        assert_noop!(
            Jobs::commit_result(signed(OPERATOR), id, honest(id, 0, OPERATOR)),
            Error::<Test>::CommitTooLate
        );
    });
}

#[test]
fn a_late_reveal_fails_even_when_the_agenda_is_behind() {
    one_worker().execute_with(|| {
        let id = committed(usual_spec());
        stall_agenda();
        advance_to(DRAWN + REVEAL + 1);
        assert_eq!(
            state(id),
            JobState::Committed {
                reveal_by: DRAWN + REVEAL
            }
        );
        assert_noop!(
            Jobs::reveal_result(signed(OPERATOR), id, opening()),
            Error::<Test>::RevealTooLate
        );
    });
}

#[test]
fn a_job_that_no_draw_was_tried_for_again_expires() {
    three_workers().execute_with(|| {
        let id = assigned(usual_spec());
        advance_to(COMMIT_BY + 1);
        assert!(matches!(state(id), JobState::Open { attempted: false, .. }));
        stall_agenda();
        advance(51);
        AgendaWeight::set(Weight::MAX);
        advance(1);
        assert_eq!(ended(id), (Outcome::Expired, Reason::DrawDeadlinePassed));
        assert_eq!(receipt(id).workers.to_vec(), [OPERATOR]);
        assert_made_whole(0);
    });
}

#[test]
fn a_draw_that_the_agenda_does_too_late_does_not_happen() {
    one_worker().execute_with(|| {
        let id = submit(REQUESTER, usual_spec());
        stall_agenda();
        advance_to(POSTED + 51);
        AgendaWeight::set(Weight::MAX);
        advance(1);
        assert_eq!(ended(id), (Outcome::Expired, Reason::DrawDeadlinePassed));
        assert!(Registry::seeds().is_empty());
    });
}
