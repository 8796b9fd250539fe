//! Random sequences of everything that can happen to stake.

use crate::{mock::*, Ledgers, SlashId, MAX_RETURN};
use edgeproof_primitives::Label;
use frame::{deps::sp_runtime::Permill, testing_prelude::*, token::fungible::Inspect as _};
use pallet_support::{SlashShares, StakeLedger};
use polkadot_sdk::polkadot_sdk_frame as frame;
use proptest::{collection::vec, option, prelude::*};
use std::collections::BTreeSet;

const ACCOUNTS: AccountId = 5;
const GENESIS: ThetaBalance = 4 * 10_000;

#[derive(Clone, Debug)]
enum Action {
    Bond(AccountId, ThetaBalance),
    Unbond(AccountId, ThetaBalance),
    Rebond(AccountId, ThetaBalance),
    Withdraw(AccountId),
    Lock(AccountId, ThetaBalance),
    Unlock(AccountId, ThetaBalance),
    Slash {
        who: AccountId,
        value: ThetaBalance,
        injured: AccountId,
        compensation: ThetaBalance,
        finder: Option<AccountId>,
        finder_share: Permill,
        driver: Option<Label>,
    },
    BurnSlashed(AccountId),
    /// Of one of the slashes that are held, or of none.
    ReturnSlash(AccountId, prop::sample::Index, Permill),
    List(Label),
    Delist(Label),
    Transfer(AccountId, AccountId, ThetaBalance),
    Advance(u32),
}

fn account() -> impl Strategy<Value = AccountId> {
    1..=ACCOUNTS
}

fn amount() -> impl Strategy<Value = ThetaBalance> {
    prop_oneof![
        6 => 0..3_000u64,
        2 => Just(MINIMUM),
        1 => 0..30u64,
        1 => any::<u64>(),
    ]
}

fn share() -> impl Strategy<Value = Permill> {
    (0..=1_000_000u32).prop_map(Permill::from_parts)
}

fn a_driver() -> impl Strategy<Value = Label> {
    prop_oneof![Just(driver("good")), Just(driver("bad"))]
}

fn slash_action() -> impl Strategy<Value = Action> {
    let parties = (account(), option::of(account()));
    let driver = prop_oneof![1 => Just(None), 3 => a_driver().prop_map(Some)];
    (account(), amount(), parties, amount(), share(), driver).prop_map(
        |(who, value, (injured, finder), compensation, finder_share, driver)| Action::Slash {
            who,
            value,
            injured,
            compensation,
            finder,
            finder_share,
            driver,
        },
    )
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        4 => (account(), amount()).prop_map(|(who, value)| Action::Bond(who, value)),
        3 => (account(), amount()).prop_map(|(who, value)| Action::Unbond(who, value)),
        1 => (account(), amount()).prop_map(|(who, value)| Action::Rebond(who, value)),
        2 => account().prop_map(Action::Withdraw),
        3 => (account(), amount()).prop_map(|(who, value)| Action::Lock(who, value)),
        1 => (account(), amount()).prop_map(|(who, value)| Action::Unlock(who, value)),
        4 => slash_action(),
        1 => account().prop_map(Action::BurnSlashed),
        3 => (account(), any::<prop::sample::Index>(), share())
            .prop_map(|(who, slash, part)| Action::ReturnSlash(who, slash, part)),
        1 => a_driver().prop_map(Action::List),
        1 => a_driver().prop_map(Action::Delist),
        2 => (account(), account(), amount()).prop_map(|(from, to, value)| Action::Transfer(from, to, value)),
        2 => (1..30u32).prop_map(Action::Advance),
    ]
}

/// A call that may be refused; what it must not break is checked afterwards.
fn attempt(_: DispatchResult) {}

/// Does `action` and states what it must not have changed.
fn act(action: Action) {
    match action {
        Action::Bond(who, value) => attempt(Staking::bond(origin(who), value)),
        Action::Unbond(who, value) => attempt(Staking::unbond(origin(who), value)),
        Action::Rebond(who, value) => attempt(Staking::rebond(origin(who), value)),
        Action::Withdraw(who) => {
            let bonded = Staking::bonded(&who);
            attempt(Staking::withdraw(origin(who)));
            assert_eq!(Staking::bonded(&who), bonded);
        }
        Action::Lock(who, value) => {
            let available = Staking::available(&who);
            assert_eq!(Staking::lock(&who, value).is_ok(), value <= available);
        }
        Action::Unlock(who, value) => Staking::unlock(&who, value),
        Action::Slash {
            who,
            value,
            injured,
            compensation,
            finder,
            finder_share,
            driver,
        } => slash(
            who,
            value,
            SlashShares {
                injured: &injured,
                compensation,
                finder: finder.as_ref(),
                finder_share,
                driver: driver.as_ref(),
            },
        ),
        Action::BurnSlashed(who) => {
            let due = Ledgers::<Test>::get(who)
                .unwrap_or_default()
                .due(System::block_number());
            let burned = Burned::get() - Dust::get();
            assert_eq!(Staking::burn_slashed(origin(ACCOUNTS), who).is_ok(), due > 0);
            assert_eq!(Burned::get() - Dust::get(), burned + due);
        }
        Action::ReturnSlash(who, which, part) => return_slash(who, which, part),
        Action::List(driver) => list(&driver),
        Action::Delist(driver) => delist(&driver),
        Action::Transfer(from, to, value) => attempt(Theta::transfer_allow_death(origin(from), to, value)),
        Action::Advance(blocks) => advance(blocks),
    }
}

