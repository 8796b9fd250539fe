use crate::{mock::*, Event, Reputation};
use edgeproof_primitives::Evidence;
use frame::{deps::sp_runtime::FixedU128, testing_prelude::*};
use pallet_support::{SeatEnd, SlashOutcome, StakeLedger, WorkerDraw};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// Stake of a worker of [`TestExt::worker`].
const STAKE: ThetaBalance = 1_000 * MINIMUM;

/// A failure with a fee too small to weigh more.
const A_FAILURE: Evidence = Evidence {
    successes: 0,
    failures: 1,
};

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
            Registry::end_seat(&seat, &REQUESTER, None, SeatEnd::Succeeded),
            SlashOutcome::default()
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
        let slash = Registry::end_seat(&seat, &REQUESTER, None, SeatEnd::CommitMissed);
        assert_eq!(
            slash,
            SlashOutcome {
                compensated: 0,
                rewarded: 0,
                held: 20
            }
        );
        assert_free();
        assert_eq!((Ledger::bonded(&1), Ledger::received(REQUESTER)), (STAKE - 20, 0));
        assert_eq!(
            Registry::worker(1).unwrap().reputation,
            Reputation {
                commit_missed: 1,
                evidence: A_FAILURE,
                ..Default::default()
            }
        );
        System::assert_last_event(Event::CommitMissed { stash: 1, held: 20 }.into());
    });
}

#[test]
fn a_missed_commit_burns_at_least_one_planck_of_any_bond() {
    TestExt::new().worker(1, 1).execute_with(|| {
        let seat = draw(1).unwrap();
        assert_eq!(seat.bond, 2);
        assert_eq!(
            Registry::end_seat(&seat, &REQUESTER, None, SeatEnd::CommitMissed).held,
            1
        );
        assert_free();
    });
}

#[test]
fn a_charge_goes_to_its_payees_in_equal_parts_and_the_seat_goes_on() {
    seated(|mut seat| {
        let payees = [REQUESTER, 77, 78];
        assert_eq!(
            Registry::charge(&mut seat, &payees),
            18,
            "a hundredth, divided by three"
        );
        assert_eq!(seat.bond, 1_982);
        assert_eq!(payees.map(Ledger::received), [6; 3]);
        assert_eq!(Ledger::at_risk(1), 1_982);
        Registry::end_seat(&seat, &REQUESTER, None, SeatEnd::Succeeded);
        assert_free();
        assert_eq!(Ledger::bonded(&1), STAKE - 18);
    });
}

#[test]
fn a_charge_for_nobody_takes_nothing() {
    seated(|mut seat| {
        assert_eq!(Registry::charge(&mut seat, &[]), 0);
        assert_eq!(seat.bond, 2_000);
    });
}

#[test]
fn a_missed_reveal_takes_the_whole_bond_and_makes_the_requester_whole() {
    seated(|seat| {
        let slash = Registry::end_seat(&seat, &REQUESTER, None, SeatEnd::RevealMissed);
        assert_eq!(
            slash,
            SlashOutcome {
                compensated: 100,
                rewarded: 0,
                held: 1_900
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
                evidence: A_FAILURE,
                ..Default::default()
            }
        );
        System::assert_last_event(
            Event::RevealMissed {
                stash: 1,
                compensated: 100,
                held: 1_900,
            }
            .into(),
        );
    });
}

/// Who shows a fault.
const FINDER: AccountId = 888;

#[test]
fn a_refuted_result_takes_the_whole_bond_and_rewards_the_finder_after_the_requester() {
    seated(|seat| {
        let slash = Registry::end_seat(&seat, &REQUESTER, Some(&FINDER), SeatEnd::Refuted);
        assert_eq!(
            slash,
            SlashOutcome {
                compensated: 100,
                rewarded: 475,
                held: 1_425
            }
        );
        assert_free();
        assert_eq!(Ledger::bonded(&1), STAKE - 2_000);
        assert_eq!(
            (Ledger::received(REQUESTER), Ledger::received(FINDER)),
            (100, 475)
        );
        assert_eq!(
            Registry::worker(1).unwrap().reputation,
            Reputation {
                refuted: 1,
                evidence: A_FAILURE,
                ..Default::default()
            }
        );
        System::assert_last_event(
            Event::ResultRefuted {
                stash: 1,
                compensated: 100,
                rewarded: 475,
                held: 1_425,
            }
            .into(),
        );
    });
}

