//! `edgeproof job quote`.

use super::{assurance::words, order::JobArgs, survey};
use crate::{
    context::Context,
    failure::{At, Failure},
    format::{count, exact, short, tfuel},
    report::Report,
    table::{facts, table, Align},
};
use edgeproof_client::QuoteRequest;
use edgeproof_kernel::Verified;
use edgeproof_primitives::{BlobRef, Price, Quote, Timing};
use edgeproof_proofs::blob_root;
use serde_json::{json, Value};
use std::path::Path;

#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    order: JobArgs,
}

pub async fn run(args: Args, context: &Context) -> Result<Report, Failure> {
    let requester = context.account(None)?;
    let client = context.client().await?;
    let program = Verified::from_bytes(&args.order.code(&client).await?)?;
    let view = client.best().await?;
    let order = args.order.order(unkept)?;
    let request = order.request(requester, &program, &view.rules().await?)?;
    let quote = view.quote(&request).await?;
    Ok(Report::new(text(&request, &quote), value(&request, &quote)))
}

/// A blob that is named and not kept.
fn unkept(file: &Path) -> Result<BlobRef, Failure> {
    let bytes = std::fs::read(file).at(file.display())?;
    Ok(BlobRef {
        hash: blob_root(&bytes).into(),
        bytes: bytes.len() as u64,
    })
}

fn text(request: &QuoteRequest, quote: &Quote) -> String {
    let columns = [
        ("workers asking no more", Align::Right),
        ("each TFUEL", Align::Right),
        ("together TFUEL", Align::Right),
        ("for an auditor TFUEL", Align::Right),
        ("held TFUEL", Align::Right),
    ];
    let rows: Vec<_> = quote.prices.iter().map(|price| row(quote, price)).collect();
    let prices = table(
        &columns,
        &rows,
        "no worker fits now, so there is no price; the clauses below say why",
    );
    format!("{prices}\n\n{}", facts(summary(request, quote)))
}

fn row(quote: &Quote, price: &Price) -> Vec<String> {
    vec![
        format!("{} %", price.percent),
        short(price.fee),
        short(price.replicas),
        short(price.audit_reserve),
        short(price.most().saturating_add(quote.deposit)),
    ]
}

fn summary(request: &QuoteRequest, quote: &Quote) -> Vec<(&'static str, String)> {
    let mut summary = vec![
        ("operations", count(request.operations)),
        ("assurance", words(&request.assurance)),
    ];
    summary.extend(survey::facts(&quote.survey));
    let obstacle = survey::obstacle(&quote.survey, quote.seats, quote.least_workers);
    summary.extend(obstacle.map(|obstacle| ("warning", format!("{obstacle}; posted now it would wait"))));
    summary.extend([
        ("least cap", tfuel(quote.least_cap)),
        ("deposit", format!("{}, which comes back", tfuel(quote.deposit))),
        ("start", start(&quote.timing)),
        ("end", end(request, &quote.timing)),
    ]);
    summary
}

fn start(timing: &Timing) -> String {
    format!("drawn {} blocks after the posting", count(timing.draw))
}

fn end(request: &QuoteRequest, timing: &Timing) -> String {
    let decision = match timing.decision {
        0 => String::new(),
        blocks => format!(" + audit decision {}", count(blocks)),
    };
    let audited = match request.assurance.audit_rate {
        0 => String::new(),
        _ => format!("; an audit takes {} more", count(timing.execution)),
    };
    format!(
        "settled at most {} blocks after the posting: draw {} + execution {}{decision} + reveal {} + window {}{audited}",
        count(timing.total()),
        count(timing.draw),
        count(timing.execution),
        count(timing.reveal),
        count(timing.window)
    )
}

fn value(request: &QuoteRequest, quote: &Quote) -> Value {
    let prices = quote.prices.iter().map(|price| {
        json!({
            "percent": price.percent,
            "fee": exact(price.fee),
            "replicas": exact(price.replicas),
            "audit_reserve": exact(price.audit_reserve),
            "most": exact(price.most()),
        })
    });
    let timing = &quote.timing;
    json!({
        "operations": request.operations,
        "replicas": request.assurance.replicas,
        "audit_rate": request.assurance.audit_rate,
        "memory": request.demands.memory,
        "prices": prices.collect::<Vec<_>>(),
        "least_cap": exact(quote.least_cap),
        "deposit": exact(quote.deposit),
        "seats": quote.seats,
        "least_workers": quote.least_workers,
        "obstacle": survey::obstacle(&quote.survey, quote.seats, quote.least_workers),
        "survey": survey::value(&quote.survey),
        "blocks": {
            "draw": timing.draw,
            "execution": timing.execution,
            "decision": timing.decision,
            "reveal": timing.reveal,
            "window": timing.window,
            "total": timing.total(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use edgeproof_client::AccountId;
    use edgeproof_primitives::{Assurance, Demands, UNIT};

    fn request(audit_rate: u32) -> QuoteRequest {
        QuoteRequest {
            requester: AccountId([1; 32]),
            operations: 2_949_120,
            demands: Demands::default(),
            assurance: Assurance {
                replicas: 2,
                audit_rate,
                window: None,
            },
            execution: 10,
            price_cap: None,
        }
    }

    fn quote(prices: Vec<Price>, fitting: u32) -> Quote {
        Quote {
            prices,
            least_cap: UNIT / 1_000,
            deposit: UNIT / 10,
            seats: 2,
            least_workers: 4,
            survey: survey::tests::survey(5, 5, fitting),
            timing: Timing {
                draw: 2,
                execution: 10,
                decision: 4,
                reveal: 20,
                window: 31,
            },
        }
    }

    fn median() -> Price {
        Price {
            percent: 50,
            fee: UNIT,
            replicas: 2 * UNIT,
            audit_reserve: UNIT,
        }
    }

    #[test]
    fn a_quote_shows_what_is_held_who_fits_and_until_when() {
        let text = text(&request(60_000), &quote(vec![median()], 2));
        for expected in [
            "50 %",
            "3.1",
            "2 of 5 fit",
            "each has too little memory; without that clause 4 would fit",
            "drawn 2 blocks after the posting",
            "settled at most 67 blocks",
            "an audit takes 10 more",
        ] {
            assert!(text.contains(expected), "{expected}: {text}");
        }
        assert!(!text.contains("warning"), "{text}");
    }

    #[test]
    fn a_job_that_nobody_can_take_has_no_price_and_a_reason() {
        let text = text(&request(0), &quote(Vec::new(), 0));
        assert!(text.starts_with("no worker fits now"), "{text}");
        assert!(text.contains("0 of 5 workers fit where 2 must"), "{text}");
        assert!(!text.contains("an audit takes"), "{text}");
    }

    #[test]
    fn a_program_reads_exact_amounts() {
        let value = value(&request(60_000), &quote(vec![median()], 2));
        assert_eq!(
            value["prices"][0],
            json!({ "percent": 50, "fee": "1", "replicas": "2", "audit_reserve": "1", "most": "3" })
        );
        assert_eq!(
            (&value["deposit"], &value["obstacle"]),
            (&json!("0.1"), &Value::Null)
        );
        assert_eq!(value["blocks"]["total"], 67);
    }
}
