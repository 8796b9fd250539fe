use super::*;
use crate::{Error, Event, InlineOutputs, JobState, SeatsOf};
use edgeproof_primitives::{Outcome, Reason};
use pallet_support::{FirstSeat, SeatEnd};
use std::collections::BTreeSet;

fn share(fee: TfuelBalance) -> TfuelBalance {
    fee * 75 / 100
}

/// The fee that a worker of the crowd asks.
fn fee(operator: AccountId) -> TfuelBalance {
    FEE + TfuelBalance::from(operator - 100)
}

#[test]
fn all_replicas_are_drawn_at_once_from_one_seed() {
    crowd(5).execute_with(|| {
        let id = submit(REQUESTER, spec_of(3, 0));
        advance_to(DRAWN - 1);
        assert!(seated(id).is_empty());
        events();
        advance(1);
        assert_eq!(Registry::seeds().len(), 1);
        let operators = seated(id);
        assert_eq!(operators[0], 100, "the cheapest has the first seat");
        assert_eq!(operators.iter().collect::<BTreeSet<_>>().len(), 3);
        assert_eq!(state(id), JobState::Assigned { commit_by: COMMIT_BY });
        assert_eq!(job(id).first_fee, FEE);
        assert!(job(id).seats.iter().all(|seat| seat.round == 0 && !seat.auditor));
        let assigned = operators.iter().map(|operator| Event::JobAssigned {
            job: id,
            operator: *operator,
            fee: fee(*operator),
            commit_by: COMMIT_BY,
        });
        assert_eq!(events(), assigned.collect::<Vec<_>>());
        assert_eq!(SeatsOf::<Test>::iter().count(), 3);
        assert_eq!(held(REQUESTER), 3 * CAP + DEPOSIT);
    });
}

#[test]
fn only_the_first_seat_goes_by_price() {
    crowd(6).execute_with(|| {
        let ids: Vec<_> = (0..40).map(|_| submit(REQUESTER, spec_of(2, 0))).collect();
        advance_to(DRAWN);
        assert!(ids.iter().all(|id| seated(*id)[0] == 100));
        let others: BTreeSet<_> = ids.iter().map(|id| seated(*id)[1]).collect();
        assert_eq!(others, (101..106).collect());
    });
}

#[test]
fn a_job_of_several_replicas_gets_all_or_none() {
    crowd(2).execute_with(|| {
        let id = submit(REQUESTER, spec_of(3, 0));
        advance_to(DRAWN);
        assert!(matches!(state(id), JobState::Open { attempted: true, .. }));
        assert_eq!(Registry::slots_in_use(), 0);
        advance_to(POSTED + 51);
        assert_eq!(ended(id), (Outcome::NoWorker, Reason::NoWorkerFits));
        assert_made_whole(0);
    });
}

#[test]
fn several_replicas_ask_for_many_registered_workers_and_one_does_not() {
    crowd(7)
        .rules(|rules| rules.workers_per_replica = 4)
        .execute_with(|| {
            let single = submit(REQUESTER, spec_of(1, 0));
            let double = submit(REQUESTER, spec_of(2, 0));
            advance_to(DRAWN);
            assert_eq!(seated(single).len(), 1);
            assert!(seated(double).is_empty());
            let least: Vec<_> = Registry::asked()
                .iter()
                .map(|asked| asked.least_workers)
                .collect();
            assert_eq!(least, [0, 8]);
            Registry::add(107, stash(107), FEE);
            advance(5);
            assert_eq!(seated(double).len(), 2);
        });
}

#[test]
fn nobody_reveals_before_everybody_has_committed() {
    crowd(3).execute_with(|| {
        let id = assigned(spec_of(3, 0));
        for operator in seated(id) {
            assert!(matches!(state(id), JobState::Assigned { .. }));
            for other in seated(id) {
                let seat = job(id).seat_of(&other).cloned().unwrap();
                let error = match seat.committed {
                    Some(_) => Error::<Test>::RevealsNotOpen,
                    None => Error::<Test>::NotCommitted,
                };
                assert_noop!(Jobs::reveal_result(signed(other), id, opening()), error);
            }
            commit_to(operator, id, &output());
            advance(1);
        }
        let reveal_by = now() - 1 + REVEAL;
        assert_eq!(state(id), JobState::Committed { reveal_by });
        reveal_all(id);
        assert!(matches!(state(id), JobState::Revealed { .. }));
    });
}

