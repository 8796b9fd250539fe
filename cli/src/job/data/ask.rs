//! What the chain would refuse to ask is refused here, before anything is paid.

use super::{
    end::Asked,
    question::{self, chunk_name},
};
use crate::{
    failure::Failure,
    format::{count, tfuel},
};
use edgeproof_client::{AccountId, DataQuestion, JobInfo, JobPhase, JobState};
use edgeproof_primitives::{BlockNumber, JobId, TfuelBalance};

/// Bytes of a chunk.
const CHUNK_BYTES: u64 = 1_024;

/// The job, when `who` may ask for its result in the block after `now`.
pub fn askable<'a>(
    id: JobId,
    state: &'a JobState,
    who: &AccountId,
    now: BlockNumber,
) -> Result<&'a JobInfo, Failure> {
    let watch = format!("wait for it with `edgeproof job watch {id}`");
    let job = match state {
        JobState::Live(job) => job,
        JobState::Ended(receipt) => {
            return Err(Failure::new(format!(
                "job {id} has ended ({:?}): its result cannot be demanded any more",
                receipt.outcome
            ))
            .next(format!("see `edgeproof job show {id}`")))
        }
    };
    if job.requester != *who {
        return Err(Failure::new(format!(
            "only the requester may ask for the result of job {id}, and that is {}",
            job.requester
        ))
        .next("pass --key with the key that posted the job"));
    }
    if job.inline_bytes.is_some() {
        return Err(
            Failure::new(format!("the output of job {id} is on the chain already"))
                .next(format!("write it to a file with `edgeproof job fetch {id}`")),
        );
    }
    match job.phase {
        JobPhase::Revealed { settles_at } if now.saturating_add(1) < settles_at => Ok(job),
        JobPhase::Revealed { .. } => Err(Failure::new(format!(
            "too late: the window of job {id} is over, and its result cannot be demanded any more"
        ))
        .next(format!("see how it ends with `edgeproof job watch {id}`"))),
        JobPhase::Disputed { .. } => Err(Failure::new(format!(
            "the result of job {id} is disputed: whoever does not answer loses the dispute"
        ))
        .next(watch)),
        _ => Err(Failure::new(format!("job {id} has no result yet: {}", state.name())).next(watch)),
    }
}

/// Whether just this is asked already. Only one question about a job is open at a time.
pub fn is_asked(id: JobId, open: Option<&DataQuestion>, asked: &Asked) -> Result<bool, Failure> {
    match open {
        None => Ok(false),
        Some(open) if asked.is(open) => Ok(true),
        Some(open) => Err(Failure::new(format!(
            "another question about job {id} is open: {}",
            question::line(open)
        ))
        .next(format!("wait for its answer with `edgeproof job watch {id}`"))),
    }
}

/// Refuses a chunk that outputs of these lengths, in bytes, do not have.
pub fn check_chunk(id: JobId, outputs: &[u64], output: u8, chunk: u32) -> Result<(), Failure> {
    let Some(bytes) = outputs.get(usize::from(output)) else {
        let what = format!("job {id} has no output {output}: it has {}", outputs.len());
        return Err(Failure::usage(what).next("pass --output, counted from 0"));
    };
    let chunks = bytes.div_ceil(CHUNK_BYTES);
    if u64::from(chunk) < chunks {
        return Ok(());
    }
    let what = format!(
        "job {id} has no {}: it has {} of 1,024 bytes",
        chunk_name(output, chunk),
        count(chunks)
    );
    Err(Failure::usage(what).next("pass --chunk, counted from 0"))
}

