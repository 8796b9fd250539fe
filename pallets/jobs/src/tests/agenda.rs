use super::*;
use crate::{Agenda, AgendaCursor, AgendaLength, Cursor, JobState, WeightInfo};
use edgeproof_primitives::Outcome;
use polkadot_sdk::polkadot_sdk_frame::traits::Hooks;

/// Weight for exactly one entry in each block.
fn one_step() -> Weight {
    <() as WeightInfo>::agenda_base() + <() as WeightInfo>::agenda_block() + Jobs::worst_step()
}

fn assigned_count() -> usize {
    crate::Jobs::<Test>::iter_values()
        .filter(|job| matches!(job.state, JobState::Assigned { .. }))
        .count()
}

#[test]
fn what_does_not_fit_into_a_block_is_done_in_the_next_in_order() {
    one_worker().agenda_weight(one_step()).execute_with(|| {
        let spec = usual_spec();
        let ids: Vec<_> = (0..5).map(|_| submit(REQUESTER, spec.clone())).collect();
        assert_eq!(AgendaLength::<Test>::get(DRAWN), 5);
        for (done, _) in ids.iter().enumerate() {
            advance_to(DRAWN + done as u32);
            assert_eq!(assigned_count(), done + 1);
            assert!(matches!(state(ids[done]), JobState::Assigned { .. }));
            check();
        }
        // What a draw leaves of the dearest step's weight suffices to pass over empty blocks.
        assert_eq!(
            AgendaCursor::<Test>::get(),
            Some(Cursor {
                block: now() + 1,
                index: 0
            })
        );
        assert_eq!(
            AgendaLength::<Test>::iter_keys()
                .filter(|block| *block == DRAWN)
                .count(),
            0
        );
        // Deadlines count from the draw that happened.
        assert_eq!(
            state(ids[4]),
            JobState::Assigned {
                commit_by: DRAWN + 4 + EXECUTION
            }
        );
    });
}

#[test]
fn a_block_takes_as_many_entries_as_its_weight_allows() {
    one_worker().execute_with(|| {
        let spec = usual_spec();
        for _ in 0..200 {
            submit(REQUESTER, spec.clone());
        }
        AgendaWeight::set(one_step() * 5);
        advance_to(DRAWN);
        let first = assigned_count();
        assert!((5..100).contains(&first), "{first}");
        advance(1);
        assert!(assigned_count() >= 2 * first);
        advance(400);
        assert_eq!(crate::Jobs::<Test>::iter().count(), 0);
        assert_made_whole(0);
    });
}

#[test]
fn the_agenda_never_uses_more_than_its_weight() {
    three_workers().execute_with(|| {
        let spec = usual_spec();
        for _ in 0..50 {
            submit(REQUESTER, spec.clone());
        }
        let limit = one_step() * 3;
        AgendaWeight::set(limit);
        for _ in 0..300 {
            System::set_block_number(now() + 1);
            let used = Jobs::on_initialize(now());
            assert!(used.all_lte(limit), "{used:?}");
            check();
        }
        assert_eq!(crate::Jobs::<Test>::iter().count(), 0);
    });
}

#[test]
fn an_agenda_without_weight_stands_still_and_loses_nothing() {
    one_worker().execute_with(|| {
        let id = submit(REQUESTER, usual_spec());
        AgendaWeight::set(Weight::zero());
        advance(10);
        check();
        assert!(matches!(state(id), JobState::Open { .. }));
        AgendaWeight::set(one_step());
        // Each empty block that was passed over costs little, so a few blocks suffice to catch up.
        advance(3);
        assert!(matches!(state(id), JobState::Assigned { .. }));
        assert_eq!(
            AgendaCursor::<Test>::get(),
            Some(Cursor {
                block: now() + 1,
                index: 0
            })
        );
    });
}

#[test]
fn entries_of_the_past_are_dropped_when_the_job_has_moved_on() {
    one_worker().execute_with(|| {
        let id = revealed();
        // The deadlines of commit and reveal are still planned, and nothing happens when they come.
        let planned: Vec<_> = Agenda::<Test>::iter_values().map(|entry| entry.due).collect();
        assert_eq!(planned.len(), 3);
        advance_to(DRAWN + REVEAL + 5);
        assert!(matches!(state(id), JobState::Revealed { .. }));
        assert_eq!(Agenda::<Test>::iter().count(), 1);
        assert!(Registry::ends().is_empty());
    });
}

#[test]
fn a_deadline_of_an_earlier_round_does_not_end_a_later_one() {
    three_workers()
        .rules(|rules| rules.reveal = 100)
        .execute_with(|| {
            // The first worker commits; its reveal deadline lies far ahead. It is a later round by then.
            let id = assigned(usual_spec());
            advance_to(COMMIT_BY + 3);
            assert_eq!(job(id).round, 1);
            assert_ok!(Jobs::commit_result(
                signed(OPERATOR_2),
                id,
                honest(id, 1, OPERATOR_2)
            ));
            advance(EXECUTION + 5);
            assert!(matches!(state(id), JobState::Committed { .. }));
        });
}

#[test]
fn everything_in_flight_ends_when_nobody_does_anything() {
    three_workers().agenda_weight(one_step()).execute_with(|| {
        let spec = usual_spec();
        for requester in [REQUESTER, OTHER] {
            for _ in 0..10 {
                submit(requester, spec.clone());
            }
        }
        advance(300);
        assert_eq!(crate::Jobs::<Test>::iter().count(), 0);
        assert_eq!(Registry::slots_in_use(), 0);
        assert!(crate::Receipts::<Test>::iter_values().all(|receipt| receipt.outcome != Outcome::Succeeded));
        assert_made_whole(0);
    });
}

#[test]
fn the_reserved_weight_must_allow_for_the_dearest_step() {
    AgendaWeight::set(one_step());
    Jobs::integrity_test();
    AgendaWeight::set(one_step() - Weight::from_parts(1, 0));
    assert!(std::panic::catch_unwind(Jobs::integrity_test).is_err());
}
