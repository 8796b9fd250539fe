//! What the chain answers to those who ask before they post, or why nothing happens. Nothing of it is stored.

use crate::{BlockNumber, JobId, TfuelBalance};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Why a worker was not drawn: the clauses of the predicate, in the order in which they are asked.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
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

impl Clause {
    /// Each, in the order in which they are asked.
    pub const ALL: [Self; 11] = [
        Self::Paused,
        Self::StakeBelowMinimum,
        Self::FaultyDriver,
        Self::NoFreeSlot,
        Self::Memory,
        Self::Region,
        Self::Reputation,
        Self::TooDear,
        Self::OwnJob,
        Self::Excluded,
        Self::BondNotAvailable,
    ];
}

/// How many workers of a survey one clause excludes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct ClauseCount {
    /// The clause.
    pub clause: Clause,
    /// Workers that fail it before any other: those to which the draw gives it as the reason.
    pub first: u32,
    /// Workers that fail it, whatever else they fail.
    pub all: u32,
    /// Workers that fail nothing else: so many more fit without it.
    pub only: u32,
}

/// The active workers against one request. All counts but the first are of the workers that were looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Survey {
    /// Workers in the index.
    pub active: u32,
    /// Workers of them that were looked at: all, or when they are too many a sample at equal distances.
    pub seen: u32,
    /// Workers that fit.
    pub fitting: u32,
    /// The clauses that exclude somebody, those that most workers fail first.
    pub excluded: Vec<ClauseCount>,
}

impl Survey {
    /// The clause that excludes the most workers.
    pub fn strictest(&self) -> Option<&ClauseCount> {
        self.excluded.first()
    }

    /// Workers that would fit without one of the clauses.
    pub fn fitting_without(&self, relaxed: &ClauseCount) -> u32 {
        self.fitting.saturating_add(relaxed.only)
    }

    /// True when the counts are of a sample.
    pub fn is_sample(&self) -> bool {
        self.seen < self.active
    }
}

/// What a job costs when its seats go for one of the fees that are asked now. Amounts in planck of TFUEL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Price {
    /// So many percent of the workers that fit ask for this fee or less.
    pub percent: u8,
    /// Of one seat.
    pub fee: TfuelBalance,
    /// Of all replicas.
    pub replicas: TfuelBalance,
    /// Held beside it for an auditor; comes back unless the job is audited.
    pub audit_reserve: TfuelBalance,
}

impl Price {
    /// What is held for the job when the fee is its price cap, without the deposit. In planck of TFUEL.
    pub fn most(&self) -> TfuelBalance {
        self.replicas.saturating_add(self.audit_reserve)
    }
}

/// How long each part of a job takes, in blocks, when everybody uses up his time and nothing is lost, audited or disputed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Timing {
    /// From the posting to the draw.
    pub draw: BlockNumber,
    /// From the draw to the last commitment.
    pub execution: BlockNumber,
    /// From the last commitment to the decision about an audit; nothing when there is none to decide. An audited job takes
    /// `execution` once more.
    pub decision: BlockNumber,
    /// Until the last reveal.
    pub reveal: BlockNumber,
    /// From the last reveal to the settlement.
    pub window: BlockNumber,
}

impl Timing {
    /// Blocks from the posting to the settlement.
    pub fn total(&self) -> BlockNumber {
        [self.execution, self.decision, self.reveal, self.window]
            .into_iter()
            .fold(self.draw, BlockNumber::saturating_add)
    }
}

/// What a job would cost now, who could compute it, and how long that would take.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Quote {
    /// The fees of the workers that fit, from the lowest; none when nobody fits.
    pub prices: Vec<Price>,
    /// The least price cap that the chain takes, in planck of TFUEL.
    pub least_cap: TfuelBalance,
    /// Held beside the price, and always returned, in planck of TFUEL.
    pub deposit: TfuelBalance,
    /// Seats that one draw has to fill.
    pub seats: u32,
    /// Active workers without which nobody is drawn.
    pub least_workers: u32,
    /// Who fits.
    pub survey: Survey,
    /// How long it takes.
    pub timing: Timing,
}

/// Terms that no job may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum TermsError {
    /// A region is not two upper-case ASCII letters.
    InvalidRegion,
    /// The reputation demanded is greater than any worker's can be.
    ReputationOutOfReach {
        /// The greatest, in parts per million.
        most: u32,
    },
    /// The price cap is below the floor.
    PriceCapBelowFloor {
        /// The least, in planck of TFUEL. `None` when it exceeds every amount.
        least: Option<TfuelBalance>,
    },
    /// A job is computed by at least one worker, and by no more than the rules allow.
    ReplicasOutOfRange {
        /// The most.
        most: u32,
    },
    /// The chance of an audit is greater than the rules allow.
    AuditRateTooHigh {
        /// The greatest, in parts per million.
        most: u32,
    },
    /// The execution deadline is too short for the operations.
    ExecutionDeadlineTooShort {
        /// The shortest, in blocks.
        least: BlockNumber,
    },
    /// The execution deadline is longer than the rules allow.
    ExecutionDeadlineTooLong {
        /// The longest, in blocks.
        most: BlockNumber,
    },
    /// The window is too short for so few replicas.
    WindowTooShort {
        /// The shortest, in blocks.
        least: BlockNumber,
    },
    /// The window, asked for or by the rule, is longer than the rules allow.
    WindowTooLong {
        /// The longest, in blocks.
        most: BlockNumber,
    },
}

