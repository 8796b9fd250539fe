//! What a worker's seats leave behind, and what it is good for.

use crate::{mock::*, reputation::FULL_FEE, Clause};
use edgeproof_primitives::{Demands, Evidence, FULL_EVIDENCE};
use frame::testing_prelude::*;
use pallet_support::{SeatEnd, WorkerDraw};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// Workers whose seats weigh as much as any.
fn full_workers(stashes: &[AccountId]) -> TestExt {
    let workers = |ext: TestExt, stash: &AccountId| ext.worker(*stash, FULL_FEE);
    stashes.iter().fold(TestExt::new(), workers)
}

/// Ends a seat of the only worker that fits.
fn seat_ends(stash: AccountId, end: SeatEnd) {
    Ledger::bond(stash, 2 * u64::try_from(FULL_FEE).unwrap());
    let seat = draw(1).unwrap();
    assert_eq!((seat.stash, seat.fee), (stash, FULL_FEE));
    Registry::end_seat(&seat, &REQUESTER, None, end);
}

fn evidence(stash: AccountId) -> Evidence {
    Registry::worker(stash).unwrap().reputation.evidence
}

fn demanding(reputation: u32) -> Demands {
    Demands {
        reputation,
        ..Default::default()
    }
}

#[test]
fn a_new_worker_has_half_the_score_and_nobody_has_that_of_no_worker() {
    full_workers(&[1]).execute_with(|| {
        assert_eq!(Registry::reputation_score(1), Some(500_000));
        assert_eq!(Registry::reputation_score(2), None);
    });
}

#[test]
fn a_result_that_stood_is_evidence_of_success() {
    full_workers(&[1]).execute_with(|| {
        seat_ends(1, SeatEnd::Succeeded);
        assert_eq!(
            evidence(1),
            Evidence {
                successes: FULL_EVIDENCE,
                failures: 0
            }
        );
        assert_eq!(Registry::reputation_score(1), Some(666_666));
    });
}

#[test]
fn silence_and_wrong_results_are_evidence_of_failure() {
    for end in [SeatEnd::CommitMissed, SeatEnd::RevealMissed, SeatEnd::Refuted] {
        full_workers(&[1]).execute_with(|| {
            seat_ends(1, end);
            assert_eq!(
                evidence(1),
                Evidence {
                    successes: 0,
                    failures: FULL_EVIDENCE
                }
            );
            assert_eq!(Registry::reputation_score(1), Some(333_333));
        });
    }
}

#[test]
fn a_seat_that_was_released_says_nothing() {
    full_workers(&[1]).execute_with(|| {
        seat_ends(1, SeatEnd::Released);
        assert_eq!(evidence(1), Evidence::default());
    });
}

#[test]
fn a_demand_draws_those_who_meet_it_however_cheap_the_others_are() {
    full_workers(&[1]).execute_with(|| {
        seat_ends(1, SeatEnd::Succeeded);
        Ledger::bond(2, MINIMUM);
        assert_ok!(Registry::register(origin(2), operator_of(2), capability(), 1));
        for seed in 0..8 {
            let drawn = draw_for(seed, &demanding(600_000), |_| ()).unwrap();
            assert_eq!(drawn.stash, 1);
            Registry::end_seat(&drawn, &REQUESTER, None, SeatEnd::Released);
        }
        assert_eq!(
            draw(1).unwrap().stash,
            2,
            "whoever demands nothing gets the cheapest"
        );
        let demands = demanding(600_000);
        assert_eq!(failing_clause(2, &request(&demands)), Some(Clause::Reputation));
        assert_eq!(draw_for(1, &demanding(700_000), |_| ()), None);
    });
}

#[test]
fn whoever_registers_anew_is_unknown_again() {
    full_workers(&[1]).execute_with(|| {
        seat_ends(1, SeatEnd::CommitMissed);
        assert_ok!(Registry::deregister(origin(1)));
        assert_ok!(Registry::register(origin(1), operator_of(1), capability(), 1));
        assert_eq!(Registry::reputation_score(1), Some(500_000));
    });
}
