use crate::{
    chain::LiveChain,
    compute::{Compute, Device},
    journal::Journal,
    work::{Draining, Work, WorkConfig},
    WorkerError,
};
use edgeproof_client::{amount, blobs::DirectoryStore, keys::Signer, AccountId, Client, WorkerInfo};
use edgeproof_primitives::Hash;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tracing::{info, warn};

/// Time between two attempts to reach a node at the start.
const RETRY: Duration = Duration::from_secs(2);

/// What a worker runs with.
#[derive(Clone, Debug)]
pub struct RunConfig {
    /// Address of the node.
    pub url: String,
    /// The key that commits and reveals.
    pub operator: Signer,
    /// Folder of inputs and outputs.
    pub blobs: PathBuf,
    /// Folder of the journal.
    pub data: PathBuf,
    /// Random invocations of every step that are executed again before a result is committed to.
    pub samples: u32,
    /// How patient the loop is.
    pub work: WorkConfig,
}

/// Runs a worker until it is drained. Waits for a node that does not answer.
///
/// # Errors
/// The operator is not registered or its stash has too little stake, another process holds the journal, or the disk
/// fails.
pub async fn run(config: RunConfig, device: Device, drain: Draining) -> Result<(), WorkerError> {
    let store = Arc::new(DirectoryStore::open(&config.blobs)?);
    let operator = config.operator.account();
    let client = connect(&config.url).await?;
    let journal = Journal::open(&journal_path(&config.data, &client.genesis(), &operator))?;
    let worker = standing(&client, &operator).await?;
    let state = if worker.active { "active" } else { "paused" };
    let ask = amount::format(worker.ask);
    info!(
        "ready for work: operator {operator}, stash {}, {state}, asks {ask} TFUEL per Gop",
        worker.stash
    );

    let chain = LiveChain::follow(&client, config.operator);
    let compute = Compute::start(device, store.clone(), config.samples);
    Work::new(chain, journal, compute, store, config.work, drain)
        .run()
        .await
}

/// The journal of an operator on a chain: one file each, so that two workers with one key collide and others do not.
pub fn journal_path(data: &Path, genesis: &Hash, operator: &AccountId) -> PathBuf {
    let (chain, key) = (hex::encode(&genesis[..6]), hex::encode(&operator.0[..6]));
    data.join(format!("journal-{chain}-{key}.redb"))
}

async fn connect(url: &str) -> Result<Client, WorkerError> {
    let mut told = String::new();
    loop {
        match Client::connect(url).await {
            Ok(client) => return Ok(client),
            Err(error) if error.is_connection() => {
                if told != error.to_string() {
                    told = error.to_string();
                    warn!("{told}; waiting for it");
                }
            }
            Err(error) => return Err(error.into()),
        }
        tokio::time::sleep(RETRY).await;
    }
}

/// The registration of an operator that can be drawn, or that has work to finish.
async fn standing(client: &Client, operator: &AccountId) -> Result<WorkerInfo, WorkerError> {
    let view = client.best().await?;
    let worker = view
        .worker(operator)
        .await?
        .ok_or(WorkerError::Unregistered(*operator))?;
    let (bonded, needed) = (
        view.stake(&worker.stash).await?.bonded,
        view.rules().await?.min_operator_stake,
    );
    if bonded < needed && worker.seats_held == 0 {
        return Err(WorkerError::NoStake {
            stash: worker.stash,
            bonded,
            needed,
        });
    }
    Ok(worker)
}
