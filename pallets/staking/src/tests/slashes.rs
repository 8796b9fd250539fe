//! What becomes of the part of a slash that nobody received.

use crate::{mock::*, Error, Event, HeldSlash, HoldReason, Ledgers, NextSlash, MAX_HELD};
use edgeproof_primitives::Label;
use frame::{
    deps::sp_runtime::Permill,
    prelude::DispatchError,
    testing_prelude::*,
    token::fungible::{hold::Inspect as _, Inspect as _},
};
use pallet_support::{SlashOutcome, SlashShares, StakeLedger};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// Account 1 with 4,000 bonded of 5,000, account 2 with 100.
fn bonded(test: impl FnOnce()) {
    TestExt::new().endow(1, 5_000).endow(2, 100).execute_with(|| {
        assert_ok!(Staking::bond(origin(1), 4_000));
        test()
    })
}

/// Slashes `amount` of account 1, of which account 2 gets up to `compensation`.
fn slash(
    amount: ThetaBalance,
    compensation: ThetaBalance,
    driver: Option<&Label>,
) -> SlashOutcome<ThetaBalance> {
    assert_ok!(Staking::lock(&1, amount));
    Staking::slash(
        &1,
        amount,
        SlashShares {
            injured: &2,
            compensation,
            finder: None,
            finder_share: Permill::zero(),
            driver,
        },
    )
}

fn slashes() -> Vec<HeldSlash<ThetaBalance>> {
    Ledgers::<Test>::get(1).unwrap_or_default().slashes.into_inner()
}

fn on_hold() -> ThetaBalance {
    Theta::balance_on_hold(&HoldReason::Stake.into(), &1)
}

fn give_back(slash: u64, percent: u32) -> DispatchResult {
    Staking::return_slash(RuntimeOrigin::root(), 1, slash, Permill::from_percent(percent))
}

#[test]
fn what_is_held_of_a_slash_is_burned_after_the_unbonding_time_and_not_before() {
    bonded(|| {
        slash(1_000, 100, None);
        assert_eq!(
            slashes(),
            [HeldSlash {
                id: 0,
                slashed: 1_000,
                held: 900,
                returned: 0,
                driver: None,
                burn_at: 1 + UNBONDING,
            }]
        );
        advance(UNBONDING - 1);
        assert_noop!(Staking::burn_slashed(origin(2), 1), Error::<Test>::NothingToBurn);
        assert_eq!((Burned::get(), on_hold()), (0, 3_900));

        advance(1);
        let paid = Staking::burn_slashed(origin(2), 1).unwrap();
        assert_eq!(paid.pays_fee, Pays::No);
        System::assert_last_event(Event::SlashBurned { who: 1, value: 900 }.into());
        assert_eq!((Burned::get(), on_hold()), (900, 3_000));
        assert_eq!(Theta::total_issuance(), 4_200);
        assert_noop!(Staking::burn_slashed(origin(2), 1), Error::<Test>::NothingToBurn);
    });
}

#[test]
fn an_account_without_a_ledger_has_nothing_to_burn_or_return() {
    bonded(|| {
        assert_noop!(Staking::burn_slashed(origin(1), 9), Error::<Test>::NothingToBurn);
        assert_noop!(
            Staking::return_slash(RuntimeOrigin::root(), 9, 0, Permill::one()),
            Error::<Test>::NoSuchSlash
        );
        assert_noop!(
            Staking::burn_slashed(RuntimeOrigin::none(), 1),
            DispatchError::BadOrigin
        );
    });
}

#[test]
fn what_is_held_is_no_stake_of_anybody() {
    bonded(|| {
        assert_ok!(Staking::unbond(origin(1), 500));
        slash(2_500, 0, None);
        assert_eq!((Staking::bonded(&1), Staking::available(&1)), (1_000, 1_000));
        assert_noop!(Staking::lock(&1, 1_001), Error::<Test>::InsufficientStake);
        assert_noop!(
            Staking::unbond(origin(1), 1_001),
            Error::<Test>::InsufficientStake
        );
        assert_noop!(
            Staking::rebond(origin(1), 501),
            Error::<Test>::InsufficientUnbonding
        );
        advance(UNBONDING);
        assert_ok!(Staking::withdraw(origin(1)));
        assert_eq!(Theta::balance(&1), 1_500, "the chunk and nothing else");
        assert_eq!(Burned::get(), 2_500);
    });
}

