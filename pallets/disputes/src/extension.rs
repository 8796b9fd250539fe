//! How answers get into blocks: first, free, and within a reserve.

use crate::{Call, Config, Pallet, WeightInfo};
use codec::Encode;
use edgeproof_primitives::Move;
use pallet_support::{Answers, CertainAnswer, Prioritize};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

/// Puts answers that are certain to succeed before everything else, within the reserve of the block; the deadlines of all
/// games grow by each block whose reserve was full.
pub type PrioritizeMoves<T> = Prioritize<Pallet<T>>;

impl<T: Config> Answers<T::RuntimeCall> for Pallet<T>
where
    T::RuntimeCall: IsSubType<Call<T>>,
{
    type AccountId = T::AccountId;

    const IDENTIFIER: &'static str = "PrioritizeMoves";

    /// A check costs no more than its call.
    fn check_weight(call: &T::RuntimeCall) -> Weight {
        match call.is_sub_type() {
            Some(Call::open_trace { .. }) => T::WeightInfo::open_trace(),
            Some(Call::open_node { .. }) => T::WeightInfo::open_node(),
            Some(Call::referee { witness, .. }) => T::WeightInfo::referee(Self::witness_bytes(witness))
                .saturating_add(Self::worst_execution())
                .saturating_add(Self::worst_program()),
            _ => Weight::zero(),
        }
    }

    fn certain_answer(who: &T::AccountId, call: &T::RuntimeCall) -> Option<CertainAnswer> {
        let mut spared = Weight::zero();
        let (job, tag) = match call.is_sub_type()? {
            Call::open_trace { job, trace } => {
                Self::check_open_trace(who, *job, trace).ok()?;
                (*job, (*job, Move::OpenTraces, who).encode())
            }
            Call::open_node { job, opening } => {
                let (_, hash) = Self::check_open_node(who, *job, opening).ok()?;
                (*job, (*job, hash).encode())
            }
            Call::referee { job, witness } => {
                let refereed = Self::check_referee(*job, witness).ok()?;
                let used = T::WeightInfo::execute(refereed.verdict.operations)
                    .saturating_add(Self::program_weight(refereed.program_bytes));
                spared = Self::worst_execution()
                    .saturating_add(Self::worst_program())
                    .saturating_sub(used);
                (*job, (*job, refereed.position, refereed.invocation).encode())
            }
            _ => return None,
        };
        Some(CertainAnswer {
            tag,
            longevity: Self::deadline(job)?.saturating_sub(Self::now()),
            spared,
        })
    }

    fn admits(_: usize) -> bool {
        Self::admits_answer()
    }

    fn note(weight: Weight, _: usize) {
        Self::note_answer(weight);
    }
}
