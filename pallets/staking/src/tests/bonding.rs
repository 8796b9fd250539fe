use crate::{mock::*, Call, Error, Event, HoldReason, Ledgers};
use frame::{
    deps::frame_support::dispatch::CheckIfFeeless,
    prelude::DispatchError,
    testing_prelude::*,
    token::fungible::{hold::Inspect as _, Inspect as _},
};
use pallet_support::StakeLedger;
use polkadot_sdk::polkadot_sdk_frame as frame;
use proptest::prelude::{any, prop_assert, proptest, ProptestConfig};

fn is_feeless(who: AccountId, value: ThetaBalance) -> bool {
    Call::<Test>::bond { value }.is_feeless(&origin(who))
}

#[test]
fn bonded_theta_stays_in_its_owners_account() {
    TestExt::new().endow(1, 5_000).execute_with(|| {
        assert_ok!(Staking::bond(origin(1), 2_000));
        assert_eq!(Theta::balance_on_hold(&HoldReason::Stake.into(), &1), 2_000);
        assert_eq!(Theta::balance(&1), 3_000);
        assert_eq!(Theta::total_balance(&1), 5_000);
        assert_eq!((Staking::bonded(&1), Staking::available(&1)), (2_000, 2_000));
        System::assert_last_event(
            Event::Bonded {
                who: 1,
                value: 2_000,
                active: 2_000,
            }
            .into(),
        );
    });
}

#[test]
fn a_bond_grows_by_any_amount() {
    TestExt::new().endow(1, 5_000).execute_with(|| {
        assert_ok!(Staking::bond(origin(1), MINIMUM));
        assert_ok!(Staking::bond(origin(1), 1));
        assert_eq!(Staking::bonded(&1), MINIMUM + 1);
        System::assert_last_event(
            Event::Bonded {
                who: 1,
                value: 1,
                active: MINIMUM + 1,
            }
            .into(),
        );
    });
}

#[test]
fn zero_cannot_be_bonded() {
    TestExt::new().endow(1, 5_000).execute_with(|| {
        assert_noop!(Staking::bond(origin(1), 0), Error::<Test>::ZeroValue);
    });
}

#[test]
fn less_than_the_minimum_cannot_be_bonded() {
    TestExt::new().endow(1, 5_000).execute_with(|| {
        assert_noop!(Staking::bond(origin(1), MINIMUM - 1), Error::<Test>::BelowMinimum);
        assert_ok!(Staking::bond(origin(1), MINIMUM));
    });
}

#[test]
fn the_existential_deposit_cannot_be_bonded() {
    TestExt::new().endow(1, 5_000).fuel(1, 100).execute_with(|| {
        assert_noop!(
            Staking::bond(origin(1), 5_000 - DEPOSIT + 1),
            Error::<Test>::InsufficientBalance
        );
        assert_noop!(
            Staking::bond(origin(1), ThetaBalance::MAX),
            Error::<Test>::InsufficientBalance
        );
        assert_ok!(Staking::bond(origin(1), 5_000 - DEPOSIT));
        assert_noop!(Staking::bond(origin(1), 1), Error::<Test>::InsufficientBalance);
        assert_noop!(
            Staking::bond(origin(1), ThetaBalance::MAX),
            Error::<Test>::InsufficientBalance
        );
    });
}

#[test]
fn an_account_without_theta_cannot_bond() {
    TestExt::new().fuel(1, 100).execute_with(|| {
        assert_noop!(
            Staking::bond(origin(1), MINIMUM),
            Error::<Test>::InsufficientBalance
        );
        assert_noop!(
            Staking::bond(origin(2), MINIMUM),
            Error::<Test>::InsufficientBalance
        );
    });
}

#[test]
fn only_accounts_have_stake() {
    TestExt::new().execute_with(|| {
        for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
            assert_noop!(Staking::bond(origin.clone(), MINIMUM), DispatchError::BadOrigin);
            assert_noop!(Staking::unbond(origin.clone(), MINIMUM), DispatchError::BadOrigin);
            assert_noop!(Staking::rebond(origin.clone(), MINIMUM), DispatchError::BadOrigin);
            assert_noop!(Staking::withdraw(origin), DispatchError::BadOrigin);
        }
    });
}

#[test]
fn bonded_theta_cannot_be_spent() {
    TestExt::new().endow(1, 5_000).endow(2, 100).execute_with(|| {
        assert_ok!(Staking::bond(origin(1), 4_000));
        assert!(Theta::transfer_allow_death(origin(1), 2, 1_001).is_err());
        assert!(Theta::burn(origin(1), 1_001, false).is_err());
        assert_eq!(Staking::bonded(&1), 4_000);
    });
}

#[test]
fn the_first_bond_of_an_account_is_feeless() {
    TestExt::new().endow(1, 5_000).execute_with(|| {
        assert!(is_feeless(1, MINIMUM));
        assert_ok!(Staking::bond(origin(1), MINIMUM));
        assert!(!is_feeless(1, MINIMUM), "the account has stake");
    });
}

#[test]
fn a_bond_that_would_fail_is_not_feeless() {
    TestExt::new().endow(1, 5_000).fuel(2, 100).execute_with(|| {
        assert!(!is_feeless(1, 0));
        assert!(!is_feeless(1, MINIMUM - 1));
        assert!(!is_feeless(1, 5_000));
        assert!(!is_feeless(2, MINIMUM));
        assert!(!is_feeless(3, MINIMUM));
        assert!(!Call::<Test>::bond { value: MINIMUM }.is_feeless(&RuntimeOrigin::root()));
    });
}

#[test]
fn a_bond_is_not_feeless_when_the_account_can_take_no_hold() {
    TestExt::new().endow(1, 5_000).execute_with(|| {
        while System::can_inc_consumer(&1) {
            assert_ok!(System::inc_consumers(&1));
        }
        assert!(!is_feeless(1, MINIMUM));
        assert_noop!(Staking::bond(origin(1), MINIMUM), DispatchError::TooManyConsumers);
    });
}

#[test]
fn a_ledger_is_forgotten_when_it_is_empty() {
    TestExt::new().endow(1, 5_000).execute_with(|| {
        assert_ok!(Staking::bond(origin(1), MINIMUM));
        assert_ok!(Staking::unbond(origin(1), MINIMUM));
        assert!(Ledgers::<Test>::contains_key(1));
        advance(UNBONDING);
        assert_ok!(Staking::withdraw(origin(1)));
        assert!(!Ledgers::<Test>::contains_key(1));
        assert!(is_feeless(1, MINIMUM));
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_feeless_bond_always_succeeds(
        balance in DEPOSIT..10_000u64,
        spent in 0..10_000u64,
        value in 0..10_000u64,
        anything in any::<u64>(),
        has_fuel in any::<bool>(),
    ) {
        let ext = TestExt::new().endow(1, balance).endow(2, 10_000);
        let ext = if has_fuel { ext.fuel(1, 100) } else { ext };
        ext.execute_with(|| {
            let _ = Theta::transfer_allow_death(origin(1), 2, spent);
            for value in [value, anything] {
                if is_feeless(1, value) {
                    prop_assert!(Staking::bond(origin(1), value).is_ok());
                    prop_assert!(!is_feeless(1, value));
                }
            }
            Ok(())
        })?;
    }
}
