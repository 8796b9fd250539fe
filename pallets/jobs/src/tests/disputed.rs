use super::*;
use crate::{Event, InlineOutputs, JobState, WeightInfo};
use edgeproof_primitives::{Outcome, Reason};
use pallet_support::{DisputedJobs, Disputes, SeatEnd, Subject};
use polkadot_sdk::polkadot_sdk_frame::deps::frame_support::assert_storage_noop;

const CLAIMANT: AccountId = OPERATOR_2;
const FINDER: AccountId = STASH_3;

/// Two workers who have revealed different results: the cheaper tells the truth. The job, the honest one and the liar.
fn differing(spec: JobSpec) -> (JobId, AccountId, AccountId) {
    let id = assigned(spec);
    let [truthful, liar] = seated(id)[..] else {
        panic!("two seats");
    };
    commit_to(truthful, id, &output());
    commit_to(liar, id, &lie());
    reveal(truthful, id, &output());
    reveal(liar, id, &lie());
    (id, truthful, liar)
}

fn disputed_until(id: JobId) -> u32 {
    match state(id) {
        JobState::Disputed { window_ends } => window_ends,
        other => panic!("{other:?}"),
    }
}

fn resume(id: JobId, output: &[u8]) {
    Jobs::resume(id, root_of(output), (CLAIMANT, STASH_2));
}

#[test]
fn different_results_open_a_dispute() {
    crowd(2).execute_with(|| {
        events();
        let (id, truthful, liar) = differing(spec_of(2, 0));
        let window_ends = DRAWN + WINDOW;
        assert_eq!(disputed_until(id), window_ends);
        assert_eq!(
            events().last(),
            Some(&Event::ResultsDiffer { job: id, window_ends })
        );
        let standing = [(truthful, output_root()), (liar, root_of(&lie()))].map(|(operator, output_root)| {
            StandingResult {
                operator,
                stash: stash(operator),
                bond: job(id).seat_of(&operator).unwrap().worker.bond,
                output_root,
            }
        });
        assert_eq!(Notes::opened(), [(id, standing.to_vec())]);
        assert_eq!(Jobs::standing(id), standing);
        // Only the dispute moves it on.
        advance(500);
        assert_eq!(disputed_until(id), window_ends);
        assert_eq!(held(REQUESTER), 2 * CAP + DEPOSIT);
        assert!(Registry::ends().is_empty());
    });
}

#[test]
fn an_auditor_that_finds_another_result_opens_a_dispute() {
    crowd(2).execute_with(|| {
        let id = assigned(spec_of(1, 1_000_000));
        commit_to(100, id, &lie());
        advance(4);
        commit_to(101, id, &output());
        reveal(101, id, &output());
        reveal(100, id, &lie());
        assert_eq!(Notes::opened().len(), 1);
        Jobs::refute(id, &100, Some(&stash(101)));
        resume(id, &output());
        advance(WINDOW + 1);
        assert!(receipt(id).audited);
        assert_eq!(receipt(id).workers.to_vec(), [101]);
        assert_made_whole(FEE + 1);
    });
}

#[test]
fn results_that_differ_at_the_reveal_deadline_open_a_dispute() {
    crowd(3).execute_with(|| {
        let id = assigned(spec_of(3, 0));
        let operators = seated(id);
        commit_to(operators[0], id, &output());
        commit_to(operators[1], id, &lie());
        commit_to(operators[2], id, &output());
        reveal(operators[0], id, &output());
        reveal(operators[1], id, &lie());
        advance(REVEAL + 1);
        assert_eq!(disputed_until(id), now() + WINDOW);
        assert_eq!(Notes::opened()[0].1.len(), 2);
        assert_eq!(Registry::ends(), [(operators[2], SeatEnd::RevealMissed)]);
    });
}

