use crate::{mock::*, Clause, Event, IndexLen, Workers, SAMPLE};
use edgeproof_primitives::Demands;
use frame::testing_prelude::*;
use pallet_support::{FirstSeat, WorkerDraw};
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
                bond: 200,
                value: 10
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
            failing_clause(1, &request(&Demands::default())),
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

fn workers(count: u64) -> TestExt {
    (1..=count).fold(TestExt::new(), |chain, stash| {
        chain.worker(stash, 10 * u128::from(stash))
    })
}

#[test]
fn each_seat_of_a_draw_goes_to_another_worker_at_its_own_ask() {
    workers(8).execute_with(|| {
        for first in [FirstSeat::Cheapest, FirstSeat::Anyone] {
            let seats = draw_seats(1, 8, first);
            let stashes: BTreeSet<_> = seats.iter().map(|seat| seat.stash).collect();
            assert_eq!(stashes, (1..=8).collect());
            for seat in seats {
                let fee = 10 * u128::from(seat.stash);
                assert_eq!((seat.fee, seat.bond), (fee, 2 * fee as u64));
                assert_eq!(seat.operator, operator_of(seat.stash));
            }
        }
        (1..=8).for_each(|stash| {
            assert_eq!(Registry::worker(stash).unwrap().seats_held, 2);
            assert_eq!(Ledger::at_risk(stash), 40 * stash);
        });
    });
}

#[test]
fn the_first_seat_goes_to_the_cheapest_and_the_others_to_anyone() {
    workers(8).execute_with(|| {
        let mut others = BTreeSet::new();
        for seed in 0..4 {
            let seats = draw_seats(seed, 3, FirstSeat::Cheapest);
            assert_eq!(seats[0].stash, 1);
            others.extend(seats[1..].iter().map(|seat| seat.stash));
        }
        assert!(others.len() > 3, "not always the next in price: {others:?}");
    });
}

#[test]
fn an_auditor_is_not_chosen_by_price() {
    workers(8).execute_with(|| {
        let drawn: BTreeSet<_> = (0..16)
            .map(|seed| draw_seats(seed, 1, FirstSeat::Anyone)[0].stash)
            .collect();
        assert!(drawn.len() > 4, "{drawn:?}");
    });
}

#[test]
fn all_seats_are_filled_or_none() {
    workers(5).execute_with(|| {
        for first in [FirstSeat::Cheapest, FirstSeat::Anyone] {
            assert_storage_noop!(assert_eq!(draw_seats(1, 6, first), []));
        }
        assert_eq!(draw_seats(1, 5, FirstSeat::Cheapest).len(), 5);
    });
}

#[test]
fn no_more_seats_are_filled_than_a_sample_has_workers() {
    workers(20).execute_with(|| {
        assert_storage_noop!(assert_eq!(draw_seats(1, SAMPLE + 1, FirstSeat::Cheapest), []));
        assert_storage_noop!(assert_eq!(draw_seats(1, u32::MAX, FirstSeat::Anyone), []));
        assert_eq!(draw_seats(1, SAMPLE, FirstSeat::Cheapest).len(), 8);
    });
}

#[test]
fn a_draw_of_no_seats_changes_nothing() {
    workers(3).execute_with(|| {
        assert_storage_noop!(assert_eq!(draw_seats(1, 0, FirstSeat::Cheapest), []));
    });
}

#[test]
fn a_bond_that_the_ledger_refuses_gives_all_seats_back() {
    workers(8).execute_with(|| {
        Ledger::refuse(5);
        assert_storage_noop!(assert_eq!(draw_seats(1, 8, FirstSeat::Cheapest), []));
    });
}

#[test]
fn nobody_is_drawn_from_an_index_with_too_few_workers() {
    workers(5).execute_with(|| {
        let demands = Demands::default();
        let from_at_least = |least_workers| {
            let request = Request {
                least_workers,
                seats: 2,
                ..request(&demands)
            };
            Registry::draw(spread(1), &request)
        };
        assert_storage_noop!(assert_eq!(from_at_least(6), []));
        assert_eq!(from_at_least(5).len(), 2);
        assert_ok!(Registry::pause(origin(5)));
        assert_storage_noop!(assert_eq!(from_at_least(5), []));
    });
}

#[test]
fn excluded_workers_fill_no_seat() {
    workers(8).execute_with(|| {
        let demands = Demands::default();
        let excluded: Vec<_> = (1..=5).map(operator_of).collect();
        for seed in 0..4 {
            let request = Request {
                excluded: &excluded,
                requester: &6,
                seats: 2,
                ..request(&demands)
            };
            let drawn = Registry::draw(spread(seed), &request);
            let stashes: BTreeSet<_> = drawn.into_iter().map(|seat| seat.stash).collect();
            assert_eq!(stashes, BTreeSet::from([7, 8]));
        }
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
                bond: 100,
                value: 5
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
            failing_clause(1, &request(&Demands::default())),
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
        assert_eq!(failing_clause(1, &request(&Demands::default())), None);
        assert_eq!(failing_clause(7, &request(&Demands::default())), None);
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
