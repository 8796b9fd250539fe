//! The arguments that describe a job: the same to quote it and to post it.

use super::{assurance::Wanted, post::Order};
use crate::{
    failure::Failure,
    format::{parse_bytes, parse_tfuel},
    program,
};
use edgeproof_client::Client;
use edgeproof_primitives::{BlobRef, BlockNumber, ProgramId, Region, TfuelBalance};
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
