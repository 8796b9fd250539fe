//! What holds of jobs, by concern.

mod agenda;
mod answers;
mod audits;
mod data;
mod deadlines;
mod disputed;
mod draw;
mod feeless;
mod market;
mod posting;
mod programs;
mod properties;
mod queries;
mod replicas;
mod settlement;

use crate::mock::*;
use codec::Encode;
use edgeproof_kernel::builder::{KernelBuilder, ProgramBuilder};
use edgeproof_primitives::{
    commitment, Assurance, Attestation, BlobHash, BlobRef, Commitment, Deadlines, Demands, JobId, JobSpec,
    ProgramId, RevealOpening, TfuelBalance,
};
use pallet_support::WorkerDraw;
use polkadot_sdk::polkadot_sdk_frame::testing_prelude::*;

const CAP: TfuelBalance = 1_000;
const FEE: TfuelBalance = 401;
const DEPOSIT: TfuelBalance = 50;
/// Words of the test program's input and output.
const WORDS: u32 = 4;
const SALT: [u8; 32] = [7; 32];
/// The block of posting in most tests, and those that follow from the rules of the mock.
const POSTED: u32 = 1;
const DRAWN: u32 = POSTED + 2;
const EXECUTION: u32 = 10;
const COMMIT_BY: u32 = DRAWN + EXECUTION;
const REVEAL: u32 = 20;
const WINDOW: u32 = 2 * EXECUTION + 10;
const RETENTION: u32 = 30;

/// `out[i] = in[i] * p`, in `outputs` buffers of `words` words, with `p` of at most 9.
fn program(words: u32, outputs: u32) -> Vec<u8> {
    let k = KernelBuilder::new();
    let x = k.input();
    let factor = k.param(9);
    let kernel = k.finish(x.load(k.index()) * factor.get());
    let mut p = ProgramBuilder::new();
    let input = p.input(words);
    let factor = p.param(9);
    for _ in 0..outputs {
        let out = p.map(&kernel, &[input], &[factor], words);
        p.output(out);
    }
    p.into_program().encode()
}

/// Registers the usual program, by somebody who is no requester.
fn usual_program() -> ProgramId {
    let code = program(WORDS, 1);
    let id = ProgramId(edgeproof_proofs::blob_root(&code));
    if crate::Programs::<Test>::contains_key(id) {
        return id;
    }
    register(STASH_3, code)
}

fn spec_for(program: ProgramId) -> JobSpec {
    let info = crate::Programs::<Test>::get(program).unwrap();
    let inputs = info.inputs.iter().map(|bytes| BlobRef {
        hash: BlobHash([1; 32]),
        bytes: *bytes,
    });
    JobSpec {
        program,
        inputs: inputs.collect::<Vec<_>>().try_into().unwrap(),
        params: info
            .params
            .iter()
            .map(|_| 3)
            .collect::<Vec<_>>()
            .try_into()
            .unwrap(),
        assurance: Assurance::SINGLE,
        demands: Demands::default(),
        price_cap: CAP,
        deadlines: Deadlines {
            draw: 50,
            execution: EXECUTION,
        },
        inline_output: false,
    }
}

fn usual_spec() -> JobSpec {
    spec_for(usual_program())
}

fn inline_spec() -> JobSpec {
    JobSpec {
        inline_output: true,
        ..usual_spec()
    }
}

fn output() -> Vec<u8> {
    vec![5; WORDS as usize * 4]
}

fn output_root() -> BlobHash {
    BlobHash(edgeproof_proofs::blob_root(&output()))
}

fn attestation() -> Attestation {
    Attestation {
        adapter: b"a".to_vec().try_into().unwrap(),
        ..Default::default()
    }
}

fn opening() -> RevealOpening {
    RevealOpening {
        output_root: output_root(),
        salt: SALT,
        attestation: attestation(),
        inline_output: None,
    }
}

fn inline_opening() -> RevealOpening {
    RevealOpening {
        inline_output: Some(output().try_into().unwrap()),
        ..opening()
    }
}

/// What `operator` commits to in `round`, honestly.
fn honest(id: JobId, round: u8, operator: AccountId) -> Commitment {
    commitment(id, round, &Registry::key_bytes(&operator), &output_root(), &SALT)
}

/// One worker, which asks [`FEE`].
fn one_worker() -> TestExt {
    TestExt::new().worker(OPERATOR, STASH, FEE)
}

