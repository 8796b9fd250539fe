//! `edgeproof balance`.

use crate::{
    context::Context,
    failure::Failure,
    format::{exact, short},
    report::Report,
    table::{table, Align},
};
use edgeproof_client::{AccountId, Balances, TokenBalance};
use serde_json::json;

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Address, stored key, key file or development key [default: --key]
    account: Option<String>,
}

pub async fn run(args: Args, context: &Context) -> Result<Report, Failure> {
    let account = context.account(args.account.as_deref())?;
    let balances = context.client().await?.best().await?.balances(&account).await?;
    Ok(report(&account, &balances))
}

fn report(account: &AccountId, balances: &Balances) -> Report {
    let columns = [
        ("token", Align::Left),
        ("free", Align::Right),
        ("held", Align::Right),
    ];
    let row = |token: &str, balance: &TokenBalance| {
        vec![token.to_owned(), short(balance.free), short(balance.held)]
    };
    let rows = [row("TFUEL", &balances.tfuel), row("THETA", &balances.theta)];
    let value = |balance: &TokenBalance| json!({ "free": exact(balance.free), "held": exact(balance.held) });
    Report::new(
        format!("{account}\n\n{}", table(&columns, &rows, "")),
        json!({
            "account": account.to_string(),
            "tfuel": value(&balances.tfuel),
            "theta": value(&balances.theta),
        }),
    )
}
