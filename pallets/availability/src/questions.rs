//! Which questions are open, and when they are looked at again.

use crate::{
    types::{Due, Question, QuestionOf, QuestionsOf, MAX_OPEN},
    Config, Dues, Error, Pallet, QuestionsAbout, WeightInfo,
};
use alloc::vec::Vec;
use edgeproof_primitives::{BlockNumber, JobId};
use pallet_support::{DataJobs, WorkerDraw};
use polkadot_sdk::polkadot_sdk_frame::{deps::frame_support::weights::WeightMeter, prelude::*};

impl<T: Config> Pallet<T> {
    /// The block being built, as this chain's clients count.
    pub(crate) fn now() -> BlockNumber {
        frame_system::Pallet::<T>::block_number().saturated_into()
    }

    /// What was asked about a job so far, when another question may be.
    pub(crate) fn free_to_ask(job: JobId) -> Result<QuestionsOf<T>, Error<T>> {
        let questions = QuestionsAbout::<T>::get(job).unwrap_or_default();
        ensure!(questions.open.is_none(), Error::<T>::QuestionOpen);
        let open = Dues::<T>::decode_len().unwrap_or(0);
        ensure!(open < MAX_OPEN as usize, Error::<T>::TooManyQuestions);
        Ok(questions)
    }

    /// Opens a question that is looked at again at the start of block `at`.
    pub(crate) fn ask(job: JobId, mut questions: QuestionsOf<T>, question: QuestionOf<T>, at: BlockNumber) {
        questions.open = Some(question);
        QuestionsAbout::<T>::insert(job, questions);
        Self::plan(job, at);
    }

    fn plan(job: JobId, at: BlockNumber) {
        Dues::<T>::mutate(|dues| match dues.iter_mut().find(|due| due.job == job) {
            Some(due) => due.at = at,
            None => {
                if dues.try_push(Due { job, at }).is_err() {
                    defensive!("a question was opened without a free place");
                }
            }
        });
    }

    /// Closes the open question; what was asked stays counted.
    pub(crate) fn answered(job: JobId, mut questions: QuestionsOf<T>) {
        questions.open = None;
        QuestionsAbout::<T>::insert(job, questions);
        Dues::<T>::mutate(|dues| dues.retain(|due| due.job != job));
    }

    /// Block at whose start the open question about a job is looked at again.
    pub fn due_at(job: JobId) -> Option<BlockNumber> {
        Dues::<T>::get()
            .iter()
            .find(|due| due.job == job)
            .map(|due| due.at)
    }

    /// Whether an answer comes in time, even when the hook is behind.
    pub(crate) fn is_in_time(job: JobId) -> bool {
        Self::due_at(job).is_some_and(|at| Self::now() < at)
    }

    /// The most that one question can cost when it is due.
    pub(crate) fn worst_due() -> Weight {
        T::WeightInfo::demand_due()
            .max(T::WeightInfo::judgement_due())
            .saturating_add(T::Jobs::dispute_weight())
            .max(T::WeightInfo::judges_due().saturating_add(T::Workers::draw_weight()))
    }

    /// Looks at what is due, within the weight that `meter` has left.
    pub(crate) fn run_dues(meter: &mut WeightMeter) {
        if meter.try_consume(T::WeightInfo::dues_base()).is_err() {
            return;
        }
        let now = Self::now();
        let due: Vec<JobId> = Dues::<T>::get()
            .iter()
            .filter(|due| due.at <= now)
            .map(|due| due.job)
            .collect();
        for job in due {
            if meter.try_consume(Self::worst_due()).is_err() {
                return;
            }
            Self::look_at(job);
        }
    }

    /// Does what is due about a job.
    pub(crate) fn look_at(job: JobId) {
        let Some(mut questions) = QuestionsAbout::<T>::get(job) else {
            defensive!("a question is due that nobody asked");
            return Dues::<T>::mutate(|dues| dues.retain(|due| due.job != job));
        };
        match questions.open.take() {
            Some(Question::Demand(demand)) => Self::demand_due(job, questions, demand),
            Some(Question::Inquiry(inquiry)) => Self::inquiry_due(job, questions, inquiry),
            None => {
                defensive!("a question is due that is closed");
                Self::answered(job, questions);
            }
        }
    }

    /// The job has ended: its questions end with it.
    pub(crate) fn forget(job: JobId) {
        let Some(questions) = QuestionsAbout::<T>::take(job) else {
            return;
        };
        Dues::<T>::mutate(|dues| dues.retain(|due| due.job != job));
        match questions.open {
            Some(Question::Demand(demand)) => Self::release(demand.deposit),
            Some(Question::Inquiry(inquiry)) => Self::dismiss(inquiry),
            None => {}
        }
    }
}
