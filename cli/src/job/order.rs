//! The arguments that describe a job: the same to quote it and to post it.

use super::{assurance::Wanted, post::Order};
use crate::{
    failure::Failure,
    format::{parse_bytes, parse_percent, parse_tfuel, percent},
    program,
};
use edgeproof_client::Client;
use edgeproof_primitives::{BlobRef, BlockNumber, ProgramId, Region, TfuelBalance, MAX_SCORE};
use std::path::{Path, PathBuf};

#[derive(clap::Args, Debug)]
pub struct JobArgs {
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
}

impl JobArgs {
    /// The program's bytes, from a file or from the chain.
    pub async fn code(&self, client: &Client) -> Result<Vec<u8>, Failure> {
        let path = Path::new(&self.program);
        match self.program.parse::<ProgramId>() {
            Ok(id) if !path.exists() => client.best().await?.program_code(&id).await?.ok_or_else(|| {
                Failure::new(format!("the chain has no program {id}"))
                    .next("give the program's file; it is registered with the job")
            }),
            _ => program::read(path),
        }
    }

    /// The job, with each input file as `blob` names it.
    pub fn order(self, blob: impl Fn(&Path) -> Result<BlobRef, Failure>) -> Result<Order, Failure> {
        Ok(Order {
            inputs: self
                .inputs
                .iter()
                .map(|file| blob(file))
                .collect::<Result<_, _>>()?,
            params: self.params,
            assurance: self.assurance,
            price_cap: self.cap,
            memory: self.memory,
            regions: self.regions,
            reputation: self.reputation,
            draw: self.draw_within,
            execution: self.execute_within,
            inline: self.inline,
        })
    }
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
