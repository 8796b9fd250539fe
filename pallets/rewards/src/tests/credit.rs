//! What work counts in an election.

use crate::{mock::*, CREDIT_ERAS};
use frame::deps::sp_runtime::FixedU128;
use pallet_support::ComputeCredit;
use polkadot_sdk::polkadot_sdk_frame as frame;

fn credit(stash: AccountId) -> ThetaBalance {
    <Rewards as ComputeCredit<AccountId>>::credit(&stash)
}

#[test]
fn burns_count_from_the_end_of_their_era_and_for_the_eras_of_the_credit() {
    TestExt::new().endow(1, 10_000).execute_with(|| {
        burn(1, 2_000);
        assert_eq!(credit(1), 0);
        for _ in 0..CREDIT_ERAS {
            end_era(10);
            assert_eq!(credit(1), 100);
        }
        end_era(10);
        assert_eq!(credit(1), 0);
    });
}

#[test]
fn burns_of_several_eras_add_up() {
    TestExt::new().endow(1, 10_000).execute_with(|| {
        for amount in [20, 40, 80, 160, 320, 640] {
            burn(1, amount);
            end_era(10);
        }
        assert_eq!(credit(1), (80 + 160 + 320 + 640) / 20);
        pass(2);
        assert_eq!(credit(1), (320 + 640) / 20);
    });
}

#[test]
fn a_claim_does_not_change_the_credit() {
    TestExt::new().endow(1, 10_000).execute_with(|| {
        burn(1, 2_000);
        pass(2);
        assert_eq!(claim(1), Ok(1_000));
        assert_eq!(credit(1), 100);
    });
}

#[test]
fn who_never_worked_has_no_credit() {
    TestExt::new().execute_with(|| assert_eq!(credit(1), 0));
}

#[test]
fn credit_is_at_the_governed_rate_rounded_down() {
    TestExt::new().endow(1, 10_000).execute_with(|| {
        burn(1, 19);
        end_era(10);
        assert_eq!(credit(1), 0);
        Rate::set(&FixedU128::from_u32(3));
        assert_eq!(credit(1), 57);
        assert_eq!(Rewards::compute_credit(1), 57);
    });
}

#[test]
fn credit_beyond_any_amount_of_theta_saturates() {
    TestExt::new().endow(1, u128::MAX).execute_with(|| {
        burn(1, 1 << 120);
        end_era(10);
        assert_eq!(credit(1), u64::MAX);
        Rate::set(&FixedU128::from_inner(u128::MAX));
        assert_eq!(credit(1), u64::MAX);
    });
}
