//! A chain in memory: real blocks of the real runtime with real VRF outputs, natively and without a node.
#![allow(dead_code)] // every test binary takes what it needs

use codec::Encode;
use edgeproof_runtime::*;
use polkadot_sdk::{
    frame_support::traits::Get,
    frame_system, pallet_balances, pallet_timestamp, pallet_transaction_payment,
    sp_consensus_babe::{
        digests::{PreDigest, SecondaryVRFPreDigest},
        make_vrf_sign_data, Slot, BABE_ENGINE_ID,
    },
    sp_core::{crypto::VrfSecret, Pair, H256},
    sp_io::{storage, TestExternalities},
    sp_keyring::Sr25519Keyring,
    sp_runtime::{
        generic::{DigestItem, Era},
        traits::{Block as BlockT, Header as _},
        transaction_validity::TransactionValidityError,
        BuildStorage, Digest, DispatchError, MultiSignature,
    },
};
use serde_json::Value;

/// Runs `test` on a chain that starts from `preset`, then checks every invariant once more.
pub fn on_chain(preset: &str, test: impl FnOnce(&mut Chain)) {
    let patch = presets::get_preset(&preset.into()).expect("the preset exists");
    let patch: Value = serde_json::from_slice(&patch).expect("the preset is JSON");
    let mut genesis = serde_json::to_value(RuntimeGenesisConfig::default()).expect("the default is JSON");
    merge(&mut genesis, patch);
    let genesis: RuntimeGenesisConfig = serde_json::from_value(genesis).expect("the preset fits the genesis");
    let mut externalities = TestExternalities::new(genesis.build_storage().expect("the genesis builds"));
    externalities.execute_with(|| {
        let mut chain = Chain {
            parent: H256::zero(),
            number: 0,
            skipped: 0,
            is_open: false,
        };
        chain.open_block();
        test(&mut chain);
        if chain.is_open {
            chain.close_block();
        }
    });
}

/// Lays a preset over the default genesis, as nodes do.
fn merge(base: &mut Value, patch: Value) {
    match (base, patch) {
        (Value::Object(base), Value::Object(patch)) => {
            for (key, value) in patch {
                merge(base.entry(key).or_insert(Value::Null), value);
            }
        }
        (base, patch) => *base = patch,
    }
}

/// An open block and what came before it.
pub struct Chain {
    parent: H256,
    number: BlockNumber,
    /// Slots in which nobody made a block.
    skipped: u64,
    is_open: bool,
}

impl Chain {
    /// Height of the open block.
    pub fn number(&self) -> BlockNumber {
        self.number
    }

    /// Opens the next block; the inherent that it begins with.
    fn open_block(&mut self) -> UncheckedExtrinsic {
        self.number += 1;
        self.is_open = true;
        let slot_millis: u64 = pallet_params::SlotDuration::<Runtime>::get();
        let slot = Slot::from(1_000 + u64::from(self.number) + self.skipped);
        let data = make_vrf_sign_data(&Babe::randomness(), slot, 0);
        let vrf_signature = Sr25519Keyring::Alice.pair().vrf_sign(&data);
        let claim = PreDigest::SecondaryVRF(SecondaryVRFPreDigest {
            authority_index: authority(Sr25519Keyring::Alice),
            slot,
            vrf_signature,
        });
        let digest = Digest {
            logs: vec![DigestItem::PreRuntime(BABE_ENGINE_ID, claim.encode())],
        };
        let header = Header::new(self.number, H256::zero(), H256::zero(), self.parent, digest);
        Executive::initialize_block(&header);
        let now = pallet_timestamp::Call::set {
            now: u64::from(slot) * slot_millis,
        };
        let inherent = UncheckedExtrinsic::new_bare(now.into());
        Executive::apply_extrinsic(inherent.clone())
            .expect("the inherent is valid")
            .expect("the inherent succeeds");
        inherent
    }

    /// The next block with one transaction, whose author changes the state by hand before sealing it. The chain itself
    /// stays where it is: between two blocks.
    pub fn forge(&mut self, from: &Keypair, call: impl Into<RuntimeCall>, change: impl FnOnce()) -> Block {
        self.close_block();
        let number = self.number;
        // Not `with_transaction`, whose nesting level is part of the state.
        storage::start_transaction();
        let inherent = self.open_block();
        let transaction = self.sign(from, call.into()).expect("the call is signed");
        Executive::apply_extrinsic(transaction.clone())
            .expect("the transaction is valid")
            .expect("the transaction succeeds");
        change();
        let header = Executive::finalize_block();
        storage::rollback_transaction();
        self.number = number;
        self.is_open = false;
        <Block as BlockT>::new(header, vec![inherent, transaction])
    }

    fn close_block(&mut self) {
        check_invariants();
        self.parent = Executive::finalize_block().hash();
        self.is_open = false;
    }

