//! `edgeproof gov collect`.

use super::describe;
use crate::{
    context::Context,
    failure::Failure,
    format::{exact, tfuel},
    report::Report,
};
use edgeproof_client::Due;
use serde_json::{json, Value};

pub async fn run(context: &Context) -> Result<Report, Failure> {
    let signer = context.signer()?;
    let client = context.client().await?;
    let due = client.best().await?.due(&signer.account()).await?;
    if due.is_empty() {
        return Ok(Report::new("nothing is due", value(&due)));
    }
    let collected = client.collect(&signer, &due).await?;
    let mut lines = lines(&due);
    lines.push(format!(
        "collected in block {}, fee {}",
        collected.block,
        tfuel(collected.fee)
    ));
    Ok(Report::new(lines.join("\n"), value(&due)))
}

fn lines(due: &Due) -> Vec<String> {
    let deposits = due
        .deposits
        .iter()
        .map(|(index, deposit)| format!("referendum {index}: {}", describe::deposit(deposit)));
    let votes = due
        .votes
        .iter()
        .map(|(_, index)| format!("referendum {index}: the vote, which is over"));
    let locks = due
        .locks
        .iter()
        .map(|track| format!("THETA that votes on the {} track had locked", track.name()));
    let spends = due
        .spends
        .iter()
        .map(|spend| format!("spend {}: {} of the treasury", spend.index, tfuel(spend.amount)));
    let notes = due
        .notes
        .iter()
        .map(|hash| format!("the deposit of the noted call 0x{}", hex::encode(hash)));
    deposits
        .chain(votes)
        .chain(locks)
        .chain(spends)
        .chain(notes)
        .collect()
}

fn value(due: &Due) -> Value {
    let deposits = due.deposits.iter().map(|(index, deposit)| {
        let mut value = describe::deposit_value(deposit);
        value["referendum"] = json!(index);
        value
    });
    let spends = due
        .spends
        .iter()
        .map(|spend| json!({ "spend": spend.index, "amount": exact(spend.amount) }));
    json!({
        "deposits": deposits.collect::<Vec<_>>(),
        "votes": due.votes.iter().map(|(_, index)| index).collect::<Vec<_>>(),
        "locks": due.locks.iter().map(|track| track.name()).collect::<Vec<_>>(),
        "spends": spends.collect::<Vec<_>>(),
        "notes": due.notes.iter().map(hex::encode).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use edgeproof_client::{AccountId, Deposit, DepositKind, Spend, Track};
    use edgeproof_primitives::UNIT;

    #[test]
    fn each_thing_that_comes_back_is_named() {
        let who = AccountId([1; 32]);
        let due = Due {
            deposits: vec![(
                3,
                Deposit {
                    kind: DepositKind::Decision,
                    who,
                    amount: 1_000 * UNIT,
                },
            )],
            votes: vec![(Track::Parameters, 3)],
            locks: vec![Track::Parameters],
            spends: vec![Spend {
                index: 0,
                amount: 5 * UNIT,
                beneficiary: who,
                valid_from: 1,
                expires_at: 9,
            }],
            notes: vec![[7; 32]],
        };
        let lines = lines(&due);
        assert!(lines[0].starts_with("referendum 3: 1,000 THETA of the decision"));
        assert_eq!(lines[3], "spend 0: 5 TFUEL of the treasury");
        let value = value(&due);
        assert_eq!(value["deposits"][0]["amount"], "1000");
        assert_eq!(value["locks"], json!(["parameters"]));
        assert_eq!(value["votes"], json!([3]));
    }
}
