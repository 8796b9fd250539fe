//! Random lives: whatever anybody does in any order, nothing is lost and every job ends.

use super::*;
use crate::{Error, JobState};
use pallet_support::DisputedJobs;
use polkadot_sdk::polkadot_sdk_frame::deps::sp_runtime::Permill;
use proptest::prelude::*;
use std::ops::Range;

const REQUESTERS: [AccountId; 2] = [REQUESTER, OTHER];
const OPERATORS: [AccountId; 3] = [OPERATOR, OPERATOR_2, OPERATOR_3];

#[derive(Clone, Debug)]
enum Action {
    Submit {
        by: usize,
        cap: TfuelBalance,
        execution: u32,
        draw: u32,
        inline: bool,
        replicas: u8,
        audit_rate: u32,
    },
    Cancel {
        by: usize,
        job: JobId,
    },
    Commit {
        by: usize,
        job: JobId,
    },
    Reveal {
        by: usize,
        job: JobId,
    },
    /// Everybody answers what can be answered.
    Answers {
        job: JobId,
    },
    RevealWrongly {
        by: usize,
        job: JobId,
        inline: bool,
    },
    Dispute {
        job: JobId,
        step: Step,
    },
    RemoveProgram,
    Worker {
        which: usize,
        fee: TfuelBalance,
        slots: u32,
        absent: bool,
    },
    Randomness(SeedMode),
    AgendaSteps(u64),
    WorkerShare(u32),
    Advance(u32),
}

/// What a dispute does to a job.
#[derive(Clone, Copy, Debug)]
enum Step {
    Suspend,
    Extend(u32),
    Refute { which: usize, found: bool },
    Resume(Which),
    Restart,
}

/// Which result a dispute leaves.
#[derive(Clone, Copy, Debug)]
enum Which {
    Honest,
    Lie,
    Claimed,
}

fn steps() -> impl Strategy<Value = Step> {
    let which = prop_oneof![Just(Which::Honest), Just(Which::Lie), Just(Which::Claimed)];
    prop_oneof![
        3 => Just(Step::Suspend),
        1 => (0..60u32).prop_map(Step::Extend),
        6 => (0..OPERATORS.len(), any::<bool>()).prop_map(|(which, found)| Step::Refute { which, found }),
        2 => which.prop_map(Step::Resume),
        2 => Just(Step::Restart),
    ]
}

/// Mostly what `often` says, so that jobs come far, and sometimes what `ever` says.
fn mostly(often: Range<u32>, ever: Range<u32>) -> impl Strategy<Value = u32> {
    prop_oneof![8 => often, 1 => ever]
}

fn submissions() -> impl Strategy<Value = Action> {
    let caps = mostly(500..1_500, 0..500).prop_map(TfuelBalance::from);
    let rates = prop_oneof![1 => Just(0), 1 => Just(500_000), 1 => Just(1_000_000)];
    let deadlines = (mostly(4..15, 0..30), mostly(10..50, 0..60));
    let replicas = mostly(1..4, 0..6).prop_map(|replicas| replicas as u8);
    (
        0..REQUESTERS.len(),
        caps,
        deadlines,
        any::<bool>(),
        replicas,
        rates,
    )
        .prop_map(
            |(by, cap, (execution, draw), inline, replicas, audit_rate)| Action::Submit {
                by,
                cap,
                execution,
                draw,
                inline,
                replicas,
                audit_rate,
            },
        )
}

fn actions() -> impl Strategy<Value = Vec<Action>> {
    let by = 0..REQUESTERS.len();
    let job = 0..8u64;
    let operator = 0..OPERATORS.len();
    let action = prop_oneof![
        8 => submissions(),
        1 => (by, job.clone()).prop_map(|(by, job)| Action::Cancel { by, job }),
        6 => (operator.clone(), job.clone()).prop_map(|(by, job)| Action::Commit { by, job }),
        6 => (operator.clone(), job.clone()).prop_map(|(by, job)| Action::Reveal { by, job }),
        24 => job.clone().prop_map(|job| Action::Answers { job }),
        1 => (operator.clone(), job.clone(), any::<bool>())
            .prop_map(|(by, job, inline)| Action::RevealWrongly { by, job, inline }),
        16 => (job, steps()).prop_map(|(job, step)| Action::Dispute { job, step }),
        1 => Just(Action::RemoveProgram),
        2 => (operator, 0..700u128, mostly(3..9, 0..3), any::<bool>())
            .prop_map(|(which, fee, slots, absent)| Action::Worker { which, fee, slots, absent }),
        1 => prop_oneof![
            8 => Just(SeedMode::Flows), 1 => Just(SeedMode::Dry), 1 => Just(SeedMode::Lost)
        ].prop_map(Action::Randomness),
        1 => mostly(1..4, 0..1).prop_map(|steps| Action::AgendaSteps(steps.into())),
        1 => (0..=1_000_000u32).prop_map(Action::WorkerShare),
        24 => mostly(1..6, 1..25).prop_map(Action::Advance),
    ];
    prop::collection::vec(action, 1..200)
}

