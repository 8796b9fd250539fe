use crate::*;
use edgeproof_primitives::UNIT;
use polkadot_sdk::{
    frame_support::{
        parameter_types,
        traits::ConstU8,
        weights::{constants::WEIGHT_REF_TIME_PER_MILLIS, ConstantMultiplier},
    },
    pallet_transaction_payment::{FungibleAdapter, Multiplier, TargetedFeeAdjustment},
    sp_runtime::{traits::Bounded, FixedPointNumber, Perquintill},
};

parameter_types! {
    /// A millisecond of execution costs a thousandth of a TFUEL.
    pub FeePerWeight: Balance = UNIT / 1_000 / Balance::from(WEIGHT_REF_TIME_PER_MILLIS);
    /// A byte costs a millionth of a TFUEL.
    pub const FeePerByte: Balance = UNIT / 1_000_000;
    pub const TargetBlockFullness: Perquintill = Perquintill::from_percent(25);
    pub AdjustmentVariable: Multiplier = Multiplier::saturating_from_rational(75, 1_000_000);
    pub MinimumMultiplier: Multiplier = Multiplier::saturating_from_rational(1, 10);
    pub MaximumMultiplier: Multiplier = Bounded::max_value();
}

/// Fees follow demand slowly, as on Polkadot.
type SlowAdjustingFee = TargetedFeeAdjustment<
    Runtime,
    TargetBlockFullness,
    AdjustmentVariable,
    MinimumMultiplier,
    MaximumMultiplier,
>;

impl pallet_transaction_payment::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type OnChargeTransaction =
        FungibleAdapter<Balances, pallet_supply::BurnFeeTipAuthor<Runtime, adapters::Author>>;
    type WeightToFee = ConstantMultiplier<Balance, FeePerWeight>;
    type LengthToFee = ConstantMultiplier<Balance, FeePerByte>;
    type FeeMultiplierUpdate = SlowAdjustingFee;
    type OperationalFeeMultiplier = ConstU8<5>;
    type WeightInfo = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
}

impl pallet_skip_feeless_payment::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
}
