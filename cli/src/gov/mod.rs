//! `edgeproof gov`: referenda in which THETA votes.

mod collect;
mod describe;
mod propose;
mod rules;
mod status;
mod vote;

use crate::{
    context::Context,
    failure::Failure,
    format::{exact, tfuel},
    report::Report,
};
use edgeproof_client::{Included, ReferendumIndex};
use serde_json::json;

#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Submit a referendum, and place the deposits that it needs
    #[command(subcommand)]
    Propose(propose::Command),
    /// Place the deposit that a referendum needs to be decided
    Deposit {
        /// Number of the referendum
        referendum: ReferendumIndex,
    },
    /// Vote on a referendum with THETA, bonded or not; a new vote replaces the old one
    Vote(vote::Args),
    /// Take a vote back
    Unvote {
        /// Number of the referendum
        referendum: ReferendumIndex,
    },
    /// List referenda, or show one
    Status(status::Args),
    /// List the values that referenda can change
    Rules,
    /// Take back what is over: deposits, locked THETA, and what the treasury owes
    Collect,
}

pub async fn run(command: Command, context: &Context) -> Result<Report, Failure> {
    match command {
        Command::Propose(command) => propose::run(command, context).await,
        Command::Deposit { referendum } => {
            let client = context.client().await?;
            let placed = client
                .place_decision_deposit(&context.signer()?, referendum)
                .await?;
            Ok(done("the deposit is placed", &placed))
        }
        Command::Vote(args) => vote::run(args, context).await,
        Command::Unvote { referendum } => vote::take_back(referendum, context).await,
        Command::Status(args) => status::run(args, context).await,
        Command::Rules => rules::run(context).await,
        Command::Collect => collect::run(context).await,
    }
}

fn done(what: &str, included: &Included<()>) -> Report {
    Report::new(
        format!("{what}, in block {}; fee {}", included.block, tfuel(included.fee)),
        json!({ "block": included.block, "fee": exact(included.fee) }),
    )
}

fn no_referendum(referendum: ReferendumIndex) -> Failure {
    Failure::new(format!("there is no referendum {referendum}")).next("see `edgeproof gov status`")
}