/// Slashes, and states where the stake went: nowhere but to the parties, and no share was exceeded.
fn slash(who: AccountId, value: ThetaBalance, shares: SlashShares<AccountId, ThetaBalance>) {
    let (bonded, available) = (Staking::bonded(&who), Staking::available(&who));
    let parties: BTreeSet<AccountId> = [*shares.injured]
        .into_iter()
        .chain(shares.finder.copied())
        .collect();
    let wealth = || parties.iter().map(Theta::total_balance).sum::<ThetaBalance>();
    let before = wealth();

    let outcome = Staking::slash(&who, value, shares);

    let taken = outcome.compensated + outcome.rewarded + outcome.held;
    assert_eq!(taken, value.min(bonded - available));
    assert_eq!(Staking::bonded(&who), bonded - taken);
    assert_eq!(
        Staking::available(&who),
        available,
        "only stake at risk is slashed"
    );
    assert!(outcome.compensated <= shares.compensation);
    let left = taken - shares.compensation.min(taken);
    assert!(outcome.rewarded <= shares.finder_share.mul_floor(left));
    assert!(shares.finder.is_some() || outcome.rewarded == 0);
    if !parties.contains(&who) {
        assert_eq!(wealth(), before + outcome.compensated + outcome.rewarded);
    }
}

/// Returns a part of one of the slashes that are held, and states that nobody but the owner has more, and only what was
/// taken from it.
fn return_slash(who: AccountId, which: prop::sample::Index, part: Permill) {
    let ledger = Ledgers::<Test>::get(who).unwrap_or_default();
    let slash = ledger
        .slashes
        .get(which.index(ledger.slashes.len().max(1)))
        .cloned();
    let id = slash.as_ref().map_or(SlashId::MAX, |slash| slash.id);
    let total = Theta::total_balance(&who);

    let returned = Staking::return_slash(RuntimeOrigin::root(), who, id, part);

    let gained = Staking::bonded(&who) - ledger.active;
    assert_eq!(returned.is_ok(), gained > 0);
    if returned.is_ok() {
        let slash = slash.unwrap();
        assert!(slash.burn_at > System::block_number());
        assert!(Faulty::get().contains(&slash.driver.unwrap()));
        assert!(gained <= slash.held);
        assert!(slash.returned + gained <= MAX_RETURN.mul_floor(slash.slashed));
        assert_eq!(
            Theta::total_balance(&who),
            total - ledger.due(System::block_number())
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_sequence_of_actions_loses_theta_or_breaks_a_ledger(actions in vec(action(), 1..150)) {
        // The fifth account has TFUEL only.
        let mut chain = TestExt::new().fuel(ACCOUNTS, 1_000).fuel(1, 1_000);
        for who in 1..ACCOUNTS {
            chain = chain.endow(who, GENESIS / 4);
        }
        chain.execute_with(|| {
            for action in actions {
                act(action);
                assert_invariants(GENESIS);
            }
        });
    }

    #[test]
    fn everybody_can_always_leave_when_no_job_holds_stake(actions in vec(action(), 1..80)) {
        let mut chain = TestExt::new();
        for who in 1..=4 {
            chain = chain.endow(who, GENESIS / 4);
        }
        chain.execute_with(|| {
            actions.into_iter().for_each(act);
            // Make room for the last chunk and for what is paid out.
            advance(UNBONDING);
            for who in 1..=4 {
                Staking::unlock(&who, ThetaBalance::MAX);
                attempt(Staking::withdraw(origin(who)));
                if Staking::bonded(&who) > 0 {
                    assert_ok!(Staking::unbond(origin(who), Staking::bonded(&who)));
                }
            }
            advance(UNBONDING);
            for who in 1..=4 {
                let waiting = Ledgers::<Test>::get(who).unwrap_or_default().unbonding_total();
                if waiting > 0 && Staking::withdraw(origin(who)).is_err() {
                    assert!(waiting + Theta::balance(&who) < DEPOSIT);
                    continue;
                }
                attempt(Staking::burn_slashed(origin(who), who).map(|_| ()).map_err(|done| done.error));
                assert!(!Ledgers::<Test>::contains_key(who));
                assert_eq!(Theta::balance(&who), Theta::total_balance(&who));
            }
        });
    }
}
