//! What leaves the issuance is counted.

use crate::{frame, mock::*, *};
use frame::{
    deps::frame_support::instances::Instance1,
    prelude::OnUnbalanced,
    testing_prelude::*,
    traits::{
        fungible::{Balanced, Inspect, Mutate},
        tokens::{Fortitude, Precision, Preservation},
    },
};
use pallet_support::OnBurned;

fn fuel_credit(who: AccountId, amount: u128) -> FuelCredit {
    Fuel::withdraw(
        &who,
        amount,
        Precision::Exact,
        Preservation::Preserve,
        Fortitude::Polite,
    )
    .expect("the account has as much")
}

#[test]
fn genesis_counts_what_the_token_issued() {
    TestExt::new()
        .endow(1, 5_000, 70)
        .endow(2, 3_000, 30)
        .execute_with(|| {
            assert_eq!(FuelSupply::genesis_issuance(), 8_000);
            assert_eq!(FuelSupply::issuance(), 8_000);
            assert_eq!(FuelSupply::burned(), 0);
            assert_eq!(ThetaSupply::genesis_issuance(), 100);
        });
}

#[test]
fn a_burned_credit_is_counted() {
    TestExt::new().endow(1, 5_000, 70).execute_with(|| {
        CountedBurn::<Test>::on_unbalanced(fuel_credit(1, 1_200));
        assert_eq!(FuelSupply::burned(), 1_200);
        assert_eq!(FuelSupply::issuance(), 3_800);
        assert_eq!(ThetaSupply::burned(), 0);
    });
}

#[test]
fn each_token_has_its_own_count() {
    TestExt::new().endow(1, 5_000, 70).execute_with(|| {
        let credit: ThetaCredit = Theta::withdraw(
            &1,
            25,
            Precision::Exact,
            Preservation::Preserve,
            Fortitude::Polite,
        )
        .unwrap();
        CountedBurn::<Test, Instance1>::on_unbalanced(credit);
        assert_eq!((ThetaSupply::burned(), ThetaSupply::issuance()), (25, 45));
        assert_eq!((FuelSupply::burned(), FuelSupply::issuance()), (0, 5_000));
    });
}

#[test]
fn an_empty_credit_changes_nothing() {
    TestExt::new().endow(1, 5_000, 70).execute_with(|| {
        assert_storage_noop!(CountedBurn::<Test>::on_unbalanced(FuelCredit::default()));
    });
}

#[test]
fn several_credits_are_burned_together() {
    TestExt::new().endow(1, 5_000, 70).execute_with(|| {
        let credits = [fuel_credit(1, 10), fuel_credit(1, 20), fuel_credit(1, 30)];
        CountedBurn::<Test>::on_unbalanceds(credits.into_iter());
        assert_eq!(FuelSupply::burned(), 60);
    });
}

#[test]
fn dust_is_burned_and_counted() {
    TestExt::new()
        .endow(1, 5_000, 70)
        .endow(2, 5_000, 70)
        .execute_with(|| {
            assert_ok!(Fuel::transfer_allow_death(
                RuntimeOrigin::signed(1),
                2,
                5_000 - 99
            ));
            assert_eq!(FuelSupply::burned(), 99);
            assert_eq!(Fuel::total_balance(&1), 0);
            assert_ok!(Theta::transfer_allow_death(RuntimeOrigin::signed(1), 2, 70 - 9));
            assert_eq!(ThetaSupply::burned(), 9);
        });
}

#[test]
fn a_pallet_that_burns_reports_it() {
    TestExt::new().endow(1, 5_000, 70).execute_with(|| {
        let burned = Fuel::burn_from(
            &1,
            700,
            Preservation::Preserve,
            Precision::Exact,
            Fortitude::Polite,
        )
        .unwrap();
        assert_err!(
            FuelSupply::do_try_state(),
            "supply: the issuance is not what was made less what was burned"
        );
        <FuelSupply as OnBurned<u128>>::on_burned(burned);
        assert_eq!(FuelSupply::burned(), 700);
    });
}

#[test]
fn making_a_token_from_nothing_is_noticed() {
    TestExt::new().endow(1, 5_000, 70).build().execute_with(|| {
        assert_ok!(Theta::mint_into(&1, 1));
        assert!(ThetaSupply::do_try_state().is_err());
        assert_ok!(FuelSupply::do_try_state());
    });
}

#[test]
fn burning_more_than_there_ever_was_is_noticed() {
    TestExt::new().endow(1, 5_000, 70).build().execute_with(|| {
        <FuelSupply as OnBurned<u128>>::on_burned(5_001);
        assert_err!(
            FuelSupply::do_try_state(),
            "supply: more was burned than there ever was"
        );
        <FuelSupply as OnBurned<u128>>::on_burned(u128::MAX);
        assert_eq!(FuelSupply::burned(), u128::MAX);
    });
}
