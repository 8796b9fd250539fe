//! How the registry answers those who ask before they post, or why nothing happens.

use crate::{DrawRequest, WorkerDraw};
use alloc::vec::Vec;
use edgeproof_primitives::{Clause, Survey, TfuelBalance};

/// A worker against a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// What it would ask for, in planck of TFUEL, whether or not it fits. `None` beyond every amount.
    pub fee: Option<TfuelBalance>,
    /// Every clause that it fails, in the order in which they are asked; none when it fits.
    pub failing: Vec<Clause>,
}

/// The registry of workers, as views see it: with the predicate of the draw, and nothing changes.
pub trait WorkerMarket<AccountId>: WorkerDraw<AccountId> {
    /// The active workers against the request, at most a constant number of them; and the fees of those that fit, in
    /// ascending order, in planck of TFUEL.
    fn survey(request: &DrawRequest<AccountId, Self::Fuel>) -> (Survey, Vec<TfuelBalance>);

    /// The worker of an operator key against the request. `None` when the key serves none.
    fn assess(operator: &AccountId, request: &DrawRequest<AccountId, Self::Fuel>) -> Option<Assessment>;
}
