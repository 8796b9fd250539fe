//! The safe side of every value: what a reader gets whatever the storage says.
//!
//! Consistent rules pass unchanged; any others come out consistent.

use crate::frame::deps::sp_runtime::{FixedU128, Permill};
use edgeproof_primitives::{
    BlockNumber, TfuelBalance, ThetaBalance, MAX_INLINE_BYTES, MAX_REPLICAS, MAX_TRACED_BYTES, UNIT,
};
use pallet_support::{
    DisputeRules, GovernanceRules, JobRules, RewardRules, StakeRules, WorkerRules, MAX_GAMES, MAX_JUDGES,
    MAX_RETURNED_SHARE, MAX_SEATS,
};

/// Longest period that can be set: a year of blocks, so that sums of periods stay far from the end of `u32`.
pub const MAX_PERIOD: BlockNumber = 10_512_000;
/// Longest execution deadline, time to draw, to reveal and to answer, and base of a window, in blocks; their longest
/// dispute fits [`MAX_PERIOD`].
pub const MAX_EXECUTION: BlockNumber = MAX_PERIOD / 32;
/// Longest window, in blocks: more than twice [`MAX_EXECUTION`] and the longest base.
pub const MAX_WINDOW: BlockNumber = MAX_PERIOD / 4;
/// Longest period of a vote, in blocks: about a month, so that governance cannot put itself out of action.
pub const MAX_VOTE_PERIOD: BlockNumber = MAX_PERIOD / 12;
/// Highest deposit of a referendum: a thousandth of all THETA, for the same reason.
pub const MAX_REFERENDUM_DEPOSIT: ThetaBalance = MAX_THETA / 1_000;
/// Least bytes per block that a party to a dispute must be able to hash; [`MAX_TRACED_BYTES`] take less than a
/// twentieth of [`MAX_PERIOD`].
pub const MIN_BYTES_PER_BLOCK: u64 = 1024 * 1024;
/// A reveal with the longest inline output, its attestation and signature.
pub const MIN_FEELESS_BYTES: u32 = MAX_INLINE_BYTES + 4 * 1024;
/// The whole supply of TFUEL at genesis, in planck: no price or deposit is higher.
pub(crate) const MAX_TFUEL: TfuelBalance = 5_000_000_000 * UNIT;
/// The dearest judge: all of them together cost no more than there is.
pub(crate) const MAX_JUDGE_FEE: TfuelBalance = MAX_TFUEL / MAX_JUDGES as TfuelBalance;
/// The whole supply of THETA, in planck: no least stake is higher.
pub(crate) const MAX_THETA: ThetaBalance = 1_000_000_000 * UNIT;

/// Most TFUEL that validators and guardians may be issued for a block, and most that workers may, in planck: ten times what
/// the former are at first.
pub const MAX_ISSUANCE: TfuelBalance = 240 * UNIT;

/// An audit of every job, in parts per million.
pub(crate) const ALWAYS: u32 = 1_000_000;
/// Most of what a slash leaves that a finder may get: were it more, refuting oneself would cost little.
pub const MAX_FINDER_SHARE: Permill = Permill::from_percent(50);

/// More VRF outputs than any seed takes.
const MAX_OUTPUTS: u32 = 1_024;
const MIN_EPOCH_SLOTS: u64 = 1;
/// A day at the usual slot time.
const MAX_EPOCH_SLOTS: u64 = 28_800;
/// Most sessions for which an offence can be reported: fewer than the eras that staking remembers, however short they are.
pub const MAX_REPORT_SESSIONS: u32 = 60;
/// Fewest sessions in an era: it is planned one session before it begins.
pub(crate) const MIN_SESSIONS_PER_ERA: u32 = 2;
/// Longest era in blocks, where it has more than [`MIN_SESSIONS_PER_ERA`]: five days.
const MAX_ERA: BlockNumber = 144_000;
/// Most eras for which a slash waits.
pub(crate) const MAX_DEFERRAL: u32 = 28;
/// Most that work may add to a score: a seat costs at least 80 % of the stake that it would cost without work.
pub const MAX_CREDIT: Permill = Permill::from_percent(25);
const MIN_SLOT_MILLIS: u64 = 100;
/// An hour.
const MAX_SLOT_MILLIS: u64 = 3_600_000;

/// Most replicas that a job has room for.
pub(crate) fn most_replicas() -> u8 {
    u8::try_from(MAX_REPLICAS).unwrap_or(u8::MAX)
}

