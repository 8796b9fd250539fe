//! Jobs on the real runtime: real blocks, real randomness, real fees.

mod chain;

use chain::{on_chain, tfuel, Chain, Keypair, Refusal};
use codec::Encode;
use edgeproof_kernel::builder::{KernelBuilder, ProgramBuilder};
use edgeproof_primitives::{
    commitment, Assurance, Attestation, BlobHash, BlobRef, Capability, Clause, Deadlines, Demands, JobSpec,
    Outcome, ProgramId, Reason, Receipt, Region, RevealOpening, Verdict, UNIT,
};
use edgeproof_runtime::*;
use pallet_support::OnEraEnded;
use polkadot_sdk::{
    frame_support::assert_ok,
    frame_system, pallet_balances,
    sp_runtime::{transaction_validity::InvalidTransaction, DispatchError},
};

const ROOT: BlobHash = BlobHash([7; 32]);

fn program() -> Vec<u8> {
    let kernel = KernelBuilder::new();
    let input = kernel.input();
    let double = input.load(kernel.index()) * 2u32;
    let kernel = kernel.finish(double);
    let mut program = ProgramBuilder::new();
    let words = program.input(256);
    let doubled = program.map(&kernel, &[words], &[], 256);
    program.output(doubled);
    program.build().expect("a valid program").program().encode()
}

fn job() -> JobSpec {
    JobSpec {
        program: ProgramId(edgeproof_proofs::blob_root(&program())),
        inputs: vec![BlobRef {
            hash: BlobHash([1; 32]),
            bytes: 1024,
        }]
        .try_into()
        .expect("one input"),
        params: Default::default(),
        assurance: Assurance::SINGLE,
        demands: Demands::default(),
        price_cap: UNIT,
        deadlines: Deadlines {
            draw: 20,
            execution: 10,
        },
        inline_output: false,
    }
}

/// `//Bob` stakes and registers `operator`, which owns nothing.
fn join(chain: &Chain, operator: &Keypair) {
    let stash = Keypair::new("//Bob");
    assert_ok!(chain.submit(&stash, pallet_theta_staking::Call::bond { value: 10_000 * UNIT }));
    let capability = Capability {
        memory: 1 << 30,
        region: Region::new("DE").expect("two letters"),
        slots: 1,
        adapter: Default::default(),
        driver: Default::default(),
    };
    assert_ok!(chain.submit(
        &stash,
        pallet_workers::Call::register {
            operator: operator.account(),
            capability,
            ask: UNIT / 1_000
        }
    ));
}

fn post(chain: &Chain, requester: &Keypair) {
    let code = program().try_into().expect("a small program");
    assert_ok!(chain.submit(requester, pallet_jobs::Call::register_program { code }));
    assert_ok!(chain.submit(requester, pallet_jobs::Call::submit_job { spec: job() }));
}

/// Has `operator`, which was drawn for the job, commit and reveal.
fn compute(chain: &mut Chain, operator: &Keypair) {
    let salt = [9; 32];
    let key: [u8; 32] = operator.account().into();
    assert_ok!(chain.submit(
        operator,
        pallet_jobs::Call::commit_result {
            job: 0,
            commitment: commitment(0, 0, &key, &ROOT, &salt)
        }
    ));
    chain.advance(1);
    let opening = RevealOpening {
        output_root: ROOT,
        salt,
        attestation: Attestation::default(),
        inline_output: None,
    };
    assert_ok!(chain.submit(operator, pallet_jobs::Call::reveal_result { job: 0, opening }));
}

fn receipt() -> Option<Receipt<AccountId>> {
    Jobs::receipt(0)
}

fn assigned() -> Option<()> {
    matches!(Jobs::job(0)?.state, pallet_jobs::JobState::Assigned { .. }).then_some(())
}

