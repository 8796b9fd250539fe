//! Rewards of validators and guardians.

use crate::{mock::*, Error, Event, Pools};
use frame::{deps::sp_runtime::Permill, testing_prelude::*, token::fungible::Inspect as _};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// A validator with 10,000 and a guardian with 30,000 behind it.
fn chain(commission: Permill) -> TestState {
    let mut chain = TestExt::new()
        .validator(1, 10_000)
        .endow(5, 40_000)
        .fuel(1, 1_000)
        .fuel(5, 1_000)
        .build();
    chain.execute_with(|| {
        assert_ok!(Staking::validate(origin(1), 0, commission));
        next_era();
        assert_ok!(Staking::bond(origin(5), 30_000));
        assert_ok!(Staking::delegate(origin(5), 1, 30_000));
    });
    chain
}

fn earned(who: AccountId) -> FuelBalance {
    let before = Fuel::balance(&who);
    assert_ok!(Staking::claim(origin(who)));
    Fuel::balance(&who) - before
}

#[test]
fn a_block_is_shared_by_stake_after_the_commission() {
    chain(Permill::from_percent(20)).execute_with(|| {
        for _ in 0..7 {
            Staking::note_author(&1);
        }
        // 7,000 less a fifth, three quarters to the guardian.
        assert_eq!(Staking::claimable(&5), 4_200);
        assert_eq!(earned(5), 4_200);
        assert_eq!(earned(1), 1_400 + 1_400);
        assert_eq!(Minted::get(), 7_000);
        assert_noop!(Staking::claim(origin(5)), Error::<Test>::NothingToClaim);
        System::assert_has_event(Event::Claimed { who: 5, value: 4_200 }.into());
    });
}

#[test]
fn stake_earns_from_the_moment_it_comes_to_the_moment_it_leaves() {
    chain(Permill::zero()).execute_with(|| {
        Staking::note_author(&1);
        assert_ok!(Staking::undelegate(origin(5), 1, 20_000));
        Staking::note_author(&1);
        assert_ok!(Staking::undelegate(origin(5), 1, 10_000));
        Staking::note_author(&1);
        assert_eq!(earned(5), 750 + 500);
        assert_eq!(earned(1), 250 + 500 + 1_000);
    });
}

#[test]
fn an_author_that_nobody_backs_earns_nothing() {
    chain(Permill::zero()).execute_with(|| {
        Staking::note_author(&9);
        assert_eq!(Staking::claimable(&9), 0);
        assert_noop!(Staking::claim(origin(9)), Error::<Test>::NothingToClaim);
        assert_eq!(Minted::get(), 0);
    });
}

#[test]
fn a_new_commission_waits_for_the_next_era() {
    chain(Permill::from_percent(20)).execute_with(|| {
        assert_ok!(Staking::validate(origin(1), 0, Permill::from_percent(90)));
        assert_eq!(
            Pools::<Test>::get(1).unwrap().commission,
            Permill::from_percent(20)
        );
        next_era();
        assert_eq!(
            Pools::<Test>::get(1).unwrap().commission,
            Permill::from_percent(90)
        );
    });
}

#[test]
fn rewards_survive_a_slash_and_the_end_of_a_delegation() {
    chain(Permill::zero()).execute_with(|| {
        Staking::note_author(&1);
        Staking::note_offence(&1, frame::deps::sp_runtime::Perbill::one(), CurrentSession::get());
        next_era();
        next_era();
        assert_eq!(Staking::pending_loss(&5), 30_000);
        assert_eq!(earned(5), 750);
        assert_eq!(Staking::pending_loss(&5), 0);
        assert_eq!(earned(1), 250);
    });
}

#[test]
fn what_an_account_cannot_receive_is_not_lost() {
    TestExt::new().validator(1, 10_000).execute_with(|| {
        Reward::set(&4);
        Staking::note_author(&1);
        assert!(Staking::claim(origin(1)).is_err());
        assert_eq!(Staking::claimable(&1), 4);
        Staking::note_author(&1);
        assert_eq!(earned(1), 8);
    });
}