#[test]
fn a_reveal_weighs_a_dispute_only_when_one_begins() {
    crowd(2).execute_with(|| {
        let agreed = <() as WeightInfo>::reveal_result(0);
        let reveals = |second: &[u8]| {
            let id = assigned(spec_of(2, 0));
            let operators = seated(id);
            commit_to(operators[0], id, &output());
            commit_to(operators[1], id, second);
            let reveal = |operator, output| {
                let opening = opening_of(id, output);
                let call: RuntimeCall = crate::Call::reveal_result { job: id, opening }.into();
                let declared = call.get_dispatch_info().call_weight;
                assert_eq!(declared, agreed + Notes::open_weight());
                call.dispatch(signed(operator)).unwrap().actual_weight
            };
            [
                reveal(operators[0], output().as_slice()),
                reveal(operators[1], second),
            ]
        };
        assert_eq!(reveals(&output()), [Some(agreed), Some(agreed)]);
        assert_eq!(reveals(&lie()), [Some(agreed), None]);
    });
}

#[test]
fn a_job_is_a_subject_from_its_reveal_to_its_settlement() {
    crowd(2).execute_with(|| {
        let spec = usual_spec();
        let id = submit(REQUESTER, spec.clone());
        assert_eq!(Jobs::subject(id), None);
        advance_to(DRAWN);
        commit_all(id);
        assert_eq!(Jobs::subject(id), None);
        assert!(Jobs::standing(id).is_empty());
        reveal_all(id);
        let subject = Subject {
            requester: REQUESTER,
            program: spec.program,
            inputs: spec.inputs.to_vec(),
            params: spec.params.to_vec(),
            execution: EXECUTION,
            window: WINDOW,
            window_ends: DRAWN + WINDOW,
            bond: BOND,
            compensation: BOND / 5,
        };
        assert_eq!(Jobs::subject(id), Some(subject.clone()));
        Jobs::suspend(id);
        assert_eq!(Jobs::subject(id), Some(subject));
        assert_eq!(Jobs::standing(id).len(), 1);
        resume(id, &output());
        advance(WINDOW + 1);
        assert_eq!(Jobs::subject(id), None);
        assert!(Jobs::standing(id).is_empty());
        assert_eq!(Jobs::subject(77), None);
    });
}

#[test]
fn disputes_read_stored_programs() {
    TestExt::new().execute_with(|| {
        let id = usual_program();
        assert_eq!(Jobs::program_code(&id), Some(program(WORDS, 1)));
        assert_eq!(Jobs::program_code(&ProgramId([0; 32])), None);
    });
}

#[test]
fn claims_bond_what_the_first_seat_cost_when_it_was_drawn() {
    crowd(3).execute_with(|| {
        let id = assigned(spec_of(3, 0));
        let operators = seated(id);
        commit_all(id);
        // The cheapest is gone, its fee counts still.
        reveal(operators[1], id, &output());
        reveal(operators[2], id, &output());
        advance(REVEAL + 1);
        let subject = Jobs::subject(id).unwrap();
        assert_eq!((subject.bond, subject.compensation), (BOND, BOND / 5));
    });
}

#[test]
fn a_suspended_job_settles_only_after_it_was_resumed() {
    crowd(1).execute_with(|| {
        let id = assigned(usual_spec());
        commit_all(id);
        reveal_all(id);
        let window_ends = now() + WINDOW;
        advance(5);
        Jobs::suspend(id);
        assert_eq!(disputed_until(id), window_ends);
        check();
        resume(id, &output());
        assert_eq!(state(id), JobState::Revealed { window_ends });
        check();
        advance_to(window_ends);
        assert!(crate::Jobs::<Test>::contains_key(id));
        advance(1);
        assert_eq!(ended(id), (Outcome::Succeeded, Reason::WindowPassed));
        assert_eq!(Notes::closed(), [id]);
        assert_made_whole(FEE);
    });
}

#[test]
fn an_extended_window_is_kept_to_though_the_old_end_was_planned() {
    crowd(1).execute_with(|| {
        let id = assigned(usual_spec());
        commit_all(id);
        reveal_all(id);
        let first_end = now() + WINDOW;
        Jobs::suspend(id);
        Jobs::extend(id, first_end + 20);
        resume(id, &output());
        advance_to(first_end + 20);
        assert!(matches!(state(id), JobState::Revealed { .. }));
        advance(1);
        assert_eq!(ended(id).0, Outcome::Succeeded);
    });
}

