use crate::{mock::*, Chunk, Error, Event, HoldReason, Ledgers, MAX_UNBONDING};
use frame::{
    testing_prelude::*,
    token::fungible::{hold::Inspect as _, Inspect as _},
};
use pallet_support::StakeLedger;
use polkadot_sdk::polkadot_sdk_frame as frame;

#[test]
fn unbonded_theta_is_free_after_the_unbonding_time_and_not_before() {
    TestExt::new().endow(1, 5_000).execute_with(|| {
        assert_ok!(Staking::bond(origin(1), 3_000));
        assert_ok!(Staking::unbond(origin(1), 500));
        System::assert_last_event(
            Event::Unbonded {
                who: 1,
                value: 500,
                release_at: 1 + UNBONDING,
            }
            .into(),
        );
        assert_eq!(Staking::bonded(&1), 2_500);
        assert_eq!(Theta::balance_on_hold(&HoldReason::Stake.into(), &1), 3_000);

        advance(UNBONDING - 1);
        assert_noop!(Staking::withdraw(origin(1)), Error::<Test>::NothingToWithdraw);
        advance(1);
        assert_ok!(Staking::withdraw(origin(1)));
        System::assert_last_event(Event::Withdrawn { who: 1, value: 500 }.into());
        assert_eq!(Theta::balance(&1), 2_500);
        assert_noop!(Staking::withdraw(origin(1)), Error::<Test>::NothingToWithdraw);
    });
}

#[test]
fn a_withdrawal_takes_only_what_has_come_due() {
    TestExt::new().endow(1, 5_000).execute_with(|| {
        assert_ok!(Staking::bond(origin(1), 3_000));
        assert_ok!(Staking::unbond(origin(1), 500));
        advance(5);
        assert_ok!(Staking::unbond(origin(1), 700));
        advance(UNBONDING - 5);
        assert_ok!(Staking::withdraw(origin(1)));
        assert_eq!(Theta::balance(&1), 2_500);
        let waiting = Ledgers::<Test>::get(1).unwrap().unbonding.into_inner();
        assert_eq!(
            waiting,
            [Chunk {
                value: 700,
                release_at: 1 + 5 + UNBONDING
            }]
        );
    });
}

#[test]
fn a_shorter_unbonding_time_does_not_move_what_already_waits() {
    TestExt::new().endow(1, 5_000).execute_with(|| {
        assert_ok!(Staking::bond(origin(1), 3_000));
        assert_ok!(Staking::unbond(origin(1), 500));
        UnbondingTime::set(&2);
        assert_ok!(Staking::unbond(origin(1), 700));
        advance(2);
        assert_ok!(Staking::withdraw(origin(1)));
        assert_eq!(Theta::balance(&1), 2_700);
        advance(UNBONDING);
        assert_ok!(Staking::withdraw(origin(1)));
        assert_eq!(Theta::balance(&1), 3_200);
    });
}

#[test]
fn what_stays_bonded_is_nothing_or_the_minimum() {
    TestExt::new().endow(1, 5_000).execute_with(|| {
        assert_ok!(Staking::bond(origin(1), 1_500));
        assert_noop!(Staking::unbond(origin(1), 501), Error::<Test>::BelowMinimum);
        assert_noop!(Staking::unbond(origin(1), 1_499), Error::<Test>::BelowMinimum);
        assert_ok!(Staking::unbond(origin(1), 500));
        assert_ok!(Staking::unbond(origin(1), 1_000));
        assert_eq!(Staking::bonded(&1), 0);
    });
}

#[test]
fn what_is_not_there_cannot_be_unbonded() {
    TestExt::new().endow(1, 5_000).execute_with(|| {
        assert_noop!(Staking::unbond(origin(1), 1), Error::<Test>::NothingBonded);
        assert_noop!(Staking::withdraw(origin(1)), Error::<Test>::NothingBonded);
        assert_noop!(Staking::rebond(origin(1), 1), Error::<Test>::NothingBonded);
        assert_ok!(Staking::bond(origin(1), 1_500));
        assert_noop!(Staking::unbond(origin(1), 0), Error::<Test>::ZeroValue);
        assert_noop!(
            Staking::unbond(origin(1), 1_501),
            Error::<Test>::InsufficientStake
        );
        assert_noop!(
            Staking::unbond(origin(1), ThetaBalance::MAX),
            Error::<Test>::InsufficientStake
        );
        assert_noop!(Staking::withdraw(origin(1)), Error::<Test>::NothingToWithdraw);
    });
}

