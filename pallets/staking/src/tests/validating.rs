//! Becoming a candidate, and ceasing to be one.

use crate::{mock::*, Candidates, ChillReason, Error, Event};
use frame::{deps::sp_runtime::Permill, testing_prelude::*};
use polkadot_sdk::polkadot_sdk_frame as frame;

const TENTH: Permill = Permill::from_percent(10);

#[test]
fn an_account_with_keys_and_stake_becomes_a_candidate() {
    TestExt::new().endow(1, 20_000).execute_with(|| {
        assert_ok!(Staking::bond(origin(1), 8_000));
        assert_ok!(Staking::validate(origin(1), 6_000, TENTH));
        assert_eq!(Candidates::<Test>::get(1).unwrap().commission, TENTH);
        assert_eq!(Staking::own_stake(&1), 6_000);
        System::assert_last_event(
            Event::Validating {
                who: 1,
                own: 6_000,
                commission: TENTH,
            }
            .into(),
        );
        assert_ok!(Staking::validate(origin(1), 2_000, Permill::zero()));
        assert_eq!(Staking::own_stake(&1), 8_000);
    });
}

#[test]
fn bad_candidacies_are_refused_with_their_reasons() {
    TestExt::new().endow(1, 20_000).execute_with(|| {
        assert_ok!(Staking::bond(origin(1), 10_000));
        let refused = |value, error: Error<Test>| {
            assert_noop!(Staking::validate(origin(1), value, TENTH), error);
        };
        refused(0, Error::OwnStakeTooSmall);
        refused(VALIDATOR_BOND - 1, Error::OwnStakeTooSmall);
        refused(10_001, Error::InsufficientStake);
        refused(9_500, Error::BelowMinimum);
        Keyless::set(&vec![1]);
        refused(6_000, Error::NoSessionKeys);
        assert_noop!(Staking::chill(origin(1)), Error::<Test>::NotACandidate);
        assert_noop!(Staking::validate(RuntimeOrigin::root(), 0, TENTH), BadOrigin);
    });
}

#[test]
fn a_candidate_keeps_its_own_stake_until_it_chills() {
    TestExt::new().validator(1, 8_000).execute_with(|| {
        assert_noop!(
            Staking::undelegate(origin(1), 1, 8_000),
            Error::<Test>::StillCandidate
        );
        assert_noop!(
            Staking::undelegate(origin(1), 1, 3_001),
            Error::<Test>::DelegationTooSmall
        );
        assert_ok!(Staking::undelegate(origin(1), 1, 3_000));
        assert_ok!(Staking::chill(origin(1)));
        System::assert_last_event(
            Event::Chilled {
                who: 1,
                reason: ChillReason::Asked,
            }
            .into(),
        );
        assert_ok!(Staking::undelegate(origin(1), 1, 5_000));
        assert!(Staking::pool(1).is_none());
        assert_noop!(Staking::chill(origin(1)), Error::<Test>::NotACandidate);
    });
}

#[test]
fn guardians_stay_behind_a_chilled_validator_and_can_leave_it() {
    TestExt::new()
        .validator(1, 8_000)
        .endow(5, 10_000)
        .execute_with(|| {
            assert_ok!(Staking::bond(origin(5), 2_000));
            assert_ok!(Staking::delegate(origin(5), 1, 2_000));
            assert_ok!(Staking::chill(origin(1)));
            assert_ok!(Staking::undelegate(origin(1), 1, 8_000));
            assert_eq!(Staking::pool(1).unwrap().fund.backing, 2_000);
            assert_ok!(Staking::undelegate(origin(5), 1, 2_000));
            assert!(Staking::pool(1).is_none());
        });
}

#[test]
fn everybody_in_office_or_up_for_election_is_shown() {
    TestExt::new()
        .validator(1, 8_000)
        .validator(2, 9_000)
        .endow(5, 10_000)
        .execute_with(|| {
            assert_ok!(Staking::bond(origin(5), 2_000));
            assert_ok!(Staking::delegate(origin(5), 1, 2_000));
            assert_ok!(Staking::chill(origin(2)));
            Staking::note_author(&2);
            let mut standings = Staking::standings();
            standings.sort_by_key(|standing| standing.who);
            let [first, second] = &standings[..] else {
                panic!("{standings:?}");
            };
            assert_eq!((first.backing, first.own, first.points), (10_000, 8_000, 0));
            assert!(first.is_candidate && first.is_elected && first.has_keys);
            assert_eq!((second.backing, second.points), (9_000, 1));
            assert!(!second.is_candidate && second.is_elected);
        });
}
