//! Whatever anybody does in any order, nothing is lost and every question ends.

use super::*;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Action {
    Demand {
        by: AccountId,
        job: u64,
        chunk: u32,
    },
    Serve {
        by: AccountId,
        job: u64,
        chunk: u32,
    },
    Withheld {
        by: AccountId,
        job: u64,
    },
    Unavailable {
        by: AccountId,
        job: u64,
        input: u8,
    },
    Judge {
        judge: AccountId,
        job: u64,
        available: bool,
    },
    Turn {
        job: u64,
        stand: Stand,
    },
    Crowd {
        count: u64,
    },
    Pass {
        blocks: u32,
    },
}

fn anybody() -> impl Strategy<Value = AccountId> {
    prop_oneof![
        4 => Just(REQUESTER),
        2 => Just(WORKER),
        1 => Just(STRANGER),
        1 => Just(POOR),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    let id = JOB..=OTHER_JOB;
    let stand = prop_oneof![
        3 => Just(Stand::Revealed),
        3 => Just(Stand::Computing),
        1 => Just(Stand::Disputed),
        1 => Just(Stand::Ended),
    ];
    prop_oneof![
        (anybody(), id.clone(), 0..4u32).prop_map(|(by, job, chunk)| Action::Demand { by, job, chunk }),
        (anybody(), id.clone(), 0..3u32).prop_map(|(by, job, chunk)| Action::Serve { by, job, chunk }),
        (anybody(), id.clone()).prop_map(|(by, job)| Action::Withheld { by, job }),
        (anybody(), id.clone(), 0..3u8).prop_map(|(by, job, input)| Action::Unavailable { by, job, input }),
        (21..31u64, id.clone(), any::<bool>()).prop_map(|(judge, job, available)| Action::Judge {
            judge,
            job,
            available
        }),
        (id, stand).prop_map(|(job, stand)| Action::Turn { job, stand }),
        (0..10u64).prop_map(|count| Action::Crowd { count }),
        (1..8u32).prop_map(|blocks| Action::Pass { blocks }),
    ]
}

/// Does it, whether it may be done or not.
fn perform(action: Action) {
    let _ = match action {
        Action::Demand { by, job, chunk } => Availability::demand_chunk(signed(by), job, 0, chunk),
        Action::Serve { by, job, chunk } => Availability::serve_chunk(signed(by), job, proof(job, 0, chunk)),
        Action::Withheld { by, job } => Availability::report_withheld(signed(by), job),
        Action::Unavailable { by, job, input } => Availability::report_unavailable(signed(by), job, input),
        Action::Judge {
            judge,
            job,
            available,
        } => Availability::judge(signed(judge), job, available),
        Action::Turn {
            job,
            stand: Stand::Ended,
        } => {
            end(job, Stand::Ended);
            Ok(())
        }
        Action::Turn { job: id, stand } => {
            // Only a live job turns into another state.
            if !matches!(
                job(id).stand,
                Stand::Ended | Stand::Withheld | Stand::Unavailable(..)
            ) {
                JobTable::mutate(|jobs| jobs.get_mut(&id).unwrap().stand = stand);
            }
            Ok(())
        }
        Action::Crowd { count } => {
            Crowd::set((21..21 + count).collect());
            Ok(())
        }
        Action::Pass { blocks } => {
            pass(blocks);
            Ok(())
        }
    };
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_sequence_of_actions_loses_nothing_and_comes_to_an_end(
        actions in proptest::collection::vec(action(), 1..60)
    ) {
        test(|| {
            for id in [JOB, OTHER_JOB] {
                add(id, Stand::Revealed, vec![long_output()]);
            }
            for action in actions {
                perform(action);
                check();
            }
            pass(3 * JUDGEMENT + ANSWER);
            assert!(!is_open(JOB) && !is_open(OTHER_JOB));
            assert!(crate::Dues::<Test>::get().is_empty());
            assert_eq!(Balances::reserved_balance(REQUESTER), 0);
        });
    }
}
