//! Demanded chunks.

use super::*;

fn revealed() {
    add(JOB, Stand::Revealed, vec![long_output()]);
}

fn demand(chunk: u32) -> DispatchResult {
    Availability::demand_chunk(signed(REQUESTER), JOB, 0, chunk)
}

#[test]
fn a_served_chunk_earns_its_fee_and_the_job_goes_on() {
    test(|| {
        revealed();
        assert_ok!(demand(2));
        assert_eq!(free(REQUESTER), ENDOWMENT - CHUNK_FEE);
        assert_eq!(job(JOB).until, 1 + 2 * ANSWER);
        pass(ANSWER);
        events();
        assert_ok!(Availability::serve_chunk(signed(WORKER), JOB, proof(JOB, 0, 2)));
        assert_eq!(
            events(),
            [Event::ChunkServed {
                job: JOB,
                output: 0,
                chunk: 2,
                stash: stash(WORKER),
                bytes: long_output()[2_048..].to_vec().try_into().unwrap()
            }]
        );
        assert_eq!(free(stash(WORKER)), ENDOWMENT + CHUNK_FEE);
        pass(3 * ANSWER);
        assert_eq!(job(JOB).stand, Stand::Revealed);
    });
}

#[test]
fn anybody_may_serve_a_chunk() {
    test(|| {
        revealed();
        assert_ok!(demand(0));
        assert_ok!(Availability::serve_chunk(signed(STRANGER), JOB, proof(JOB, 0, 0)));
        assert_eq!(free(STRANGER), ENDOWMENT + CHUNK_FEE);
    });
}

#[test]
fn a_chunk_that_nobody_serves_is_withheld() {
    test(|| {
        revealed();
        assert_ok!(demand(1));
        pass(ANSWER);
        assert_eq!(job(JOB).stand, Stand::Revealed);
        pass(1);
        assert_eq!(job(JOB).stand, Stand::Withheld);
        assert_eq!(free(REQUESTER), ENDOWMENT, "the deposit returns");
        assert!(QuestionsAbout::<Test>::get(JOB).is_none());
    });
}

#[test]
fn an_answer_is_late_even_when_the_hook_is_behind() {
    test(|| {
        revealed();
        assert_ok!(demand(1));
        DueWeight::set(Weight::zero());
        pass(ANSWER + 1);
        assert_noop!(
            Availability::serve_chunk(signed(WORKER), JOB, proof(JOB, 0, 1)),
            Error::<Test>::TooLate
        );
        DueWeight::set(Weight::MAX);
        pass(1);
        assert_eq!(job(JOB).stand, Stand::Withheld);
    });
}

#[test]
fn chunks_of_each_of_several_outputs_can_be_demanded() {
    test(|| {
        add(JOB, Stand::Revealed, vec![vec![1; 8], long_output(), vec![2; 4]]);
        for (output, chunk) in [(0, 0), (1, 1), (2, 0)] {
            assert_ok!(Availability::demand_chunk(signed(REQUESTER), JOB, output, chunk));
            let proof = proof(JOB, output.into(), chunk);
            assert_ok!(Availability::serve_chunk(signed(WORKER), JOB, proof));
        }
        assert_noop!(
            Availability::demand_chunk(signed(REQUESTER), JOB, 2, 1),
            Error::<Test>::NoSuchChunk
        );
        assert_noop!(
            Availability::demand_chunk(signed(REQUESTER), JOB, 3, 0),
            Error::<Test>::NoSuchChunk
        );
    });
}

#[test]
fn a_chunk_of_something_else_is_refused() {
    test(|| {
        add(JOB, Stand::Revealed, vec![long_output(), long_output()]);
        add(OTHER_JOB, Stand::Revealed, vec![vec![9; 2_500], long_output()]);
        assert_ok!(demand(1));
        let right = proof(JOB, 0, 1);
        let mut no_roots = right.clone();
        no_roots.roots = Default::default();
        let mut tampered = right.clone();
        tampered.opening.bytes[0] ^= 1;
        for wrong in [proof(JOB, 0, 0), proof(OTHER_JOB, 0, 1), no_roots, tampered] {
            assert_noop!(
                Availability::serve_chunk(signed(WORKER), JOB, wrong),
                Error::<Test>::ChunkInvalid
            );
        }
        assert_ok!(Availability::serve_chunk(signed(WORKER), JOB, right.clone()));
        assert_noop!(
            Availability::serve_chunk(signed(WORKER), JOB, right),
            Error::<Test>::NotAsked
        );
    });
}

#[test]
fn demands_are_those_of_the_requester_about_a_result_that_stands() {
    test(|| {
        assert_noop!(demand(0), Error::<Test>::NothingPublished);
        add(JOB, Stand::Computing, vec![long_output()]);
        assert_noop!(demand(0), Error::<Test>::NothingPublished);
        revealed();
        assert_noop!(
            Availability::demand_chunk(signed(STRANGER), JOB, 0, 0),
            Error::<Test>::NotRequester
        );
        assert_noop!(demand(3), Error::<Test>::NoSuchChunk);
        Rules::mutate(|rules| rules.chunk_fee = ENDOWMENT);
        assert_noop!(demand(0), Error::<Test>::InsufficientBalance);
        Rules::mutate(|rules| rules.chunk_fee = CHUNK_FEE);
        assert_ok!(demand(0));
        assert_noop!(demand(1), Error::<Test>::QuestionOpen);
    });
}

#[test]
fn a_requester_demands_no_more_chunks_than_it_may() {
    test(|| {
        revealed();
        for _ in 0..MAX_DEMANDS {
            assert_ok!(demand(1));
            assert_ok!(Availability::serve_chunk(signed(WORKER), JOB, proof(JOB, 0, 1)));
        }
        assert_noop!(demand(1), Error::<Test>::TooManyDemands);
    });
}

#[test]
fn a_dispute_decides_about_a_result_that_is_withheld_meanwhile() {
    test(|| {
        revealed();
        assert_ok!(demand(1));
        JobTable::mutate(|jobs| jobs.get_mut(&JOB).unwrap().stand = Stand::Disputed);
        assert_noop!(
            Availability::serve_chunk(signed(WORKER), JOB, proof(JOB, 0, 1)),
            Error::<Test>::NothingPublished
        );
        pass(ANSWER + 1);
        assert_eq!(job(JOB).stand, Stand::Disputed);
        assert_eq!(free(REQUESTER), ENDOWMENT);
        assert!(!is_open(JOB));
    });
}

#[test]
fn a_job_that_ends_returns_the_deposit_of_its_demand() {
    test(|| {
        revealed();
        assert_ok!(demand(1));
        end(JOB, Stand::Ended);
        assert_eq!(free(REQUESTER), ENDOWMENT);
        assert!(QuestionsAbout::<Test>::get(JOB).is_none());
        pass(2 * ANSWER);
    });
}

#[test]
fn a_chain_full_of_questions_takes_no_more() {
    test(|| {
        Rules::mutate(|rules| rules.chunk_fee = 1);
        let jobs = u64::from(crate::MAX_OPEN);
        for id in 0..jobs {
            add(id, Stand::Revealed, vec![vec![1; 4]]);
            assert_ok!(Availability::demand_chunk(signed(REQUESTER), id, 0, 0));
        }
        add(jobs, Stand::Revealed, vec![vec![1; 4]]);
        assert_noop!(
            Availability::demand_chunk(signed(REQUESTER), jobs, 0, 0),
            Error::<Test>::TooManyQuestions
        );
    });
}
