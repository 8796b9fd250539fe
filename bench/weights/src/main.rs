//! Measures the benchmarks of a runtime given as wasm, and writes weights through a template.
//!
//! What `frame-omni-bencher v1 benchmark pallet` does, without compiling RocksDB.

use clap::Parser;
use frame_benchmarking_cli::PalletCmd;
use sp_runtime::traits::BlakeTwo256;

fn main() -> sc_cli::Result<()> {
    sp_tracing::try_init_simple();
    PalletCmd::parse().run_with_spec::<BlakeTwo256, sp_statement_store::runtime_api::HostFunctions>(None)
}
