//! The known attacks on games of this kind.

use super::*;
use crate::{Phase, MAX_CLAIMS};

/// A job of several steps, and lies at given places of its trace that show in the result.
fn long_trial(seed: u64) -> Trial {
    (seed..)
        .map(Trial::new)
        .find(|trial| trial.case.program.trace_length() >= 3)
        .expect("some program has three steps")
}

#[test]
fn two_sybils_who_share_a_false_prefix_remove_only_each_other() {
    for seed in seeds(40) {
        let trial = long_trial(seed);
        let mut random = Random::new(seed);
        let steps = trial.case.program.trace_length();
        let prefix = (0, random.word(), 1);
        let second = (steps - 1, random.word(), 1 + random.below(99));
        let (a, b) = (trial.lying(&[prefix]), trial.lying(&[prefix, second]));
        let honest_root = trial.honest.output_root();
        if a.output_root() == honest_root
            || b.output_root() == honest_root
            || a.output_root() == b.output_root()
        {
            continue;
        }
        test(|| {
            // The sybils fight before anybody honest is there, and agree on what is false.
            trial.reveal(&[(LIAR, &a)]);
            claim(SYBIL, &b).expect("claims");
            act(LIAR, &a);
            claim(WATCHER, &trial.honest).expect("waits for the next game");
            play(&[(LIAR, &a), (SYBIL, &b), (WATCHER, &trial.honest)]);
            assert_eq!(winner(), honest_root, "EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1");
            assert!(lost(LIAR) && lost(SYBIL) && !lost(WATCHER));
        });
    }
}

#[test]
fn a_claim_in_the_last_block_of_the_window_opens_a_window_of_its_own() {
    let trial = long_trial(2);
    let liar = trial.liar(&mut Random::new(2)).expect("a lie shows");
    test(|| {
        trial.reveal(&[(WORKER, &trial.honest)]);
        System::set_block_number(1 + WINDOW);
        claim(LIAR, &liar).expect("is in time");
        assert_eq!(JobTable::get()[&JOB].subject.window_ends, 1 + 2 * WINDOW);
        // The worker has gone; the false result stands alone, and anybody has a whole window against it.
        play(&[(LIAR, &liar)]);
        assert_eq!(stand(), Stand::Resumed(liar.output_root(), LIAR));
        claim(WATCHER, &trial.honest).expect("claims against it");
        play(&[(LIAR, &liar), (WATCHER, &trial.honest)]);
        assert_eq!(stand(), Stand::Resumed(trial.honest.output_root(), WATCHER));
        assert!(lost(LIAR) && !lost(WATCHER));
    });
}

#[test]
fn a_claim_after_the_window_is_refused() {
    let trial = long_trial(3);
    let liar = trial.liar(&mut Random::new(3)).expect("a lie shows");
    test(|| {
        trial.reveal(&[(WORKER, &trial.honest)]);
        System::set_block_number(2 + WINDOW);
        assert_eq!(claim(LIAR, &liar), Err(Error::ClaimTooLate.into()));
    });
}

#[test]
fn copying_the_honest_trace_does_not_save_a_false_result() {
    let trial = long_trial(4);
    let liar = trial.liar(&mut Random::new(4)).expect("a lie shows");
    test(|| {
        trial.reveal(&[(LIAR, &liar)]);
        claim(WATCHER, &trial.honest).expect("claims");
        let copied = trial.honest.trace_opening();
        assert_noop!(
            Disputes::open_trace(RuntimeOrigin::signed(LIAR), JOB, copied),
            Error::TraceGivesOtherResult
        );
    });
}

#[test]
fn a_sybil_that_backs_the_honest_result_with_a_false_trace_cannot_drag_it_down() {
    let mut tried = 0;
    for seed in seeds(300) {
        let trial = long_trial(seed);
        // A lie that does not reach the result.
        let lie = (0, seed as u32, 1);
        let false_trace = trial.lying(&[lie]);
        let honest_root = trial.honest.output_root();
        let Some(liar) = trial.liar(&mut Random::new(seed)) else {
            continue;
        };
        if false_trace.output_root() != honest_root
            || false_trace.trace_opening() == trial.honest.trace_opening()
        {
            continue;
        }
        tried += 1;
        test(|| {
            trial.reveal(&[(WORKER, &trial.honest)]);
            claim(SYBIL, &false_trace).expect("backs");
            claim(LIAR, &liar).expect("claims");
            play(&[(WORKER, &trial.honest), (LIAR, &liar), (SYBIL, &false_trace)]);
            assert_eq!(
                stand(),
                Stand::Resumed(honest_root, WORKER),
                "EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1"
            );
            assert!(lost(LIAR) && lost(SYBIL) && !lost(WORKER));
        });
    }
    println!("{tried} such lies");
}

