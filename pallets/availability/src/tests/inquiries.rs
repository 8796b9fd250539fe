//! Whole blobs that judges try.

use super::*;
use pallet_support::SeedStatus;

/// Blocks from a report to the draw of its judges.
const SEEDED: u32 = 2;

fn withheld() -> DispatchResult {
    Availability::report_withheld(signed(REQUESTER), JOB)
}

fn unavailable() -> DispatchResult {
    Availability::report_unavailable(signed(WORKER), JOB, 1)
}

/// Judges of a report of the requester.
fn judges_of_output() -> Vec<AccountId> {
    add(JOB, Stand::Revealed, vec![long_output()]);
    assert_ok!(withheld());
    pass(SEEDED);
    judges(JOB)
}

/// Judges of a report of the worker.
fn judges_of_input() -> Vec<AccountId> {
    add(JOB, Stand::Computing, vec![long_output()]);
    assert_ok!(unavailable());
    pass(SEEDED);
    judges(JOB)
}

fn judge(judges: &[AccountId], said: &[bool]) {
    for (judge, available) in judges.iter().zip(said) {
        assert_ok!(Availability::judge(signed(*judge), JOB, *available));
    }
}

/// How much more each of these judges' stashes has than at the beginning.
fn earned(judges: &[AccountId]) -> Vec<u128> {
    judges
        .iter()
        .map(|judge| free(stash(*judge)) - ENDOWMENT)
        .collect()
}

#[test]
fn most_judges_who_cannot_get_a_result_have_it_withheld() {
    test(|| {
        let judges = judges_of_output();
        assert_eq!(judges.len(), 5);
        assert!(!judges.contains(&WORKER));
        assert_eq!(free(REQUESTER), ENDOWMENT - 5 * JUDGE_FEE);
        judge(&judges, &[false, true, false, false, false]);
        pass(1);
        assert_eq!(job(JOB).stand, Stand::Withheld);
        assert_eq!(earned(&judges), [JUDGE_FEE, 0, JUDGE_FEE, JUDGE_FEE, JUDGE_FEE]);
        assert_eq!(free(REQUESTER), ENDOWMENT - 4 * JUDGE_FEE);
    });
}

#[test]
fn a_requester_whose_result_can_be_had_pays_the_judges() {
    test(|| {
        let judges = judges_of_output();
        judge(&judges, &[true; 4]);
        pass(1);
        assert_eq!(job(JOB).stand, Stand::Revealed);
        assert_eq!(earned(&judges), [JUDGE_FEE, JUDGE_FEE, JUDGE_FEE, JUDGE_FEE, 0]);
        assert_eq!(free(REQUESTER), ENDOWMENT - 4 * JUDGE_FEE);
        assert!(!is_open(JOB));
    });
}

#[test]
fn a_bare_majority_of_judges_decides_nothing() {
    test(|| {
        let judges = judges_of_output();
        judge(&judges, &[false, false, false, true]);
        pass(JUDGEMENT);
        assert!(is_open(JOB));
        pass(1);
        assert_eq!(job(JOB).stand, Stand::Revealed);
        assert_eq!(earned(&judges), [0; 5]);
        assert_eq!(free(REQUESTER), ENDOWMENT);
    });
}

#[test]
fn an_input_that_most_judges_cannot_get_ends_the_job() {
    test(|| {
        let judges = judges_of_input();
        judge(&judges, &[false; 4]);
        pass(1);
        let paid = judges[..4].iter().map(|judge| stash(*judge)).collect();
        assert_eq!(job(JOB).stand, Stand::Unavailable(paid, JUDGE_FEE));
    });
}

#[test]
fn a_worker_who_could_have_got_its_input_pays_the_judges() {
    test(|| {
        let judges = judges_of_input();
        assert_eq!(job(JOB).until, 1 + 2 * JUDGEMENT);
        judge(&judges, &[true, false, true, true, true]);
        pass(1);
        assert_eq!(job(JOB).stand, Stand::Computing);
        let paid = [0, 2, 3, 4].map(|place| stash(judges[place])).to_vec();
        assert_eq!(job(JOB).charged, Some((WORKER, paid)));
    });
}

