//! The state transition function of Edgeproof.
#![cfg_attr(not(feature = "std"), no_std)]
#![recursion_limit = "256"]

#[cfg(feature = "std")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

extern crate alloc;

mod adapters;
mod apis;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
mod configs;
pub mod presets;

use alloc::{borrow::Cow, vec::Vec};
use polkadot_sdk::{
    frame_support::runtime,
    sp_runtime::{
        generic, impl_opaque_keys,
        traits::{BlakeTwo256, IdentifyAccount, Verify},
        MultiAddress, MultiSignature,
    },
    sp_version::{runtime_version, RuntimeVersion},
    *,
};

#[cfg(feature = "std")]
pub use apis::api;
pub use apis::{RuntimeApi, RUNTIME_API_VERSIONS};
use configs::pallet_origins;
pub use configs::{tracks, Origin, ProxyType, BABE_GENESIS_EPOCH_CONFIG, EXISTENTIAL_DEPOSIT};
pub use edgeproof_primitives::{BlockNumber, TfuelBalance, ThetaBalance};
pub use polkadot_sdk::{frame_system::Call as SystemCall, pallet_balances::Call as BalancesCall};

/// Signature of a transaction.
pub type Signature = MultiSignature;
/// An account's identity.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// How transactions name accounts.
pub type Address = MultiAddress<AccountId, ()>;
/// Transactions sent by an account so far.
pub type Nonce = u32;
/// Hash of blocks and state.
pub type Hash = polkadot_sdk::sp_core::H256;
/// Amounts of both tokens, in planck.
pub type Balance = u128;
/// Milliseconds since 1970.
pub type Moment = u64;

/// Block header.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// Block.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// What surrounds every signed call, in this order.
pub type TxExtension = (
    frame_system::AuthorizeCall<Runtime>,
    frame_system::CheckNonZeroSender<Runtime>,
    frame_system::CheckSpecVersion<Runtime>,
    frame_system::CheckTxVersion<Runtime>,
    frame_system::CheckGenesis<Runtime>,
    frame_system::CheckMortality<Runtime>,
    frame_system::CheckNonce<Runtime>,
    frame_system::CheckWeight<Runtime>,
    pallet_skip_feeless_payment::SkipCheckIfFeeless<
        Runtime,
        pallet_jobs::BelowAnswers<pallet_transaction_payment::ChargeTransactionPayment<Runtime>>,
    >,
    frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
    (
        pallet_jobs::PrioritizeAnswers<Runtime>,
        pallet_disputes::PrioritizeMoves<Runtime>,
        pallet_availability::PrioritizeChunks<Runtime>,
    ),
    frame_system::WeightReclaim<Runtime>,
);
/// A transaction as it travels.
pub type UncheckedExtrinsic = generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// What is signed.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;
/// Executes blocks.
pub type Executive = frame_executive::Executive<
    Runtime,
    Block,
    frame_system::ChainContext<Runtime>,
    Runtime,
    AllPalletsWithSystem,
>;

/// Types that the node needs before it knows the runtime.
pub mod opaque {
    use super::*;
    pub use polkadot_sdk::sp_runtime::OpaqueExtrinsic as UncheckedExtrinsic;

    /// Block with undecoded transactions.
    pub type Block = generic::Block<Header, UncheckedExtrinsic>;
    /// Identity of a block.
    pub type BlockId = generic::BlockId<Block>;
}

impl_opaque_keys! {
    /// The hot keys of a validator.
    pub struct SessionKeys {
        pub babe: Babe,
        pub grandpa: Grandpa,
    }
}

// The attribute reads the number as it is written.
macro_rules! version {
    ($spec_version:tt) => {
        /// Version of this runtime.
        #[runtime_version]
        pub const VERSION: RuntimeVersion = RuntimeVersion {
            spec_name: Cow::Borrowed("edgeproof"),
            impl_name: Cow::Borrowed("edgeproof-node"),
            authoring_version: 1,
            spec_version: $spec_version,
            impl_version: 1,
            apis: RUNTIME_API_VERSIONS,
            transaction_version: 1,
            system_version: 1,
        };
    };
}
#[cfg(not(feature = "next-version"))]
version!(100);
#[cfg(feature = "next-version")]
version!(101);

#[runtime]
mod composition {
    #[runtime::runtime]
    #[runtime::derive(
        RuntimeCall,
        RuntimeEvent,
        RuntimeError,
        RuntimeOrigin,
        RuntimeFreezeReason,
        RuntimeHoldReason,
        RuntimeSlashReason,
        RuntimeLockId,
        RuntimeTask,
        RuntimeViewFunction
    )]
    pub struct Runtime;

    #[runtime::pallet_index(0)]
    pub type System = frame_system;
    #[runtime::pallet_index(1)]
    pub type Timestamp = pallet_timestamp;

    #[runtime::pallet_index(5)]
    pub type Babe = pallet_babe;
    #[runtime::pallet_index(6)]
    pub type Authorship = pallet_authorship;
    #[runtime::pallet_index(7)]
    pub type Session = pallet_session;
    #[runtime::pallet_index(8)]
    pub type Historical = pallet_session::historical;
    #[runtime::pallet_index(9)]
    pub type Offences = pallet_offences;
    #[runtime::pallet_index(10)]
    pub type Grandpa = pallet_grandpa;

    #[runtime::pallet_index(15)]
    pub type Balances = pallet_balances;
    #[runtime::pallet_index(16)]
    pub type Theta = pallet_balances<Instance1>;
    #[runtime::pallet_index(17)]
    pub type TransactionPayment = pallet_transaction_payment;
    #[runtime::pallet_index(18)]
    pub type SkipFeelessPayment = pallet_skip_feeless_payment;
    #[runtime::pallet_index(19)]
    pub type TfuelSupply = pallet_supply;
    #[runtime::pallet_index(20)]
    pub type ThetaSupply = pallet_supply<Instance1>;

    #[runtime::pallet_index(25)]
    pub type Utility = pallet_utility;
    #[runtime::pallet_index(26)]
    pub type Multisig = pallet_multisig;
    #[runtime::pallet_index(27)]
    pub type Proxy = pallet_proxy;
    #[runtime::pallet_index(28)]
    pub type Sudo = pallet_sudo;

    #[runtime::pallet_index(30)]
    pub type Preimage = pallet_preimage;
    #[runtime::pallet_index(31)]
    pub type Scheduler = pallet_scheduler;
    #[runtime::pallet_index(32)]
    pub type Referenda = pallet_referenda;
    #[runtime::pallet_index(33)]
    pub type ConvictionVoting = pallet_conviction_voting;
    #[runtime::pallet_index(34)]
    pub type Origins = pallet_origins;
    #[runtime::pallet_index(35)]
    pub type Treasury = pallet_treasury;

    #[runtime::pallet_index(40)]
    pub type Params = pallet_params;
    #[runtime::pallet_index(41)]
    pub type Randomness = pallet_randomness;
    #[runtime::pallet_index(42)]
    pub type Staking = pallet_theta_staking;
    #[runtime::pallet_index(43)]
    pub type Workers = pallet_workers;
    #[runtime::pallet_index(44)]
    pub type Jobs = pallet_jobs;
    #[runtime::pallet_index(45)]
    pub type Disputes = pallet_disputes;
    #[runtime::pallet_index(46)]
    pub type Availability = pallet_availability;
    #[runtime::pallet_index(47)]
    pub type Rewards = pallet_rewards;
}
