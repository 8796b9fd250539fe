//! Each clause of the predicate alone, and their order.

use crate::{mock::*, offer, Candidate, Clause, Offer, Reputation, Terms, Worker, WorkerState};
use edgeproof_primitives::{Capability, Demands, Evidence, Region, FULL_EVIDENCE};
use frame::deps::sp_runtime::FixedU128;
use polkadot_sdk::polkadot_sdk_frame as frame;

type MockCandidate<'a> = Candidate<'a, AccountId, FuelBalance, ThetaBalance>;

const STASH: AccountId = 1;
const OPERATOR: AccountId = 11;

fn worker() -> Worker<AccountId, FuelBalance> {
    Worker {
        operator: OPERATOR,
        capability: capability(),
        ask: 100,
        seats_held: 0,
        state: WorkerState::Active { position: 0 },
        reputation: Reputation::default(),
    }
}

fn regions(codes: &[&str]) -> Demands {
    let regions: Vec<_> = codes.iter().map(|code| Region::new(code).unwrap()).collect();
    Demands {
        regions: regions.try_into().unwrap(),
        ..Default::default()
    }
}

/// Asks for an offer after `adapt` changed one thing about a case that fits.
fn ask(
    worker: &Worker<AccountId, FuelBalance>,
    demands: &Demands,
    adapt: impl FnOnce(&mut MockCandidate, &mut Request, &mut Terms<ThetaBalance>),
) -> Result<Offer<FuelBalance, ThetaBalance>, Clause> {
    TestExt::new().execute_with(|| {
        let mut candidate = Candidate {
            stash: &STASH,
            worker,
            bonded: MINIMUM,
            available: MINIMUM,
            faulty_driver: false,
        };
        let mut request = request(demands);
        let mut terms = Terms {
            minimum: MINIMUM,
            rules: Rules::get(),
        };
        adapt(&mut candidate, &mut request, &mut terms);
        offer(&candidate, &request, &terms)
    })
}

fn ask_with_defaults(
    adapt: impl FnOnce(&mut MockCandidate, &mut Request, &mut Terms<ThetaBalance>),
) -> Result<Offer<FuelBalance, ThetaBalance>, Clause> {
    ask(&worker(), &Demands::default(), adapt)
}

#[test]
fn a_worker_that_fits_offers_its_ask_and_twenty_times_its_value_as_bond() {
    assert_eq!(ask_with_defaults(|_, _, _| ()), Ok(Offer { fee: 100, bond: 200 }));
}

#[test]
fn a_paused_worker_does_not_fit() {
    let paused = Worker {
        state: WorkerState::Paused,
        ..worker()
    };
    assert_eq!(
        ask(&paused, &Demands::default(), |_, _, _| ()),
        Err(Clause::Paused)
    );
}

#[test]
fn a_worker_below_the_minimum_stake_does_not_fit() {
    assert_eq!(
        ask_with_defaults(|candidate, _, _| candidate.bonded = MINIMUM - 1),
        Err(Clause::StakeBelowMinimum)
    );
}

#[test]
fn a_worker_with_a_faulty_driver_does_not_fit() {
    assert_eq!(
        ask_with_defaults(|candidate, _, _| candidate.faulty_driver = true),
        Err(Clause::FaultyDriver)
    );
}

#[test]
fn a_worker_without_a_free_slot_does_not_fit() {
    for (seats_held, answer) in [
        (3, None),
        (4, Some(Clause::NoFreeSlot)),
        (5, Some(Clause::NoFreeSlot)),
    ] {
        let busy = Worker {
            seats_held,
            ..worker()
        };
        assert_eq!(ask(&busy, &Demands::default(), |_, _, _| ()).err(), answer);
    }
}

#[test]
fn a_worker_with_too_little_memory_does_not_fit() {
    let demands = |memory| Demands {
        memory,
        ..Default::default()
    };
    assert!(ask(&worker(), &demands(8 << 30), |_, _, _| ()).is_ok());
    assert_eq!(
        ask(&worker(), &demands((8 << 30) + 1), |_, _, _| ()),
        Err(Clause::Memory)
    );
}

#[test]
fn a_worker_fits_where_its_region_or_any_is_allowed() {
    assert!(ask(&worker(), &regions(&[]), |_, _, _| ()).is_ok());
    assert!(ask(&worker(), &regions(&["FR", "DE"]), |_, _, _| ()).is_ok());
    assert_eq!(
        ask(&worker(), &regions(&["FR", "CH"]), |_, _, _| ()),
        Err(Clause::Region)
    );
}

#[test]
fn a_worker_with_too_low_a_reputation_does_not_fit() {
    let demands = |reputation| Demands {
        reputation,
        ..Default::default()
    };
    let known = |successes, failures| {
        let mut known = worker();
        known.reputation.evidence = Evidence { successes, failures };
        known
    };
    let answer = |worker, least| ask(&worker, &demands(least), |_, _, _| ()).err();
    for (successes, failures, score) in [
        (0, 0, 500_000),
        (FULL_EVIDENCE, 0, 666_666),
        (0, FULL_EVIDENCE, 333_333),
    ] {
        assert_eq!(answer(known(successes, failures), 0), None);
        assert_eq!(answer(known(successes, failures), score), None);
        assert_eq!(
            answer(known(successes, failures), score + 1),
            Some(Clause::Reputation)
        );
    }
}