#[test]
fn a_job_is_drawn_computed_and_paid_by_the_chain_itself() {
    on_chain("test", |chain| {
        let (requester, operator) = (Keypair::new("//Alice"), Keypair::new("//Bob//operator"));
        join(chain, &operator);
        post(chain, &requester);
        let posted_at = chain.number();
        let before = (
            tfuel(&requester.account()),
            tfuel(&Keypair::new("//Bob").account()),
        );
        let burned_before = TfuelSupply::burned();

        chain.advance_until(5, assigned);
        assert!(
            chain.number() - posted_at <= 2,
            "drawn with the randomness of the next block"
        );
        compute(chain, &operator);
        assert_eq!(
            tfuel(&operator.account()),
            0,
            "the operator key never owned anything"
        );

        let receipt = chain.advance_until(100, receipt);
        assert_eq!(
            (receipt.outcome, receipt.reason),
            (Outcome::Succeeded, Reason::WindowPassed)
        );
        assert_eq!(receipt.output_root, Some(ROOT));
        assert!(receipt.paid > 0 && receipt.burned > 0);
        assert_eq!(
            receipt.paid,
            3 * receipt.burned,
            "75 % to the worker, 25 % burned"
        );
        assert_eq!(
            before.0 - tfuel(&requester.account()),
            receipt.paid + receipt.burned
        );
        assert_eq!(tfuel(&Keypair::new("//Bob").account()) - before.1, receipt.paid);
        assert_eq!(TfuelSupply::burned() - burned_before, receipt.burned);
    });
}

#[test]
fn a_job_costs_and_lasts_what_its_quote_said() {
    on_chain("test", |chain| {
        let (requester, operator) = (Keypair::new("//Alice"), Keypair::new("//Bob//operator"));
        join(chain, &operator);
        let quote = |demands| {
            let spec = job();
            let operations = Jobs::program(spec.program)?.operations;
            let execution = spec.deadlines.execution;
            Jobs::quote(
                requester.account(),
                operations,
                demands,
                spec.assurance,
                execution,
                None,
            )
            .ok()
        };
        post(chain, &requester);
        let posted_at = chain.number();
        let said = quote(Demands::default()).expect("the chain would take the job");
        assert_eq!((said.survey.active, said.survey.fitting), (1, 1));
        let waiting = Jobs::why_waits(0).expect("nobody is drawn yet");
        assert!(waiting.can_be_drawn() && !waiting.attempted);

        chain.advance_until(5, assigned);
        assert!(chain.number() <= posted_at + said.timing.draw);
        let seat = Jobs::job(0).expect("the job").seats[0].clone();
        assert_eq!(said.prices[0].fee, seat.worker.fee);
        let why = Jobs::why_not(operator.account(), 10);
        assert_eq!((why.len(), why[0].verdict), (1, Verdict::Seated));

        // Its only slot is taken, and it has less memory than that.
        let large = quote(Demands {
            memory: 2 << 30,
            ..Demands::default()
        });
        let survey = large.expect("that nobody fits is an answer").survey;
        let counted: Vec<_> = survey
            .excluded
            .iter()
            .map(|count| (count.clause, count.first, count.all))
            .collect();
        assert_eq!(counted, [(Clause::NoFreeSlot, 1, 1), (Clause::Memory, 0, 1)]);
        compute(chain, &operator);
        let receipt = chain.advance_until(100, receipt);
        assert!(receipt.ended_at <= posted_at + said.timing.total());
        assert_eq!(receipt.paid + receipt.burned, said.prices[0].fee);
    });
}