#[test]
fn a_dispute_that_outlasts_the_window_settles_in_the_next_block() {
    crowd(2).execute_with(|| {
        let (id, _, liar) = differing(spec_of(2, 0));
        advance(100);
        Jobs::refute(id, &liar, None);
        resume(id, &output());
        assert_eq!(state(id), JobState::Revealed { window_ends: now() });
        advance(1);
        assert_eq!(ended(id).0, Outcome::Succeeded);
    });
}

#[test]
fn a_refuted_worker_loses_its_seat_and_the_finder_is_rewarded() {
    crowd(2).execute_with(|| {
        let (id, truthful, liar) = differing(spec_of(2, 0));
        let bond = job(id).seat_of(&liar).unwrap().worker.bond;
        events();
        Jobs::refute(id, &liar, Some(&FINDER));
        let (compensated, rewarded) = (bond / 5, bond / 10);
        assert_eq!(
            events(),
            [Event::ResultRefuted {
                job: id,
                operator: liar,
                finder: Some(FINDER),
                compensated,
                rewarded,
                held: bond - compensated - rewarded
            }]
        );
        assert_eq!(Registry::ends(), [(liar, SeatEnd::Refuted)]);
        assert_eq!(seated(id), [truthful]);
        assert_eq!(Jobs::standing(id).len(), 1);
        check();
        // Once.
        assert_storage_noop!(Jobs::refute(id, &liar, Some(&FINDER)));
        assert_storage_noop!(Jobs::refute(id, &STRANGER, None));
        resume(id, &output());
        advance(WINDOW + 1);
        let receipt = receipt(id);
        assert_eq!(receipt.workers.to_vec(), [truthful]);
        assert_eq!(receipt.output_root, Some(output_root()));
        assert_eq!(receipt.refunded, 2 * CAP + DEPOSIT - FEE);
        assert_eq!(free(stash(liar)), 0);
        assert_made_whole(FEE);
    });
}

#[test]
fn a_claimed_result_is_paid_the_fee_of_the_first_seat() {
    crowd(2).execute_with(|| {
        let (id, truthful, liar) = differing(spec_of(2, 0));
        Jobs::refute(id, &truthful, Some(&STASH_2));
        Jobs::refute(id, &liar, Some(&STASH_2));
        check();
        let claimed = [7; 16];
        resume(id, &claimed);
        check();
        // Another dispute about it may follow.
        Jobs::suspend(id);
        check();
        assert!(Jobs::standing(id).is_empty());
        resume(id, &claimed);
        advance(WINDOW + 1);
        let receipt = receipt(id);
        assert_eq!(ended(id), (Outcome::Succeeded, Reason::WindowPassed));
        assert_eq!(receipt.workers.to_vec(), [CLAIMANT]);
        assert_eq!(receipt.output_root, Some(root_of(&claimed)));
        assert_eq!(
            (receipt.attestation, receipt.committed_at, receipt.revealed_at),
            (None, None, None)
        );
        assert!(!receipt.audited);
        assert_eq!((receipt.paid, receipt.burned), (300, FEE - 300));
        assert_eq!(Worked::get(), [(STASH_2, FEE - 300)]);
        assert_eq!(free(STASH_2), ENDOWMENT + 300);
        assert_made_whole(FEE);
        assert_eq!(Notes::closed(), [id]);
    });
}

#[test]
fn a_job_without_any_result_is_drawn_again_without_those_who_lied() {
    crowd(3).execute_with(|| {
        let id = assigned(usual_spec());
        commit_to(100, id, &lie());
        reveal(100, id, &lie());
        Jobs::suspend(id);
        Jobs::refute(id, &100, None);
        Jobs::restart(id);
        assert_eq!(
            state(id),
            JobState::Open {
                event: now(),
                draw_by: now() + 50,
                attempted: false
            }
        );
        assert_eq!((job(id).round, Jobs::subject(id)), (1, None));
        check();
        advance(2);
        assert_eq!(seated(id), [101]);
        assert_eq!(job(id).first_fee, FEE + 1);
        commit_all(id);
        reveal_all(id);
        advance(WINDOW + 1);
        assert_eq!(receipt(id).workers.to_vec(), [101]);
        assert_eq!(Notes::closed(), [id]);
        assert_made_whole(FEE + 1);
    });
}

