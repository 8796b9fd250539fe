use super::{ClientError, Config, NodeStatus, View};
use crate::AccountId;
use edgeproof_primitives::{BlockNumber, Hash};
use futures::{future, Stream, StreamExt};
use std::{fmt, sync::Arc};
use subxt::{
    backend::{BlockRef, LegacyBackend},
    config::{HashFor, RpcConfigFor},
    error::{ConstantError, ExtrinsicError, StorageError},
    rpcs::{
        client::{jsonrpsee_client, rpc_params, JsonrpseeRpcClient},
        LegacyRpcMethods, RpcClient,
    },
    OnlineClient,
};
use tokio::sync::Mutex;

/// Best blocks that arrive while one is being read; only the newest of them is worth reading.
const BACKLOG: usize = 64;

/// A connection to a node. Cheap to clone; a lost connection stays lost, connect again.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    url: String,
    online: OnlineClient<Config>,
    rpc: LegacyRpcMethods<RpcConfigFor<Config>>,
    transport: Arc<JsonrpseeRpcClient>,
    /// One transaction at a time, so that nonces follow each other.
    sending: Mutex<()>,
}

/// How a node answers who asks it for session keys.
#[derive(serde::Deserialize)]
struct SessionKeysMade {
    keys: String,
    proof: String,
}

