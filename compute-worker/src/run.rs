use crate::{
    chain::LiveChain,
    compute::{Compute, Device},
    disputes::{DisputeConfig, Disputes},
    journal::Journal,
    register::driver_name,
    watch::{Watch, WatchConfig},
    work::{Draining, Work, WorkConfig},
    WorkerError,
};
use edgeproof_client::{amount, blobs::DirectoryStore, keys::Signer, AccountId, Client, View, WorkerInfo};
use edgeproof_primitives::{Hash, Label};
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
    /// Folder of the journal, and of what disputes need.
    pub data: PathBuf,
    /// Random invocations of every step that are executed again before a result is committed to.
    pub samples: u32,
    /// How patient the loop is.
    pub work: WorkConfig,
}

/// What a watchtower runs with.
#[derive(Clone, Debug)]
pub struct WatchRunConfig {
    /// Address of the node.
    pub url: String,
    /// The key that claims: the operator of a worker, or the stash itself.
    pub operator: Signer,
    /// Folder of inputs and outputs.
    pub blobs: PathBuf,
    /// Folder of the journal, and of what disputes need.
    pub data: PathBuf,
    /// Random invocations of every step that the interpreter executes again while a job is computed again.
    pub samples: u32,
    /// What is watched.
    pub watch: WatchConfig,
}

/// Runs a worker until it is drained. Waits for a node that does not answer.
///
/// # Errors
/// The operator is not registered, its stash has too little stake or its driver is known to compute wrong, another process
/// holds the journal, or the disk fails.
pub async fn run(config: RunConfig, device: Device, drain: Draining) -> Result<(), WorkerError> {
    let store = Arc::new(DirectoryStore::open(&config.blobs)?);
    let operator = config.operator.account();
    let client = connect(&config.url).await?;
    let journal = Journal::open(&journal_path(&config.data, &client.genesis(), &operator))?;
    let worker = standing(&client, &operator).await?;
    check_driver(&client.best().await?, &worker, &device.driver()?).await?;
    let state = if worker.active { "active" } else { "paused" };
    let ask = amount::format(worker.ask);
    info!(
        "ready for work: operator {operator}, stash {}, {state}, asks {ask} TFUEL per Gop",
        worker.stash
    );

    let chain = LiveChain::follow(&client, config.operator);
    let compute = Compute::start(device.clone(), store.clone(), config.samples);
    let folder = path(&config.data, "disputes", &client.genesis(), &operator);
    let disputes = DisputeConfig::below(folder, config.samples);
    let disputes = Disputes::new(operator, device, store.clone(), disputes);
    Work::new(chain, journal, compute, disputes, store, config.work, drain)
        .run()
        .await
}

/// Runs a watchtower until it is drained. Waits for a node that does not answer.
///
/// # Errors
/// Nothing is bonded that a claim could put at risk, another process holds the journal, or the disk fails.
pub async fn run_watch(config: WatchRunConfig, device: Device, drain: Draining) -> Result<(), WorkerError> {
    let store = Arc::new(DirectoryStore::open(&config.blobs)?);
    let operator = config.operator.account();
    let client = connect(&config.url).await?;
    let genesis = client.genesis();
    let journal = Journal::open(&path(&config.data, "watch", &genesis, &operator).with_extension("redb"))?;
    if !config.watch.dry_run {
        check_means(&client, &operator).await?;
    }
    let sends = if config.watch.dry_run {
        "reports"
    } else {
        "refutes"
    };
    info!("ready to watch as {operator}: checks results and {sends} what is wrong");

    let chain = LiveChain::follow(&client, config.operator);
    let folder = path(&config.data, "claims", &genesis, &operator);
    let disputes = DisputeConfig::below(folder, config.samples);
    Watch::new(chain, journal, device, store, config.watch, disputes, drain)
        .run()
        .await
}

/// The journal of an operator on a chain: one file each, so that two workers with one key collide and others do not.
pub fn journal_path(data: &Path, genesis: &Hash, operator: &AccountId) -> PathBuf {
    path(data, "journal", genesis, operator).with_extension("redb")
}

