//! `edgeproof job submit`.

use super::{
    describe, follow,
    order::JobArgs,
    post::{post, Posted},
};
use crate::{
    context::Context,
    failure::{At, Failure},
    format::{exact, tfuel},
    report::Report,
};
use edgeproof_client::blobs::BlobStore;
use serde_json::json;

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    order: JobArgs,
    /// Show each state until the job has ended
    #[arg(long, short)]
    wait: bool,
}

pub async fn run(args: Args, context: &Context) -> Result<Report, Failure> {
    let client = context.client().await?;
    let code = args.order.code(&client).await?;
    let signer = context.signer()?;
    let blobs = context.blobs()?;
    let order = args.order.order(|file| blobs.put_file(file).at(file.display()))?;
    let Posted { included, cost } = post(&client, &signer, &code, order).await?;
    let job = included.value;
    if args.wait {
        return Ok(describe::end_report(
            &follow::follow(&client, job, context.json).await?.receipt,
        ));
    }
    let text = format!(
        "job {job} posted in block {}, fee {}\n{cost}\n`edgeproof job watch {job}` shows how it goes on",
        included.block,
        tfuel(included.fee)
    );
    let mut value = json!({ "job": job, "block": included.block, "fee": exact(included.fee) });
    value["cost"] = cost.value();
    Ok(Report::new(text, value))
}
