use edgeproof_primitives::{BlockNumber, Ops, TfuelBalance, ThetaBalance};

/// The values that jobs, stake and workers live by, as they were set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Milliseconds between two blocks.
    pub block_millis: u64,
    /// VRF outputs in the seed of a draw.
    pub draw_outputs: u32,
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

    /// The least price cap of a program, in planck of TFUEL.
    pub fn least_price(&self, operations: Ops) -> TfuelBalance {
        price(self.price_floor, operations).max(1)
    }

    /// Blocks between reveal and settlement of a job with this execution deadline.
    pub fn window(&self, execution: BlockNumber) -> BlockNumber {
        execution.saturating_mul(2).saturating_add(self.window_base)
    }

    /// Held until the program is removed, in planck of TFUEL.
    pub fn program_deposit(&self, bytes: u32) -> TfuelBalance {
        self.program_deposit
            .saturating_add(self.byte_deposit.saturating_mul(bytes.into()))
    }
}

/// What operations cost at an ask (planck of TFUEL per giga-operation), rounded up.
fn price(ask: TfuelBalance, operations: Ops) -> TfuelBalance {
    const GIGA: u128 = 1_000_000_000;
    let (whole, rest) = (u128::from(operations) / GIGA, u128::from(operations) % GIGA);
    ask.saturating_mul(whole)
        .saturating_add(ask.saturating_mul(rest).div_ceil(GIGA))
}

#[cfg(test)]
mod tests {
    use super::*;
    use edgeproof_primitives::UNIT;

    const RULES: Rules = Rules {
        block_millis: 3_000,
        draw_outputs: 1,
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
    fn a_price_is_rounded_up() {
        assert_eq!(price(1_000, 0), 0);
        assert_eq!(price(1_000, 1), 1);
        assert_eq!(price(1_000, 1_000_000_000), 1_000);
        assert_eq!(price(1_000, 2_500_000_001), 2_501);
    }
}
