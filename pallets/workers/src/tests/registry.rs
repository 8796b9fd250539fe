use crate::{mock::*, Call, Error, Event, Index, IndexLen, StashOf, WorkerState, Workers, MAX_ASK};
use edgeproof_primitives::{Capability, Region};
use frame::{deps::frame_support::dispatch::CheckIfFeeless, prelude::DispatchError, testing_prelude::*};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// A chain where accounts 1 to 9 have the least stake.
fn staked(test: impl FnOnce()) {
    TestExt::new().execute_with(|| {
        (1..10).for_each(|who| Ledger::bond(who, MINIMUM));
        test()
    })
}

fn register(stash: AccountId, operator: AccountId) -> DispatchResult {
    Registry::register(origin(stash), operator, capability(), 100)
}

fn is_feeless(stash: AccountId, operator: AccountId, capability: Capability, ask: FuelBalance) -> bool {
    Call::<Test>::register {
        operator,
        capability,
        ask,
    }
    .is_feeless(&origin(stash))
}

fn position(stash: AccountId) -> WorkerState {
    Workers::<Test>::get(stash).unwrap().state
}

#[test]
fn a_registered_worker_stands_in_the_index() {
    staked(|| {
        assert_ok!(register(1, 11));
        System::assert_last_event(
            Event::Registered {
                stash: 1,
                operator: 11,
                capability: capability(),
                ask: 100,
            }
            .into(),
        );
        let worker = Registry::worker(1).unwrap();
        assert_eq!((worker.operator, worker.ask, worker.seats_held), (11, 100, 0));
        assert_eq!(worker.state, WorkerState::Active { position: 0 });
        assert_eq!(Registry::worker_of_operator(11), Some((1, worker)));
        assert_eq!((Index::<Test>::get(0), IndexLen::<Test>::get()), (Some(1), 1));
    });
}

#[test]
fn an_operator_key_lives_without_a_balance_as_long_as_it_serves() {
    staked(|| {
        assert!(!System::account_exists(&11));
        assert_ok!(register(1, 11));
        assert!(System::account_exists(&11));
        assert_ok!(Registry::deregister(origin(1)));
        System::assert_last_event(
            Event::Deregistered {
                stash: 1,
                operator: 11,
            }
            .into(),
        );
        assert!(!System::account_exists(&11));
        assert!(Registry::worker(1).is_none() && !StashOf::<Test>::contains_key(11));
        assert_eq!((Index::<Test>::get(0), IndexLen::<Test>::get()), (None, 0));
    });
}

#[test]
fn a_worker_needs_stake() {
    staked(|| {
        assert_noop!(register(20, 11), Error::<Test>::InsufficientStake);
        Ledger::unbond(1, 1);
        assert_noop!(register(1, 11), Error::<Test>::InsufficientStake);
    });
}

#[test]
fn stake_at_risk_counts_as_stake_of_a_worker() {
    staked(|| {
        use pallet_support::StakeLedger;
        assert_ok!(Ledger::lock(&1, MINIMUM));
        assert_ok!(register(1, 11));
    });
}

#[test]
fn a_stash_has_one_worker_and_an_operator_serves_one_stash() {
    staked(|| {
        assert_ok!(register(1, 11));
        assert_noop!(register(1, 12), Error::<Test>::AlreadyRegistered);
        assert_noop!(register(2, 11), Error::<Test>::OperatorTaken);
    });
}

#[test]
fn a_stash_is_nobodys_operator() {
    staked(|| {
        assert_noop!(register(1, 1), Error::<Test>::OperatorIsStash);
        assert_ok!(register(1, 11));
        assert_noop!(register(2, 1), Error::<Test>::OperatorIsStash);
    });
}

#[test]
fn naming_a_stranger_as_operator_does_not_keep_it_from_being_a_stash() {
    staked(|| {
        assert_ok!(register(1, 2));
        assert_ok!(register(2, 12));
        // It speaks for its own worker.
        assert_ok!(Registry::pause(origin(2)));
        assert_eq!(position(2), WorkerState::Paused);
        assert_ne!(position(1), WorkerState::Paused);
    });
}

#[test]
fn a_senseless_capability_is_refused() {
    staked(|| {
        let lower = Capability {
            region: Region(*b"de"),
            ..capability()
        };
        let digit = Capability {
            region: Region(*b"D1"),
            ..capability()
        };
        let idle = Capability {
            slots: 0,
            ..capability()
        };
        for (bad, error) in [
            (lower, Error::<Test>::InvalidRegion),
            (digit, Error::<Test>::InvalidRegion),
            (idle, Error::<Test>::ZeroSlots),
        ] {
            let error = DispatchError::from(error);
            assert_noop!(Registry::register(origin(1), 11, bad.clone(), 100), error);
            assert_ok!(register(2, 12));
            assert_noop!(Registry::set_capability(origin(2), bad), error);
            assert_ok!(Registry::deregister(origin(2)));
        }
    });
}

