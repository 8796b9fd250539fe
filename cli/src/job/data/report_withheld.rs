//! `edgeproof job report-withheld`: judges try to fetch a result.

use super::{
    ask::{askable, check_funds, is_asked},
    end::{earned, Asked, End},
    question,
    wait::{Ended, Wait},
};
use crate::{
    confirm::confirm,
    context::Context,
    failure::Failure,
    format::{exact, tfuel, theta},
    job::describe,
    progress::Progress,
    report::Report,
};
use edgeproof_client::{AccountId, Client, ClientError, Rules, View};
use edgeproof_primitives::{BlockNumber, JobId, TfuelBalance};
use serde_json::json;

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Number of the job
    job: JobId,
    /// Hold the judges' fees without asking
    #[arg(long, short)]
    yes: bool,
}

pub async fn run(args: Args, context: &Context) -> Result<Report, Failure> {
    let client = context.client().await?;
    let view = client.best().await?;
    let rules = view.rules().await?;
    let open = view.data_question(args.job).await?;
    let since = if is_asked(args.job, open.as_ref(), &Asked::Judgement)? {
        view.number()
    } else {
        ask(&client, &view, &rules, &args, context).await?
    };
    let again = format!("edgeproof job report-withheld {}", args.job);
    let wait = Wait::new(client, args.job, Asked::Judgement, since, again, context.json);
    let Ended { end, view, judges } = wait.wait().await?;
    Ok(report(args.job, &end, view.number(), &judges, rules.judge_fee))
}

/// Says what it costs, sends the report, and returns its block.
async fn ask(
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
    askable(args.job, &state, &me, view.number())?;
    check_funds(&me, rules.inquiry_deposit(), view.balances(&me).await?.tfuel.free)?;
    confirm(&cost(args.job, rules), args.yes)?;
    let progress = Progress::start();
    progress.waiting("reporting");
    let included = client.report_withheld(&signer, args.job).await?;
    progress.done(format!(
        "block {:>6}  job {} is reported as withheld; fee {}",
        included.block,
        args.job,
        tfuel(included.fee)
    ));
    Ok(included.block)
}

/// What the judges cost, before they are asked.
fn cost(job: JobId, rules: &Rules) -> String {
    format!(
        "having judges try to fetch the result of job {job} holds {}: {} for each of {} judges, spent on those who agree \
         when most do, whatever they say; it takes at most {} blocks",
        tfuel(rules.inquiry_deposit()),
        tfuel(rules.judge_fee),
        rules.judges,
        rules.inquiry()
    )
}

fn report(
    job: JobId,
    end: &End,
    block: BlockNumber,
    judges: &[(AccountId, Option<bool>)],
    fee: TfuelBalance,
) -> Report {
    let cost = earned(judges, end, fee);
    let tally = match judges {
        [] => "no judge could be drawn".into(),
        [_] => format!("of 1 judge {}", question::tally(judges)),
        judges => format!("of {} judges {}", judges.len(), question::tally(judges)),
    };
    let spent = match cost {
        0 => "what was held for judges came back".into(),
        cost => format!("the judges cost {}", tfuel(cost)),
    };
    let (name, text) = match end {
        End::Withheld { receipt, compensated } => (
            "withheld",
            format!(
                "withheld: {tally}, and job {job} has ended\n{} came back and you received {} out of the workers' bonds; \
                 {spent}\npost the job again with `edgeproof job submit`",
                tfuel(receipt.refunded),
                theta(*compensated)
            ),
        ),
        End::Available => (
            "available",
            format!(
                "available: {tally}; {spent}\nfetch the result with `edgeproof job fetch {job}`, and pass --blobs with the \
                 folder that the workers write to"
            ),
        ),
        End::JobEnded(receipt) => (
            "job ended",
            format!(
                "job {job} has ended before the judges had tried: {}; {spent}\nsee `edgeproof job show {job}`",
                describe::reason(receipt.reason)
            ),
        ),
        End::Disputed => (
            "disputed",
            format!(
                "{tally}, and the result is disputed by now: the dispute decides; {spent}\nsee `edgeproof job watch {job}`"
            ),
        ),
        // Chunks are not asked for here.
        End::Undecided | End::Served { .. } => (
            "undecided",
            format!(
                "undecided: {tally}; nothing happens, and {spent}\nforce single chunks onto the chain with `edgeproof job \
                 demand {job}`, or report the result once more"
            ),
        ),
    };
    let mut value = json!({
        "job": job,
        "end": name,
        "block": block,
        "judges": question::judges_value(judges),
        "cost": exact(cost),
    });
    if let End::Withheld { receipt, compensated } = end {
        value["refunded"] = json!(exact(receipt.refunded));
        value["compensated"] = json!(exact(*compensated));
    }
    Report::new(text, value).bad_news_if(!matches!(end, End::Withheld { .. }))
}

