//! Whether a whole blob can be had: drawn workers try, and more than three quarters of them decide.

use crate::{
    types::{
        About, AboutOf, Inquiry, InquiryOf, Judge, JudgeOf, Question, QuestionsOf, Stage, MAX_INQUIRIES,
    },
    Config, Error, Event, Pallet,
};
use alloc::vec::Vec;
use codec::Encode;
use edgeproof_primitives::{BlockNumber, JobId, TfuelBalance};
use pallet_support::{
    DataJobs, DrawRequest, FirstSeat, SeatEnd, Seed, SeedSource, SeedStatus, WorkerDraw, MAX_JUDGES,
};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

/// Domain of the seeds by which judges are drawn.
pub const JUDGES_DOMAIN: &[u8] = b"edgeproof/judges";

/// VRF outputs in a seed by which judges are drawn.
const OUTPUTS: u32 = 1;

/// What more than three quarters of all judges say; those that are silent count for neither. Fewer must not decide: a
/// verdict costs bonds, and chance draws a bare majority of colluders too often.
fn verdict<A, S>(judges: &[Judge<A, S>]) -> Option<bool> {
    [true, false].into_iter().find(|verdict| {
        let agreeing = judges
            .iter()
            .filter(|judge| judge.available == Some(*verdict))
            .count();
        agreeing.saturating_mul(4) > judges.len().saturating_mul(3)
    })
}

impl<T: Config> Pallet<T> {
    pub(crate) fn do_report_withheld(who: T::AccountId, job: JobId) -> DispatchResult {
        let published = Self::result_for(&who, job)?;
        let questions = Self::free_to_inquire(job)?;
        let (count, fee) = Self::judges();
        let deposit = Self::hold(who, fee.saturating_mul(count.into()))?;
        let until = Self::begin_inquiry(
            job,
            questions,
            Inquiry {
                about: About::Output(published.output_root),
                fee,
                deposit: Some(deposit),
                stage: Self::drawing(),
            },
        );
        T::Jobs::keep_open(job, until.saturating_add(T::Rules::get().answer));
        Ok(())
    }

    /// What was asked about the job, and the input, when this report of `operator` would be taken now.
    pub(crate) fn check_report(
        operator: &T::AccountId,
        job: JobId,
        input: u8,
    ) -> Result<AboutOf<T>, Error<T>> {
        let blob = T::Jobs::needed(job, operator, input).ok_or(Error::<T>::NotNeeded)?;
        let questions = Self::free_to_inquire(job)?;
        let about = About::Input {
            reporter: operator.clone(),
            input,
            blob,
        };
        Ok((questions, about))
    }

    pub(crate) fn do_report_unavailable(operator: T::AccountId, job: JobId, input: u8) -> DispatchResult {
        let (questions, about) = Self::check_report(&operator, job, input)?;
        let (_, fee) = Self::judges();
        let until = Self::begin_inquiry(
            job,
            questions,
            Inquiry {
                about,
                fee,
                deposit: None,
                stage: Self::drawing(),
            },
        );
        T::Jobs::allow_time(job, until);
        Ok(())
    }

    fn free_to_inquire(job: JobId) -> Result<QuestionsOf<T>, Error<T>> {
        let questions = Self::free_to_ask(job)?;
        ensure!(questions.inquired < MAX_INQUIRIES, Error::<T>::TooManyInquiries);
        Ok(questions)
    }

    /// How many judges are sought, and what each earns.
    fn judges() -> (u32, TfuelBalance) {
        let rules = T::Rules::get();
        (rules.judges.clamp(1, MAX_JUDGES), rules.judge_fee)
    }

    fn drawing() -> Stage<T::AccountId, crate::StakeOf<T>> {
        let now = Self::now();
        Stage::Drawing {
            event: now,
            draw_by: now.saturating_add(T::Rules::get().judgement),
        }
    }

    /// Begins an inquiry, and says by which block it is over.
    fn begin_inquiry(job: JobId, mut questions: QuestionsOf<T>, inquiry: InquiryOf<T>) -> BlockNumber {
        questions.inquired = questions.inquired.saturating_add(1);
        let now = Self::now();
        Self::deposit_event(Event::InquiryBegun {
            job,
            about: inquiry.about.clone(),
        });
        let seeded = now.saturating_add(OUTPUTS).saturating_add(1);
        Self::ask(job, questions, Question::Inquiry(inquiry), seeded);
        // Time for the draw, and for the judgement.
        now.saturating_add(T::Rules::get().judgement.saturating_mul(2))
            .max(seeded)
    }