/// Refuses to hold what the account does not have, in planck of TFUEL.
pub fn check_funds(who: &AccountId, held: TfuelBalance, free: TfuelBalance) -> Result<(), Failure> {
    if free >= held {
        return Ok(());
    }
    let what = format!(
        "{} are held for an answer and {who} has {}",
        tfuel(held),
        tfuel(free)
    );
    Err(Failure::new(what).next("see `edgeproof balance` and give the account more TFUEL"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ended, job, live, ME};
    use super::*;
    use edgeproof_client::{DataAsked, DataSubject};
    use edgeproof_primitives::{BlobHash, Outcome, Reason, UNIT};

    const REVEALED: JobPhase = JobPhase::Revealed { settles_at: 60 };

    #[test]
    fn a_requester_asks_as_long_as_the_window_is_open() {
        assert!(askable(3, &live(REVEALED), &ME, 58).is_ok(), "counts in block 59");
        let late = askable(3, &live(REVEALED), &ME, 59).unwrap_err();
        assert!(late.to_string().contains("the window of job 3 is over"), "{late}");
    }

    #[test]
    fn what_cannot_be_asked_for_is_refused_with_the_next_step() {
        let mut inline = job(REVEALED);
        inline.inline_bytes = Some(8);
        let inline = JobState::Live(Box::new(inline));
        for (state, who, what, next) in [
            (
                live(REVEALED),
                AccountId([1; 32]),
                "only the requester",
                "the key that posted the job",
            ),
            (inline, ME, "on the chain already", "edgeproof job fetch 3"),
            (
                live(JobPhase::Disputed { window_ends: 60 }),
                ME,
                "is disputed",
                "edgeproof job watch 3",
            ),
            (
                live(JobPhase::Assigned { commit_by: 60 }),
                ME,
                "no result yet: Assigned",
                "edgeproof job watch 3",
            ),
            (
                ended(Outcome::Succeeded, Reason::WindowPassed),
                ME,
                "has ended (Succeeded)",
                "edgeproof job show 3",
            ),
        ] {
            let refusal = askable(3, &state, &who, 10).unwrap_err().to_string();
            assert!(refusal.contains(what) && refusal.contains(next), "{refusal}");
        }
    }

    #[test]
    fn what_is_asked_already_is_not_paid_again() {
        let asked = Asked::Chunk { output: 0, chunk: 2 };
        let open = |asked| DataQuestion {
            job: 3,
            asked,
            answer_by: 40,
        };
        let same = open(DataAsked::Chunk {
            output_root: BlobHash([7; 32]),
            output: 0,
            chunk: 2,
        });
        let other = open(DataAsked::Judgement {
            about: DataSubject::Input(0),
            judges: Vec::new(),
        });
        assert_eq!(is_asked(3, None, &asked), Ok(false));
        assert_eq!(is_asked(3, Some(&same), &asked), Ok(true));
        let refusal = is_asked(3, Some(&other), &asked).unwrap_err().to_string();
        assert!(
            refusal.contains("judges will be drawn") && refusal.contains("edgeproof job watch 3"),
            "{refusal}"
        );
    }

    #[test]
    fn chunks_are_counted_from_nothing() {
        let outputs = [1_025, 4];
        assert!(check_chunk(3, &outputs, 0, 1).is_ok());
        assert!(check_chunk(3, &outputs, 1, 0).is_ok());
        for (output, chunk, expected) in [
            (
                0,
                2,
                "job 3 has no chunk 2 of output 0: it has 2 of 1,024 bytes\n  next: pass --chunk",
            ),
            (2, 0, "job 3 has no output 2: it has 2\n  next: pass --output"),
        ] {
            let refusal = check_chunk(3, &outputs, output, chunk).unwrap_err();
            assert!(refusal.to_string().contains(expected), "{refusal}");
            assert_eq!(refusal.code(), 2);
        }
    }

    #[test]
    fn what_cannot_be_held_is_refused_before_it_is_sent() {
        assert!(check_funds(&ME, UNIT, UNIT).is_ok());
        let poor = check_funds(&ME, UNIT, UNIT / 2).unwrap_err().to_string();
        assert!(
            poor.contains("1 TFUEL") && poor.contains("0.5 TFUEL") && poor.contains("edgeproof balance"),
            "{poor}"
        );
    }
}
