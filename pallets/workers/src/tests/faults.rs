//! Drivers that compute wrong.

use crate::{mock::*, Clause, Error, Event, FaultyDrivers, IndexLen, WorkerState, MAX_FAULTY_DRIVERS};
use edgeproof_primitives::{Capability, Demands, Label};
use frame::{prelude::DispatchError, testing_prelude::*};
use pallet_support::{DriverFaults, SeatEnd, WorkerDraw};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// What [`capability`] offers, with another driver.
fn with_driver(name: &str) -> Capability {
    Capability {
        driver: driver(name),
        ..capability()
    }
}

fn bad() -> Label {
    capability().driver
}

fn delist(driver: Label) -> DispatchResult {
    Registry::delist_driver(RuntimeOrigin::root(), driver)
}

#[test]
fn governance_lists_and_delists_drivers() {
    TestExt::new().execute_with(|| {
        list(&bad());
        System::assert_last_event(Event::DriverListed { driver: bad() }.into());
        assert!(Registry::is_listed(&bad()) && !Registry::is_listed(&driver("Mesa 23")));
        assert_noop!(
            Registry::list_driver(RuntimeOrigin::root(), bad()),
            Error::<Test>::AlreadyListed
        );
        assert_noop!(delist(driver("Mesa 23")), Error::<Test>::NotListed);
        assert_ok!(delist(bad()));
        System::assert_last_event(Event::DriverDelisted { driver: bad() }.into());
        assert!(!Registry::is_listed(&bad()));
    });
}

#[test]
fn nobody_else_lists_or_delists() {
    TestExt::new().worker(1, 100).execute_with(|| {
        assert_noop!(Registry::list_driver(origin(1), bad()), DispatchError::BadOrigin);
        list(&bad());
        assert_noop!(
            Registry::delist_driver(origin(1), bad()),
            DispatchError::BadOrigin
        );
    });
}

#[test]
fn workers_that_do_not_name_their_driver_are_not_listed_together() {
    TestExt::new().execute_with(|| {
        assert_noop!(
            Registry::list_driver(RuntimeOrigin::root(), Label::default()),
            Error::<Test>::UnnamedDriver
        );
    });
}

#[test]
fn the_fault_list_is_bounded() {
    TestExt::new().execute_with(|| {
        for number in 0..MAX_FAULTY_DRIVERS {
            list(&driver(&format!("driver {number}")));
        }
        assert_noop!(
            Registry::list_driver(RuntimeOrigin::root(), bad()),
            Error::<Test>::TooManyFaultyDrivers
        );
        assert_ok!(delist(driver("driver 7")));
        list(&bad());
        assert_eq!(FaultyDrivers::<Test>::count(), MAX_FAULTY_DRIVERS);
    });
}

#[test]
fn nobody_registers_or_resumes_with_a_faulty_driver() {
    TestExt::new().worker(1, 100).execute_with(|| {
        Ledger::bond(2, MINIMUM);
        list(&bad());
        assert_noop!(
            Registry::register(origin(2), 12, capability(), 100),
            Error::<Test>::FaultyDriver
        );
        assert_ok!(Registry::register(origin(2), 12, with_driver("Mesa 23"), 100));
        assert_noop!(
            Registry::set_capability(origin(2), capability()),
            Error::<Test>::FaultyDriver
        );

        assert_ok!(Registry::pause(origin(1)));
        assert_noop!(Registry::resume(origin(1)), Error::<Test>::FaultyDriver);
        assert_ok!(Registry::set_capability(origin(1), with_driver("Mesa 23")));
        assert_ok!(Registry::resume(origin(1)));
    });
}

#[test]
fn a_worker_with_a_faulty_driver_is_not_drawn_and_says_why() {
    TestExt::new().worker(1, 100).worker(2, 200).execute_with(|| {
        assert_ok!(Registry::set_capability(origin(2), with_driver("Mesa 23")));
        list(&bad());
        let demands = Demands::default();
        assert_eq!(failing_clause(1, &request(&demands)), Some(Clause::FaultyDriver));
        assert_eq!(draw(1).unwrap().stash, 2);
        System::assert_has_event(Event::PausedForDriver { stash: 1 }.into());
        assert_eq!(Registry::worker(1).unwrap().state, WorkerState::Paused);
        assert_eq!(IndexLen::<Test>::get(), 1);

        assert_ok!(delist(bad()));
        assert_ok!(Registry::resume(origin(1)));
        assert_eq!(draw(1).unwrap().stash, 1);
    });
}

#[test]
fn a_driver_is_not_changed_while_a_seat_is_held() {
    TestExt::new().worker(1, 100).execute_with(|| {
        let seat = draw(1).unwrap();
        assert_noop!(
            Registry::set_capability(origin(1), with_driver("Mesa 23")),
            Error::<Test>::DriverInUse
        );
        let more = Capability {
            slots: 9,
            ..capability()
        };
        assert_ok!(Registry::set_capability(origin(1), more));
        Registry::end_seat(&seat, &REQUESTER, None, SeatEnd::Refuted);
        assert_eq!(Ledger::slashed_driver(), Some(bad()));
        assert_ok!(Registry::set_capability(origin(1), with_driver("Mesa 23")));
    });
}

#[test]
fn a_seat_that_was_taken_before_the_listing_ends_like_any_other() {
    TestExt::new().worker(1, 100).execute_with(|| {
        let seat = draw(1).unwrap();
        list(&bad());
        assert!(draw(2).is_none());
        Registry::end_seat(&seat, &REQUESTER, None, SeatEnd::Succeeded);
        assert_eq!(Registry::worker(1).unwrap().reputation.succeeded, 1);
    });
}

#[test]
fn a_registration_with_a_faulty_driver_is_not_feeless() {
    use frame::deps::frame_support::dispatch::CheckIfFeeless;
    TestExt::new().execute_with(|| {
        Ledger::bond(2, MINIMUM);
        let call = crate::Call::<Test>::register {
            operator: 12,
            capability: capability(),
            ask: 100,
        };
        assert!(call.is_feeless(&origin(2)));
        list(&bad());
        assert!(!call.is_feeless(&origin(2)));
    });
}