/// Most rounds of a game besides its two openings with a re-execution: one more in the trace, two more in the buffer, the
/// raw chunks, one spare; and the referee's witness.
const ANSWERS: BlockNumber = 6;

/// Blocks from a draw to the end of a dispute about its result, when one game decides it: it is computed, an audit is
/// decided, an auditor drawn who computes it too, it is revealed, is disputed in the last block of its window, and every
/// party uses its time to the last block (protocol.md, section 5). Claims that come in the last block of a window open a
/// window of their own, and questions about data delay it; a bond is at risk, and cannot be withdrawn, all the while.
pub fn longest_dispute(jobs: &JobRules, disputes: &DisputeRules) -> BlockNumber {
    let audit = jobs
        .audit_outputs
        .saturating_add(jobs.max_draw)
        .saturating_add(jobs.max_execution);
    let game = disputes
        .opening(jobs.max_execution, MAX_TRACED_BYTES)
        .saturating_mul(2)
        .saturating_add(disputes.answer.saturating_mul(ANSWERS));
    jobs.max_execution
        .saturating_add(audit)
        .saturating_add(jobs.reveal)
        .saturating_add(jobs.max_window)
        .saturating_add(game)
}

/// Never zero.
pub(crate) fn clamp_epoch_slots(slots: u64) -> u64 {
    slots.clamp(MIN_EPOCH_SLOTS, MAX_EPOCH_SLOTS)
}

/// Never zero and always even: BABE takes twice the least time between two blocks for the slot.
pub(crate) fn clamp_slot_millis(millis: u64) -> u64 {
    millis.clamp(MIN_SLOT_MILLIS, MAX_SLOT_MILLIS) & !1
}

/// Job rules that hold all relations. A window is lengthened rather than an execution deadline shortened.
pub(crate) fn clamp_job_rules(rules: JobRules, max_draw_outputs: u32) -> JobRules {
    let most_outputs = max_draw_outputs.clamp(1, MAX_OUTPUTS);
    let draw_outputs = rules.draw_outputs.clamp(1, most_outputs);
    let max_execution = rules.max_execution.clamp(1, MAX_EXECUTION);
    let window_base = rules.window_base.clamp(1, MAX_EXECUTION);
    let longest_window = JobRules {
        window_base,
        ..rules.clone()
    }
    .window(max_execution);
    JobRules {
        draw_outputs,
        audit_outputs: rules.audit_outputs.clamp(1, most_outputs),
        max_replicas: rules.max_replicas.clamp(1, most_replicas()),
        max_audit_rate: rules.max_audit_rate.min(ALWAYS),
        workers_per_replica: rules.workers_per_replica.max(1),
        redraw_interval: rules.redraw_interval.clamp(1, MAX_PERIOD),
        max_draw: rules
            .max_draw
            .clamp(draw_outputs.saturating_add(1), MAX_EXECUTION),
        min_execution: rules.min_execution.clamp(1, max_execution),
        max_execution,
        operations_per_block: rules.operations_per_block.max(1),
        reveal: rules.reveal.clamp(1, MAX_EXECUTION),
        window_base,
        max_window: rules.max_window.clamp(longest_window, MAX_WINDOW),
        receipt_retention: rules.receipt_retention.clamp(1, MAX_PERIOD),
        max_draws: rules.max_draws.max(1),
        price_floor: rules.price_floor.clamp(1, MAX_TFUEL),
        worker_share: rules.worker_share.min(Permill::one()),
        program_deposit: rules.program_deposit.min(MAX_TFUEL),
        byte_deposit: rules.byte_deposit.min(MAX_TFUEL),
        job_deposit: rules.job_deposit.min(MAX_TFUEL),
        feeless_bytes: rules.feeless_bytes.max(MIN_FEELESS_BYTES),
    }
}

/// Blocks from the moment in which stake leaves a validator to the last slash that can reach it: the era that was planned
/// begins and ends, an offence in its last block is reported in the last block of the window, and its slash waits.
pub fn longest_liability(rules: &StakeRules, epoch_slots: BlockNumber) -> BlockNumber {
    let era = rules.sessions_per_era.saturating_mul(epoch_slots);
    rules
        .report_window
        .saturating_add(rules.slash_deferral.saturating_add(3).saturating_mul(era))
}

