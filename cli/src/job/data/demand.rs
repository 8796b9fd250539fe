//! `edgeproof job demand`: a chunk of a withheld result, forced onto the chain.

use super::{
    ask::{askable, check_chunk, check_funds, is_asked},
    end::{Asked, End},
    question::chunk_name,
    wait::Wait,
};
use crate::{
    confirm::confirm,
    context::Context,
    failure::{At, Failure},
    format::{bytes, exact, tfuel, theta},
    job::{describe, fetch},
    progress::Progress,
    report::Report,
};
use edgeproof_client::{blobs::BlobStore, Client, ClientError, JobInfo, Rules, View};
use edgeproof_primitives::{BlockNumber, JobId, TfuelBalance};
use serde_json::{json, Value};
use std::{
    fs,
    path::{Path, PathBuf},
};

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Number of the job
    job: JobId,
    /// Which output of the program, from 0
    #[arg(long, value_name = "N", default_value_t = 0)]
    output: u8,
    /// Which 1,024 bytes of it, from 0
    #[arg(long, value_name = "N", default_value_t = 0)]
    chunk: u32,
    /// File to write the chunk to [default: job-ID-output-N-chunk-N.bin, unless the whole output can be fetched by then]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Hold the fee without asking
    #[arg(long, short)]
    yes: bool,
}

impl Args {
    fn asked(&self) -> Asked {
        Asked::Chunk {
            output: self.output,
            chunk: self.chunk,
        }
    }

    fn name(&self) -> String {
        chunk_name(self.output, self.chunk)
    }

    /// This command once more.
    fn again(&self) -> String {
        let mut command = format!("edgeproof job demand {}", self.job);
        if self.output > 0 {
            command.push_str(&format!(" --output {}", self.output));
        }
        if self.chunk > 0 {
            command.push_str(&format!(" --chunk {}", self.chunk));
        }
        command
    }

    fn default_file(&self) -> PathBuf {
        format!("job-{}-output-{}-chunk-{}.bin", self.job, self.output, self.chunk).into()
    }
}

pub async fn run(args: Args, context: &Context) -> Result<Report, Failure> {
    args.out.as_deref().map_or(Ok(()), check_folder)?;
    let client = context.client().await?;
    let view = client.best().await?;
    let rules = view.rules().await?;
    let open = view.data_question(args.job).await?;
    let since = if is_asked(args.job, open.as_ref(), &args.asked())? {
        view.number()
    } else {
        demand(&client, &view, &rules, &args, context).await?
    };
    let again = args.again();
    let wait = Wait::new(client, args.job, args.asked(), since, again, context.json);
    let ended = wait.wait().await?;
    let saved = match &ended.end {
        End::Served { bytes, .. } => save(&args, &ended.view, &context.blobs()?, bytes).await?,
        _ => None,
    };
    Ok(report(
        &args,
        &ended.end,
        ended.view.number(),
        rules.chunk_fee,
        saved,
    ))
}

/// Says what it costs, sends the demand, and returns its block.
async fn demand(
    client: &Client,
    view: &View,
    rules: &Rules,
    args: &Args,
    context: &Context,
) -> Result<BlockNumber, Failure> {
    let signer = context.signer()?;
    let me = signer.account();
    let state = view
        .job(args.job)
        .await?
        .ok_or(ClientError::UnknownJob(args.job))?;
    let job = askable(args.job, &state, &me, view.number())?;
    check_output(view, args, job).await?;
    check_funds(&me, rules.chunk_fee, view.balances(&me).await?.tfuel.free)?;
    confirm(&cost(args, rules), args.yes)?;
    let progress = Progress::start();
    progress.waiting(format!("demanding {}", args.name()));
    let included = client
        .demand_chunk(&signer, args.job, args.output, args.chunk)
        .await?;
    progress.done(format!(
        "block {:>6}  {} is demanded; fee {}",
        included.block,
        args.name(),
        tfuel(included.fee)
    ));
    Ok(included.block)
}

