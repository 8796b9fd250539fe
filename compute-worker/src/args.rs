//! What a person types.

use clap::{Parser, Subcommand};
use compute_worker::compute::Selection;
use edgeproof_client::{
    amount, data_folder,
    keys::{KeyError, KeyFile, Password, Signer},
    AccountId,
};
use edgeproof_primitives::{ProgramId, Region, TfuelBalance, ThetaBalance};
use std::path::{Path, PathBuf};

/// Compute jobs of the Edgeproof chain and be paid for them
#[derive(Parser, Debug)]
#[command(name = "compute-worker", version)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Work until stopped: the first SIGTERM or Ctrl-C finishes what has begun, the second leaves at once
    Run(RunArgs),
    /// Check the results of others until stopped, and prove or claim against those that are wrong
    Watch(WatchArgs),
    /// Bond stake and register, or bring a registration up to date
    Register(RegisterArgs),
    /// Show what the chain knows of a worker
    Status(StatusArgs),
    /// Say why a worker has no seat of the jobs that are alive, and what would change that
    Why(WhyArgs),
    /// List the adapters of this machine and try the one that would be used
    Adapters(AdapterArgs),
}

#[derive(clap::Args, Debug)]
pub struct NodeArgs {
    /// Node to talk to
    #[arg(long, env = "EDGEPROOF_URL", default_value = "ws://127.0.0.1:9944")]
    pub url: String,
}

#[derive(clap::Args, Debug)]
pub struct KeyArgs {
    /// Who signs (`run`, `status`, `why`: the operator; `register`: the stash; `watch`: either): a stored key, a key file, or a development key
    /// such as //Alice
    #[arg(long, env = "EDGEPROOF_KEY")]
    key: String,
    /// File whose first line is the password of the key [default: ask]
    #[arg(long, env = "EDGEPROOF_PASSWORD_FILE", value_name = "FILE")]
    password_file: Option<PathBuf>,
}

#[derive(clap::Args, Debug)]
pub struct AdapterArgs {
    /// Part of an adapter's name, or `software` [default: the fastest GPU, or the software adapter]
    #[arg(long, env = "EDGEPROOF_ADAPTER", value_name = "NAME")]
    adapter: Option<String>,
}

#[derive(clap::Args, Debug)]
pub struct RunArgs {
    #[command(flatten)]
    pub node: NodeArgs,
    #[command(flatten)]
    pub key: KeyArgs,
    #[command(flatten)]
    pub adapter: AdapterArgs,
    /// Folder of inputs and outputs [default: `blobs` in the user's data folder]
    #[arg(long, env = "EDGEPROOF_BLOBS", value_name = "DIR")]
    pub blobs: Option<PathBuf>,
    /// Folder of the journal [default: `worker` in the user's data folder]
    #[arg(long, env = "EDGEPROOF_WORKER_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Random invocations of every step that the interpreter executes again before a result is committed to
    #[arg(long, default_value_t = 16, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    pub recheck: u32,
}

