use super::*;
use crate::{Error, Event, HoldReason, ProgramCode, Programs};
use edgeproof_kernel::{BufferId, Program, Step, Verified};
use polkadot_sdk::polkadot_sdk_frame::token::fungible::hold::Inspect;

fn refused(code: Vec<u8>, error: Error<Test>) {
    assert_noop!(
        Jobs::register_program(signed(REQUESTER), code.try_into().unwrap()),
        error
    );
}

fn decoded() -> Program {
    Program::from_bytes(&program(WORDS, 1)).unwrap()
}

#[test]
fn a_program_is_stored_for_a_deposit_by_its_size() {
    TestExt::new().execute_with(|| {
        let code = program(WORDS, 2);
        let id = register(REQUESTER, code.clone());
        let deposit = 100 + 2 * code.len() as TfuelBalance;
        assert_eq!(
            Balances::balance_on_hold(&HoldReason::ProgramDeposit.into(), &REQUESTER),
            deposit
        );
        assert_eq!(free(REQUESTER), ENDOWMENT - deposit);

        let verified = Verified::from_bytes(&code).unwrap();
        let info = Programs::<Test>::get(id).unwrap();
        assert_eq!(info.owner, REQUESTER);
        assert_eq!(info.bytes as usize, code.len());
        assert_eq!(info.operations, verified.operations());
        assert_eq!(info.peak_memory, verified.peak_bytes());
        assert_eq!(info.inputs.to_vec(), vec![16]);
        assert_eq!(info.outputs.to_vec(), vec![16, 16]);
        assert_eq!(info.params.to_vec(), vec![9]);
        assert_eq!(info.references, 0);
        assert_eq!(ProgramCode::<Test>::get(id).unwrap().to_vec(), code);
        assert_eq!(
            events(),
            [Event::ProgramRegistered {
                program: id,
                owner: REQUESTER,
                operations: info.operations,
                deposit
            }]
        );
    });
}

#[test]
fn bytes_that_are_no_program_are_malformed() {
    TestExt::new().execute_with(|| {
        refused(Vec::new(), Error::ProgramMalformed);
        refused(vec![0xff; 1_000], Error::ProgramMalformed);
        let whole = program(WORDS, 1);
        refused(whole[..whole.len() - 1].to_vec(), Error::ProgramMalformed);
        refused([whole, vec![0]].concat(), Error::ProgramMalformed);
        refused(
            Program {
                version: 200,
                ..decoded()
            }
            .encode(),
            Error::ProgramMalformed,
        );
    });
}

#[test]
fn a_program_that_breaks_a_rule_is_ill_typed() {
    TestExt::new().execute_with(|| {
        refused(
            Program {
                steps: Vec::new(),
                ..decoded()
            }
            .encode(),
            Error::ProgramIllTyped,
        );
        refused(
            Program {
                outputs: vec![BufferId(99)],
                ..decoded()
            }
            .encode(),
            Error::ProgramIllTyped,
        );
        let mut twice = decoded();
        let step: Step = twice.steps[0].clone();
        twice.steps.push(step);
        refused(twice.encode(), Error::ProgramIllTyped);
    });
}

#[test]
fn a_program_beyond_the_limits_of_the_language_is_over_limit() {
    TestExt::new().execute_with(|| {
        let mut huge = decoded();
        huge.buffers[0] = u32::MAX;
        refused(huge.encode(), Error::ProgramOverLimit);
        refused(
            Program {
                params: vec![1; 33],
                ..decoded()
            }
            .encode(),
            Error::ProgramOverLimit,
        );
    });
}

#[test]
fn a_program_is_stored_once() {
    TestExt::new().execute_with(|| {
        register(REQUESTER, program(WORDS, 1));
        refused(program(WORDS, 1), Error::ProgramExists);
        assert_noop!(
            Jobs::register_program(signed(OTHER), program(WORDS, 1).try_into().unwrap()),
            Error::<Test>::ProgramExists
        );
    });
}

#[test]
fn who_cannot_pay_the_deposit_stores_nothing() {
    TestExt::new().execute_with(|| {
        assert_noop!(
            Jobs::register_program(signed(STRANGER), program(WORDS, 1).try_into().unwrap()),
            Error::<Test>::InsufficientBalance
        );
    });
}

#[test]
fn only_its_owner_removes_a_program_and_gets_the_deposit_back() {
    TestExt::new().execute_with(|| {
        let id = register(REQUESTER, program(WORDS, 1));
        let deposit = held(REQUESTER);
        events();
        assert_noop!(Jobs::remove_program(signed(OTHER), id), Error::<Test>::NotOwner);
        assert_ok!(Jobs::remove_program(signed(REQUESTER), id));
        assert_eq!(events(), [Event::ProgramRemoved { program: id, deposit }]);
        assert_made_whole(0);
        assert_eq!(ProgramCode::<Test>::iter().count(), 0);
        assert_noop!(
            Jobs::remove_program(signed(REQUESTER), id),
            Error::<Test>::UnknownProgram
        );
        register(OTHER, program(WORDS, 1));
    });
}

#[test]
fn the_deposit_returned_is_the_one_that_was_held() {
    TestExt::new().execute_with(|| {
        let id = register(REQUESTER, program(WORDS, 1));
        Rules::mutate(|rules| rules.byte_deposit = 9);
        assert_ok!(Jobs::remove_program(signed(REQUESTER), id));
        assert_made_whole(0);
    });
}

#[test]
fn a_program_cannot_be_removed_while_a_job_runs_it() {
    TestExt::new().execute_with(|| {
        let id = usual_program();
        let first = submit(REQUESTER, spec_for(id));
        let second = submit(OTHER, spec_for(id));
        assert_eq!(Programs::<Test>::get(id).unwrap().references, 2);
        assert_noop!(
            Jobs::remove_program(signed(STASH_3), id),
            Error::<Test>::ProgramInUse
        );
        assert_ok!(Jobs::cancel(signed(REQUESTER), first));
        assert_noop!(
            Jobs::remove_program(signed(STASH_3), id),
            Error::<Test>::ProgramInUse
        );
        assert_ok!(Jobs::cancel(signed(OTHER), second));
        assert_ok!(Jobs::remove_program(signed(STASH_3), id));
    });
}

#[test]
fn calls_want_a_signature() {
    TestExt::new().execute_with(|| {
        let id = usual_program();
        let origins = || [RuntimeOrigin::none(), RuntimeOrigin::root()];
        for origin in origins() {
            assert_noop!(
                Jobs::register_program(origin, program(WORDS, 1).try_into().unwrap()),
                BadOrigin
            );
        }
        for origin in origins() {
            assert_noop!(Jobs::remove_program(origin, id), BadOrigin);
        }
        for origin in origins() {
            assert_noop!(Jobs::submit_job(origin, spec_for(id)), BadOrigin);
        }
        for origin in origins() {
            assert_noop!(Jobs::cancel(origin, 0), BadOrigin);
        }
        for origin in origins() {
            assert_noop!(Jobs::commit_result(origin, 0, honest(0, 0, OPERATOR)), BadOrigin);
        }
        for origin in origins() {
            assert_noop!(Jobs::reveal_result(origin, 0, opening()), BadOrigin);
        }
    });
}
