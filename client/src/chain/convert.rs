//! From generated types to ours.

use super::{
    runtime::availability::events as said,
    runtime::jobs::events::OutputWithheld,
    runtime::runtime_types::{
        pallet_availability::types as availability,
        pallet_balances::types::AccountData,
        pallet_disputes::types as disputes,
        pallet_jobs::{state::JobState, types as jobs},
        pallet_support::{draw::DrawnWorker, rules},
        pallet_theta_staking::types as staking,
        pallet_workers::types as workers,
    },
    ClaimInfo, DataAsked, DataEvent, DataQuestion, DataSubject, DisputeInfo, DisputePhase, HeldSlash,
    JobInfo, JobPhase, ProgramInfo, RevealInfo, Rules, SeatInfo, SideInfo, StakeInfo, TokenBalance,
    WorkerInfo,
};
use crate::AccountId;
use edgeproof_primitives::{BlockNumber, Hash, JobId, Label, ProgramId};

pub(super) fn balance(account: &AccountData<u128>) -> TokenBalance {
    TokenBalance {
        free: account.free,
        held: account.reserved,
    }
}

pub(super) fn stake(ledger: &staking::Ledger<u128>) -> StakeInfo {
    StakeInfo {
        bonded: ledger.active,
        at_risk: ledger.at_risk,
        unbonding: ledger.unbonding.0.iter().map(|chunk| chunk.value).sum(),
        slashed: ledger.slashes.0.iter().map(|slash| slash.held).sum(),
    }
}

pub(super) fn held_slash(slash: staking::HeldSlash<u128>) -> HeldSlash {
    HeldSlash {
        id: slash.id,
        slashed: slash.slashed,
        held: slash.held,
        returned: slash.returned,
        driver: slash.driver.map(|driver| label(driver.0)),
        burn_at: slash.burn_at,
    }
}

/// A label of the chain, which is never longer than one of ours.
pub(super) fn label(bytes: Vec<u8>) -> Label {
    Label::truncate_from(bytes)
}

pub(super) fn program(id: ProgramId, program: jobs::ProgramInfo<AccountId>) -> ProgramInfo {
    ProgramInfo {
        id,
        owner: program.owner,
        deposit: program.deposit,
        bytes: program.bytes,
        operations: program.operations,
        peak_memory: program.peak_memory,
        inputs: program.inputs.0,
        outputs: program.outputs.0,
        params: program.params.0,
        references: program.references,
    }
}

pub(super) fn worker(stash: AccountId, worker: workers::Worker<AccountId, u128>) -> WorkerInfo {
    let workers::Reputation {
        succeeded,
        commit_missed,
        reveal_missed,
        refuted,
        evidence,
    } = worker.reputation;
    WorkerInfo {
        stash,
        operator: worker.operator,
        capability: worker.capability.0,
        ask: worker.ask,
        seats_held: worker.seats_held,
        active: matches!(worker.state, workers::WorkerState::Active { .. }),
        succeeded,
        commit_missed,
        reveal_missed,
        refuted,
        evidence: evidence.0,
    }
}

pub(super) fn job(id: JobId, job: jobs::Job<AccountId, u128>) -> JobInfo {
    JobInfo {
        id,
        requester: job.requester,
        spec: job.spec.0,
        operations: job.operations,
        inline_bytes: job.inline_bytes,
        window: job.window,
        watched: job.watched,
        worker_share: job.worker_share.0,
        posted_at: job.posted_at,
        round: job.round,
        first_fee: job.first_fee,
        phase: phase(&job.state),
        seats: job.seats.0.into_iter().map(seat).collect(),
        standing: job.standing.map(|standing| standing.output_root.0),
    }
}

fn phase(state: &JobState) -> JobPhase {
    match *state {
        JobState::Open { draw_by, .. } => JobPhase::Open { draw_by },
        JobState::Assigned { commit_by } => JobPhase::Assigned { commit_by },
        JobState::Committed { reveal_by } => JobPhase::Committed { reveal_by },
        JobState::Revealed { window_ends } => JobPhase::Revealed {
            settles_at: window_ends.saturating_add(1),
        },
        JobState::Deciding { .. } => JobPhase::Deciding,
        JobState::Auditing { commit_by } => JobPhase::Auditing { commit_by },
        JobState::Disputed { window_ends } => JobPhase::Disputed { window_ends },
    }
}

