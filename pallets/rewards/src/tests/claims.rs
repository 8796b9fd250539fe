//! Who gets what, once.

use crate::{mock::*, Error, Event, Records};
use frame::{testing_prelude::*, token::fungible::Inspect as _};
use polkadot_sdk::polkadot_sdk_frame as frame;

#[test]
fn a_stash_gets_what_it_is_owed_whoever_claims() {
    TestExt::new().endow(1, 10_000).execute_with(|| {
        burn(1, 1_000);
        end_era(10);
        assert_eq!(Rewards::claimable(1), 800);
        assert_eq!(claim(1), Ok(800));
        System::assert_last_event(
            Event::Claimed {
                stash: 1,
                amount: 800,
            }
            .into(),
        );
        assert_eq!(Fuel::balance(&1), 10_000 - 1_000 + 800);
        assert_eq!(Minted::get(), 800);
    });
}

#[test]
fn stashes_share_a_budget_in_proportion_to_their_burns_rounded_down() {
    TestExt::new()
        .endow(1, 10_000)
        .endow(2, 10_000)
        .endow(3, 10_000)
        .execute_with(|| {
            burn(1, 1_000);
            burn(2, 2_000);
            burn(3, 4_000);
            end_era(10);
            // 1,000 for 7,000: 142.86, 285.71 and 571.43.
            assert_eq!(claim(3), Ok(571));
            assert_eq!(claim(1), Ok(142));
            assert_eq!(claim(2), Ok(285));
            assert!(Minted::get() <= 10 * ISSUANCE);
        });
}

#[test]
fn nothing_is_claimed_twice_or_before_the_era_has_ended() {
    TestExt::new().endow(1, 10_000).execute_with(|| {
        assert_noop!(claim(1), Error::<Test>::NothingToClaim);
        burn(1, 1_000);
        assert_noop!(claim(1), Error::<Test>::NothingToClaim);
        end_era(10);
        assert_eq!(claim(1), Ok(800));
        assert_noop!(claim(1), Error::<Test>::NothingToClaim);
        assert_eq!(Rewards::claimable(1), 0);
    });
}

#[test]
fn only_signed_callers_claim() {
    TestExt::new().endow(1, 10_000).execute_with(|| {
        burn(1, 1_000);
        end_era(10);
        assert_noop!(Rewards::claim(RuntimeOrigin::none(), 1), BadOrigin);
    });
}

#[test]
fn what_several_eras_issued_is_claimed_at_once() {
    TestExt::new().endow(1, 10_000).execute_with(|| {
        for _ in 0..10 {
            burn(1, 100);
            end_era(10);
        }
        assert_eq!(claim(1), Ok(10 * 80));
    });
}

#[test]
fn a_burn_in_the_era_that_runs_waits_for_its_end() {
    TestExt::new().endow(1, 10_000).execute_with(|| {
        burn(1, 100);
        end_era(10);
        burn(1, 1_000);
        assert_eq!(claim(1), Ok(80));
        burn(1, 10);
        end_era(10);
        assert_eq!(claim(1), Ok(808));
    });
}

#[test]
fn the_last_share_is_forfeited_when_nobody_asks_for_it_in_time() {
    TestExt::new().endow(1, 10_000).endow(2, 10_000).execute_with(|| {
        burn(1, 100);
        burn(2, 100);
        pass(HISTORY);
        assert_eq!(claim(1), Ok(80));
        pass(1);
        assert_eq!(Rewards::claimable(2), 0);
        assert_noop!(claim(2), Error::<Test>::NothingToClaim);
    });
}

#[test]
fn what_is_owed_already_does_not_expire() {
    TestExt::new().endow(1, 10_000).execute_with(|| {
        burn(1, 100);
        end_era(10);
        burn(1, 10);
        pass(10 * HISTORY);
        assert_eq!(claim(1), Ok(80));
    });
}

#[test]
fn a_record_that_says_nothing_any_more_is_removed_once() {
    TestExt::new().endow(1, 10_000).execute_with(|| {
        burn(1, 100);
        end_era(10);
        assert_eq!(claim(1), Ok(80));
        assert!(Records::<Test>::contains_key(1), "the burn counts in elections");
        pass(3);
        assert_noop!(claim(1), Error::<Test>::NothingToClaim);
        pass(1);
        assert_eq!(claim(1), Ok(0));
        System::assert_last_event(Event::Forgotten { stash: 1 }.into());
        assert!(!Records::<Test>::contains_key(1));
        assert_noop!(claim(1), Error::<Test>::NothingToClaim);
    });
}

#[test]
fn a_late_claim_removes_the_record_with_the_payment() {
    TestExt::new().endow(1, 10_000).execute_with(|| {
        burn(1, 100);
        end_era(10);
        burn(1, 10);
        pass(10);
        assert_eq!(claim(1), Ok(80));
        assert!(!Records::<Test>::contains_key(1));
    });
}

#[test]
fn a_claim_that_the_account_cannot_take_loses_nothing() {
    TestExt::new()
        .endow(1, 1_000 + DEPOSIT)
        .endow(2, 10_000)
        .execute_with(|| {
            burn(1, 5);
            end_era(10);
            let rest = Fuel::balance(&1);
            assert_ok!(Fuel::transfer_allow_death(RuntimeOrigin::signed(1), 2, rest));
            assert_noop!(claim(1), TokenError::BelowMinimum);
            assert_ok!(Fuel::transfer_allow_death(RuntimeOrigin::signed(2), 1, DEPOSIT));
            assert_eq!(claim(1), Ok(4));
        });
}

#[test]
fn a_burn_so_small_that_nothing_of_it_returns_is_forgotten() {
    TestExt::new().endow(1, 10_000).execute_with(|| {
        burn(1, 1);
        pass(5);
        assert_eq!(claim(1), Ok(0));
        assert!(!Records::<Test>::contains_key(1));
    });
}
