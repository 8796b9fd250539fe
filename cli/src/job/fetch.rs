//! `edgeproof job fetch`: from the result that the chain names to files.

use crate::{
    context::Context,
    failure::{At, Failure},
    format::bytes,
    report::Report,
    table::{table, Align},
};
use edgeproof_client::{
    blobs::{BlobError, BlobStore},
    result::{check_inline, fetch_outputs, ResultError},
    ClientError, JobPhase, JobState, View,
};
use edgeproof_kernel::Verified;
use edgeproof_primitives::{BlobHash, BlockNumber, JobId, ProgramId};
use serde_json::json;
use std::{fs, path::PathBuf};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Number of the job
    job: JobId,
    /// Folder to write to
    #[arg(long, default_value = ".", value_name = "DIR")]
    out: PathBuf,
}

pub async fn run(args: Args, context: &Context) -> Result<Report, Failure> {
    let view = context.client().await?.best().await?;
    let outputs = outputs(&view, &context.blobs()?, args.job).await?;
    fs::create_dir_all(&args.out).at(args.out.display())?;
    let mut files = Vec::with_capacity(outputs.len());
    for (number, output) in outputs.iter().enumerate() {
        let file = args.out.join(format!("job-{}-output-{number}.bin", args.job));
        fs::write(&file, output).at(file.display())?;
        files.push((file, output.len() as u64));
    }
    let rows: Vec<_> = files
        .iter()
        .map(|(file, length)| vec![file.display().to_string(), bytes(*length)])
        .collect();
    let values: Vec<_> = files
        .iter()
        .map(|(file, length)| json!({ "file": file, "bytes": length }))
        .collect();
    let text = table(
        &[("file", Align::Left), ("size", Align::Right)],
        &rows,
        "no outputs",
    );
    Ok(Report::new(text, json!({ "job": args.job, "outputs": values })))
}

/// The outputs of a job, every byte checked against the root on chain. From the folder of blobs, or from the
/// chain when the job asked for its output inline.
pub async fn outputs(view: &View, store: &dyn BlobStore, job: JobId) -> Result<Vec<Vec<u8>>, Failure> {
    let state = view.job(job).await?.ok_or(ClientError::UnknownJob(job))?;
    let (program, root) = result(job, &state)?;
    let lengths = self::program(view, job, &program).await?.output_words();
    let fetched = published(view, store, job, &root, &lengths).await;
    fetched.map_err(|error| not_fetched(job, &state, error, view.number()))
}

/// The program of a job.
pub async fn program(view: &View, job: JobId, id: &ProgramId) -> Result<Verified, Failure> {
    let code = view.program_code(id).await?.ok_or_else(|| {
        Failure::new(format!("the chain has dropped the program {id} of job {job}"))
            .next("take the output by its hash from the folder of blobs")
    })?;
    Ok(Verified::from_bytes(&code)?)
}

/// The outputs, of these lengths in words, that a result of a job consists of.
pub async fn published(
    view: &View,
    store: &dyn BlobStore,
    job: JobId,
    root: &BlobHash,
    output_words: &[u32],
) -> Result<Vec<Vec<u8>>, ClientError> {
    match fetch_outputs(store, root, output_words) {
        Err(ResultError::Blob(missing @ BlobError::Missing { .. })) => match view.inline_output(job).await? {
            Some(inline) => Ok(vec![check_inline(inline, root)?]),
            None => Err(ResultError::from(missing).into()),
        },
        outputs => Ok(outputs?),
    }
}