fn seat(seat: jobs::Seat<AccountId, u128>) -> SeatInfo {
    let DrawnWorker {
        operator,
        stash,
        fee,
        bond,
        ..
    } = seat.worker;
    SeatInfo {
        operator,
        stash,
        fee,
        bond,
        round: seat.round,
        auditor: seat.auditor,
        drawn_at: seat.drawn_at,
        committed: seat
            .committed
            .map(|committed| (committed.commitment.0, committed.at)),
        revealed: seat.revealed.map(|revealed| RevealInfo {
            output_root: revealed.output_root.0,
            attestation: revealed.attestation.0,
            at: revealed.at,
        }),
    }
}

/// A dispute, with the deadline of its game and what was opened in it. `None` when it is played and has no deadline.
pub(super) fn dispute(
    job: JobId,
    dispute: disputes::Dispute<AccountId, u128>,
    deadline: Option<BlockNumber>,
    opened: Vec<Hash>,
) -> Option<DisputeInfo> {
    Some(DisputeInfo {
        job,
        claims: dispute.claims.0.into_iter().map(claim).collect(),
        phase: match dispute.phase {
            disputes::Phase::Waiting => DisputePhase::Waiting,
            disputes::Phase::Decided => DisputePhase::Decided,
            disputes::Phase::Playing(game) => DisputePhase::Playing {
                next: game.next.0,
                deadline: deadline?,
                sides: game.sides.0.into_iter().map(side).collect(),
                opened,
            },
        },
    })
}

pub(super) fn claim(claim: disputes::Claim<AccountId, u128>) -> ClaimInfo {
    ClaimInfo {
        operator: claim.operator,
        stash: claim.stash,
        bond: claim.bond,
        seat: claim.seat,
        output_root: claim.output_root.0,
        trace_root: claim.trace_root.map(|root| root.0),
    }
}

fn side(side: disputes::Side) -> SideInfo {
    SideInfo {
        trace_root: side.trace_root.0,
        claimed: side.claimed,
    }
}

/// Last block in which the game of `job` takes an answer, after `full_blocks` blocks whose reserve was full.
pub(super) fn deadline(job: JobId, turns: &[disputes::Turn], full_blocks: u32) -> Option<BlockNumber> {
    let turn = turns.iter().find(|turn| turn.job == job)?;
    let full = full_blocks.saturating_sub(turn.full_blocks);
    Some(turn.deadline.saturating_add(full))
}

/// An open question that is looked at again at the start of block `at`. `None` when none is open.
pub(super) fn question(
    job: JobId,
    at: BlockNumber,
    asked: availability::Questions<AccountId, u128>,
) -> Option<DataQuestion> {
    let asked = match asked.open? {
        availability::Question::Demand(demand) => DataAsked::Chunk {
            output_root: demand.output_root.0,
            output: demand.output,
            chunk: demand.chunk,
        },
        availability::Question::Inquiry(inquiry) => DataAsked::Judgement {
            about: match inquiry.about {
                availability::About::Output(root) => DataSubject::Result(root.0),
                availability::About::Input { input, .. } => DataSubject::Input(input),
            },
            judges: match inquiry.stage {
                availability::Stage::Drawing { .. } => Vec::new(),
                availability::Stage::Judging(judges) => judges
                    .0
                    .into_iter()
                    .map(|judge| (judge.worker.operator, judge.available))
                    .collect(),
            },
        },
    };
    Some(DataQuestion {
        job,
        asked,
        answer_by: at.saturating_sub(1),
    })
}

pub(super) fn served(event: said::ChunkServed) -> DataEvent {
    DataEvent::ChunkServed {
        output: event.output,
        chunk: event.chunk,
        stash: event.stash,
        bytes: event.bytes.0,
    }
}

pub(super) fn withheld(event: said::ChunkWithheld) -> DataEvent {
    DataEvent::ChunkWithheld {
        output: event.output,
        chunk: event.chunk,
    }
}

