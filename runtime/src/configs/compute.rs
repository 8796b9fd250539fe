use super::governance::Admin;
use crate::*;
use polkadot_sdk::{
    frame_support::{
        parameter_types,
        traits::{ConstU32, Get},
        weights::Weight,
    },
    sp_runtime::{FixedU128, Perbill, Permill},
};

/// Eras for which it is remembered what work was issued: a month of eras of three hours, in which a broken machine is
/// mended. A rate takes 44 bytes.
const RATED_ERAS: u32 = 240;

parameter_types! {
    /// Part of each block that the deadlines of jobs may use.
    pub AgendaWeight: Weight = Perbill::from_percent(20) * super::system::MAX_BLOCK_WEIGHT;
    /// Part of each block that is kept for the answers of disputes.
    pub AnswerReserve: Weight = Perbill::from_percent(25) * super::system::MAX_BLOCK_WEIGHT;
    /// Part of each block that the deadlines of disputes may use.
    pub TurnWeight: Weight = Perbill::from_percent(5) * super::system::MAX_BLOCK_WEIGHT;
    /// Part of each block that the deadlines of questions about data may use.
    pub DueWeight: Weight = Perbill::from_percent(2) * super::system::MAX_BLOCK_WEIGHT;
    pub FinderShare: Permill = pallet_params::WorkerRulesOf::<Runtime>::get().finder_share;
    pub BlockReward: TfuelBalance = pallet_params::RewardRulesOf::<Runtime>::get().validator_issuance;
    pub ThetaPerTfuel: FixedU128 = pallet_params::WorkerRulesOf::<Runtime>::get().rate;
    pub MinOperatorStake: Balance = pallet_params::StakeRulesOf::<Runtime>::get().min_operator_stake;
}

impl pallet_params::Config for Runtime {
    type AdminOrigin = Admin;
    type MaxDrawOutputs = ConstU32<{ pallet_randomness::MAX_OUTPUTS }>;
    type WeightInfo = pallet_params::weights::SubstrateWeight<Runtime>;
}

impl pallet_randomness::Config for Runtime {
    type VrfOutput = adapters::AuthorVrf;
    type WeightInfo = pallet_randomness::weights::SubstrateWeight<Runtime>;
}

impl pallet_theta_staking::Config for Runtime {
    type Stake = Theta;
    type Rules = pallet_params::StakeRulesOf<Runtime>;
    type OnBurned = ThetaSupply;
    type Faults = Workers;
    type SessionKeys = Session;
    type Credit = Rewards;
    type Fuel = TfuelSupply;
    type BlockReward = BlockReward;
    type OnEraEnded = Rewards;
    type AdminOrigin = Admin;
    type WeightInfo = pallet_theta_staking::weights::SubstrateWeight<Runtime>;
}

impl pallet_workers::Config for Runtime {
    type Stake = Staking;
    type Fuel = TfuelBalance;
    type Rules = pallet_params::WorkerRulesOf<Runtime>;
    type MinStake = MinOperatorStake;
    type AdminOrigin = Admin;
    type WeightInfo = pallet_workers::weights::SubstrateWeight<Runtime>;
}

impl pallet_jobs::Config for Runtime {
    type Fuel = Balances;
    type RuntimeHoldReason = RuntimeHoldReason;
    type Seeds = Randomness;
    type Workers = Workers;
    type Disputes = Disputes;
    type OnEnded = Availability;
    type OnBurned = TfuelSupply;
    type OnJobBurned = Rewards;
    type Rules = pallet_params::JobRulesOf<Runtime>;
    type AgendaWeight = AgendaWeight;
    type WeightInfo = pallet_jobs::weights::SubstrateWeight<Runtime>;
}

impl pallet_availability::Config for Runtime {
    type Jobs = Jobs;
    type Fuel = Balances;
    type RuntimeHoldReason = RuntimeHoldReason;
    type Seeds = Randomness;
    type Workers = Workers;
    type Stashes = Workers;
    type Rules = pallet_params::DisputeRulesOf<Runtime>;
    type DueWeight = DueWeight;
    type WeightInfo = pallet_availability::weights::SubstrateWeight<Runtime>;
}

impl pallet_disputes::Config for Runtime {
    type Jobs = Jobs;
    type Stake = Staking;
    type Stashes = Workers;
    type Rules = pallet_params::DisputeRulesOf<Runtime>;
    type FinderShare = FinderShare;
    type AnswerReserve = AnswerReserve;
    type TurnWeight = TurnWeight;
    type WeightInfo = pallet_disputes::weights::SubstrateWeight<Runtime>;
}

impl pallet_rewards::Config for Runtime {
    type Issue = TfuelSupply;
    type Rules = pallet_params::RewardRulesOf<Runtime>;
    type Rate = ThetaPerTfuel;
    type Theta = ThetaBalance;
    type History = ConstU32<RATED_ERAS>;
    type WeightInfo = pallet_rewards::weights::SubstrateWeight<Runtime>;
}