#[test]
fn a_result_refuted_by_nobody_in_particular_burns_the_finders_share() {
    seated(|seat| {
        assert_eq!(
            Registry::end_seat(&seat, &REQUESTER, None, SeatEnd::Refuted),
            SlashOutcome {
                compensated: 100,
                rewarded: 0,
                held: 1_900
            }
        );
        assert_free();
    });
}

#[test]
fn only_a_refuted_result_has_a_finder() {
    for end in ENDS.into_iter().filter(|end| *end != SeatEnd::Refuted) {
        seated(|seat| {
            assert_eq!(
                Registry::end_seat(&seat, &REQUESTER, Some(&FINDER), end).rewarded,
                0
            );
            assert_eq!(Ledger::received(FINDER), 0);
        });
    }
}

#[test]
fn a_released_worker_keeps_its_bond_and_its_reputation() {
    seated(|seat| {
        assert_eq!(
            Registry::end_seat(&seat, &REQUESTER, None, SeatEnd::Released),
            SlashOutcome::default()
        );
        assert_free();
        assert_eq!(Ledger::bonded(&1), STAKE);
        assert_eq!(Registry::worker(1).unwrap().reputation, Reputation::default());
        System::assert_last_event(Event::SeatReleased { stash: 1 }.into());
    });
}

#[test]
fn a_rate_that_changes_after_the_draw_changes_neither_bond_nor_compensation() {
    seated(|seat| {
        assert_eq!((seat.bond, seat.value), (2_000, 100));
        Rate::set(&FixedU128::from_u32(1_000_000));
        let slash = Registry::end_seat(&seat, &REQUESTER, None, SeatEnd::RevealMissed);
        assert_eq!(
            slash,
            SlashOutcome {
                compensated: 100,
                rewarded: 0,
                held: 1_900
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
        Registry::end_seat(&seat, &REQUESTER, None, SeatEnd::Succeeded);
        assert_free();
    });
}

#[test]
fn a_seat_without_a_bond_ends_like_any_other() {
    ENDS.iter().for_each(|end| {
        TestExt::new().worker(1, 1_000).execute_with(|| {
            BondFactor::set(&0);
            let seat = draw(1).unwrap();
            assert_eq!(seat.bond, 0);
            assert_eq!(
                Registry::end_seat(&seat, &REQUESTER, None, *end),
                SlashOutcome::default()
            );
            assert_free();
        })
    });
}

const ENDS: [SeatEnd; 5] = [
    SeatEnd::Succeeded,
    SeatEnd::CommitMissed,
    SeatEnd::RevealMissed,
    SeatEnd::Refuted,
    SeatEnd::Released,
];

#[test]
fn a_seat_of_a_paused_worker_ends_like_any_other() {
    seated(|seat| {
        assert_ok!(Registry::pause(origin(1)));
        Registry::end_seat(&seat, &REQUESTER, None, SeatEnd::Succeeded);
        assert_free();
        assert_ok!(Registry::deregister(origin(1)));
    });
}

#[test]
fn each_seat_ends_alone() {
    seated(|first| {
        let second = draw(2).unwrap();
        Registry::end_seat(&first, &REQUESTER, None, SeatEnd::RevealMissed);
        assert_eq!(Ledger::at_risk(1), second.bond);
        Registry::end_seat(&second, &REQUESTER, None, SeatEnd::Succeeded);
        assert_free();
        let reputation = Registry::worker(1).unwrap().reputation;
        assert_eq!(
            reputation,
            Reputation {
                succeeded: 1,
                reveal_missed: 1,
                evidence: A_FAILURE,
                ..Default::default()
            }
        );
    });
}

#[test]
#[should_panic(expected = "a seat ended that nobody holds")]
fn a_seat_that_ends_twice_is_a_defect_of_the_caller() {
    seated(|seat| {
        Registry::end_seat(&seat, &REQUESTER, None, SeatEnd::Succeeded);
        Registry::end_seat(&seat, &REQUESTER, None, SeatEnd::RevealMissed);
    });
}

#[test]
fn a_slash_names_the_driver_of_the_worker() {
    for end in [SeatEnd::CommitMissed, SeatEnd::RevealMissed, SeatEnd::Refuted] {
        seated(|seat| {
            Registry::end_seat(&seat, &REQUESTER, None, end);
            assert_eq!(Ledger::slashed_driver(), Some(capability().driver));
        });
    }
}
