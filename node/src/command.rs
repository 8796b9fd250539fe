use crate::{
    chain_spec,
    cli::{Cli, Subcommand},
    ports, service,
};
use edgeproof_runtime::opaque::Block;
use polkadot_sdk::{
    sc_cli::{self, SubstrateCli},
    sc_service,
};

impl SubstrateCli for Cli {
    fn impl_name() -> String {
        "Edgeproof Node".into()
    }

    fn impl_version() -> String {
        env!("SUBSTRATE_CLI_IMPL_VERSION").into()
    }

    fn description() -> String {
        env!("CARGO_PKG_DESCRIPTION").into()
    }

    fn author() -> String {
        "Edgeproof developers".into()
    }

    fn support_url() -> String {
        "docs/ of the repository".into()
    }

    fn copyright_start_year() -> i32 {
        2026
    }

    fn load_spec(&self, id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
        Ok(Box::new(chain_spec::load(id)?))
    }
}

/// Parses the command line and runs what it asks for.
pub fn run() -> sc_cli::Result<()> {
    let cli = Cli::from_args();
    match &cli.subcommand {
        None => {
            let runner = cli.create_runner(&cli.run)?;
            runner.run_node_until_exit(|config| async move {
                ports::check(&config).map_err(|taken| sc_cli::Error::Application(taken.into()))?;
                service::new_full(config).map_err(sc_cli::Error::Service)
            })
        }
        Some(Subcommand::Key(cmd)) => cmd.run(&cli),
        Some(Subcommand::ExportChainSpec(cmd)) => {
            let spec = cli.load_spec(&cmd.chain)?;
            cmd.run(spec)
        }
        Some(Subcommand::CheckBlock(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
            let parts = service::new_partial(&config)?;
            Ok((cmd.run(parts.client, parts.import_queue), parts.task_manager))
        }),
        Some(Subcommand::ExportBlocks(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
            let parts = service::new_partial(&config)?;
            Ok((cmd.run(parts.client, config.database), parts.task_manager))
        }),
        Some(Subcommand::ExportState(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
            let parts = service::new_partial(&config)?;
            Ok((cmd.run(parts.client, config.chain_spec), parts.task_manager))
        }),
        Some(Subcommand::ImportBlocks(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
            let parts = service::new_partial(&config)?;
            Ok((cmd.run(parts.client, parts.import_queue), parts.task_manager))
        }),
        Some(Subcommand::PurgeChain(cmd)) => cli
            .create_runner(cmd)?
            .sync_run(|config| cmd.run(config.database)),
        Some(Subcommand::Revert(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
            let parts = service::new_partial(&config)?;
            let revert_consensus =
                Box::new(|client: std::sync::Arc<service::FullClient>, backend, blocks| {
                    polkadot_sdk::sc_consensus_babe::revert(client.clone(), backend, blocks)?;
                    polkadot_sdk::sc_consensus_grandpa::revert(client, blocks)?;
                    Ok(())
                });
            Ok((
                cmd.run(parts.client, parts.backend, Some(revert_consensus)),
                parts.task_manager,
            ))
        }),
        Some(Subcommand::ChainInfo(cmd)) => cli
            .create_runner(cmd)?
            .sync_run(|config| cmd.run::<Block>(&config)),
    }
}
