//! Disputes on the real runtime: whoever lies pays, whoever is honest does not, and nothing is lost on the way.

mod chain;
mod party;

use chain::{on_chain, Chain, Keypair};
use edgeproof_engine::Interpreter;
use edgeproof_primitives::{Attestation, Move, Outcome, RevealOpening, UNIT};
use edgeproof_runtime::*;
use pallet_disputes::Phase;
use party::{assigned, liar::Liar, post, seeds, setting, Case, Party, JOB, SALT};
use polkadot_sdk::frame_support::assert_ok;
use std::panic::{catch_unwind, AssertUnwindSafe};

#[test]
fn a_lying_replica_is_refereed_and_slashed_and_the_honest_one_is_paid() {
    let mut played = 0;
    for seed in seeds(100) {
        let Some((case, lies)) = setting(seed) else {
            continue;
        };
        played += 1;
        on_chain("test", |chain| {
            let hint = format!("EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1");
            let mut honest = Party::join(chain, "//Bob", &case, Interpreter);
            let mut liar = Party::join(chain, "//Charlie", &case, lies);
            post(chain, &case, 2);
            chain.advance_until(5, assigned);
            let stakes = (honest.stake(), liar.stake());
            honest.commit(chain);
            liar.commit(chain);
            chain.advance(1);
            honest.reveal(chain);
            liar.reveal(chain);
            assert!(Disputes::dispute(JOB).is_some(), "{hint}: results differ");
            for _ in 0..60 {
                let keys = [honest.operator.clone(), liar.operator.clone()];
                if !honest.act(chain, &keys[0]) {
                    liar.act(chain, &keys[1]);
                }
                chain.advance(1);
                if Jobs::receipt(JOB).is_some() {
                    break;
                }
            }
            let receipt = chain.advance_until(60, || Jobs::receipt(JOB));
            assert_eq!(receipt.outcome, Outcome::Succeeded, "{hint}");
            assert_eq!(receipt.output_root, Some(honest.root()), "{hint}");
            assert_eq!(receipt.workers.to_vec(), [honest.operator.account()], "{hint}");
            assert_eq!(honest.stake(), stakes.0, "{hint}: the honest side loses nothing");
            assert!(liar.stake() < stakes.1, "{hint}: the liar pays");
            assert!(receipt.paid > 0);
        });
    }
    println!("{played} lies showed in a result");
    assert!(played > 0);
}

#[test]
fn a_watcher_overturns_a_lone_lying_worker_and_is_paid_for_the_job() {
    let (case, lies) = seeds(40).find_map(setting).expect("some lie shows");
    on_chain("test", |chain| {
        let mut liar = Party::join(chain, "//Charlie", &case, lies);
        post(chain, &case, 1);
        chain.advance_until(5, assigned);
        liar.commit(chain);
        chain.advance(1);
        liar.reveal(chain);
        let mut watcher = Party::join(chain, "//Bob", &case, Interpreter);
        let before = (chain::tfuel(&watcher.stash.account()), liar.stake());
        watcher.claim(chain);
        for _ in 0..60 {
            let keys = (watcher.stash.clone(), liar.operator.clone());
            if !watcher.act(chain, &keys.0) {
                liar.act(chain, &keys.1);
            }
            chain.advance(1);
            if matches!(
                Jobs::job(JOB).map(|job| job.state),
                Some(pallet_jobs::JobState::Revealed { .. })
            ) {
                break;
            }
        }
        let receipt = chain.advance_until(80, || Jobs::receipt(JOB));
        assert_eq!(receipt.output_root, Some(watcher.root()));
        assert!(liar.stake() < before.1);
        assert!(chain::tfuel(&watcher.stash.account()) + UNIT > before.0 + receipt.paid);
        assert!(receipt.paid > 0);
    });
}

