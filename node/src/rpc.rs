//! RPC beside what the SDK serves by itself: accounts, fees, BABE and GRANDPA.

use crate::service::{FullBackend, FullClient, FullPool, FullSelectChain};
use edgeproof_runtime::{opaque::Block, AccountId, Hash, Nonce};
use jsonrpsee::RpcModule;
use polkadot_sdk::{
    pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer},
    sc_consensus_babe::BabeWorkerHandle,
    sc_consensus_babe_rpc::{Babe, BabeApiServer},
    sc_consensus_grandpa::{
        FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState,
    },
    sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer},
    sc_rpc::SubscriptionTaskExecutor,
    sp_keystore::KeystorePtr,
    substrate_frame_rpc_system::{System, SystemApiServer},
};
use std::{error::Error, sync::Arc};

/// What BABE's methods need.
pub struct BabeDeps {
    pub worker: BabeWorkerHandle<Block>,
    pub keystore: KeystorePtr,
}

/// What GRANDPA's methods need.
pub struct GrandpaDeps {
    pub voter_state: SharedVoterState,
    pub authority_set: SharedAuthoritySet<Hash, u32>,
    pub justifications: GrandpaJustificationStream<Block>,
    pub executor: SubscriptionTaskExecutor,
    pub proofs: Arc<FinalityProofProvider<FullBackend, Block>>,
}

/// What the methods need from the node.
pub struct FullDeps {
    pub client: Arc<FullClient>,
    pub pool: Arc<FullPool>,
    pub select_chain: FullSelectChain,
    pub babe: BabeDeps,
    pub grandpa: GrandpaDeps,
}

/// The module that is merged into the SDK's.
pub fn create_full(deps: FullDeps) -> Result<RpcModule<()>, Box<dyn Error + Send + Sync>> {
    let FullDeps {
        client,
        pool,
        select_chain,
        babe,
        grandpa,
    } = deps;
    let mut module = RpcModule::new(());
    module.merge(SystemApiServer::<Hash, AccountId, Nonce>::into_rpc(System::new(
        client.clone(),
        pool,
    )))?;
    module.merge(TransactionPayment::new(client.clone()).into_rpc())?;
    module.merge(Babe::new(client, babe.worker, babe.keystore, select_chain).into_rpc())?;
    module.merge(
        Grandpa::new(
            grandpa.executor,
            grandpa.authority_set,
            grandpa.voter_state,
            grandpa.justifications,
            grandpa.proofs,
        )
        .into_rpc(),
    )?;
    Ok(module)
}
