use super::*;
use crate::{Error, Event, InlineOutputs, JobState};

#[test]
fn the_drawn_worker_commits_and_reveals() {
    one_worker().execute_with(|| {
        let id = assigned(usual_spec());
        events();
        let commitment = honest(id, 0, OPERATOR);
        advance(3);
        assert_ok!(Jobs::commit_result(signed(OPERATOR), id, commitment));
        assert_eq!(
            state(id),
            JobState::Committed {
                reveal_by: now() + REVEAL
            }
        );
        advance(4);
        assert_ok!(Jobs::reveal_result(signed(OPERATOR), id, opening()));
        let window_ends = now() + WINDOW;
        assert_eq!(state(id), JobState::Revealed { window_ends });
        let seat = job(id).seats[0].clone();
        let revealed = seat.revealed.unwrap();
        assert_eq!(seat.committed.unwrap().at, DRAWN + 3);
        assert_eq!((revealed.output_root, revealed.at), (output_root(), DRAWN + 7));
        assert_eq!(revealed.attestation, attestation());
        assert_eq!(
            events(),
            [
                Event::ResultCommitted {
                    job: id,
                    operator: OPERATOR,
                    commitment
                },
                Event::ResultRevealed {
                    job: id,
                    operator: OPERATOR,
                    output_root: output_root()
                },
                Event::ResultStands {
                    job: id,
                    output_root: output_root(),
                    window_ends
                }
            ]
        );
    });
}

#[test]
fn a_stranger_cannot_answer() {
    three_workers().execute_with(|| {
        let id = assigned(usual_spec());
        for stranger in [STRANGER, REQUESTER, STASH, OPERATOR_2] {
            assert_noop!(
                Jobs::commit_result(signed(stranger), id, honest(id, 0, stranger)),
                Error::<Test>::NotAssigned
            );
        }
        assert_ok!(Jobs::commit_result(signed(OPERATOR), id, honest(id, 0, OPERATOR)));
        for stranger in [STRANGER, REQUESTER, STASH, OPERATOR_2] {
            assert_noop!(
                Jobs::reveal_result(signed(stranger), id, opening()),
                Error::<Test>::NotAssigned
            );
        }
    });
}

#[test]
fn nobody_answers_a_job_that_is_open_ended_or_unknown() {
    one_worker().execute_with(|| {
        let id = submit(REQUESTER, usual_spec());
        let commit = |id| Jobs::commit_result(signed(OPERATOR), id, honest(id, 0, OPERATOR));
        let reveal = |id| Jobs::reveal_result(signed(OPERATOR), id, opening());
        assert_noop!(commit(id), Error::<Test>::NotAssigned);
        assert_noop!(reveal(id), Error::<Test>::NotAssigned);
        assert_noop!(commit(99), Error::<Test>::UnknownJob);
        assert_noop!(reveal(99), Error::<Test>::UnknownJob);
        assert_ok!(Jobs::cancel(signed(REQUESTER), id));
        assert_noop!(commit(id), Error::<Test>::JobHasEnded);
        assert_noop!(reveal(id), Error::<Test>::JobHasEnded);
        advance(RETENTION);
        assert_noop!(commit(id), Error::<Test>::UnknownJob);
        assert_noop!(reveal(id), Error::<Test>::UnknownJob);
    });
}

#[test]
fn a_seat_commits_once_and_reveals_once() {
    one_worker().execute_with(|| {
        let id = assigned(usual_spec());
        assert_noop!(
            Jobs::reveal_result(signed(OPERATOR), id, opening()),
            Error::<Test>::NotCommitted
        );
        assert_ok!(Jobs::commit_result(signed(OPERATOR), id, honest(id, 0, OPERATOR)));
        assert_noop!(
            Jobs::commit_result(signed(OPERATOR), id, honest(id, 0, OPERATOR)),
            Error::<Test>::AlreadyCommitted
        );
        assert_ok!(Jobs::reveal_result(signed(OPERATOR), id, opening()));
        assert_noop!(
            Jobs::reveal_result(signed(OPERATOR), id, opening()),
            Error::<Test>::AlreadyRevealed
        );
        assert_noop!(
            Jobs::commit_result(signed(OPERATOR), id, honest(id, 0, OPERATOR)),
            Error::<Test>::AlreadyCommitted
        );
    });
}

