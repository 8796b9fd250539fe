use super::*;
use crate::{BelowAnswers, Call, PrioritizeAnswers};
use edgeproof_primitives::MAX_INLINE_BYTES;
use pallet_support::ANSWER_PRIORITY;
use polkadot_sdk::{
    pallet_skip_feeless_payment::SkipCheckIfFeeless,
    pallet_transaction_payment::ChargeTransactionPayment,
    polkadot_sdk_frame::deps::{
        frame_support::dispatch::{CheckIfFeeless, DispatchClass},
        sp_runtime::{
            traits::DispatchTransaction,
            transaction_validity::{
                InvalidTransaction, TransactionSource, TransactionValidityError, ValidTransaction,
            },
        },
    },
};

type Payment = SkipCheckIfFeeless<Test, BelowAnswers<ChargeTransactionPayment<Test>>>;
type Pipeline = (frame_system::CheckNonce<Test>, Payment, PrioritizeAnswers<Test>);

fn pipeline(who: AccountId, tip: TfuelBalance) -> Pipeline {
    let payment = BelowAnswers(ChargeTransactionPayment::from(tip));
    (
        frame_system::CheckNonce::from(System::account_nonce(who)),
        payment.into(),
        PrioritizeAnswers::new(),
    )
}

fn commit(id: JobId) -> RuntimeCall {
    Call::commit_result {
        job: id,
        commitment: honest(id, 0, OPERATOR),
    }
    .into()
}

fn reveal(id: JobId, opening: RevealOpening) -> RuntimeCall {
    Call::reveal_result { job: id, opening }.into()
}

/// What a pool says of the transaction.
fn validate(
    who: AccountId,
    call: &RuntimeCall,
    tip: TfuelBalance,
) -> Result<ValidTransaction, TransactionValidityError> {
    let info = call.get_dispatch_info();
    let source = TransactionSource::External;
    pipeline(who, tip)
        .validate_only(signed(who), call, &info, call.encoded_size(), source, 0)
        .map(|(validity, ..)| validity)
}

/// Puts the transaction into the block.
fn apply(who: AccountId, call: RuntimeCall) -> Result<(), TransactionValidityError> {
    let (info, len) = (call.get_dispatch_info(), call.encoded_size());
    let result = polkadot_sdk::polkadot_sdk_frame::deps::frame_support::storage::with_storage_layer(|| {
        pipeline(who, 0)
            .dispatch_transaction(signed(who), call, &info, len, 0)
            .map_err(Failure::Refused)
    });
    match result {
        Ok(dispatched) => {
            dispatched.unwrap();
            Ok(())
        }
        Err(Failure::Refused(error)) => Err(error),
        Err(Failure::Layer(error)) => panic!("{error:?}"),
    }
}

#[derive(Debug)]
enum Failure {
    Refused(TransactionValidityError),
    Layer(DispatchError),
}

impl From<DispatchError> for Failure {
    fn from(error: DispatchError) -> Self {
        Self::Layer(error)
    }
}

/// What registering an operator key does: the key may have a nonce without having a token.
fn admit_keys() {
    for operator in [OPERATOR, OPERATOR_2] {
        System::inc_providers(&operator);
    }
}

const NO_MONEY: TransactionValidityError = TransactionValidityError::Invalid(InvalidTransaction::Payment);
const QUOTA: TransactionValidityError =
    TransactionValidityError::Invalid(InvalidTransaction::ExhaustsResources);

#[test]
fn a_key_without_any_token_commits_and_reveals() {
    three_workers().execute_with(|| {
        admit_keys();
        let id = assigned(inline_spec());
        apply(OPERATOR, commit(id)).unwrap();
        apply(OPERATOR, reveal(id, inline_opening())).unwrap();
        assert_eq!(free(OPERATOR), 0);
        assert_eq!(System::account_nonce(OPERATOR), 2);
        assert_eq!(Burned::get(), 0);
        advance(WINDOW + 1);
        assert_eq!(free(STASH), ENDOWMENT + 300);
    });
}