/// What a worker says that it computed: one in four results is a lie.
fn result_of(operator: AccountId, id: JobId) -> Vec<u8> {
    if (operator + id).is_multiple_of(4) {
        lie()
    } else {
        output()
    }
}

/// The opening that fits what the job asked and the worker committed.
fn fitting(operator: AccountId, id: JobId) -> RevealOpening {
    let result = result_of(operator, id);
    let asked = crate::Jobs::<Test>::get(id).is_some_and(|job| job.inline_bytes.is_some());
    RevealOpening {
        output_root: root_of(&result),
        inline_output: asked.then(|| result.try_into().unwrap()),
        ..opening()
    }
}

fn round_of(operator: AccountId, id: JobId) -> u8 {
    crate::Jobs::<Test>::get(id)
        .and_then(|job| job.seat_of(&operator).map(|seat| seat.round))
        .unwrap_or_default()
}

fn commit(operator: AccountId, job: JobId) {
    let (key, root) = (Registry::key_bytes(&operator), root_of(&result_of(operator, job)));
    let commitment = commitment(job, round_of(operator, job), &key, &root, &SALT);
    try_call(crate::Call::commit_result { job, commitment }, operator);
}

fn open(operator: AccountId, job: JobId) {
    let opening = fitting(operator, job);
    try_call(crate::Call::reveal_result { job, opening }, operator);
}

fn dispute(job: JobId, step: Step) {
    match step {
        Step::Suspend => Jobs::suspend(job),
        Step::Extend(blocks) => Jobs::extend(job, now() + blocks),
        Step::Refute { which, found } => {
            Jobs::refute(job, &OPERATORS[which], found.then_some(&STASH));
        }
        Step::Resume(which) => {
            let result = match which {
                Which::Honest => output(),
                Which::Lie => lie(),
                Which::Claimed => vec![7],
            };
            Jobs::resume(job, root_of(&result), (OPERATOR, STASH));
        }
        Step::Restart => Jobs::restart(job),
    }
}

/// Ends every dispute: half of the jobs keep the honest result, the others none.
fn end_disputes() {
    let disputed: Vec<_> = crate::Jobs::<Test>::iter()
        .filter(|(_, job)| matches!(job.state, JobState::Disputed { .. }))
        .map(|(id, _)| id)
        .collect();
    for id in disputed {
        dispute(
            id,
            if id % 2 == 0 {
                Step::Resume(Which::Honest)
            } else {
                Step::Restart
            },
        );
        check();
    }
}

/// Dispatches as a block would; a refused call changes nothing.
fn try_call(call: crate::Call<Test>, who: AccountId) -> bool {
    let call = RuntimeCall::Jobs(call);
    let certain = {
        use polkadot_sdk::polkadot_sdk_frame::deps::frame_support::dispatch::CheckIfFeeless;
        call.is_feeless(&signed(who))
    };
    let succeeded = call.clone().dispatch(signed(who)).is_ok();
    let answer = matches!(
        call,
        RuntimeCall::Jobs(crate::Call::commit_result { .. } | crate::Call::reveal_result { .. })
    );
    assert_eq!(
        certain,
        answer && succeeded,
        "an answer is free exactly when it succeeds"
    );
    succeeded
}