/// A file or folder of an operator on a chain.
fn path(data: &Path, name: &str, genesis: &Hash, operator: &AccountId) -> PathBuf {
    let (chain, key) = (hex::encode(&genesis[..6]), hex::encode(&operator.0[..6]));
    data.join(format!("{name}-{chain}-{key}"))
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

/// That the worker can be drawn with the driver that computes. One that has work to finish is only warned.
async fn check_driver(view: &View, worker: &WorkerInfo, driver: &Label) -> Result<(), WorkerError> {
    let registered = &worker.capability.driver;
    let faulty = (
        view.is_faulty_driver(driver).await?,
        view.is_faulty_driver(registered).await?,
    );
    match driver_fault(worker, driver, faulty) {
        Some(error) if worker.seats_held == 0 => return Err(error),
        Some(error) => warn!("finishes {} jobs first; {error}", worker.seats_held),
        None if driver != registered && !driver.is_empty() => warn!(
            "computes with the driver {}, but is registered with {}: run `compute-worker register`, or no slash is returned \
             should the driver prove faulty",
            driver_name(driver),
            driver_name(registered)
        ),
        None => {}
    }
    Ok(())
}

/// What keeps the worker from being drawn, given whether the driver that computes and the one that is registered are faulty.
fn driver_fault(worker: &WorkerInfo, driver: &Label, faulty: (bool, bool)) -> Option<WorkerError> {
    match faulty {
        (true, _) => Some(WorkerError::FaultyDriver {
            driver: driver_name(driver),
        }),
        (false, true) => Some(WorkerError::DriverReplaced {
            stash: worker.stash,
            registered: driver_name(&worker.capability.driver),
            driver: driver_name(driver),
        }),
        (false, false) => None,
    }
}

/// That a claim could be made: stake that nothing else holds, and TFUEL for fees.
async fn check_means(client: &Client, operator: &AccountId) -> Result<(), WorkerError> {
    let view = client.best().await?;
    let worker = view.worker(operator).await?;
    if worker.as_ref().is_some_and(|worker| worker.active) {
        warn!("{operator} can be drawn for jobs as well, which a watchtower does not compute: run the worker, too");
    }
    let stash = worker.map_or(*operator, |worker| worker.stash);
    let stake = view.stake(&stash).await?;
    let free = stake.bonded.saturating_sub(stake.at_risk);
    if free == 0 {
        return Err(WorkerError::NoBond { stash });
    }
    if view.balances(operator).await?.tfuel.free == 0 {
        warn!("{operator} has no TFUEL for the fees of proofs and claims; give it some");
    }
    info!(
        "claims may put up to {} THETA of {stash} at risk",
        amount::format(free)
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use edgeproof_primitives::{Capability, Region};

    fn label(text: &str) -> Label {
        text.as_bytes().to_vec().try_into().unwrap()
    }

    fn worker() -> WorkerInfo {
        WorkerInfo {
            stash: AccountId([1; 32]),
            operator: AccountId([2; 32]),
            capability: Capability {
                memory: 1,
                region: Region(*b"DE"),
                slots: 1,
                adapter: Label::default(),
                driver: label("Mesa 22"),
            },
            ask: 1,
            seats_held: 0,
            active: true,
            succeeded: 0,
            commit_missed: 0,
            reveal_missed: 0,
            refuted: 0,
            evidence: Default::default(),
        }
    }

    #[test]
    fn a_faulty_driver_is_told_with_what_to_do() {
        let fault = |driver, faulty| driver_fault(&worker(), &label(driver), faulty);
        assert!(fault("Mesa 22", (false, false)).is_none());
        assert!(fault("Mesa 23", (false, false)).is_none());
        let listed = fault("Mesa 22", (true, true)).unwrap();
        assert!(matches!(listed, WorkerError::FaultyDriver { .. }));
        let replaced = fault("Mesa 23", (false, true)).unwrap();
        assert!(matches!(replaced, WorkerError::DriverReplaced { .. }));
        for (error, driver) in [(listed, "Mesa 22"), (replaced, "Mesa 23")] {
            let said = error.to_string();
            assert!(
                said.contains(driver) && said.contains("compute-worker register"),
                "{said}"
            );
        }
    }
}
