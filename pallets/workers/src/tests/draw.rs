use crate::{mock::*, Clause, Event, IndexLen, Workers, SAMPLE};
use edgeproof_primitives::Demands;
use frame::testing_prelude::*;
use pallet_support::WorkerDraw;
use polkadot_sdk::polkadot_sdk_frame as frame;
use std::collections::BTreeSet;

#[test]
fn nobody_is_drawn_from_an_empty_index() {
    TestExt::new().execute_with(|| {
        assert_storage_noop!(assert_eq!(draw(1), None));
    });
}

#[test]
fn a_drawn_worker_holds_a_slot_and_risks_its_bond() {
    TestExt::new().worker(1, 100).execute_with(|| {
        let seat = draw(1).unwrap();
        assert_eq!(
            seat,
            Seat {
                operator: operator_of(1),
                stash: 1,
                fee: 100,
                bond: 200
            }
        );
        System::assert_last_event(
            Event::SeatTaken {
                stash: 1,
                operator: operator_of(1),
                fee: 100,
                bond: 200,
            }
            .into(),
        );
        assert_eq!(Registry::worker(1).unwrap().seats_held, 1);
        assert_eq!(Ledger::at_risk(1), 200);
    });
}

#[test]
fn the_cheapest_of_a_small_index_is_always_drawn() {
    let chain = (1..=8).fold(TestExt::new(), |chain, stash| {
        chain.worker(stash, 100 * u128::from(9 - stash))
    });
    chain.execute_with(|| {
        for seed in 0..4 {
            assert_eq!(draw(seed).unwrap().stash, 8);
        }
        // Its four slots are taken.
        assert_eq!(draw(5).unwrap().stash, 7);
    });
}

#[test]
fn a_worker_is_drawn_until_its_slots_are_taken() {
    TestExt::new().worker(1, 100).execute_with(|| {
        for seed in 0..4 {
            assert!(draw(seed).is_some());
        }
        assert_eq!(draw(9), None);
        assert_eq!(
            Registry::failing_clause(&1, &request(&Demands::default())),
            Some(Clause::NoFreeSlot)
        );
    });
}

#[test]
fn a_worker_is_drawn_until_its_stake_is_at_risk() {
    TestExt::new().worker(1, 100).execute_with(|| {
        // A bond of 400,000 out of 1,000,000 bonded.
        let dear = |request: &mut Request| request.operations = 2_000 * GIGA;
        assert_eq!(draw_for(1, &Demands::default(), dear).unwrap().bond, 400_000);
        assert_eq!(draw_for(2, &Demands::default(), dear).unwrap().bond, 400_000);
        assert_eq!(draw_for(3, &Demands::default(), dear), None);
        assert!(draw(4).is_some(), "a smaller job still fits");
        assert_eq!(Ledger::at_risk(1), 800_200);
    });
}

#[test]
fn a_large_index_is_sampled() {
    let chain = (1..=100).fold(TestExt::new(), |chain, stash| chain.worker(stash, stash.into()));
    chain.execute_with(|| {
        let drawn: BTreeSet<_> = (0..30).filter_map(draw).map(|seat| seat.stash).collect();
        assert!(drawn.len() > 10, "the cheapest do not win them all: {drawn:?}");
        assert!(
            drawn.iter().all(|stash| *stash <= 100 - u64::from(SAMPLE) + 1),
            "the dearest of a sample never wins"
        );
    });
}

#[test]
fn the_same_seed_draws_the_same_worker() {
    let chain = || (1..=50).fold(TestExt::new(), |chain, stash| chain.worker(stash, 100));
    for seed in 0..10 {
        let once = chain().execute_with(|| draw(seed));
        let again = chain().execute_with(|| draw(seed));
        assert_eq!(once, again);
    }
}

#[test]
fn a_new_ask_counts_in_the_next_draw() {
    TestExt::new().worker(1, 100).worker(2, 200).execute_with(|| {
        assert_eq!(draw(1).unwrap().fee, 100);
        assert_ok!(Registry::set_ask(origin(2), 50));
        assert_eq!(
            draw(1),
            Some(Seat {
                operator: operator_of(2),
                stash: 2,
                fee: 50,
                bond: 100
            })
        );
    });
}

#[test]
fn a_requester_never_gets_its_own_worker() {
    TestExt::new().worker(1, 100).execute_with(|| {
        let (stash, operator) = (1, operator_of(1));
        assert_eq!(
            draw_for(1, &Demands::default(), |request| request.requester = &stash),
            None
        );
        assert_eq!(
            draw_for(1, &Demands::default(), |request| request.requester = &operator),
            None
        );
    });
}

#[test]
fn a_worker_that_missed_the_job_is_not_drawn_for_it_again() {
    TestExt::new().worker(1, 100).worker(2, 200).execute_with(|| {
        let excluded = [operator_of(1)];
        let seat = draw_for(1, &Demands::default(), |request| request.excluded = &excluded).unwrap();
        assert_eq!(seat.stash, 2);
    });
}

#[test]
fn a_paused_worker_is_not_drawn() {
    TestExt::new().worker(1, 100).execute_with(|| {
        assert_ok!(Registry::pause(origin(1)));
        assert_eq!(draw(1), None);
        assert_eq!(
            Registry::failing_clause(&1, &request(&Demands::default())),
            Some(Clause::Paused)
        );
        assert_ok!(Registry::resume(origin(1)));
        assert!(draw(1).is_some());
    });
}

#[test]
fn a_draw_pauses_workers_that_unbonded_their_stake() {
    let chain = (1..=10).fold(TestExt::new(), |chain, stash| chain.worker(stash, 100));
    chain.execute_with(|| {
        (1..=9).for_each(|stash| Ledger::unbond(stash, ThetaBalance::MAX));
        assert_eq!(IndexLen::<Test>::get(), 10);
        draw(1);
        assert!(
            IndexLen::<Test>::get() <= 3,
            "the whole sample but one was without stake"
        );
        assert_eq!(draw(2).unwrap().stash, 10);
        assert_eq!(IndexLen::<Test>::get(), 1);
        System::assert_has_event(Event::PausedForStake { stash: 1 }.into());
        Ledger::bond(1, MINIMUM);
        assert_ok!(Registry::resume(origin(1)));
    });
}

#[test]
fn a_draw_without_a_match_changes_nothing() {
    TestExt::new().worker(1, 100).worker(2, 200).execute_with(|| {
        let cheap = |request: &mut Request| request.price_cap = 99;
        assert_storage_noop!(assert_eq!(draw_for(1, &Demands::default(), cheap), None));
    });
}

#[test]
fn the_reason_is_asked_only_of_workers() {
    TestExt::new().worker(1, 100).execute_with(|| {
        assert_eq!(Registry::failing_clause(&1, &request(&Demands::default())), None);
        assert_eq!(Registry::failing_clause(&7, &request(&Demands::default())), None);
        assert!(!Workers::<Test>::contains_key(7));
    });
}

#[test]
fn a_key_of_32_bytes_is_its_own_commitment_key() {
    // The mock's keys have 8 bytes, so they are hashed; two keys never share their bytes.
    assert_ne!(Registry::key_bytes(&1), Registry::key_bytes(&2));
    assert_eq!(
        Registry::key_bytes(&1),
        frame::hashing::blake2_256(&1u64.to_le_bytes())
    );
}