    /// Closes the open block and opens the next, `blocks` times.
    pub fn advance(&mut self, blocks: BlockNumber) {
        for _ in 0..blocks {
            self.close_block();
            self.open_block();
        }
    }

    /// Slot of the open block.
    pub fn slot(&self) -> Slot {
        Babe::current_slot()
    }

    /// Begins `sessions` sessions, in a block each: nobody uses the other slots.
    pub fn advance_sessions(&mut self, sessions: u32) {
        for _ in 0..sessions {
            let before = Session::current_index();
            let length: u64 = pallet_params::EpochLength::<Runtime>::get();
            let first = u64::from(Babe::current_epoch_start()) + length;
            let next = u64::from(self.slot()) + 1;
            self.skipped += first.saturating_sub(next);
            self.advance(1);
            assert_eq!(Session::current_index(), before + 1, "one block, one session");
        }
    }

    /// Advances until `found` finds something.
    ///
    /// # Panics
    /// After `limit` blocks.
    pub fn advance_until<T>(&mut self, limit: BlockNumber, found: impl Fn() -> Option<T>) -> T {
        for _ in 0..limit {
            if let Some(value) = found() {
                return value;
            }
            self.advance(1);
        }
        found().unwrap_or_else(|| panic!("not found within {limit} blocks"))
    }

    /// Puts a signed transaction into the open block.
    pub fn submit(&self, from: &Keypair, call: impl Into<RuntimeCall>) -> Result<(), Refusal> {
        Executive::apply_extrinsic(self.sign(from, call.into())?)
            .map_err(Refusal::Invalid)?
            .map_err(Refusal::Failed)
    }

    fn sign(&self, from: &Keypair, call: RuntimeCall) -> Result<UncheckedExtrinsic, Refusal> {
        let extension: TxExtension = (
            frame_system::AuthorizeCall::new(),
            frame_system::CheckNonZeroSender::new(),
            frame_system::CheckSpecVersion::new(),
            frame_system::CheckTxVersion::new(),
            frame_system::CheckGenesis::new(),
            frame_system::CheckMortality::from(Era::Immortal),
            frame_system::CheckNonce::from(System::account_nonce(from.account())),
            frame_system::CheckWeight::new(),
            pallet_jobs::BelowAnswers(pallet_transaction_payment::ChargeTransactionPayment::from(0)).into(),
            polkadot_sdk::frame_metadata_hash_extension::CheckMetadataHash::new(false),
            (
                pallet_jobs::PrioritizeAnswers::new(),
                pallet_disputes::PrioritizeMoves::new(),
                pallet_availability::PrioritizeChunks::new(),
            ),
            frame_system::WeightReclaim::new(),
        );
        let payload = SignedPayload::new(call.clone(), extension.clone()).map_err(Refusal::Invalid)?;
        let signature = payload.using_encoded(|bytes| from.0.sign(bytes));
        Ok(UncheckedExtrinsic::new_signed(
            call,
            from.account().into(),
            MultiSignature::Sr25519(signature),
            extension,
        ))
    }
}

/// Where a validator stands among those who may make blocks.
fn authority(key: Sr25519Keyring) -> u32 {
    let key = key.public();
    let place = Babe::authorities()
        .iter()
        .position(|(authority, _)| AsRef::<[u8]>::as_ref(authority) == key.as_ref() as &[u8]);
    place.expect("Alice is a validator of every preset") as u32
}

/// A key that signs.
#[derive(Clone)]
pub struct Keypair(polkadot_sdk::sp_core::sr25519::Pair);

impl Keypair {
    /// The key of a secret such as `//Alice`.
    pub fn new(secret: &str) -> Self {
        Self(Pair::from_string(secret, None).expect("a valid secret"))
    }

    /// Its account.
    pub fn account(&self) -> AccountId {
        self.0.public().into()
    }
}

/// Why a transaction had no effect.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not in the block.
    Invalid(TransactionValidityError),
    /// It is in the block and failed.
    Failed(DispatchError),
}

/// TFUEL that an account owns, on hold or not.
pub fn tfuel(who: &AccountId) -> Balance {
    use polkadot_sdk::frame_support::traits::fungible::Inspect;
    <pallet_balances::Pallet<Runtime> as Inspect<_>>::total_balance(who)
}

/// Every invariant of every pallet of ours.
pub fn check_invariants() {
    Params::do_try_state().expect("params");
    Randomness::do_try_state().expect("randomness");
    Staking::do_try_state().expect("staking");
    Workers::do_try_state().expect("workers");
    Jobs::do_try_state().expect("jobs");
    Disputes::do_try_state().expect("disputes");
    Availability::do_try_state().expect("availability");
    Rewards::do_try_state().expect("rewards");
    TfuelSupply::do_try_state().expect("TFUEL supply");
    ThetaSupply::do_try_state().expect("THETA supply");
    assert_eq!(ThetaSupply::minted(), 0, "THETA is never minted");
}
