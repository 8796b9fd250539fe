//! Wires the SDK's services into a node.

use crate::rpc;
use edgeproof_runtime::{opaque::Block, RuntimeApi};
use polkadot_sdk::{
    sc_basic_authorship::ProposerFactory,
    sc_client_api::BlockBackend,
    sc_consensus::{BasicQueue, LongestChain},
    sc_consensus_babe::{self as babe, BabeBlockImport, BabeLink, BabeWorkerHandle, SlotProportion},
    sc_consensus_grandpa::{self as grandpa, GrandpaBlockImport, LinkHalf, SharedVoterState},
    sc_consensus_slots::BackoffAuthoringOnFinalizedHeadLagging,
    sc_executor::WasmExecutor,
    sc_network::{Litep2pNetworkBackend, NetworkBackend},
    sc_service::{
        self, config::Configuration, error::Error as ServiceError, TFullBackend, TFullClient, TaskManager,
        WarpSyncConfig,
    },
    sc_telemetry::{Telemetry, TelemetryWorker},
    sc_transaction_pool::{Builder as PoolBuilder, TransactionPoolHandle},
    sc_transaction_pool_api::OffchainTransactionPoolFactory,
    sp_consensus_babe::{inherents::InherentDataProvider as BabeInherents, SlotDuration},
    sp_core::H256,
    sp_inherents::CreateInherentDataProviders,
    sp_io::SubstrateHostFunctions,
    sp_timestamp::InherentDataProvider as TimestampInherents,
};
use std::{path::PathBuf, sync::Arc, time::Duration};

/// Executes the runtime.
pub type FullExecutor = WasmExecutor<SubstrateHostFunctions>;
/// The client of a full node.
pub type FullClient = TFullClient<Block, RuntimeApi, FullExecutor>;
/// The database of a full node.
pub type FullBackend = TFullBackend<Block>;
/// The fork choice: the longest chain.
pub type FullSelectChain = LongestChain<FullBackend, Block>;
/// The transaction pool.
pub type FullPool = TransactionPoolHandle<Block, FullClient>;

type FullGrandpaImport = GrandpaBlockImport<FullBackend, Block, FullClient, FullSelectChain>;
type FullBabeImport = BabeBlockImport<Block, FullClient, FullGrandpaImport, SlotInherents, FullSelectChain>;
type FullGrandpaLink = LinkHalf<Block, FullClient, FullSelectChain>;

/// How many blocks may pass between two justifications that are kept.
const JUSTIFICATION_PERIOD: u32 = 512;

/// What every block says about its time.
#[derive(Clone, Copy)]
struct SlotInherents {
    slot_duration: SlotDuration,
}

#[async_trait::async_trait]
impl CreateInherentDataProviders<Block, ()> for SlotInherents {
    type InherentDataProviders = (BabeInherents, TimestampInherents);

    async fn create_inherent_data_providers(
        &self,
        _: H256,
        _: (),
    ) -> Result<Self::InherentDataProviders, Box<dyn std::error::Error + Send + Sync>> {
        let timestamp = TimestampInherents::from_system_time();
        Ok((
            BabeInherents::from_timestamp_and_slot_duration(*timestamp, self.slot_duration),
            timestamp,
        ))
    }
}

/// What subcommands need of a node.
pub struct Partial {
    pub client: Arc<FullClient>,
    pub backend: Arc<FullBackend>,
    pub task_manager: TaskManager,
    pub import_queue: BasicQueue<Block>,
    keystore: sc_service::KeystoreContainer,
    select_chain: FullSelectChain,
    pool: Arc<FullPool>,
    block_import: FullBabeImport,
    babe_link: BabeLink<Block>,
    babe_worker: BabeWorkerHandle<Block>,
    grandpa_link: FullGrandpaLink,
    inherents: SlotInherents,
    telemetry: Option<Telemetry>,
}

/// Where compiled runtimes are kept, so that all nodes of a user compile each runtime once.
fn compiled_runtimes() -> Option<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))?;
    let path = cache.join("edgeproof").join("runtimes");
    std::fs::create_dir_all(&path).ok()?;
    Some(path)
}

fn executor(config: &Configuration) -> FullExecutor {
    let settings = &config.executor;
    let heap =
        settings
            .default_heap_pages
            .map_or(polkadot_sdk::sc_executor::DEFAULT_HEAP_ALLOC_STRATEGY, |pages| {
                polkadot_sdk::sc_executor::HeapAllocStrategy::Static {
                    extra_pages: pages as u32,
                }
            });
    let builder = FullExecutor::builder()
        .with_execution_method(settings.wasm_method)
        .with_onchain_heap_alloc_strategy(heap)
        .with_offchain_heap_alloc_strategy(heap)
        .with_max_runtime_instances(settings.max_runtime_instances)
        .with_runtime_cache_size(settings.runtime_cache_size);
    match compiled_runtimes() {
        Some(path) => builder.with_cache_path(path).build(),
        None => builder.build(),
    }
}

