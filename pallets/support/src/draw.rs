//! How jobs ask for workers.

use crate::{Seed, SlashOutcome};
use alloc::vec::Vec;
use edgeproof_primitives::{Demands, Hash, Ops};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

/// What a job needs from the worker that it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawRequest<'a, AccountId, Fuel> {
    /// Who posted the job; its own workers are excluded.
    pub requester: &'a AccountId,
    /// Operations of the job.
    pub operations: Ops,
    /// The most that one seat may cost, in planck of TFUEL.
    pub price_cap: Fuel,
    /// Demands, with the memory already raised to the program's peak.
    pub demands: &'a Demands,
    /// Operator keys that must not be drawn: they hold a seat of this job, or failed it before.
    pub excluded: &'a [AccountId],
    /// Seats to fill, all or none.
    pub seats: u32,
    /// Who gets the first seat.
    pub first: FirstSeat,
    /// Active workers that the registry must have at least, or nobody is drawn.
    pub least_workers: u32,
}

/// Who gets the first of several seats. The others are drawn uniformly among the sampled workers that fit: were all won
/// by price, colluders would win them all by bidding low.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstSeat {
    /// The cheapest of the sampled workers that fit.
    Cheapest,
    /// Anyone of them: an auditor.
    Anyone,
}

/// A worker that holds a seat: its slot is taken and its bond is at risk.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct DrawnWorker<AccountId, Fuel, Stake> {
    /// The hot key that commits and reveals.
    pub operator: AccountId,
    /// The account that owns the stake and is paid.
    pub stash: AccountId,
    /// The seat's fee, in planck of TFUEL.
    pub fee: Fuel,
    /// THETA at risk, in planck.
    pub bond: Stake,
    /// What the fee was worth at the draw, in planck of THETA: what a worker that fails owes the requester at most.
    pub value: Stake,
}

/// How a seat ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeatEnd {
    /// The result stood: slot and bond are released, the reputation rises.
    Succeeded,
    /// No commitment by the deadline: a small part of the bond is burned, the rest released.
    CommitMissed,
    /// A commitment was not revealed: the whole bond is slashed, the requester made whole first.
    RevealMissed,
    /// The result was refuted: the whole bond is slashed, the requester made whole first, then the finder rewarded.
    Refuted,
    /// The job ended or starts again through no fault of this worker: slot and bond are released.
    Released,
}

/// The registry of workers, as jobs see it.
pub trait WorkerDraw<AccountId> {
    /// Amounts of TFUEL in planck.
    type Fuel;
    /// Amounts of THETA in planck.
    type Stake;

    /// Draws different workers for all seats of the request: samples the index with `seed`, drops those that do not fit,
    /// takes one after the other, reserves a slot of each and puts its bond at risk. Empty, and no seat is taken, when too
    /// few of the sample fit. Cost independent of the number of workers.
    fn draw(
        seed: Seed,
        request: &DrawRequest<AccountId, Self::Fuel>,
    ) -> Vec<DrawnWorker<AccountId, Self::Fuel, Self::Stake>>;

    /// The most that a draw weighs, however the sample falls out.
    fn draw_weight() -> Weight;

    /// Ends a seat, once. Releases the slot, and the bond as `end` says; `requester` is the injured party, `finder` who
    /// showed that the result was wrong.
    fn end_seat(
        worker: &DrawnWorker<AccountId, Self::Fuel, Self::Stake>,
        requester: &AccountId,
        finder: Option<&AccountId>,
        end: SeatEnd,
    ) -> SlashOutcome<Self::Stake>;

    /// Takes as much of the bond of a seat as a missed commitment costs and gives it to `payees` in equal parts; the seat
    /// goes on with what is left. What cannot be received is burned. Says how much the payees got.
    fn charge(
        worker: &mut DrawnWorker<AccountId, Self::Fuel, Self::Stake>,
        payees: &[AccountId],
    ) -> Self::Stake;

    /// The 32 bytes of an operator key that commitments bind.
    fn key_bytes(operator: &AccountId) -> Hash;

    /// Makes a worker that will be drawn, for benchmarks of callers.
    #[cfg(feature = "runtime-benchmarks")]
    fn ensure_worker(stash: &AccountId, operator: &AccountId);
}
