//! The governed values, in one group for each pallet that lives by them. `pallets/params` stores and clamps them.

use edgeproof_primitives::{BlockNumber, Ops, TfuelBalance, ThetaBalance};
use polkadot_sdk::polkadot_sdk_frame::{
    deps::sp_runtime::{FixedU128, Permill},
    prelude::*,
};

/// What jobs live by.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    serde::Serialize,
    serde::Deserialize,
)]
pub struct JobRules {
    /// VRF outputs in the seed of a draw.
    pub draw_outputs: u32,
    /// VRF outputs in the seed of the decision whether a job is audited.
    pub audit_outputs: u32,
    /// Most workers that may be asked to compute one job.
    pub max_replicas: u8,
    /// Greatest chance of an audit, in parts per million.
    pub max_audit_rate: u32,
    /// Active workers that a job of several replicas asks for, for each replica.
    pub workers_per_replica: u32,
    /// Blocks between two draws for a job that found no worker.
    pub redraw_interval: BlockNumber,
    /// Longest time a job may wait for its draw, in blocks.
    pub max_draw: BlockNumber,
    /// Shortest execution deadline of any job, in blocks.
    pub min_execution: BlockNumber,
    /// Longest execution deadline of any job, in blocks.
    pub max_execution: BlockNumber,
    /// Operations per block that a deadline must allow for.
    pub operations_per_block: Ops,
    /// Blocks from the end of the commit phase within which a commitment must be revealed.
    pub reveal: BlockNumber,
    /// Blocks of the window beyond twice the execution deadline.
    pub window_base: BlockNumber,
    /// Longest window, in blocks.
    pub max_window: BlockNumber,
    /// Blocks for which a receipt is kept.
    pub receipt_retention: BlockNumber,
    /// Workers that may be drawn for one job, one after the other.
    pub max_draws: u8,
    /// Least price of a giga-operation, in planck of TFUEL.
    pub price_floor: TfuelBalance,
    /// Share of the fee that the worker receives; the rest is burned.
    pub worker_share: Permill,
    /// Deposit of any program, in planck of TFUEL.
    pub program_deposit: TfuelBalance,
    /// Deposit for each byte of a program's encoding, in planck of TFUEL.
    pub byte_deposit: TfuelBalance,
    /// Deposit of any job, returned when it ends, in planck of TFUEL.
    pub job_deposit: TfuelBalance,
    /// Bytes of feeless calls that a block admits.
    pub feeless_bytes: u32,
}

impl JobRules {
    /// The window of a job with this execution deadline, in blocks: twice the deadline and the base, in which a watcher
    /// can fetch, replay and claim (protocol.md, section 4).
    pub fn window(&self, execution: BlockNumber) -> BlockNumber {
        execution.saturating_mul(2).saturating_add(self.window_base)
    }
}

/// What the stake ledger lives by.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    serde::Serialize,
    serde::Deserialize,
)]
pub struct StakeRules {
    /// Least stake of an edge operator, in planck of THETA.
    pub min_operator_stake: ThetaBalance,
    /// Blocks between unbonding and withdrawal, and between a slash and the burning of what is held of it.
    pub unbonding: BlockNumber,
    /// Least own stake of a candidate, in planck of THETA.
    pub min_validator_bond: ThetaBalance,
    /// Least stake of a guardian behind one validator, in planck of THETA.
    pub min_delegation: ThetaBalance,
    /// Most validators of an era.
    pub max_validators: u32,
    /// Most that work adds to a candidate's score, as a part of its backing.
    pub max_credit: Permill,
    /// Sessions in an era.
    pub sessions_per_era: u32,
    /// Blocks for which an offence can be reported.
    pub report_window: BlockNumber,
    /// Eras between an offence and its slash, in which governance may cancel it.
    pub slash_deferral: u32,
}

/// What the worker registry lives by.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    serde::Serialize,
    serde::Deserialize,
)]
pub struct WorkerRules {
    /// Bond as a multiple of the fee's value (`b` of `bond = b * F * rate`).
    pub bond_factor: u32,
    /// THETA per TFUEL.
    pub rate: FixedU128,
    /// Part of the bond that is slashed for a missed commit deadline.
    pub missed_commit_slash: Permill,
    /// Part of a slashed bond, less what the requester gets, that goes to whoever showed the fault.
    pub finder_share: Permill,
}