pub(super) fn inquiry_ended(event: said::InquiryEnded) -> DataEvent {
    DataEvent::InquiryEnded {
        available: event.available,
    }
}

pub(super) fn bond_lost(event: OutputWithheld) -> DataEvent {
    DataEvent::BondLost {
        operator: event.operator,
        compensated: event.compensated,
        held: event.held,
    }
}

pub(super) fn rules(
    jobs: rules::JobRules,
    stake: rules::StakeRules,
    workers: rules::WorkerRules,
    disputes: rules::DisputeRules,
) -> Rules {
    Rules {
        max_replicas: jobs.max_replicas,
        max_audit_rate: jobs.max_audit_rate,
        workers_per_replica: jobs.workers_per_replica,
        max_draw: jobs.max_draw,
        min_execution: jobs.min_execution,
        operations_per_block: jobs.operations_per_block,
        window_base: jobs.window_base,
        max_window: jobs.max_window,
        price_floor: jobs.price_floor,
        program_deposit: jobs.program_deposit,
        byte_deposit: jobs.byte_deposit,
        job_deposit: jobs.job_deposit,
        min_operator_stake: stake.min_operator_stake,
        unbonding: stake.unbonding,
        bond_factor: workers.bond_factor,
        rate: workers.rate.0,
        answer: disputes.answer,
        judges: disputes.judges,
        judgement: disputes.judgement,
        judge_fee: disputes.judge_fee,
        chunk_fee: disputes.chunk_fee,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::runtime::runtime_types::{
        bounded_collections::bounded_vec::BoundedVec,
        pallet_balances::types::ExtraFlags,
        pallet_disputes::types::{Claim, Dispute, Game, Phase, Side, TraceShape, Turn},
        pallet_jobs::types::{ClaimedResult, Committed, Job, Revealed, Seat},
        pallet_theta_staking::types::{Chunk, Ledger},
        pallet_workers::types::{Reputation, Worker, WorkerState},
        sp_arithmetic::per_things::Permill,
    };
    use edgeproof_primitives::{
        Assurance, BlobHash, Capability, Commitment, Deadlines, Demands, Evidence, JobSpec, Move, Region,
    };
    use subxt::utils::Static;

    #[test]
    fn a_balance_is_what_may_be_spent_and_what_is_held() {
        let account = AccountData {
            free: 7,
            reserved: 5,
            frozen: 3,
            flags: ExtraFlags(0),
        };
        assert_eq!(balance(&account), TokenBalance { free: 7, held: 5 });
    }

    fn held(held: u128) -> staking::HeldSlash<u128> {
        staking::HeldSlash {
            id: 3,
            slashed: 10,
            held,
            returned: 1,
            driver: Some(BoundedVec(b"Mesa 22".to_vec())),
            burn_at: 70,
        }
    }

    #[test]
    fn a_held_slash_names_its_driver() {
        assert_eq!(
            held_slash(held(5)),
            HeldSlash {
                id: 3,
                slashed: 10,
                held: 5,
                returned: 1,
                driver: Some(label(b"Mesa 22".to_vec())),
                burn_at: 70
            }
        );
    }

    #[test]
    fn what_is_unbonding_and_what_is_held_of_slashes_is_summed() {
        let chunk = |value, release_at| Chunk { value, release_at };
        let ledger = |unbonding| Ledger {
            active: 100,
            at_risk: 40,
            delegated: 0,
            unbonding: BoundedVec(unbonding),
            slashes: BoundedVec(vec![held(5), held(6)]),
        };
        let info = stake(&ledger(vec![chunk(1, 10), chunk(2, 20)]));
        assert_eq!(
            info,
            StakeInfo {
                bonded: 100,
                at_risk: 40,
                unbonding: 3,
                slashed: 11
            }
        );
        assert_eq!(stake(&ledger(Vec::new())).unbonding, 0);
    }

    #[test]
    fn a_job_settles_in_the_block_after_its_window() {
        let open = JobState::Open {
            event: 3,
            draw_by: 9,
            attempted: true,
        };
        for (state, expected, name) in [
            (open, JobPhase::Open { draw_by: 9 }, "Open"),
            (
                JobState::Assigned { commit_by: 9 },
                JobPhase::Assigned { commit_by: 9 },
                "Assigned",
            ),
            (
                JobState::Committed { reveal_by: 9 },
                JobPhase::Committed { reveal_by: 9 },
                "Committed",
            ),
            (
                JobState::Revealed { window_ends: 9 },
                JobPhase::Revealed { settles_at: 10 },
                "Revealed",
            ),
            (
                JobState::Revealed {
                    window_ends: u32::MAX,
                },
                JobPhase::Revealed { settles_at: u32::MAX },
                "Revealed",
            ),
            (
                JobState::Deciding {
                    event: 3,
                    draw_by: 9,
                    audited: true,
                },
                JobPhase::Deciding,
                "Deciding",
            ),
            (
                JobState::Auditing { commit_by: 9 },
                JobPhase::Auditing { commit_by: 9 },
                "Auditing",
            ),
            (
                JobState::Disputed { window_ends: 9 },
                JobPhase::Disputed { window_ends: 9 },
                "Disputed",
            ),
        ] {
            assert_eq!(phase(&state), expected);
            assert_eq!(expected.name(), name);
        }
    }

    #[test]
    fn a_worker_outside_of_the_index_cannot_be_drawn() {
        let capability = Capability {
            memory: 1 << 30,
            region: Region::new("DE").unwrap(),
            slots: 2,
            adapter: Default::default(),
            driver: Default::default(),
        };
        let evidence = Evidence {
            successes: 1_000_000,
            failures: 20_000,
        };
        let registered = |state| Worker {
            operator: AccountId::from([1; 32]),
            capability: Static(capability.clone()),
            ask: 9,
            seats_held: 1,
            state,
            reputation: Reputation {
                succeeded: 3,
                commit_missed: 2,
                reveal_missed: 1,
                refuted: 4,
                evidence: Static(evidence),
            },
        };
        let stash = AccountId::from([2; 32]);
        let info = worker(stash, registered(WorkerState::Active { position: 0 }));
        assert_eq!(
            info,
            WorkerInfo {
                stash,
                operator: AccountId::from([1; 32]),
                capability: capability.clone(),
                ask: 9,
                seats_held: 1,
                active: true,
                succeeded: 3,
                commit_missed: 2,
                reveal_missed: 1,
                refuted: 4,
                evidence,
            }
        );
        assert!(!worker(stash, registered(WorkerState::Paused)).active);
    }

    fn drawn(number: u8, auditor: bool, result: Option<u8>) -> Seat<AccountId, u128> {
        let revealed = result.map(|result| Revealed {
            output_root: Static(BlobHash([result; 32])),
            attestation: Static(Default::default()),
            at: 8,
        });
        Seat {
            worker: DrawnWorker {
                operator: AccountId::from([number; 32]),
                stash: AccountId::from([number + 100; 32]),
                fee: 10,
                bond: 20,
                value: 1,
            },
            round: number,
            auditor,
            drawn_at: 5,
            committed: Some(Committed {
                commitment: Static(Commitment([number; 32])),
                at: 7,
            }),
            revealed,
        }
    }

    fn live(seats: Vec<Seat<AccountId, u128>>, standing: Option<u8>) -> JobInfo {
        let spec = JobSpec {
            program: ProgramId::default(),
            inputs: Default::default(),
            params: Default::default(),
            assurance: Assurance::SINGLE,
            demands: Demands::default(),
            price_cap: 10,
            deadlines: Deadlines {
                draw: 10,
                execution: 5,
            },
            inline_output: false,
        };
        let account = AccountId::from([9; 32]);
        job(
            3,
            Job {
                requester: account,
                spec: Static(spec),
                operations: 1,
                inline_bytes: None,
                window: 20,
                watched: true,
                worker_share: Permill(750_000),
                deposit: 1,
                posted_at: 4,
                round: 1,
                turn: 2,
                drawn_at: Some(5),
                first_fee: 10,
                first_bond: 20,
                first_value: 1,
                excluded: BoundedVec(Vec::new()),
                seats: BoundedVec(seats),
                standing: standing.map(|root| ClaimedResult {
                    output_root: Static(BlobHash([root; 32])),
                    operator: account,
                    stash: account,
                }),
                inline_root: None,
                state: JobState::Disputed { window_ends: 30 },
            },
        )
    }

    #[test]
    fn a_seat_keeps_the_round_of_its_draw() {
        let job = live(vec![drawn(0, false, None), drawn(2, true, None)], None);
        let seats: Vec<_> = job.seats.iter().map(|seat| (seat.round, seat.auditor)).collect();
        assert_eq!(seats, [(0, false), (2, true)]);
        assert_eq!((job.round, job.first_fee, job.window), (1, 10, 20));
    }

    #[test]
    fn each_result_of_a_job_is_named_once() {
        let roots = |job: JobInfo| job.results().iter().map(|root| root.0[0]).collect::<Vec<_>>();
        let seats = vec![
            drawn(1, false, Some(7)),
            drawn(2, false, None),
            drawn(3, false, Some(8)),
            drawn(4, true, Some(7)),
        ];
        assert_eq!(roots(live(seats, None)), [7, 8]);
        assert_eq!(roots(live(Vec::new(), Some(6))), [6], "claimed in a dispute");
        assert!(roots(live(vec![drawn(1, false, None)], None)).is_empty());
    }

    fn disputed(phase: Phase) -> Dispute<AccountId, u128> {
        let claim = |number, seat, trace: Option<u8>| Claim {
            operator: AccountId::from([number; 32]),
            stash: AccountId::from([number + 100; 32]),
            bond: 20,
            seat,
            output_root: Static(BlobHash([number; 32])),
            trace_root: trace.map(|root| Static(BlobHash([root; 32]))),
        };
        Dispute {
            shape: TraceShape {
                steps: 2,
                outputs: BoundedVec(vec![1]),
                bytes: 64,
            },
            claims: BoundedVec(vec![claim(1, true, None), claim(2, false, Some(22))]),
            refuted: BoundedVec(vec![claim(3, true, Some(33))]),
            first_waiting: 0,
            next_waiting: 0,
            phase,
        }
    }

    #[test]
    fn a_game_is_what_is_owed_by_whom_and_until_when() {
        let game = || Game {
            next: Static(Move::OpenTraces),
            sides: BoundedVec(vec![Side {
                trace_root: Static(BlobHash([22; 32])),
                claimed: [5; 32],
                words: BoundedVec(vec![1]),
            }]),
        };
        let played = || disputed(Phase::Playing(game()));
        let info = dispute(3, played(), Some(40), vec![[5; 32]]).unwrap();
        assert_eq!(info.job, 3);
        assert_eq!(
            info.phase,
            DisputePhase::Playing {
                next: Move::OpenTraces,
                deadline: 40,
                sides: vec![SideInfo {
                    trace_root: BlobHash([22; 32]),
                    claimed: [5; 32],
                }],
                opened: vec![[5; 32]],
            }
        );
        let claim = info.claim_of(&AccountId::from([2; 32])).unwrap();
        assert_eq!(claim.trace_root, Some(BlobHash([22; 32])));
        assert!(!claim.seat && info.claims[0].seat);
        assert_eq!(
            info.claim_of(&AccountId::from([3; 32])),
            None,
            "who was refuted claims no more"
        );
        assert_eq!(dispute(3, played(), None, Vec::new()), None);
    }

    #[test]
    fn a_dispute_that_is_not_played_needs_no_deadline() {
        for (phase, expected) in [
            (Phase::Waiting, DisputePhase::Waiting),
            (Phase::Decided, DisputePhase::Decided),
        ] {
            let info = dispute(3, disputed(phase), None, Vec::new()).unwrap();
            assert_eq!(info.phase, expected);
        }
    }

    #[test]
    fn a_deadline_grows_with_each_full_block() {
        let turns = [(3, 50, 7), (4, u32::MAX, 0)].map(|(job, deadline, full_blocks)| Turn {
            job,
            deadline,
            full_blocks,
        });
        assert_eq!(deadline(3, &turns, 7), Some(50));
        assert_eq!(deadline(3, &turns, 9), Some(52));
        assert_eq!(deadline(3, &turns, 1), Some(50), "never earlier");
        assert_eq!(deadline(4, &turns, 9), Some(u32::MAX));
        assert_eq!(deadline(5, &turns, 9), None);
    }
}