/// Three workers; the first is the cheapest, and asks [`FEE`].
fn three_workers() -> TestExt {
    one_worker()
        .worker(OPERATOR_2, STASH_2, FEE + 1)
        .worker(OPERATOR_3, STASH_3, FEE + 2)
}

/// The stash of the `n`-th of [`crowd`].
fn stash(operator: AccountId) -> AccountId {
    operator + 100
}

/// `count` workers, each a planck dearer than the one before; the first asks [`FEE`].
fn crowd(count: u64) -> TestExt {
    (0..count).fold(TestExt::new(), |ext, n| {
        ext.worker(100 + n, stash(100 + n), FEE + TfuelBalance::from(n))
    })
}

fn spec_of(replicas: u8, audit_rate: u32) -> JobSpec {
    let mut spec = usual_spec();
    (spec.assurance.replicas, spec.assurance.audit_rate) = (replicas, audit_rate);
    spec
}

/// A result that differs from the honest one.
fn lie() -> Vec<u8> {
    vec![6; WORDS as usize * 4]
}

fn root_of(output: &[u8]) -> BlobHash {
    BlobHash(edgeproof_proofs::blob_root(output))
}

/// Who holds a seat, in order.
fn seated(id: JobId) -> Vec<AccountId> {
    job(id).seats.iter().map(|seat| seat.worker.operator).collect()
}

/// `operator` commits to `output` in the round of its seat.
fn commit_to(operator: AccountId, id: JobId, output: &[u8]) {
    let round = job(id).seat_of(&operator).expect("a seat").round;
    let key = Registry::key_bytes(&operator);
    let commitment = commitment(id, round, &key, &root_of(output), &SALT);
    assert_ok!(Jobs::commit_result(signed(operator), id, commitment));
}

/// What opens a commitment to `output` in this job.
fn opening_of(id: JobId, output: &[u8]) -> RevealOpening {
    RevealOpening {
        output_root: root_of(output),
        inline_output: job(id).inline_bytes.map(|_| output.to_vec().try_into().unwrap()),
        ..opening()
    }
}

fn reveal(operator: AccountId, id: JobId, output: &[u8]) {
    assert_ok!(Jobs::reveal_result(signed(operator), id, opening_of(id, output)));
}

fn commit_all(id: JobId) {
    for operator in seated(id) {
        if job(id)
            .seat_of(&operator)
            .is_some_and(|seat| seat.committed.is_none())
        {
            commit_to(operator, id, &output());
        }
    }
}

fn reveal_all(id: JobId) {
    for operator in seated(id) {
        reveal(operator, id, &output());
    }
}

/// A job of [`REQUESTER`] that has just got its worker.
fn assigned(spec: JobSpec) -> JobId {
    let id = submit(REQUESTER, spec);
    advance(2);
    assert!(matches!(state(id), crate::JobState::Assigned { .. }));
    id
}

/// The same, committed by [`OPERATOR`] in the block of the draw.
fn committed(spec: JobSpec) -> JobId {
    let id = assigned(spec);
    assert_ok!(Jobs::commit_result(signed(OPERATOR), id, honest(id, 0, OPERATOR)));
    id
}

/// The same, revealed in the same block.
fn revealed() -> JobId {
    let id = committed(usual_spec());
    assert_ok!(Jobs::reveal_result(signed(OPERATOR), id, opening()));
    id
}

fn job(id: JobId) -> crate::JobOf<Test> {
    crate::Jobs::<Test>::get(id).expect("the job lives")
}

fn state(id: JobId) -> crate::JobState {
    job(id).state
}

fn receipt(id: JobId) -> crate::ReceiptOf<Test> {
    assert!(!crate::Jobs::<Test>::contains_key(id), "the job lives");
    crate::Receipts::<Test>::get(id).expect("the job has a receipt")
}

fn ended(id: JobId) -> (edgeproof_primitives::Outcome, edgeproof_primitives::Reason) {
    let receipt = receipt(id);
    (receipt.outcome, receipt.reason)
}

/// The requester's tokens are all free again, less what the job cost.
fn assert_made_whole(cost: TfuelBalance) {
    assert_eq!(held(REQUESTER), 0);
    assert_eq!(free(REQUESTER), ENDOWMENT - cost);
}