#[test]
fn a_worker_above_the_price_cap_does_not_fit() {
    assert!(ask_with_defaults(|_, request, _| request.price_cap = 100).is_ok());
    assert_eq!(
        ask_with_defaults(|_, request, _| request.price_cap = 99),
        Err(Clause::TooDear)
    );
    // One operation more is rounded up to one planck more.
    assert_eq!(
        ask_with_defaults(|_, request, _| {
            request.price_cap = 100;
            request.operations = GIGA + 1;
        }),
        Err(Clause::TooDear)
    );
}

#[test]
fn a_fee_beyond_every_amount_is_too_dear_at_any_cap() {
    let absurd = Worker {
        ask: u128::MAX,
        ..worker()
    };
    let answer = ask(&absurd, &Demands::default(), |_, request, _| {
        request.operations = u64::MAX
    });
    assert_eq!(answer, Err(Clause::TooDear));
}

#[test]
fn a_worker_does_not_serve_its_owner() {
    assert_eq!(
        ask_with_defaults(|_, request, _| request.requester = &STASH),
        Err(Clause::OwnJob)
    );
    assert_eq!(
        ask_with_defaults(|_, request, _| request.requester = &OPERATOR),
        Err(Clause::OwnJob)
    );
}

#[test]
fn an_excluded_operator_does_not_fit() {
    assert_eq!(
        ask_with_defaults(|_, request, _| request.excluded = &[7, OPERATOR]),
        Err(Clause::Excluded)
    );
    assert!(
        ask_with_defaults(|_, request, _| request.excluded = &[7, STASH]).is_ok(),
        "keys are excluded"
    );
}

#[test]
fn a_bond_that_is_not_available_does_not_fit() {
    assert!(ask_with_defaults(|candidate, _, _| candidate.available = 200).is_ok());
    assert_eq!(
        ask_with_defaults(|candidate, _, _| candidate.available = 199),
        Err(Clause::BondNotAvailable)
    );
}

#[test]
fn a_bond_beyond_every_amount_is_not_available() {
    for rate in [FixedU128::from_u32(u32::MAX), FixedU128::from_inner(u128::MAX)] {
        let answer = ask_with_defaults(|candidate, request, terms| {
            (candidate.bonded, candidate.available) = (u64::MAX, u64::MAX);
            request.operations = u64::MAX;
            terms.rules.rate = rate;
        });
        assert_eq!(answer, Err(Clause::BondNotAvailable));
    }
}

#[test]
fn clauses_are_asked_in_the_order_of_their_list() {
    let hopeless = Worker {
        state: WorkerState::Paused,
        seats_held: 4,
        ..worker()
    };
    let mut mended = hopeless.clone();
    mended.state = WorkerState::Active { position: 0 };
    let demands = Demands {
        memory: u64::MAX,
        reputation: 500_001,
        ..regions(&["FR"])
    };
    let all = |candidate: &mut MockCandidate, request: &mut Request, _: &mut Terms<_>| {
        (candidate.bonded, candidate.available, candidate.faulty_driver) = (0, 0, true);
        (request.price_cap, request.requester, request.excluded) = (0, &STASH, &[OPERATOR]);
    };
    assert_eq!(ask(&hopeless, &demands, all), Err(Clause::Paused));
    assert_eq!(ask(&mended, &demands, all), Err(Clause::StakeBelowMinimum));
    let all = |candidate: &mut MockCandidate, request: &mut Request, terms: &mut Terms<_>| {
        all(candidate, request, terms);
        candidate.bonded = MINIMUM;
    };
    assert_eq!(ask(&mended, &demands, all), Err(Clause::FaultyDriver));
    let all = |candidate: &mut MockCandidate, request: &mut Request, terms: &mut Terms<_>| {
        all(candidate, request, terms);
        candidate.faulty_driver = false;
    };
    assert_eq!(ask(&mended, &demands, all), Err(Clause::NoFreeSlot));
    mended.seats_held = 0;
    assert_eq!(ask(&mended, &demands, all), Err(Clause::Memory));
    mended.capability.memory = u64::MAX;
    assert_eq!(ask(&mended, &demands, all), Err(Clause::Region));
    mended.capability = Capability {
        region: Region::new("FR").unwrap(),
        ..mended.capability
    };
    assert_eq!(ask(&mended, &demands, all), Err(Clause::Reputation));
    mended.reputation.evidence.successes = FULL_EVIDENCE;
    assert_eq!(ask(&mended, &demands, all), Err(Clause::TooDear));
    let all = |candidate: &mut MockCandidate, request: &mut Request, terms: &mut Terms<_>| {
        all(candidate, request, terms);
        request.price_cap = 100;
    };
    assert_eq!(ask(&mended, &demands, all), Err(Clause::OwnJob));
    let all = |candidate: &mut MockCandidate, request: &mut Request, terms: &mut Terms<_>| {
        all(candidate, request, terms);
        request.requester = &REQUESTER;
    };
    assert_eq!(ask(&mended, &demands, all), Err(Clause::Excluded));
    let all = |candidate: &mut MockCandidate, request: &mut Request, terms: &mut Terms<_>| {
        all(candidate, request, terms);
        request.excluded = &[];
    };
    assert_eq!(ask(&mended, &demands, all), Err(Clause::BondNotAvailable));
}