/// Everything up to the network.
pub fn new_partial(config: &Configuration) -> Result<Partial, ServiceError> {
    let telemetry = config
        .telemetry_endpoints
        .clone()
        .filter(|endpoints| !endpoints.is_empty())
        .map(|endpoints| -> Result<_, polkadot_sdk::sc_telemetry::Error> {
            let worker = TelemetryWorker::new(16)?;
            let telemetry = worker.handle().new_telemetry(endpoints);
            Ok((worker, telemetry))
        })
        .transpose()?;

    let (client, backend, keystore, task_manager) = sc_service::new_full_parts::<Block, RuntimeApi, _>(
        config,
        telemetry.as_ref().map(|(_, telemetry)| telemetry.handle()),
        executor(config),
        vec![],
    )?;
    let client = Arc::new(client);
    let telemetry = telemetry.map(|(worker, telemetry)| {
        task_manager.spawn_handle().spawn("telemetry", None, worker.run());
        telemetry
    });

    let select_chain = LongestChain::new(backend.clone());
    let pool = Arc::from(
        PoolBuilder::new(
            task_manager.spawn_essential_handle(),
            client.clone(),
            config.role.is_authority().into(),
        )
        .with_options(config.transaction_pool.clone())
        .with_prometheus(config.prometheus_registry())
        .build(),
    );

    let (grandpa_import, grandpa_link) = grandpa::block_import(
        client.clone(),
        JUSTIFICATION_PERIOD,
        &client,
        select_chain.clone(),
        telemetry.as_ref().map(Telemetry::handle),
    )?;
    let justification_import = grandpa_import.clone();

    let babe_config = babe::configuration(&*client)?;
    let slot_duration = babe_config.slot_duration();
    let inherents = SlotInherents { slot_duration };
    let (block_import, babe_link) = babe::block_import(
        babe_config,
        grandpa_import,
        client.clone(),
        inherents,
        select_chain.clone(),
        OffchainTransactionPoolFactory::new(pool.clone()),
    )?;
    let (import_queue, babe_worker) = babe::import_queue(babe::ImportQueueParams {
        link: babe_link.clone(),
        block_import: block_import.clone(),
        justification_import: Some(Box::new(justification_import)),
        client: client.clone(),
        slot_duration,
        spawner: &task_manager.spawn_essential_handle(),
        registry: config.prometheus_registry(),
        telemetry: telemetry.as_ref().map(Telemetry::handle),
    })?;

    Ok(Partial {
        client,
        backend,
        task_manager,
        import_queue,
        keystore,
        select_chain,
        pool,
        block_import,
        babe_link,
        babe_worker,
        grandpa_link,
        inherents,
        telemetry,
    })
}

