//! `edgeproof job submit`.

use super::{
    assurance::Wanted,
    describe, follow,
    post::{post, Order, Posted},
};
use crate::{
    context::Context,
    failure::{At, Failure},
    format::{exact, parse_bytes, parse_percent, parse_tfuel, percent, tfuel},
    program,
    report::Report,
};
use edgeproof_client::{blobs::BlobStore, Client};
use edgeproof_primitives::{BlobRef, BlockNumber, ProgramId, Region, TfuelBalance, MAX_SCORE};
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Program: a file of `edgeproof program build`, or the id of a registered one
    program: String,
    /// File of an input buffer; once for each, in the program's order
    #[arg(long = "input", short, value_name = "FILE")]
    inputs: Vec<PathBuf>,
    /// Parameter word; once for each, in the program's order
    #[arg(long = "param", short, value_name = "WORD")]
    params: Vec<u32>,
    #[command(flatten)]
    assurance: Wanted,
    /// The most that each worker may cost, for instance `1.5 TFUEL`; a possible auditor counts as one
    #[arg(long, value_name = "AMOUNT", value_parser = parse_tfuel)]
    cap: Option<TfuelBalance>,
    /// Device memory to ask for, for instance `2 GiB` [default: what the program needs]
    #[arg(long, value_name = "SIZE", value_parser = parse_bytes, default_value = "0", hide_default_value = true)]
    memory: u64,
    /// Country where the job may run, for instance DE; once for each [default: anywhere]
    #[arg(long = "region", value_name = "CODE", value_parser = parse_region)]
    regions: Vec<Region>,
    /// Least reputation score of each worker in percent, for instance 80; an unknown worker has 50 [default: any]
    #[arg(long, value_name = "PERCENT", value_parser = parse_score, default_value = "0", hide_default_value = true)]
    reputation: u32,
    /// Blocks until a worker must have been drawn [default: 100]
    #[arg(long, value_name = "BLOCKS")]
    draw_within: Option<BlockNumber>,
    /// Blocks from the draw to the answer [default: by the program's operations]
    #[arg(long, value_name = "BLOCKS")]
    execute_within: Option<BlockNumber>,
    /// Ask for the output on chain, at most 64 KiB
    #[arg(long)]
    inline: bool,
    /// Show each state until the job has ended
    #[arg(long, short)]
    wait: bool,
}

pub async fn run(args: Args, context: &Context) -> Result<Report, Failure> {
    let client = context.client().await?;
    let code = code(&client, &args.program).await?;
    let signer = context.signer()?;
    let order = Order {
        inputs: store(&context.blobs()?, &args.inputs)?,
        params: args.params,
        assurance: args.assurance,
        price_cap: args.cap,
        memory: args.memory,
        regions: args.regions,
        reputation: args.reputation,
        draw: args.draw_within,
        execution: args.execute_within,
        inline: args.inline,
    };
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

/// The program's bytes, from a file or from the chain.
async fn code(client: &Client, program: &str) -> Result<Vec<u8>, Failure> {
    let path = Path::new(program);
    match program.parse::<ProgramId>() {
        Ok(id) if !path.exists() => client.best().await?.program_code(&id).await?.ok_or_else(|| {
            Failure::new(format!("the chain has no program {id}"))
                .next("give the program's file; it is registered with the job")
        }),
        _ => program::read(path),
    }
}

fn store(blobs: &dyn BlobStore, files: &[PathBuf]) -> Result<Vec<BlobRef>, Failure> {
    files
        .iter()
        .map(|file| blobs.put_file(file).at(file.display()))
        .collect()
}

fn parse_region(code: &str) -> Result<Region, String> {
    Region::new(&code.to_ascii_uppercase())
        .ok_or_else(|| format!("`{code}` is no country: write two letters of ISO 3166-1, as in `DE`"))
}

/// Reads a reputation score, as parts per million.
fn parse_score(text: &str) -> Result<u32, String> {
    let score = parse_percent(text)?;
    if score > MAX_SCORE {
        return Err(format!("no worker can have more than {}", percent(MAX_SCORE)));
    }
    Ok(score)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_that_nobody_can_reach_is_refused_before_anything_is_paid() {
        assert_eq!(parse_score("80"), Ok(800_000));
        assert_eq!(parse_score("99.0196"), Ok(MAX_SCORE));
        assert!(parse_score("99.0197").unwrap_err().contains("99.0196 %"));
        assert!(parse_score("much").is_err());
    }
}