#[test]
fn a_second_slash_does_not_reach_what_is_held_of_the_first() {
    bonded(|| {
        slash(3_000, 0, None);
        slash(1_000, 0, None);
        assert_eq!(Staking::bonded(&1), 0);
        assert_eq!(
            Staking::slash(
                &1,
                1,
                SlashShares {
                    injured: &2,
                    compensation: 1,
                    finder: None,
                    finder_share: Permill::zero(),
                    driver: None
                }
            ),
            SlashOutcome::default()
        );
        assert_eq!(on_hold(), 4_000);
    });
}

#[test]
fn whatever_the_owner_does_burns_what_is_due() {
    type Touch = fn() -> DispatchResult;
    let touches: [Touch; 5] = [
        || Staking::bond(origin(1), 500),
        || Staking::unbond(origin(1), 500),
        || Staking::rebond(origin(1), 100),
        || Staking::withdraw(origin(1)),
        || {
            slash(1_000, 1_000, None);
            Ok(())
        },
    ];
    for touch in touches {
        bonded(|| {
            slash(1_000, 0, None);
            assert_ok!(Staking::unbond(origin(1), 500));
            advance(UNBONDING - 1);
            assert_ok!(hypothetically!({
                advance(1);
                touch()
            }));
            // A younger one stays.
            slash(500, 0, None);
            advance(1);
            assert_ok!(touch());
            assert_eq!((Burned::get(), slashes().len()), (1_000, 1));
        });
    }
}

#[test]
fn a_ledger_with_nothing_but_a_slash_is_forgotten_when_that_is_burned() {
    bonded(|| {
        slash(4_000, 0, None);
        assert!(Ledgers::<Test>::contains_key(1));
        advance(UNBONDING);
        assert_ok!(Staking::burn_slashed(origin(1), 1));
        assert!(!Ledgers::<Test>::contains_key(1));
        assert_eq!(Theta::total_balance_on_hold(&1), 0);
    });
}

#[test]
fn a_shorter_unbonding_time_does_not_move_what_is_held() {
    bonded(|| {
        slash(1_000, 0, None);
        UnbondingTime::set(&2);
        slash(500, 0, None);
        advance(2);
        assert_ok!(Staking::burn_slashed(origin(1), 1));
        assert_eq!(Burned::get(), 500);
    });
}

#[test]
fn governance_returns_up_to_nine_tenths_for_a_listed_driver() {
    bonded(|| {
        let bad = driver("bad");
        slash(1_000, 0, Some(&bad));
        assert_noop!(give_back(0, 90), Error::<Test>::DriverNotListed);
        list(&bad);
        assert_ok!(give_back(0, 50));
        System::assert_last_event(
            Event::SlashReturned {
                who: 1,
                slash: 0,
                value: 500,
                active: 3_500,
            }
            .into(),
        );
        assert_noop!(give_back(0, 50), Error::<Test>::NothingToReturn);
        assert_ok!(give_back(0, 100));
        assert_eq!((Staking::bonded(&1), on_hold()), (3_900, 4_000));
        assert_noop!(give_back(0, 100), Error::<Test>::NothingToReturn);

        advance(UNBONDING);
        assert_ok!(Staking::burn_slashed(origin(1), 1));
        assert_eq!((Burned::get(), on_hold()), (100, 3_900));
    });
}

#[test]
fn no_more_is_returned_than_the_parties_left() {
    bonded(|| {
        let bad = driver("bad");
        list(&bad);
        slash(1_000, 700, Some(&bad));
        assert_ok!(give_back(0, 90));
        assert_eq!((Staking::bonded(&1), slashes()), (3_300, vec![]));
        assert_noop!(give_back(0, 90), Error::<Test>::NoSuchSlash);
    });
}

