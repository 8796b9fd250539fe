use crate::*;
use edgeproof_primitives::UNIT;
use polkadot_sdk::{
    frame_support::{
        instances::Instance1,
        traits::{ConstU128, ConstU32, StorageMapShim},
    },
    pallet_balances::AccountData,
};

/// Least balance of an account in either token: a thousandth of a token.
pub const EXISTENTIAL_DEPOSIT: Balance = UNIT / 1_000;

/// TFUEL: the default instance, because it pays the fees.
impl pallet_balances::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeHoldReason = RuntimeHoldReason;
    type RuntimeFreezeReason = RuntimeFreezeReason;
    type DoneSlashHandler = ();
    type Balance = Balance;
    type AccountStore = System;
    type ExistentialDeposit = ConstU128<EXISTENTIAL_DEPOSIT>;
    type DustRemoval = pallet_supply::CountedBurn<Runtime>;
    type WeightInfo = pallet_balances::weights::SubstrateWeight<Runtime>;
    type MaxLocks = ConstU32<50>;
    type MaxReserves = ConstU32<50>;
    type ReserveIdentifier = [u8; 8];
    type FreezeIdentifier = RuntimeFreezeReason;
    type MaxFreezes = ConstU32<50>;
}

/// THETA: keeps its own account data beside the system's.
impl pallet_balances::Config<Instance1> for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeHoldReason = RuntimeHoldReason;
    type RuntimeFreezeReason = RuntimeFreezeReason;
    type DoneSlashHandler = ();
    type Balance = Balance;
    type AccountStore =
        StorageMapShim<pallet_balances::Account<Runtime, Instance1>, AccountId, AccountData<Balance>>;
    type ExistentialDeposit = ConstU128<EXISTENTIAL_DEPOSIT>;
    type DustRemoval = pallet_supply::CountedBurn<Runtime, Instance1>;
    type WeightInfo = pallet_balances::weights::SubstrateWeight<Runtime>;
    type MaxLocks = ConstU32<50>;
    type MaxReserves = ConstU32<50>;
    type ReserveIdentifier = [u8; 8];
    type FreezeIdentifier = RuntimeFreezeReason;
    type MaxFreezes = ConstU32<50>;
}

impl pallet_supply::Config for Runtime {
    type Token = Balances;
}

impl pallet_supply::Config<Instance1> for Runtime {
    type Token = Theta;
}
