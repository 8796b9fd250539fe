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
    ClientError, JobState, View,
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
    let (program, root) = result(&state).ok_or_else(|| no_result(job, &state))?;
    let code = view.program_code(&program).await?.ok_or_else(|| {
        Failure::new(format!(
            "the chain has dropped the program {program} of job {job}"
        ))
        .next("take the output by its hash from the folder of blobs")
    })?;
    let lengths = Verified::from_bytes(&code)?.output_words();
    match fetch_outputs(store, &root, &lengths) {
        Err(ResultError::Blob(missing @ BlobError::Missing { .. })) => {
            let inline = view.inline_output(job).await?.ok_or_else(|| {
                Failure::from(missing).next("pass --blobs with the folder that the worker writes to")
            })?;
            Ok(vec![check_inline(inline, &root)?])
        }
        outputs => Ok(outputs?),
    }
}

/// What was computed and what came out of it, once that is public.
fn result(state: &JobState) -> Option<(ProgramId, BlobHash)> {
    match state {
        JobState::Ended(receipt) => Some((receipt.program, receipt.output_root?)),
        JobState::Live(job) => {
            let revealed = job.seats.iter().find_map(|seat| seat.revealed.as_ref())?;
            Some((job.spec.program, revealed.output_root))
        }
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
