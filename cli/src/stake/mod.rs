//! `edgeproof stake`: THETA behind validators, and what it earns.

mod era;
mod nominations;
mod terms;
mod validators;

use crate::{
    context::Context,
    failure::Failure,
    format::{count, exact, parse_percent, parse_theta, tfuel, theta},
    report::Report,
};
use edgeproof_client::Included;
use edgeproof_primitives::ThetaBalance;
use serde_json::{json, Value};

#[derive(clap::Subcommand, Debug)]
pub enum Command {
    #[command(flatten)]
    Act(Action),
    /// Show what an account has behind validators, what it earns and when it can leave
    Nominations {
        /// Address, stored key, key file or development key [default: --key]
        account: Option<String>,
    },
    /// List candidates and validators in office, those with the most stake first
    Validators,
    /// Show the era that runs, when it ends, and the terms of staking
    Era,
}

/// What is signed and sent.
#[derive(clap::Subcommand, Debug)]
pub enum Action {
    /// Bond free THETA: the first step of guardians, validators and edge operators
    Bond {
        /// How much, for instance 5000
        #[arg(value_parser = parse_theta)]
        amount: ThetaBalance,
    },
    /// Start the release of bonded THETA that backs nobody
    Unbond {
        /// How much
        #[arg(value_parser = parse_theta)]
        amount: ThetaBalance,
    },
    /// Let bonded THETA back a validator: earn with it, and be slashed with it
    Delegate {
        /// The validator: see `edgeproof stake validators`
        validator: String,
        /// How much
        #[arg(value_parser = parse_theta)]
        amount: ThetaBalance,
    },
    /// Move THETA from one validator to another at once
    Redelegate {
        /// Whom it backs
        from: String,
        /// Whom it is to back
        to: String,
        /// How much
        #[arg(value_parser = parse_theta)]
        amount: ThetaBalance,
    },
    /// Take THETA back from a validator; it can be withdrawn after the unbonding time
    Undelegate {
        /// Whom it backs; one's own account for a validator's own stake
        validator: String,
        /// How much
        #[arg(value_parser = parse_theta)]
        amount: ThetaBalance,
    },
    /// Free everything whose time has come
    Withdraw,
    /// Claim what was earned as a guardian, as a validator and, with --work, as an edge operator
    Claim {
        /// Claim what the work of one's edge operator was issued instead; free of fees
        #[arg(long)]
        work: bool,
    },
    /// Make session keys in the node at --url, and set them: what a validator needs before it can validate
    Keys,
    /// Become a candidate, change the commission, or add to one's own stake
    Validate {
        /// Bonded THETA to add to one's own stake
        #[arg(long, value_name = "AMOUNT", default_value = "0", value_parser = parse_theta)]
        add: ThetaBalance,
        /// Part of each reward that is taken before the guardians', for instance 5%
        #[arg(long, value_name = "PERCENT", default_value = "0%", value_parser = parse_percent)]
        commission: u32,
    },
    /// Cease to be a candidate with the next election
    Chill,
    /// Name one's other half: a validator its edge operator's stash, and that one the validator, so that work counts in elections
    Link {
        /// The other half; left out, the name is taken back
        account: Option<String>,
    },
}

pub async fn run(command: Command, context: &Context) -> Result<Report, Failure> {
    match command {
        Command::Nominations { account } => nominations::run(account.as_deref(), context).await,
        Command::Validators => validators::run(context).await,
        Command::Era => era::run(context).await,
        Command::Act(action) => act(action, context).await,
    }
}

async fn act(action: Action, context: &Context) -> Result<Report, Failure> {
    let signer = context.signer()?;
    let client = context.client().await?;
    let account = |text: &str| context.account(Some(text));
    let report = match action {
        Action::Bond { amount } => {
            let bonded = client.bond(&signer, amount).await?;
            done(&format!("bonded {}", theta(amount)), &bonded)
        }
        Action::Unbond { amount } => {
            let unbonded = client.unbond(&signer, amount).await?;
            done(&format!("{} wait for their release", theta(amount)), &unbonded)
        }
        Action::Delegate { validator, amount } => {
            let delegated = client.delegate(&signer, &account(&validator)?, amount).await?;
            done(&format!("{} back {validator}", theta(amount)), &delegated)
        }
        Action::Redelegate { from, to, amount } => {
            let (from, to_account) = (account(&from)?, account(&to)?);
            let moved = client.redelegate(&signer, &from, &to_account, amount).await?;
            done(&format!("{} now back {to}", theta(amount)), &moved)
        }
        Action::Undelegate { validator, amount } => {
            let left = client.undelegate(&signer, &account(&validator)?, amount).await?;
            let what = format!(
                "{} can be withdrawn from block {} on",
                theta(amount),
                count(left.value)
            );
            with(&what, &left, "release_at", json!(left.value))
        }
        Action::Withdraw => {
            let freed = client.withdraw(&signer).await?;
            let what = format!("{} are free", theta(freed.value));
            with(&what, &freed, "withdrawn", json!(exact(freed.value)))
        }
        Action::Claim { work } => {
            let paid = match work {
                true => client.claim_work(&signer, &signer.account()).await?,
                false => client.claim_rewards(&signer).await?,
            };
            let what = format!("{} were paid", tfuel(paid.value));
            with(&what, &paid, "claimed", json!(exact(paid.value)))
        }
        Action::Keys => {
            let set = client.set_session_keys(&signer).await?;
            done("the node's new session keys are set", &set)
        }
        Action::Validate { add, commission } => {
            let offered = client.validate(&signer, add, commission).await?;
            done("a candidate of the next election", &offered)
        }
        Action::Chill => {
            let chilled = client.chill(&signer).await?;
            done("no candidate of the next election", &chilled)
        }
        Action::Link { account: other } => {
            let other = other.as_deref().map(account).transpose()?;
            let linked = client.link(&signer, other).await?;
            let what = match other {
                Some(other) => format!("linked with {other}, once it names this account, too"),
                None => "the link is taken back".into(),
            };
            done(&what, &linked)
        }
    };
    Ok(report)
}

fn done<T>(what: &str, included: &Included<T>) -> Report {
    let text = format!("{what}; block {}, fee {}", included.block, tfuel(included.fee));
    Report::new(
        text,
        json!({ "block": included.block, "fee": exact(included.fee) }),
    )
}

fn with<T>(what: &str, included: &Included<T>, name: &str, value: Value) -> Report {
    let text = format!("{what}; block {}, fee {}", included.block, tfuel(included.fee));
    let mut shown = json!({ "block": included.block, "fee": exact(included.fee) });
    shown[name] = value;
    Report::new(text, shown)
}