async fn check_output(view: &View, args: &Args, job: &JobInfo) -> Result<(), Failure> {
    match view.program(&job.spec.program).await? {
        Some(program) => check_chunk(args.job, &program.outputs, args.output, args.chunk),
        None => Ok(()),
    }
}

/// What the demand costs, before it is made.
fn cost(args: &Args, rules: &Rules) -> String {
    format!(
        "demanding {} of job {} holds {}, which whoever shows it within {} blocks earns; it comes back when nobody does",
        args.name(),
        args.job,
        tfuel(rules.chunk_fee),
        rules.answer
    )
}

/// Writes the chunk to a file, unless none was named and the whole output is at hand by now.
async fn save(
    args: &Args,
    view: &View,
    store: &dyn BlobStore,
    bytes: &[u8],
) -> Result<Option<PathBuf>, Failure> {
    let file = match &args.out {
        Some(file) => file.clone(),
        None if fetch::outputs(view, store, args.job).await.is_ok() => return Ok(None),
        None => args.default_file(),
    };
    fs::write(&file, bytes).at(file.display())?;
    Ok(Some(file))
}

/// Refuses a file that cannot be written because there is no such folder.
fn check_folder(file: &Path) -> Result<(), Failure> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    if folder.is_none_or(Path::is_dir) && !file.is_dir() {
        return Ok(());
    }
    Err(Failure::usage(format!("{} cannot be written", file.display()))
        .next("pass --out with a file in a folder that exists"))
}

fn report(args: &Args, end: &End, block: BlockNumber, fee: TfuelBalance, saved: Option<PathBuf>) -> Report {
    let job = args.job;
    let (name, text, cost) = match end {
        End::Served { stash, bytes: chunk } => {
            let next = match &saved {
                Some(file) => format!("written to {}", file.display()),
                None => format!("the whole output is at hand: fetch it with `edgeproof job fetch {job}`"),
            };
            let text = format!(
                "served: {}, {}, in block {block} by {stash}, who earned {}\n{next}",
                args.name(),
                bytes(chunk.len() as u64),
                tfuel(fee)
            );
            ("served", text, fee)
        }
        End::Withheld { receipt, compensated } => {
            let text = format!(
                "withheld: nobody showed {} in time, and job {job} has ended\n{} came back and you received {} out of the \
                 workers' bonds; post the job again with `edgeproof job submit`",
                args.name(),
                tfuel(receipt.refunded),
                theta(*compensated)
            );
            ("withheld", text, 0)
        }
        End::JobEnded(receipt) => {
            let text = format!(
                "job {job} has ended before {} was shown: {}\n{} came back; see `edgeproof job show {job}`",
                args.name(),
                describe::reason(receipt.reason),
                tfuel(fee)
            );
            ("job ended", text, 0)
        }
        // Judges are not asked here.
        End::Disputed | End::Available | End::Undecided => {
            let text = format!(
                "nobody showed {}, and the result is disputed by now: the dispute decides\n{} came back; see `edgeproof job \
                 watch {job}`",
                args.name(),
                tfuel(fee)
            );
            ("disputed", text, 0)
        }
    };
    let value = value(args, name, block, cost, end, saved.as_deref());
    Report::new(text, value).bad_news_if(!matches!(end, End::Served { .. }))
}

fn value(
    args: &Args,
    name: &str,
    block: BlockNumber,
    cost: TfuelBalance,
    end: &End,
    saved: Option<&Path>,
) -> Value {
    let mut value = json!({
        "job": args.job,
        "output": args.output,
        "chunk": args.chunk,
        "end": name,
        "block": block,
        "cost": exact(cost),
    });
    match end {
        End::Served { stash, bytes } => {
            value["served_by"] = json!(stash.to_string());
            value["bytes"] = json!(bytes.len());
            value["file"] = json!(saved);
        }
        End::Withheld { receipt, compensated } => {
            value["refunded"] = json!(exact(receipt.refunded));
            value["compensated"] = json!(exact(*compensated));
        }
        _ => {}
    }
    value
}

