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
use edgeproof_primitives::{BlobHash, JobId, ProgramId};
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
    published(view, store, job, &root, &lengths).await
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
) -> Result<Vec<Vec<u8>>, Failure> {
    match fetch_outputs(store, root, output_words) {
        Err(ResultError::Blob(missing @ BlobError::Missing { .. })) => {
            let inline = view.inline_output(job).await?.ok_or_else(|| {
                Failure::from(missing).next("pass --blobs with the folder that the worker writes to")
            })?;
            Ok(vec![check_inline(inline, root)?])
        }
        outputs => Ok(outputs?),
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
