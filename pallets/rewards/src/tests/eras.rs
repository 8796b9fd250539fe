//! What an era issues, and how long that is remembered.

use crate::{mock::*, CurrentEra, Era, EraRate, EraRates, Event, Records};
use frame::{deps::sp_runtime::Permill, testing_prelude::*};
use pallet_support::{OnEraEnded, OnJobBurned};
use polkadot_sdk::polkadot_sdk_frame as frame;

#[test]
fn burns_are_counted_for_their_stash_and_for_the_era() {
    TestExt::new().endow(1, 10_000).endow(2, 10_000).execute_with(|| {
        burn(1, 100);
        burn(2, 30);
        burn(1, 7);
        assert_eq!(
            Rewards::current_era(),
            Era {
                index: 0,
                burned: 137
            }
        );
        assert_eq!(Rewards::record(1).unwrap().burned, [107, 0, 0, 0, 0]);
        assert_eq!(Rewards::record(2).unwrap().burned, [30, 0, 0, 0, 0]);
        end_era(10);
        burn(1, 5);
        assert_eq!(Rewards::current_era(), Era { index: 1, burned: 5 });
        assert_eq!(Rewards::record(1).unwrap().burned, [5, 107, 0, 0, 0]);
    });
}

#[test]
fn a_job_that_burned_nothing_leaves_no_record() {
    TestExt::new().execute_with(|| {
        assert_storage_noop!(Rewards::on_job_burned(&1, 0));
    });
}

#[test]
fn an_era_issues_four_fifths_of_its_burns_while_the_budget_lasts() {
    TestExt::new().endow(1, 10_000).execute_with(|| {
        burn(1, 1_001);
        end_era(10);
        let issued = 800;
        System::assert_last_event(
            Event::EraEnded {
                era: 0,
                burned: 1_001,
                issued,
            }
            .into(),
        );
        assert_eq!(
            Rewards::era_rate(0),
            Some(EraRate {
                issued,
                burned: 1_001
            })
        );
    });
}

#[test]
fn an_era_issues_no_more_than_its_blocks_allow() {
    TestExt::new().endow(1, 10_000).execute_with(|| {
        burn(1, 9_000);
        end_era(10);
        assert_eq!(Rewards::era_rate(0).unwrap().issued, 10 * ISSUANCE);
        burn(1, 500);
        end_era(0);
        assert_eq!(Rewards::era_rate(1).unwrap().issued, 0);
    });
}

#[test]
fn an_era_is_judged_by_the_rules_of_its_end() {
    TestExt::new().endow(1, 10_000).execute_with(|| {
        burn(1, 1_000);
        set_rules(|rules| rules.returned_share = Permill::from_percent(50));
        end_era(10);
        set_rules(|rules| rules.returned_share = Permill::zero());
        assert_eq!(claim(1), Ok(500));
        burn(1, 1_000);
        end_era(10);
        assert_eq!(Rewards::claimable(1), 0);
    });
}

#[test]
fn an_era_in_which_nothing_was_burned_has_no_rate() {
    TestExt::new().execute_with(|| {
        end_era(10);
        assert_eq!(Rewards::era_rate(0), None);
        assert_eq!(Rewards::current_era(), Era { index: 1, burned: 0 });
    });
}

#[test]
fn an_era_ends_once_and_in_its_turn() {
    TestExt::new().endow(1, 10_000).execute_with(|| {
        burn(1, 1_000);
        end_era(10);
        burn(1, 10);
        assert_storage_noop!(Rewards::on_era_ended(0, 1_000));
        assert_storage_noop!(Rewards::on_era_ended(2, 1_000));
        assert_eq!(Rewards::era_rate(0).unwrap().issued, 800);
    });
}

#[test]
fn rates_are_kept_for_as_many_eras_as_configured() {
    TestExt::new().endow(1, 10_000).execute_with(|| {
        for era in 0..3 * HISTORY {
            burn(1, 10);
            end_era(10);
            let kept = EraRates::<Test>::iter_keys().count() as u32;
            assert_eq!(kept, HISTORY.min(era + 1));
            assert!(Rewards::era_rate(era).is_some());
        }
    });
}

#[test]
fn broken_records_are_noticed() {
    TestExt::new().endow(1, 10_000).build().execute_with(|| {
        burn(1, 10);
        assert_ok!(Rewards::do_try_state());
        CurrentEra::<Test>::mutate(|era| era.burned += 1);
        assert!(Rewards::do_try_state().is_err());
        CurrentEra::<Test>::mutate(|era| era.burned -= 1);

        Records::<Test>::insert(2, crate::Record::default());
        assert_err!(Rewards::do_try_state(), "rewards: an empty record was kept");
        Records::<Test>::remove(2);

        end_era(10);
        let rate = EraRates::<Test>::get(0).unwrap();
        EraRates::<Test>::insert(0, EraRate { issued: 9, ..rate });
        assert!(Rewards::do_try_state().is_err());
        EraRates::<Test>::insert(0, EraRate { issued: 7, burned: 9 });
        assert!(Rewards::do_try_state().is_err());
        EraRates::<Test>::insert(0, rate);
        EraRates::<Test>::insert(1, rate);
        assert!(Rewards::do_try_state().is_err());
    });
}
