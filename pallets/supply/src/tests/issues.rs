//! What enters the issuance is counted.

use crate::{frame, mock::*, Minted};
use frame::{testing_prelude::*, traits::fungible::Inspect};
use pallet_support::IssueTfuel;

#[test]
fn what_is_issued_is_free_and_counted() {
    TestExt::new().endow(1, 5_000, 70).execute_with(|| {
        assert_ok!(FuelSupply::issue(&1, 7));
        assert_ok!(FuelSupply::issue(&1, 5));
        assert_eq!(Fuel::balance(&1), 5_012);
        assert_eq!((FuelSupply::minted(), FuelSupply::issuance()), (12, 5_012));
        assert_eq!(FuelSupply::genesis_issuance(), 5_000);
        assert_eq!((ThetaSupply::minted(), ThetaSupply::issuance()), (0, 70));
    });
}

#[test]
fn an_account_is_made_by_an_issue_of_the_existential_deposit_and_by_no_less() {
    TestExt::new().endow(1, 5_000, 70).execute_with(|| {
        assert_noop!(FuelSupply::issue(&2, FUEL_DEPOSIT - 1), TokenError::BelowMinimum);
        assert_ok!(FuelSupply::issue(&2, FUEL_DEPOSIT));
        assert_eq!(Fuel::balance(&2), FUEL_DEPOSIT);
        assert_eq!(FuelSupply::minted(), FUEL_DEPOSIT);
    });
}

#[test]
fn an_issue_of_nothing_to_an_account_changes_nothing_that_is_counted() {
    TestExt::new().endow(1, 5_000, 70).execute_with(|| {
        assert_ok!(FuelSupply::issue(&1, 0));
        assert_eq!((FuelSupply::minted(), FuelSupply::issuance()), (0, 5_000));
    });
}

#[test]
fn more_than_can_be_counted_is_not_issued() {
    TestExt::new().endow(1, 5_000, 70).execute_with(|| {
        assert_noop!(FuelSupply::issue(&1, u128::MAX), ArithmeticError::Overflow);
        assert_ok!(FuelSupply::issue(&1, u128::MAX - 5_000));
        assert_noop!(FuelSupply::issue(&1, 1), ArithmeticError::Overflow);
    });
}

#[test]
fn a_mint_that_was_not_made_is_noticed() {
    TestExt::new().endow(1, 5_000, 70).build().execute_with(|| {
        Minted::<Test>::put(1);
        assert!(FuelSupply::do_try_state().is_err());
    });
}
