//! `edgeproof status`.

use crate::{
    context::Context,
    failure::Failure,
    format::{count, exact, short},
    report::Report,
    table::{facts, table, Align},
};
use edgeproof_client::{NodeStatus, Supplies, Supply, View};
use serde_json::{json, Value};
use std::collections::BTreeMap;

/// Jobs whose states are counted.
const RECENT: usize = 20;

pub async fn run(context: &Context) -> Result<Report, Failure> {
    let client = context.client().await?;
    let node = client.status().await?;
    let state = State::read(&client.best().await?).await?;
    Ok(Report::new(
        format!("{}\n\n{}", state.facts(&node), state.tokens()),
        state.value(&node),
    ))
}

/// What the chain says about itself at one block.
struct State {
    supplies: Supplies,
    jobs: u64,
    /// Of the newest [`RECENT`] jobs, by state.
    recent: BTreeMap<&'static str, usize>,
    workers: usize,
    busy: usize,
}

impl State {
    async fn read(view: &View) -> Result<Self, Failure> {
        let mut recent = BTreeMap::new();
        for (_, state) in view.jobs(None, RECENT).await? {
            *recent.entry(state.name()).or_default() += 1;
        }
        let workers = view.workers().await?;
        Ok(Self {
            supplies: view.supplies().await?,
            jobs: view.job_count().await?,
            recent,
            workers: workers.len(),
            busy: workers.iter().filter(|worker| worker.seats_held > 0).count(),
        })
    }

    fn facts(&self, node: &NodeStatus) -> String {
        let syncing = if node.syncing { ", syncing" } else { "" };
        let recent: Vec<_> = self
            .recent
            .iter()
            .map(|(state, jobs)| format!("{jobs} {state}"))
            .collect();
        facts([
            ("chain", format!("{}, runtime {}", node.chain, node.spec_version)),
            (
                "node",
                format!("{} {}, {} peers{syncing}", node.node, node.version, node.peers),
            ),
            ("best block", count(node.best)),
            ("finalised", count(node.finalized)),
            ("jobs posted", count(self.jobs)),
            (
                "newest jobs",
                if recent.is_empty() {
                    "none".into()
                } else {
                    recent.join(", ")
                },
            ),
            ("workers", format!("{}, {} of them busy", self.workers, self.busy)),
        ])
    }

    fn tokens(&self) -> String {
        let columns = [
            ("token", Align::Left),
            ("exists", Align::Right),
            ("minted", Align::Right),
            ("burned", Align::Right),
        ];
        let row = |token: &str, supply: &Supply| {
            vec![
                token.to_owned(),
                short(supply.issuance),
                short(supply.minted),
                short(supply.burned),
            ]
        };
        table(
            &columns,
            &[
                row("TFUEL", &self.supplies.tfuel),
                row("THETA", &self.supplies.theta),
            ],
            "",
        )
    }

    fn value(&self, node: &NodeStatus) -> Value {
        let supply = |supply: &Supply| {
            json!({
                "issuance": exact(supply.issuance),
                "minted": exact(supply.minted),
                "burned": exact(supply.burned),
            })
        };
        json!({
            "chain": node.chain,
            "spec_version": node.spec_version,
            "node": node.node,
            "version": node.version,
            "peers": node.peers,
            "syncing": node.syncing,
            "best": node.best,
            "finalized": node.finalized,
            "jobs": self.jobs,
            "newest_jobs": self.recent,
            "workers": self.workers,
            "busy_workers": self.busy,
            "tfuel": supply(&self.supplies.tfuel),
            "theta": supply(&self.supplies.theta),
        })
    }
}
