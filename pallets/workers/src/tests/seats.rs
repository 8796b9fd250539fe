use crate::{mock::*, Event, Reputation};
use frame::{deps::sp_runtime::FixedU128, testing_prelude::*};
use pallet_support::{SeatEnd, SeatSlash, StakeLedger, WorkerDraw};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// Stake of a worker of [`TestExt::worker`].
const STAKE: ThetaBalance = 1_000 * MINIMUM;

/// A seat with a fee of 1,000, worth 100 THETA, and a bond of 2,000.
fn seated(test: impl FnOnce(Seat)) {
    TestExt::new().worker(1, 1_000).execute_with(|| {
        let seat = draw(1).unwrap();
        assert_eq!((seat.fee, seat.bond), (1_000, 2_000));
        test(seat);
    })
}

fn assert_free() {
    assert_eq!(
        (Registry::worker(1).unwrap().seats_held, Ledger::at_risk(1)),
        (0, 0)
    );
}

#[test]
fn a_success_releases_slot_and_bond() {
    seated(|seat| {
        assert_eq!(
            Registry::end_seat(&seat, &REQUESTER, SeatEnd::Succeeded),
            SeatSlash::default()
        );
        assert_free();
        assert_eq!(Ledger::bonded(&1), STAKE);
        assert_eq!(
            Registry::worker(1).unwrap().reputation,
            Reputation {
                succeeded: 1,
                ..Default::default()
            }
        );
        System::assert_last_event(Event::SeatSucceeded { stash: 1 }.into());
    });
}

#[test]
fn a_missed_commit_burns_a_hundredth_of_the_bond() {
    seated(|seat| {
        let slash = Registry::end_seat(&seat, &REQUESTER, SeatEnd::CommitMissed);
        assert_eq!(
            slash,
            SeatSlash {
                compensated: 0,
                burned: 20
            }
        );
        assert_free();
        assert_eq!((Ledger::bonded(&1), Ledger::received(REQUESTER)), (STAKE - 20, 0));
        assert_eq!(
            Registry::worker(1).unwrap().reputation,
            Reputation {
                commit_missed: 1,
                ..Default::default()
            }
        );
        System::assert_last_event(Event::CommitMissed { stash: 1, burned: 20 }.into());
    });
}

#[test]
fn a_missed_commit_burns_at_least_one_planck_of_any_bond() {
    TestExt::new().worker(1, 1).execute_with(|| {
        let seat = draw(1).unwrap();
        assert_eq!(seat.bond, 2);
        assert_eq!(
            Registry::end_seat(&seat, &REQUESTER, SeatEnd::CommitMissed).burned,
            1
        );
        assert_free();
    });
}

#[test]
fn a_missed_reveal_takes_the_whole_bond_and_makes_the_requester_whole() {
    seated(|seat| {
        let slash = Registry::end_seat(&seat, &REQUESTER, SeatEnd::RevealMissed);
        assert_eq!(
            slash,
            SeatSlash {
                compensated: 100,
                burned: 1_900
            }
        );
        assert_free();
        assert_eq!(
            (Ledger::bonded(&1), Ledger::received(REQUESTER)),
            (STAKE - 2_000, 100)
        );
        assert_eq!(
            Registry::worker(1).unwrap().reputation,
            Reputation {
                reveal_missed: 1,
                ..Default::default()
            }
        );
        System::assert_last_event(
            Event::RevealMissed {
                stash: 1,
                compensated: 100,
                burned: 1_900,
            }
            .into(),
        );
    });
}

#[test]
fn a_rate_that_rose_since_the_draw_takes_no_more_than_the_bond() {
    seated(|seat| {
        Rate::set(&FixedU128::from_u32(1_000_000));
        let slash = Registry::end_seat(&seat, &REQUESTER, SeatEnd::RevealMissed);
        assert_eq!(
            slash,
            SeatSlash {
                compensated: 2_000,
                burned: 0
            }
        );
        assert_free();
    });
}

#[test]
fn a_bond_is_fixed_at_the_draw() {
    seated(|seat| {
        BondFactor::set(&1);
        Rate::set(&FixedU128::from_u32(7));
        Registry::end_seat(&seat, &REQUESTER, SeatEnd::Succeeded);
        assert_free();
    });
}

#[test]
fn a_seat_without_a_bond_ends_like_any_other() {
    BOND_FREE.iter().for_each(|end| {
        TestExt::new().worker(1, 1_000).execute_with(|| {
            BondFactor::set(&0);
            let seat = draw(1).unwrap();
            assert_eq!(seat.bond, 0);
            assert_eq!(Registry::end_seat(&seat, &REQUESTER, *end), SeatSlash::default());
            assert_free();
        })
    });
}

const BOND_FREE: [SeatEnd; 3] = [SeatEnd::Succeeded, SeatEnd::CommitMissed, SeatEnd::RevealMissed];

#[test]
fn a_seat_of_a_paused_worker_ends_like_any_other() {
    seated(|seat| {
        assert_ok!(Registry::pause(origin(1)));
        Registry::end_seat(&seat, &REQUESTER, SeatEnd::Succeeded);
        assert_free();
        assert_ok!(Registry::deregister(origin(1)));
    });
}

#[test]
fn each_seat_ends_alone() {
    seated(|first| {
        let second = draw(2).unwrap();
        Registry::end_seat(&first, &REQUESTER, SeatEnd::RevealMissed);
        assert_eq!(Ledger::at_risk(1), second.bond);
        Registry::end_seat(&second, &REQUESTER, SeatEnd::Succeeded);
        assert_free();
        let reputation = Registry::worker(1).unwrap().reputation;
        assert_eq!(
            reputation,
            Reputation {
                succeeded: 1,
                commit_missed: 0,
                reveal_missed: 1
            }
        );
    });
}

#[test]
#[should_panic(expected = "a seat ended that nobody holds")]
fn a_seat_that_ends_twice_is_a_defect_of_the_caller() {
    seated(|seat| {
        Registry::end_seat(&seat, &REQUESTER, SeatEnd::Succeeded);
        Registry::end_seat(&seat, &REQUESTER, SeatEnd::RevealMissed);
    });
}
