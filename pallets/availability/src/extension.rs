//! How demanded chunks get into blocks: first, and free.

use crate::{Call, Config, Pallet, WeightInfo};
use codec::Encode;
use pallet_support::{Answers, CertainAnswer, Prioritize};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

/// Puts chunks that answer a demand before everything else. Each demand takes one, and few demands are open at once.
pub type PrioritizeChunks<T> = Prioritize<Pallet<T>>;

impl<T: Config> Answers<T::RuntimeCall> for Pallet<T>
where
    T::RuntimeCall: IsSubType<Call<T>>,
{
    type AccountId = T::AccountId;

    const IDENTIFIER: &'static str = "PrioritizeChunks";

    /// A check costs no more than its call.
    fn check_weight(call: &T::RuntimeCall) -> Weight {
        match call.is_sub_type() {
            Some(Call::serve_chunk { .. }) => T::WeightInfo::serve_chunk(),
            _ => Weight::zero(),
        }
    }

    fn certain_answer(_: &T::AccountId, call: &T::RuntimeCall) -> Option<CertainAnswer> {
        let Call::serve_chunk { job, proof } = call.is_sub_type()? else {
            return None;
        };
        let (_, demand) = Self::check_chunk(*job, proof).ok()?;
        Some(CertainAnswer {
            tag: (job, demand.output, demand.chunk).encode(),
            longevity: Self::due_at(*job)?.saturating_sub(Self::now()),
            spared: Weight::zero(),
        })
    }

    fn admits(_: usize) -> bool {
        true
    }

    fn note(_: Weight, _: usize) {}
}
