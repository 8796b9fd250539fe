//! Elections and the eras that they begin.

use crate::{mock::*, ChillReason, Era, Error, Event, History, Planned, Points, MAX_ERAS};
use frame::{deps::sp_runtime::Permill, testing_prelude::*};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// Four validators of genesis for three seats.
fn chain() -> TestExt {
    TestExt::new()
        .validator(1, 10_000)
        .validator(2, 20_000)
        .validator(3, 30_000)
        .validator(4, 15_000)
}

fn elected() -> Vec<AccountId> {
    Staking::elected().to_vec()
}

#[test]
fn genesis_validators_rule_the_first_era() {
    chain().execute_with(|| {
        assert_eq!(elected(), [1, 2, 3, 4]);
        assert_eq!(Staking::era().current, 0);
        assert_eq!(Staking::era_of(0), Some(0));
    });
}

#[test]
fn an_era_is_planned_one_session_before_it_begins_and_lasts_its_sessions() {
    chain().execute_with(|| {
        // Session 1 begins and session 2 is planned.
        assert_eq!(next_session(), Some(vec![3, 2, 4]));
        assert_eq!((Staking::era().current, Staking::era().planned), (0, 1));
        assert_eq!(next_session(), None);
        assert_eq!(Staking::era().current, 1);
        assert_eq!(elected(), [3, 2, 4]);
        assert!(Planned::<Test>::get().is_empty());
        assert_eq!(Ended::get(), [(0, 1 + 2 * SESSION)]);
        assert_eq!(next_session(), Some(vec![3, 2, 4]));
        assert_eq!(next_session(), None);
        assert_eq!(Ended::get(), [(0, 1 + 2 * SESSION), (1, 2 * SESSION)]);
        assert_eq!(
            (Staking::era_of(1), Staking::era_of(2), Staking::era_of(9)),
            (Some(0), Some(1), Some(2))
        );
    });
}

#[test]
fn the_candidates_with_the_highest_backing_are_elected() {
    chain().endow(5, 100_000).execute_with(|| {
        assert_ok!(Staking::bond(origin(5), 50_000));
        assert_ok!(Staking::delegate(origin(5), 1, 40_000));
        next_era();
        assert_eq!(elected(), [1, 3, 2]);
    });
}

#[test]
fn without_keys_or_enough_own_stake_nobody_is_elected() {
    chain().endow(5, 100_000).execute_with(|| {
        Keyless::set(&vec![3]);
        assert_ok!(Staking::chill(origin(2)));
        assert_ok!(Staking::undelegate(origin(2), 2, 16_000));
        assert_noop!(
            Staking::validate(origin(2), 0, Permill::zero()),
            Error::<Test>::OwnStakeTooSmall
        );
        next_era();
        assert_eq!(elected(), [4, 1]);
    });
}

#[test]
fn when_nobody_can_be_elected_the_old_validators_stay() {
    chain().execute_with(|| {
        Keyless::set(&vec![1, 2, 3, 4]);
        next_era();
        assert_eq!(elected(), [1, 2, 3, 4]);
        assert_eq!(Staking::era().current, 1);
    });
}

#[test]
fn work_of_a_linked_operator_counts_when_both_name_each_other() {
    chain().execute_with(|| {
        Credits::set(&vec![(9, 6_000)]);
        assert_ok!(Staking::link(origin(4), Some(9)));
        next_era();
        assert_eq!(elected(), [3, 2, 4]);
        assert_ok!(Staking::link(origin(9), Some(4)));
        // 15,000 and a quarter of it: still less than 20,000.
        next_era();
        assert_eq!(elected(), [3, 2, 4]);
        assert_ok!(Staking::link(origin(4), None));
        assert_ok!(Staking::link(origin(2), Some(9)));
        assert_ok!(Staking::link(origin(9), Some(2)));
        Credits::set(&vec![(9, 1_000_000)]);
        assert_ok!(Staking::bond(origin(2), 6_000));
        assert_ok!(Staking::validate(origin(2), 6_000, Permill::zero()));
        // 26,000 and a quarter of it.
        next_era();
        assert_eq!(elected(), [2, 3, 4]);
    });
}

#[test]
fn who_makes_too_few_blocks_is_chilled() {
    chain().validator(5, 9_000).execute_with(|| {
        Seats::set(&4);
        next_era();
        assert_eq!(elected(), [3, 2, 4, 1]);
        // Forty blocks before the next era is planned, ten of each.
        advance(40 - SESSION);
        for author in [1, 2, 3] {
            (0..13).for_each(|_| Staking::note_author(&author));
        }
        let set = next_session().unwrap();
        assert_eq!(set, [3, 2, 1, 5]);
        System::assert_has_event(
            Event::Chilled {
                who: 4,
                reason: ChillReason::Idle,
            }
            .into(),
        );
        next_session();
        assert_eq!(Points::<Test>::iter().count(), 0);
    });
}

#[test]
fn eras_are_remembered_for_a_bounded_time() {
    chain().execute_with(|| {
        for _ in 0..MAX_ERAS + 5 {
            next_era();
        }
        let history = History::<Test>::get();
        assert_eq!(history.len(), MAX_ERAS as usize);
        assert_eq!(history.last().unwrap().0, Era::<Test>::get().current);
        assert_eq!(Staking::era_of(0), None);
    });
}

#[test]
fn a_thousand_candidates_are_as_many_as_there_can_be() {
    let mut chain = TestExt::new();
    for candidate in 1..=1_000 {
        chain = chain.endow(candidate, 10_000);
    }
    chain.endow(5_000, 20_000).execute_with(|| {
        for candidate in 1..=1_000 {
            let own = 5_000 + candidate;
            assert_ok!(Staking::bond(origin(candidate), own));
            assert_ok!(Staking::validate(origin(candidate), own, Permill::zero()));
        }
        assert_ok!(Staking::bond(origin(5_000), 10_000));
        assert_noop!(
            Staking::validate(origin(5_000), 10_000, Permill::zero()),
            Error::<Test>::TooManyCandidates
        );
        next_era();
        assert_eq!(elected(), [1_000, 999, 998]);
    });
}
