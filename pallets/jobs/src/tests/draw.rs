use super::*;
use crate::{draw_subject, Event, JobState};
use edgeproof_primitives::{Outcome, Reason, Region};

/// The seed that the mock gives for an event.
fn seed(id: JobId, round: u8, event: u32) -> [u8; 32] {
    seed_of(crate::DRAW_DOMAIN, &draw_subject(id, round), event)
}

#[test]
fn a_worker_is_drawn_from_randomness_that_came_after_the_posting() {
    one_worker().execute_with(|| {
        let id = submit(REQUESTER, usual_spec());
        events();
        advance_to(DRAWN - 1);
        assert!(matches!(state(id), JobState::Open { .. }));
        assert!(Registry::seeds().is_empty());
        advance_to(DRAWN);
        assert_eq!(state(id), JobState::Assigned { commit_by: COMMIT_BY });
        assert_eq!(Registry::seeds(), [seed(id, 0, POSTED)]);
        assert_eq!(job(id).drawn_at, Some(DRAWN));
        assert_eq!(
            events(),
            [Event::JobAssigned {
                job: id,
                operator: OPERATOR,
                fee: FEE,
                commit_by: COMMIT_BY
            }]
        );
    });
}

#[test]
fn more_outputs_in_the_seed_put_off_the_draw() {
    one_worker()
        .rules(|rules| rules.draw_outputs = 3)
        .execute_with(|| {
            let id = submit(REQUESTER, usual_spec());
            advance_to(POSTED + 3);
            assert!(matches!(state(id), JobState::Open { .. }));
            advance_to(POSTED + 4);
            assert!(matches!(state(id), JobState::Assigned { .. }));
        });
}

#[test]
fn no_two_jobs_and_no_two_rounds_share_a_seed() {
    three_workers().execute_with(|| {
        let spec = usual_spec();
        submit(REQUESTER, spec.clone());
        submit(REQUESTER, spec);
        advance_to(COMMIT_BY + 3);
        let seeds = Registry::seeds();
        assert_eq!(seeds.len(), 4);
        assert!(seeds
            .iter()
            .enumerate()
            .all(|(i, seed)| !seeds[..i].contains(seed)));
    });
}

#[test]
fn a_block_without_randomness_puts_off_the_draw() {
    one_worker().execute_with(|| {
        let id = submit(REQUESTER, usual_spec());
        Randomness::set(SeedMode::Dry);
        advance_to(DRAWN + 4);
        assert!(matches!(
            state(id),
            JobState::Open {
                event: POSTED,
                attempted: false,
                ..
            }
        ));
        check();
        Randomness::set(SeedMode::Flows);
        advance(1);
        assert_eq!(Registry::seeds(), [seed(id, 0, POSTED)]);
        assert_eq!(
            state(id),
            JobState::Assigned {
                commit_by: now() + EXECUTION
            }
        );
    });
}

#[test]
fn a_job_whose_randomness_never_comes_expires() {
    one_worker().execute_with(|| {
        let id = submit(REQUESTER, usual_spec());
        Randomness::set(SeedMode::Dry);
        advance_to(POSTED + 50);
        assert!(matches!(state(id), JobState::Open { .. }));
        advance(1);
        assert_eq!(ended(id), (Outcome::Expired, Reason::DrawDeadlinePassed));
        assert_made_whole(0);
    });
}

#[test]
fn a_forgotten_event_is_replaced_by_the_current_block() {
    one_worker().execute_with(|| {
        let id = submit(REQUESTER, usual_spec());
        Randomness::set(SeedMode::Lost);
        advance_to(DRAWN);
        assert!(matches!(state(id), JobState::Open { event: DRAWN, .. }));
        Randomness::set(SeedMode::Flows);
        advance_to(DRAWN + 1);
        assert!(Registry::seeds().is_empty());
        advance_to(DRAWN + 2);
        assert_eq!(Registry::seeds(), [seed(id, 0, DRAWN)]);
        assert!(matches!(state(id), JobState::Assigned { .. }));
    });
}