#[cfg(test)]
mod tests {
    use super::super::testing::receipt;
    use super::*;
    use crate::job::assurance::tests::RULES;
    use edgeproof_primitives::{Outcome, Reason, UNIT};

    fn told(end: &End, said: &[Option<bool>]) -> Report {
        let judges: Vec<_> = said.iter().map(|said| (AccountId([1; 32]), *said)).collect();
        report(3, end, 40, &judges, UNIT / 10)
    }

    #[test]
    fn what_judges_cost_is_said_before() {
        assert_eq!(
            cost(3, &RULES),
            "having judges try to fetch the result of job 3 holds 0.5 TFUEL: 0.1 TFUEL for each of 5 judges, spent on \
             those who agree when most do, whatever they say; it takes at most 200 blocks"
        );
    }

    #[test]
    fn a_result_that_judges_cannot_get_is_made_good() {
        let end = End::Withheld {
            receipt: Box::new(receipt(Outcome::OutputWithheld, Reason::OutputWithheld)),
            compensated: UNIT / 20,
        };
        let report = told(&end, &[Some(false), Some(false), None]);
        for part in [
            "of 3 judges 0 got it, 2 did not, 1 silent",
            "2 TFUEL came back and you received 0.05 THETA",
            "the judges cost 0.2 TFUEL",
        ] {
            assert!(report.text.contains(part), "{}", report.text);
        }
        assert_eq!(
            (report.code(), &report.value["cost"], &report.value["refunded"]),
            (0, &json!("0.2"), &json!("2"))
        );
    }

    #[test]
    fn a_result_that_judges_got_is_to_be_fetched() {
        let report = told(&End::Available, &[Some(true), Some(true), Some(false)]);
        assert!(
            report.text.contains("the judges cost 0.2 TFUEL")
                && report.text.contains("edgeproof job fetch 3"),
            "{}",
            report.text
        );
        assert_eq!((report.code(), &report.value["end"]), (1, &json!("available")));
        assert_eq!(report.value["judges"][2]["available"], false);
    }

    #[test]
    fn without_a_majority_everything_comes_back() {
        let report = told(&End::Undecided, &[Some(true), Some(false), None]);
        assert!(
            report.text.contains("came back") && report.text.contains("edgeproof job demand 3"),
            "{}",
            report.text
        );
        assert_eq!(report.value["cost"], "0");
        let nobody = told(&End::Undecided, &[]);
        assert!(nobody.text.contains("no judge could be drawn"), "{}", nobody.text);
        let alone = told(&End::Undecided, &[None]).text;
        assert!(alone.contains("of 1 judge 0 got it"), "{alone}");
        let settled = receipt(Outcome::Succeeded, Reason::WindowPassed);
        let ended = told(&End::JobEnded(Box::new(settled)), &[None]);
        assert!(
            ended.text.contains("the result stood through its window"),
            "{}",
            ended.text
        );
    }
}
