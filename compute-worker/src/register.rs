use crate::WorkerError;
use edgeproof_client::{amount, keys::Signer, AccountId, Client, View, WorkerInfo};
use edgeproof_primitives::{Capability, Label, TfuelBalance, ThetaBalance};
use tracing::info;

/// What an operator offers.
#[derive(Clone, Debug)]
pub struct Registration {
    /// The key that commits and reveals; needs no balance.
    pub operator: AccountId,
    /// What the device offers.
    pub capability: Capability,
    /// Price of a giga-operation, in planck of TFUEL; the least that a job may offer when `None`.
    pub ask: Option<TfuelBalance>,
    /// Stake, in planck of THETA; the chain's minimum when `None`.
    pub stake: Option<ThetaBalance>,
}

/// Bonds the stake that is missing, and registers the worker or brings its registration up to date; afterwards it is
/// active. May be repeated.
///
/// # Errors
/// The operator key serves another stash, the stash has another operator, the driver is known to compute wrong or cannot
/// be changed now, or the chain refuses.
pub async fn register(
    client: &Client,
    stash: &Signer,
    registration: &Registration,
) -> Result<WorkerInfo, WorkerError> {
    let Registration {
        operator,
        capability,
        ask,
        stake,
    } = registration;
    let view = client.best().await?;
    let known = view.worker(operator).await?;
    if let Some(other) = known.as_ref().filter(|worker| worker.stash != stash.account()) {
        return Err(WorkerError::OperatorTaken {
            operator: *operator,
            stash: other.stash,
        });
    }
    check_driver(&view, known.as_ref(), &capability.driver).await?;
    let rules = view.rules().await?;
    bond(
        client,
        &view,
        stash,
        stake.unwrap_or(rules.min_operator_stake),
        rules.min_operator_stake,
    )
    .await?;
    let ask = ask.unwrap_or(rules.price_floor);
    match known {
        None => {
            client.register_worker(stash, operator, capability, ask).await?;
            info!("registered {operator} for the stash {}", stash.account());
        }
        Some(worker) => {
            if worker.capability != *capability {
                client.set_capability(stash, capability).await?;
                info!("changed what is offered");
            }
            if worker.ask != ask {
                client.set_ask(stash, ask).await?;
                info!(
                    "changed the ask from {} to {} TFUEL per Gop",
                    amount::format(worker.ask),
                    amount::format(ask)
                );
            }
            if !worker.active {
                client.resume_worker(stash).await?;
                info!("resumed: the worker can be drawn again");
            }
        }
    }
    let worker = client.best().await?.worker(operator).await?;
    worker.ok_or(WorkerError::Unregistered(*operator))
}

/// That the chain will take the driver, before anything is bonded.
async fn check_driver(view: &View, known: Option<&WorkerInfo>, driver: &Label) -> Result<(), WorkerError> {
    if view.is_faulty_driver(driver).await? {
        return Err(WorkerError::FaultyDriver {
            driver: driver_name(driver),
        });
    }
    match known {
        Some(worker) if worker.seats_held > 0 && worker.capability.driver != *driver => {
            Err(WorkerError::DriverInUse {
                seats: worker.seats_held,
                registered: driver_name(&worker.capability.driver),
                driver: driver_name(driver),
            })
        }
        _ => Ok(()),
    }
}

/// A driver as people read it.
pub(crate) fn driver_name(driver: &Label) -> String {
    match driver.is_empty() {
        true => "(unnamed)".into(),
        false => String::from_utf8_lossy(driver).into_owned(),
    }
}

/// Bonds what is missing of `wanted`.
async fn bond(
    client: &Client,
    view: &View,
    stash: &Signer,
    wanted: ThetaBalance,
    minimum: ThetaBalance,
) -> Result<(), WorkerError> {
    if wanted < minimum {
        return Err(WorkerError::NoStake {
            stash: stash.account(),
            bonded: wanted,
            needed: minimum,
        });
    }
    let missing = wanted.saturating_sub(view.stake(&stash.account()).await?.bonded);
    if missing > 0 {
        client.bond(stash, missing).await?;
        info!("bonded {} THETA", amount::format(missing));
    }
    Ok(())
}