#[test]
fn a_reveal_opens_exactly_the_commitment() {
    one_worker().execute_with(|| {
        let id = committed(usual_spec());
        let wrong = [
            RevealOpening {
                salt: [8; 32],
                ..opening()
            },
            RevealOpening {
                output_root: BlobHash([0; 32]),
                ..opening()
            },
        ];
        for wrong in wrong {
            assert_noop!(
                Jobs::reveal_result(signed(OPERATOR), id, wrong),
                Error::<Test>::CommitmentMismatch
            );
        }
        assert_ok!(Jobs::reveal_result(signed(OPERATOR), id, opening()));
    });
}

#[test]
fn a_commitment_for_another_worker_job_or_round_opens_nothing() {
    one_worker().execute_with(|| {
        let foreign: [fn(JobId) -> Commitment; 4] = [
            |id| honest(id, 0, OPERATOR_2),
            |id| honest(id + 1, 0, OPERATOR),
            |id| honest(id, 1, OPERATOR),
            |_| Commitment([0; 32]),
        ];
        for foreign in foreign {
            let id = assigned(usual_spec());
            assert_ok!(Jobs::commit_result(signed(OPERATOR), id, foreign(id)));
            assert_noop!(
                Jobs::reveal_result(signed(OPERATOR), id, opening()),
                Error::<Test>::CommitmentMismatch
            );
        }
    });
}

#[test]
fn the_inline_output_comes_exactly_when_it_was_asked() {
    one_worker().execute_with(|| {
        let plain = committed(usual_spec());
        assert_noop!(
            Jobs::reveal_result(signed(OPERATOR), plain, inline_opening()),
            Error::<Test>::InlineOutputNotAsked
        );
        let inline = committed(inline_spec());
        assert_noop!(
            Jobs::reveal_result(signed(OPERATOR), inline, opening()),
            Error::<Test>::InlineOutputMissing
        );
        assert_ok!(Jobs::reveal_result(signed(OPERATOR), inline, inline_opening()));
        assert_eq!(InlineOutputs::<Test>::get(inline).unwrap().to_vec(), output());
        assert!(!InlineOutputs::<Test>::contains_key(plain));
    });
}

#[test]
fn the_inline_output_has_the_length_and_hash_of_the_result() {
    one_worker().execute_with(|| {
        let id = committed(inline_spec());
        let with = |bytes: Vec<u8>| RevealOpening {
            inline_output: Some(bytes.try_into().unwrap()),
            ..opening()
        };
        for bytes in [Vec::new(), vec![5; 15], vec![5; 17], vec![5; 65_536]] {
            assert_noop!(
                Jobs::reveal_result(signed(OPERATOR), id, with(bytes)),
                Error::<Test>::InlineOutputWrongLength
            );
        }
        let mut flipped = output();
        flipped[3] ^= 1;
        assert_noop!(
            Jobs::reveal_result(signed(OPERATOR), id, with(flipped)),
            Error::<Test>::InlineOutputMismatch
        );
        assert_ok!(Jobs::reveal_result(signed(OPERATOR), id, inline_opening()));
    });
}

#[test]
fn a_worker_holds_several_seats_at_once() {
    one_worker().execute_with(|| {
        let spec = usual_spec();
        let first = submit(REQUESTER, spec.clone());
        let second = submit(OTHER, spec);
        advance_to(DRAWN);
        for id in [second, first] {
            assert_ok!(Jobs::commit_result(signed(OPERATOR), id, honest(id, 0, OPERATOR)));
        }
        for id in [first, second] {
            assert_ok!(Jobs::reveal_result(signed(OPERATOR), id, opening()));
        }
    });
}
