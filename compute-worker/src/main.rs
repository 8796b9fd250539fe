//! The `compute-worker` command.

mod args;

use args::{AdapterArgs, Args, Command, RegisterArgs, RunArgs, StatusArgs, WatchArgs, WhyArgs};
use clap::Parser;
use compute_worker::{
    compute::{adapters, attestation, open_adapter, AdapterInfo, Device, Executor},
    register, run, run_watch,
    watch::{Filter, WatchConfig},
    why_not,
    work::{Drain, Draining, WorkConfig},
    Registration, RunConfig, WatchRunConfig, WorkerError,
};
use edgeproof_client::{amount, data_folder, Client, WorkerInfo};
use edgeproof_primitives::Capability;
use std::{future::Future, io::IsTerminal, process::ExitCode};
use tokio::signal;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("warn,compute_worker=info,wgpu_hal=error"));
    let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(colours)
        .with_target(false)
        .with_writer(std::io::stderr)
        .init();
    let done = match Args::parse().command {
        Command::Run(args) => work(args).await,
        Command::Watch(args) => watch(args).await,
        Command::Register(args) => enlist(args).await,
        Command::Status(args) => status(args).await,
        Command::Why(args) => why(args).await,
        Command::Adapters(args) => list_adapters(args).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn work(args: RunArgs) -> anyhow::Result<()> {
    let operator = args.key.open()?;
    let device = device(&args.adapter).await?;
    let config = RunConfig {
        url: args.node.url,
        operator,
        blobs: args.blobs.unwrap_or_else(|| data_folder().join("blobs")),
        data: args.data.unwrap_or_else(|| data_folder().join("worker")),
        samples: args.recheck,
        work: WorkConfig::default(),
    };
    until_stopped(|draining| run(config, device, draining)).await
}

async fn watch(args: WatchArgs) -> anyhow::Result<()> {
    let operator = args.key.open()?;
    let device = device(&args.adapter).await?;
    let config = WatchRunConfig {
        url: args.node.url,
        operator,
        blobs: args.blobs.unwrap_or_else(|| data_folder().join("blobs")),
        data: args.data.unwrap_or_else(|| data_folder().join("worker")),
        samples: args.recheck,
        watch: WatchConfig {
            filter: Filter {
                programs: args.program,
                requesters: args.requester,
                min_fee: args.min_fee.unwrap_or(0),
            },
            replays: args.replays.into(),
            dry_run: args.dry_run,
            ..WatchConfig::default()
        },
    };
    until_stopped(|draining| run_watch(config, device, draining)).await
}

/// Runs a loop that drains at the first signal and is left at the second.
async fn until_stopped<F>(start: impl FnOnce(Draining) -> F) -> anyhow::Result<()>
where
    F: Future<Output = Result<(), WorkerError>>,
{
    let (drain, draining) = Drain::new();
    tokio::select! {
        done = start(draining) => Ok(done?),
        // Nothing is lost: the journal knows what to go on with.
        () = leave(drain) => Ok(()),
    }
}

async fn device(args: &AdapterArgs) -> anyhow::Result<Device> {
    let selection = args.selection();
    Ok(tokio::task::spawn_blocking(move || Device::open(move || open_adapter(&selection))).await??)
}

/// Drains at the first signal and returns at the second.
async fn leave(drain: Drain) {
    asked_to_stop().await;
    drain.start();
    asked_to_stop().await;
}

async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use signal::unix::{signal, SignalKind};
        if let (Ok(mut terminate), Ok(mut interrupt)) =
            (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
        {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            return;
        }
    }
    if signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}

