//! What frame-omni-bencher measures.

use crate::*;
use alloc::{string::String, vec::Vec};
use polkadot_sdk::{
    frame_benchmarking::{define_benchmarks, BenchmarkBatch, BenchmarkConfig, BenchmarkList},
    frame_support::traits::{StorageInfo, StorageInfoTrait, WhitelistedStorageKeys},
};

define_benchmarks!(
    [pallet_params, Params]
    [pallet_randomness, Randomness]
    [pallet_theta_staking, Staking]
    [pallet_workers, Workers]
    [pallet_jobs, Jobs]
    [pallet_disputes, Disputes]
    [pallet_availability, Availability]
    [pallet_rewards, Rewards]
);

pub fn metadata(extra: bool) -> (Vec<BenchmarkList>, Vec<StorageInfo>) {
    let mut list = Vec::<BenchmarkList>::new();
    list_benchmarks!(list, extra);
    (list, AllPalletsWithSystem::storage_info())
}

pub fn dispatch(config: BenchmarkConfig) -> Result<Vec<BenchmarkBatch>, String> {
    let whitelist = AllPalletsWithSystem::whitelisted_storage_keys();
    let mut batches = Vec::<BenchmarkBatch>::new();
    let params = (&config, &whitelist);
    add_benchmarks!(params, batches);
    Ok(batches)
}