#[test]
fn a_job_whose_last_result_was_refuted_is_refunded() {
    crowd(2).rules(|rules| rules.max_draws = 1).execute_with(|| {
        let (id, truthful, liar) = differing(spec_of(2, 0));
        Jobs::refute(id, &truthful, None);
        Jobs::refute(id, &liar, None);
        Jobs::restart(id);
        assert_eq!(ended(id), (Outcome::WorkerFault, Reason::ResultRefuted));
        let receipt = receipt(id);
        assert_eq!(receipt.workers.to_vec(), [liar]);
        assert_eq!((receipt.output_root, receipt.paid), (None, 0));
        assert_made_whole(0);
    });
}

#[test]
fn a_claimed_result_that_is_refuted_leaves_nothing_behind() {
    crowd(2).execute_with(|| {
        let (id, truthful, liar) = differing(spec_of(2, 0));
        Jobs::refute(id, &truthful, None);
        Jobs::refute(id, &liar, None);
        resume(id, &[7; 16]);
        Jobs::suspend(id);
        Jobs::restart(id);
        assert_eq!(job(id).standing, None);
        check();
    });
}

#[test]
fn an_output_stays_on_chain_only_while_its_root_stands() {
    let inline = || {
        let mut spec = spec_of(2, 0);
        spec.inline_output = true;
        spec
    };
    let stored = |id| InlineOutputs::<Test>::get(id).map(|output| output.to_vec());
    crowd(2).execute_with(|| {
        let (id, _, liar) = differing(inline());
        assert_eq!(stored(id), Some(output()));
        Jobs::refute(id, &liar, None);
        resume(id, &output());
        assert_eq!(stored(id), Some(output()));
    });
    crowd(2).execute_with(|| {
        let (id, truthful, _) = differing(inline());
        Jobs::refute(id, &truthful, None);
        resume(id, &lie());
        assert_eq!(stored(id), None);
        check();
        advance(WINDOW + 1);
        assert_eq!(receipt(id).output_root, Some(root_of(&lie())));
        assert_eq!(stored(id), None);
    });
    crowd(4).execute_with(|| {
        let (id, truthful, liar) = differing(inline());
        Jobs::refute(id, &truthful, None);
        Jobs::refute(id, &liar, None);
        Jobs::restart(id);
        assert_eq!(stored(id), None);
        check();
        // The next round stores its own.
        advance(2);
        commit_all(id);
        reveal_all(id);
        assert_eq!(stored(id), Some(output()));
    });
}

#[test]
fn calls_about_jobs_in_another_state_change_nothing() {
    crowd(2).execute_with(|| {
        let open = submit(REQUESTER, usual_spec());
        let drawn = assigned(spec_of(2, 1_000_000));
        let idle = |id: JobId| {
            Jobs::extend(id, 1_000);
            Jobs::refute(id, &100, None);
            resume(id, &output());
            Jobs::restart(id);
        };
        assert_storage_noop!(idle(99));
        advance_to(DRAWN + EXECUTION);
        for id in [open, drawn] {
            assert_storage_noop!(Jobs::suspend(id));
            assert_storage_noop!(idle(id));
        }
        commit_all(drawn);
        assert_storage_noop!(Jobs::suspend(drawn));
        assert_storage_noop!(idle(drawn));
        let revealed = assigned(usual_spec());
        commit_all(revealed);
        reveal_all(revealed);
        assert_storage_noop!(idle(revealed));
        advance(WINDOW + 1);
        assert_storage_noop!(Jobs::suspend(revealed));
        assert_storage_noop!(idle(revealed));
    });
}