async fn enlist(args: RegisterArgs) -> anyhow::Result<()> {
    let stash = args.key.open()?;
    let adapter = open(&args.adapter).await?;
    let adapter = adapter.adapter();
    let names = attestation(adapter);
    let capability = Capability {
        memory: args
            .memory
            .map_or(adapter.largest_buffer, |mebibytes| mebibytes << 20),
        region: args.region,
        slots: args.slots,
        adapter: names.adapter,
        driver: names.driver,
    };
    let operator = args.operator()?;
    let registration = Registration {
        operator,
        capability,
        ask: args.ask,
        stake: args.stake,
    };
    let client = Client::connect(&args.node.url).await?;
    let worker = register(&client, &stash, &registration).await?;
    print(&client, &worker).await
}

async fn status(args: StatusArgs) -> anyhow::Result<()> {
    let client = Client::connect(&args.node.url).await?;
    let operator = args.key.account()?;
    let worker = client.best().await?.worker(&operator).await?;
    print(&client, &worker.ok_or(WorkerError::Unregistered(operator))?).await
}

async fn why(args: WhyArgs) -> anyhow::Result<()> {
    let view = Client::connect(&args.node.url).await?.best().await?;
    for line in why_not(&view, &args.key.account()?, args.limit).await? {
        println!("{line}");
    }
    Ok(())
}

async fn print(client: &Client, worker: &WorkerInfo) -> anyhow::Result<()> {
    let view = client.best().await?;
    let (stake, balances) = (
        view.stake(&worker.stash).await?,
        view.balances(&worker.stash).await?,
    );
    let WorkerInfo {
        stash,
        operator,
        capability,
        seats_held,
        succeeded,
        commit_missed,
        reveal_missed,
        refuted,
        evidence,
        ..
    } = worker;
    let Capability {
        memory,
        region,
        slots,
        adapter,
        driver,
    } = capability;
    let faulty = if view.is_faulty_driver(driver).await? {
        ", computes wrong: gets no jobs"
    } else {
        ""
    };
    println!("operator   {operator}");
    println!("stash      {stash}");
    println!(
        "state      {}",
        if worker.active {
            "active: can be drawn"
        } else {
            "paused: is not drawn"
        }
    );
    println!("adapter    {}", String::from_utf8_lossy(adapter));
    println!("driver     {}{faulty}", String::from_utf8_lossy(driver));
    println!("offers     {} MiB, {slots} slots, region {region}", memory >> 20);
    println!("ask        {} TFUEL per Gop", amount::format(worker.ask));
    println!(
        "stake      {} THETA, {} at risk",
        amount::format(stake.bonded),
        amount::format(stake.at_risk)
    );
    for slash in view.held_slashes(stash).await? {
        println!(
            "slashed    {} THETA held until block {}",
            amount::format(slash.held),
            slash.burn_at
        );
    }
    println!("balance    {} TFUEL", amount::format(balances.tfuel.free));
    println!("jobs       {seats_held} held, {succeeded} succeeded");
    println!("missed     {commit_missed} commits, {reveal_missed} reveals");
    println!("refuted    {refuted} results");
    // Tenths of a percent.
    let score = evidence.score() / 1_000;
    println!("reputation {}.{} %", score / 10, score % 10);
    for job in view.seats(operator).await? {
        println!("job {:<6} {}", job.id, job.phase.name());
    }
    Ok(())
}

async fn list_adapters(args: AdapterArgs) -> anyhow::Result<()> {
    for adapter in tokio::task::spawn_blocking(adapters).await? {
        let AdapterInfo {
            name,
            driver,
            driver_version,
            backend,
            kind,
            largest_buffer,
        } = adapter;
        let mebibytes = largest_buffer >> 20;
        println!("{name}: {kind}, {backend}, driver {driver} {driver_version}, buffers of {mebibytes} MiB");
    }
    let chosen = open(&args).await?;
    println!(
        "{} would be used, and computes as it should",
        chosen.adapter().name
    );
    Ok(())
}

async fn open(args: &AdapterArgs) -> anyhow::Result<Box<dyn Executor>> {
    let selection = args.selection();
    Ok(tokio::task::spawn_blocking(move || open_adapter(&selection)).await??)
}
