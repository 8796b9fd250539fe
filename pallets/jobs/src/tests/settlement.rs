use super::*;
use crate::{Error, Event, InlineOutputs, Receipts, SeatsOf};
use edgeproof_primitives::{Outcome, Reason, Receipt};
use pallet_support::SeatEnd;
use polkadot_sdk::polkadot_sdk_frame::deps::sp_runtime::Permill;

/// 75 % of 401, rounded down; what is left of the fee is burned.
const SHARE: TfuelBalance = 300;
const SETTLED: u32 = DRAWN + WINDOW + 1;

#[test]
fn the_end_of_the_window_pays_to_the_planck_without_a_call() {
    one_worker().execute_with(|| {
        let id = revealed();
        events();
        advance_to(SETTLED - 1);
        assert!(crate::Jobs::<Test>::contains_key(id));
        assert_eq!(free(STASH), ENDOWMENT);
        advance_to(SETTLED);
        assert_eq!(free(STASH), ENDOWMENT + SHARE);
        assert_eq!(free(OPERATOR), 0);
        assert_eq!(Burned::get(), FEE - SHARE);
        assert_eq!(Worked::get(), [(STASH, FEE - SHARE)]);
        assert_made_whole(FEE);
        assert_eq!(Registry::ends(), [(OPERATOR, SeatEnd::Succeeded)]);
        assert_eq!(SeatsOf::<Test>::iter().count(), 0);
        assert_eq!(
            events(),
            [Event::JobEnded {
                job: id,
                outcome: Outcome::Succeeded,
                reason: Reason::WindowPassed,
                paid: SHARE,
                burned: FEE - SHARE,
                refunded: CAP - FEE + DEPOSIT
            }]
        );
    });
}

#[test]
fn the_receipt_says_all_there_was() {
    one_worker().execute_with(|| {
        let spec = usual_spec();
        let id = submit(REQUESTER, spec.clone());
        advance_to(DRAWN + 3);
        assert_ok!(Jobs::commit_result(signed(OPERATOR), id, honest(id, 0, OPERATOR)));
        advance_to(DRAWN + 5);
        assert_ok!(Jobs::reveal_result(signed(OPERATOR), id, opening()));
        let operations = job(id).operations;
        advance(WINDOW + 1);
        let inputs = edgeproof_proofs::hash_parts(&[&[1; 32], &3u32.to_le_bytes()]);
        assert_eq!(
            receipt(id),
            Receipt {
                job: id,
                requester: REQUESTER,
                program: spec.program,
                inputs,
                output_root: Some(output_root()),
                workers: vec![OPERATOR].try_into().unwrap(),
                attestation: Some(attestation()),
                operations,
                paid: SHARE,
                burned: FEE - SHARE,
                refunded: CAP - FEE + DEPOSIT,
                outcome: Outcome::Succeeded,
                reason: Reason::WindowPassed,
                watched: true,
                replicas: 1,
                audited: false,
                posted_at: POSTED,
                drawn_at: Some(DRAWN),
                committed_at: Some(DRAWN + 3),
                revealed_at: Some(DRAWN + 5),
                ended_at: DRAWN + 5 + WINDOW + 1,
            }
        );
    });
}

#[test]
fn a_receipt_whose_parts_contradict_each_other_is_found() {
    one_worker().execute_with(|| {
        let id = revealed();
        advance(WINDOW + 1);
        let honest = receipt(id);
        let edits: [fn(&mut Receipt<AccountId>); 3] = [
            |receipt| receipt.reason = Reason::ResultRefuted,
            |receipt| receipt.outcome = Outcome::RequesterFault,
            |receipt| {
                // Refunded jobs pay nobody.
                (receipt.outcome, receipt.reason) = (Outcome::Expired, Reason::DrawDeadlinePassed);
                (receipt.output_root, receipt.revealed_at) = (None, None);
            },
        ];
        for edit in edits {
            Receipts::<Test>::mutate(id, |receipt| edit(receipt.as_mut().unwrap()));
            assert!(Jobs::do_try_state().is_err());
            Receipts::<Test>::insert(id, honest.clone());
        }
    });
}

#[test]
fn a_longer_window_settles_later() {
    one_worker().execute_with(|| {
        let mut spec = usual_spec();
        spec.assurance.window = Some(55);
        let id = committed(spec);
        assert_ok!(Jobs::reveal_result(signed(OPERATOR), id, opening()));
        advance_to(DRAWN + 55);
        assert!(crate::Jobs::<Test>::contains_key(id));
        advance(1);
        assert_eq!(ended(id), (Outcome::Succeeded, Reason::WindowPassed));
    });
}

#[test]
fn the_rules_of_the_posting_hold_to_the_end() {
    one_worker().execute_with(|| {
        let id = revealed();
        Rules::mutate(|rules| {
            rules.worker_share = Permill::zero();
            rules.job_deposit = 1;
            rules.window_base = 1;
        });
        advance_to(SETTLED);
        assert_eq!(
            (receipt(id).paid, receipt(id).refunded),
            (SHARE, CAP - FEE + DEPOSIT)
        );
    });
}

