//! Disputes, as jobs see them.

use crate::{program, Config, Disputes, Pallet, StakeOf, WeightInfo};
use edgeproof_primitives::JobId;
use pallet_support::Standing;
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

impl<T: Config> pallet_support::Disputes<T::AccountId> for Pallet<T> {
    type Stake = StakeOf<T>;

    fn open(job: JobId, standing: alloc::vec::Vec<Standing<T::AccountId, StakeOf<T>>>) {
        let Ok(subject) = Self::subject(job).defensive() else {
            return;
        };
        let shape = Self::load_program(&subject.program).and_then(|(program, _)| program::shape(&program));
        let Ok(shape) = shape.defensive() else {
            return;
        };
        let mut dispute = Self::new_dispute(shape, standing);
        Self::start_or_queue(job, &subject, &mut dispute);
        Self::store(job, dispute);
    }

    fn close(job: JobId) -> bool {
        let Some(dispute) = Disputes::<T>::take(job) else {
            return false;
        };
        dispute
            .claims
            .iter()
            .for_each(|claim| Self::release_bond(job, claim));
        true
    }

    fn open_weight() -> Weight {
        T::WeightInfo::start().saturating_add(Self::worst_program())
    }

    fn close_weight() -> Weight {
        T::WeightInfo::close()
    }
}