#[test]
fn amounts_unbonded_in_one_block_wait_together() {
    TestExt::new().endow(1, 5_000).execute_with(|| {
        assert_ok!(Staking::bond(origin(1), 3_000));
        assert_ok!(Staking::unbond(origin(1), 5));
        assert_ok!(Staking::unbond(origin(1), 7));
        let waiting = Ledgers::<Test>::get(1).unwrap().unbonding.into_inner();
        assert_eq!(
            waiting,
            [Chunk {
                value: 12,
                release_at: 1 + UNBONDING
            }]
        );
    });
}

#[test]
fn a_bounded_number_of_amounts_waits() {
    TestExt::new().endow(1, 5_000).execute_with(|| {
        UnbondingTime::set(&100);
        assert_ok!(Staking::bond(origin(1), 3_000));
        for _ in 0..MAX_UNBONDING {
            assert_ok!(Staking::unbond(origin(1), 1));
            advance(1);
        }
        assert_noop!(Staking::unbond(origin(1), 1), Error::<Test>::TooManyChunks);
        advance(100);
        assert_ok!(Staking::withdraw(origin(1)));
        assert_ok!(Staking::unbond(origin(1), 1));
    });
}

#[test]
fn the_youngest_waiting_theta_is_rebonded_first() {
    TestExt::new().endow(1, 5_000).execute_with(|| {
        assert_ok!(Staking::bond(origin(1), 3_000));
        assert_ok!(Staking::unbond(origin(1), 500));
        advance(5);
        assert_ok!(Staking::unbond(origin(1), 700));
        assert_ok!(Staking::rebond(origin(1), 800));
        System::assert_last_event(
            Event::Rebonded {
                who: 1,
                value: 800,
                active: 2_600,
            }
            .into(),
        );
        let waiting = Ledgers::<Test>::get(1).unwrap().unbonding.into_inner();
        assert_eq!(
            waiting,
            [Chunk {
                value: 400,
                release_at: 1 + UNBONDING
            }]
        );
    });
}

#[test]
fn a_rebond_is_held_to_the_rules_of_a_bond() {
    TestExt::new().endow(1, 5_000).execute_with(|| {
        assert_ok!(Staking::bond(origin(1), MINIMUM));
        assert_ok!(Staking::unbond(origin(1), MINIMUM));
        assert_noop!(Staking::rebond(origin(1), 0), Error::<Test>::ZeroValue);
        assert_noop!(
            Staking::rebond(origin(1), MINIMUM + 1),
            Error::<Test>::InsufficientUnbonding
        );
        assert_noop!(
            Staking::rebond(origin(1), MINIMUM - 1),
            Error::<Test>::BelowMinimum
        );
        assert_ok!(Staking::rebond(origin(1), MINIMUM));
        assert_eq!(Staking::bonded(&1), MINIMUM);
    });
}

#[test]
fn a_withdrawal_that_cannot_be_paid_out_loses_nothing() {
    TestExt::new()
        .endow(1, 5_000)
        .endow(2, 100)
        .fuel(1, 100)
        .execute_with(|| {
            assert_ok!(Staking::bond(origin(1), 4_000));
            assert_ok!(Staking::unbond(origin(1), DEPOSIT - 1));
            assert_ok!(Theta::transfer_allow_death(origin(1), 2, 1_000));
            assert_eq!(Theta::balance(&1), 0);
            advance(UNBONDING);
            // Less than the existential deposit has no place in an account without free THETA.
            assert_noop!(Staking::withdraw(origin(1)), TokenError::CannotCreate);
            assert_ok!(Theta::transfer_allow_death(origin(2), 1, DEPOSIT));
            assert_ok!(Staking::withdraw(origin(1)));
            assert_eq!(Theta::balance(&1), 2 * DEPOSIT - 1);
        });
}