#[test]
fn a_share_that_the_stash_cannot_receive_is_burned_and_reported() {
    const ABSENT: AccountId = 99;
    // A fee of 12 gives a share of 9, below the existential deposit.
    TestExt::new().worker(OPERATOR, ABSENT, 12).execute_with(|| {
        let id = revealed();
        events();
        advance_to(SETTLED);
        assert_eq!(free(ABSENT), 0);
        assert_eq!(Burned::get(), 12);
        assert!(Worked::get().is_empty(), "nobody was paid for it");
        assert_made_whole(12);
        let receipt = receipt(id);
        assert_eq!(
            (receipt.paid, receipt.burned, receipt.refunded),
            (0, 12, CAP - 12 + DEPOSIT)
        );
        assert_eq!(
            events()[0],
            Event::WorkerShareBurned {
                job: id,
                stash: ABSENT,
                amount: 9
            }
        );
    });
    // A share of the existential deposit creates the account.
    TestExt::new().worker(OPERATOR, ABSENT, 14).execute_with(|| {
        revealed();
        advance_to(SETTLED);
        assert_eq!(free(ABSENT), 10);
        assert_eq!(Worked::get(), [(ABSENT, 4)]);
    });
}

#[test]
fn every_share_divides_the_whole_escrow() {
    for (share, fee) in [(0, FEE), (100, FEE), (75, 0), (75, 1), (33, CAP), (100, CAP)] {
        TestExt::new()
            .rules(|rules| rules.worker_share = Permill::from_percent(share))
            .worker(OPERATOR, STASH, fee)
            .execute_with(|| {
                let id = revealed();
                advance_to(SETTLED);
                let receipt = receipt(id);
                assert_eq!(receipt.paid, fee * TfuelBalance::from(share) / 100);
                assert_eq!(receipt.paid + receipt.burned, fee);
                assert_eq!(receipt.refunded, CAP + DEPOSIT - fee);
                assert_eq!(free(STASH), ENDOWMENT + receipt.paid);
                assert_made_whole(fee);
            });
    }
}

#[test]
fn a_requester_with_everything_in_escrow_is_paid_out() {
    one_worker().execute_with(|| {
        let mut spec = usual_spec();
        spec.price_cap = ENDOWMENT - DEPOSIT - EXISTENTIAL_DEPOSIT;
        let id = committed(spec);
        assert_eq!(free(REQUESTER), EXISTENTIAL_DEPOSIT);
        assert_ok!(Jobs::reveal_result(signed(OPERATOR), id, opening()));
        advance_to(SETTLED);
        assert_made_whole(FEE);
    });
}

#[test]
fn jobs_of_one_requester_do_not_touch_each_others_escrow() {
    one_worker().execute_with(|| {
        let spec = usual_spec();
        let first = revealed();
        let second = submit(REQUESTER, spec);
        assert_eq!(held(REQUESTER), 2 * (CAP + DEPOSIT));
        advance_to(SETTLED);
        assert_eq!(receipt(first).refunded, CAP - FEE + DEPOSIT);
        assert_ne!(held(REQUESTER), 0);
        check();
        advance_to(70);
        assert_eq!(ended(second).0, Outcome::NoWorker);
        assert_made_whole(FEE);
    });
}

#[test]
fn receipts_and_inline_outputs_stay_until_they_are_pruned() {
    one_worker().execute_with(|| {
        let id = committed(inline_spec());
        assert_ok!(Jobs::reveal_result(signed(OPERATOR), id, inline_opening()));
        advance_to(SETTLED + RETENTION - 1);
        assert_eq!(receipt(id).outcome, Outcome::Succeeded);
        assert_eq!(InlineOutputs::<Test>::get(id).unwrap().to_vec(), output());
        events();
        advance(1);
        assert_eq!(events(), [Event::ReceiptPruned { job: id }]);
        assert_eq!(Receipts::<Test>::iter().count(), 0);
        assert_eq!(InlineOutputs::<Test>::iter().count(), 0);
        assert_noop!(Jobs::cancel(signed(REQUESTER), id), Error::<Test>::UnknownJob);
    });
}

#[test]
fn nothing_of_a_job_remains_but_its_number() {
    one_worker().execute_with(|| {
        revealed();
        advance_to(SETTLED + RETENTION + REVEAL);
        assert_eq!(crate::Jobs::<Test>::iter().count(), 0);
        assert_eq!(crate::Agenda::<Test>::iter().count(), 0);
        assert_eq!(crate::AgendaLength::<Test>::iter().count(), 0);
        assert_eq!(crate::NextJob::<Test>::get(), 1);
        assert_ok!(Jobs::remove_program(signed(STASH_3), usual_program()));
    });
}