#[test]
fn a_zero_or_absurd_ask_is_refused() {
    staked(|| {
        assert_ok!(register(2, 12));
        for (ask, error) in [
            (0, Error::<Test>::ZeroAsk),
            (MAX_ASK + 1, Error::<Test>::AbsurdAsk),
            (u128::MAX, Error::<Test>::AbsurdAsk),
        ] {
            let error = DispatchError::from(error);
            assert_noop!(Registry::register(origin(1), 11, capability(), ask), error);
            assert_noop!(Registry::set_ask(origin(2), ask), error);
        }
        for ask in [1, MAX_ASK] {
            assert_ok!(Registry::set_ask(origin(2), ask));
            System::assert_last_event(Event::AskChanged { stash: 2, ask }.into());
            assert_eq!(Registry::worker(2).unwrap().ask, ask);
        }
    });
}

#[test]
fn a_capability_can_be_changed() {
    staked(|| {
        assert_ok!(register(1, 11));
        let capability = Capability {
            memory: 1,
            ..capability()
        };
        assert_ok!(Registry::set_capability(origin(1), capability.clone()));
        System::assert_last_event(
            Event::CapabilityChanged {
                stash: 1,
                capability: capability.clone(),
            }
            .into(),
        );
        assert_eq!(Registry::worker(1).unwrap().capability, capability);
    });
}

#[test]
fn what_is_not_registered_cannot_be_changed() {
    staked(|| {
        assert_noop!(Registry::set_ask(origin(1), 1), Error::<Test>::NotRegistered);
        assert_noop!(
            Registry::set_capability(origin(1), capability()),
            Error::<Test>::NotRegistered
        );
        assert_noop!(Registry::pause(origin(1)), Error::<Test>::NotRegistered);
        assert_noop!(Registry::resume(origin(1)), Error::<Test>::NotRegistered);
        assert_noop!(Registry::deregister(origin(1)), Error::<Test>::NotRegistered);
        assert_noop!(
            Registry::replace_operator(origin(1), 11),
            Error::<Test>::NotRegistered
        );
    });
}

#[test]
fn only_accounts_are_workers() {
    staked(|| {
        for bad in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
            let error = DispatchError::BadOrigin;
            assert_noop!(Registry::register(bad.clone(), 11, capability(), 100), error);
            assert_noop!(Registry::set_ask(bad.clone(), 1), error);
            assert_noop!(Registry::set_capability(bad.clone(), capability()), error);
            assert_noop!(Registry::pause(bad.clone()), error);
            assert_noop!(Registry::resume(bad.clone()), error);
            assert_noop!(Registry::deregister(bad.clone()), error);
            assert_noop!(Registry::replace_operator(bad, 11), error);
        }
    });
}

#[test]
fn a_hot_key_only_pauses_and_resumes() {
    staked(|| {
        assert_ok!(register(1, 11));
        assert_noop!(Registry::set_ask(origin(11), 1), Error::<Test>::NotRegistered);
        assert_noop!(
            Registry::set_capability(origin(11), capability()),
            Error::<Test>::NotRegistered
        );
        assert_noop!(Registry::deregister(origin(11)), Error::<Test>::NotRegistered);
        assert_noop!(
            Registry::replace_operator(origin(11), 12),
            Error::<Test>::NotRegistered
        );
        assert_ok!(Registry::pause(origin(11)));
        assert_ok!(Registry::resume(origin(11)));
    });
}

#[test]
fn the_last_worker_takes_the_place_of_one_that_leaves() {
    staked(|| {
        for stash in 1..=4 {
            assert_ok!(register(stash, stash + 10));
        }
        assert_ok!(Registry::pause(origin(2)));
        System::assert_last_event(Event::Paused { stash: 2 }.into());
        assert_eq!((Index::<Test>::get(1), IndexLen::<Test>::get()), (Some(4), 3));
        assert_eq!(position(4), WorkerState::Active { position: 1 });
        assert_ok!(Registry::deregister(origin(3)));
        assert_eq!(IndexLen::<Test>::get(), 2);
        assert_ok!(Registry::resume(origin(2)));
        System::assert_last_event(Event::Resumed { stash: 2 }.into());
        assert_eq!(position(2), WorkerState::Active { position: 2 });
    });
}

#[test]
fn nobody_pauses_or_resumes_twice() {
    staked(|| {
        assert_ok!(register(1, 11));
        assert_noop!(Registry::resume(origin(1)), Error::<Test>::AlreadyActive);
        assert_ok!(Registry::pause(origin(1)));
        assert_noop!(Registry::pause(origin(11)), Error::<Test>::AlreadyPaused);
        assert_ok!(Registry::resume(origin(11)));
        assert_noop!(Registry::resume(origin(1)), Error::<Test>::AlreadyActive);
    });
}

