//! What must hold between any two blocks.

use crate::{
    types::{Question, Stage, MAX_DEMANDS, MAX_INQUIRIES},
    Config, Dues, HoldReason, Pallet, QuestionsAbout,
};
use alloc::{collections::BTreeMap, vec::Vec};
use codec::Encode;
use edgeproof_primitives::TfuelBalance;
use pallet_support::DataJobs;
use polkadot_sdk::polkadot_sdk_frame::{
    deps::sp_runtime::TryRuntimeError, prelude::*, token::fungible::hold::Inspect as _,
};

impl<T: Config> Pallet<T> {
    /// Checks every invariant of this pallet.
    ///
    /// # Errors
    /// The first one that is broken.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let dues = Dues::<T>::get();
        let mut open = 0usize;
        let mut held = BTreeMap::<Vec<u8>, TfuelBalance>::new();
        for (job, questions) in QuestionsAbout::<T>::iter() {
            ensure!(
                T::Jobs::judges(job).is_some(),
                "questions about a job that is not live"
            );
            ensure!(questions.demanded <= MAX_DEMANDS, "too many chunks were demanded");
            ensure!(questions.inquired <= MAX_INQUIRIES, "judges were asked too often");
            let planned = dues.iter().filter(|due| due.job == job).count();
            ensure!(
                planned == usize::from(questions.open.is_some()),
                "an open question is planned once, and a closed one is not"
            );
            open = open.saturating_add(planned);
            let deposit = match &questions.open {
                Some(Question::Demand(demand)) => Some(&demand.deposit),
                Some(Question::Inquiry(inquiry)) => {
                    if let Stage::Judging(judges) = &inquiry.stage {
                        ensure!(judges.len() % 2 == 1, "an even number of judges");
                        ensure!(
                            judges.iter().all(|judge| judge.worker.bond == Default::default()),
                            "a judge has a bond"
                        );
                    }
                    inquiry.deposit.as_ref()
                }
                None => None,
            };
            if let Some(deposit) = deposit {
                let sum = held.entry(deposit.who.encode()).or_default();
                *sum = sum.saturating_add(deposit.amount);
            }
        }
        ensure!(open == dues.len(), "something is planned that nobody asked");
        for who in frame_system::Account::<T>::iter_keys() {
            let expected = held.get(&who.encode()).copied().unwrap_or(0);
            let found = T::Fuel::balance_on_hold(&HoldReason::Question.into(), &who);
            ensure!(found == expected, "a hold differs from the questions behind it");
        }
        Ok(())
    }
}
