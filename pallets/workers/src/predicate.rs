//! Whether a worker fits a job: pure, so that "why no job" gives the reasons of the draw itself.

use crate::{price, Worker, WorkerState};
use frame::prelude::*;
use pallet_support::{DrawRequest, WorkerRules};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// Why a worker was not drawn: the clauses of the predicate, in the order in which they are asked.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Clause {
    /// It does not stand in the index.
    Paused,
    /// Its stash has bonded less than the minimum.
    StakeBelowMinimum,
    /// Its driver is on the fault list.
    FaultyDriver,
    /// All its slots are taken.
    NoFreeSlot,
    /// It offers less memory than the job demands.
    Memory,
    /// It stands in a region that the job does not allow.
    Region,
    /// Its reputation score is below what the job demands.
    Reputation,
    /// Its fee is above the price cap of a seat.
    TooDear,
    /// It belongs to the requester.
    OwnJob,
    /// It holds a seat of this job, or failed it before.
    Excluded,
    /// The stake that no job holds does not cover the bond.
    BondNotAvailable,
}

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

/// The offer of a worker, or the first clause that it fails.
pub fn offer<AccountId: PartialEq, Fuel: tokens::Balance, Stake: tokens::Balance>(
    candidate: &Candidate<AccountId, Fuel, Stake>,
    request: &DrawRequest<AccountId, Fuel>,
    terms: &Terms<Stake>,
) -> Result<Offer<Fuel, Stake>, Clause> {
    let Candidate { stash, worker, .. } = candidate;
    let regions = &request.demands.regions;
    ensure!(worker.state != WorkerState::Paused, Clause::Paused);
    ensure!(candidate.bonded >= terms.minimum, Clause::StakeBelowMinimum);
    ensure!(!candidate.faulty_driver, Clause::FaultyDriver);
    ensure!(worker.seats_held < worker.capability.slots, Clause::NoFreeSlot);
    ensure!(worker.capability.memory >= request.demands.memory, Clause::Memory);
    ensure!(
        regions.is_empty() || regions.contains(&worker.capability.region),
        Clause::Region
    );
    ensure!(
        worker.reputation.evidence.score() >= request.demands.reputation,
        Clause::Reputation
    );

    let fee = price::fee(request.operations, worker.ask.saturated_into::<u128>())
        .filter(|fee| *fee <= request.price_cap.saturated_into::<u128>())
        .ok_or(Clause::TooDear)?;
    ensure!(
        *stash != request.requester && worker.operator != *request.requester,
        Clause::OwnJob
    );
    ensure!(!request.excluded.contains(&worker.operator), Clause::Excluded);

    let bond = Stake::try_from(price::bond(fee, terms.rules.bond_factor, terms.rules.rate))
        .ok()
        .filter(|bond| *bond <= candidate.available)
        .ok_or(Clause::BondNotAvailable)?;
    // At most the cap, so it fits the type of the cap.
    Ok(Offer {
        fee: fee.saturated_into(),
        bond,
    })
}
