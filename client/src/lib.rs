//! Rust SDK: post jobs, watch them, fetch and check their results.
//!
//! ```no_run
//! use edgeproof_client::{keys::{Password, Signer}, Client};
//! # async fn example(spec: edgeproof_primitives::JobSpec) -> Result<(), Box<dyn std::error::Error>> {
//! use futures::StreamExt;
//!
//! let client = Client::connect("ws://127.0.0.1:9944").await?;
//! let signer = Signer::open("//Alice", Password::Env("EDGEPROOF_PASSWORD".into()))?;
//! let posted = client.submit_job(&signer, &spec).await?;
//! let mut updates = std::pin::pin!(client.watch_job(posted.value));
//! while let Some(update) = updates.next().await {
//!     let update = update?;
//!     println!("block {}: {}", update.block, update.state.name());
//! }
//! # Ok(())
//! # }
//! ```

pub mod amount;
pub mod blobs;
mod chain;
pub mod keys;
mod paths;
pub mod result;

pub use chain::*;
pub use paths::data_folder;
pub use subxt::utils::AccountId32 as AccountId;