/// Stake rules that hold all relations, under job and dispute rules that do. Stake outlives every dispute about work that it
/// backed, and every slash of a validator that it backed (economy.md).
pub(crate) fn clamp_stake_rules(
    rules: StakeRules,
    jobs: &JobRules,
    disputes: &DisputeRules,
    epoch_slots: u64,
) -> StakeRules {
    let epoch_slots = BlockNumber::try_from(clamp_epoch_slots(epoch_slots)).unwrap_or(BlockNumber::MAX);
    let most_sessions = MAX_ERA
        .checked_div(epoch_slots)
        .unwrap_or(MIN_SESSIONS_PER_ERA)
        .max(MIN_SESSIONS_PER_ERA);
    let rules = StakeRules {
        min_operator_stake: rules.min_operator_stake.clamp(1, MAX_THETA),
        unbonding: rules.unbonding.min(MAX_PERIOD),
        min_validator_bond: rules.min_validator_bond.clamp(1, MAX_THETA),
        min_delegation: rules.min_delegation.clamp(1, MAX_THETA),
        max_validators: rules.max_validators.clamp(1, MAX_SEATS),
        max_credit: rules.max_credit.min(MAX_CREDIT),
        sessions_per_era: rules.sessions_per_era.clamp(MIN_SESSIONS_PER_ERA, most_sessions),
        report_window: rules
            .report_window
            .clamp(1, MAX_REPORT_SESSIONS.saturating_mul(epoch_slots)),
        slash_deferral: rules.slash_deferral.clamp(1, MAX_DEFERRAL),
    };
    let unbonding = rules
        .unbonding
        .max(longest_dispute(jobs, disputes))
        .max(longest_liability(&rules, epoch_slots));
    StakeRules { unbonding, ..rules }
}

/// Worker rules that hold all relations.
pub(crate) fn clamp_worker_rules(rules: WorkerRules) -> WorkerRules {
    WorkerRules {
        bond_factor: rules.bond_factor.max(1),
        rate: rules.rate.max(FixedU128::from_inner(1)),
        missed_commit_slash: rules.missed_commit_slash.min(Permill::one()),
        finder_share: rules.finder_share.min(MAX_FINDER_SHARE),
    }
}

/// Dispute rules that hold all relations.
pub(crate) fn clamp_dispute_rules(rules: DisputeRules) -> DisputeRules {
    DisputeRules {
        answer: rules.answer.clamp(1, MAX_EXECUTION),
        bytes_per_block: rules.bytes_per_block.max(MIN_BYTES_PER_BLOCK),
        max_games: rules.max_games.clamp(1, MAX_GAMES),
        judges: rules.judges.clamp(1, MAX_JUDGES),
        judgement: rules.judgement.clamp(1, MAX_EXECUTION),
        judge_fee: rules.judge_fee.min(MAX_JUDGE_FEE),
        chunk_fee: rules.chunk_fee.min(MAX_TFUEL),
    }
}

/// Reward rules that hold all relations.
pub(crate) fn clamp_reward_rules(rules: RewardRules) -> RewardRules {
    RewardRules {
        validator_issuance: rules.validator_issuance.min(MAX_ISSUANCE),
        compute_issuance: rules.compute_issuance.min(MAX_ISSUANCE),
        returned_share: rules.returned_share.min(MAX_RETURNED_SHARE),
    }
}

/// Governance rules that hold all relations. A wait or a lock is lengthened rather than a vote shortened.
pub(crate) fn clamp_governance_rules(rules: GovernanceRules) -> GovernanceRules {
    let prepare = rules.prepare.min(MAX_VOTE_PERIOD);
    let enactment = rules.enactment.clamp(1, MAX_VOTE_PERIOD);
    GovernanceRules {
        prepare,
        decision: rules.decision.clamp(1, MAX_VOTE_PERIOD),
        confirm: rules.confirm.clamp(1, MAX_VOTE_PERIOD),
        enactment,
        undecided: rules.undecided.clamp(prepare.saturating_add(1), MAX_PERIOD),
        vote_lock: rules.vote_lock.clamp(enactment, MAX_VOTE_PERIOD),
        submission_deposit: rules.submission_deposit.clamp(1, MAX_REFERENDUM_DEPOSIT),
        decision_deposit: rules.decision_deposit.min(MAX_REFERENDUM_DEPOSIT),
        root_deposit: rules.root_deposit.min(MAX_REFERENDUM_DEPOSIT),
        spend_limit: rules.spend_limit.min(MAX_TFUEL),
        spend_period: rules.spend_period.clamp(1, MAX_PERIOD),
        treasury_burn: rules.treasury_burn.min(Permill::one()),
    }
}
