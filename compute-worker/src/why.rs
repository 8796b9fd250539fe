use crate::WorkerError;
use edgeproof_client::{amount, clause_words, AccountId, View};
use edgeproof_primitives::{Clause, TfuelBalance, Verdict, WhyNot};

/// Why the worker of an operator key has no seat of the live jobs, the newest first and at most `limit`, one line for each;
/// then what its operator can do about the most frequent reason. The chain keeps no draws: each line is what the draw would
/// say of the worker now.
///
/// # Errors
/// The key serves no worker, or the chain does not answer.
pub async fn why_not(view: &View, operator: &AccountId, limit: u32) -> Result<Vec<String>, WorkerError> {
    let worker = view.worker(operator).await?;
    if worker.is_none() {
        return Err(WorkerError::Unregistered(*operator));
    }
    Ok(lines(&view.why_not(operator, limit).await?))
}

fn lines(jobs: &[WhyNot]) -> Vec<String> {
    if jobs.is_empty() {
        return vec!["no job is alive; see `edgeproof job list`".into()];
    }
    let told = jobs
        .iter()
        .map(|why| format!("job {:<6} {}", why.job, reason(why)));
    told.chain(most_frequent(jobs).map(|clause| format!("next: {}", advice(clause))))
        .collect()
}

fn reason(why: &WhyNot) -> String {
    match (why.verdict, why.drawn_at) {
        (Verdict::Seated, _) => "is computed by the worker".into(),
        (Verdict::Excluded(clause), _) => excluded(clause, why),
        (Verdict::Fits, None) => "the worker fits; nobody has been drawn yet".into(),
        (Verdict::Fits, Some(at)) => match why.dearer_by() {
            Some(difference) => format!(
                "the worker fits; drawn in block {at}, where the first seat went for {} less",
                tfuel(difference)
            ),
            None => format!(
                "the worker fits; drawn in block {at}, when it was not in the sample of 8 or did not fit"
            ),
        },
    }
}

fn excluded(clause: Clause, why: &WhyNot) -> String {
    let words = clause_words(clause);
    match (clause, why.fee) {
        (Clause::TooDear, Some(fee)) => format!(
            "the worker {words}: {} where {} is the most",
            tfuel(fee),
            tfuel(why.price_cap)
        ),
        _ => match why.dearer_by() {
            Some(difference) => format!(
                "the worker {words}; it also asks {} more than whoever got the first seat",
                tfuel(difference)
            ),
            None => format!("the worker {words}"),
        },
    }
}

/// The clause that excludes from most of the jobs; the earlier one of two that exclude from as many.
fn most_frequent(jobs: &[WhyNot]) -> Option<Clause> {
    let count = |clause: &Clause| {
        jobs.iter()
            .filter(|why| why.verdict == Verdict::Excluded(*clause))
            .count()
    };
    Clause::ALL
        .into_iter()
        .rev()
        .filter(|clause| count(clause) > 0)
        .max_by_key(count)
}

fn advice(clause: Clause) -> &'static str {
    match clause {
        Clause::Paused => "run `edgeproof worker resume`",
        Clause::StakeBelowMinimum | Clause::BondNotAvailable => {
            "bond more with `compute-worker register --stake`, or wait until its jobs have settled"
        }
        Clause::FaultyDriver => {
            "update the driver or choose another adapter, and run `compute-worker register` with it"
        }
        Clause::NoFreeSlot => "wait until a job ends, or offer more with `compute-worker register --slots`",
        Clause::Memory => "offer more with `compute-worker register --memory`, when the adapter has more",
        Clause::Region => "nothing: other jobs allow the region",
        Clause::Reputation => "finish more jobs without a miss: every good one raises its score",
        Clause::TooDear => "ask for less with `compute-worker register --ask`",
        Clause::OwnJob => "nothing: nobody computes for himself",
        Clause::Excluded => "nothing: whoever fails a job is not drawn for it again",
    }
}

fn tfuel(planck: TfuelBalance) -> String {
    format!("{} TFUEL", amount::format(planck))
}

#[cfg(test)]
mod tests {
    use super::*;
    use edgeproof_primitives::UNIT;

    fn why(verdict: Verdict, drawn_at: Option<u32>, fee: u128) -> WhyNot {
        WhyNot {
            job: 7,
            drawn_at,
            fee: Some(fee * UNIT),
            first_fee: drawn_at.map(|_| 3 * UNIT),
            price_cap: 5 * UNIT,
            verdict,
        }
    }

    fn excluded(clause: Clause) -> WhyNot {
        why(Verdict::Excluded(clause), None, 3)
    }

    #[test]
    fn each_job_says_what_kept_the_worker_from_it() {
        for (why, expected) in [
            (why(Verdict::Seated, Some(4), 3), "is computed by the worker"),
            (why(Verdict::Fits, None, 3), "nobody has been drawn yet"),
            (why(Verdict::Fits, Some(4), 3), "not in the sample of 8"),
            (
                why(Verdict::Fits, Some(4), 4),
                "the first seat went for 1 TFUEL less",
            ),
            (
                why(Verdict::Excluded(Clause::TooDear), Some(4), 6),
                "6 TFUEL where 5 TFUEL is the most",
            ),
            (
                why(Verdict::Excluded(Clause::Memory), Some(4), 4),
                "has too little memory; it also asks 1 TFUEL more",
            ),
            (excluded(Clause::Region), "the worker is in another region"),
        ] {
            let line = reason(&why);
            assert!(line.contains(expected), "{line}");
        }
    }

    #[test]
    fn the_most_frequent_reason_comes_with_advice() {
        let jobs = [
            excluded(Clause::TooDear),
            excluded(Clause::Memory),
            excluded(Clause::TooDear),
        ];
        let lines = lines(&jobs);
        assert_eq!(lines.len(), 4);
        assert_eq!(
            lines[3],
            "next: ask for less with `compute-worker register --ask`"
        );
        assert_eq!(
            most_frequent(&jobs[..2]),
            Some(Clause::Memory),
            "asked before the price"
        );
        assert_eq!(most_frequent(&[why(Verdict::Fits, None, 1)]), None);
    }

    #[test]
    fn no_job_at_all_is_said() {
        assert_eq!(lines(&[]), ["no job is alive; see `edgeproof job list`"]);
    }
}
