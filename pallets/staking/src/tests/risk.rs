use crate::{mock::*, Chunk, Error, Event, HoldReason, Ledger, Ledgers};
use frame::{
    deps::sp_runtime::Permill,
    testing_prelude::*,
    token::fungible::{hold::Inspect as _, Inspect as _},
};
use pallet_support::{SlashOutcome, SlashShares, StakeLedger};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// What a finder gets of the rest.
const QUARTER: Permill = Permill::from_percent(25);

/// Account 1 with 3,000 bonded of 5,000, account 2 with 100, account 9 with nothing.
fn bonded(test: impl FnOnce()) {
    TestExt::new().endow(1, 5_000).endow(2, 100).execute_with(|| {
        assert_ok!(Staking::bond(origin(1), 3_000));
        test()
    })
}

/// Up to `compensation` to `injured`, and nothing to a finder.
fn to_injured(injured: &AccountId, compensation: ThetaBalance) -> SlashShares<'_, AccountId, ThetaBalance> {
    SlashShares {
        injured,
        compensation,
        finder: None,
        finder_share: QUARTER,
        driver: None,
    }
}

/// Up to `compensation` to `injured`, and a quarter of the rest to `finder`.
fn to_both<'a>(
    injured: &'a AccountId,
    compensation: ThetaBalance,
    finder: &'a AccountId,
) -> SlashShares<'a, AccountId, ThetaBalance> {
    SlashShares {
        finder: Some(finder),
        ..to_injured(injured, compensation)
    }
}

#[test]
fn stake_at_risk_is_bonded_but_not_available() {
    bonded(|| {
        assert_ok!(Staking::lock(&1, 1_200));
        System::assert_last_event(Event::Locked { who: 1, value: 1_200 }.into());
        assert_eq!((Staking::bonded(&1), Staking::available(&1)), (3_000, 1_800));
        Staking::unlock(&1, 1_200);
        System::assert_last_event(Event::Unlocked { who: 1, value: 1_200 }.into());
        assert_eq!((Staking::bonded(&1), Staking::available(&1)), (3_000, 3_000));
    });
}

#[test]
fn no_stake_is_put_at_risk_twice() {
    bonded(|| {
        assert_ok!(Staking::lock(&1, 2_000));
        assert_noop!(Staking::lock(&1, 1_001), Error::<Test>::StakeAtRisk);
        assert_noop!(Staking::lock(&1, 3_001), Error::<Test>::InsufficientStake);
        assert_ok!(Staking::lock(&1, 1_000));
        assert_noop!(Staking::lock(&1, 1), Error::<Test>::StakeAtRisk);
    });
}

#[test]
fn an_account_without_stake_risks_nothing() {
    bonded(|| {
        assert_noop!(Staking::lock(&9, 1), Error::<Test>::NothingBonded);
        assert_storage_noop!(Staking::unlock(&9, 1));
        assert_storage_noop!(assert_eq!(
            Staking::slash(&9, 1, to_injured(&2, 1)),
            SlashOutcome::default()
        ));
        assert_eq!((Staking::bonded(&9), Staking::available(&9)), (0, 0));
    });
}

#[test]
fn a_risk_of_zero_changes_nothing() {
    bonded(|| {
        assert_storage_noop!(assert_ok!(Staking::lock(&1, 0)));
        assert_storage_noop!(assert_ok!(Staking::lock(&9, 0)));
        assert_storage_noop!(Staking::unlock(&1, 0));
        assert_storage_noop!(assert_eq!(
            Staking::slash(&1, 0, to_injured(&2, 0)),
            SlashOutcome::default()
        ));
    });
}

#[test]
fn stake_at_risk_cannot_be_unbonded() {
    bonded(|| {
        assert_ok!(Staking::lock(&1, 2_000));
        assert_noop!(Staking::unbond(origin(1), 1_001), Error::<Test>::StakeAtRisk);
        assert_ok!(Staking::unbond(origin(1), 1_000));
        Staking::unlock(&1, 2_000);
        assert_ok!(Staking::unbond(origin(1), 2_000));
    });
}

#[test]
fn theta_that_waits_for_its_release_is_not_at_risk() {
    bonded(|| {
        assert_ok!(Staking::unbond(origin(1), 3_000));
        assert_noop!(Staking::lock(&1, 1), Error::<Test>::InsufficientStake);
    });
}

