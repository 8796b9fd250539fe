//! Jobs as questions about their data move them.

use super::*;
use crate::{Event, JobState};
use edgeproof_primitives::{Outcome, Reason};
use pallet_support::{DataJobs, SeatEnd};

const JUDGES: [AccountId; 2] = [STASH_2, OTHER];

#[test]
fn a_result_can_be_asked_for_while_it_stands_in_its_window() {
    one_worker().execute_with(|| {
        let id = committed(usual_spec());
        assert_eq!(Jobs::published(id), None);
        assert_ok!(Jobs::reveal_result(signed(OPERATOR), id, opening()));
        let published = Jobs::published(id).expect("it stands");
        assert_eq!(
            (published.requester, published.output_root),
            (REQUESTER, output_root())
        );
        assert_eq!(published.outputs, [output().len() as u64]);
        AgendaWeight::set(Weight::zero());
        advance(WINDOW);
        assert!(Jobs::published(id).is_some());
        advance(1);
        assert_eq!(Jobs::published(id), None, "its window has passed");
        AgendaWeight::set(Weight::MAX);
        advance(1);
        assert_eq!(Jobs::published(id), None, "it has settled");
    });
}

#[test]
fn an_output_that_is_on_the_chain_is_not_asked_for() {
    one_worker().execute_with(|| {
        let id = committed(inline_spec());
        assert_ok!(Jobs::reveal_result(signed(OPERATOR), id, inline_opening()));
        assert_eq!(Jobs::published(id), None);
    });
}

#[test]
fn an_open_question_delays_settlement_and_never_hastens_it() {
    one_worker().execute_with(|| {
        let id = revealed();
        let window_ends = now() + WINDOW;
        Jobs::keep_open(id, now() + 1);
        assert_eq!(state(id), JobState::Revealed { window_ends });
        Jobs::keep_open(id, window_ends + 5);
        advance(WINDOW + 5);
        assert_eq!(
            state(id),
            JobState::Revealed {
                window_ends: window_ends + 5
            }
        );
        check();
        advance(1);
        assert_eq!(ended(id), (Outcome::Succeeded, Reason::WindowPassed));
    });
}

#[test]
fn a_withheld_result_costs_every_bond_and_the_requester_nothing() {
    crowd(2).execute_with(|| {
        let id = assigned(spec_of(2, 0));
        let operators = seated(id);
        commit_all(id);
        reveal_all(id);
        events();
        Jobs::withhold(id);
        check();
        assert_eq!(ended(id), (Outcome::OutputWithheld, Reason::OutputWithheld));
        let ends: Vec<_> = operators
            .iter()
            .map(|operator| (*operator, SeatEnd::RevealMissed))
            .collect();
        assert_eq!(Registry::ends(), ends);
        let withheld = events()
            .into_iter()
            .filter(|event| matches!(event, Event::OutputWithheld { .. }));
        assert_eq!(withheld.count(), 2);
        let receipt = receipt(id);
        assert_eq!((receipt.output_root, receipt.paid), (None, 0));
        assert_eq!(receipt.workers.to_vec(), operators);
        assert_made_whole(0);
    });
}

#[test]
fn only_a_result_that_stands_can_be_withheld() {
    one_worker().execute_with(|| {
        let id = committed(usual_spec());
        Jobs::withhold(id);
        assert!(matches!(state(id), JobState::Committed { .. }));
        Jobs::withhold(id + 1);
    });
}

#[test]
fn an_input_is_needed_by_a_seat_that_computes() {
    one_worker().execute_with(|| {
        let id = assigned(usual_spec());
        let blob = job(id).spec.inputs[0].hash;
        assert_eq!(Jobs::needed(id, &OPERATOR, 0), Some(blob));
        assert_eq!(Jobs::needed(id, &OPERATOR, 9), None);
        assert_eq!(Jobs::needed(id, &OPERATOR_2, 0), None);
        assert_ok!(Jobs::commit_result(signed(OPERATOR), id, honest(id, 0, OPERATOR)));
        assert_eq!(Jobs::needed(id, &OPERATOR, 0), None);
    });
}

#[test]
fn a_question_about_an_input_gives_the_whole_time_again() {
    one_worker().execute_with(|| {
        let id = assigned(usual_spec());
        advance(EXECUTION);
        Jobs::allow_time(id, now() + 7);
        let commit_by = now() + 7 + EXECUTION;
        assert_eq!(state(id), JobState::Assigned { commit_by });
        advance(7 + EXECUTION);
        check();
        assert_ok!(Jobs::commit_result(signed(OPERATOR), id, honest(id, 0, OPERATOR)));
    });
}

#[test]
fn an_input_that_is_not_to_be_had_ends_the_job_at_the_cost_of_its_judges() {
    crowd(2).execute_with(|| {
        let id = assigned(spec_of(2, 0));
        Jobs::unavailable(id, &JUDGES, 30);
        check();
        assert_eq!(ended(id), (Outcome::InputUnavailable, Reason::InputUnavailable));
        assert!(Registry::ends().iter().all(|(_, end)| *end == SeatEnd::Released));
        let receipt = receipt(id);
        assert_eq!((receipt.paid, receipt.burned), (60, 0));
        assert!(Worked::get().is_empty());
        assert_eq!(free(REQUESTER), ENDOWMENT - 60);
        assert_eq!(JUDGES.map(free), [ENDOWMENT + 30; 2]);
    });
}

#[test]
fn judges_get_no_more_than_the_escrow() {
    one_worker().execute_with(|| {
        let id = assigned(usual_spec());
        Jobs::unavailable(id, &JUDGES, CAP);
        check();
        assert_eq!(receipt(id).paid, CAP + DEPOSIT);
        assert_eq!(JUDGES.map(free), [ENDOWMENT + CAP, ENDOWMENT + DEPOSIT]);
        assert_eq!(free(REQUESTER), ENDOWMENT - CAP - DEPOSIT);
    });
}

#[test]
fn a_wrong_report_costs_a_part_of_the_bond_and_the_seat_goes_on() {
    one_worker().execute_with(|| {
        let id = assigned(usual_spec());
        let bond = job(id).seats[0].worker.bond;
        Jobs::charge(id, &OPERATOR, &JUDGES);
        check();
        assert!(job(id).seats[0].worker.bond < bond);
        commit_all(id);
        reveal_all(id);
        advance(WINDOW + 1);
        assert_eq!(ended(id).0, Outcome::Succeeded);
    });
}

#[test]
fn nobody_judges_a_job_in_which_it_has_or_had_a_part() {
    three_workers().execute_with(|| {
        let id = assigned(usual_spec());
        let judges = Jobs::judges(id).expect("a live job");
        assert_eq!((judges.requester, judges.excluded), (REQUESTER, seated(id)));
        assert_eq!(judges.demands.memory, 0);
        advance(EXECUTION + 1 + 2);
        let excluded = Jobs::judges(id).expect("a live job").excluded;
        assert_eq!(excluded.len(), 2, "who failed, and who was drawn next");
        assert_eq!(Jobs::judges(id + 1), None);
    });
}