    /// Draws judges, or counts what they say.
    pub(crate) fn inquiry_due(job: JobId, questions: QuestionsOf<T>, inquiry: InquiryOf<T>) {
        match inquiry.stage {
            Stage::Drawing { event, draw_by } => Self::draw_due(job, questions, inquiry, (event, draw_by)),
            Stage::Judging(_) => Self::conclude(job, questions, inquiry),
        }
    }

    fn draw_due(
        job: JobId,
        questions: QuestionsOf<T>,
        mut inquiry: InquiryOf<T>,
        (event, draw_by): (BlockNumber, BlockNumber),
    ) {
        let now = Self::now();
        let subject = (job, questions.inquired).encode();
        let event = match T::Seeds::seed(JUDGES_DOMAIN, &subject, event, OUTPUTS) {
            SeedStatus::Ready(seed) => return Self::seat_judges(job, questions, inquiry, seed),
            SeedStatus::Pending => event,
            SeedStatus::Forgotten => now,
        };
        if now >= draw_by {
            return Self::conclude(job, questions, inquiry);
        }
        inquiry.stage = Stage::Drawing { event, draw_by };
        Self::ask(job, questions, Question::Inquiry(inquiry), now.saturating_add(1));
    }

    /// Gives the judges that `seed` draws their time. Without any, the inquiry is over.
    pub(crate) fn seat_judges(job: JobId, questions: QuestionsOf<T>, mut inquiry: InquiryOf<T>, seed: Seed) {
        let judges = Self::draw_judges(job, seed);
        if judges.is_empty() {
            return Self::conclude(job, questions, inquiry);
        }
        let judge_by = Self::now().saturating_add(T::Rules::get().judgement);
        let operators = judges.iter().map(|judge| judge.worker.operator.clone());
        Self::deposit_event(Event::JudgesDrawn {
            job,
            operators: BoundedVec::truncate_from(operators.collect()),
            judge_by,
        });
        inquiry.stage = Stage::Judging(BoundedVec::truncate_from(judges));
        Self::ask(
            job,
            questions,
            Question::Inquiry(inquiry),
            judge_by.saturating_add(1),
        );
    }

    /// As many judges as are sought, or fewer where there are not so many: always an odd number, if any.
    fn draw_judges(job: JobId, seed: Seed) -> Vec<JudgeOf<T>> {
        let Some(parties) = T::Jobs::judges(job) else {
            return Vec::new();
        };
        let (most, _) = Self::judges();
        let counts = (1..=most).rev().filter(|count| count % 2 == 1);
        let request = |seats| DrawRequest {
            requester: &parties.requester,
            operations: 0,
            price_cap: TfuelBalance::MAX,
            demands: &parties.demands,
            excluded: &parties.excluded,
            seats,
            first: FirstSeat::Anyone,
            least_workers: 0,
        };
        counts
            .map(|seats| T::Workers::draw(seed, &request(seats)))
            .find(|drawn| !drawn.is_empty())
            .unwrap_or_default()
            .into_iter()
            .map(|worker| Judge {
                worker,
                available: None,
            })
            .collect()
    }

    /// The inquiry with the judge's answer, when it would be taken now.
    pub(crate) fn check_judge(
        operator: &T::AccountId,
        job: JobId,
        available: bool,
    ) -> Result<(QuestionsOf<T>, InquiryOf<T>), Error<T>> {
        let mut questions = crate::QuestionsAbout::<T>::get(job).ok_or(Error::<T>::NotAsked)?;
        let Some(Question::Inquiry(mut inquiry)) = questions.open.take() else {
            return Err(Error::<T>::NotAsked);
        };
        let Stage::Judging(judges) = &mut inquiry.stage else {
            return Err(Error::<T>::NotAsked);
        };
        let judge = judges.iter_mut().find(|judge| judge.worker.operator == *operator);
        let judge = judge.ok_or(Error::<T>::NotJudge)?;
        ensure!(judge.available.is_none(), Error::<T>::AlreadyJudged);
        ensure!(Self::is_in_time(job), Error::<T>::TooLate);
        judge.available = Some(available);
        Ok((questions, inquiry))
    }