#[test]
fn slots_full_of_sybils_delay_an_honest_claim_and_do_not_stop_it() {
    let trial = long_trial(5);
    let steps = trial.case.program.trace_length();
    let sybils: Vec<(AccountId, Party)> = (0..60)
        .map(|n| trial.lying(&[(steps - 1, n, 1 + n)]))
        .filter(|party| party.output_root() != trial.honest.output_root())
        .scan(Vec::new(), |known, party| {
            let is_new = !known.contains(&party.output_root());
            known.push(party.output_root());
            Some(is_new.then_some(party))
        })
        .flatten()
        .zip(20..40)
        .map(|(party, who)| (who, party))
        .collect();
    assert!(sybils.len() > MAX_CLAIMS as usize, "{} sybils", sybils.len());
    test(|| {
        trial.reveal(&[(sybils[0].0, &sybils[0].1)]);
        for (who, party) in &sybils[1..] {
            claim(*who, party).expect("claims");
        }
        claim(WATCHER, &trial.honest).expect("waits");
        let dispute = crate::Disputes::<Test>::get(JOB).expect("disputed");
        assert!(dispute.has_waiting());
        let mut parties: Vec<(AccountId, &Party)> = sybils.iter().map(|(who, party)| (*who, party)).collect();
        parties.push((WATCHER, &trial.honest));
        play(&parties);
        assert_eq!(winner(), trial.honest.output_root());
        assert!(sybils.iter().all(|(who, _)| lost(*who)));
        assert!(!lost(WATCHER));
    });
}

#[test]
fn challenging_oneself_burns_most_of_the_bond() {
    let trial = long_trial(6);
    let liar = trial.liar(&mut Random::new(6)).expect("a lie shows");
    test(|| {
        trial.reveal(&[(WORKER, &trial.honest)]);
        claim(LIAR, &liar).expect("claims");
        play(&[(WORKER, &trial.honest), (LIAR, &liar)]);
        // Requester, worker and challenger are one: what is burned is lost to all of them.
        assert_eq!(Burned::get(), BOND - COMPENSATION - reward());
        assert!(Burned::get() * 10 > BOND * 7);
    });
}

#[test]
fn many_disputes_at_once_all_end_with_the_honest_result() {
    let trial = long_trial(7);
    let liar = trial.liar(&mut Random::new(7)).expect("a lie shows");
    test(|| {
        let inputs: Vec<Vec<u8>> = trial.case.inputs.iter().map(|words| bytes(words)).collect();
        let seats = [(LIAR, liar.output_root()), (WORKER, trial.honest.output_root())];
        let jobs = 100..120;
        for job in jobs.clone() {
            revealed(job, &trial.case.program, &inputs, &trial.case.params, &seats);
        }
        let playing = |job: &u64| {
            crate::Disputes::<Test>::get(job).is_some_and(|dispute| dispute.phase != Phase::Decided)
        };
        for _ in 0..400 {
            for job in jobs.clone().filter(playing) {
                let Some(game) = game(job) else { continue };
                for (who, party) in [(LIAR, &liar), (WORKER, &trial.honest)] {
                    let origin = RuntimeOrigin::signed(who);
                    let _ = match game.next.clone() {
                        Move::OpenTraces => Disputes::open_trace(origin, job, party.trace_opening()),
                        Move::OpenNode { tree, node } => {
                            Disputes::open_node(origin, job, party.open(tree, &node))
                        }
                        Move::Referee { position, invocation } => {
                            Disputes::referee(origin, job, party.witness(position, invocation))
                        }
                    };
                }
            }
            next_block();
        }
        for job in jobs {
            let stand = JobTable::get()[&job].stand;
            assert_eq!(
                stand,
                Stand::Resumed(trial.honest.output_root(), WORKER),
                "job {job}"
            );
        }
    });
}