/// Why the outputs of a job in this state were not fetched, and what helps after block `now`.
fn not_fetched(id: JobId, state: &JobState, error: ClientError, now: BlockNumber) -> Failure {
    let ClientError::Result(ResultError::Blob(blob)) = &error else {
        return error.into();
    };
    let is_missing = matches!(blob, BlobError::Missing { .. });
    let is_damaged = matches!(blob, BlobError::WrongLength { .. } | BlobError::WrongHash { .. });
    let look = if is_missing {
        "pass --blobs with the folder that the worker writes to"
    } else {
        "delete the damaged file and fetch again"
    };
    let may_demand = match state {
        JobState::Live(job) => match job.phase {
            JobPhase::Revealed { settles_at } => {
                job.inline_bytes.is_none() && now.saturating_add(1) < settles_at
            }
            _ => false,
        },
        JobState::Ended(_) => false,
    };
    match (is_missing || is_damaged, may_demand) {
        (false, _) => error.into(),
        (true, false) => Failure::from(error).next(look),
        (true, true) => Failure::from(error).next(format!(
            "{look}; if it is withheld, `edgeproof job demand {id}` forces it onto the chain"
        )),
    }
}

/// What was computed and what came out of it, once that is public and nobody disagrees.
fn result(id: JobId, state: &JobState) -> Result<(ProgramId, BlobHash), Failure> {
    let (program, results) = match state {
        JobState::Ended(receipt) => (receipt.program, receipt.output_root.into_iter().collect()),
        JobState::Live(job) if matches!(job.phase, JobPhase::Disputed { .. }) => {
            return Err(Failure::new(format!("the result of job {id} is disputed"))
                .next(format!("wait for it with `edgeproof job watch {id}`")))
        }
        JobState::Live(job) => (job.spec.program, job.results()),
    };
    // Before everybody has revealed, there may be several.
    match results[..] {
        [root] => Ok((program, root)),
        _ => Err(no_result(id, state)),
    }
}

fn no_result(job: JobId, state: &JobState) -> Failure {
    let failure = Failure::new(format!("job {job} has no result: {}", state.name()));
    match state {
        JobState::Live(_) => failure.next(format!("wait for it with `edgeproof job watch {job}`")),
        JobState::Ended(_) => failure.next(format!(
            "see why with `edgeproof job show {job}` and post it again"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::data::testing::{ended, job, live};
    use edgeproof_primitives::{Outcome, Reason};

    const REVEALED: JobPhase = JobPhase::Revealed { settles_at: 60 };

    fn missing() -> ClientError {
        let missing = BlobError::Missing {
            hash: BlobHash([7; 32]),
            place: "/blobs".into(),
        };
        ResultError::from(missing).into()
    }

    fn told(state: &JobState, error: ClientError, now: BlockNumber) -> String {
        not_fetched(3, state, error, now).to_string()
    }

    #[test]
    fn what_is_missing_while_the_window_is_open_can_be_demanded() {
        let failure = told(&live(REVEALED), missing(), 58);
        assert!(
            failure.contains("is not in /blobs")
                && failure.contains("--blobs")
                && failure.contains("`edgeproof job demand 3`"),
            "{failure}"
        );
        let damaged = BlobError::WrongHash {
            expected: BlobHash([7; 32]),
            found: BlobHash([8; 32]),
            place: "/blobs".into(),
        };
        let damaged = told(&live(REVEALED), ResultError::from(damaged).into(), 58);
        assert!(
            damaged.contains("delete the damaged file") && damaged.contains("job demand 3"),
            "{damaged}"
        );
    }

    #[test]
    fn nothing_is_demanded_where_the_chain_would_refuse_it() {
        let mut inline = job(REVEALED);
        inline.inline_bytes = Some(8);
        for (state, now) in [
            (live(REVEALED), 59),
            (live(JobPhase::Disputed { window_ends: 60 }), 10),
            (JobState::Live(Box::new(inline)), 10),
            (ended(Outcome::Succeeded, Reason::WindowPassed), 10),
        ] {
            let failure = told(&state, missing(), now);
            assert!(
                failure.contains("--blobs") && !failure.contains("demand"),
                "{failure}"
            );
        }
        let other = told(&live(REVEALED), ClientError::Node("busy".into()), 10);
        assert!(other.contains("busy") && !other.contains("demand"), "{other}");
    }
}