#[test]
fn what_is_returned_is_bonded_even_below_the_minimum() {
    bonded(|| {
        let bad = driver("bad");
        list(&bad);
        slash(4_000, 3_500, Some(&bad));
        assert_ok!(give_back(0, 90));
        assert_eq!((Staking::bonded(&1), Staking::available(&1)), (500, 500));
        assert_ok!(Staking::unbond(origin(1), 500));
    });
}

#[test]
fn nothing_is_returned_without_a_listed_driver() {
    bonded(|| {
        let (bad, good) = (driver("bad"), driver("good"));
        slash(1_000, 0, None);
        slash(1_000, 0, Some(&good));
        list(&bad);
        assert_noop!(give_back(0, 90), Error::<Test>::DriverNotListed);
        assert_noop!(give_back(1, 90), Error::<Test>::DriverNotListed);
        list(&good);
        delist(&good);
        assert_noop!(give_back(1, 90), Error::<Test>::DriverNotListed);
    });
}

#[test]
fn nothing_is_returned_once_it_is_due() {
    bonded(|| {
        let bad = driver("bad");
        list(&bad);
        slash(1_000, 0, Some(&bad));
        advance(UNBONDING - 1);
        assert_ok!(hypothetically!(give_back(0, 90)));
        advance(1);
        assert_noop!(give_back(0, 90), Error::<Test>::NoSuchSlash);
        assert_noop!(give_back(1, 90), Error::<Test>::NoSuchSlash);
    });
}

#[test]
fn only_governance_returns_slashes() {
    bonded(|| {
        let bad = driver("bad");
        list(&bad);
        slash(1_000, 0, Some(&bad));
        assert_noop!(
            Staking::return_slash(origin(1), 1, 0, Permill::one()),
            DispatchError::BadOrigin
        );
    });
}

/// A full list: the last slash is one with a good driver, all others with a bad one.
fn full() {
    let (bad, good) = (driver("bad"), driver("good"));
    for _ in 1..MAX_HELD {
        slash(100, 0, Some(&bad));
        advance(1);
    }
    slash(100, 0, Some(&good));
    advance(1);
    assert_eq!(slashes().len(), MAX_HELD as usize);
}

#[test]
fn a_slash_that_finds_no_room_waits_with_the_youngest_of_its_driver() {
    bonded(|| {
        full();
        let youngest = u64::from(MAX_HELD) - 2;
        slash(300, 0, Some(&driver("bad")));
        let joined = slashes()[youngest as usize].clone();
        assert_eq!((joined.id, joined.slashed, joined.held), (youngest, 400, 400));
        assert_eq!(joined.burn_at, 1 + MAX_HELD + UNBONDING);
        assert_eq!(slashes().len(), MAX_HELD as usize);
        list(&driver("bad"));
        assert_ok!(give_back(youngest, 90));
        assert_eq!(slashes()[youngest as usize].held, 40);
    });
}

#[test]
fn a_slash_that_finds_neither_room_nor_its_driver_waits_with_the_youngest_and_is_not_returned() {
    bonded(|| {
        full();
        let youngest = u64::from(MAX_HELD) - 1;
        slash(300, 0, None);
        let joined = slashes()[youngest as usize].clone();
        assert_eq!((joined.id, joined.slashed, joined.held), (youngest, 100, 400));
        list(&driver("good"));
        assert_ok!(give_back(youngest, 90));
        assert_eq!(slashes()[youngest as usize].held, 310);
        assert_noop!(give_back(youngest, 90), Error::<Test>::NothingToReturn);
    });
}

#[test]
fn the_number_of_the_slash_that_is_held_is_told() {
    bonded(|| {
        full();
        NextSlash::<Test>::put(77);
        slash(300, 0, Some(&driver("good")));
        System::assert_last_event(
            Event::Slashed {
                who: 1,
                injured: 2,
                compensated: 0,
                finder: None,
                rewarded: 0,
                held: 300,
                slash: Some(u64::from(MAX_HELD) - 1),
            }
            .into(),
        );
        slash(100, 100, None);
        assert_eq!(NextSlash::<Test>::get(), 78, "nothing held, no number");
    });
}