    pub(crate) fn do_judge(operator: T::AccountId, job: JobId, available: bool) -> DispatchResult {
        let (questions, inquiry) = Self::check_judge(&operator, job, available)?;
        Self::deposit_event(Event::Judged {
            job,
            operator,
            available,
        });
        let at = Self::due_at(job).unwrap_or_default();
        // The verdict cannot change any more.
        let at = match &inquiry.stage {
            Stage::Judging(judges) if verdict(judges).is_some() => Self::now().saturating_add(1),
            _ => at,
        };
        Self::ask(job, questions, Question::Inquiry(inquiry), at);
        Ok(())
    }

    /// Ends an inquiry with the verdict of its judges. Those who agree with it are paid by whoever was wrong.
    fn conclude(job: JobId, questions: QuestionsOf<T>, mut inquiry: InquiryOf<T>) {
        let (verdict, payees) = match &inquiry.stage {
            Stage::Judging(judges) => {
                let verdict = verdict(judges);
                let agreeing = judges
                    .iter()
                    .filter(|judge| verdict.is_some() && judge.available == verdict);
                (
                    verdict,
                    agreeing
                        .map(|judge| judge.worker.stash.clone())
                        .collect::<Vec<_>>(),
                )
            }
            Stage::Drawing { .. } => (None, Vec::new()),
        };
        Self::answered(job, questions);
        Self::deposit_event(Event::InquiryEnded {
            job,
            available: verdict,
        });
        if let Some(deposit) = &mut inquiry.deposit {
            payees
                .iter()
                .for_each(|stash| Self::pay(deposit, stash, inquiry.fee));
        }
        let (about, fee) = (inquiry.about.clone(), inquiry.fee);
        Self::dismiss(inquiry);
        match (about, verdict) {
            (About::Output(root), Some(false)) => {
                if T::Jobs::published(job).is_some_and(|published| published.output_root == root) {
                    T::Jobs::withhold(job);
                }
            }
            (About::Input { reporter, input, .. }, Some(false)) => {
                if T::Jobs::needed(job, &reporter, input).is_some() {
                    T::Jobs::unavailable(job, &payees, fee);
                }
            }
            (About::Input { reporter, .. }, Some(true)) => T::Jobs::charge(job, &reporter, &payees),
            (About::Output(_), Some(true)) | (_, None) => {}
        }
    }

    /// Gives back what an inquiry holds: the slots of its judges, and what is left of its deposit.
    pub(crate) fn dismiss(inquiry: InquiryOf<T>) {
        if let Stage::Judging(judges) = &inquiry.stage {
            for judge in judges {
                // Without a bond there is nobody to make whole.
                T::Workers::end_seat(&judge.worker, &judge.worker.stash, None, SeatEnd::Released);
            }
        }
        if let Some(deposit) = inquiry.deposit {
            Self::release(deposit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pallet_support::DrawnWorker;

    fn judges(said: &[Option<bool>]) -> Vec<Judge<u64, u64>> {
        said.iter()
            .map(|available| Judge {
                worker: DrawnWorker {
                    operator: 1,
                    stash: 1,
                    fee: 0,
                    bond: 0,
                    value: 0,
                },
                available: *available,
            })
            .collect()
    }

    #[test]
    fn more_than_three_quarters_of_all_judges_decide() {
        let (yes, no) = (Some(true), Some(false));
        assert_eq!(verdict(&judges(&[yes])), yes);
        assert_eq!(verdict(&judges(&[no, no, no])), no);
        assert_eq!(verdict(&judges(&[no, no, yes])), None);
        assert_eq!(verdict(&judges(&[yes, yes, no, yes, yes])), yes);
        assert_eq!(verdict(&judges(&[no, no, no, no, None])), no);
        assert_eq!(verdict(&judges(&[no, no, no, yes, None])), None);
        assert_eq!(verdict(&judges(&[None; 5])), None);
        assert_eq!(verdict(&judges(&[])), None);
    }
}
