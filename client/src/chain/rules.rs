use edgeproof_primitives::{BlockNumber, Ops, TfuelBalance, ThetaBalance};

/// Parts of a rate.
const ONE: u128 = 1_000_000_000_000_000_000;

/// The values that jobs, stake, workers and disputes live by, as they were set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Milliseconds between two blocks.
    pub block_millis: u64,
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
    /// Shortest execution deadline, in blocks.
    pub min_execution: BlockNumber,
    /// Longest execution deadline, in blocks.
    pub max_execution: BlockNumber,
    /// Operations per block that a deadline must allow for.
    pub operations_per_block: Ops,
    /// Blocks within which a commitment must be revealed.
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
    /// Share of the fee that the worker receives, in parts per million; the rest is burned.
    pub worker_share: u32,
    /// Deposit of any program, in planck of TFUEL.
    pub program_deposit: TfuelBalance,
    /// Deposit for each byte of a program's encoding, in planck of TFUEL.
    pub byte_deposit: TfuelBalance,
    /// Deposit of any job, in planck of TFUEL.
    pub job_deposit: TfuelBalance,
    /// Least stake of an operator, in planck of THETA.
    pub min_operator_stake: ThetaBalance,
    /// Blocks between unbonding and withdrawal.
    pub unbonding: BlockNumber,
    /// Bond as a multiple of the fee's value.
    pub bond_factor: u32,
    /// THETA per TFUEL, in parts of 10^18.
    pub rate: u128,
    /// Part of the bond that is slashed for a missed commit deadline, in parts per million.
    pub missed_commit_slash: u32,
    /// Part of a slashed bond, less what the requester gets, that goes to the finder, in parts per million.
    pub finder_share: u32,
    /// Blocks for one answer in a dispute.
    pub answer: BlockNumber,
    /// Bytes per block that a party to a dispute must be able to hash.
    pub bytes_per_block: u64,
    /// Disputes that are played at once; the others wait.
    pub max_games: u32,
}

impl Rules {
    /// The shortest execution deadline of a program, in blocks.
    pub fn execution_deadline(&self, operations: Ops) -> BlockNumber {
        let needed = operations.div_ceil(self.operations_per_block.max(1));
        BlockNumber::try_from(needed)
            .unwrap_or(BlockNumber::MAX)
            .max(self.min_execution)
            .max(1)
    }

    /// The least price cap of a seat, in planck of TFUEL.
    pub fn least_price(&self, operations: Ops) -> TfuelBalance {
        price(self.price_floor, operations).max(1)
    }

    /// Blocks between reveal and settlement of a job with this execution deadline.
    pub fn window(&self, execution: BlockNumber) -> BlockNumber {
        execution.saturating_mul(2).saturating_add(self.window_base)
    }

    /// What has to be put at risk beside a fee (planck of TFUEL), in planck of THETA: `ceil(b * F * rate)`.
    pub fn bond(&self, fee: TfuelBalance) -> ThetaBalance {
        scaled(fee.saturating_mul(self.bond_factor.into()), self.rate, ONE)
    }

    /// Held until the program is removed, in planck of TFUEL.
    pub fn program_deposit(&self, bytes: u32) -> TfuelBalance {
        self.program_deposit
            .saturating_add(self.byte_deposit.saturating_mul(bytes.into()))
    }
}

/// What operations cost at an ask (planck of TFUEL per giga-operation), rounded up.
fn price(ask: TfuelBalance, operations: Ops) -> TfuelBalance {
    scaled(ask, operations.into(), 1_000_000_000)
}

/// `amount * numerator / denominator`, rounded up. Saturates.
fn scaled(amount: u128, numerator: u128, denominator: u128) -> u128 {
    let (whole, rest) = (numerator / denominator, numerator % denominator);
    let (units, part) = (amount / denominator, amount % denominator);
    amount
        .saturating_mul(whole)
        .saturating_add(units.saturating_mul(rest))
        .saturating_add(part.saturating_mul(rest).div_ceil(denominator))
}

#[cfg(test)]
mod tests {
    use super::*;
    use edgeproof_primitives::UNIT;

    const RULES: Rules = Rules {
        block_millis: 3_000,
        draw_outputs: 1,
        audit_outputs: 3,
        max_replicas: 5,
        max_audit_rate: 1_000_000,
        workers_per_replica: 4,
        redraw_interval: 5,
        max_draw: 50,
        min_execution: 10,
        max_execution: 1_000,
        operations_per_block: 1_000,
        reveal: 20,
        window_base: 7,
        max_window: 10_000,
        receipt_retention: 10_000,
        max_draws: 3,
        price_floor: UNIT,
        worker_share: 900_000,
        program_deposit: 100,
        byte_deposit: 3,
        job_deposit: UNIT,
        min_operator_stake: UNIT,
        unbonding: 100,
        bond_factor: 2,
        rate: ONE / 20,
        missed_commit_slash: 10_000,
        finder_share: 250_000,
        answer: 20,
        bytes_per_block: 1 << 20,
        max_games: 16,
    };

    #[test]
    fn a_deadline_allows_for_every_operation_and_for_the_shortest() {
        for (operations, blocks) in [
            (0, 10),
            (10_000, 10),
            (10_001, 11),
            (1_000_000, 1_000),
            (u64::MAX, u32::MAX),
        ] {
            assert_eq!(RULES.execution_deadline(operations), blocks, "{operations}");
        }
        let unset = Rules {
            min_execution: 0,
            operations_per_block: 0,
            ..RULES
        };
        assert_eq!(unset.execution_deadline(0), 1, "never no block at all");
        assert_eq!(unset.execution_deadline(5), 5);
    }

    #[test]
    fn the_least_price_is_never_nothing() {
        assert_eq!(RULES.least_price(0), 1);
        assert_eq!(RULES.least_price(1), UNIT / 1_000_000_000);
        assert_eq!(RULES.least_price(1_000_000_000), UNIT);
        let dear = Rules {
            price_floor: u128::MAX,
            ..RULES
        };
        assert_eq!(dear.least_price(u64::MAX), u128::MAX);
    }

    #[test]
    fn windows_and_deposits_grow_with_what_they_are_for() {
        assert_eq!(RULES.window(0), 7);
        assert_eq!(RULES.window(30), 67);
        assert_eq!(RULES.window(u32::MAX), u32::MAX);
        assert_eq!(RULES.program_deposit(0), 100);
        assert_eq!(RULES.program_deposit(50), 250);
    }

    #[test]
    fn a_bond_is_a_multiple_of_the_value_of_the_fee() {
        assert_eq!(RULES.bond(10 * UNIT), UNIT);
        assert_eq!(RULES.bond(0), 0);
        assert_eq!(RULES.bond(1), 1, "rounded up");
        assert_eq!(RULES.bond(11), 2);
        assert_eq!(RULES.bond(u128::MAX), u128::MAX / 20 + 1);
        let dear = Rules {
            rate: 3 * ONE + ONE / 2,
            ..RULES
        };
        assert_eq!(dear.bond(UNIT), 7 * UNIT);
        assert_eq!(dear.bond(u128::MAX), u128::MAX);
    }

    #[test]
    fn a_price_is_rounded_up() {
        assert_eq!(price(1_000, 0), 0);
        assert_eq!(price(1_000, 1), 1);
        assert_eq!(price(1_000, 1_000_000_000), 1_000);
        assert_eq!(price(1_000, 2_500_000_001), 2_501);
    }
}