#[derive(clap::Args, Debug)]
pub struct WatchArgs {
    #[command(flatten)]
    pub node: NodeArgs,
    #[command(flatten)]
    pub key: KeyArgs,
    #[command(flatten)]
    pub adapter: AdapterArgs,
    /// Folder of inputs and outputs [default: `blobs` in the user's data folder]
    #[arg(long, env = "EDGEPROOF_BLOBS", value_name = "DIR")]
    pub blobs: Option<PathBuf>,
    /// Folder of the journal [default: `worker` in the user's data folder]
    #[arg(long, env = "EDGEPROOF_WORKER_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Watch only jobs that run this program; may be given several times
    #[arg(long, value_name = "ID")]
    pub program: Vec<ProgramId>,
    /// Watch only jobs of this requester; may be given several times
    #[arg(long, value_name = "ADDRESS")]
    pub requester: Vec<AccountId>,
    /// Watch only jobs whose first worker gets at least this fee
    #[arg(long, value_parser = amount::parse, value_name = "TFUEL")]
    pub min_fee: Option<TfuelBalance>,
    /// Jobs that are checked at the same time
    #[arg(long, default_value_t = 1, value_name = "COUNT", value_parser = clap::value_parser!(u16).range(1..))]
    pub replays: u16,
    /// Random invocations of every step that the interpreter executes again while a job is computed again
    #[arg(long, default_value_t = 16, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    pub recheck: u32,
    /// Report what is wrong and send nothing
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(clap::Args, Debug)]
pub struct RegisterArgs {
    #[command(flatten)]
    pub node: NodeArgs,
    #[command(flatten)]
    pub key: KeyArgs,
    /// Who commits and reveals: an address, or a key as above; needs no balance
    #[arg(long, value_name = "KEY")]
    operator: String,
    #[command(flatten)]
    pub adapter: AdapterArgs,
    /// Country where the device stands, as two letters
    #[arg(long, value_parser = region)]
    pub region: Region,
    /// Price of a giga-operation, in TFUEL [default: the least that a job may offer]
    #[arg(long, value_parser = amount::parse, value_name = "TFUEL")]
    pub ask: Option<TfuelBalance>,
    /// Stake, in THETA [default: the chain's minimum]
    #[arg(long, value_parser = amount::parse, value_name = "THETA")]
    pub stake: Option<ThetaBalance>,
    /// Device memory that jobs may use, in MiB [default: the adapter's largest buffer]
    #[arg(long, value_name = "MIB")]
    pub memory: Option<u64>,
    /// Jobs that may be held at the same time
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    pub slots: u16,
}

#[derive(clap::Args, Debug)]
pub struct StatusArgs {
    #[command(flatten)]
    pub node: NodeArgs,
    #[command(flatten)]
    pub key: KeyArgs,
}

#[derive(clap::Args, Debug)]
pub struct WhyArgs {
    #[command(flatten)]
    pub node: NodeArgs,
    #[command(flatten)]
    pub key: KeyArgs,
    /// How many jobs at most, the newest first
    #[arg(long, default_value_t = 20, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..=256))]
    pub limit: u32,
}

impl KeyArgs {
    pub fn open(&self) -> Result<Signer, KeyError> {
        let password = match &self.password_file {
            Some(file) => Password::File(file.clone()),
            None => Password::Ask(Box::new(|file| {
                rpassword::prompt_password(format!("password of {}: ", file.display()))
            })),
        };
        Signer::open(&stored(&self.key), password)
    }

    /// Needs no password.
    pub fn account(&self) -> Result<AccountId, KeyError> {
        account(&self.key)
    }
}

impl RegisterArgs {
    /// Needs no password.
    pub fn operator(&self) -> Result<AccountId, KeyError> {
        account(&self.operator)
    }
}

impl AdapterArgs {
    pub fn selection(&self) -> Selection {
        match self.adapter.as_deref() {
            None => Selection::Best,
            Some("software") => Selection::Software,
            Some(name) => Selection::Named(name.to_owned()),
        }
    }
}

/// The account of an address, a stored key, a key file or a development key.
fn account(text: &str) -> Result<AccountId, KeyError> {
    if text.starts_with("//") {
        return Ok(Signer::from_uri(text)?.account());
    }
    text.parse()
        .or_else(|_| KeyFile::account(Path::new(&stored(text))))
}

/// The file of a key that `edgeproof keys` has stored under a name, unless there is a file of that name.
fn stored(key: &str) -> String {
    let file = data_folder().join("keys").join(format!("{key}.json"));
    if key.starts_with("//") || Path::new(key).exists() || !file.exists() {
        return key.to_owned();
    }
    file.to_string_lossy().into_owned()
}

fn region(text: &str) -> Result<Region, String> {
    Region::new(&text.to_uppercase()).ok_or_else(|| "expected two letters, for instance DE".into())
}
