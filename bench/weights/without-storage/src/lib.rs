//! In place of the SDK's crate of this name, which compiles binaryen and a runtime for the storage benchmark that
//! `edgeproof-weights` does not offer. Only the types that the benchmarking library names.

use codec::Encode;
use sp_core::storage::ChildInfo;
use sp_runtime::traits::Block;
use sp_trie::StorageProof;

type Pairs = Vec<(Vec<u8>, Vec<u8>)>;

/// There is none.
pub const WASM_BINARY: Option<&[u8]> = None;

#[derive(Clone, Encode)]
pub struct StorageAccessParams<B: Block> {
    state_root: B::Hash,
    storage_proof: StorageProof,
    payload: Payload,
    is_dry_run: bool,
}

#[derive(Clone, Encode)]
enum Payload {
    Read(Vec<(Vec<u8>, Option<ChildInfo>)>),
    Write((Pairs, Option<ChildInfo>)),
}

impl<B: Block> StorageAccessParams<B> {
    fn new(state_root: B::Hash, storage_proof: StorageProof, payload: Payload) -> Self {
        Self {
            state_root,
            storage_proof,
            payload,
            is_dry_run: false,
        }
    }

    pub fn new_read(
        state_root: B::Hash,
        storage_proof: StorageProof,
        payload: Vec<(Vec<u8>, Option<ChildInfo>)>,
    ) -> Self {
        Self::new(state_root, storage_proof, Payload::Read(payload))
    }

    pub fn new_write(
        state_root: B::Hash,
        storage_proof: StorageProof,
        payload: (Pairs, Option<ChildInfo>),
    ) -> Self {
        Self::new(state_root, storage_proof, Payload::Write(payload))
    }

    pub fn as_dry_run(&self) -> Self {
        Self {
            is_dry_run: true,
            ..self.clone()
        }
    }
}