/// Why there is no quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum QuoteError {
    /// A job without operations computes nothing.
    NoOperations,
    /// The chain would not take the job.
    Terms(TermsError),
}

/// Why a live job has no worker yet.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Waiting {
    /// Seats that the draw has to fill, all or none.
    pub seats: u32,
    /// Active workers without which nobody is drawn.
    pub least_workers: u32,
    /// First block in which the randomness of the next draw is known.
    pub next_draw: BlockNumber,
    /// Whether a draw has found too few workers already.
    pub attempted: bool,
    /// Who would fit now.
    pub survey: Survey,
}

impl Waiting {
    /// Whether the workers that are active now can fill the seats.
    pub fn can_be_drawn(&self) -> bool {
        self.survey.active >= self.least_workers && self.survey.fitting >= self.seats
    }
}

/// What a worker is to a live job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Verdict {
    /// It holds a seat.
    Seated,
    /// As it is now, this clause is the first that it fails.
    Excluded(Clause),
    /// As it is now it fits: chance, or a lower fee of another, decides.
    Fits,
}

/// Why a worker has no seat of a live job. Fees in planck of TFUEL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct WhyNot {
    /// The job.
    pub job: JobId,
    /// Block of its last draw; nothing before the first.
    pub drawn_at: Option<BlockNumber>,
    /// What the worker asks for it; nothing when that exceeds every amount.
    pub fee: Option<TfuelBalance>,
    /// For what the first seat went to another.
    pub first_fee: Option<TfuelBalance>,
    /// The most that a seat may cost.
    pub price_cap: TfuelBalance,
    /// What the draw would say now.
    pub verdict: Verdict,
}

impl WhyNot {
    /// By how much the worker is dearer than whoever got the first seat, in planck of TFUEL. Nothing when it is not, or
    /// when nobody got it.
    pub fn dearer_by(&self) -> Option<TfuelBalance> {
        self.fee?
            .checked_sub(self.first_fee?)
            .filter(|difference| *difference > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn all_clauses_are_listed_in_their_order() {
        assert!(Clause::ALL.is_sorted());
        for (index, clause) in Clause::ALL.into_iter().enumerate() {
            assert_eq!(clause.encode(), [index as u8]);
        }
        let next = Clause::ALL.len() as u8;
        assert!(Clause::decode(&mut &[next][..]).is_err(), "there is no other");
    }

    #[test]
    fn without_a_clause_those_fit_that_fail_nothing_else() {
        let memory = ClauseCount {
            clause: Clause::Memory,
            first: 5,
            all: 5,
            only: 3,
        };
        let survey = Survey {
            active: 2_000,
            seen: 10,
            fitting: 4,
            excluded: vec![memory],
        };
        assert_eq!(survey.strictest(), Some(&memory));
        assert_eq!(survey.fitting_without(&memory), 7);
        assert!(survey.is_sample());
        assert_eq!(Survey::default().strictest(), None);
        assert!(!Survey::default().is_sample());
    }

    #[test]
    fn a_job_takes_the_sum_of_its_parts() {
        let timing = Timing {
            draw: 2,
            execution: 10,
            decision: 4,
            reveal: 20,
            window: 31,
        };
        assert_eq!(timing.total(), 67);
        let endless = Timing {
            window: u32::MAX,
            ..timing
        };
        assert_eq!(endless.total(), u32::MAX);
    }

    #[test]
    fn a_worker_is_dearer_only_than_a_fee_that_it_exceeds() {
        let why = |fee, first_fee| WhyNot {
            job: 1,
            drawn_at: Some(3),
            fee,
            first_fee,
            price_cap: 100,
            verdict: Verdict::Fits,
        };
        assert_eq!(why(Some(70), Some(50)).dearer_by(), Some(20));
        assert_eq!(why(Some(50), Some(50)).dearer_by(), None);
        assert_eq!(why(Some(40), Some(50)).dearer_by(), None);
        assert_eq!(why(Some(40), None).dearer_by(), None);
        assert_eq!(why(None, Some(50)).dearer_by(), None);
    }

    #[test]
    fn a_job_can_be_drawn_when_enough_are_there_and_enough_fit() {
        let waiting = |active, fitting| Waiting {
            seats: 2,
            least_workers: 8,
            next_draw: 5,
            attempted: false,
            survey: Survey {
                active,
                seen: active,
                fitting,
                excluded: Vec::new(),
            },
        };
        assert!(waiting(8, 2).can_be_drawn());
        assert!(!waiting(7, 7).can_be_drawn());
        assert!(!waiting(8, 1).can_be_drawn());
    }
}