/// What issuance lives by.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    serde::Serialize,
    serde::Deserialize,
)]
pub struct RewardRules {
    /// What validators and guardians are issued for each block, in planck of TFUEL.
    pub validator_issuance: TfuelBalance,
    /// The most that workers are issued for each block, in planck of TFUEL.
    pub compute_issuance: TfuelBalance,
    /// The most that a stash is issued, as a part of what jobs burned for its work.
    pub returned_share: Permill,
}

/// The greatest [`RewardRules::returned_share`]: whoever posts jobs to himself must burn more than he gets back (economy.md).
pub const MAX_RETURNED_SHARE: Permill = Permill::from_percent(80);

/// Most disputes that are ever played at once, whatever the rules say.
pub const MAX_GAMES: u32 = 64;

/// Most validators of an era, whatever the rules say.
pub const MAX_SEATS: u32 = 100;

/// Most workers that are ever drawn to try whether a blob can be had.
pub const MAX_JUDGES: u32 = 8;

/// What disputes, and questions about data, live by.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    serde::Serialize,
    serde::Deserialize,
)]
pub struct DisputeRules {
    /// Blocks for one answer.
    pub answer: BlockNumber,
    /// Bytes per block that a party must be able to hash.
    pub bytes_per_block: u64,
    /// Disputes that are played at once; the others wait.
    pub max_games: u32,
    /// Workers that are drawn to try whether a blob can be had.
    pub judges: u32,
    /// Blocks in which they must have tried.
    pub judgement: BlockNumber,
    /// What each of them earns, in planck of TFUEL.
    pub judge_fee: TfuelBalance,
    /// What serving a demanded chunk earns, in planck of TFUEL.
    pub chunk_fee: TfuelBalance,
}

impl DisputeRules {
    /// Blocks for an opening that takes the job's execution once more: the first of a game, and the first inside a buffer.
    /// Twice the execution deadline of the job, the time to hash the `bytes` of all its step outputs, and that of an answer
    /// (protocol.md, section 5).
    pub fn opening(&self, execution: BlockNumber, bytes: u64) -> BlockNumber {
        let hashing = bytes.div_ceil(self.bytes_per_block.max(1));
        execution
            .saturating_mul(2)
            .saturating_add(hashing.try_into().unwrap_or(BlockNumber::MAX))
            .saturating_add(self.answer)
    }
}

/// What referenda and the treasury live by.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    serde::Serialize,
    serde::Deserialize,
)]
pub struct GovernanceRules {
    /// Blocks from the submission of a referendum to its decision.
    pub prepare: BlockNumber,
    /// Blocks in which it must be approved.
    pub decision: BlockNumber,
    /// Blocks for which the approval must last.
    pub confirm: BlockNumber,
    /// Least blocks from the approval to the enactment.
    pub enactment: BlockNumber,
    /// Blocks after which a referendum without a decision deposit ends.
    pub undecided: BlockNumber,
    /// Blocks for which a vote with a conviction of one stays locked when its side has won.
    pub vote_lock: BlockNumber,
    /// Deposit of a referendum, in planck of THETA.
    pub submission_deposit: ThetaBalance,
    /// Deposit of a decision, in planck of THETA.
    pub decision_deposit: ThetaBalance,
    /// Deposit of a decision on the root track, in planck of THETA.
    pub root_deposit: ThetaBalance,
    /// Most that a referendum on the treasury track may spend, in planck of TFUEL.
    pub spend_limit: TfuelBalance,
    /// Blocks between two burns of what the treasury has not spent.
    pub spend_period: BlockNumber,
    /// Part of it that is burned.
    pub treasury_burn: Permill,
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: DisputeRules = DisputeRules {
        answer: 20,
        bytes_per_block: 100,
        max_games: 1,
        judges: 5,
        judgement: 100,
        judge_fee: 1,
        chunk_fee: 1,
    };

    #[test]
    fn an_opening_waits_for_two_executions_the_hashing_and_an_answer() {
        assert_eq!(RULES.opening(50, 0), 2 * 50 + 20);
        assert_eq!(RULES.opening(50, 1), 2 * 50 + 1 + 20);
        assert_eq!(RULES.opening(50, 1_000), 2 * 50 + 10 + 20);
    }

    #[test]
    fn an_opening_without_bound_saturates() {
        assert_eq!(RULES.opening(u32::MAX, 0), u32::MAX);
        assert_eq!(RULES.opening(0, u64::MAX), u32::MAX);
        let unset = DisputeRules {
            bytes_per_block: 0,
            ..RULES
        };
        assert_eq!(unset.opening(0, 7), 27);
    }
}
