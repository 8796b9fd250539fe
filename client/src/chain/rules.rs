use edgeproof_primitives::{BlockNumber, Ops, TfuelBalance, ThetaBalance};

/// Parts of a rate.
const ONE: u128 = 1_000_000_000_000_000_000;

/// The values that jobs, stake, workers and questions about data live by, as they were set; those that a client acts on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Most workers that may be asked to compute one job.
    pub max_replicas: u8,
    /// Greatest chance of an audit, in parts per million.
    pub max_audit_rate: u32,
    /// Active workers that a job of several replicas asks for, for each replica.
    pub workers_per_replica: u32,
    /// Longest time a job may wait for its draw, in blocks.
    pub max_draw: BlockNumber,
    /// Shortest execution deadline, in blocks.
    pub min_execution: BlockNumber,
    /// Operations per block that a deadline must allow for.
    pub operations_per_block: Ops,
    /// Blocks of the window beyond twice the execution deadline.
    pub window_base: BlockNumber,
    /// Longest window, in blocks.
    pub max_window: BlockNumber,
    /// Least price of a giga-operation, in planck of TFUEL.
    pub price_floor: TfuelBalance,
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
    /// Blocks for one answer in a dispute or about data.
    pub answer: BlockNumber,
    /// Workers that are drawn to try whether data can be had.
    pub judges: u32,
    /// Blocks in which they must be drawn, and as many in which they must have tried.
    pub judgement: BlockNumber,
    /// What each of them earns, in planck of TFUEL.
    pub judge_fee: TfuelBalance,
    /// What showing a demanded chunk earns, in planck of TFUEL.
    pub chunk_fee: TfuelBalance,
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

    /// Held while judges try whether data can be had, in planck of TFUEL.
    pub fn inquiry_deposit(&self) -> TfuelBalance {
        self.judge_fee.saturating_mul(self.judges.into())
    }

    /// Most blocks from a report until its judges have tried.
    pub fn inquiry(&self) -> BlockNumber {
        self.judgement.saturating_mul(2)
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
pub(super) mod tests {
    use super::*;
    use edgeproof_primitives::UNIT;

    pub const RULES: Rules = Rules {
        max_replicas: 5,
        max_audit_rate: 1_000_000,
        workers_per_replica: 4,
        max_draw: 50,
        min_execution: 10,
        operations_per_block: 1_000,
        window_base: 7,
        max_window: 10_000,
        price_floor: UNIT,
        program_deposit: 100,
        byte_deposit: 3,
        job_deposit: UNIT,
        min_operator_stake: UNIT,
        unbonding: 100,
        bond_factor: 2,
        rate: ONE / 20,
        answer: 20,
        judges: 5,
        judgement: 100,
        judge_fee: UNIT / 10,
        chunk_fee: UNIT / 100,
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
    fn an_inquiry_holds_the_fee_of_every_judge() {
        assert_eq!(RULES.inquiry_deposit(), UNIT / 2);
        assert_eq!(RULES.inquiry(), 200);
        let dear = Rules {
            judge_fee: u128::MAX,
            judgement: u32::MAX,
            ..RULES
        };
        assert_eq!(dear.inquiry_deposit(), u128::MAX);
        assert_eq!(dear.inquiry(), u32::MAX);
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
