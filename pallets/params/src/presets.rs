//! Sets of values for the presets of a runtime. The sources are economy.md and protocol.md.

use crate::frame::deps::sp_runtime::{FixedU128, Permill};
use edgeproof_primitives::{BlockNumber, UNIT};
use pallet_support::{
    DisputeRules, GovernanceRules, JobRules, RewardRules, StakeRules, WorkerRules, MAX_RETURNED_SHARE,
};

/// Slots in an epoch: half an hour.
pub const EPOCH_SLOTS: u64 = 600;
/// Milliseconds in a slot.
pub const SLOT_MILLIS: u64 = 3_000;
/// Slots in an epoch of a test chain.
pub const TEST_EPOCH_SLOTS: u64 = 20;
/// Milliseconds in a slot of a test chain.
pub const TEST_SLOT_MILLIS: u64 = 1_000;

/// A tenth of a period, at least one block.
const fn tenth(blocks: BlockNumber) -> BlockNumber {
    tenth_but(blocks, 1)
}

/// A tenth of a period, at least `least` blocks.
const fn tenth_but(blocks: BlockNumber, least: BlockNumber) -> BlockNumber {
    let tenth = blocks / 10;
    if tenth < least {
        least
    } else {
        tenth
    }
}

/// Presets of [`JobRules`].
pub mod job_rules {
    use super::*;

    /// The values of a public chain.
    pub const fn defaults() -> JobRules {
        JobRules {
            draw_outputs: 1,
            audit_outputs: 3,
            max_replicas: 5,
            max_audit_rate: 1_000_000,
            workers_per_replica: 4,
            redraw_interval: 2,
            max_draw: 1_200,
            min_execution: 5,
            // With an audit, the window and a dispute it fits the 48 h of unbonding.
            max_execution: 5_600,
            operations_per_block: 1_000_000_000,
            reveal: 200,
            window_base: 100,
            // Twice the longest execution and the base.
            max_window: 11_300,
            receipt_retention: 201_600,
            max_draws: 3,
            price_floor: UNIT / 10_000,
            worker_share: Permill::from_percent(75),
            program_deposit: UNIT / 10,
            byte_deposit: UNIT / 100_000,
            job_deposit: UNIT / 10,
            feeless_bytes: 256 * 1024,
        }
    }

    /// One node on a desk: the window is short, and replicas need no crowd to be drawn from.
    pub const fn for_development() -> JobRules {
        JobRules {
            workers_per_replica: 1,
            window_base: 10,
            ..defaults()
        }
    }

    /// Tests: long windows and deadlines a tenth, the shortest execution as it is, receipts short-lived enough to see them
    /// pruned, and no crowd.
    pub const fn for_tests() -> JobRules {
        let usual = defaults();
        JobRules {
            workers_per_replica: 1,
            redraw_interval: tenth(usual.redraw_interval),
            max_draw: tenth(usual.max_draw),
            max_execution: tenth(usual.max_execution),
            reveal: tenth(usual.reveal),
            window_base: tenth(usual.window_base),
            max_window: tenth(usual.max_window),
            receipt_retention: 100,
            ..usual
        }
    }
}

/// Presets of [`StakeRules`].
pub mod stake_rules {
    use super::*;

    /// The values of a public chain.
    pub const fn defaults() -> StakeRules {
        StakeRules {
            min_operator_stake: 1_000 * UNIT,
            unbonding: 57_600,
            min_validator_bond: 200_000 * UNIT,
            min_delegation: 1_000 * UNIT,
            max_validators: 31,
            max_credit: Permill::from_percent(25),
            // Three hours; offences are reported for 18 h and slashed 18 h later.
            sessions_per_era: 6,
            report_window: 21_600,
            slash_deferral: 6,
        }
    }

    /// One node on a desk: as on a public chain.
    pub const fn for_development() -> StakeRules {
        defaults()
    }

    /// Tests: unbonding a tenth, eras of a minute, and slashes one era after the offence.
    pub const fn for_tests() -> StakeRules {
        let usual = defaults();
        StakeRules {
            unbonding: tenth(usual.unbonding),
            sessions_per_era: 3,
            report_window: 600,
            slash_deferral: 1,
            ..usual
        }
    }
}

/// Presets of [`WorkerRules`].
pub mod worker_rules {
    use super::*;

    /// The values of every chain so far.
    pub const fn defaults() -> WorkerRules {
        WorkerRules {
            bond_factor: 20,
            // One THETA is worth twenty TFUEL.
            rate: FixedU128::from_inner(UNIT / 20),
            missed_commit_slash: Permill::from_percent(1),
            finder_share: Permill::from_percent(25),
        }
    }
}

/// Presets of [`DisputeRules`].
pub mod dispute_rules {
    use super::*;

    /// The values of a public chain.
    pub const fn defaults() -> DisputeRules {
        DisputeRules {
            answer: 20,
            bytes_per_block: 100 * 1024 * 1024,
            max_games: 16,
            judges: 5,
            judgement: 100,
            judge_fee: UNIT / 10,
            chunk_fee: UNIT / 100,
        }
    }

    /// One node on a desk: prompt answers, everything else is as on a public chain.
    pub const fn for_development() -> DisputeRules {
        DisputeRules {
            answer: 10,
            judgement: 20,
            ..defaults()
        }
    }

    /// Tests: answers and hashing a tenth, and judgements a fifth: enough blocks for one.
    pub const fn for_tests() -> DisputeRules {
        let usual = defaults();
        DisputeRules {
            answer: tenth_but(usual.answer, 3),
            bytes_per_block: usual.bytes_per_block.saturating_mul(10),
            judgement: tenth_but(usual.judgement, 20),
            ..usual
        }
    }
}

/// Presets of [`RewardRules`].
pub mod reward_rules {
    use super::*;

    /// The values of every chain so far.
    pub const fn defaults() -> RewardRules {
        RewardRules {
            validator_issuance: 24 * UNIT,
            compute_issuance: 19 * UNIT,
            returned_share: MAX_RETURNED_SHARE,
        }
    }
}

/// Presets of [`GovernanceRules`].
pub mod governance_rules {
    use super::*;

    /// Blocks in a day.
    const DAY: BlockNumber = 28_800;

    /// The values of a public chain.
    pub const fn defaults() -> GovernanceRules {
        GovernanceRules {
            prepare: DAY / 12,
            decision: 7 * DAY,
            confirm: DAY,
            enactment: DAY,
            undecided: 14 * DAY,
            vote_lock: 7 * DAY,
            submission_deposit: 10 * UNIT,
            decision_deposit: 1_000 * UNIT,
            root_deposit: 10_000 * UNIT,
            spend_limit: 1_000_000 * UNIT,
            spend_period: 24 * DAY,
            treasury_burn: Permill::from_percent(1),
        }
    }

    /// One node on a desk, and tests: a vote is over before one loses patience.
    pub const fn for_development() -> GovernanceRules {
        GovernanceRules {
            prepare: 2,
            decision: 20,
            confirm: 3,
            enactment: 2,
            undecided: 100,
            vote_lock: 10,
            spend_period: 200,
            ..defaults()
        }
    }
}
