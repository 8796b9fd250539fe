//! From generated types to ours.

use super::{
    runtime::runtime_types::{
        pallet_balances::types::AccountData,
        pallet_jobs::{state::JobState, types as jobs},
        pallet_support::{draw::DrawnWorker, rules},
        pallet_theta_staking::types::Ledger,
        pallet_workers::types as workers,
    },
    JobInfo, JobPhase, ProgramInfo, RevealInfo, Rules, SeatInfo, StakeInfo, TokenBalance, WorkerInfo,
};
use crate::AccountId;
use edgeproof_primitives::{JobId, ProgramId};

pub(super) fn balance(account: &AccountData<u128>) -> TokenBalance {
    TokenBalance {
        free: account.free,
        held: account.reserved,
    }
}

pub(super) fn stake(ledger: Ledger<u128>) -> StakeInfo {
    StakeInfo {
        bonded: ledger.active,
        at_risk: ledger.at_risk,
        unbonding: ledger.unbonding.0.iter().map(|chunk| chunk.value).sum(),
    }
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
    }
}

pub(super) fn job(id: JobId, job: jobs::Job<AccountId, u128>) -> JobInfo {
    JobInfo {
        id,
        requester: job.requester,
        spec: job.spec.0,
        operations: job.operations,
        inline_bytes: job.inline_bytes,
        watched: job.watched,
        worker_share: job.worker_share.0,
        posted_at: job.posted_at,
        round: job.round,
        phase: phase(&job.state),
        seats: job.seats.0.into_iter().map(seat).collect(),
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
    }
}

fn seat(seat: jobs::Seat<AccountId, u128>) -> SeatInfo {
    let DrawnWorker {
        operator,
        stash,
        fee,
        bond,
    } = seat.worker;
    SeatInfo {
        operator,
        stash,
        fee,
        bond,
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

pub(super) fn rules(
    block_millis: u64,
    jobs: rules::JobRules,
    stake: rules::StakeRules,
    workers: rules::WorkerRules,
) -> Rules {
    Rules {
        block_millis,
        draw_outputs: jobs.draw_outputs,
        redraw_interval: jobs.redraw_interval,
        max_draw: jobs.max_draw,
        min_execution: jobs.min_execution,
        max_execution: jobs.max_execution,
        operations_per_block: jobs.operations_per_block,
        reveal: jobs.reveal,
        window_base: jobs.window_base,
        max_window: jobs.max_window,
        receipt_retention: jobs.receipt_retention,
        max_draws: jobs.max_draws,
        price_floor: jobs.price_floor,
        worker_share: jobs.worker_share.0,
        program_deposit: jobs.program_deposit,
        byte_deposit: jobs.byte_deposit,
        job_deposit: jobs.job_deposit,
        min_operator_stake: stake.min_operator_stake,
        unbonding: stake.unbonding,
        bond_factor: workers.bond_factor,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::runtime::runtime_types::{
        bounded_collections::bounded_vec::BoundedVec,
        pallet_balances::types::ExtraFlags,
        pallet_theta_staking::types::Chunk,
        pallet_workers::types::{Reputation, Worker, WorkerState},
    };
    use edgeproof_primitives::{Capability, Region};
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

    #[test]
    fn what_is_unbonding_is_summed() {
        let chunk = |value, release_at| Chunk { value, release_at };
        let ledger = |unbonding| Ledger {
            active: 100,
            at_risk: 40,
            unbonding: BoundedVec(unbonding),
        };
        let info = stake(ledger(vec![chunk(1, 10), chunk(2, 20)]));
        assert_eq!(
            info,
            StakeInfo {
                bonded: 100,
                at_risk: 40,
                unbonding: 3
            }
        );
        assert_eq!(stake(ledger(Vec::new())).unbonding, 0);
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
            }
        );
        assert!(!worker(stash, registered(WorkerState::Paused)).active);
    }
}