#[test]
fn a_worker_without_stake_cannot_resume() {
    staked(|| {
        assert_ok!(register(1, 11));
        assert_ok!(Registry::pause(origin(1)));
        Ledger::unbond(1, 1);
        assert_noop!(Registry::resume(origin(1)), Error::<Test>::InsufficientStake);
        Ledger::bond(1, 1);
        assert_ok!(Registry::resume(origin(1)));
    });
}

#[test]
fn a_worker_that_holds_seats_cannot_leave_or_shrink() {
    TestExt::new().worker(1, 100).execute_with(|| {
        draw(1).unwrap();
        draw(2).unwrap();
        assert_noop!(Registry::deregister(origin(1)), Error::<Test>::SeatsHeld);
        assert_noop!(
            Registry::replace_operator(origin(1), 12),
            Error::<Test>::SeatsHeld
        );
        let slots = |slots| Capability {
            slots,
            ..capability()
        };
        assert_noop!(
            Registry::set_capability(origin(1), slots(1)),
            Error::<Test>::SlotsInUse
        );
        assert_ok!(Registry::set_capability(origin(1), slots(2)));
        assert_ok!(Registry::pause(origin(1)));
    });
}

#[test]
fn a_paused_worker_can_be_deregistered() {
    staked(|| {
        assert_ok!(register(1, 11));
        assert_ok!(register(2, 12));
        assert_ok!(Registry::pause(origin(1)));
        assert_ok!(Registry::deregister(origin(1)));
        assert_eq!(IndexLen::<Test>::get(), 1);
    });
}

#[test]
fn an_operator_key_can_be_replaced() {
    staked(|| {
        assert_ok!(register(1, 11));
        assert_ok!(Registry::replace_operator(origin(1), 12));
        System::assert_last_event(
            Event::OperatorReplaced {
                stash: 1,
                old: 11,
                new: 12,
            }
            .into(),
        );
        assert!(!System::account_exists(&11) && System::account_exists(&12));
        assert!(Registry::worker_of_operator(11).is_none());
        assert_eq!(Registry::worker_of_operator(12).unwrap().0, 1);
        assert_noop!(Registry::pause(origin(11)), Error::<Test>::NotRegistered);

        assert_noop!(
            Registry::replace_operator(origin(1), 12),
            Error::<Test>::OperatorTaken
        );
        assert_noop!(
            Registry::replace_operator(origin(1), 1),
            Error::<Test>::OperatorIsStash
        );
        assert_ok!(register(2, 13));
        assert_noop!(
            Registry::replace_operator(origin(1), 13),
            Error::<Test>::OperatorTaken
        );
        assert_noop!(
            Registry::replace_operator(origin(1), 2),
            Error::<Test>::OperatorIsStash
        );
    });
}

#[test]
fn an_operator_key_that_lives_only_by_its_service_and_has_holds_cannot_be_dropped() {
    staked(|| {
        assert_ok!(register(1, 11));
        assert_ok!(System::inc_consumers(&11));
        assert_noop!(Registry::deregister(origin(1)), Error::<Test>::OperatorInUse);
        assert_noop!(
            Registry::replace_operator(origin(1), 12),
            Error::<Test>::OperatorInUse
        );
        // The existential deposit of TFUEL gives it a reference of its own.
        System::inc_providers(&11);
        assert_ok!(Registry::deregister(origin(1)));
        assert_eq!((System::providers(&11), System::consumers(&11)), (1, 1));
    });
}

#[test]
fn an_operator_key_with_a_balance_of_its_own_outlives_its_service() {
    staked(|| {
        System::inc_providers(&11);
        assert_ok!(register(1, 11));
        assert_eq!(System::providers(&11), 2);
        assert_ok!(Registry::deregister(origin(1)));
        assert_eq!(System::providers(&11), 1);
    });
}

#[test]
fn a_registration_that_will_succeed_is_feeless() {
    staked(|| {
        assert!(is_feeless(1, 11, capability(), 100));
        assert_ok!(register(1, 11));
        assert!(!is_feeless(1, 12, capability(), 100), "registered already");
        assert!(!is_feeless(2, 11, capability(), 100), "operator taken");
        assert!(!is_feeless(2, 1, capability(), 100), "operator is a stash");
        assert!(!is_feeless(20, 12, capability(), 100), "no stake");
        assert!(!is_feeless(2, 12, capability(), 0), "zero ask");
        assert!(
            !is_feeless(
                2,
                12,
                Capability {
                    slots: 0,
                    ..capability()
                },
                100
            ),
            "zero slots"
        );
        assert!(is_feeless(2, 12, capability(), 100));
        let call = Call::<Test>::register {
            operator: 12,
            capability: capability(),
            ask: 100,
        };
        assert!(!call.is_feeless(&RuntimeOrigin::root()));
    });
}
