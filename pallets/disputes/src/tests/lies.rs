//! Every lie that changes a result is caught and paid for, and whoever is honest loses nothing.

use super::*;

#[test]
fn a_watcher_overturns_the_result_of_a_lying_worker() {
    for seed in seeds(150) {
        let trial = Trial::new(seed);
        let Some(liar) = trial.liar(&mut Random::new(seed)) else {
            continue;
        };
        test(|| {
            trial.reveal(&[(LIAR, &liar)]);
            claim(WATCHER, &trial.honest).expect("claims");
            play(&[(LIAR, &liar), (WATCHER, &trial.honest)]);
            let hint = format!("EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1");
            assert_eq!(
                stand(),
                Stand::Resumed(trial.honest.output_root(), WATCHER),
                "{hint}"
            );
            assert!(lost(LIAR) && !lost(WATCHER), "{hint}");
            assert_eq!(free(REQUESTER), COMPENSATION);
            assert_eq!(free(stash(WATCHER)), reward());
        });
    }
}

#[test]
fn an_honest_worker_survives_a_lying_challenger() {
    for seed in seeds(100) {
        let trial = Trial::new(seed);
        let Some(liar) = trial.liar(&mut Random::new(seed)) else {
            continue;
        };
        test(|| {
            trial.reveal(&[(WORKER, &trial.honest)]);
            claim(LIAR, &liar).expect("claims");
            play(&[(WORKER, &trial.honest), (LIAR, &liar)]);
            let hint = format!("EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1");
            assert_eq!(
                stand(),
                Stand::Resumed(trial.honest.output_root(), WORKER),
                "{hint}"
            );
            assert!(lost(LIAR) && !lost(WORKER), "{hint}");
            assert_eq!(free(stash(WORKER)), reward());
        });
    }
}

#[test]
fn one_honest_replica_wins_against_two_different_liars() {
    for seed in seeds(60) {
        let trial = Trial::new(seed);
        let mut random = Random::new(seed);
        let (Some(a), Some(b)) = (trial.liar(&mut random), trial.liar(&mut random)) else {
            continue;
        };
        test(|| {
            trial.reveal(&[(LIAR, &a), (WORKER, &trial.honest), (SYBIL, &b)]);
            play(&[(LIAR, &a), (WORKER, &trial.honest), (SYBIL, &b)]);
            let hint = format!("EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1");
            assert_eq!(winner(), trial.honest.output_root(), "{hint}");
            assert!(lost(LIAR) && lost(SYBIL) && !lost(WORKER), "{hint}");
            assert_eq!(free(stash(WORKER)), 2 * reward());
        });
    }
}

#[test]
fn replicas_that_agree_are_not_disputed_and_both_keep_their_bonds() {
    let trial = Trial::new(3);
    test(|| {
        trial.reveal(&[(WORKER, &trial.honest), (WORKER_2, &trial.honest)]);
        assert_eq!(stand(), Stand::Revealed);
        assert!(crate::Disputes::<Test>::get(JOB).is_none());
    });
}

#[test]
fn two_honest_replicas_and_one_liar_leave_both_honest_ones_standing() {
    for seed in seeds(30) {
        let trial = Trial::new(seed);
        let Some(liar) = trial.liar(&mut Random::new(seed)) else {
            continue;
        };
        test(|| {
            trial.reveal(&[(WORKER, &trial.honest), (LIAR, &liar), (WORKER_2, &trial.honest)]);
            play(&[(WORKER, &trial.honest), (LIAR, &liar), (WORKER_2, &trial.honest)]);
            assert_eq!(winner(), trial.honest.output_root());
            assert!(lost(LIAR) && !lost(WORKER) && !lost(WORKER_2));
            assert_eq!(JobTable::get()[&JOB].seats.len(), 2);
        });
    }
}

#[test]
fn a_result_that_came_about_by_two_lies_that_cancel_is_not_punished() {
    // The trace differs and the output does not: nobody has a reason to dispute.
    let trial = Trial::new(5);
    test(|| {
        trial.reveal(&[(WORKER, &trial.honest)]);
        claim(WATCHER, &trial.honest).expect("backs");
        assert_eq!(stand(), Stand::Revealed);
        assert!(!lost(WORKER) && !lost(WATCHER));
    });
}