#[test]
fn a_slash_compensates_the_injured_first_and_holds_the_rest() {
    bonded(|| {
        assert_ok!(Staking::lock(&1, 1_000));
        assert_eq!(
            Staking::slash(&1, 1_000, to_injured(&2, 300)),
            SlashOutcome {
                compensated: 300,
                rewarded: 0,
                held: 700
            }
        );
        System::assert_last_event(
            Event::Slashed {
                who: 1,
                injured: 2,
                compensated: 300,
                finder: None,
                rewarded: 0,
                held: 700,
                slash: Some(0),
            }
            .into(),
        );
        assert_eq!(Theta::balance(&2), 400);
        assert_eq!((Burned::get(), Theta::total_issuance()), (0, 5_100));
        assert_eq!((Staking::bonded(&1), Staking::available(&1)), (2_000, 2_000));
        assert_eq!(Theta::balance_on_hold(&HoldReason::Stake.into(), &1), 2_700);
        assert_eq!(Theta::balance(&1), 2_000, "free THETA is not touched");
    });
}

#[test]
fn a_finder_gets_its_share_of_what_the_injured_leaves() {
    bonded(|| {
        assert_ok!(Staking::lock(&1, 1_000));
        assert_eq!(
            Staking::slash(&1, 1_000, to_both(&2, 300, &3)),
            SlashOutcome {
                compensated: 300,
                rewarded: 175,
                held: 525
            }
        );
        System::assert_last_event(
            Event::Slashed {
                who: 1,
                injured: 2,
                compensated: 300,
                finder: Some(3),
                rewarded: 175,
                held: 525,
                slash: Some(0),
            }
            .into(),
        );
        assert_eq!((Theta::balance(&2), Theta::balance(&3)), (400, 175));
        assert_eq!(Staking::bonded(&1), 2_000);
    });
}

#[test]
fn a_finder_gets_nothing_before_the_injured_is_whole() {
    bonded(|| {
        assert_ok!(Staking::lock(&1, 1_000));
        assert_eq!(
            Staking::slash(&1, 1_000, to_both(&2, 1_000, &3)),
            SlashOutcome {
                compensated: 1_000,
                rewarded: 0,
                held: 0
            }
        );
        assert_eq!(Theta::balance(&3), 0);
    });
}

#[test]
fn a_finders_share_is_rounded_down_in_favour_of_what_is_held() {
    bonded(|| {
        assert_ok!(Staking::lock(&1, 1_000));
        assert_eq!(
            Staking::slash(&1, 43, to_both(&2, 0, &2)),
            SlashOutcome {
                compensated: 0,
                rewarded: 10,
                held: 33
            }
        );
    });
}

#[test]
fn a_share_that_a_party_cannot_receive_is_held_and_makes_no_other_larger() {
    bonded(|| {
        assert_ok!(Staking::lock(&1, 1_000));
        // The injured party is dead and 9 does not revive it; the finder's quarter is that of the other 991.
        assert_eq!(
            Staking::slash(&1, 1_000, to_both(&8, DEPOSIT - 1, &2)),
            SlashOutcome {
                compensated: 0,
                rewarded: 247,
                held: 753
            }
        );
    });
    bonded(|| {
        assert_ok!(Staking::lock(&1, 1_000));
        // A quarter of 36 does not revive the finder.
        assert_eq!(
            Staking::slash(&1, 136, to_both(&2, 100, &9)),
            SlashOutcome {
                compensated: 100,
                rewarded: 0,
                held: 36
            }
        );
        assert_eq!(Theta::balance(&9), 0);
    });
}

#[test]
fn one_account_may_be_injured_and_finder() {
    bonded(|| {
        assert_ok!(Staking::lock(&1, 1_000));
        assert_eq!(Staking::slash(&1, 1_000, to_both(&9, 200, &9)).held, 600);
        assert_eq!(Theta::balance(&9), 400);
    });
}

#[test]
fn whoever_finds_its_own_fault_loses_the_greatest_part() {
    bonded(|| {
        assert_ok!(Staking::lock(&1, 1_000));
        assert_eq!(
            Staking::slash(&1, 1_000, to_both(&1, 50, &1)),
            SlashOutcome {
                compensated: 50,
                rewarded: 237,
                held: 713
            }
        );
        assert_eq!((Theta::balance(&1), Staking::bonded(&1)), (2_287, 2_000));
    });
}

#[test]
fn compensation_never_exceeds_the_slash_nor_the_slash_the_risk() {
    bonded(|| {
        assert_ok!(Staking::lock(&1, 1_000));
        assert_eq!(
            Staking::slash(&1, 400, to_injured(&2, 9_999)),
            SlashOutcome {
                compensated: 400,
                rewarded: 0,
                held: 0
            }
        );
        assert_eq!(
            Staking::slash(&1, 9_999, to_injured(&2, 0)),
            SlashOutcome {
                compensated: 0,
                rewarded: 0,
                held: 600
            }
        );
        assert_eq!(
            Staking::slash(&1, 9_999, to_injured(&2, 0)),
            SlashOutcome::default()
        );
        assert_eq!(Staking::bonded(&1), 2_000);
    });
}