fn perform(action: Action) {
    match action {
        Action::Submit {
            by,
            cap,
            execution,
            draw,
            inline,
            replicas,
            audit_rate,
        } => {
            let mut spec = spec_of(replicas, audit_rate);
            spec.price_cap = cap;
            spec.deadlines = Deadlines { draw, execution };
            spec.inline_output = inline;
            try_call(crate::Call::submit_job { spec }, REQUESTERS[by]);
        }
        Action::Cancel { by, job } => {
            try_call(crate::Call::cancel { job }, REQUESTERS[by]);
        }
        Action::Commit { by, job } => commit(OPERATORS[by], job),
        Action::Reveal { by, job } => open(OPERATORS[by], job),
        Action::Answers { job } => {
            OPERATORS.into_iter().for_each(|operator| commit(operator, job));
            OPERATORS.into_iter().for_each(|operator| open(operator, job));
        }
        Action::RevealWrongly { by, job, inline } => {
            let opening = if inline {
                let mut output = output();
                output[0] ^= 1;
                RevealOpening {
                    inline_output: Some(output.try_into().unwrap()),
                    ..opening()
                }
            } else {
                RevealOpening {
                    salt: [0; 32],
                    ..fitting(OPERATORS[by], job)
                }
            };
            assert!(!try_call(
                crate::Call::reveal_result { job, opening },
                OPERATORS[by]
            ));
        }
        Action::Dispute { job, step } => dispute(job, step),
        Action::RemoveProgram => {
            try_call(
                crate::Call::remove_program {
                    program: usual_program(),
                },
                STASH_3,
            );
        }
        Action::Worker {
            which,
            fee,
            slots,
            absent,
        } => Registry::edit(OPERATORS[which], |worker| {
            (worker.fee, worker.slots) = (fee, slots);
            worker.stash = if absent {
                900 + which as u64
            } else {
                [STASH, STASH_2, STASH_3][which]
            };
        }),
        Action::Randomness(mode) => Randomness::set(mode),
        Action::AgendaSteps(steps) => AgendaWeight::set(Jobs::worst_step() * (2 * steps)),
        Action::WorkerShare(parts) => Rules::mutate(|rules| rules.worker_share = Permill::from_parts(parts)),
        Action::Advance(blocks) => advance(blocks),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_sequence_of_actions_conserves_tokens_and_comes_to_an_end(actions in actions()) {
        three_workers().execute_with(|| {
            for action in actions {
                perform(action);
                check();
            }
            // Randomness flows again, and nobody but the disputes does anything any more: the agenda ends everything and
            // cleans up.
            Randomness::set(SeedMode::Flows);
            AgendaWeight::set(Weight::MAX);
            Registry::retire_all();
            advance(250);
            end_disputes();
            advance(250);
            assert_eq!(crate::Jobs::<Test>::iter().count(), 0);
            assert_eq!(crate::Receipts::<Test>::iter().count(), 0);
            assert_eq!(crate::Agenda::<Test>::iter().count(), 0);
            assert_eq!(crate::InlineOutputs::<Test>::iter().count(), 0);
            assert_eq!(held(REQUESTER) + held(OTHER), 0);
        });
    }

    #[test]
    fn the_parts_of_every_payment_add_up_to_the_escrow(
        cap in 1_000..100_000u128,
        fee in 0..100_000u128,
        parts in 0..=1_000_000u32,
        absent in any::<bool>(),
    ) {
        let stash = if absent { 900 } else { STASH };
        TestExt::new()
            .rules(|rules| rules.worker_share = Permill::from_parts(parts))
            .worker(OPERATOR, stash, fee.min(cap))
            .execute_with(|| {
                let mut spec = usual_spec();
                spec.price_cap = cap;
                let id = committed(spec);
                assert_ok!(Jobs::reveal_result(signed(OPERATOR), id, opening()));
                advance(WINDOW + 1);
                let receipt = receipt(id);
                assert_eq!(receipt.paid + receipt.burned, fee.min(cap));
                assert_eq!(receipt.paid + receipt.burned + receipt.refunded, cap + DEPOSIT);
                let worked: TfuelBalance = Worked::get().iter().map(|(_, burned)| burned).sum();
                assert!(worked == receipt.burned || (absent && worked == 0));
                // Rounding never favours the worker.
                assert!(receipt.paid * 1_000_000 <= fee.min(cap) * u128::from(parts));
            });
    }

    #[test]
    fn a_deadline_decides_by_the_block_number_alone(delay in 0..25u32, behind in any::<bool>()) {
        one_worker().execute_with(|| {
            let id = assigned(usual_spec());
            if behind {
                AgendaWeight::set(Weight::zero());
            }
            advance(delay);
            let result = Jobs::commit_result(signed(OPERATOR), id, honest(id, 0, OPERATOR));
            assert_eq!(result.is_ok(), delay <= EXECUTION);
            if behind && delay > EXECUTION {
                assert_eq!(result, Err(Error::<Test>::CommitTooLate.into()));
                assert!(matches!(state(id), JobState::Assigned { .. }));
            }
        });
    }
}
