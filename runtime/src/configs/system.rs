use crate::*;
use polkadot_sdk::{
    frame_support::{
        derive_impl,
        dispatch::DispatchClass,
        parameter_types,
        traits::ConstU32,
        weights::{
            constants::{ParityDbWeight, WEIGHT_REF_TIME_PER_SECOND},
            Weight,
        },
    },
    frame_system::{
        limits::{BlockLength, BlockWeights},
        offchain::{CreateBare, CreateTransactionBase},
    },
    sp_runtime::{traits::AccountIdLookup, Perbill},
};

/// Share of a block that ordinary transactions may fill; the rest is kept for operational ones.
const NORMAL_SHARE: Perbill = Perbill::from_percent(75);

/// Execution time of a block: one third of the 3 s slot.
pub const MAX_BLOCK_WEIGHT: Weight = Weight::from_parts(WEIGHT_REF_TIME_PER_SECOND, u64::MAX);

parameter_types! {
    pub const BlockHashCount: BlockNumber = 4096;
    pub const Version: RuntimeVersion = VERSION;
    pub RuntimeBlockWeights: BlockWeights =
        BlockWeights::with_sensible_defaults(MAX_BLOCK_WEIGHT, NORMAL_SHARE);
    pub RuntimeBlockLength: BlockLength = BlockLength::builder()
        .max_length(4 * 1024 * 1024)
        .modify_max_length_for_class(DispatchClass::Normal, |length| *length = NORMAL_SHARE * *length)
        .build();
    pub const SS58Prefix: u8 = 42;
}

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
    type BaseCallFilter = adapters::CountedBurnsOnly;
    type Block = Block;
    type BlockWeights = RuntimeBlockWeights;
    type BlockLength = RuntimeBlockLength;
    type BlockHashCount = BlockHashCount;
    type AccountId = AccountId;
    type Nonce = Nonce;
    type Hash = Hash;
    type Lookup = AccountIdLookup<AccountId, ()>;
    type DbWeight = ParityDbWeight;
    type Version = Version;
    type AccountData = pallet_balances::AccountData<Balance>;
    type SystemWeightInfo = frame_system::weights::SubstrateWeight<Runtime>;
    type ExtensionsWeightInfo = frame_system::SubstrateExtensionsWeight<Runtime>;
    type SS58Prefix = SS58Prefix;
    type MaxConsumers = ConstU32<16>;
}

impl pallet_timestamp::Config for Runtime {
    type Moment = Moment;
    type OnTimestampSet = Babe;
    type MinimumPeriod = pallet_params::MinimumPeriod<Runtime>;
    type WeightInfo = pallet_timestamp::weights::SubstrateWeight<Runtime>;
}

impl<LocalCall> CreateTransactionBase<LocalCall> for Runtime
where
    RuntimeCall: From<LocalCall>,
{
    type Extrinsic = UncheckedExtrinsic;
    type RuntimeCall = RuntimeCall;
}

/// Reports of equivocations travel unsigned.
impl<LocalCall> CreateBare<LocalCall> for Runtime
where
    RuntimeCall: From<LocalCall>,
{
    fn create_bare(call: RuntimeCall) -> UncheckedExtrinsic {
        UncheckedExtrinsic::new_bare(call)
    }
}