#[test]
fn a_slash_revives_an_injured_account_without_theta() {
    bonded(|| {
        assert_ok!(Staking::lock(&1, 1_000));
        assert_eq!(
            Staking::slash(&1, 1_000, to_injured(&9, DEPOSIT)),
            SlashOutcome {
                compensated: 10,
                rewarded: 0,
                held: 990
            }
        );
        assert_eq!(Theta::balance(&9), DEPOSIT);
    });
}

#[test]
fn compensation_that_cannot_be_received_is_held() {
    bonded(|| {
        assert_ok!(Staking::lock(&1, 1_000));
        let outcome = Staking::slash(&1, 1_000, to_injured(&9, DEPOSIT - 1));
        assert_eq!(
            outcome,
            SlashOutcome {
                compensated: 0,
                rewarded: 0,
                held: 1_000
            }
        );
        assert_eq!(Theta::balance(&9), 0);
    });
}

#[test]
fn an_owner_may_be_its_own_injured_party() {
    bonded(|| {
        assert_ok!(Staking::lock(&1, 1_000));
        assert_eq!(
            Staking::slash(&1, 1_000, to_injured(&1, 300)),
            SlashOutcome {
                compensated: 300,
                rewarded: 0,
                held: 700
            }
        );
        assert_eq!((Theta::balance(&1), Staking::bonded(&1)), (2_300, 2_000));
    });
}

#[test]
fn a_slash_that_pays_everything_out_forgets_the_ledger() {
    bonded(|| {
        assert_ok!(Staking::lock(&1, 3_000));
        assert_eq!(
            Staking::slash(&1, 3_000, to_injured(&2, 3_000)),
            SlashOutcome {
                compensated: 3_000,
                rewarded: 0,
                held: 0
            }
        );
        assert!(!Ledgers::<Test>::contains_key(1));
        assert_eq!(Theta::total_balance_on_hold(&1), 0);
    });
}

#[test]
fn a_slash_does_not_touch_what_waits_for_its_release() {
    bonded(|| {
        assert_ok!(Staking::unbond(origin(1), 2_000));
        assert_ok!(Staking::lock(&1, 1_000));
        assert_eq!(Staking::slash(&1, 1_000, to_injured(&2, 0)).held, 1_000);
        let waiting = vec![Chunk {
            value: 2_000,
            release_at: 1 + UNBONDING,
        }]
        .try_into()
        .unwrap();
        assert_eq!(
            Ledgers::<Test>::get(1),
            Some(Ledger {
                unbonding: waiting,
                slashes: Ledgers::<Test>::get(1).unwrap().slashes,
                ..Default::default()
            })
        );
        advance(UNBONDING);
        assert_ok!(Staking::withdraw(origin(1)));
        assert_eq!((Theta::balance(&1), Theta::total_balance(&1)), (4_000, 4_000));
    });
}

#[test]
fn a_slashed_owner_below_the_minimum_tops_up_or_leaves() {
    bonded(|| {
        assert_ok!(Staking::lock(&1, 2_500));
        Staking::slash(&1, 2_500, to_injured(&2, 0));
        assert_eq!(Staking::bonded(&1), 500);
        assert_noop!(Staking::bond(origin(1), 499), Error::<Test>::BelowMinimum);
        assert_noop!(Staking::unbond(origin(1), 499), Error::<Test>::BelowMinimum);
        assert_ok!(hypothetically!(Staking::bond(origin(1), 500)));
        assert_ok!(Staking::unbond(origin(1), 500));
    });
}

#[test]
fn dust_that_dies_with_a_slashed_account_is_counted() {
    TestExt::new()
        .endow(1, 5_000)
        .endow(2, 100)
        .fuel(1, 100)
        .execute_with(|| {
            assert_ok!(Staking::bond(origin(1), 4_000));
            assert_ok!(Theta::transfer_allow_death(origin(1), 2, 997));
            assert_eq!(Theta::balance(&1), 3);
            assert_ok!(Staking::lock(&1, 4_000));
            Staking::slash(&1, 4_000, to_injured(&2, 0));
            advance(UNBONDING);
            assert_ok!(Staking::burn_slashed(origin(2), 1));
            assert_eq!((Dust::get(), Burned::get()), (3, 4_003));
        });
}

#[test]
fn an_unlock_ends_no_more_risk_than_there_is() {
    bonded(|| {
        assert_ok!(Staking::lock(&1, 1_000));
        Staking::unlock(&1, ThetaBalance::MAX);
        assert_eq!(Staking::available(&1), 3_000);
    });
}
