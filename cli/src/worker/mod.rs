//! `edgeproof worker`: who offers to compute.

mod list;
mod show;

use crate::{
    context::Context,
    failure::Failure,
    format::{percent, tfuel},
    report::Report,
    table::{table, Align},
};
use edgeproof_client::Included;
use edgeproof_primitives::{Evidence, Label};
use serde_json::json;

#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// List the registered workers, the cheapest first
    List,
    /// Show a worker, its stake, and what is held of its slashes
    Show {
        /// Operator or stash: an address, a stored key, a key file or a development key [default: --key]
        account: Option<String>,
    },
    /// List the drivers that compute wrong: workers with them get no jobs
    Drivers,
    /// Take a worker out of the draw, signed by its operator or stash; what it holds goes on
    Pause,
    /// Bring a paused worker back into the draw, signed by its operator or stash
    Resume,
    /// Burn what was held of the slashes of a stash, as far as its time has come; free of fees
    BurnSlashed {
        /// The stash
        account: String,
    },
}

pub async fn run(command: Command, context: &Context) -> Result<Report, Failure> {
    match command {
        Command::List => list::run(context).await,
        Command::Show { account } => show::run(account.as_deref(), context).await,
        Command::Drivers => drivers(context).await,
        Command::Pause => {
            let client = context.client().await?;
            let paused = client.pause_worker(&context.signer()?).await?;
            Ok(done("paused: the worker gets no more jobs", &paused))
        }
        Command::Resume => {
            let client = context.client().await?;
            let resumed = client.resume_worker(&context.signer()?).await?;
            Ok(done("resumed: the worker can be drawn again", &resumed))
        }
        Command::BurnSlashed { account } => {
            let stash = context.account(Some(&account))?;
            let client = context.client().await?;
            let burned = client.burn_slashed(&context.signer()?, &stash).await?;
            Ok(done("burned what was due", &burned))
        }
    }
}

fn done(what: &str, included: &Included<()>) -> Report {
    let text = format!("{what}, in block {}; fee {}", included.block, tfuel(included.fee));
    Report::new(text, json!({ "block": included.block }))
}

async fn drivers(context: &Context) -> Result<Report, Failure> {
    let drivers = context.client().await?.best().await?.faulty_drivers().await?;
    let drivers: Vec<_> = drivers.iter().map(text).collect();
    let rows: Vec<_> = drivers.iter().map(|driver| vec![driver.clone()]).collect();
    let none = "no driver is known to compute wrong";
    Ok(Report::new(
        table(&[("driver", Align::Left)], &rows, none),
        json!(drivers),
    ))
}

fn text(label: &Label) -> String {
    String::from_utf8_lossy(label).into_owned()
}

/// A reputation score in percent, cut after one decimal.
fn score(evidence: &Evidence) -> String {
    percent(evidence.score() / 1_000 * 1_000)
}

#[cfg(test)]
mod testing {
    use edgeproof_client::{AccountId, WorkerInfo};
    use edgeproof_primitives::{Capability, Evidence, Region, UNIT};

    pub fn worker() -> WorkerInfo {
        WorkerInfo {
            stash: AccountId([1; 32]),
            operator: AccountId([2; 32]),
            capability: Capability {
                memory: 8 << 30,
                region: Region(*b"DE"),
                slots: 4,
                adapter: b"llvmpipe".to_vec().try_into().unwrap(),
                driver: b"Mesa 22".to_vec().try_into().unwrap(),
            },
            ask: UNIT,
            seats_held: 1,
            active: true,
            succeeded: 7,
            commit_missed: 1,
            reveal_missed: 2,
            refuted: 3,
            evidence: Evidence {
                successes: 5_250_000,
                failures: 1_000,
            },
        }
    }
}