#[test]
fn replicas_and_auditors_answer_for_nothing_and_only_in_their_turn() {
    crowd(3).execute_with(|| {
        (100..103).for_each(|operator| {
            System::inc_providers(&operator);
        });
        let id = assigned(spec_of(2, 1_000_000));
        let committing = |operator| -> RuntimeCall {
            Call::commit_result {
                job: id,
                commitment: honest(id, 0, operator),
            }
            .into()
        };
        let replicas = seated(id);
        apply(replicas[0], committing(replicas[0])).unwrap();
        assert_eq!(apply(replicas[0], reveal(id, opening())), Err(NO_MONEY));
        apply(replicas[1], committing(replicas[1])).unwrap();
        assert_eq!(apply(replicas[0], reveal(id, opening())), Err(NO_MONEY));
        advance(4);
        let auditor = seated(id)[2];
        let answer = validate(auditor, &committing(auditor), 0).unwrap();
        assert_eq!(answer.priority, ANSWER_PRIORITY);
        assert_eq!(answer.longevity, u64::from(EXECUTION));
        assert_eq!(apply(replicas[0], reveal(id, opening())), Err(NO_MONEY));
        apply(auditor, committing(auditor)).unwrap();
        for operator in seated(id) {
            let answer = validate(operator, &reveal(id, opening()), 0).unwrap();
            assert_eq!(
                (answer.priority, answer.longevity),
                (ANSWER_PRIORITY, u64::from(REVEAL))
            );
            apply(operator, reveal(id, opening())).unwrap();
        }
        assert!(matches!(state(id), crate::JobState::Revealed { .. }));
        assert_eq!(Burned::get(), 0);
    });
}

#[test]
fn only_what_is_certain_to_succeed_is_free() {
    three_workers().execute_with(|| {
        admit_keys();
        let id = assigned(inline_spec());
        let feeless = |who, call: RuntimeCall| call.is_feeless(&signed(who));
        assert!(feeless(OPERATOR, commit(id)));
        assert!(!feeless(OPERATOR_2, commit(id)));
        assert!(!feeless(OPERATOR, commit(id + 1)));
        assert!(!feeless(OPERATOR, reveal(id, inline_opening())));
        assert!(!commit(id).is_feeless(&RuntimeOrigin::none()));
        assert!(!commit(id).is_feeless(&RuntimeOrigin::root()));
        assert_eq!(apply(OPERATOR_2, commit(id)), Err(NO_MONEY));
        assert_eq!(apply(OPERATOR, reveal(id, inline_opening())), Err(NO_MONEY));

        apply(OPERATOR, commit(id)).unwrap();
        assert!(!feeless(OPERATOR, commit(id)));
        assert_eq!(apply(OPERATOR, commit(id)), Err(NO_MONEY));

        assert!(!feeless(OPERATOR, reveal(id, opening())));
        assert!(!feeless(
            OPERATOR,
            reveal(
                id,
                RevealOpening {
                    salt: [1; 32],
                    ..inline_opening()
                }
            )
        ));
        assert!(feeless(OPERATOR, reveal(id, inline_opening())));
        AgendaWeight::set(Weight::zero());
        advance(REVEAL + 1);
        assert!(!feeless(OPERATOR, reveal(id, inline_opening())));
        assert!(validate(OPERATOR, &reveal(id, inline_opening()), 0).is_err());
    });
}

#[test]
fn an_answer_is_operational_and_comes_before_every_tip() {
    one_worker().execute_with(|| {
        admit_keys();
        let id = assigned(usual_spec());
        assert_eq!(commit(id).get_dispatch_info().class, DispatchClass::Operational);
        assert_eq!(
            reveal(id, opening()).get_dispatch_info().class,
            DispatchClass::Operational
        );
        let answer = validate(OPERATOR, &commit(id), 0).unwrap();
        assert_eq!(answer.priority, ANSWER_PRIORITY);
        assert_eq!(answer.longevity, u64::from(EXECUTION));

        // In planck the scaled tip of a modest sum exceeds every priority.
        let whale = STASH_2;
        let _ = Balances::force_set_balance(RuntimeOrigin::root(), whale, 1 << 100);
        let tipped: RuntimeCall = frame_system::Call::remark { remark: vec![] }.into();
        let transfer = validate(whale, &tipped, 1 << 90).unwrap();
        assert_eq!(transfer.priority, ANSWER_PRIORITY - 1);
        let _ = Balances::force_set_balance(RuntimeOrigin::root(), whale, ENDOWMENT);

        let info = tipped.get_dispatch_info();
        let plain = PrioritizeAnswers::<Test>::new()
            .validate_only(signed(whale), &tipped, &info, 100, TransactionSource::External, 0)
            .unwrap()
            .0;
        assert_eq!(plain, ValidTransaction::default());
    });
}