/// A running node.
pub fn new_full(config: Configuration) -> Result<TaskManager, ServiceError> {
    let Partial {
        client,
        backend,
        mut task_manager,
        import_queue,
        keystore,
        select_chain,
        pool,
        block_import,
        babe_link,
        babe_worker,
        grandpa_link,
        inherents,
        mut telemetry,
    } = new_partial(&config)?;

    let mut net_config = polkadot_sdk::sc_network::config::FullNetworkConfiguration::<
        Block,
        H256,
        Litep2pNetworkBackend,
    >::new(&config.network, config.prometheus_registry().cloned());
    let metrics = <Litep2pNetworkBackend as NetworkBackend<Block, H256>>::register_notification_metrics(
        config.prometheus_registry(),
    );
    let genesis_hash = client
        .block_hash(0)?
        .ok_or_else(|| ServiceError::Other("the database has no genesis block: purge the chain".into()))?;
    let grandpa_protocol = grandpa::protocol_standard_name(&genesis_hash, &config.chain_spec);
    let (grandpa_config, grandpa_notifications) =
        grandpa::grandpa_peers_set_config::<Block, Litep2pNetworkBackend>(
            grandpa_protocol.clone(),
            metrics.clone(),
            net_config.peer_store_handle(),
        );
    net_config.add_notification_protocol(grandpa_config);

    let warp_sync = Arc::new(grandpa::warp_proof::NetworkProvider::new(
        backend.clone(),
        grandpa_link.shared_authority_set().clone(),
        Vec::new(),
    ));

    let (network, system_rpc_tx, tx_handler_controller, sync_service, _bitswap) =
        sc_service::build_network(sc_service::BuildNetworkParams {
            config: &config,
            net_config,
            client: client.clone(),
            transaction_pool: pool.clone(),
            spawn_handle: task_manager.spawn_handle(),
            spawn_essential_handle: task_manager.spawn_essential_handle(),
            import_queue,
            block_announce_validator_builder: None,
            warp_sync_config: Some(WarpSyncConfig::WithProvider(warp_sync)),
            block_relay: None,
            metrics,
            gap_sync_body_policy: None,
        })?;

    let role = config.role;
    let force_authoring = config.force_authoring;
    let name = config.network.node_name.clone();
    let enable_grandpa = !config.disable_grandpa;
    let prometheus = config.prometheus_registry().cloned();
    let voter_state = SharedVoterState::empty();

    let rpc_builder = {
        let client = client.clone();
        let pool = pool.clone();
        let select_chain = select_chain.clone();
        let keystore = keystore.keystore();
        let voter_state = voter_state.clone();
        let authority_set = grandpa_link.shared_authority_set().clone();
        let justifications = grandpa_link.justification_stream();
        let proofs =
            grandpa::FinalityProofProvider::new_for_service(backend.clone(), Some(authority_set.clone()));
        Box::new(move |executor| {
            rpc::create_full(rpc::FullDeps {
                client: client.clone(),
                pool: pool.clone(),
                select_chain: select_chain.clone(),
                babe: rpc::BabeDeps {
                    worker: babe_worker.clone(),
                    keystore: keystore.clone(),
                },
                grandpa: rpc::GrandpaDeps {
                    voter_state: voter_state.clone(),
                    authority_set: authority_set.clone(),
                    justifications: justifications.clone(),
                    executor,
                    proofs: proofs.clone(),
                },
            })
            .map_err(Into::into)
        })
    };

    sc_service::spawn_tasks(sc_service::SpawnTasksParams {
        config,
        client: client.clone(),
        backend,
        task_manager: &mut task_manager,
        keystore: keystore.keystore(),
        transaction_pool: pool.clone(),
        rpc_builder,
        network: network.clone(),
        system_rpc_tx,
        tx_handler_controller,
        sync_service: sync_service.clone(),
        telemetry: telemetry.as_mut(),
        tracing_execute_block: None,
    })?;

    if role.is_authority() {
        let proposer = ProposerFactory::new(
            task_manager.spawn_handle(),
            client.clone(),
            pool.clone(),
            prometheus.as_ref(),
            telemetry.as_ref().map(Telemetry::handle),
        );
        let authoring = babe::start_babe(babe::BabeParams {
            keystore: keystore.keystore(),
            client: client.clone(),
            select_chain,
            env: proposer,
            block_import,
            sync_oracle: sync_service.clone(),
            justification_sync_link: sync_service.clone(),
            create_inherent_data_providers: inherents,
            force_authoring,
            backoff_authoring_blocks: Some(BackoffAuthoringOnFinalizedHeadLagging::default()),
            babe_link,
            block_proposal_slot_portion: SlotProportion::new(2f32 / 3f32),
            max_block_proposal_slot_portion: None,
            telemetry: telemetry.as_ref().map(Telemetry::handle),
        })?;
        task_manager.spawn_essential_handle().spawn_blocking(
            "babe-proposer",
            Some("block-authoring"),
            authoring,
        );
    }

    if enable_grandpa {
        let voter = grandpa::run_grandpa_voter(grandpa::GrandpaParams {
            config: grandpa::Config {
                gossip_duration: Duration::from_millis(333),
                justification_generation_period: JUSTIFICATION_PERIOD,
                name: Some(name),
                observer_enabled: false,
                keystore: role.is_authority().then(|| keystore.keystore()),
                local_role: role,
                telemetry: telemetry.as_ref().map(Telemetry::handle),
                protocol_name: grandpa_protocol,
            },
            link: grandpa_link,
            network,
            sync: Arc::new(sync_service),
            notification_service: grandpa_notifications,
            voting_rule: grandpa::VotingRulesBuilder::default().build(),
            prometheus_registry: prometheus,
            shared_voter_state: voter_state,
            telemetry: telemetry.as_ref().map(Telemetry::handle),
            offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(pool),
        })?;
        task_manager
            .spawn_essential_handle()
            .spawn_blocking("grandpa-voter", None, voter);
    }
    Ok(task_manager)
}
