//! Delegating, taking back and moving on.

use crate::{mock::*, Error, Event, Ledgers, Left, Pools};
use frame::{
    deps::sp_runtime::{Perbill, Permill},
    testing_prelude::*,
    token::fungible::Inspect as _,
};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// Two validators, and a guardian with 10,000 bonded of 20,000.
fn town() -> TestExt {
    TestExt::new()
        .validator(1, 10_000)
        .validator(2, 10_000)
        .endow(5, 20_000)
        .fuel(5, 1_000)
}

fn bonded() {
    assert_ok!(Staking::bond(origin(5), 10_000));
}

#[test]
fn delegated_theta_stays_in_its_owners_account_and_backs_the_validator() {
    town().execute_with(|| {
        bonded();
        assert_ok!(Staking::delegate(origin(5), 1, 4_000));
        let ledger = Ledgers::<Test>::get(5).unwrap();
        assert_eq!((ledger.active, ledger.delegated), (6_000, 4_000));
        assert_eq!(Theta::total_balance(&5), 20_000);
        assert_eq!(Pools::<Test>::get(1).unwrap().fund.backing, 14_000);
        System::assert_last_event(
            Event::Delegated {
                who: 5,
                validator: 1,
                value: 4_000,
            }
            .into(),
        );
    });
}

#[test]
fn all_bonded_theta_can_be_delegated_but_not_nearly_all() {
    town().execute_with(|| {
        bonded();
        assert_noop!(
            Staking::delegate(origin(5), 1, 9_500),
            Error::<Test>::BelowMinimum
        );
        assert_ok!(Staking::delegate(origin(5), 1, 10_000));
    });
}

#[test]
fn bad_delegations_are_refused_with_their_reasons() {
    town().endow(6, 20_000).execute_with(|| {
        bonded();
        let refused = |validator, value, error: Error<Test>| {
            assert_noop!(Staking::delegate(origin(5), validator, value), error);
        };
        refused(5, 1_000, Error::DelegatingToOneself);
        refused(7, 1_000, Error::UnknownValidator);
        refused(1, 0, Error::ZeroValue);
        refused(1, DELEGATION - 1, Error::DelegationTooSmall);
        refused(1, 10_001, Error::InsufficientStake);
        refused(1, ThetaBalance::MAX, Error::InsufficientStake);
        assert_ok!(Staking::chill(origin(2)));
        refused(2, 1_000, Error::ValidatorChilled);
        assert_noop!(
            Staking::delegate(origin(6), 1, 1_000),
            Error::<Test>::InsufficientStake
        );
        assert_noop!(Staking::delegate(RuntimeOrigin::root(), 1, 1_000), BadOrigin);
    });
}

#[test]
fn what_is_at_risk_cannot_be_delegated() {
    town().execute_with(|| {
        use pallet_support::StakeLedger as _;
        bonded();
        assert_ok!(Staking::lock(&5, 8_000));
        assert_noop!(Staking::delegate(origin(5), 1, 3_000), Error::<Test>::StakeAtRisk);
        assert_ok!(Staking::delegate(origin(5), 1, 2_000));
        assert_eq!(Staking::available(&5), 0);
    });
}

#[test]
fn stake_that_was_taken_back_is_free_after_the_unbonding_time_and_not_a_block_earlier() {
    town().execute_with(|| {
        bonded();
        assert_ok!(Staking::delegate(origin(5), 1, 10_000));
        assert_ok!(Staking::undelegate(origin(5), 1, 4_000));
        assert_eq!(Pools::<Test>::get(1).unwrap().fund.backing, 16_000);
        assert_eq!(Theta::balance(&5), 10_000);
        advance(UNBONDING - 1);
        assert_noop!(Staking::withdraw(origin(5)), Error::<Test>::NothingToWithdraw);
        advance(1);
        assert_ok!(Staking::withdraw(origin(5)));
        assert_eq!(Theta::balance(&5), 14_000);
        assert!(Left::<Test>::iter().next().is_none());
        assert_noop!(Staking::withdraw(origin(5)), Error::<Test>::NothingToWithdraw);
    });
}

#[test]
fn what_stays_behind_a_validator_is_nothing_or_the_minimum() {
    town().execute_with(|| {
        bonded();
        assert_ok!(Staking::delegate(origin(5), 1, 1_000));
        let refused = |value, error: Error<Test>| {
            assert_noop!(Staking::undelegate(origin(5), 1, value), error);
        };
        refused(1_000 - DELEGATION + 1, Error::DelegationTooSmall);
        refused(1_001, Error::InsufficientDelegation);
        refused(0, Error::ZeroValue);
        assert_noop!(Staking::undelegate(origin(5), 2, 1), Error::<Test>::NotDelegating);
        assert_ok!(Staking::undelegate(origin(5), 1, 1_000 - DELEGATION));
        assert_ok!(Staking::undelegate(origin(5), 1, DELEGATION));
        assert_eq!(principal(5, 1), 0);
    });
}