#[test]
fn one_seat_offers_one_commitment_to_a_pool() {
    one_worker().execute_with(|| {
        admit_keys();
        let first = assigned(usual_spec());
        let second = assigned(usual_spec());
        let tags = |call| validate(OPERATOR, &call, 0).unwrap().provides;
        let other = Call::commit_result {
            job: first,
            commitment: Commitment([0; 32]),
        };
        let own = tags(commit(first));
        assert_eq!(own, tags(other.into()));
        assert_ne!(own, tags(commit(second)));
    });
}

#[test]
fn feeless_bytes_of_a_block_are_limited_and_the_next_block_takes_more() {
    let len = commit(0).encoded_size() as u32;
    one_worker()
        .rules(|rules| rules.feeless_bytes = 2 * len)
        .execute_with(|| {
            admit_keys();
            let spec = usual_spec();
            let ids: Vec<_> = (0..3).map(|_| submit(REQUESTER, spec.clone())).collect();
            advance_to(DRAWN);
            apply(OPERATOR, commit(ids[0])).unwrap();
            apply(OPERATOR, commit(ids[1])).unwrap();
            assert_eq!(Jobs::feeless_bytes(), 2 * len);
            assert_eq!(apply(OPERATOR, commit(ids[2])), Err(QUOTA));
            assert!(matches!(state(ids[2]), crate::JobState::Assigned { .. }));
            assert_eq!(System::account_nonce(OPERATOR), 2);
            advance(1);
            assert_eq!(Jobs::feeless_bytes(), 0);
            apply(OPERATOR, commit(ids[2])).unwrap();
            assert_eq!(Jobs::feeless_bytes(), len);
        });
}

#[test]
fn paid_calls_do_not_use_the_quota() {
    one_worker()
        .rules(|rules| rules.feeless_bytes = 0)
        .execute_with(|| {
            admit_keys();
            let id = assigned(usual_spec());
            assert_eq!(apply(OPERATOR, commit(id)), Err(QUOTA));
            // Whoever pays sends the same call wrapped, which is not feeless; here it arrives by itself.
            assert_ok!(commit(id).dispatch(signed(OPERATOR)));
            let _ = Balances::force_set_balance(RuntimeOrigin::root(), OTHER, 1 << 100);
            apply(OTHER, frame_system::Call::remark { remark: vec![0; 100] }.into()).unwrap();
            assert_eq!(Jobs::feeless_bytes(), 0);
            let paid = (1u128 << 100) - free(OTHER);
            assert!(paid > 0);
            assert_eq!(Burned::get(), paid);
            let _ = Balances::force_set_balance(RuntimeOrigin::root(), OTHER, ENDOWMENT);
            Burned::set(0);
        });
}

#[test]
fn a_failing_answer_is_paid_for() {
    one_worker().execute_with(|| {
        let id = assigned(usual_spec());
        let _ = Balances::force_set_balance(RuntimeOrigin::root(), OTHER, 1 << 100);
        let call = commit(id);
        let (info, len) = (call.get_dispatch_info(), call.encoded_size());
        let result = pipeline(OTHER, 0)
            .dispatch_transaction(signed(OTHER), call, &info, len, 0)
            .unwrap();
        assert_eq!(
            result.unwrap_err().error,
            crate::Error::<Test>::NotAssigned.into()
        );
        assert!(free(OTHER) < 1 << 100);
        let _ = Balances::force_set_balance(RuntimeOrigin::root(), OTHER, ENDOWMENT);
        Burned::set(0);
    });
}

#[test]
fn absurd_lengths_are_refused() {
    TestExt::new().execute_with(|| {
        assert!(Jobs::admits_feeless(100_000));
        assert!(!Jobs::admits_feeless(100_001));
        assert!(!Jobs::admits_feeless(usize::MAX));
        Jobs::note_feeless(usize::MAX);
        assert!(!Jobs::admits_feeless(1));
        advance(1);
        assert!(Jobs::admits_feeless(1));
    });
}

#[test]
fn the_weight_of_the_check_grows_with_the_inline_output_and_is_nothing_for_other_calls() {
    let extension = PrioritizeAnswers::<Test>::new();
    let large = vec![0; MAX_INLINE_BYTES as usize].try_into().unwrap();
    let large = RevealOpening {
        inline_output: Some(large),
        ..opening()
    };
    let weight = |call: RuntimeCall| extension.weight(&call);
    assert!(weight(reveal(0, large)).ref_time() > weight(reveal(0, opening())).ref_time());
    assert!(weight(commit(0)).ref_time() > 0);
    assert_eq!(weight(Call::cancel { job: 0 }.into()), Weight::zero());
    assert_eq!(extension.encoded_size(), 0);
}
