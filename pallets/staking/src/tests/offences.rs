//! Slashes of validators and of everybody behind them.

use crate::{mock::*, Accusations, Candidates, ChillReason, Error, Event, Ledgers, MAX_ACCUSATIONS};
use frame::{
    deps::sp_runtime::{Perbill, Permill},
    testing_prelude::*,
    token::fungible::Inspect as _,
};
use polkadot_sdk::polkadot_sdk_frame as frame;

const HALF: Perbill = Perbill::from_percent(50);

/// Two validators, and two guardians with 4,000 behind the first.
fn chain(test: impl FnOnce()) {
    let chain = TestExt::new()
        .validator(1, 10_000)
        .validator(2, 10_000)
        .endow(5, 20_000)
        .endow(6, 20_000);
    chain.execute_with(|| {
        for guardian in [5, 6] {
            assert_ok!(Staking::bond(origin(guardian), 4_000));
            assert_ok!(Staking::delegate(origin(guardian), 1, 4_000));
        }
        test();
    });
}

fn offend(validator: AccountId) {
    Staking::note_offence(&validator, HALF, CurrentSession::get());
}

#[test]
fn an_offender_loses_its_seat_at_once_and_its_stake_later() {
    chain(|| {
        next_era();
        offend(1);
        assert!(!Candidates::<Test>::contains_key(1));
        System::assert_has_event(
            Event::Chilled {
                who: 1,
                reason: ChillReason::Offence,
            }
            .into(),
        );
        assert_eq!(Staking::pending_loss(&5), 0);
        // The next session that can be planned begins an era without the offender, and with the slash.
        assert_eq!(next_session(), Some(vec![2]));
        next_session();
        assert_eq!(Staking::elected().to_vec(), [2]);
        assert_eq!(Staking::pending_loss(&5), 2_000);
        assert_ok!(Staking::settle_losses(origin(6), 5));
        assert_eq!(principal(5, 1), 2_000);
        assert_eq!(Theta::total_balance(&5), 18_000);
        assert_eq!(Burned::get(), 2_000);
    });
}

#[test]
fn who_leaves_after_an_offence_is_slashed_with_the_others() {
    chain(|| {
        next_era();
        offend(1);
        assert_ok!(Staking::undelegate(origin(5), 1, 4_000));
        next_era();
        assert_eq!(Staking::pending_loss(&5), 2_000);
        advance(UNBONDING);
        assert_ok!(Staking::withdraw(origin(5)));
        assert_eq!(Theta::balance(&5), 18_000);
        assert!(Ledgers::<Test>::get(5).is_none());
    });
}

#[test]
fn who_left_before_an_offence_loses_nothing() {
    chain(|| {
        assert_ok!(Staking::undelegate(origin(5), 1, 4_000));
        next_era();
        next_era();
        offend(1);
        next_era();
        assert_eq!(Staking::pending_loss(&5), 0);
        assert_eq!(Staking::pending_loss(&6), 2_000);
    });
}

#[test]
fn who_left_when_the_era_of_the_offence_was_planned_is_liable() {
    chain(|| {
        next_session();
        assert_eq!(Staking::era().planned, 1);
        assert_ok!(Staking::undelegate(origin(5), 1, 4_000));
        next_session();
        offend(1);
        next_era();
        assert_eq!(Staking::pending_loss(&5), 2_000);
    });
}

#[test]
fn stake_that_moved_on_pays_for_the_old_validator_out_of_the_new_one() {
    chain(|| {
        next_era();
        assert_ok!(Staking::redelegate(origin(5), 1, 2, 4_000));
        offend(1);
        next_era();
        assert_eq!(Staking::pending_loss(&5), 2_000);
        assert_ok!(Staking::settle_losses(origin(5), 5));
        assert_eq!(principal(5, 2), 2_000);
        assert_eq!(Staking::pool(2).unwrap().fund.backing, 12_000);
        assert_eq!(Theta::total_balance(&5), 18_000);
        // Free of the old one, it can leave.
        advance(UNBONDING);
        assert_ok!(Staking::undelegate(origin(5), 2, 2_000));
    });
}