#[test]
fn replicas_that_agree_are_each_paid_their_own_fee() {
    crowd(4).execute_with(|| {
        let id = assigned(spec_of(3, 0));
        let operators = seated(id);
        commit_all(id);
        advance(1);
        events();
        reveal_all(id);
        let window_ends = now() + WINDOW;
        assert_eq!(
            events().last(),
            Some(&Event::ResultStands {
                job: id,
                output_root: output_root(),
                window_ends
            })
        );
        advance_to(window_ends + 1);
        for operator in &operators {
            assert_eq!(free(stash(*operator)), share(fee(*operator)));
        }
        let fees: TfuelBalance = operators.iter().map(|operator| fee(*operator)).sum();
        let paid: TfuelBalance = operators.iter().map(|operator| share(fee(*operator))).sum();
        assert_eq!(Burned::get(), fees - paid);
        let burned = |operator: AccountId| (stash(operator), fee(operator) - share(fee(operator)));
        let worked: Vec<_> = operators.iter().copied().map(burned).collect();
        assert_eq!(Worked::get(), worked);
        assert_made_whole(fees);
        let receipt = receipt(id);
        assert_eq!(receipt.workers.to_vec(), operators);
        assert_eq!(
            (receipt.replicas, receipt.watched, receipt.audited),
            (3, true, false)
        );
        assert_eq!((receipt.paid, receipt.burned), (paid, fees - paid));
        assert_eq!(receipt.refunded, 3 * CAP + DEPOSIT - fees);
        assert_eq!(receipt.output_root, Some(output_root()));
        assert_eq!(
            Registry::ends(),
            operators
                .iter()
                .map(|operator| (*operator, SeatEnd::Succeeded))
                .collect::<Vec<_>>()
        );
        assert_eq!(Notes::closed(), [id]);
        assert!(Notes::opened().is_empty());
    });
}

#[test]
fn a_shorter_window_settles_sooner_and_the_receipt_says_so() {
    crowd(2).execute_with(|| {
        let mut spec = spec_of(2, 0);
        spec.assurance.window = Some(3);
        let id = assigned(spec);
        commit_all(id);
        reveal_all(id);
        advance(4);
        assert_eq!(ended(id), (Outcome::Succeeded, Reason::WindowPassed));
        assert!(!receipt(id).watched);
    });
}

#[test]
fn whoever_has_committed_keeps_the_seat_when_another_misses_the_deadline() {
    crowd(5).execute_with(|| {
        let id = assigned(spec_of(3, 0));
        let [cheapest, second, third] = seated(id)[..] else {
            panic!("three seats");
        };
        commit_to(second, id, &output());
        advance_to(COMMIT_BY + 1);
        assert_eq!(
            Registry::ends(),
            [(cheapest, SeatEnd::CommitMissed), (third, SeatEnd::CommitMissed)]
        );
        assert_eq!(seated(id), [second]);
        assert_eq!(job(id).round, 1);
        assert!(matches!(state(id), JobState::Open { attempted: false, .. }));
        check();
        assert_noop!(
            Jobs::commit_result(signed(second), id, honest(id, 1, second)),
            Error::<Test>::AlreadyCommitted
        );
        assert_noop!(
            Jobs::reveal_result(signed(second), id, opening()),
            Error::<Test>::RevealsNotOpen
        );

        advance(2);
        assert_eq!(
            Registry::asked()[1],
            Asked {
                seats: 2,
                first: FirstSeat::Anyone,
                least_workers: 3
            }
        );
        let operators = seated(id);
        assert_eq!((operators.len(), operators[0]), (3, second));
        assert!(!operators.contains(&cheapest) && !operators.contains(&third));
        let rounds: Vec<_> = job(id).seats.iter().map(|seat| seat.round).collect();
        assert_eq!(rounds, [0, 1, 1]);
        commit_all(id);
        // The commitment of the first round opens still.
        reveal_all(id);
        advance(WINDOW + 1);
        assert_eq!(receipt(id).workers.to_vec(), operators);
        assert_eq!(receipt(id).drawn_at, Some(COMMIT_BY + 3));
    });
}

#[test]
fn a_job_whose_draws_are_used_up_releases_those_who_did_their_part() {
    crowd(9).execute_with(|| {
        let id = assigned(spec_of(3, 0));
        let kept = seated(id)[1];
        commit_to(kept, id, &output());
        advance_to(COMMIT_BY + 1 + 2 * (2 + EXECUTION + 1));
        assert_eq!(ended(id), (Outcome::NoWorker, Reason::CommitsMissed));
        let ends = Registry::ends();
        assert_eq!(ends.len(), 7);
        assert_eq!(ends[6], (kept, SeatEnd::Released));
        assert!(ends[..6].iter().all(|(_, end)| *end == SeatEnd::CommitMissed));
        // The receipt names those who failed last, and not the one who did not.
        assert_eq!(receipt(id).workers.to_vec(), [ends[4].0, ends[5].0]);
        assert_eq!(receipt(id).committed_at, None);
        assert_eq!(free(stash(kept)), 0);
        assert_made_whole(0);
    });
}

#[test]
fn a_job_that_finds_no_replacement_releases_those_who_did_their_part() {
    crowd(2).execute_with(|| {
        let id = assigned(spec_of(2, 0));
        let [lost, kept] = seated(id)[..] else {
            panic!("two seats");
        };
        commit_to(kept, id, &output());
        advance_to(COMMIT_BY + 1);
        assert_noop!(Jobs::cancel(signed(REQUESTER), id), Error::<Test>::NotOpen);
        advance(51);
        assert_eq!(ended(id), (Outcome::NoWorker, Reason::NoWorkerFits));
        assert_eq!(
            Registry::ends(),
            [(lost, SeatEnd::CommitMissed), (kept, SeatEnd::Released)]
        );
        assert_made_whole(0);
    });
}

