use crate::*;
use polkadot_sdk::{
    frame_support::{
        parameter_types,
        traits::{ConstU32, Get},
    },
    sp_consensus_babe::{AllowedSlots, BabeEpochConfiguration},
    sp_session::MembershipProof,
};

/// Most validators at a time.
pub const MAX_AUTHORITIES: u32 = pallet_theta_staking::MAX_VALIDATORS;

// An offence belongs to an era that staking still remembers, even if every session had an era of its own.
const _: () = assert!(pallet_params::MAX_REPORT_SESSIONS + 1 < pallet_theta_staking::MAX_ERAS);

/// One slot in four is claimed by lot, the rest fall back to a secondary author; both carry a VRF output.
pub const BABE_GENESIS_EPOCH_CONFIG: BabeEpochConfiguration = BabeEpochConfiguration {
    c: (1, 4),
    allowed_slots: AllowedSlots::PrimaryAndSecondaryVRFSlots,
};

parameter_types! {
    /// Slots for which an equivocation can be reported.
    pub ReportLongevity: u64 =
        ReportedSessions::get().saturating_mul(pallet_params::EpochLength::<Runtime>::get());
}

/// Sessions for which an equivocation can be reported: those of the report window, and the one in which it began.
pub struct ReportedSessions;

impl Get<u64> for ReportedSessions {
    fn get() -> u64 {
        let window: u64 = pallet_params::StakeRulesOf::<Runtime>::get().report_window.into();
        let epoch = pallet_params::EpochLength::<Runtime>::get().max(1);
        window.div_ceil(epoch).saturating_add(1)
    }
}

impl pallet_babe::Config for Runtime {
    type EpochDuration = pallet_params::EpochLength<Runtime>;
    type ExpectedBlockTime = pallet_params::SlotDuration<Runtime>;
    type EpochChangeTrigger = pallet_babe::ExternalTrigger;
    type DisabledValidators = Session;
    type WeightInfo = ();
    type MaxAuthorities = ConstU32<MAX_AUTHORITIES>;
    type MaxNominators = ConstU32<0>;
    type KeyOwnerProof = MembershipProof;
    type EquivocationReportSystem =
        pallet_babe::EquivocationReportSystem<Self, Offences, Historical, ReportLongevity>;
}

impl pallet_grandpa::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type WeightInfo = ();
    type MaxAuthorities = ConstU32<MAX_AUTHORITIES>;
    type MaxNominators = ConstU32<0>;
    type MaxSetIdSessionEntries = ReportedSessions;
    type KeyOwnerProof = MembershipProof;
    type EquivocationReportSystem =
        pallet_grandpa::EquivocationReportSystem<Self, Offences, Historical, ReportLongevity>;
}

impl pallet_authorship::Config for Runtime {
    type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Self, Babe>;
    type EventHandler = adapters::Authors;
}

impl pallet_offences::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type IdentificationTuple = pallet_session::historical::IdentificationTuple<Self>;
    type OnOffenceHandler = adapters::Offenders;
}
