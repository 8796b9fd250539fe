//! Who does not answer in time is removed, and whoever answers wins.

use super::*;
use crate::Phase;

fn setting(seed: u64) -> (Trial, Party) {
    (seed..)
        .find_map(|seed| {
            let trial = Trial::new(seed);
            let liar = trial.liar(&mut Random::new(seed))?;
            Some((trial, liar))
        })
        .expect("some program has a lie that shows")
}

#[test]
fn a_worker_that_is_silent_after_a_claim_loses_its_bond() {
    let (trial, liar) = setting(1);
    test(|| {
        trial.reveal(&[(LIAR, &liar)]);
        claim(WATCHER, &trial.honest).expect("claims");
        play(&[]);
        assert_eq!(stand(), Stand::Resumed(trial.honest.output_root(), WATCHER));
        assert!(lost(LIAR));
    });
}

#[test]
fn a_challenger_that_vanishes_loses_its_bond() {
    for rounds in 1..6 {
        let (trial, liar) = setting(rounds);
        test(|| {
            trial.reveal(&[(WORKER, &trial.honest)]);
            claim(LIAR, &liar).expect("claims");
            for _ in 0..rounds {
                act(WORKER, &trial.honest);
                act(LIAR, &liar);
                next_block();
            }
            play(&[(WORKER, &trial.honest)]);
            assert_eq!(stand(), Stand::Resumed(trial.honest.output_root(), WORKER));
            assert!(lost(LIAR) && !lost(WORKER));
        });
    }
}

#[test]
fn claims_that_all_fall_silent_leave_the_job_to_be_drawn_again() {
    let (trial, liar) = setting(2);
    test(|| {
        trial.reveal(&[(LIAR, &liar), (WORKER, &trial.honest)]);
        play(&[]);
        assert_eq!(stand(), Stand::Restarted);
        assert!(lost(LIAR) && lost(WORKER));
        assert!(crate::Disputes::<Test>::get(JOB).is_none());
    });
}

#[test]
fn without_a_witness_every_claim_is_removed() {
    let (trial, liar) = setting(4);
    test(|| {
        trial.reveal(&[(LIAR, &liar), (WORKER, &trial.honest)]);
        for _ in 0..40 {
            if game(JOB).is_some_and(|game| matches!(game.next, Move::Referee { .. })) {
                break;
            }
            act(LIAR, &liar);
            act(WORKER, &trial.honest);
        }
        assert!(matches!(game(JOB).expect("played").next, Move::Referee { .. }));
        pass(Rules::get().answer + 1);
        assert_eq!(stand(), Stand::Restarted);
    });
}

#[test]
fn anybody_can_bring_the_witness() {
    let (trial, liar) = setting(6);
    test(|| {
        trial.reveal(&[(LIAR, &liar), (WORKER, &trial.honest)]);
        while !matches!(game(JOB).expect("played").next, Move::Referee { .. }) {
            act(LIAR, &liar);
            act(WORKER, &trial.honest);
        }
        act(PASSER_BY, &trial.honest);
        assert_eq!(winner(), trial.honest.output_root());
        assert_eq!(
            free(stash(WORKER)),
            reward(),
            "the finder is who claimed it, not who refereed"
        );
    });
}

#[test]
fn a_late_answer_fails_even_before_the_deadline_has_fired() {
    let (trial, liar) = setting(7);
    test(|| {
        trial.reveal(&[(LIAR, &liar), (WORKER, &trial.honest)]);
        let deadline = Disputes::deadline(JOB).expect("a game is played");
        System::set_block_number(deadline + 1);
        assert_noop!(
            Disputes::open_trace(RuntimeOrigin::signed(WORKER), JOB, trial.honest.trace_opening()),
            Error::TooLate
        );
    });
}

#[test]
fn the_first_opening_allows_for_running_the_job_again() {
    let (trial, liar) = setting(8);
    test(|| {
        trial.reveal(&[(LIAR, &liar), (WORKER, &trial.honest)]);
        let deadline = Disputes::deadline(JOB).expect("a game is played");
        assert!(deadline >= System::block_number() + 2 * EXECUTION + Rules::get().answer);
    });
}

#[test]
fn a_replica_that_is_silent_stands_with_the_one_trace_of_its_result() {
    let (trial, liar) = setting(9);
    test(|| {
        trial.reveal(&[(WORKER, &trial.honest), (WORKER_2, &trial.honest), (LIAR, &liar)]);
        act(WORKER, &trial.honest);
        act(LIAR, &liar);
        play(&[(WORKER, &trial.honest), (LIAR, &liar)]);
        assert_eq!(winner(), trial.honest.output_root());
        assert!(!lost(WORKER_2) && lost(LIAR));
    });
}

#[test]
fn deadlines_grow_by_each_block_whose_reserve_was_full() {
    let (trial, liar) = setting(10);
    test(|| {
        trial.reveal(&[(LIAR, &liar), (WORKER, &trial.honest)]);
        let before = Disputes::deadline(JOB).expect("a game is played");
        for _ in 0..3 {
            Disputes::note_answer(AnswerReserve::get());
            Disputes::note_answer(AnswerReserve::get());
            assert!(!Disputes::admits_answer());
            next_block();
            assert!(Disputes::admits_answer());
        }
        assert_eq!(Disputes::deadline(JOB), Some(before + 3));
    });
}

#[test]
fn disputes_beyond_the_places_wait_and_are_played_in_turn() {
    let (trial, liar) = setting(11);
    test(|| {
        Rules::mutate(|rules| rules.max_games = 1);
        trial.reveal(&[(LIAR, &liar), (WORKER, &trial.honest)]);
        let inputs: Vec<Vec<u8>> = trial.case.inputs.iter().map(|words| bytes(words)).collect();
        let seats = [
            (SYBIL, liar.output_root()),
            (WORKER_2, trial.honest.output_root()),
        ];
        revealed(JOB + 1, &trial.case.program, &inputs, &trial.case.params, &seats);
        let phase = |job| crate::Disputes::<Test>::get(job).map(|dispute| dispute.phase);
        assert_eq!(phase(JOB + 1), Some(Phase::Waiting));
        play(&[(LIAR, &liar), (WORKER, &trial.honest)]);
        next_block();
        assert!(matches!(phase(JOB + 1), Some(Phase::Playing(_))));
        Rules::mutate(|rules| rules.max_games = 4);
    });
}