#[test]
fn work_is_issued_four_fifths_of_what_its_job_burned() {
    on_chain("test", |chain| {
        let (requester, operator) = (Keypair::new("//Alice"), Keypair::new("//Bob//operator"));
        join(chain, &operator);
        post(chain, &requester);
        chain.advance_until(5, assigned);
        compute(chain, &operator);
        let receipt = chain.advance_until(100, receipt);
        Rewards::on_era_ended(Rewards::current_era().index, chain.number());

        let stash = Keypair::new("//Bob").account();
        let before = (tfuel(&stash), tfuel(&requester.account()));
        assert_ok!(chain.submit(&requester, pallet_rewards::Call::claim { stash: stash.clone() }));
        let issued = receipt.burned * 4 / 5;
        assert_eq!(tfuel(&stash) - before.0, issued);
        assert_eq!(TfuelSupply::minted(), issued);
        assert_eq!(tfuel(&requester.account()), before.1, "a claim is free");
        let credit = receipt.burned / 20;
        assert_eq!(Rewards::compute_credit(stash), credit);
    });
}

#[test]
fn a_worker_that_never_commits_is_replaced_or_the_requester_refunded_without_any_call() {
    on_chain("test", |chain| {
        let (requester, operator) = (Keypair::new("//Alice"), Keypair::new("//Bob//operator"));
        join(chain, &operator);
        post(chain, &requester);
        let before = tfuel(&requester.account());
        let stake = Staking::ledger(Keypair::new("//Bob").account())
            .expect("bonded")
            .active;

        let receipt = chain.advance_until(100, receipt);
        assert_eq!(receipt.outcome, Outcome::NoWorker);
        assert_eq!((receipt.paid, receipt.burned), (0, 0));
        assert_eq!(tfuel(&requester.account()), before);
        let left = Staking::ledger(Keypair::new("//Bob").account())
            .expect("bonded")
            .active;
        assert!(left < stake, "a missed commit deadline costs stake");
    });
}

#[test]
fn a_stranger_without_tfuel_cannot_even_be_included() {
    on_chain("test", |chain| {
        let (requester, operator) = (Keypair::new("//Alice"), Keypair::new("//Bob//operator"));
        join(chain, &operator);
        post(chain, &requester);
        chain.advance_until(5, assigned);
        let call = pallet_jobs::Call::commit_result {
            job: 0,
            commitment: Default::default(),
        };
        assert_eq!(
            chain.submit(&Keypair::new("//Stranger"), call.clone()),
            Err(Refusal::Invalid(InvalidTransaction::Payment.into()))
        );
        assert!(matches!(
            chain.submit(&Keypair::new("//Charlie"), call),
            Err(Refusal::Failed(_))
        ));
    });
}

#[test]
fn uncounted_burns_are_refused_for_both_tokens() {
    on_chain("test", |chain| {
        let alice = Keypair::new("//Alice");
        let refused = Err(Refusal::Failed(DispatchError::from(
            frame_system::Error::<Runtime>::CallFiltered,
        )));
        let burn = pallet_balances::Call::<Runtime>::burn {
            value: UNIT,
            keep_alive: true,
        };
        assert_eq!(chain.submit(&alice, RuntimeCall::Balances(burn)), refused);
        let burn = pallet_balances::Call::burn {
            value: UNIT,
            keep_alive: true,
        };
        assert_eq!(chain.submit(&alice, RuntimeCall::Theta(burn)), refused);
    });
}

#[test]
fn fees_are_burned_and_counted() {
    on_chain("test", |chain| {
        let alice = Keypair::new("//Alice");
        let (before, burned) = (tfuel(&alice.account()), TfuelSupply::burned());
        assert_ok!(chain.submit(&alice, frame_system::Call::remark { remark: vec![0; 100] }));
        let fee = before - tfuel(&alice.account());
        assert!(fee > 0);
        assert_eq!(TfuelSupply::burned() - burned, fee);
    });
}

#[test]
fn every_preset_builds_and_only_development_ones_have_sudo() {
    for (preset, validators, sudo) in [
        ("development", 1, true),
        ("local", 4, false),
        ("quick", 4, false),
        ("test", 1, true),
    ] {
        on_chain(preset, |_| {
            assert_eq!(Session::validators().len(), validators, "{preset}");
            assert_eq!(
                polkadot_sdk::pallet_sudo::Key::<Runtime>::get().is_some(),
                sudo,
                "{preset}"
            );
        });
    }
}