#[test]
fn nobody_joins_while_a_slash_waits() {
    chain(|| {
        next_era();
        assert_ok!(Staking::bond(origin(5), 2_000));
        offend(1);
        assert_noop!(
            Staking::validate(origin(1), 0, Permill::zero()),
            Error::<Test>::SlashPending
        );
        assert_noop!(
            Staking::delegate(origin(5), 1, 1_000),
            Error::<Test>::ValidatorChilled
        );
        next_era();
        assert_ok!(Staking::validate(origin(1), 0, Permill::zero()));
        assert_ok!(Staking::delegate(origin(5), 1, 1_000));
    });
}

#[test]
fn governance_cancels_a_slash_that_waits_and_no_other() {
    chain(|| {
        next_era();
        offend(1);
        let era = Staking::era().current;
        assert_noop!(Staking::cancel_slash(origin(1), 1, era), BadOrigin);
        assert_noop!(
            Staking::cancel_slash(RuntimeOrigin::root(), 2, era),
            Error::<Test>::NoSuchAccusation
        );
        assert_ok!(Staking::cancel_slash(RuntimeOrigin::root(), 1, era));
        next_era();
        next_era();
        assert_eq!(Staking::pending_loss(&5), 0);
        assert_noop!(
            Staking::cancel_slash(RuntimeOrigin::root(), 1, era),
            Error::<Test>::NoSuchAccusation
        );
    });
}

#[test]
fn two_offences_in_one_era_cost_as_much_as_the_worse() {
    chain(|| {
        next_era();
        Staking::note_offence(&1, Perbill::from_percent(10), CurrentSession::get());
        offend(1);
        offend(1);
        assert_eq!(Accusations::<Test>::get().len(), 1);
        next_era();
        assert_eq!(Staking::pending_loss(&5), 2_000);
    });
}

#[test]
fn an_offence_of_a_forgotten_era_has_no_effect() {
    chain(|| {
        for _ in 0..70 {
            next_era();
        }
        Staking::note_offence(&1, HALF, 0);
        assert!(Accusations::<Test>::get().is_empty());
        assert!(Candidates::<Test>::contains_key(1));
    });
}

#[test]
fn an_offence_without_a_slash_costs_only_the_seat() {
    chain(|| {
        Staking::note_offence(&1, Perbill::zero(), 0);
        assert!(!Candidates::<Test>::contains_key(1));
        assert!(Accusations::<Test>::get().is_empty());
    });
}

#[test]
fn a_slash_of_everything_closes_the_pool_and_everybody_can_go() {
    chain(|| {
        next_era();
        Staking::note_offence(&1, Perbill::one(), CurrentSession::get());
        next_era();
        assert!(Staking::pool(1).unwrap().fund.is_closed());
        for who in [1, 5, 6] {
            assert_ok!(Staking::settle_losses(origin(9), who));
        }
        assert!(Staking::pool(1).is_none());
        assert_eq!(Theta::total_balance(&5), 16_000);
        assert_noop!(
            Staking::settle_losses(origin(9), 5),
            Error::<Test>::NothingToSettle
        );
    });
}

#[test]
fn a_slash_that_finds_no_room_to_wait_is_applied_at_once() {
    chain(|| {
        next_era();
        let era = Staking::era().current;
        for other in 0..MAX_ACCUSATIONS {
            Staking::note_offence(&(1_000 + u64::from(other)), HALF, CurrentSession::get());
        }
        assert!(Accusations::<Test>::get().is_full());
        offend(1);
        assert_eq!(Staking::pending_loss(&5), 2_000);
        System::assert_last_event(
            Event::PoolSlashed {
                validator: 1,
                era,
                taken: 9_000,
            }
            .into(),
        );
    });
}
