//! Fees burn, tips reach the author.

use crate::{frame, mock::*};
use frame::{
    prelude::{DispatchTransaction, GetDispatchInfo, PostDispatchInfo},
    testing_prelude::*,
    traits::{
        fungible::{Balanced, Inspect},
        tokens::{Fortitude, Precision, Preservation},
        OnUnbalanced,
    },
};
use polkadot_sdk::{pallet_balances, pallet_transaction_payment::ChargeTransactionPayment};

const ALICE: AccountId = 1;
const AUTHOR: AccountId = 9;
const START: u128 = 1_000_000_000_000;

type Fees = crate::BurnFeeTipAuthor<Test, Author>;

/// Sends a transfer of nothing from Alice, with `tip`. Returns what it cost her.
fn transact(tip: u128) -> u128 {
    let call = RuntimeCall::Fuel(pallet_balances::Call::transfer_keep_alive {
        dest: ALICE,
        value: 0,
    });
    let before = Fuel::balance(&ALICE);
    let done = ChargeTransactionPayment::<Test>::from(tip).test_run(
        RuntimeOrigin::signed(ALICE),
        &call,
        &call.get_dispatch_info(),
        10,
        0,
        |_| Ok(PostDispatchInfo::default()),
    );
    assert_ok!(done.expect("the transaction is valid"));
    before - Fuel::balance(&ALICE)
}

fn credit(amount: u128) -> FuelCredit {
    Fuel::withdraw(
        &ALICE,
        amount,
        Precision::Exact,
        Preservation::Preserve,
        Fortitude::Polite,
    )
    .expect("Alice has as much")
}

fn with_alice() -> TestExt {
    TestExt::new().endow(ALICE, START, 100)
}

#[test]
fn a_fee_is_burned_in_full() {
    with_alice()
        .endow(AUTHOR, FUEL_DEPOSIT, THETA_DEPOSIT)
        .execute_with(|| {
            Author::set(Some(AUTHOR));
            let cost = transact(0);
            assert!(cost > 0);
            assert_eq!(FuelSupply::burned(), cost);
            assert_eq!(FuelSupply::issuance(), FuelSupply::genesis_issuance() - cost);
            assert_eq!(Fuel::balance(&AUTHOR), FUEL_DEPOSIT);
        });
}

#[test]
fn a_tip_goes_to_the_author() {
    with_alice()
        .endow(AUTHOR, FUEL_DEPOSIT, THETA_DEPOSIT)
        .execute_with(|| {
            Author::set(Some(AUTHOR));
            let cost = transact(77);
            assert_eq!(Fuel::balance(&AUTHOR), FUEL_DEPOSIT + 77);
            assert_eq!(FuelSupply::burned(), cost - 77);
        });
}

#[test]
fn a_tip_without_an_author_is_burned() {
    with_alice().execute_with(|| {
        let cost = transact(77);
        assert_eq!(FuelSupply::burned(), cost);
    });
}

#[test]
fn a_tip_too_small_for_a_new_author_is_burned() {
    with_alice().execute_with(|| {
        Author::set(Some(AUTHOR));
        let cost = transact(FUEL_DEPOSIT - 1);
        assert_eq!(FuelSupply::burned(), cost);
        assert_eq!(Fuel::balance(&AUTHOR), 0);
    });
}

#[test]
fn a_tip_large_enough_makes_the_authors_account() {
    with_alice().execute_with(|| {
        Author::set(Some(AUTHOR));
        transact(FUEL_DEPOSIT);
        assert_eq!(Fuel::balance(&AUTHOR), FUEL_DEPOSIT);
    });
}

#[test]
fn the_author_may_pay_itself_a_tip() {
    with_alice().execute_with(|| {
        Author::set(Some(ALICE));
        let cost = transact(5_000);
        assert_eq!(FuelSupply::burned(), cost);
    });
}

#[test]
fn the_handler_takes_any_number_of_credits() {
    with_alice()
        .endow(AUTHOR, FUEL_DEPOSIT, THETA_DEPOSIT)
        .execute_with(|| {
            Author::set(Some(AUTHOR));
            Fees::on_unbalanceds(core::iter::empty());
            assert_eq!(FuelSupply::burned(), 0);
            Fees::on_unbalanced(credit(1));
            assert_eq!(FuelSupply::burned(), 1);
            Fees::on_unbalanceds([credit(10), FuelCredit::default()].into_iter());
            assert_eq!(FuelSupply::burned(), 11);
            Fees::on_unbalanceds([credit(100), credit(7), credit(1_000)].into_iter());
            assert_eq!(FuelSupply::burned(), 1_111);
            assert_eq!(Fuel::balance(&AUTHOR), FUEL_DEPOSIT + 7);
        });
}
