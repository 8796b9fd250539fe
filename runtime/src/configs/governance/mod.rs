//! Referenda in which THETA votes, and the treasury of TFUEL.

mod origins;
pub mod tracks;

use self::{
    origins::{EnsureParameters, EnsureTreasurer},
    tracks::Tracks,
};
use super::accounts::deposit;
use crate::*;
use edgeproof_primitives::UNIT;
use polkadot_sdk::{
    frame_support::{
        instances::Instance1,
        parameter_types,
        traits::{
            fungible::HoldConsideration,
            tokens::{PayFromAccount, UnityAssetBalanceConversion},
            AsEnsureOriginWithArg, ConstU32, EitherOf, EqualPrivilegeOnly, Get, LinearStoragePrice,
            TotalIssuanceOf,
        },
        weights::Weight,
        PalletId,
    },
    frame_system::{EnsureRoot, EnsureRootWithSuccess, EnsureSigned, EnsureWithSuccess},
    sp_runtime::{traits::IdentityLookup, Perbill, Permill},
};

pub use origins::{pallet_origins, Origin};

/// What referenda and the treasury live by.
type Rules = pallet_params::GovernanceRulesOf<Runtime>;

/// Who sets the governed values: root, or a referendum on the parameters track.
pub type Admin = EitherOf<EnsureRoot<AccountId>, EnsureParameters>;

/// Blocks in which an approved spend must be paid out: 30 days.
const PAYOUT_PERIOD: BlockNumber = 30 * 28_800;

parameter_types! {
    /// Part of each block that enactments may use: enough for an upgrade of the runtime.
    pub EnactmentWeight: Weight = Perbill::from_percent(25) * super::system::MAX_BLOCK_WEIGHT;
    pub const PreimageReason: RuntimeHoldReason =
        RuntimeHoldReason::Preimage(pallet_preimage::HoldReason::Preimage);
    pub const PreimageDeposit: Balance = deposit(0);
    pub const PreimageByteDeposit: Balance = UNIT / 100_000;
    pub SubmissionDeposit: Balance = Rules::get().submission_deposit;
    pub Undecided: BlockNumber = Rules::get().undecided;
    pub VoteLock: BlockNumber = Rules::get().vote_lock;
    pub SpendLimit: Balance = Rules::get().spend_limit;
    pub SpendPeriod: BlockNumber = Rules::get().spend_period;
    pub TreasuryBurn: Permill = Rules::get().treasury_burn;
    pub const EverySpend: Balance = Balance::MAX;
    pub const TreasuryId: PalletId = PalletId(*b"ep/trsry");
}

impl pallet_preimage::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type WeightInfo = pallet_preimage::weights::SubstrateWeight<Runtime>;
    type Currency = Balances;
    type ManagerOrigin = EnsureRoot<AccountId>;
    type Consideration = HoldConsideration<
        AccountId,
        Balances,
        PreimageReason,
        LinearStoragePrice<PreimageDeposit, PreimageByteDeposit, Balance>,
    >;
}

impl pallet_scheduler::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeOrigin = RuntimeOrigin;
    type PalletsOrigin = OriginCaller;
    type RuntimeCall = RuntimeCall;
    type MaximumWeight = EnactmentWeight;
    type ScheduleOrigin = EnsureRoot<AccountId>;
    type OriginPrivilegeCmp = EqualPrivilegeOnly;
    type MaxScheduledPerBlock = ConstU32<64>;
    type WeightInfo = pallet_scheduler::weights::SubstrateWeight<Runtime>;
    type Preimages = Preimage;
    type BlockNumberProvider = System;
}

impl pallet_referenda::Config for Runtime {
    type RuntimeCall = RuntimeCall;
    type RuntimeEvent = RuntimeEvent;
    type WeightInfo = pallet_referenda::weights::SubstrateWeight<Runtime>;
    type Scheduler = Scheduler;
    type Currency = Theta;
    type SubmitOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
    type CancelOrigin = EnsureRoot<AccountId>;
    type KillOrigin = EnsureRoot<AccountId>;
    type Slash = adapters::CountedLoss<Instance1>;
    type Votes = Balance;
    type Tally = pallet_conviction_voting::TallyOf<Runtime>;
    type SubmissionDeposit = SubmissionDeposit;
    type MaxQueued = ConstU32<100>;
    type UndecidingTimeout = Undecided;
    type AlarmInterval = ConstU32<1>;
    type Tracks = Tracks;
    type Preimages = Preimage;
    type BlockNumberProvider = System;
}

impl pallet_conviction_voting::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type WeightInfo = pallet_conviction_voting::weights::SubstrateWeight<Runtime>;
    type Currency = adapters::VotingTheta;
    type Polls = Referenda;
    type MaxTurnout = TotalIssuanceOf<Theta, AccountId>;
    type MaxVotes = ConstU32<128>;
    type VoteLockingPeriod = VoteLock;
    type BlockNumberProvider = System;
    type VotingHooks = ();
}

impl pallet_treasury::Config for Runtime {
    type Currency = Balances;
    type RejectOrigin = EitherOf<EnsureRoot<AccountId>, EnsureTreasurer>;
    type RuntimeEvent = RuntimeEvent;
    type SpendPeriod = SpendPeriod;
    type Burn = TreasuryBurn;
    type PalletId = TreasuryId;
    type BurnDestination = adapters::CountedLoss;
    type WeightInfo = pallet_treasury::weights::SubstrateWeight<Runtime>;
    type SpendFunds = ();
    // None: the calls that this bounds are deprecated in favour of `spend`.
    type MaxApprovals = ConstU32<0>;
    type SpendOrigin = EitherOf<
        EnsureRootWithSuccess<AccountId, EverySpend>,
        EnsureWithSuccess<EnsureTreasurer, AccountId, SpendLimit>,
    >;
    type AssetKind = ();
    type Beneficiary = AccountId;
    type BeneficiaryLookup = IdentityLookup<AccountId>;
    type Paymaster = PayFromAccount<Balances, pallet_treasury::TreasuryAccountId<Runtime>>;
    type BalanceConverter = UnityAssetBalanceConversion;
    type PayoutPeriod = ConstU32<PAYOUT_PERIOD>;
    type BlockNumberProvider = System;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkHelper = ();
}
