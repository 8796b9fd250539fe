//! What is wrong is refused with its own error, and changes nothing.

use super::*;
use edgeproof_proofs::NodeOpening;

fn setting() -> (Trial, Party) {
    (1..)
        .find_map(|seed| {
            let trial = Trial::new(seed);
            let liar = trial.liar(&mut Random::new(seed))?;
            Some((trial, liar))
        })
        .expect("some program has a lie that shows")
}

fn opened(who: AccountId, party: &Party) -> DispatchResultWithPostInfo {
    Disputes::open_trace(RuntimeOrigin::signed(who), JOB, party.trace_opening())
}

#[test]
fn nothing_can_be_claimed_about_a_job_that_is_not_there() {
    let (trial, _) = setting();
    test(|| assert_eq!(claim(WATCHER, &trial.honest), Err(Error::NothingToDispute.into())));
}

#[test]
fn a_claim_without_stake_is_refused() {
    let (trial, liar) = setting();
    test(|| {
        trial.reveal(&[(LIAR, &liar)]);
        assert_eq!(
            claim(PASSER_BY, &trial.honest),
            Err(Error::BondNotAvailable.into())
        );
        assert!(game(JOB).is_none());
    });
}

#[test]
fn nobody_claims_twice() {
    let (trial, liar) = setting();
    test(|| {
        trial.reveal(&[(LIAR, &liar)]);
        assert_eq!(claim(LIAR, &trial.honest), Err(Error::AlreadyClaims.into()));
        claim(WATCHER, &trial.honest).expect("claims");
        assert_eq!(claim(WATCHER, &trial.honest), Err(Error::AlreadyClaims.into()));
    });
}

#[test]
fn a_trace_of_another_result_or_a_damaged_one_is_refused() {
    let (trial, liar) = setting();
    test(|| {
        trial.reveal(&[(LIAR, &liar)]);
        let good = trial.honest.trace_opening();
        let claim = |opening| {
            let root = trial.honest.output_root();
            Disputes::claim(RuntimeOrigin::signed(WATCHER), JOB, root, opening)
                .map_err(|failure| failure.error)
        };
        assert_eq!(
            claim(liar.trace_opening()),
            Err(Error::TraceGivesOtherResult.into())
        );
        let mut other_root = good.clone();
        other_root.trace_root.0[0] ^= 1;
        assert_eq!(claim(other_root), Err(Error::TraceProofInvalid.into()));
        let mut damaged = good.clone();
        match &mut damaged.opening {
            NodeOpening::Chunks(bytes) => bytes[0] ^= 1,
            NodeOpening::Hashes(hashes) => hashes[0][0] ^= 1,
        }
        assert_eq!(claim(damaged), Err(Error::OpeningInvalid.into()));
        assert!(game(JOB).is_none());
    });
}

#[test]
fn only_parties_answer_and_only_what_is_asked() {
    let (trial, liar) = setting();
    test(|| {
        assert_noop!(opened(WORKER, &trial.honest), Error::NotPlayed);
        trial.reveal(&[(LIAR, &liar), (WORKER, &trial.honest)]);
        assert_noop!(opened(PASSER_BY, &trial.honest), Error::NotAParty);
        let node = trial.honest.trace_opening().opening;
        assert_noop!(
            Disputes::open_node(RuntimeOrigin::signed(WORKER), JOB, node),
            Error::NotNext
        );
        assert_noop!(
            Disputes::referee(RuntimeOrigin::signed(WORKER), JOB, trial.honest.witness(0, 0)),
            Error::NotNext
        );
        assert_ok!(opened(WORKER, &trial.honest));
        assert_noop!(opened(WORKER, &trial.honest), Error::AlreadyOpened);
        assert_ok!(opened(LIAR, &liar));
        assert_noop!(opened(LIAR, &liar), Error::NotNext);
    });
}

#[test]
fn an_opening_of_something_else_is_refused() {
    let (trial, liar) = setting();
    test(|| {
        trial.reveal(&[(LIAR, &liar), (WORKER, &trial.honest)]);
        assert_ok!(opened(WORKER, &trial.honest));
        assert_ok!(opened(LIAR, &liar));
        let next = game(JOB).expect("played").next;
        let theirs = liar.answer(&next).expect("a node is open");
        assert_noop!(
            Disputes::open_node(RuntimeOrigin::signed(WORKER), JOB, theirs),
            Error::OpeningInvalid
        );
        let ours = trial.honest.answer(&next).expect("a node is open");
        assert_ok!(Disputes::open_node(
            RuntimeOrigin::signed(WORKER),
            JOB,
            ours.clone()
        ));
        assert_noop!(
            Disputes::open_node(RuntimeOrigin::signed(WORKER), JOB, ours),
            Error::AlreadyOpened
        );
    });
}

#[test]
fn a_witness_with_too_little_too_much_or_wrong_bytes_is_no_verdict() {
    let mut tried = [0; 3];
    for seed in seeds(60) {
        let trial = Trial::new(seed);
        let Some(liar) = trial.liar(&mut Random::new(seed)) else {
            continue;
        };
        test(|| {
            trial.reveal(&[(LIAR, &liar), (WORKER, &trial.honest)]);
            while !matches!(game(JOB).expect("played").next, Move::Referee { .. }) {
                assert!(act(WORKER, &trial.honest) | act(LIAR, &liar));
            }
            let Move::Referee { position, invocation } = game(JOB).expect("played").next else {
                unreachable!()
            };
            let good = trial.honest.witness(position, invocation);
            let refused = |witness| {
                Disputes::referee(RuntimeOrigin::signed(PASSER_BY), JOB, witness)
                    .map_err(|failure| failure.error)
                    .map(|_| ())
            };
            if let Some(at) = good.inputs.iter().position(Option::is_some) {
                let mut less = good.clone();
                less.inputs[at] = None;
                assert_eq!(refused(less), Err(Error::WitnessIncomplete.into()));
                tried[0] += 1;
                let mut wrong = good.clone();
                wrong.inputs[at].as_mut().expect("a proof").bytes[0] ^= 1;
                assert_eq!(refused(wrong), Err(Error::WitnessInvalid.into()));
                tried[1] += 1;
            }
            let mut more = good.clone();
            if more.inputs.try_push(None).is_ok() {
                assert_eq!(refused(more), Err(Error::WitnessExcessive.into()));
                tried[2] += 1;
            }
            assert_eq!(refused(good), Ok(()));
        });
    }
    assert!(tried.iter().all(|count| *count > 0), "{tried:?}");
}