#[test]
fn only_workers_that_compute_report_an_input_and_only_an_input_of_theirs() {
    test(|| {
        assert_noop!(unavailable(), Error::<Test>::NotNeeded);
        add(JOB, Stand::Computing, vec![long_output()]);
        assert_noop!(
            Availability::report_unavailable(signed(STRANGER), JOB, 0),
            Error::<Test>::NotNeeded
        );
        assert_noop!(
            Availability::report_unavailable(signed(WORKER), JOB, 2),
            Error::<Test>::NotNeeded
        );
        assert_ok!(unavailable());
        assert_noop!(unavailable(), Error::<Test>::QuestionOpen);
        add(OTHER_JOB, Stand::Revealed, vec![long_output()]);
        assert_noop!(
            Availability::report_unavailable(signed(WORKER), OTHER_JOB, 0),
            Error::<Test>::NotNeeded
        );
    });
}

#[test]
fn a_requester_who_cannot_pay_judges_gets_none() {
    test(|| {
        add(JOB, Stand::Revealed, vec![long_output()]);
        Rules::mutate(|rules| rules.judge_fee = ENDOWMENT / 5);
        assert_noop!(withheld(), Error::<Test>::InsufficientBalance);
        assert_noop!(
            Availability::report_withheld(signed(STRANGER), JOB),
            Error::<Test>::NotRequester
        );
    });
}

#[test]
fn nobody_judges_who_was_not_drawn_or_twice_or_late() {
    test(|| {
        assert_noop!(
            Availability::judge(signed(21), JOB, true),
            Error::<Test>::NotAsked
        );
        let judges = judges_of_output();
        for outsider in [WORKER, REQUESTER] {
            assert_noop!(
                Availability::judge(signed(outsider), JOB, false),
                Error::<Test>::NotJudge
            );
        }
        judge(&judges[..1], &[true]);
        assert_noop!(
            Availability::judge(signed(judges[0]), JOB, false),
            Error::<Test>::AlreadyJudged
        );
        DueWeight::set(Weight::zero());
        pass(JUDGEMENT + 1);
        assert_noop!(
            Availability::judge(signed(judges[1]), JOB, true),
            Error::<Test>::TooLate
        );
        DueWeight::set(Weight::MAX);
    });
}

#[test]
fn a_small_chain_has_fewer_judges_and_one_without_any_decides_nothing() {
    for (crowd, expected) in [(4, 3), (2, 1), (1, 1), (0, 0)] {
        test(|| {
            Crowd::set((21..21 + crowd).collect());
            assert_eq!(judges_of_output().len(), expected);
            if expected == 0 {
                assert!(!is_open(JOB));
                assert_eq!(free(REQUESTER), ENDOWMENT);
            }
        });
    }
}

#[test]
fn judges_that_no_randomness_draws_decide_nothing() {
    for status in [SeedStatus::Pending, SeedStatus::Forgotten] {
        test(|| {
            Randomness::set(status);
            assert!(judges_of_output().is_empty());
            assert!(is_open(JOB));
            pass(JUDGEMENT);
            assert!(!is_open(JOB));
            assert_eq!(job(JOB).stand, Stand::Revealed);
            assert_eq!(free(REQUESTER), ENDOWMENT);
        });
    }
}

#[test]
fn judges_are_asked_about_a_job_no_more_often_than_they_may_be() {
    test(|| {
        for _ in 0..MAX_INQUIRIES {
            let judges = judges_of_output();
            judge(&judges, &[true; 5]);
            pass(1);
        }
        assert_noop!(withheld(), Error::<Test>::TooManyInquiries);
    });
}

#[test]
fn a_job_that_ends_dismisses_its_judges() {
    test(|| {
        judges_of_output();
        end(JOB, Stand::Ended);
        assert_eq!(free(REQUESTER), ENDOWMENT);
        assert!(Slots::get().values().all(|slots| *slots == 0));
    });
}

#[test]
fn what_judges_say_of_a_result_that_is_disputed_meanwhile_decides_nothing() {
    test(|| {
        let judges = judges_of_output();
        JobTable::mutate(|jobs| jobs.get_mut(&JOB).unwrap().stand = Stand::Disputed);
        judge(&judges, &[false; 5]);
        pass(1);
        assert_eq!(job(JOB).stand, Stand::Disputed);
        assert_eq!(earned(&judges), [JUDGE_FEE; 5]);
    });
}
