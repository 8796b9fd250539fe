use crate::*;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use edgeproof_primitives::UNIT;
use polkadot_sdk::{
    frame_support::traits::{ConstU128, ConstU32, InstanceFilter},
    sp_runtime::traits::BlakeTwo256,
};
use scale_info::TypeInfo;

/// Deposit for a storage item of `bytes` bytes, in planck of TFUEL.
pub(super) const fn deposit(bytes: Balance) -> Balance {
    UNIT / 10 + bytes * (UNIT / 100_000)
}

impl pallet_utility::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeCall = RuntimeCall;
    type PalletsOrigin = OriginCaller;
    type WeightInfo = pallet_utility::weights::SubstrateWeight<Runtime>;
}

impl pallet_multisig::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeCall = RuntimeCall;
    type Currency = Balances;
    type DepositBase = ConstU128<{ deposit(88) }>;
    type DepositFactor = ConstU128<{ UNIT / 100_000 * 32 }>;
    type MaxSignatories = ConstU32<100>;
    type WeightInfo = pallet_multisig::weights::SubstrateWeight<Runtime>;
    type BlockNumberProvider = System;
}

/// What a proxy may do in its principal's name.
#[derive(
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    DecodeWithMemTracking,
    Debug,
    MaxEncodedLen,
    TypeInfo,
)]
pub enum ProxyType {
    /// Everything.
    #[default]
    Any,
    /// Everything that moves no token directly.
    NonTransfer,
    /// Post and cancel jobs.
    Requester,
    /// Manage stake and worker registration.
    Operator,
    /// Propose and vote.
    Governance,
}

impl InstanceFilter<RuntimeCall> for ProxyType {
    fn filter(&self, call: &RuntimeCall) -> bool {
        match self {
            Self::Any => true,
            Self::NonTransfer => !matches!(call, RuntimeCall::Balances(_) | RuntimeCall::Theta(_)),
            Self::Requester => matches!(call, RuntimeCall::Jobs(_)),
            Self::Operator => matches!(call, RuntimeCall::Staking(_) | RuntimeCall::Workers(_)),
            Self::Governance => matches!(
                call,
                RuntimeCall::Preimage(_) | RuntimeCall::Referenda(_) | RuntimeCall::ConvictionVoting(_)
            ),
        }
    }

    fn is_superset(&self, other: &Self) -> bool {
        self == other
            || *self == Self::Any
            || (*self == Self::NonTransfer
                && matches!(other, Self::Requester | Self::Operator | Self::Governance))
    }
}

impl pallet_proxy::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeCall = RuntimeCall;
    type Currency = Balances;
    type ProxyType = ProxyType;
    type ProxyDepositBase = ConstU128<{ deposit(8) }>;
    type ProxyDepositFactor = ConstU128<{ UNIT / 100_000 * 33 }>;
    type MaxProxies = ConstU32<32>;
    type WeightInfo = pallet_proxy::weights::SubstrateWeight<Runtime>;
    type MaxPending = ConstU32<32>;
    type CallHasher = BlakeTwo256;
    type AnnouncementDepositBase = ConstU128<{ deposit(8) }>;
    type AnnouncementDepositFactor = ConstU128<{ UNIT / 100_000 * 66 }>;
    type BlockNumberProvider = System;
}

/// Only development presets name a sudo key; without one every call of this pallet is refused.
impl pallet_sudo::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeCall = RuntimeCall;
    type WeightInfo = pallet_sudo::weights::SubstrateWeight<Runtime>;
}