#[test]
fn a_copied_commitment_opens_for_nobody_else() {
    let (case, _) = seeds(40).find_map(setting).expect("some lie shows");
    on_chain("test", |chain| {
        let mut honest = Party::join(chain, "//Bob", &case, Interpreter);
        let copycat = Party::join(chain, "//Charlie", &case, Interpreter);
        post(chain, &case, 2);
        chain.advance_until(5, assigned);
        honest.commit(chain);
        let copied = Jobs::job(JOB)
            .expect("lives")
            .seat_of(&honest.operator.account())
            .and_then(|seat| seat.committed)
            .expect("committed")
            .commitment;
        assert_ok!(chain.submit(
            &copycat.operator,
            pallet_jobs::Call::commit_result {
                job: JOB,
                commitment: copied
            }
        ));
        chain.advance(1);
        honest.reveal(chain);
        let opening = RevealOpening {
            output_root: honest.root(),
            salt: SALT,
            attestation: Attestation::default(),
            inline_output: None,
        };
        let refused = chain.submit(
            &copycat.operator,
            pallet_jobs::Call::reveal_result { job: JOB, opening },
        );
        assert!(refused.is_err(), "what was copied does not open");
        let before = copycat.stake();
        let receipt = chain.advance_until(200, || Jobs::receipt(JOB));
        assert_eq!(receipt.workers.to_vec(), [honest.operator.account()]);
        assert!(
            copycat.stake() < before,
            "a commitment that is not opened is slashed in full"
        );
    });
}

/// A game that waits for its witness, between an honest party and a liar.
fn refereed(chain: &mut Chain, case: &Case, lies: Liar) -> (Party, Party) {
    let mut honest = Party::join(chain, "//Bob", case, Interpreter);
    let mut liar = Party::join(chain, "//Charlie", case, lies);
    post(chain, case, 2);
    chain.advance_until(5, assigned);
    honest.commit(chain);
    liar.commit(chain);
    honest.reveal(chain);
    liar.reveal(chain);
    let keys = (honest.operator.clone(), liar.operator.clone());
    for _ in 0..20 {
        if disputed_invocation().is_some() {
            break;
        }
        honest.act(chain, &keys.0);
        liar.act(chain, &keys.1);
    }
    (honest, liar)
}

fn disputed_invocation() -> Option<(u32, u32)> {
    match Disputes::dispute(JOB)?.phase {
        Phase::Playing(game) => match game.next {
            Move::Referee { position, invocation } => Some((position, invocation)),
            _ => None,
        },
        _ => None,
    }
}

#[test]
fn a_block_with_the_state_of_a_wrong_verdict_fails_execution() {
    let executes = |block: Block| {
        let execute = AssertUnwindSafe(|| Executive::execute_block(block.into()));
        catch_unwind(execute).is_ok()
    };
    for wrong in [false, true] {
        let (case, lies) = (1..40).find_map(setting).expect("some lie shows");
        on_chain("test", |chain| {
            let (mut honest, liar) = refereed(chain, &case, lies);
            let (position, invocation) = disputed_invocation().expect("a word is disputed");
            let witness = honest
                .player
                .witness(&*honest.executor, position, invocation)
                .expect("shows");
            let call = pallet_disputes::Call::referee { job: JOB, witness };
            let before = Jobs::job(JOB).expect("lives");
            let block = chain.forge(&honest.operator, call, || {
                if wrong {
                    // The author has the liar win.
                    let mut job = before;
                    job.seats
                        .retain(|seat| seat.worker.operator == liar.operator.account());
                    pallet_jobs::Jobs::<Runtime>::insert(JOB, job);
                }
            });
            assert_eq!(executes(block), !wrong, "wrong: {wrong}");
        });
    }
}

#[test]
fn anybody_can_bring_the_witness_for_free() {
    let (case, lies) = seeds(40).find_map(setting).expect("some lie shows");
    on_chain("test", |chain| {
        let (mut honest, _) = refereed(chain, &case, lies);
        assert!(disputed_invocation().is_some());
        let passer_by = Keypair::new("//Dave");
        let before = chain::tfuel(&passer_by.account());
        assert!(honest.act(chain, &passer_by));
        assert_eq!(
            chain::tfuel(&passer_by.account()),
            before,
            "certain to succeed, hence free"
        );
        let receipt = chain.advance_until(80, || Jobs::receipt(JOB));
        assert_eq!(receipt.output_root, Some(honest.root()));
    });
}