#[test]
fn a_silent_replica_is_slashed_in_full_and_the_others_settle() {
    crowd(3).execute_with(|| {
        let id = assigned(spec_of(3, 0));
        let operators = seated(id);
        commit_all(id);
        reveal(operators[0], id, &output());
        reveal(operators[2], id, &output());
        let silent = operators[1];
        let bond = bond_of(fee(silent));
        advance_to(DRAWN + REVEAL);
        events();
        advance(1);
        let window_ends = now() + WINDOW;
        assert_eq!(
            events(),
            [
                Event::RevealMissed {
                    job: id,
                    operator: silent,
                    compensated: bond / 5,
                    held: bond - bond / 5
                },
                Event::ResultStands {
                    job: id,
                    output_root: output_root(),
                    window_ends
                }
            ]
        );
        assert_eq!(state(id), JobState::Revealed { window_ends });
        assert_noop!(
            Jobs::reveal_result(signed(silent), id, opening()),
            Error::<Test>::NotAssigned
        );
        check();
        advance_to(window_ends + 1);
        assert_eq!(receipt(id).workers.to_vec(), [operators[0], operators[2]]);
        assert_eq!(receipt(id).replicas, 3);
        assert_made_whole(fee(operators[0]) + fee(operators[2]));
        assert_eq!(free(stash(silent)), 0);
    });
}

#[test]
fn replicas_that_are_all_silent_are_all_slashed_and_the_job_is_drawn_again() {
    crowd(4).execute_with(|| {
        let id = assigned(spec_of(2, 0));
        let silent = seated(id);
        commit_all(id);
        advance_to(DRAWN + REVEAL + 1);
        assert!(matches!(state(id), JobState::Open { .. }));
        assert_eq!((job(id).round, seated(id).len()), (1, 0));
        assert!(Registry::ends()
            .iter()
            .all(|(_, end)| *end == SeatEnd::RevealMissed));
        advance(2);
        assert!(seated(id).iter().all(|operator| !silent.contains(operator)));
        // Nobody is kept, so the first seat goes by price again.
        assert_eq!(Registry::asked()[1].first, FirstSeat::Cheapest);
        commit_all(id);
        advance(REVEAL + 1);
        // No worker is left.
        advance(51);
        assert_eq!(ended(id), (Outcome::NoWorker, Reason::NoWorkerFits));
        assert_made_whole(0);
    });
}

#[test]
fn the_last_round_of_silent_replicas_is_their_fault() {
    crowd(2).rules(|rules| rules.max_draws = 1).execute_with(|| {
        let id = assigned(spec_of(2, 0));
        let silent = seated(id);
        commit_all(id);
        advance_to(DRAWN + REVEAL + 1);
        assert_eq!(ended(id), (Outcome::WorkerFault, Reason::RevealMissed));
        assert_eq!(receipt(id).workers.to_vec(), silent);
        assert_made_whole(0);
    });
}

#[test]
fn a_copied_commitment_opens_for_nobody_else() {
    crowd(2).execute_with(|| {
        let id = assigned(spec_of(2, 0));
        let [honest_one, copycat] = seated(id)[..] else {
            panic!("two seats");
        };
        let copied = honest(id, 0, honest_one);
        assert_ok!(Jobs::commit_result(signed(honest_one), id, copied));
        assert_ok!(Jobs::commit_result(signed(copycat), id, copied));
        reveal(honest_one, id, &output());
        assert_noop!(
            Jobs::reveal_result(signed(copycat), id, opening()),
            Error::<Test>::CommitmentMismatch
        );
        advance_to(DRAWN + REVEAL + 1);
        assert_eq!(Registry::ends(), [(copycat, SeatEnd::RevealMissed)]);
        advance(WINDOW + 1);
        assert_eq!(receipt(id).workers.to_vec(), [honest_one]);
        assert_eq!(free(stash(copycat)), 0);
    });
}

#[test]
fn the_inline_output_is_stored_once() {
    crowd(2).execute_with(|| {
        let mut spec = spec_of(2, 0);
        spec.inline_output = true;
        let id = assigned(spec);
        commit_all(id);
        let [first, second] = seated(id)[..] else {
            panic!("two seats");
        };
        reveal(first, id, &output());
        check();
        assert_noop!(
            Jobs::reveal_result(signed(second), id, opening()),
            Error::<Test>::InlineOutputMissing
        );
        reveal(second, id, &output());
        assert_eq!(InlineOutputs::<Test>::get(id).unwrap().to_vec(), output());
        advance(WINDOW + 1);
        assert_eq!(InlineOutputs::<Test>::get(id).unwrap().to_vec(), output());
    });
}