impl Client {
    /// Connects to a node, for instance at `ws://127.0.0.1:9944`.
    ///
    /// # Errors
    /// [`ClientError::Unreachable`] when nobody answers there.
    pub async fn connect(url: &str) -> Result<Self, ClientError> {
        let unreachable = |reason: String| ClientError::Unreachable {
            url: url.to_owned(),
            reason,
        };
        let transport = jsonrpsee_client(url)
            .await
            .map_err(|error| unreachable(error.to_string()))?;
        let transport = Arc::new(transport);
        let rpc = RpcClient::new(transport.clone());
        let backend = LegacyBackend::<Config>::builder().build(rpc.clone());
        let online = OnlineClient::from_backend(Arc::new(backend))
            .await
            .map_err(|error| unreachable(error.to_string()))?;
        let inner = Inner {
            url: url.to_owned(),
            online,
            rpc: LegacyRpcMethods::new(rpc),
            transport,
            sending: Mutex::new(()),
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// The node's address.
    pub fn url(&self) -> &str {
        &self.inner.url
    }

    /// Hash of the chain's first block.
    pub fn genesis(&self) -> Hash {
        self.inner.online.genesis_hash().0
    }

    /// Fails unless the node runs the chain with this first block.
    pub fn expect_genesis(&self, expected: &Hash) -> Result<(), ClientError> {
        let found = self.genesis();
        if found == *expected {
            return Ok(());
        }
        Err(ClientError::WrongChain {
            expected: hex::encode(expected),
            found: hex::encode(found),
        })
    }

    /// Asks the node about itself.
    pub async fn status(&self) -> Result<NodeStatus, ClientError> {
        let rpc = &self.inner.rpc;
        let asked = async {
            let health = rpc.system_health().await?;
            Ok::<_, subxt::rpcs::Error>(NodeStatus {
                chain: rpc.system_chain().await?,
                node: rpc.system_name().await?,
                version: rpc.system_version().await?,
                peers: health.peers as u64,
                syncing: health.is_syncing,
                best: height(
                    rpc.chain_get_header(None)
                        .await?
                        .map_or(0, |header| header.number),
                ),
                finalized: 0,
                spec_version: rpc.state_get_runtime_version(None).await?.spec_version,
            })
        };
        let status = asked.await.map_err(|error| self.failed(error))?;
        Ok(NodeStatus {
            finalized: self.finalized().await?.number(),
            ..status
        })
    }

    /// Makes new session keys in the node, and returns them with the proof that the node has them, for `owner`.
    pub(super) async fn rotate_keys(&self, owner: &AccountId) -> Result<(Vec<u8>, Vec<u8>), ClientError> {
        let rpc = RpcClient::new(self.inner.transport.clone());
        let owner = format!("0x{}", hex::encode(owner.0));
        let made: SessionKeysMade = rpc
            .request("author_rotateKeysWithOwner", rpc_params![owner])
            .await
            .map_err(|error| self.failed(error))?;
        let bytes = |text: &str| {
            hex::decode(text.trim_start_matches("0x"))
                .map_err(|_| ClientError::Node("its session keys are no bytes".into()))
        };
        Ok((bytes(&made.keys)?, bytes(&made.proof)?))
    }

    /// The state after the best block.
    pub async fn best(&self) -> Result<View, ClientError> {
        let hash = self
            .inner
            .rpc
            .chain_get_block_hash(None)
            .await
            .map_err(|error| self.failed(error))?;
        let hash = hash.ok_or_else(|| ClientError::Node("it has no best block".into()))?;
        self.at(hash).await
    }

    /// The state after the last finalised block.
    pub async fn finalized(&self) -> Result<View, ClientError> {
        let hash = self
            .inner
            .rpc
            .chain_get_finalized_head()
            .await
            .map_err(|error| self.failed(error))?;
        self.at(hash).await
    }

    /// Best blocks as they come; of several that wait only the newest. Ends when the connection is lost.
    pub async fn best_blocks(
        &self,
    ) -> Result<impl Stream<Item = Result<View, ClientError>> + Send + Unpin + 'static, ClientError> {
        let blocks = self
            .inner
            .online
            .stream_best_blocks()
            .await
            .map_err(|error| self.failed(error))?;
        let client = self.clone();
        let newest = blocks
            .ready_chunks(BACKLOG)
            .filter_map(|mut blocks| future::ready(blocks.pop()));
        Ok(newest
            .then(move |block| {
                let client = client.clone();
                async move {
                    let block = block.map_err(|error| client.failed(error))?;
                    let at = block.at().await.map_err(|error| client.failed(error))?;
                    Ok(View::new(client, at))
                }
            })
            .boxed())
    }

    pub(super) async fn at(&self, hash: HashFor<Config>) -> Result<View, ClientError> {
        let at = self.inner.online.at_block(BlockRef::from_hash(hash)).await;
        Ok(View::new(self.clone(), at.map_err(|error| self.failed(error))?))
    }

    pub(super) fn rpc(&self) -> &LegacyRpcMethods<RpcConfigFor<Config>> {
        &self.inner.rpc
    }

    pub(super) fn sending(&self) -> &Mutex<()> {
        &self.inner.sending
    }

    /// What an error of the library means. The transport knows best whether the connection is at fault.
    pub(super) fn failed(&self, error: impl Into<subxt::Error>) -> ClientError {
        let error = error.into();
        if !self.inner.transport.is_connected() {
            return ClientError::ConnectionLost {
                url: self.inner.url.clone(),
                reason: error.to_string(),
            };
        }
        match error {
            subxt::Error::StorageError(
                StorageError::IncompatibleCodegen
                | StorageError::PalletNameNotFound(_)
                | StorageError::StorageEntryNotFound { .. },
            )
            | subxt::Error::ExtrinsicError(
                ExtrinsicError::IncompatibleCodegen
                | ExtrinsicError::PalletNameNotFound(_)
                | ExtrinsicError::CallNameNotFound { .. },
            )
            | subxt::Error::ConstantError(
                ConstantError::IncompatibleCodegen
                | ConstantError::PalletNameNotFound(_)
                | ConstantError::ConstantNameNotFound { .. },
            ) => ClientError::Incompatible(error.to_string()),
            error => ClientError::Node(error.to_string()),
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Client({})", self.inner.url)
    }
}

/// Heights are 32 bits wide on this chain.
pub(super) fn height(number: u64) -> BlockNumber {
    BlockNumber::try_from(number).unwrap_or(BlockNumber::MAX)
}
