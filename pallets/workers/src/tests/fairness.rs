//! Over many seeds, equal workers are drawn equally often. Seeds count up, so a failure repeats.

use crate::mock::*;
use frame::testing_prelude::*;
use pallet_support::{FirstSeat, SeatEnd, WorkerDraw};
use polkadot_sdk::polkadot_sdk_frame as frame;
use std::collections::BTreeMap;

/// How often each of the workers is drawn in `rounds` draws, each seat ending before the next draw.
fn wins(chain: TestExt, rounds: u64) -> BTreeMap<AccountId, u32> {
    chain.execute_with(|| {
        let mut wins = BTreeMap::new();
        for seed in 0..rounds {
            let seat = draw(seed).unwrap();
            *wins.entry(seat.stash).or_default() += 1;
            Registry::end_seat(&seat, &REQUESTER, None, SeatEnd::Succeeded);
            System::reset_events();
        }
        wins
    })
}

fn equal_workers(count: u64) -> TestExt {
    (1..=count).fold(TestExt::new(), |chain, stash| chain.worker(stash, 100))
}

#[test]
fn equal_workers_are_drawn_equally_often() {
    for count in [2, 5, 8, 9, 25] {
        let wins = wins(equal_workers(count), 400 * count);
        assert_eq!(wins.len() as u64, count);
        // 400 expected, deviation below 20: five of them.
        assert!(
            wins.values().all(|wins| wins.abs_diff(400) < 100),
            "{count}: {wins:?}"
        );
    }
}

#[test]
fn a_newcomer_is_drawn_as_often_as_the_others() {
    let chain = equal_workers(20);
    let mut ext = chain.build();
    ext.execute_with(|| {
        // Leaving and coming back changes places in the index, not chances.
        for stash in [3, 7, 20, 1] {
            assert_ok!(Registry::pause(origin(stash)));
        }
        for stash in [1, 20, 7, 3] {
            assert_ok!(Registry::resume(origin(stash)));
        }
        let mut wins: BTreeMap<AccountId, u32> = BTreeMap::new();
        for seed in 0..8_000 {
            let seat = draw(seed).unwrap();
            *wins.entry(seat.stash).or_default() += 1;
            Registry::end_seat(&seat, &REQUESTER, None, SeatEnd::Succeeded);
            System::reset_events();
        }
        assert!(wins.values().all(|wins| wins.abs_diff(400) < 100), "{wins:?}");
    });
}

#[test]
fn a_lower_ask_wins_more_but_not_everything() {
    // One of 40 asks less: it wins whenever it is sampled, with chance 8/40.
    let wins = wins(equal_workers(39).worker(40, 99), 4_000);
    let cheapest = wins[&40];
    // 800 expected, deviation below 26: five of them.
    assert!(cheapest.abs_diff(800) < 130, "{cheapest}");
    assert_eq!(wins.len(), 40);
}

/// For each seat of a draw, how often each of the workers got it in `rounds` draws.
fn wins_of_each_seat(
    chain: TestExt,
    rounds: u64,
    seats: u32,
    first: FirstSeat,
) -> Vec<BTreeMap<AccountId, u32>> {
    chain.execute_with(|| {
        let mut wins = vec![BTreeMap::new(); seats as usize];
        for seed in 0..rounds {
            let drawn = draw_seats(seed, seats, first);
            assert_eq!(drawn.len(), seats as usize);
            for (wins, seat) in wins.iter_mut().zip(&drawn) {
                *wins.entry(seat.stash).or_default() += 1;
                Registry::end_seat(seat, &REQUESTER, None, SeatEnd::Released);
            }
            System::reset_events();
        }
        wins
    })
}

#[test]
fn every_seat_goes_to_equal_workers_equally_often() {
    for first in [FirstSeat::Cheapest, FirstSeat::Anyone] {
        for (count, seats) in [(3, 3), (8, 4), (20, 8)] {
            for wins in wins_of_each_seat(equal_workers(count), 400 * count, seats, first) {
                assert_eq!(wins.len() as u64, count);
                assert!(
                    wins.values().all(|wins| wins.abs_diff(400) < 100),
                    "{first:?}, {count}: {wins:?}"
                );
            }
        }
    }
}

#[test]
fn only_the_first_seat_is_won_by_price() {
    // Workers 1 and 2 ask half of what the six others ask.
    let chain = |low: FuelBalance| {
        (1..=8).fold(TestExt::new(), |chain, stash| {
            chain.worker(stash, if stash <= 2 { low } else { 100 })
        })
    };
    let wins = wins_of_each_seat(chain(50), 3_500, 3, FirstSeat::Cheapest);
    // Half of 3,500, deviation below 30.
    assert_eq!(wins[0].keys().copied().collect::<Vec<_>>(), [1, 2]);
    assert!(wins[0][&1].abs_diff(1_750) < 150, "{wins:?}");
    for wins in &wins[1..] {
        // The other of the two has the chance of any of the seven that are left: 1/2 * 1/7 for each of the two.
        assert!(
            wins[&1].abs_diff(250) < 80 && wins[&2].abs_diff(250) < 80,
            "{wins:?}"
        );
        assert!((3..=8).all(|stash| wins[&stash].abs_diff(500) < 110), "{wins:?}");
    }
}

#[test]
fn no_price_wins_the_seat_of_an_auditor() {
    let chain = (1..=8).fold(TestExt::new(), |chain, stash| chain.worker(stash, stash.into()));
    for wins in wins_of_each_seat(chain, 3_200, 2, FirstSeat::Anyone) {
        assert!(wins.values().all(|wins| wins.abs_diff(400) < 100), "{wins:?}");
    }
}
