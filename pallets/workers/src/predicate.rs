//! Whether a worker fits a job: pure, so that "why no job" gives the reasons of the draw itself.

use crate::{price, Worker, WorkerState};
use edgeproof_primitives::{Clause, TfuelBalance};
use frame::prelude::*;
use pallet_support::{Assessment, DrawRequest, WorkerRules};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// A worker and its stake.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a, AccountId, Fuel, Stake> {
    /// Who owns it.
    pub stash: &'a AccountId,
    /// What the registry knows.
    pub worker: &'a Worker<AccountId, Fuel>,
    /// Bonded THETA of the stash, in planck.
    pub bonded: Stake,
    /// The part of `bonded` that no job holds.
    pub available: Stake,
    /// Whether its driver is on the fault list.
    pub faulty_driver: bool,
}

/// What the chain asks of every worker.
#[derive(Clone, Debug)]
pub struct Terms<Stake> {
    /// Least stake, in planck of THETA.
    pub minimum: Stake,
    /// The governed values.
    pub rules: WorkerRules,
}

/// At what price a worker that fits takes the seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer<Fuel, Stake> {
    /// The fee, in planck of TFUEL.
    pub fee: Fuel,
    /// THETA that it puts at risk, in planck.
    pub bond: Stake,
}

/// A worker against a request, with what it would ask for. Each clause is judged here and nowhere else.
struct Case<'a, AccountId, Fuel, Stake> {
    candidate: &'a Candidate<'a, AccountId, Fuel, Stake>,
    request: &'a DrawRequest<'a, AccountId, Fuel>,
    minimum: Stake,
    /// `None` beyond every amount.
    fee: Option<TfuelBalance>,
    /// `None` beyond every amount.
    bond: Option<Stake>,
}

impl<'a, AccountId: PartialEq, Fuel: tokens::Balance, Stake: tokens::Balance>
    Case<'a, AccountId, Fuel, Stake>
{
    fn new(
        candidate: &'a Candidate<'a, AccountId, Fuel, Stake>,
        request: &'a DrawRequest<'a, AccountId, Fuel>,
        terms: &Terms<Stake>,
    ) -> Self {
        let fee = price::fee(request.operations, candidate.worker.ask.saturated_into());
        let rules = &terms.rules;
        let bond = fee.and_then(|fee| Stake::try_from(price::bond(fee, rules.bond_factor, rules.rate)).ok());
        Self {
            candidate,
            request,
            minimum: terms.minimum,
            fee,
            bond,
        }
    }

    fn fails(&self, clause: Clause) -> bool {
        let Candidate {
            stash,
            worker,
            bonded,
            available,
            faulty_driver,
        } = self.candidate;
        let request = self.request;
        let regions = &request.demands.regions;
        match clause {
            Clause::Paused => worker.state == WorkerState::Paused,
            Clause::StakeBelowMinimum => *bonded < self.minimum,
            Clause::FaultyDriver => *faulty_driver,
            Clause::NoFreeSlot => worker.seats_held >= worker.capability.slots,
            Clause::Memory => worker.capability.memory < request.demands.memory,
            Clause::Region => !regions.is_empty() && !regions.contains(&worker.capability.region),
            Clause::Reputation => worker.reputation.evidence.score() < request.demands.reputation,
            Clause::TooDear => self
                .fee
                .is_none_or(|fee| fee > request.price_cap.saturated_into::<TfuelBalance>()),
            Clause::OwnJob => *stash == request.requester || worker.operator == *request.requester,
            Clause::Excluded => request.excluded.contains(&worker.operator),
            Clause::BondNotAvailable => self.bond.is_none_or(|bond| bond > *available),
        }
    }

    fn failing(&self) -> impl Iterator<Item = Clause> + '_ {
        Clause::ALL.into_iter().filter(|clause| self.fails(*clause))
    }
}

/// The offer of a worker, or the first clause that it fails.
pub fn offer<AccountId: PartialEq, Fuel: tokens::Balance, Stake: tokens::Balance>(
    candidate: &Candidate<AccountId, Fuel, Stake>,
    request: &DrawRequest<AccountId, Fuel>,
    terms: &Terms<Stake>,
) -> Result<Offer<Fuel, Stake>, Clause> {
    let case = Case::new(candidate, request, terms);
    if let Some(clause) = case.failing().next() {
        return Err(clause);
    }
    Ok(Offer {
        // At most the cap, so it fits the type of the cap.
        fee: case.fee.ok_or(Clause::TooDear)?.saturated_into(),
        bond: case.bond.ok_or(Clause::BondNotAvailable)?,
    })
}

/// What a worker would ask for, and every clause that it fails.
pub fn assess<AccountId: PartialEq, Fuel: tokens::Balance, Stake: tokens::Balance>(
    candidate: &Candidate<AccountId, Fuel, Stake>,
    request: &DrawRequest<AccountId, Fuel>,
    terms: &Terms<Stake>,
) -> Assessment {
    let case = Case::new(candidate, request, terms);
    Assessment {
        fee: case.fee,
        failing: case.failing().collect(),
    }
}
