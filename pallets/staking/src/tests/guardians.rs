//! Random sequences of everything that can happen between validators and guardians.

use crate::{mock::*, Candidates, Guardians, Ledgers, Left, Pools};
use frame::{
    deps::sp_runtime::{Perbill, Permill},
    testing_prelude::*,
    token::fungible::Inspect as _,
};
use polkadot_sdk::polkadot_sdk_frame as frame;
use proptest::{collection::vec, prelude::*};

const ACCOUNTS: AccountId = 6;

#[derive(Clone, Debug)]
enum Action {
    Bond(AccountId, ThetaBalance),
    Unbond(AccountId, ThetaBalance),
    Delegate(AccountId, AccountId, ThetaBalance),
    Undelegate(AccountId, AccountId, ThetaBalance),
    Redelegate(AccountId, AccountId, AccountId, ThetaBalance),
    Validate(AccountId, ThetaBalance, Permill),
    Chill(AccountId),
    Withdraw(AccountId),
    Claim(AccountId),
    Settle(AccountId),
    Author(AccountId),
    /// In one of the sessions before this one.
    Offend(AccountId, Perbill, u32),
    Cancel(AccountId, u32),
    Session,
}

fn account() -> impl Strategy<Value = AccountId> {
    1..=ACCOUNTS
}

fn amount() -> impl Strategy<Value = ThetaBalance> {
    prop_oneof![4 => 0..12_000u64, 2 => Just(VALIDATOR_BOND), 1 => 0..200u64, 1 => any::<u64>()]
}

fn action() -> impl Strategy<Value = Action> {
    let part = || (0..=1_000_000_000u32).prop_map(Perbill::from_parts);
    let commission = (0..=1_000_000u32).prop_map(Permill::from_parts);
    prop_oneof![
        3 => (account(), amount()).prop_map(|(who, value)| Action::Bond(who, value)),
        1 => (account(), amount()).prop_map(|(who, value)| Action::Unbond(who, value)),
        6 => (account(), account(), amount()).prop_map(|(who, to, value)| Action::Delegate(who, to, value)),
        4 => (account(), account(), amount()).prop_map(|(who, of, value)| Action::Undelegate(who, of, value)),
        3 => (account(), account(), account(), amount())
            .prop_map(|(who, from, to, value)| Action::Redelegate(who, from, to, value)),
        4 => (account(), amount(), commission).prop_map(|(who, value, commission)| {
            Action::Validate(who, value, commission)
        }),
        1 => account().prop_map(Action::Chill),
        3 => account().prop_map(Action::Withdraw),
        2 => account().prop_map(Action::Claim),
        1 => account().prop_map(Action::Settle),
        4 => account().prop_map(Action::Author),
        2 => (account(), part(), 0..6u32).prop_map(|(who, part, ago)| Action::Offend(who, part, ago)),
        1 => (account(), 0..6u32).prop_map(|(who, ago)| Action::Cancel(who, ago)),
        6 => Just(Action::Session),
    ]
}

fn run(action: Action) {
    let _ = match action {
        Action::Bond(who, value) => Staking::bond(origin(who), value),
        Action::Unbond(who, value) => Staking::unbond(origin(who), value),
        Action::Delegate(who, to, value) => Staking::delegate(origin(who), to, value),
        Action::Undelegate(who, of, value) => Staking::undelegate(origin(who), of, value),
        Action::Redelegate(who, from, to, value) => Staking::redelegate(origin(who), from, to, value),
        Action::Validate(who, value, commission) => Staking::validate(origin(who), value, commission),
        Action::Chill(who) => Staking::chill(origin(who)),
        Action::Withdraw(who) => Staking::withdraw(origin(who)),
        Action::Claim(who) => Staking::claim(origin(who)),
        Action::Settle(who) => Staking::settle_losses(origin(1), who)
            .map(|_| ())
            .map_err(|e| e.error),
        Action::Author(who) => {
            Staking::note_author(&who);
            Ok(())
        }
        Action::Offend(who, part, ago) => {
            Staking::note_offence(&who, part, CurrentSession::get().saturating_sub(ago));
            Ok(())
        }
        Action::Cancel(who, ago) => {
            let era = Staking::era().current.saturating_sub(ago);
            Staking::cancel_slash(RuntimeOrigin::root(), who, era)
        }
        Action::Session => {
            next_session();
            Ok(())
        }
    };
}

/// Everybody takes back what can be taken back.
fn everybody_leaves() {
    for _ in 0..4 {
        next_era();
    }
    for _ in 0..2 {
        for who in 1..=ACCOUNTS {
            let _ = Staking::chill(origin(who));
        }
        for who in 1..=ACCOUNTS {
            let _ = Staking::settle_losses(origin(1), who);
            let _ = Staking::withdraw(origin(who));
            for _ in 0..2 {
                let guardian = Guardians::<Test>::get(who).unwrap_or_default();
                for delegation in guardian.delegations {
                    assert_ok!(Staking::undelegate(
                        origin(who),
                        delegation.validator,
                        delegation.principal
                    ));
                }
                let _ = Staking::settle_losses(origin(1), who);
            }
            let active = Ledgers::<Test>::get(who).unwrap_or_default().active;
            if active > 0 {
                assert_ok!(Staking::unbond(origin(who), active));
            }
        }
        advance(UNBONDING);
        for who in 1..=ACCOUNTS {
            let _ = Staking::withdraw(origin(who));
            let _ = Staking::claim(origin(who));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_sequence_of_stakers_loses_or_makes_a_token(actions in vec(action(), 1..120)) {
        let mut chain = TestExt::new().validator(1, 10_000).validator(2, 12_000);
        for who in 3..=ACCOUNTS {
            chain = chain.endow(who, 30_000);
        }
        for who in 1..=ACCOUNTS {
            chain = chain.fuel(who, 1_000);
        }
        chain.build().execute_with(|| {
            let genesis = Theta::total_issuance();
            let fuel = Fuel::total_issuance();
            for action in actions {
                let before: Vec<_> = (1..=ACCOUNTS).map(|who| Theta::total_balance(&who)).collect();
                run(action);
                assert_invariants(genesis);
                assert_eq!(Fuel::total_issuance(), fuel + Minted::get());
                for (who, before) in (1..).zip(before) {
                    assert!(Theta::total_balance(&who) <= before, "staking never pays THETA");
                }
            }
            everybody_leaves();
            assert_invariants(genesis);
            assert!(Ledgers::<Test>::iter().next().is_none());
            assert!(Left::<Test>::iter().next().is_none());
            assert_eq!(Candidates::<Test>::count(), 0);
            assert!(Pools::<Test>::iter().all(|(_, pool)| pool.fund.is_empty()));
        });
    }
}
