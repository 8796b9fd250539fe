//! The terms that a job may have under the rules: pure, so that a quote refuses exactly what posting refuses.

use crate::{Config, Error};
use edgeproof_primitives::{
    Assurance, BlockNumber, Demands, Ops, TermsError, TfuelBalance, MAX_REPLICAS, MAX_SCORE,
};
use pallet_support::JobRules;
use polkadot_sdk::polkadot_sdk_frame::{
    arithmetic::{helpers_128bit::multiply_by_rational_with_rounding, Rounding},
    prelude::*,
};

/// Operations in the unit of prices.
const GIGA: u128 = 1_000_000_000;

/// The least price of a seat, in planck of TFUEL: its operations at the floor, rounded up, and never nothing.
/// `None` when it exceeds every amount.
pub(crate) fn price_floor(operations: Ops, rules: &JobRules) -> Option<TfuelBalance> {
    multiply_by_rational_with_rounding(operations.into(), rules.price_floor, GIGA, Rounding::Up)
        .map(|floor| floor.max(1))
}

/// The shortest execution deadline that the operation count allows, in blocks. Beyond all deadlines it saturates.
pub(crate) fn least_execution(operations: Ops, rules: &JobRules) -> BlockNumber {
    let blocks = operations.div_ceil(rules.operations_per_block.max(1));
    BlockNumber::try_from(blocks)
        .unwrap_or(BlockNumber::MAX)
        .max(rules.min_execution)
        .max(1)
}

/// Posting says the same without the limits.
impl<T: Config> From<TermsError> for Error<T> {
    fn from(error: TermsError) -> Self {
        match error {
            TermsError::InvalidRegion => Self::InvalidRegion,
            TermsError::ReputationOutOfReach { .. } => Self::ReputationOutOfReach,
            TermsError::PriceCapBelowFloor { .. } => Self::PriceCapBelowFloor,
            TermsError::ReplicasOutOfRange { .. } => Self::ReplicasOutOfRange,
            TermsError::AuditRateTooHigh { .. } => Self::AuditRateTooHigh,
            TermsError::ExecutionDeadlineTooShort { .. } => Self::ExecutionDeadlineTooShort,
            TermsError::ExecutionDeadlineTooLong { .. } => Self::ExecutionDeadlineTooLong,
            TermsError::WindowTooShort { .. } => Self::WindowTooShort,
            TermsError::WindowTooLong { .. } => Self::WindowTooLong,
        }
    }
}

pub(crate) fn check_demands(demands: &Demands) -> Result<(), TermsError> {
    let valid = demands.regions.iter().all(|region| region.is_valid());
    ensure!(valid, TermsError::InvalidRegion);
    ensure!(
        demands.reputation <= MAX_SCORE,
        TermsError::ReputationOutOfReach { most: MAX_SCORE }
    );
    Ok(())
}

pub(crate) fn check_cap(cap: TfuelBalance, operations: Ops, rules: &JobRules) -> Result<(), TermsError> {
    let least = price_floor(operations, rules);
    ensure!(
        least.is_some_and(|least| cap >= least),
        TermsError::PriceCapBelowFloor { least }
    );
    Ok(())
}

pub(crate) fn check_execution(
    execution: BlockNumber,
    operations: Ops,
    rules: &JobRules,
) -> Result<(), TermsError> {
    let (least, most) = (least_execution(operations, rules), rules.max_execution);
    ensure!(
        execution >= least,
        TermsError::ExecutionDeadlineTooShort { least }
    );
    ensure!(execution <= most, TermsError::ExecutionDeadlineTooLong { most });
    Ok(())
}

/// The window of a job with this execution deadline, in blocks. One worker stands alone, so its window is never shorter than
/// the rule; of several, one honest worker suffices to dispute the others, so the requester may choose less.
pub(crate) fn window(
    assurance: &Assurance,
    execution: BlockNumber,
    rules: &JobRules,
) -> Result<BlockNumber, TermsError> {
    let most = u32::from(rules.max_replicas).min(MAX_REPLICAS);
    ensure!(
        (1..=most).contains(&assurance.replicas.into()),
        TermsError::ReplicasOutOfRange { most }
    );
    let most = rules.max_audit_rate;
    ensure!(
        assurance.audit_rate <= most,
        TermsError::AuditRateTooHigh { most }
    );
    let (rule, most) = (rules.window(execution), rules.max_window);
    let window = assurance.window.unwrap_or(rule);
    let least = if assurance.replicas == 1 { rule } else { 1 };
    ensure!(window >= least, TermsError::WindowTooShort { least });
    ensure!(window <= most, TermsError::WindowTooLong { most });
    Ok(window)
}
