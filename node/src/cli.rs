use clap::Parser;
use polkadot_sdk::sc_cli;

/// Edgeproof node: authors, finalises and serves the chain.
#[derive(Debug, Parser)]
#[command(subcommand_negates_reqs = true, version(env!("SUBSTRATE_CLI_IMPL_VERSION")))]
pub struct Cli {
    #[command(subcommand)]
    pub subcommand: Option<Subcommand>,

    #[command(flatten)]
    pub run: sc_cli::RunCmd,
}

/// Everything beside running.
#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
    /// Generate, inspect and insert keys.
    #[command(subcommand)]
    Key(sc_cli::KeySubcommand),

    /// Print the specification of a chain as JSON.
    ExportChainSpec(sc_cli::ExportChainSpecCmd),

    /// Validate blocks.
    CheckBlock(sc_cli::CheckBlockCmd),

    /// Export blocks to a file.
    ExportBlocks(sc_cli::ExportBlocksCmd),

    /// Export the state of a block as a chain specification.
    ExportState(sc_cli::ExportStateCmd),

    /// Import blocks from a file.
    ImportBlocks(sc_cli::ImportBlocksCmd),

    /// Delete the data of a chain.
    PurgeChain(sc_cli::PurgeChainCmd),

    /// Go back some blocks.
    Revert(sc_cli::RevertCmd),

    /// Print what the database says about itself.
    ChainInfo(sc_cli::ChainInfoCmd),
}