#[test]
fn moved_stake_backs_the_new_validator_at_once_and_cannot_leave_it_before_it_is_free_of_the_old_one() {
    town().execute_with(|| {
        bonded();
        assert_ok!(Staking::delegate(origin(5), 1, 5_000));
        assert_ok!(Staking::redelegate(origin(5), 1, 2, 2_000));
        assert_eq!((principal(5, 1), principal(5, 2)), (3_000, 2_000));
        assert_eq!(Pools::<Test>::get(2).unwrap().fund.backing, 12_000);
        assert_noop!(Staking::undelegate(origin(5), 2, 500), Error::<Test>::StillLiable);
        assert_noop!(
            Staking::redelegate(origin(5), 2, 1, 500),
            Error::<Test>::StillLiable
        );
        assert_ok!(Staking::delegate(origin(5), 2, 500));
        assert_ok!(Staking::undelegate(origin(5), 2, 500));
        advance(UNBONDING);
        assert_ok!(Staking::undelegate(origin(5), 2, 2_000));
    });
}

#[test]
fn bad_moves_are_refused_with_their_reasons() {
    town().execute_with(|| {
        bonded();
        assert_ok!(Staking::delegate(origin(5), 1, 5_000));
        let refused = |from, to, value, error: Error<Test>| {
            assert_noop!(Staking::redelegate(origin(5), from, to, value), error);
        };
        refused(1, 1, 1_000, Error::SameValidator);
        refused(1, 5, 1_000, Error::DelegatingToOneself);
        refused(1, 9, 1_000, Error::UnknownValidator);
        refused(2, 1, 1_000, Error::NotDelegating);
        refused(1, 2, 5_001, Error::InsufficientDelegation);
        refused(1, 2, DELEGATION - 1, Error::DelegationTooSmall);
    });
}

#[test]
fn an_account_backs_a_bounded_number_of_validators_and_a_bounded_number_of_exits_wait() {
    let mut chain = TestExt::new().endow(50, 1_000_000);
    for validator in 1..=17 {
        chain = chain.validator(validator, 10_000);
    }
    chain.execute_with(|| {
        assert_ok!(Staking::bond(origin(50), 900_000));
        for validator in 1..=16 {
            assert_ok!(Staking::delegate(origin(50), validator, 1_000));
        }
        assert_noop!(
            Staking::delegate(origin(50), 17, 1_000),
            Error::<Test>::TooManyDelegations
        );
        for _ in 0..32 {
            assert_ok!(Staking::undelegate(origin(50), 1, 1));
        }
        assert_noop!(Staking::undelegate(origin(50), 1, 1), Error::<Test>::TooManyExits);
    });
}

#[test]
fn ten_thousand_guardians_earn_and_lose_without_being_touched() {
    let mut chain = TestExt::new().validator(1, 10_000).endow(5, 20_000);
    for guardian in 100..10_100 {
        chain = chain.endow(guardian, 2_000);
    }
    chain.execute_with(|| {
        bonded();
        for guardian in 100..10_100 {
            assert_ok!(Staking::bond(origin(guardian), 1_500));
            assert_ok!(Staking::delegate(origin(guardian), 1, 1_500));
        }
        assert_eq!(
            Pools::<Test>::get(1).unwrap().fund.backing,
            10_000 + 10_000 * 1_500
        );
        assert_ok!(Staking::delegate(origin(5), 1, 4_000));
        Reward::set(&15_014_000);
        Staking::note_author(&1);
        assert_eq!(Staking::claimable(&100), 1_500);
        assert_eq!(Staking::claimable(&5), 4_000);
        Staking::note_offence(&1, Perbill::from_percent(10), 0);
        next_era();
        assert_eq!(Staking::pending_loss(&5), 400);
        assert_ok!(Staking::settle_losses(origin(5), 100));
        assert_eq!(principal(100, 1), 1_350);
    });
}

#[test]
fn commission_does_not_touch_stake() {
    town().execute_with(|| {
        bonded();
        assert_ok!(Staking::validate(origin(1), 0, Permill::one()));
        assert_ok!(Staking::delegate(origin(5), 1, 4_000));
        assert_eq!(principal(5, 1), 4_000);
    });
}