#[test]
fn a_job_whose_events_are_always_forgotten_expires() {
    one_worker().execute_with(|| {
        let id = submit(REQUESTER, usual_spec());
        Randomness::set(SeedMode::Lost);
        advance_to(POSTED + 51);
        assert_eq!(ended(id), (Outcome::Expired, Reason::DrawDeadlinePassed));
        assert_made_whole(0);
    });
}

#[test]
fn a_job_that_no_worker_fits_is_drawn_again_after_the_interval() {
    TestExt::new().execute_with(|| {
        let id = submit(REQUESTER, usual_spec());
        advance_to(DRAWN);
        assert_eq!(Registry::seeds().len(), 1);
        // The new event is such that its seed is first known when it is used.
        let next = DRAWN + 5;
        assert_eq!(
            state(id),
            JobState::Open {
                event: next - 2,
                draw_by: POSTED + 50,
                attempted: true
            }
        );
        Registry::add(OPERATOR, STASH, FEE);
        advance_to(next - 1);
        assert_eq!(Registry::seeds().len(), 1);
        advance_to(next);
        assert_eq!(Registry::seeds()[1], seed(id, 0, next - 2));
        assert_eq!(
            state(id),
            JobState::Assigned {
                commit_by: next + EXECUTION
            }
        );
    });
}

#[test]
fn a_short_interval_never_reuses_randomness() {
    TestExt::new()
        .rules(|rules| rules.redraw_interval = 0)
        .execute_with(|| {
            let id = submit(REQUESTER, usual_spec());
            advance_to(DRAWN);
            assert_eq!(
                state(id),
                JobState::Open {
                    event: DRAWN,
                    draw_by: POSTED + 50,
                    attempted: true
                }
            );
            advance_to(DRAWN + 6);
            assert_eq!(Registry::seeds().len(), 4);
        });
}

#[test]
fn a_job_that_no_worker_ever_fits_ends_at_the_draw_deadline() {
    TestExt::new().execute_with(|| {
        let id = submit(REQUESTER, usual_spec());
        advance_to(POSTED + 50);
        assert!(matches!(state(id), JobState::Open { attempted: true, .. }));
        advance(1);
        assert_eq!(ended(id), (Outcome::NoWorker, Reason::NoWorkerFits));
        let receipt = receipt(id);
        assert_eq!(
            (receipt.workers.len(), receipt.drawn_at, receipt.refunded),
            (0, None, CAP + DEPOSIT)
        );
        assert_eq!(receipt.ended_at, POSTED + 51);
        assert_made_whole(0);
    });
}

#[test]
fn a_requester_may_cancel_while_no_worker_fits() {
    TestExt::new().execute_with(|| {
        let id = submit(REQUESTER, usual_spec());
        advance_to(DRAWN + 1);
        assert_ok!(Jobs::cancel(signed(REQUESTER), id));
        assert_made_whole(0);
        advance(60);
        assert_eq!(Registry::seeds().len(), 1);
    });
}

#[test]
fn cap_memory_regions_and_the_requesters_own_workers_limit_the_draw() {
    let unfit = |edit: fn(&mut Worker), restrict: fn(&mut JobSpec)| {
        one_worker().execute_with(|| {
            Registry::edit(OPERATOR, edit);
            let mut spec = usual_spec();
            restrict(&mut spec);
            let id = submit(REQUESTER, spec);
            advance_to(DRAWN);
            assert!(matches!(state(id), JobState::Open { attempted: true, .. }));
        });
    };
    unfit(|worker| worker.fee = CAP + 1, |_| ());
    unfit(|worker| worker.memory = 8, |_| ());
    unfit(|_| (), |spec| spec.demands.memory = 1 << 31);
    unfit(
        |_| (),
        |spec| spec.demands.regions.try_push(Region(*b"DE")).unwrap(),
    );
    unfit(|worker| worker.stash = REQUESTER, |_| ());
    unfit(|worker| worker.slots = 0, |_| ());
}