#[cfg(test)]
mod tests {
    use super::super::testing::receipt;
    use super::*;
    use crate::job::assurance::tests::RULES;
    use edgeproof_client::AccountId;
    use edgeproof_primitives::{Outcome, Reason, UNIT};

    const FEE: TfuelBalance = UNIT / 100;

    fn args(output: u8, chunk: u32) -> Args {
        Args {
            job: 3,
            output,
            chunk,
            out: None,
            yes: false,
        }
    }

    fn served() -> End {
        End::Served {
            stash: AccountId([5; 32]),
            bytes: vec![0; 1_024],
        }
    }

    #[test]
    fn what_a_demand_costs_is_said_before() {
        assert_eq!(
            cost(&args(1, 2), &RULES),
            "demanding chunk 2 of output 1 of job 3 holds 0.01 TFUEL, which whoever shows it within 20 blocks earns; it comes \
             back when nobody does"
        );
    }

    #[test]
    fn the_command_that_goes_on_is_the_same_command() {
        assert_eq!(args(0, 0).again(), "edgeproof job demand 3");
        assert_eq!(args(1, 0).again(), "edgeproof job demand 3 --output 1");
        assert_eq!(args(1, 9).again(), "edgeproof job demand 3 --output 1 --chunk 9");
    }

    #[test]
    fn a_served_chunk_says_where_it_is_and_what_it_cost() {
        let report = |saved| report(&args(0, 2), &served(), 40, FEE, saved);
        let written = report(Some("here.bin".into()));
        for part in [
            "served: chunk 2 of output 0, 1.0 KiB, in block 40",
            "0.01 TFUEL",
            "written to here.bin",
        ] {
            assert!(written.text.contains(part), "{}", written.text);
        }
        assert_eq!((written.code(), &written.value["file"]), (0, &json!("here.bin")));
        assert_eq!(
            (&written.value["end"], &written.value["cost"]),
            (&json!("served"), &json!("0.01"))
        );
        let at_hand = report(None);
        assert!(at_hand.text.contains("edgeproof job fetch 3"), "{}", at_hand.text);
        assert_eq!(at_hand.value["file"], Value::Null);
    }

    #[test]
    fn a_withheld_result_says_what_came_back() {
        let end = End::Withheld {
            receipt: Box::new(receipt(Outcome::OutputWithheld, Reason::OutputWithheld)),
            compensated: UNIT / 20,
        };
        let report = report(&args(0, 0), &end, 40, FEE, None);
        assert!(
            report
                .text
                .contains("2 TFUEL came back and you received 0.05 THETA"),
            "{}",
            report.text
        );
        assert_eq!(report.code(), 1, "there is no result");
        assert_eq!(
            (&report.value["cost"], &report.value["compensated"]),
            (&json!("0"), &json!("0.05"))
        );
    }

    #[test]
    fn an_unanswered_demand_costs_nothing() {
        let settled = receipt(Outcome::Succeeded, Reason::WindowPassed);
        for (end, name) in [
            (End::JobEnded(Box::new(settled)), "job ended"),
            (End::Disputed, "disputed"),
        ] {
            let report = report(&args(0, 0), &end, 40, FEE, None);
            assert!(report.text.contains("0.01 TFUEL came back"), "{}", report.text);
            assert_eq!(
                (report.code(), &report.value["end"], &report.value["cost"]),
                (1, &json!(name), &json!("0"))
            );
        }
    }

    #[test]
    fn a_file_without_a_folder_is_refused_before_anything_is_paid() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(check_folder(&folder.path().join("chunk.bin")), Ok(()));
        assert_eq!(check_folder(Path::new("chunk.bin")), Ok(()));
        for file in [folder.path().join("none/chunk.bin"), folder.path().to_owned()] {
            let refusal = check_folder(&file).unwrap_err();
            assert!(refusal.to_string().contains("--out"), "{refusal}");
        }
    }
}
